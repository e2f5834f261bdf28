"""Figures of tests, gains, vignettes and markers, in pure Python and linear in the responses.

``reports.report(sittings)`` is the statistics of a test; ``gain.gains`` what people learnt between
two; ``vignettes`` assigns and compares variants; ``markers`` compares markers. All of them keep to
``small_groups`` and ``suppression``. The formulas stand in their docstrings with their sources,
the choices in docs/decisions/0022-statistics.md.
"""
