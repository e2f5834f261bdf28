"""What the result page shows of each question, as far as the rules of the quiz allow."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import get_language

from assessments.folding import Answer, PersonMark, State
from assessments.grading import outcome_of
from assessments.models import Attempt, Category, QuestionVersion
from assessments.paper import Paper, PaperSlot
from assessments.presentation import answer_words, in_language, ordered, stem_of, truth_words
from assessments.scoring import Verdict, verdict_of
from translation.reading import Reading, base_language, read

# a label, where there is one (the prompt, the number of a gap), and what stands beside it
Line = tuple[Reading | None, Reading]


@dataclass(frozen=True)
class AnswerReview:
    """One question with the answer given and, as far as allowed, what was right and why."""

    slot: PaperSlot
    verdict: Verdict
    fraction: Fraction | None
    facts: Reading
    legend: Reading
    given: tuple[Line, ...]
    given_language: str
    right: tuple[Line, ...]
    comments: tuple[Reading, ...]
    feedback: Reading
    reason: Reading
    source: Reading
    marked: PersonMark | None

    @property
    def mark(self) -> Fraction | None:
        """The marks of this question; None while it waits."""
        return None if self.fraction is None else self.fraction * self.slot.weight

    @property
    def lost_marks(self) -> bool:
        """Whether less than everything was earned."""
        return self.fraction is not None and self.fraction < 1


@dataclass(frozen=True)
class TopicShare:
    """Marks earned on the questions of one category."""

    name: Reading
    mark: Fraction
    weight: Fraction


def shows_feedback(attempt: Attempt, allowed: int | None) -> bool:
    """Whether the learner, who has so many attempts, may see how each question was answered."""
    paper = attempt.paper
    if attempt.is_open or paper.feedback_when == "never":
        return False
    if paper.feedback_when == "after_submit":
        return True
    last = allowed is not None and attempt.number >= allowed
    return bool(attempt.passed) or last


def review_of(slot: PaperSlot, version: QuestionVersion, state: State, *, show_answers: bool) -> AnswerReview:
    """One question for the result page; without ``show_answers`` neither key nor reason."""
    answer = state.answers.get(slot.number)
    response = answer.response if answer else {}
    facts, legend = stem_of(version)
    fraction = state.fractions.get(slot.number)
    lines = _LINES[slot.kind]
    nothing = Reading("", slot.language)
    return AnswerReview(
        slot=slot,
        verdict=_verdict(slot, state, fraction),
        fraction=fraction,
        facts=facts,
        legend=legend,
        given=tuple(lines(slot, version, response)) if response else (),
        given_language=answer.language if answer else "",
        right=tuple(_right_lines(slot, version)) if show_answers else (),
        comments=tuple(_comments(slot, version, answer)),
        feedback=read(version, "feedback"),
        reason=read(version, "reason") if show_answers else nothing,
        source=read(version, "source"),
        marked=state.person_marks.get(slot.number),
    )


def by_topic(paper: Paper, state: State) -> list[TopicShare]:
    """The marks by category; empty when the paper has only one, or when something waits."""
    fractions = state.fractions
    keys = list(dict.fromkeys(slot.category for slot in paper.slots))
    if len(keys) < 2 or any(slot.number not in fractions for slot in paper.slots):
        return []
    names = {category.key: category for category in Category.objects.filter(key__in=keys)}
    shares = []
    for key in keys:
        slots = [slot for slot in paper.slots if slot.category == key]
        mark = sum((slot.weight * fractions[slot.number] for slot in slots), Fraction(0))
        weight = sum((slot.weight for slot in slots), Fraction(0))
        name = read(names[key], "name") if key in names else Reading("", "en")
        shares.append(TopicShare(name, mark, weight))
    return shares


def _verdict(slot: PaperSlot, state: State, fraction: Fraction | None) -> Verdict:
    if fraction is None:
        return Verdict.WAITING
    if slot.number in state.person_marks:
        return verdict_of(fraction)
    return outcome_of(slot, state).verdict


def _right_lines(slot: PaperSlot, version: QuestionVersion) -> list[Line]:
    """The lines of the response that earns everything."""
    spec = slot.spec
    match slot.kind:
        case "single" | "multiple":
            right = [name for name, worth in spec["options"].items() if Fraction(worth) > 0]
            if slot.kind == "single":
                right = [name for name in right if Fraction(spec["options"][name]) == 1]
            return _choices(slot, version, {"choices": right})
        case "true_false":
            return _truth(slot, version, {"choice": str(spec["answer"]).lower()})
        case "matching" | "ordering":
            return _LINES[slot.kind](slot, version, spec)
        case "numeric":
            return _number(slot, version, {"value": _local_number(spec["value"]), "unit": ""})
        case "short":
            return [(None, _accepted(spec))]
        case "gap":
            gaps = {name: _gap_key(gap) for name, gap in spec["gaps"].items()}
            return _gaps(slot, version, {"gaps": gaps})
    return []


def _accepted(spec: Mapping[str, Any]) -> Reading:
    """The first accepted form, in the reader's language if it has one."""
    forms = {
        language: forms[0]["text"] if isinstance(forms[0], Mapping) else forms[0]
        for language, forms in spec["accepted"].items()
        if forms
    }
    return in_language(forms)


