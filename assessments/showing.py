"""What a learner is shown of an attempt now, and what is said of the rest: the review matrix in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.behaviours import Shown
from assessments.models import Attempt
from assessments.paper import Paper
from assessments.visibility import Facet, Phase, phase_of, shown_at

WORDS = {
    Facet.MARKS: gettext_lazy("Your points"),
    Facet.CORRECTNESS: gettext_lazy("Whether each answer is right"),
    Facet.FEEDBACK: gettext_lazy("Comments on your answers"),
    Facet.RIGHT_ANSWER: gettext_lazy("The right answers"),
    Facet.REASON: gettext_lazy("The reasons, with the law"),
}


@dataclass(frozen=True)
class Promise:
    """What is shown from a phase on, in words; the template says when that is."""

    phase: Phase
    words: tuple[str, ...]


def facets_of(attempt: Attempt, *, allowed: int | None, now: datetime) -> frozenset[Facet]:
    """What the result page shows of an attempt of somebody who has so many attempts."""
    paper = attempt.paper
    phase = phase_of(submitted_at=attempt.submitted_at, closes_at=paper.closes_at, now=now)
    return _shown(paper, phase, passed=bool(attempt.passed), is_last=_is_last(attempt, allowed))


def facets_during(paper: Paper, shown: Shown) -> frozenset[Facet]:
    """What is told of a question during the attempt: what its behaviour says, no more than the quiz."""
    told = set()
    if shown.correctness:
        told |= {Facet.CORRECTNESS, Facet.MARKS}
    if shown.feedback:
        told |= {Facet.FEEDBACK}
    if shown.right_answer:
        told |= {Facet.RIGHT_ANSWER, Facet.REASON}
    return _shown(paper, Phase.DURING, passed=False, is_last=False) & told


def promises(attempt: Attempt, *, allowed: int | None, now: datetime | None = None) -> tuple[Promise, ...]:
    """What will be shown and when; with ``now``, only what comes after it and shows more or less than now."""
    paper, is_last = attempt.paper, _is_last(attempt, allowed)
    shown = {phase: _shown(paper, phase, passed=False, is_last=is_last) for phase in _phases(paper)}
    found: list[tuple[Phase, frozenset[Facet]]] = []
    for phase, facets in shown.items():
        if not found or found[-1][1] != facets:
            found.append((phase, facets))
    if now is not None:
        current = phase_of(submitted_at=attempt.submitted_at, closes_at=paper.closes_at, now=now)
        order = list(Phase)
        found = [(phase, facets) for phase, facets in found if order.index(phase) > order.index(current)]
    return tuple(Promise(phase, _words(facets)) for phase, facets in found)


def waits_for_pass(attempt: Attempt, allowed: int | None) -> bool:
    """Whether reasons are kept back until one passes, or has used the last attempt."""
    return attempt.paper.feedback_when == "after_pass_or_last" and not _is_last(attempt, allowed)


def _shown(paper: Paper, phase: Phase, *, passed: bool, is_last: bool) -> frozenset[Facet]:
    return shown_at(
        paper.matrix,
        phase,
        feedback_when=paper.feedback_when,
        show_answers=paper.show_answers,
        passed=passed,
        is_last=is_last,
    )


def _phases(paper: Paper) -> tuple[Phase, ...]:
    usual = (Phase.RIGHT_AFTER, Phase.LATER)
    return (*usual, Phase.AFTER_CLOSE) if paper.closes_at else usual


def _is_last(attempt: Attempt, allowed: int | None) -> bool:
    return allowed is not None and attempt.number >= allowed


def _words(facets: Iterable[Facet]) -> tuple[str, ...]:
    there = set(facets)
    return tuple(str(WORDS[facet]) for facet in Facet if facet in there) or (_("Nothing"),)
