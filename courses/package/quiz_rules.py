"""The rules of a quiz between its file and its page. What is usual is not written.

Opening and closing, passwords and codes of rooms belong to one run of a course and stay out of packages.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.choices import Behaviour, Counts
from assessments.models import Category, Question, Vignette
from assessments.visibility import Facet, Phase
from courses.models import QuizPage, QuizSection, QuizSlot

from .words import without_nothing

USUAL: Mapping[str, Any] = {
    "behaviour": Behaviour.DEFERRED,
    "tries": 3,
    "penalty": Fraction(1, 3),
    "practice": False,
    "in_order": False,
    "counts": Counts.HIGHEST,
    "delay_minutes": 0,
    "late_grace_minutes": 0,
    "needs_ticket": False,
    "second_marker": False,
    "moderation_over": Decimal(10),
}
_SHARES = ("moderation_over",)
_EVERYTHING = [str(facet) for facet in Facet]


def put_rules(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a page for the rules of a file."""
    stated = {**USUAL, **data.get("rules", {})}
    stated["penalty"] = Fraction(str(stated["penalty"]))
    for name in _SHARES:
        if name in data.get("rules", {}):
            stated[name] = per_cent(stated[name])
    shows = data.get("shows", {})
    return stated | {f"shows_{phase}": shows.get(phase, _EVERYTHING) for phase in map(str, Phase)}


def take_rules(page: QuizPage) -> dict[str, Any]:
    """Return the rules of a page as its file holds them."""
    found: dict[str, Any] = {}
    for name, usual in USUAL.items():
        value = getattr(page, name)
        if value != usual:
            found[name] = _plain(share(value) if name in _SHARES else value)
    shows = {phase: list(getattr(page, f"shows_{phase}")) for phase in map(str, Phase)}
    return {
        "rules": found,
        "shows": {phase: facets for phase, facets in shows.items() if facets != _EVERYTHING},
        "paired_with": str(page.paired_with.key) if page.paired_with else None,
        "sections": [take_section(section) for section in page.sections.order_by("sort_order")],
    }


def put_section(order: int, row: Mapping[str, Any]) -> QuizSection:
    """Return the section for a row of a file."""
    return QuizSection(
        sort_order=order,
        name=row.get("name", ""),
        shuffle=row.get("shuffle", False),
        in_order=row.get("in_order", False),
        minimum=per_cent(row.get("minimum", 0)),
    )


def take_section(section: QuizSection) -> dict[str, Any]:
    """Return a section as its file holds it."""
    return {
        "name": section.name,
        "shuffle": section.shuffle,
        "in_order": section.in_order,
        "minimum": share(section.minimum),
    }


def put_slot(order: int, row: Mapping[str, Any]) -> QuizSlot:
    """Return the line of a quiz for a row of a file."""
    slot = QuizSlot(sort_order=order, count=row.get("count", 1), weight=Decimal(str(row.get("weight", 1))))
    slot.objective, slot.difficulty = row.get("objective", ""), row.get("difficulty", "")
    slot.tags, slot.section = ", ".join(row.get("tags", ())), row.get("section", 1)
    slot.version = row.get("version")
    if row.get("question"):
        slot.question = Question.objects.get(key=row["question"])
    elif row.get("vignette"):
        slot.vignette = Vignette.objects.get(key=row["vignette"])
    else:
        slot.category = Category.objects.get(key=row["category"])
    return slot


def take_slot(slot: QuizSlot) -> dict[str, Any]:
    """Return a line of a quiz as its file holds it."""
    weight = slot.weight.normalize()
    return without_nothing(
        {
            "question": str(slot.question.key) if slot.question else None,
            "version": slot.version,
            "category": str(slot.category.key) if slot.category else None,
            "vignette": str(slot.vignette.key) if slot.vignette else None,
            "objective": slot.objective or None,
            "difficulty": slot.difficulty or None,
            "tags": list(slot.tag_names),
            "count": slot.count if slot.category else None,
            "weight": None if weight == 1 else str(weight),
            "section": None if slot.section == 1 else slot.section,
        }
    )


def comparable(page: QuizPage) -> dict[str, Any]:
    """Return the parts of a quiz that an import may change, in comparable form."""
    return {
        "slots": [
            (
                slot.question_id,
                slot.version,
                slot.category_id,
                slot.vignette_id,
                slot.objective,
                slot.difficulty,
                slot.tags,
                slot.count,
                slot.weight,
                slot.section,
            )
            for slot in page.slots.all()
        ],
        "sections": [
            (section.name, section.shuffle, section.in_order, section.minimum)
            for section in page.sections.all()
        ],
    }


def per_cent(stated: str | int) -> Decimal:
    """Return a share of a file, such as 7/10, as the per cent of a page."""
    exact = Fraction(str(stated)) * 100
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"))


def share(stated: Decimal) -> str:
    """Return the per cent of a page as the share of a file."""
    return str(Fraction(stated) / 100)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int) else str(value)
