"""What pages show of each question once it is judged, as far as the rules of the quiz allow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.annotating import Remark, Stretch, remarks, stretches
from assessments.behaviours import behaviour_for
from assessments.commenting import comments_on
from assessments.folding import PersonMark, State
from assessments.grading import outcome_of
from assessments.models import Category, QuestionVersion
from assessments.paper import Paper, PaperSlot
from assessments.reviewing_lines import Line, given_lines, right_lines
from assessments.scoring import UNSCORED, Verdict, verdict_of
from assessments.texts import here, in_language, piece, stem_of
from assessments.visibility import Facet
from translation.reading import Reading, read

ZERO = Fraction(0)
CERTAINTY_WORDS = {
    1: gettext_lazy("Not sure"),
    2: gettext_lazy("Fairly sure"),
    3: gettext_lazy("Very sure"),
}


@dataclass(frozen=True)
class AnswerReview:
    """One question with the answer given and, as far as allowed, what was right and why.

    ``written`` is an answer in the learner's own words, as markers read it; ``cites`` is what the law
    of the learner's own jurisdiction says, where the key rests on it.
    """

    slot: PaperSlot
    verdict: Verdict
    facets: frozenset[Facet]
    fraction: Fraction | None
    credit: Fraction | None
    certainty: int
    facts: Reading
    legend: Reading
    given: tuple[Line, ...]
    given_language: str
    right: tuple[Line, ...]
    comments: tuple[Reading, ...]
    feedback: Reading
    reason: Reading
    source: Reading
    cites: tuple[str, ...]
    written: str
    marked: PersonMark | None
    is_late: bool = False

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What markers said to stretches of the answer."""
        return remarks(self.written, self.marked.annotations) if self.marked else ()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The written answer with the places of these remarks."""
        return stretches(self.written, self.marked.annotations) if self.marked else ()

    @property
    def mark(self) -> Fraction | None:
        """The marks of this question; None while it waits."""
        return None if self.credit is None else self.credit * self.slot.weight

    @property
    def certainty_words(self) -> str:
        """How sure the learner said to be."""
        return str(CERTAINTY_WORDS[self.certainty])

    @property
    def lost_marks(self) -> bool:
        """Whether less than everything was earned."""
        return bool(self.slot.weight) and self.credit is not None and self.credit < 1

    @property
    def is_scored(self) -> bool:
        """Whether there is anything to be right about."""
        return self.slot.kind not in UNSCORED

    @property
    def shows_verdict(self) -> bool:
        """Whether it is said how the answer stands."""
        return Facet.CORRECTNESS in self.facets and self.is_scored

    @property
    def shows_mark(self) -> bool:
        """Whether the marks are said."""
        return Facet.MARKS in self.facets and bool(self.slot.weight)

    @property
    def has_reasons(self) -> bool:
        """Whether anybody says anything on the answer."""
        return bool(self.comments or self.feedback or self.reason)


@dataclass(frozen=True)
class Share:
    """Marks earned on some of the questions: of a category, or of a section with its minimum."""

    name: Reading
    mark: Fraction
    weight: Fraction
    minimum: Fraction = ZERO

    @property
    def is_reached(self) -> bool:
        """Whether the minimum is."""
        return not self.weight or self.mark / self.weight >= self.minimum


def review_of(
    paper: Paper, slot: PaperSlot, version: QuestionVersion, state: State, facets: frozenset[Facet]
) -> AnswerReview:
    """One question with what may be shown of it."""
    answer = state.answers.get(slot.number)
    response = answer.response if answer else {}
    facts, legend = stem_of(version)
    question = state.questions.get(slot.number)
    fraction = state.fractions.get(slot.number, question.fraction if question else None)
    credit = state.credits.get(slot.number, question.credit if question else None)
    verdict = _verdict(slot, state, fraction)
    nothing = Reading("", slot.language)
    key = state.key_of(slot)
    feedback = Facet.FEEDBACK in facets
    custom = paper.question(slot).custom_of(answer.language if answer else "")
    comments = comments_on(slot, version, response, custom, verdict)
    return AnswerReview(
        slot=slot,
        verdict=verdict,
        facets=facets,
        fraction=fraction,
        credit=credit,
        certainty=_certainty(paper, slot, answer.certainty if answer else 0),
        facts=facts,
        legend=legend,
        given=given_lines(slot, version, response) if response else (),
        given_language=answer.language if answer else "",
        right=right_lines(slot, version, key, paper.country) if Facet.RIGHT_ANSWER in facets else (),
        comments=comments if feedback else (),
        feedback=piece(version, version, "feedback") if feedback else nothing,
        reason=piece(version, version, "reason") if Facet.REASON in facets else nothing,
        source=piece(version, version, "source") if Facet.REASON in facets or feedback else nothing,
        cites=_cites(key) if Facet.REASON in facets or feedback else (),
        written=str(response.get("text", "")),
        marked=state.person_marks.get(slot.number) if feedback or Facet.MARKS in facets else None,
        is_late=slot.number in state.late,
    )


def by_topic(paper: Paper, state: State, versions: Iterable[QuestionVersion]) -> list[Share]:
    """The marks by category; empty when the paper has only one, or when something waits.

    ``versions`` bring the categories in which their questions are now; others are looked up.
    """
    counted = [slot for slot in paper.slots if slot.weight]
    keys = list(dict.fromkeys(slot.category for slot in counted))
    if len(keys) < 2 or any(slot.number not in state.credits for slot in counted):
        return []
    names = {version.question.category.key: version.question.category for version in versions}
    if elsewhere := set(keys) - names.keys():
        names |= {category.key: category for category in Category.objects.filter(key__in=elsewhere)}
    shares = []
    for key in keys:
        name = read(names[key], "name") if key in names else Reading("", "en")
        shares.append(_share(name, [slot for slot in counted if slot.category == key], state))
    return shares


def by_section(paper: Paper, state: State) -> list[Share]:
    """The marks by part of the paper; empty when it has no parts, or when something waits."""
    if any(slot.weight and slot.number not in state.credits for slot in paper.slots):
        return []
    return [
        _share(
            section_name(paper, place),
            [slot for slot in paper.slots if slot.section == place],
            state,
            section.minimum,
        )
        for place, section in enumerate(paper.sections)
    ]


def section_name(paper: Paper, place: int) -> Reading:
    """The title of a part, or its number, counted from 1."""
    title = in_language(paper.sections[place].title)
    return title or Reading(_("Part %(number)s") % {"number": place + 1}, here())


def _share(name: Reading, slots: list[PaperSlot], state: State, minimum: Fraction = ZERO) -> Share:
    # certainty may take more than was earned; no share is below nothing
    mark = max(ZERO, sum((slot.weight * state.credits.get(slot.number, ZERO) for slot in slots), ZERO))
    return Share(name, mark, sum((slot.weight for slot in slots), ZERO), minimum)


def _verdict(slot: PaperSlot, state: State, fraction: Fraction | None) -> Verdict:
    if slot.kind in UNSCORED:
        return Verdict.UNSCORED
    if fraction is None:
        return Verdict.WAITING
    if slot.number in state.person_marks or slot.number in state.regraded:
        return verdict_of(fraction)
    return outcome_of(slot, state).verdict


def _certainty(paper: Paper, slot: PaperSlot, chosen: int) -> int:
    """How sure the learner said to be; no choice counts as not sure."""
    return (chosen or 1) if behaviour_for(paper.behaviour, slot.kind).asks_certainty else 0


def _cites(key: Mapping[str, Any]) -> tuple[str, ...]:
    cites = (key.get("jurisdiction") or {}).get("cites", ())
    return tuple(dict.fromkeys(str(cite["citation"]) for cite in cites if cite.get("citation")))
