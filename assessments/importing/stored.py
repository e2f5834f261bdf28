"""An item as JSON, to wait for its import; the bytes of its media are kept apart. Pure."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from assessments.interchange import Hint, Item, Notice, Option, Reply

_TEXTS = ("stem", "passage", "feedback", "when_right", "when_partly", "when_wrong", "reason", "authority")
_WORDS = ("kind", "language", "name", "identifier", "objective", "difficulty")


def to_json(item: Item) -> dict[str, Any]:
    """The item without its media, its source and its notices."""
    return {name: getattr(item, name) for name in _WORDS} | {
        **{name: dict(getattr(item, name)) for name in (*_TEXTS, "marker_notes")},
        "spec": dict(item.spec),
        "options": [_option(one) for one in item.options],
        "answers": [_option(one) for one in item.answers],
        "gaps": {name: [_option(one) for one in entries] for name, entries in item.gaps.items()},
        "replies": [
            [one.text, str(one.fraction), dict(one.feedback), _maybe(one.tolerance), one.gap]
            for one in item.replies
        ],
        "hints": [[dict(one.text), one.clears_wrong, one.counts_right] for one in item.hints],
        "weight": str(item.weight),
        "penalty": str(item.penalty),
        "shuffle": item.shuffle,
        "tags": list(item.tags),
        "category": list(item.category),
    }


def from_json(data: Mapping[str, Any]) -> Item:
    """The item as ``to_json`` wrote it."""
    return Item(
        **{name: data[name] for name in (*_WORDS, *_TEXTS, "marker_notes", "spec", "shuffle")},
        options=_options(data["options"]),
        answers=_options(data["answers"]),
        gaps={name: _options(entries) for name, entries in data["gaps"].items()},
        replies=tuple(
            Reply(text, Fraction(worth), said, None if tolerance is None else Fraction(tolerance), gap)
            for text, worth, said, tolerance, gap in data["replies"]
        ),
        hints=tuple(Hint(*one) for one in data["hints"]),
        weight=Fraction(data["weight"]),
        penalty=Fraction(data["penalty"]),
        tags=tuple(data["tags"]),
        category=tuple(data["category"]),
    )


def notices_to_json(notices: Iterable[Notice]) -> list[list[Any]]:
    """Notices as they are kept."""
    return [[notice.code, dict(notice.values)] for notice in notices]


def notices_from_json(data: Iterable[Any]) -> list[Notice]:
    """The notices that were kept."""
    return [Notice(code, values) for code, values in data]


def _option(option: Option) -> list[Any]:
    return [option.key, dict(option.text), dict(option.feedback), _maybe(option.worth)]


def _options(data: Iterable[Any]) -> tuple[Option, ...]:
    return tuple(
        Option(key, text, feedback, None if worth is None else Fraction(worth))
        for key, text, feedback, worth in data
    )


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
