"""Fields within the text of a QTI item: gaps to be typed, chosen or dragged into, words to select."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from assessments.interchange import building, markup, numbers
from assessments.interchange.draft import ONE, ZERO, Row, Unusable
from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Option, Reply, Skipped
from assessments.interchange.qti.body import unwrapped
from assessments.interchange.qti.declarations import Declaration
from assessments.interchange.qti.names import words
from assessments.interchange.qti.reader import Reader, pairs_of


def gap_match(reader: Reader, interaction: Element) -> Item | Skipped:
    """Words to be dragged into gaps, which become lists."""
    declared = reader.declaration(interaction)
    entries = reader.options(interaction, "gapText")
    if interaction.find("gapImg") is not None or not entries:
        return reader.draft.skipped(Notice("unknown_type", {"name": "gapImg"}))
    reader.draft.say("drag")
    right = {gap: word for word, gap in pairs_of(declared.correct)}
    if len(set((declared.mapped or {}).values())) > 1:
        reader.draft.say("part_weights")
    gaps: dict[str, Any] = {}
    lists: dict[str, tuple[Option, ...]] = {}

    def place(element: Element) -> str | None:
        if element.tag in ("prompt", "gapText"):
            return ""
        if element.tag != "gap":
            return None
        name = str(len(gaps) + 1)
        answer = right.get(element.get("identifier", ""))
        rows = [Row(text, ONE if key == answer else ZERO) for key, (text, _said) in entries.items()]
        gaps[name] = building.chosen_gap(reader.draft, name, rows, lists)
        return f"{{{{{name}}}}}"

    passage = reader.body.texts(interaction, place)
    fields = {"stem": reader.stem(interaction), "passage": passage}
    return reader.draft.item("gap", {"gaps": gaps}, gaps=lists, **fields)


def hot_text(reader: Reader, interaction: Element) -> Item | Skipped:
    """Words to be selected in a text."""
    declared = reader.declaration(interaction)
    meant: dict[str, bool] = {}

    def place(element: Element) -> str | None:
        if element.tag == "prompt":
            return ""
        if element.tag != "hottext":
            return None
        name = str(len(meant) + 1)
        meant[name] = declared.share(element.get("identifier", "")) > ZERO
        inner = reader.body.html(element).replace("{", "").replace("}", "")
        return f"{{{{{name}|{inner}}}}}"

    passage = reader.body.texts(interaction, place)
    rule = "all_or_nothing" if declared.mapped is None else "partial"
    fields = {"stem": reader.stem(interaction), "passage": passage}
    return reader.draft.item("words", {"words": meant, "rule": rule}, **fields)


def inline(reader: Reader, found: list[Element]) -> Item | Skipped:
    """Fields within the text; one that stands alone is a short answer or a number."""
    if len(found) == 1 and found[0].tag == "textEntryInteraction":
        paragraph = _paragraph_of(reader, found[0])
        if paragraph is not None:
            reader.draft.fields["stem"] = reader.stem(paragraph)
            return _short_or_number(reader, found[0])
    gaps: dict[str, Any] = {}
    lists: dict[str, tuple[Option, ...]] = {}
    replies: list[Reply] = []
    marks: list[Fraction] = []

    def place(element: Element) -> str | None:
        if element not in found:
            return None
        name = str(len(gaps) + 1)
        declared = reader.declaration(element)
        marks.append(declared.full or ONE)
        if element.tag == "inlineChoiceInteraction":
            options = reader.options(element, "inlineChoice")
            rows = [Row(text, declared.share(key), said) for key, (text, said) in options.items()]
            gaps[name] = building.chosen_gap(reader.draft, name, rows, lists)
        elif declared.base in ("float", "integer"):
            gaps[name] = _number(reader, declared)
        else:
            gaps[name] = _wordings(reader, declared, name, replies)
        return f"{{{{{name}}}}}"

    texts = _placed(reader, place)
    divided = {code: building.stem_and_passage(text) for code, text in texts.items()}
    if len(set(marks)) > 1:
        gaps = {
            name: gap | {"weight": numbers.exact(mark)}
            for (name, gap), mark in zip(gaps.items(), marks, strict=True)
        }
    fields = {
        "stem": {code: unwrapped(stem) for code, (stem, _passage) in divided.items() if stem},
        "passage": {code: unwrapped(passage) for code, (_stem, passage) in divided.items()},
    }
    return reader.draft.item("gap", {"gaps": gaps}, gaps=lists, replies=tuple(replies), **fields)


def _placed(reader: Reader, place: Callable[[Element], str | None]) -> dict[str, str]:
    assert reader.item_body is not None  # looked at before
    texts = reader.body.texts(reader.item_body, place)
    return {code: reader.stimulus + text for code, text in texts.items()}


def _paragraph_of(reader: Reader, entry: Element) -> Element | None:
    """The element in which a field stands alone; None when it stands within a sentence."""
    assert reader.item_body is not None  # looked at before
    for parent in reader.item_body.iter():
        if entry in list(parent):
            alone = not words(parent) and len(parent) == 1 and parent is not reader.item_body
            return parent if alone else None
    return None


def _short_or_number(reader: Reader, entry: Element) -> Item | Skipped:
    declared = reader.declaration(entry)
    if declared.base in ("float", "integer"):
        return reader.draft.item("numeric", _number(reader, declared))
    replies: list[Reply] = []
    spec = _wordings(reader, declared, "", replies)
    return reader.draft.item("short", spec, replies=tuple(replies))


def _number(reader: Reader, declared: Declaration) -> dict[str, Any]:
    values = declared.correct or tuple(key for key in declared.mapped or () if declared.share(key) >= ONE)
    value = numbers.number(values[0]) if values else None
    if value is None:
        raise Unusable("bad_number", name=values[0][:40] if values else "")
    kind, tolerance = reader.rules.tolerances.get(declared.identifier, ("absolute", ZERO))
    return {"value": numbers.exact(value), "tolerance": numbers.exact(tolerance), "tolerance_kind": kind}


def _wordings(reader: Reader, declared: Declaration, gap: str, replies: list[Reply]) -> dict[str, Any]:
    keys = list(declared.mapped or declared.correct)
    code = reader.draft.language
    rows = [Row({code: markup.from_plain(key)}, declared.share(key)) for key in keys]
    accepted, said = building.typed(reader.draft, [row for row in rows if row.fraction > ZERO], gap)
    replies += said
    case = declared.case and not reader.rules.ignores_case
    return {"accepted": accepted, "case": case, "accents": True}
