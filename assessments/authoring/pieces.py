"""Between the rows of a form and the translated pieces of a version."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from assessments.authoring.rows import RowForm
from assessments.choices import OptionRole
from assessments.models import Option, QuestionVersion

TEXTS = ("text", "feedback", "match_text")


def values_of(piece: Option, language: str) -> dict[str, Any]:
    """What a row shows of a piece, in the language in which it was written."""
    return {
        "key": str(piece.key),
        "under": piece.belongs_to,
        "correct": piece.correct,
        "fraction": piece.fraction,
        **{name: getattr(piece, f"{name}_{language}") or "" for name in TEXTS},
    }


def pieces_of(
    role: OptionRole, rows: Iterable[RowForm], known: Mapping[str, Option], language: str
) -> list[Option]:
    """The pieces that rows say, in their order; known ones are filled in again."""
    return [_piece(role, form, known, language) for form in rows]


def single_piece(role: OptionRole, text: str, version: QuestionVersion, language: str) -> list[Option]:
    """The one piece of a role, or none where nothing is said."""
    known = version.of_role(role)
    if not text.strip():
        return []
    piece = known[0] if known else Option(key=uuid.uuid4(), role=role, source_language=language)
    setattr(piece, f"text_{language}", text)
    setattr(piece, f"feedback_{language}", "")
    return [piece]


def text_of(version: QuestionVersion, role: OptionRole, language: str) -> str:
    """What the one piece of a role says; files of others may have it as feedback."""
    piece = next(iter(version.of_role(role)), None)
    said = piece and (getattr(piece, f"text_{language}") or getattr(piece, f"feedback_{language}"))
    return said or ""


def numbered(pieces: Iterable[Option]) -> list[Option]:
    """The pieces with their places, ready to be stored with a version."""
    found = list(pieces)
    for place, piece in enumerate(found):
        piece.sort_order = place
    return found


def copied_texts(piece: Option, texts: Mapping[str, str]) -> None:
    """Give a piece the words that something had in every language."""
    for code, _name in settings.LANGUAGES:
        if texts.get(code):
            setattr(piece, f"text_{code}", texts[code])


def _piece(role: OptionRole, form: RowForm, known: Mapping[str, Option], language: str) -> Option:
    key = _uuid(form.identity)
    piece = known.get(str(key))
    if piece is None or piece.role != role:
        piece = Option(key=key, role=role, source_language=language)
        # equal answers get one key when they are named; each begins with one that stays the same
        piece.match_key = uuid.uuid5(key, "answer")
    with translation.override(language):
        for name, value in form.cleaned_data.items():
            if name in TEXTS:
                setattr(piece, f"{name}_{language}", value)
            elif name in ("correct", "fraction"):
                setattr(piece, name, value)
    piece.belongs_to = str(form.cleaned_data.get("under") or "")
    return piece


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
