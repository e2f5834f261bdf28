"""Question categories between files and the bank. An unchanged question keeps its version."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.contrib.auth.models import Group

from accounts.models import User
from assessments.choices import Kind, OptionRole, QuestionStatus, TextForm
from assessments.models import Category, Option, Question, QuestionVersion
from assessments.translating_state import followed
from assessments.translating_texts import wordings_of

from . import words
from .pieces import put_about, put_pieces, take_about, take_pieces

TEXTS = {"stem": "stem", "text": "passage", "feedback": "feedback", "reason": "reason", "source": "source"}
MARKING = ("answer", "rule", "value", "tolerance", "accepted", "gaps", "minimum_words", "rubric")
ORDER = (
    "key",
    "kind",
    "status",
    "difficulty",
    "objective",
    "stem",
    "text",
    "answer",
    "options",
    "pairs",
    "items",
    "rule",
    "value",
    "tolerance",
    "unit",
    "accepted",
    "gaps",
    "minimum_words",
    "rubric",
    "marking",
    "pieces",
    "feedback",
    "reason",
    "source",
    "text_form",
    "name",
    "tags",
    "vignette",
)


def put_category(
    data: Mapping[str, Any], *, course_code: str, source: str, editors: Group, actor: User | None
) -> int:
    """Write a category, which `editors` may edit, and its questions; return how many of these changed."""
    category = Category.objects.filter(key=data["key"]).first() or Category(key=data["key"])
    category.course_code, category.source_language = course_code, source
    category.slug, category.editors = data["slug"], editors
    words.put(category, "name", data["name"])
    category.save()
    return sum(put_question(row, category, source=source, actor=actor) for row in data["questions"])


def put_question(data: Mapping[str, Any], category: Category, *, source: str, actor: User | None) -> bool:
    """Write one question; return whether anything changed. A changed text is a new version."""
    question = Question.objects.filter(key=data["key"]).first()
    if question and take_question(question) == canonical(data):
        if question.category_id != category.pk:
            question.category = category
            question.save(update_fields=["category"])
        return False
    question = question or Question(key=data["key"])
    question.category = category
    question.status = data.get("status", QuestionStatus.READY)
    question.difficulty = data.get("difficulty", "")
    question.objective = data.get("objective", "")
    question.save()
    put_about(question, data, category, source)
    last = question.versions.order_by("-number").first()
    version = QuestionVersion(
        question=question,
        number=last.number + 1 if last else 1,
        kind=data["kind"],
        source_language=source,
        marking=_marking(data),
        text_form=data.get("text_form", TextForm.PLAIN),
        created_by=actor,
    )
    for name, field in TEXTS.items():
        words.put(version, field, data.get(name))
    version.save()
    options = _options(data)
    for order, option in enumerate(options):
        _put_option(version, order, option, source)
    put_pieces(version, data.get("pieces", []), source, after=len(options))
    if last:
        version.translated_from = followed(
            last.translated_from, wordings_of(last), wordings_of(version), source
        )
        version.save(update_fields=["translated_from"])
    return True


def _marking(data: Mapping[str, Any]) -> dict[str, Any]:
    """What has a line of its own in the file, and what stands under "marking" there."""
    marking = {name: data[name] for name in MARKING if data.get(name) is not None}
    rest = dict(data.get("marking", {}))
    if data.get("unit"):
        marking["unit"] = {**rest.pop("unit", {}), "label": data["unit"]}
    return rest | marking


def _options(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    if data["kind"] == Kind.MATCHING:
        return [
            {
                "key": pair["key"],
                "text": pair.get("prompt"),
                "match": pair["answer"],
                "match_key": pair["answer_key"],
            }
            for pair in data["pairs"]
        ]
    return list(data.get("options") or data.get("items") or [])


def _put_option(version: QuestionVersion, order: int, data: Mapping[str, Any], source: str) -> None:
    fraction = data.get("fraction")
    option = Option(
        version=version,
        key=data["key"],
        sort_order=order,
        source_language=source,
        correct=bool(data.get("correct")),
        fraction=None if fraction is None else Fraction(str(fraction)),
        match_key=data.get("match_key"),
    )
    words.put(option, "text", data["text"])
    words.put(option, "match_text", data.get("match"))
    words.put(option, "feedback", data.get("feedback"))
    option.save()


def take_category(category: Category) -> dict[str, Any]:
    """Return a category as its file holds it, retired questions included."""
    questions = category.questions.order_by("pk")
    return {
        "key": str(category.key),
        "slug": category.slug,
        "name": words.get(category, "name"),
        "questions": [take_question(question) for question in questions],
    }


def take_question(question: Question) -> dict[str, Any]:
    """Return the newest version of a question as its file holds it."""
    version = question.versions.order_by("-number").first()
    if version is None:
        return {}
    marking = {name: version.marking[name] for name in MARKING if name in version.marking}
    rest = {name: value for name, value in version.marking.items() if name not in MARKING}
    label = (rest.get("unit") or {}).get("label")
    if label:
        rest["unit"] = {name: value for name, value in rest["unit"].items() if name != "label"}
    taken: dict[str, Any] = {
        "key": str(question.key),
        "kind": version.kind,
        "status": str(question.status),
        "difficulty": question.difficulty,
        "objective": question.objective,
        "unit": label,
        "marking": words.without_nothing(rest),
        **{name: words.get(version, field) for name, field in TEXTS.items()},
        **marking,
        **take_about(question, version),
    }
    every = list(version.options.order_by("sort_order"))
    taken["pieces"] = take_pieces(every)
    rows = [row for row in every if row.role == OptionRole.OPTION]
    match version.kind:
        case Kind.MATCHING:
            taken["pairs"] = [_take_pair(row) for row in rows]
        case Kind.ORDERING:
            taken["items"] = [{"key": str(row.key), "text": words.get(row, "text")} for row in rows]
        case Kind.SINGLE | Kind.MULTIPLE | Kind.TRUE_FALSE | Kind.SURVEY:
            taken["options"] = [_take_option(row) for row in rows]
    return canonical(taken)


def _take_pair(row: Option) -> dict[str, Any]:
    return words.without_nothing(
        {
            "key": str(row.key),
            "prompt": words.get(row, "text"),
            "answer_key": str(row.match_key),
            "answer": words.get(row, "match_text"),
        }
    )


def _take_option(row: Option) -> dict[str, Any]:
    taken = {
        "key": str(row.key),
        "text": words.get(row, "text"),
        "correct": row.correct,
        "feedback": words.get(row, "feedback"),
    }
    if row.fraction is not None:
        taken["fraction"] = str(row.fraction)
    return words.without_nothing(taken)


def canonical(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question in the order in which files are written, its defaults stated."""
    stated = {"status": str(QuestionStatus.READY), **data}
    if options := stated.get("options"):
        stated["options"] = [
            words.without_nothing({**row, "correct": bool(row.get("correct"))}) for row in options
        ]
    return words.without_nothing({name: stated.get(name) for name in ORDER})
