"""Texts with gaps in Moodle: cloze, select missing words, drag words into text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from assessments.interchange import building, numbers
from assessments.interchange.draft import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.item import Item, Option, Reply, Skipped, Texts
from assessments.interchange.moodle import fields as moodle

_TYPED = {"SHORTANSWER": False, "SA": False, "MW": False, "SHORTANSWER_C": True, "SAC": True, "MWC": True}
_CHOSEN = re.compile(r"MULTICHOICE(_[VHS]{1,2})?|MC[VHS]{0,2}")
_NUMERIC = ("NUMERICAL", "NM")
_START = re.compile(r"\{\s{0,9}([0-9]{0,3})\s{0,9}:\s{0,9}([A-Z_]{2,20})\s{0,9}:")
_REST = re.compile(r"((?:\\.|[^\\}])*)\}", re.DOTALL)
_PARTS = re.compile(r"((?:\\.|[^\\~])*)(?:~|\Z)", re.DOTALL)
_FEEDBACK = re.compile(r"((?:\\.|[^\\#])*)(?:#(.*))?\Z", re.DOTALL)
_SHARE = re.compile(r"\s{0,99}(?:(=)|%(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)%)?(.*)\Z", re.DOTALL)
_ESCAPED = re.compile(r"\\([}#~/\"\\])")
_BRACKETS = re.compile(r"\[\[([0-9]{1,3})\]\]")
GAP = re.compile(r"\{\{(\w{1,9})\}\}")


def read_cloze(element: Element, draft: Draft) -> Item | Skipped:
    """A cloze question; draft already holds what all questions have."""
    text = element.find("questiontext")
    html, names = moodle.raw(text, draft) if text is not None else ("", {})
    html += moodle.old_image(element, draft)
    return cloze(html, draft, names | {name: name for name in draft.media})


def cloze(html: str, draft: Draft, names: dict[str, str]) -> Item | Skipped:
    """A text with embedded answers, as in ``{1:SHORTANSWER:=Paris~%50%Lutetia}``."""
    found = list(_answers(html))
    if not found:
        raise Unusable("no_gaps")
    spec: dict[str, Any] = {}
    lists: dict[str, tuple[Option, ...]] = {}
    replies: list[Reply] = []
    weights: list[int] = []
    pieces, at = [], 0
    for place, (start, end, weight, kind, body) in enumerate(found, 1):
        name = str(place)
        pieces += [html[at:start], f"{{{{{name}}}}}"]
        at = end
        weights.append(weight)
        rows = [_row(part, draft, names) for part in _split(body)]
        spec[name] = _gap(draft, name, kind, rows, lists, replies)
    pieces.append(html[at:])
    if len(set(weights)) > 1:
        spec = {name: gap | {"weight": str(w)} for (name, gap), w in zip(spec.items(), weights, strict=True)}
    draft.fields["weight"] = Fraction(sum(weights))
    fields = passages("".join(pieces), draft, names, tuple(spec))
    return draft.item("gap", {"gaps": spec}, gaps=lists, replies=tuple(replies), **fields)


def passages(html: str, draft: Draft, names: dict[str, str], gaps: Sequence[str]) -> dict[str, Texts]:
    """``stem`` and ``passage`` of a text in which gaps are marked; by language if each has all gaps."""
    texts = draft.texts(html, names)
    if any(sorted(GAP.findall(text)) != sorted(gaps) for text in texts.values()):
        texts = draft.texts(html, names, spread=False)
    if any(sorted(GAP.findall(text)) != sorted(gaps) for text in texts.values()):
        raise Unusable("no_gaps")  # a gap stood where the filter removes things
    divided = {code: building.stem_and_passage(text) for code, text in texts.items()}
    if all(stem for stem, _passage in divided.values()):
        return {
            "stem": {code: stem for code, (stem, _passage) in divided.items()},
            "passage": {code: passage for code, (_stem, passage) in divided.items()},
        }
    return {"stem": {}, "passage": texts}


def _answers(html: str) -> list[tuple[int, int, int, str, str]]:
    """Where each embedded answer stands, its weight, kind and inside."""
    found, at = [], 0
    while start := _START.search(html, at):
        rest = _REST.match(html, start.end())
        if rest is None:
            break  # no brace closes from here on
        found.append((start.start(), rest.end(), int(start[1] or 1), start[2], rest[1]))
        at = rest.end()
    return found


def _split(body: str) -> list[str]:
    return [part[1] for part in _PARTS.finditer(body) if part[1].strip()]


def _row(part: str, draft: Draft, names: dict[str, str]) -> Row:
    words, feedback = _FEEDBACK.match(part).groups()  # type: ignore[union-attr]
    full, share, text = _SHARE.match(words).groups()  # type: ignore[union-attr]
    fraction = ONE if full else numbers.per_cent(share) if share else ZERO
    if fraction is None:
        raise Unusable("bad_number", name=str(share))
    return Row(
        draft.texts(_plainly(text), names),
        numbers.snapped(fraction),
        draft.texts(_plainly(feedback or ""), names),
    )


def _plainly(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def _gap(
    draft: Draft,
    name: str,
    kind: str,
    rows: Sequence[Row],
    lists: dict[str, tuple[Option, ...]],
    replies: list[Reply],
) -> dict[str, Any]:
    if _CHOSEN.fullmatch(kind):
        return building.chosen_gap(draft, name, rows, lists)
    if kind in _TYPED:
        accepted, said = building.typed(draft, rows, name)
        replies += said
        return {"accepted": accepted, "case": _TYPED[kind], "accents": True}
    if kind in _NUMERIC:
        numbered, said = building.numbered([_as_number(row, draft.language) for row in rows], name)
        replies += said
        return numbered
    raise Unusable("gap_type", name=kind)


def _as_number(row: Row, language: str) -> Row:
    """The value and the tolerance behind its colon."""
    value, _colon, tolerance = row.plain.partition(":")
    return Row({language: value.strip()}, row.fraction, row.feedback, numbers.number(tolerance))


def read_words(element: Element, draft: Draft) -> Item | Skipped:
    """Select missing words, and drag words into text: gaps that share lists of words."""
    text = element.find("questiontext")
    html, names = moodle.raw(text, draft) if text is not None else ("", {})
    tag = "selectoption" if element.find("selectoption") is not None else "dragbox"
    entries = [(one.findtext("group") or "1", moodle.field(one, draft)) for one in element.iterfind(tag)]
    if element.get("type") == "ddwtos":
        draft.say("drag")
    places = [int(number) for number in _BRACKETS.findall(html)]
    if not places:
        raise Unusable("no_gaps")
    if any(not 1 <= place <= len(entries) for place in places):
        raise Unusable("bad_layout", name=f"[[{max(places)}]]")
    groups: dict[str, list[int]] = defaultdict(list)
    for place, (group, _words) in enumerate(entries, 1):
        groups[group].append(place)
    spec: dict[str, Any] = {}
    lists: dict[str, tuple[Option, ...]] = {}
    for number, right in enumerate(places, 1):
        shared = groups[entries[right - 1][0]]
        rows = [Row(entries[place - 1][1], ONE if place == right else ZERO) for place in shared]
        spec[str(number)] = building.chosen_gap(draft, str(number), rows, lists)
    counter = iter(spec)
    marked = _BRACKETS.sub(lambda _found: f"{{{{{next(counter)}}}}}", html)
    fields = passages(marked, draft, names, tuple(spec))
    return draft.item("gap", {"gaps": spec}, gaps=lists, **fields)
