"""One QTI item, of version 2.1, 2.2 or 3, as an item of ours."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from assessments.interchange import building, markup, numbers
from assessments.interchange.draft import ONE, ZERO, Row, Unusable
from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Option, Skipped, Texts
from assessments.interchange.qti.declarations import Declaration, weight
from assessments.interchange.qti.gaps import gap_match, hot_text, inline
from assessments.interchange.qti.names import XML_LANGUAGE
from assessments.interchange.qti.reader import Reader, pairs_of

OURS = re.compile(r"aula-item-\d+")
_INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}


def item_of(reader: Reader) -> Item | Skipped:
    """The item, or why it is left out."""
    root, draft = reader.root, reader.draft
    draft.name = markup.line(root.get("title") or "")[:250]
    code = root.get(XML_LANGUAGE) or ""
    draft.language = code.partition("-")[0].lower() or draft.language
    identifier = root.get("label") or root.get("identifier") or ""
    draft.fields["identifier"] = "" if OURS.fullmatch(identifier) else markup.line(identifier)
    draft.fields["weight"] = weight(root)
    try:
        return _checked(reader)
    except Unusable as error:
        return draft.skipped(error.notice)


def _checked(reader: Reader) -> Item | Skipped:
    if reader.root.get("adaptive") == "true":
        return reader.draft.skipped(Notice("adaptive"))
    if reader.root.find("templateDeclaration") is not None:
        return reader.draft.skipped(Notice("template_variables"))
    if reader.item_body is None:
        return reader.draft.skipped(Notice("no_text"))
    if reader.root.find("stylesheet") is not None:
        reader.draft.say("stylesheet")
    if reader.rules.unknown:
        reader.draft.say("processing")
    found = [one for one in reader.item_body.iter() if one.tag.endswith("Interaction")]
    reader.overall_feedback()
    if not found:
        reader.draft.fields |= {"stem": reader.stem(), "weight": ZERO, "marker_notes": reader.notes()}
        return reader.draft.item("description", {})
    if all(one.tag in _INLINE for one in found):
        return inline(reader, found)
    if len(found) > 1:
        return reader.draft.skipped(Notice("several_interactions"))
    kind = found[0].tag
    if kind not in _BLOCKS:
        return reader.draft.skipped(Notice("unknown_type", {"name": kind}))
    read = _BLOCKS[kind](reader, found[0])
    return replace(read, marker_notes=reader.notes()) if isinstance(read, Item) else read


def choice(reader: Reader, interaction: Element) -> Item | Skipped:
    """One or several of a list."""
    declared = reader.declaration(interaction)
    options = reader.options(interaction)
    fields = reader.draft.fields
    fields |= {"stem": reader.stem(interaction), "shuffle": interaction.get("shuffle") == "true"}
    single = declared.cardinality == "single"
    if not declared.correct and declared.mapped is None:
        return _survey(reader, options)
    if single and set(options) == {"true", "false"}:
        return _truth(reader, declared, options)
    rows = [Row(text, declared.share(name), said) for name, (text, said) in options.items()]
    rule = "partial" if declared.mapped is not None else "all_or_nothing"
    most = numbers.number(interaction.get("maxChoices")) or ZERO
    return building.choice(reader.draft, rows, single=single, rule=rule, most=min(1000, int(most)))


def _survey(reader: Reader, options: Mapping[str, tuple[Texts, Texts]]) -> Item | Skipped:
    reader.draft.say("survey")
    points = tuple(Option(str(place), text) for place, (text, _said) in enumerate(options.values(), 1))
    return reader.draft.item("survey", {"scale": [point.key for point in points]}, options=points)


def _truth(
    reader: Reader, declared: Declaration, options: Mapping[str, tuple[Texts, Texts]]
) -> Item | Skipped:
    answer = declared.share("true") >= ONE
    if not answer and declared.share("false") < ONE:
        raise Unusable("no_right_answer")
    item = building.truth(
        reader.draft, answer, {name == "true": said for name, (_t, said) in options.items()}
    )
    if isinstance(item, Skipped):
        return item
    kept = tuple(
        option
        if markup.plain(next(iter(options[option.key][0].values()), "")).casefold() == option.key
        else replace(option, text=options[option.key][0])
        for option in item.options
    )
    return replace(item, options=kept)


def order(reader: Reader, interaction: Element) -> Item | Skipped:
    """Items in their right order."""
    declared = reader.declaration(interaction)
    options = reader.options(interaction)
    if sorted(declared.correct) != sorted(options):
        raise Unusable("no_right_answer")
    fields = reader.draft.fields
    fields |= {"stem": reader.stem(interaction), "shuffle": interaction.get("shuffle") == "true"}
    return building.ordering(reader.draft, [options[name][0] for name in declared.correct], "exact")


def match(reader: Reader, interaction: Element) -> Item | Skipped:
    """Two sets; each of one belongs to one of the other."""
    declared = reader.declaration(interaction)
    both = interaction.iterfind("simpleMatchSet")
    sets = [reader.options(one, "simpleAssociableChoice") for one in both]
    pairs = pairs_of(declared.correct or (declared.mapped or ()))
    if len(sets) != 2 or not pairs:
        raise Unusable("no_right_answer")
    if len({first for first, _second in pairs}) != len(pairs):
        pairs, sets = [(second, first) for first, second in pairs], sets[::-1]
    right = dict(pairs)
    if len(right) != len(pairs):
        return reader.draft.skipped(Notice("unknown_type", {"name": "matchInteraction"}))
    if len(set((declared.mapped or {}).values())) > 1:
        reader.draft.say("part_weights")
    if set(sets[0]) - set(right):
        reader.draft.say("distractors")
    fields = reader.draft.fields
    fields |= {"stem": reader.stem(interaction), "shuffle": interaction.get("shuffle") == "true"}
    found: list[tuple[Texts, Texts]] = [
        (text, sets[1][right[name]][0])
        for name, (text, _said) in sets[0].items()
        if name in right and right[name] in sets[1]
    ]
    found += [({}, text) for name, (text, _said) in sets[1].items() if name not in right.values()]
    return building.matching(reader.draft, found)


def essay(reader: Reader, interaction: Element) -> Item | Skipped:
    """A text of one's own."""
    reader.draft.fields["stem"] = reader.stem(interaction)
    return reader.draft.item("essay", {})


_BLOCKS: Mapping[str, Callable[[Reader, Element], Item | Skipped]] = {
    "choiceInteraction": choice,
    "orderInteraction": order,
    "matchInteraction": match,
    "extendedTextInteraction": essay,
    "gapMatchInteraction": gap_match,
    "hottextInteraction": hot_text,
}
