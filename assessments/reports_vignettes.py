"""How a group answered the variants of vignettes, each person by the first attempt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from assessments import reports_data
from assessments.choices import Kind, OptionRole
from assessments.models import Attempt, Question, QuestionVersion, StatisticsReport, Vignette
from assessments.reports import keep, progress_of
from assessments.reports_reading import Reader, Slot, chosen_in
from assessments.scoring.numeric import read_quantity
from assessments.statistics import vignettes
from assessments.statistics.moments import Spread
from assessments.statistics.sittings import Which, chosen
from assessments.statistics.small_groups import too_few

CHOICES = (Kind.SINGLE, Kind.TRUE_FALSE, Kind.SURVEY)


@dataclass(slots=True)
class _Arm:
    """One variant: its question, and what was answered."""

    question: Question
    people: int = 0
    fractions: Counter[Fraction] = field(default_factory=Counter)
    numbers: Counter[Fraction] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)


def in_papers(attempts: QuerySet[Attempt]) -> list[UUID]:
    """Return the keys of the vignettes on the newest paper."""
    newest = attempts.order_by("-graded_at").first()
    return [slot.vignette for slot in newest.paper.slots if slot.vignette] if newest else []


def count_vignettes(report: StatisticsReport, attempts: QuerySet[Attempt], basis: str) -> StatisticsReport:
    """Count how each variant was answered and keep the differences that may be shown."""
    found = Vignette.objects.filter(key__in=in_papers(attempts)).prefetch_related("variants")
    arms = {
        str(question.key): _Arm(question)
        for vignette in found
        for question in sorted(vignette.variants.all(), key=lambda one: one.variant)
    }
    reader = Reader(attempts, answers=_numbers_too, passed=progress_of(report))
    people = 0
    for sitting in chosen(reader.sittings(), Which.FIRST):
        people += 1
        for response in sitting.responses:
            arm = arms.get(response.question)
            # who left it blank says nothing about the case
            if arm is not None and response.answers:
                _add(
                    arm, response.answers, response.mark / response.weight if response.weight else Fraction(0)
                )
    options = _options(arms)
    data = [
        _compared(
            vignette, [arm for arm in arms.values() if arm.question.vignette_id == vignette.pk], options
        )
        for vignette in found
    ]
    return keep(report, basis, people, {"vignettes": data})


def _numbers_too(
    slot: Slot, response: Mapping[str, Any], fraction: Fraction, language: str
) -> tuple[str, ...]:
    if slot["kind"] == Kind.NUMERIC:
        number, _unit = read_quantity(str(response.get("value", "")), str(response.get("unit", "")), language)
        return ("",) if number is None else (str(number),)
    return chosen_in(slot, response, fraction, language)


def _add(arm: _Arm, answers: tuple[str, ...], fraction: Fraction) -> None:
    arm.people += 1
    arm.fractions[min(max(fraction, Fraction(0)), Fraction(1))] += 1
    arm.answers.update(answers)
    for answer in answers:
        try:
            arm.numbers[Fraction(answer)] += 1
        except ValueError:
            continue


def _options(arms: Mapping[str, _Arm]) -> dict[int, tuple[str, list[str]]]:
    """The kind of each question and its options in the author's order, by which variants correspond."""
    versions = QuestionVersion.objects.latest_to_put().filter(
        question__in=[arm.question.pk for arm in arms.values()]
    )
    return {
        version.question_id: (
            version.kind,
            ["true", "false"]
            if version.kind == Kind.TRUE_FALSE
            else [str(option.key) for option in version.of_role(OptionRole.OPTION)],
        )
        for version in versions.prefetch_related("options")
    }


def _compared(
    vignette: Vignette, arms: list[_Arm], options: Mapping[int, tuple[str, list[str]]]
) -> dict[str, Any]:
    """The figures of one vignette; without any while an arm has fewer than ten people."""
    arms = [arm for arm in arms if arm.question.pk in options]
    kinds = {options[arm.question.pk][0] for arm in arms}
    kind = kinds.pop() if len(kinds) == 1 else ""
    people = {arm.question.variant: arm.people for arm in arms}
    enough = vignettes.large_enough(people)
    data: dict[str, Any] = {
        "key": str(vignette.key),
        "kind": kind,
        # an arm that is too small is not counted aloud either: who is left would be known
        "arms": [
            {
                "variant": arm.question.variant,
                "question": str(arm.question.key),
                "people": None if too_few(arm.people) else arm.people,
            }
            for arm in arms
        ],
        "enough": enough,
        "measured": "",
        "answers": [],
    }
    if not enough:
        return data
    if kind in CHOICES:
        return data | {"measured": "share", "answers": _of_choices(arms, options)}
    if kind == Kind.NUMERIC:
        return data | _of_numbers(arms)
    means = {arm.question.variant: float(Spread.of(arm.fractions).mean) for arm in arms}
    contrasts = vignettes.of_shares({arm.question.variant: arm.fractions for arm in arms})
    answers = [{"place": 0, "shares": means, "contrasts": reports_data.of_contrasts(contrasts)}]
    return data | {"measured": "marks", "answers": answers}


def _of_choices(arms: list[_Arm], options: Mapping[int, tuple[str, list[str]]]) -> list[dict[str, Any]]:
    """The share that chose each answer; answers of variants correspond by their place."""
    placed = {}
    for arm in arms:
        place = {key: str(number) for number, key in enumerate(options[arm.question.pk][1], 1)}
        placed[arm.question.variant] = {place.get(key, ""): n for key, n in arm.answers.items()}
    contrasts = vignettes.of_answers(placed) or {}
    return [
        {
            "place": int(place),
            "shares": {
                variant: answers.get(place, 0) / sum(answers.values()) for variant, answers in placed.items()
            },
            "contrasts": reports_data.of_contrasts(found),
        }
        for place, found in sorted(contrasts.items(), key=_by_place)
        if place
    ]


def _by_place(item: tuple[str, object]) -> int:
    return int(item[0] or 0)


def _of_numbers(arms: Iterable[_Arm]) -> dict[str, Any]:
    """The mean of the numbers that were given; nothing where too few could be read."""
    numbers = {arm.question.variant: arm.numbers for arm in arms}
    contrasts = vignettes.of_values(numbers)
    if contrasts is None:
        return {"enough": False}
    means = {variant: float(Spread.of(counted).mean) for variant, counted in numbers.items()}
    answers = [{"place": 0, "shares": means, "contrasts": reports_data.of_contrasts(contrasts)}]
    return {"measured": "number", "answers": answers}
