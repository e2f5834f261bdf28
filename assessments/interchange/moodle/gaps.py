"""A text with gaps in Moodle: "select missing words" where every gap is a plain list, else cloze."""

import re
from fractions import Fraction
from html import escape

from assessments.interchange import markup, numbers
from assessments.interchange.item import Item, Option, Texts
from assessments.interchange.noting import Noting, answers_of, forms_of, numbers_of

_MOST_GROUPS = 20
type Lists = list[list[Texts]]
_GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_SPECIAL = re.compile(r"[}#~/\"\\]")


def word_lists(item: Item) -> Lists | None:
    """The lists that gaps are chosen from; None when a gap is typed, has feedback or part marks."""
    gaps = item.spec["gaps"]
    listed = all("options" in gap and "weight" not in gap for gap in gaps.values())
    if set(gaps) != set(item.gaps) or not listed:
        return None
    options = [option for entries in item.gaps.values() for option in entries]
    worths = {Fraction(worth) for gap in gaps.values() for worth in gap["options"].values()}
    if any(option.feedback for option in options) or not worths <= {Fraction(0), Fraction(1)}:
        return None
    plain = all(markup.is_plain(text) for option in options for text in option.text.values())
    lists: Lists = []
    for entries in item.gaps.values():
        words = [option.text for option in entries]
        if words not in lists:
            lists.append(words)
    return lists if plain and len(lists) <= _MOST_GROUPS else None


def bracketed(noting: Noting, lists: Lists) -> Texts:
    """The question text with ``[[n]]`` where the n-th of all words belongs."""
    item = noting.item
    places: dict[str, int] = {}
    for name, entries in item.gaps.items():
        number = lists.index([option.text for option in entries])
        worth = item.spec["gaps"][name]["options"]
        right = next(at for at, option in enumerate(entries, 1) if Fraction(worth[option.key]) == 1)
        places[name] = sum(len(words) for words in lists[:number]) + right
    text = noting.one(item.stem) + noting.one(item.passage)
    noting.leave_settings("gaps")
    return {
        item.language: _GAP.sub(
            lambda found: f"[[{places[found[1]]}]]" if found[1] in places else found[0], text
        )
    }


def embedded(noting: Noting) -> Texts:
    """The question text with ``{1:SHORTANSWER:…}`` where a gap stands, in the item's own language."""
    item = noting.item
    stem, passage = noting.one(item.stem), noting.one(item.passage)
    gaps = item.spec["gaps"]
    weights = _weights(noting)
    noting.leave_settings("gaps")

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name not in gaps:
            return found[0]
        return f"{{{weights[name]}:{_inside(noting, name)}}}"

    return {item.language: stem + _GAP.sub(fill, passage)}


def _inside(noting: Noting, name: str) -> str:
    gap = noting.item.spec["gaps"][name]
    if "options" in gap:
        return _chosen(noting, name)
    return _numeric(noting, name) if "value" in gap else _typed(noting, name)


def _weights(noting: Noting) -> dict[str, int]:
    """What each gap counts; Moodle knows whole numbers only, and their sum is the question's."""
    weights = {name: Fraction(gap.get("weight", 1)) for name, gap in noting.item.spec["gaps"].items()}
    unit = noting.item.weight / sum(weights.values())
    marks = {name: weight * unit for name, weight in weights.items()}
    if all(mark.denominator == 1 and 0 < mark < 1000 for mark in marks.values()):
        return {name: int(mark) for name, mark in marks.items()}
    noting.say("weight")
    return {name: min(999, max(1, round(weight))) for name, weight in weights.items()}


def _numeric(noting: Noting, name: str) -> str:
    gap = noting.item.spec["gaps"][name]
    replies = [reply for reply in noting.item.replies if reply.gap == name]
    if gap.get("unit"):
        noting.say("units")
    entries = []
    for text, fraction, tolerance, feedback in numbers_of(noting, gap, replies):
        margin = "" if text == "*" else f":{numbers.decimal(tolerance)}"
        entries.append(_entry(noting, f"{text}{margin}", fraction, feedback))
    return "NUMERICAL:" + "~".join(entries)


def _chosen(noting: Noting, name: str) -> str:
    worth = noting.item.spec["gaps"][name]["options"]
    entries = (
        _entry(noting, noting.one(option.text), Fraction(worth[option.key]), option.feedback)
        for option in noting.item.gaps.get(name, (Option(key, {}) for key in worth))
    )
    return "MULTICHOICE:" + "~".join(entries)


def _typed(noting: Noting, name: str) -> str:
    spec = noting.item.spec["gaps"][name]
    if not spec.get("accents"):
        noting.say("accents")
    if list(spec["accepted"]) != [noting.item.language]:
        noting.say("forms_joined")
    replies = [reply for reply in noting.item.replies if reply.gap == name]
    entries = (
        _entry(noting, escape(text, quote=False), fraction, feedback)
        for text, fraction, feedback in answers_of(forms_of(spec["accepted"]), replies)
    )
    return ("SHORTANSWER_C:" if spec.get("case") else "SHORTANSWER:") + "~".join(entries)


def _entry(noting: Noting, html: str, fraction: Fraction, feedback: Texts) -> str:
    near = numbers.nearest_weight(fraction)
    if near != fraction:
        noting.say("fraction_rounded", given=str(fraction), taken=numbers.percentage(near))
    said = noting.one(feedback)
    # a worth is stated where the words themselves begin like one
    stated = near or html[:1] in ("=", "%")
    mark = "=" if near == 1 else f"%{numbers.percentage(near)}%" if stated else ""
    return mark + _escaped(html) + (f"#{_escaped(said)}" if said else "")


def _escaped(html: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", html)
