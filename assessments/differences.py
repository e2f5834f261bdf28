"""What has changed from one version of a question to another, field by field and piece by piece."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.choices import OptionRole
from assessments.models import Option, QuestionVersion

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_WORD = re.compile(r"\s+|[^\s]+")
_LABELS: Mapping[str, Any] = {
    "stem": _("Question"),
    "passage": _("Text"),
    "feedback": _("General feedback"),
    "reason": _("Reason"),
    "source": _("Source"),
}
_PIECE_LABELS: Mapping[str, Any] = {
    "text": _("Text"),
    "feedback": _("Feedback"),
    "match_text": _("Answer"),
    "worth": _("Right"),
    "place": _("Place"),
}
_MARKING_LABELS: Mapping[str, Any] = {
    "rule": _("Rule"),
    "most": _("Choices, at most"),
    "answer": _("The statement is"),
    "value": _("Right value"),
    "tolerance": _("Tolerance"),
    "tolerance_kind": _("Tolerance is meant"),
    "also": _("Numbers that are partly right"),
    "unit": _("Unit"),
    "accepted": _("Accepted answers"),
    "case": _("Capitals make a difference in"),
    "accents": _("Accents and vowel points make a difference in"),
    "gaps": _("Gaps"),
    "words": _("Words to be selected"),
    "scenario": _("Where decisions lead"),
    "minimum_words": _("Words, at least"),
    "maximum_words": _("Words, at most"),
    "types": _("Types of file"),
    "largest": _("Largest size"),
    "jurisdictions": _("Law of countries"),
    "penalty": _("What each earlier try takes off"),
    "shuffle": _("May be shuffled"),
    "hints": _("Hints"),
    "rubric": _("Marking guide"),
}


@dataclass(frozen=True)
class Run:
    """A stretch of words: "same", "gone" or "new"."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """One field that differs: what it is, in which language ("" for none), and its words."""

    label: str | Promise
    language: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Group:
    """What differs of one piece, or of the question itself; ``state`` is changed, gone or new."""

    role: str | Promise
    number: int
    state: str
    changes: tuple[Change, ...]


def content_of(version: QuestionVersion) -> dict[str, Any]:
    """All that is asked and how it is marked, to be compared; who wrote it and when is no part of it."""
    texts = {
        f"{name}_{code}": getattr(version, f"{name}_{code}") or ""
        for name in QuestionVersion.TRANSLATED
        for code in LANGUAGES
    }
    marking = {name: value for name, value in (version.marking or {}).items() if name != "cited"}
    return {
        "texts": texts,
        "kind": version.kind,
        "marking": json.loads(json.dumps(marking)),
        "pieces": _placed(version),
    }


def differences(before: QuestionVersion, after: QuestionVersion) -> list[Group]:
    """What has changed, in the order of the form; nothing where the two are alike."""
    old, new = content_of(before), content_of(after)
    own = [*_texts(old["texts"], new["texts"]), *_marking(old["marking"], new["marking"])]
    groups = [Group(_("The question itself"), 0, "changed", tuple(own))] if own else []
    return [*groups, *_pieces(old["pieces"], new["pieces"])]


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """Two texts word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    runs: list[Run] = []
    for verb, start, end, other_start, other_end in difflib.SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if verb == "equal":
            runs.append(Run("same", "".join(old[start:end])))
            continue
        if start < end:
            runs.append(Run("gone", "".join(old[start:end])))
        if other_start < other_end:
            runs.append(Run("new", "".join(new[other_start:other_end])))
    return tuple(runs)


def _texts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in QuestionVersion.TRANSLATED:
        for code in LANGUAGES:
            column = f"{name}_{code}"
            if old[column] != new[column]:
                yield Change(_LABELS[name], code, runs_of(old[column], new[column]))


def _marking(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            runs = runs_of(_said(old.get(name)), _said(new.get(name)))
            yield Change(_MARKING_LABELS.get(name, name), "", runs)


def _pieces(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Group]:
    before, after = ({piece["key"]: piece for piece in pieces} for pieces in (old, new))
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        state = "new" if was is None else "gone" if now is None else "changed"
        changes = tuple(_piece_changes(was or {}, now or {}))
        if changes:
            piece = now or was or {}
            yield Group(OptionRole(piece["role"]).label, int(piece["place"]), state, changes)


def _piece_changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for name in Option.TRANSLATED:
        for code in LANGUAGES:
            column = f"{name}_{code}"
            if (was.get(column) or "") != (now.get(column) or ""):
                runs = runs_of(was.get(column) or "", now.get(column) or "")
                yield Change(_PIECE_LABELS[name], code, runs)
    for name in ("worth", "place"):
        # the place of a piece that is new or gone tells nothing
        if was.get(name) != now.get(name) and (name == "worth" or (was and now)):
            yield Change(_PIECE_LABELS[name], "", runs_of(_said(was.get(name)), _said(now.get(name))))


def _placed(version: QuestionVersion) -> list[dict[str, Any]]:
    """The pieces, each with its place among those of its role."""
    found: dict[str, int] = {}
    pieces = []
    for piece in version.options.all():
        found[piece.role] = found.get(piece.role, 0) + 1
        pieces.append(_piece(piece, found[piece.role]))
    return sorted(pieces, key=lambda piece: (list(OptionRole).index(piece["role"]), int(piece["place"])))


def _piece(piece: Option, place: int) -> dict[str, Any]:
    worth = str(piece.fraction) if piece.fraction is not None else piece.correct
    return {
        "key": str(piece.key),
        "role": piece.role,
        "under": piece.belongs_to,
        "worth": worth,
        "place": str(place),
        **{
            f"{name}_{code}": getattr(piece, f"{name}_{code}") or ""
            for name in Option.TRANSLATED
            for code in LANGUAGES
        },
    }


def _said(value: Any) -> str:
    """A value of the marking in words, as far as it has any."""
    match value:
        case None | "":
            return ""
        case bool():
            return str(_("yes") if value else _("no"))
        case Mapping():
            return "; ".join(f"{name}: {_said(one)}" for name, one in value.items())
        case list() | tuple():
            return ", ".join(_said(one) for one in value)
    return str(value)
