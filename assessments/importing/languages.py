"""The languages of an item made those of the site. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from assessments.interchange import Hint, Item, Notice, Option, Reply
from assessments.interchange.item import Texts

_TEXTS = (
    *("stem", "passage", "feedback", "when_right", "when_partly", "when_wrong"),
    *("reason", "authority", "marker_notes"),
)


def spoken(item: Item, known: Collection[str]) -> tuple[Item, tuple[Notice, ...]]:
    """The item with texts in known languages alone, and what was lost or taken for another language.

    A question whose own language is not known keeps its words, in a language that is.
    """
    found = _codes(item)
    language = item.language
    if language not in known:
        # one that has the question itself, else the first of the site in place of the unknown one
        language = next((code for code in found if code in known and item.stem.get(code)), "")
    notices = [Notice("language_left", {"name": code}) for code in found if code not in known]
    moved = {}
    if not language:
        language = next(iter(known))
        moved = {item.language: language}
        notices = [notice for notice in notices if notice.values["name"] != item.language]
        notices.append(Notice("language_taken", {"name": item.language, "taken": language}))
    if not notices and language == item.language:
        return item, ()
    return _changed(item, language, moved, known), tuple(notices)


def _codes(item: Item) -> list[str]:
    texts = [item.stem, item.passage, item.feedback, item.reason, item.authority]
    texts += [one.text for one in (*item.options, *item.answers)]
    return list(dict.fromkeys(code for one in texts for code in one))


def _changed(item: Item, language: str, moved: Mapping[str, str], known: Collection[str]) -> Item:
    def kept(texts: Texts) -> dict[str, str]:
        return {moved.get(code, code): text for code, text in texts.items() if moved.get(code, code) in known}

    def options(given: tuple[Option, ...]) -> tuple[Option, ...]:
        return tuple(replace(one, text=kept(one.text), feedback=kept(one.feedback)) for one in given)

    texts: dict[str, Any] = {name: kept(getattr(item, name)) for name in _TEXTS}
    return replace(
        item,
        language=language,
        spec=_accepted(item.spec, kept, language),
        options=options(item.options),
        answers=options(item.answers),
        gaps={gap: options(entries) for gap, entries in item.gaps.items()},
        hints=tuple(Hint(kept(hint.text), hint.clears_wrong, hint.counts_right) for hint in item.hints),
        replies=tuple(_reply(reply, kept(reply.feedback)) for reply in item.replies),
        **texts,
    )


def _reply(reply: Reply, feedback: Texts) -> Reply:
    return replace(reply, feedback=feedback)


def _accepted(value: Any, kept: Callable[[Texts], dict[str, Any]], language: str) -> Any:
    """The key with accepted answers and labels in the languages that are kept."""
    if not isinstance(value, Mapping):
        return value
    changed = {}
    for name, inner in value.items():
        if name in ("accepted", "label") and isinstance(inner, Mapping) and inner:
            # an answer stays an answer, whatever its language
            changed[name] = kept(inner) or {language: next(iter(inner.values()))}
        else:
            changed[name] = _accepted(inner, kept, language)
    return changed
