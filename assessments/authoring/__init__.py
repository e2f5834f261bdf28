"""Writing questions: from a form that a jurist fills in to the rows and the marking of the bank.

``editor.Editor`` is what the pages use: one form for what all kinds have, one for the kind, and the
rows of its parts. It gives an unsaved version, for the preview and for ``bank.store_version``.
"""
