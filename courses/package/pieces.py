"""What a question has beside its options: hints, situations, criteria; tags, and what marks it otherwise."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.choices import OptionRole, TextForm
from assessments.models import Category, Option, Question, QuestionVersion, Tag, Vignette

from . import words


def put_pieces(version: QuestionVersion, rows: list[dict[str, Any]], source: str, *, after: int) -> None:
    """Write the pieces of a version, behind its options."""
    for order, row in enumerate(rows, start=after):
        fraction = row.get("fraction")
        piece = Option(
            version=version,
            key=row["key"],
            role=row["role"],
            belongs_to=str(row.get("belongs_to", "")),
            sort_order=order,
            source_language=source,
            correct=bool(row.get("correct")),
            fraction=None if fraction is None else Fraction(str(fraction)),
        )
        words.put(piece, "text", row.get("text"))
        words.put(piece, "feedback", row.get("feedback"))
        piece.save()


def take_pieces(rows: list[Option]) -> list[dict[str, Any]]:
    """Return all pieces that are no options, in their order."""
    return [
        words.without_nothing(
            {
                "key": str(row.key),
                "role": str(row.role),
                "belongs_to": row.belongs_to,
                "text": words.get(row, "text"),
                "correct": row.correct or None,
                "fraction": None if row.fraction is None else str(row.fraction),
                "feedback": words.get(row, "feedback"),
            }
        )
        for row in rows
        if row.role != OptionRole.OPTION
    ]


def put_about(question: Question, data: Mapping[str, Any], category: Category, source: str) -> None:
    """Set the short name, the tags and the vignette of a question that is stored."""
    question.name = data.get("name", "")
    question.vignette, question.variant = None, ""
    if stated := data.get("vignette"):
        vignette = Vignette.objects.filter(key=stated["key"]).first() or Vignette(key=stated["key"])
        vignette.category, vignette.source_language = category, source
        for name in Vignette.TRANSLATED:
            words.put(vignette, name, stated[name])
        vignette.save()
        question.vignette, question.variant = vignette, stated["variant"]
    question.save()
    question.tags.set([Tag.objects.get_or_create(name=name)[0] for name in data.get("tags", ())])


def take_about(question: Question, version: QuestionVersion) -> dict[str, Any]:
    """Return what ``put_about`` sets, and how the texts are written."""
    vignette = question.vignette
    return {
        "name": question.name,
        "tags": [tag.name for tag in question.tags.order_by("name")],
        "text_form": None if version.text_form == TextForm.PLAIN else str(version.text_form),
        "vignette": vignette
        and {
            "key": str(vignette.key),
            "variant": question.variant,
            **{name: words.get(vignette, name) for name in Vignette.TRANSLATED},
        },
    }