def _gap_key(gap: Mapping[str, Any]) -> str:
    if "options" in gap:
        return next(name for name, worth in gap["options"].items() if Fraction(worth) == 1)
    return str(_accepted(gap))


def _comments(slot: PaperSlot, version: QuestionVersion, answer: Answer | None) -> list[Reading]:
    """The feedback of the options that were chosen."""
    response = answer.response if answer else {}
    options = list(version.options.all())
    chosen = {*response.get("choices", ()), response.get("choice")}
    if slot.kind == "true_false" and len(options) == 2:
        chosen = {str(options[0 if response.get("choice") == "true" else 1].key)}
        chosen = chosen if response else set()
    found = (read(option, "feedback") for option in options if str(option.key) in chosen)
    return [comment for comment in found if comment]


def _choices(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    chosen = {*response.get("choices", ()), response.get("choice")}
    names = [name for name in slot.options if name in chosen]
    return [(None, read(option, "text")) for option in ordered(version.options.all(), names)]


def _truth(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    return [(None, truth_words(version)[response["choice"]])]


def _pairs(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    words, given = answer_words(version), response["pairs"]
    prompts = ordered(version.options.all(), slot.options)
    nothing = Reading("–", slot.language)
    return [(read(option, "text"), words.get(given.get(str(option.key), ""), nothing)) for option in prompts]


def _order(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    options = ordered(version.options.all(), response["order"])
    return [(None, read(option, "text")) for option in options]


def _number(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    label = (slot.spec.get("unit") or {}).get("label")
    unit = response.get("unit") or (str(in_language(label)) if label else "")
    here = base_language(get_language())
    return [(None, Reading(f"{response['value']} {unit}".strip(), here))]


def _text(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    return [(None, Reading(response["text"], base_language(get_language())))]


def _gaps(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> list[Line]:
    here = base_language(get_language())
    lines: list[Line] = []
    for name in slot.spec["gaps"]:
        value = response["gaps"].get(name, "–")
        texts = (version.marking["gaps"].get(name) or {}).get("texts", {})
        words = in_language(texts[value]) if value in texts else Reading(value, here)
        lines.append((Reading(name, here), words))
    return lines


def _local_number(value: str) -> str:
    exact = Fraction(value)
    if exact.denominator == 1:
        return format_decimal(exact.numerator, locale=base_language(get_language()))
    return format_decimal(float(exact), locale=base_language(get_language()))


_LINES = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _truth,
    "matching": _pairs,
    "ordering": _order,
    "numeric": _number,
    "short": _text,
    "gap": _gaps,
    "essay": _text,
}
