"""One QTI item, of version 2.1, 2.2 or 3, as an item of ours."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from assessments.interchange import building, markup, numbers
from assessments.interchange.archive import Archive
from assessments.interchange.building import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Option, Reply, Skipped, Texts
from assessments.interchange.qti.body import Body, unwrapped
from assessments.interchange.qti.declarations import Declaration, Rules, declarations, rules, weight
from assessments.interchange.qti.names import XML_LANGUAGE, words

OURS = re.compile(r"aula-item-\d+")
_INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
_OVERALL = {
    "correct": "when_right",
    "incorrect": "when_wrong",
    "partial": "when_partly",
    "partially_correct": "when_partly",
    "general": "feedback",
}


class Reader:
    """Reads one item; the pieces share its declarations, rules and body."""

    def __init__(self, root: Element, draft: Draft, archive: Archive | None, folder: str) -> None:
        self.root, self.draft = root, draft
        self.declared = declarations(root)
        self.rules: Rules = rules(root)
        self.body = Body(draft, archive, folder)
        self.item_body = root.find("itemBody")
        self.stimulus = ""

    def item(self) -> Item | Skipped:
        """The item, or why it is left out."""
        root, draft = self.root, self.draft
        draft.name = markup.line(root.get("title") or "")[:250]
        code = root.get(XML_LANGUAGE) or ""
        draft.language = code.partition("-")[0].lower() or draft.language
        identifier = root.get("label") or root.get("identifier") or ""
        draft.fields["identifier"] = "" if OURS.fullmatch(identifier) else markup.line(identifier)
        draft.fields["weight"] = weight(root)
        try:
            return self._checked()
        except Unusable as error:
            return draft.skipped(error.notice)

    def _checked(self) -> Item | Skipped:
        if self.root.get("adaptive") == "true":
            return self.draft.skipped(Notice("adaptive"))
        if self.root.find("templateDeclaration") is not None:
            return self.draft.skipped(Notice("template_variables"))
        if self.item_body is None:
            return self.draft.skipped(Notice("no_text"))
        if self.root.find("stylesheet") is not None:
            self.draft.say("stylesheet")
        if self.rules.unknown:
            self.draft.say("processing")
        found = [one for one in self.item_body.iter() if one.tag.endswith("Interaction")]
        self._overall_feedback()
        if not found:
            self.draft.fields |= {"stem": self._stem(), "weight": ZERO, "marker_notes": self._notes()}
            return self.draft.item("description", {})
        if all(one.tag in _INLINE for one in found):
            return self._inline(found)
        if len(found) > 1:
            return self.draft.skipped(Notice("several_interactions"))
        kind = found[0].tag
        if kind not in _BLOCKS:
            return self.draft.skipped(Notice("unknown_type", {"name": kind}))
        read = _BLOCKS[kind](self, found[0])
        return replace(read, marker_notes=self._notes()) if isinstance(read, Item) else read

    def _stem(self, *without: Element) -> Texts:
        """The text of the item; an interaction leaves its prompt."""

        def place(element: Element) -> str | None:
            if element not in without:
                return None
            prompt = element.find("prompt")
            return "" if prompt is None else f"<div>{self.body.html(prompt)}</div>"

        assert self.item_body is not None  # looked at before
        texts = self.body.texts(self.item_body, place)
        if self.stimulus:
            texts = {code: self.stimulus + text for code, text in texts.items()}
        return texts

    def _notes(self) -> Texts:
        return self.draft.texts(
            "".join(self.body.notes), {name: name for name in self.draft.media}, spread=False
        )

    def _declaration(self, interaction: Element) -> Declaration:
        identifier = interaction.get("responseIdentifier", "")
        declaration = self.declared.get(identifier)
        if declaration is None:
            raise Unusable("no_right_answer")
        if self.rules.by_mapping or not declaration.correct:
            return declaration
        return replace(declaration, mapped=None)

    def _feedback(self) -> dict[str, Texts]:
        """What is said about single options, by identifier."""
        found = {}
        for one in self.root.iterfind("modalFeedback"):
            content = one.find("contentBody")
            found[one.get("identifier", "")] = self.body.texts(one if content is None else content)
        return dict(found)

    def _overall_feedback(self) -> None:
        known = {option.get("identifier") for option in self.root.iter() if option.tag.endswith("hoice")}
        for identifier, texts in self._feedback().items():
            name = _OVERALL.get(identifier.lower())
            if name:
                self.draft.fields[name] = texts
            elif texts and identifier not in known:
                self.draft.say("feedback")

    def _options(self, interaction: Element, tag: str = "simpleChoice") -> dict[str, tuple[Texts, Texts]]:
        """The options by identifier: their words, and what is said to them."""
        said = self._feedback()
        found: dict[str, tuple[Texts, Texts]] = {}
        for option in interaction.iter(tag):
            identifier = option.get("identifier", "")
            inline = [one for one in option.iter() if one.tag in ("feedbackInline", "feedbackBlock")]

            def without(element: Element, inline: list[Element] = inline) -> str | None:
                return "" if element in inline else None

            feedback = said.get(identifier) or (self.body.texts(inline[0]) if inline else {})
            found[identifier] = (self.body.texts(option, without), feedback)
        return found

    def choice(self, interaction: Element) -> Item | Skipped:
        """One or several of a list."""
        declared = self._declaration(interaction)
        options = self._options(interaction)
        fields = self.draft.fields
        fields |= {"stem": self._stem(interaction), "shuffle": interaction.get("shuffle") == "true"}
        single = declared.cardinality == "single"
        if not declared.correct and declared.mapped is None:
            return self._survey(options)
        if single and set(options) == {"true", "false"}:
            return self._truth(declared, options)
        rows = [Row(text, declared.share(name), said) for name, (text, said) in options.items()]
        rule = "partial" if declared.mapped is not None else "all_or_nothing"
        most = numbers.number(interaction.get("maxChoices")) or ZERO
        return building.choice(self.draft, rows, single=single, rule=rule, most=min(1000, int(most)))

    def _survey(self, options: Mapping[str, tuple[Texts, Texts]]) -> Item | Skipped:
        self.draft.say("survey")
        points = tuple(Option(str(place), text) for place, (text, _said) in enumerate(options.values(), 1))
        return self.draft.item("survey", {"scale": [point.key for point in points]}, options=points)

    def _truth(self, declared: Declaration, options: Mapping[str, tuple[Texts, Texts]]) -> Item | Skipped:
        answer = declared.share("true") >= ONE
        if not answer and declared.share("false") < ONE:
            raise Unusable("no_right_answer")
        item = building.truth(
            self.draft, answer, {name == "true": said for name, (_t, said) in options.items()}
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

    def order(self, interaction: Element) -> Item | Skipped:
        """Items in their right order."""
        declared = self._declaration(interaction)
        options = self._options(interaction)
        if sorted(declared.correct) != sorted(options):
            raise Unusable("no_right_answer")
        fields = self.draft.fields
        fields |= {"stem": self._stem(interaction), "shuffle": interaction.get("shuffle") == "true"}
        return building.ordering(self.draft, [options[name][0] for name in declared.correct], "exact")

    def match(self, interaction: Element) -> Item | Skipped:
        """Two sets; each of one belongs to one of the other."""
        declared = self._declaration(interaction)
        both = interaction.iterfind("simpleMatchSet")
        sets = [self._options(one, "simpleAssociableChoice") for one in both]
        pairs = _pairs(declared.correct or (declared.mapped or ()))
        if len(sets) != 2 or not pairs:
            raise Unusable("no_right_answer")
        if len({first for first, _second in pairs}) != len(pairs):
            pairs, sets = [(second, first) for first, second in pairs], sets[::-1]
        right = dict(pairs)
        if len(right) != len(pairs):
            return self.draft.skipped(Notice("unknown_type", {"name": "matchInteraction"}))
        if len(set((declared.mapped or {}).values())) > 1:
            self.draft.say("part_weights")
        if set(sets[0]) - set(right):
            self.draft.say("distractors")
        fields = self.draft.fields
        fields |= {"stem": self._stem(interaction), "shuffle": interaction.get("shuffle") == "true"}
        found: list[tuple[Texts, Texts]] = [
            (text, sets[1][right[name]][0])
            for name, (text, _said) in sets[0].items()
            if name in right and right[name] in sets[1]
        ]
        found += [({}, text) for name, (text, _said) in sets[1].items() if name not in right.values()]
        return building.matching(self.draft, found)

    def essay(self, interaction: Element) -> Item | Skipped:
        """A text of one's own."""
        self.draft.fields["stem"] = self._stem(interaction)
        return self.draft.item("essay", {})

    def gap_match(self, interaction: Element) -> Item | Skipped:
        """Words to be dragged into gaps, which become lists."""
        declared = self._declaration(interaction)
        entries = self._options(interaction, "gapText")
        if interaction.find("gapImg") is not None or not entries:
            return self.draft.skipped(Notice("unknown_type", {"name": "gapImg"}))
        self.draft.say("drag")
        right = {gap: word for word, gap in _pairs(declared.correct)}
        if len(set((declared.mapped or {}).values())) > 1:
            self.draft.say("part_weights")
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
            gaps[name] = building.chosen_gap(self.draft, name, rows, lists)
            return f"{{{{{name}}}}}"

        passage = self.body.texts(interaction, place)
        fields = {"stem": self._stem(interaction), "passage": passage}
        return self.draft.item("gap", {"gaps": gaps}, gaps=lists, **fields)

    def hot_text(self, interaction: Element) -> Item | Skipped:
        """Words to be selected in a text."""
        declared = self._declaration(interaction)
        meant: dict[str, bool] = {}

        def place(element: Element) -> str | None:
            if element.tag == "prompt":
                return ""
            if element.tag != "hottext":
                return None
            name = str(len(meant) + 1)
            meant[name] = declared.share(element.get("identifier", "")) > ZERO
            inner = self.body.html(element).replace("{", "").replace("}", "")
            return f"{{{{{name}|{inner}}}}}"

        passage = self.body.texts(interaction, place)
        rule = "all_or_nothing" if declared.mapped is None else "partial"
        fields = {"stem": self._stem(interaction), "passage": passage}
        return self.draft.item("words", {"words": meant, "rule": rule}, **fields)

    def _inline(self, found: list[Element]) -> Item | Skipped:
        """Fields within the text; one that stands alone is a short answer or a number."""
        if len(found) == 1 and found[0].tag == "textEntryInteraction":
            paragraph = self._paragraph_of(found[0])
            if paragraph is not None:
                self.draft.fields["stem"] = self._stem(paragraph)
                return self._short_or_number(found[0])
        gaps: dict[str, Any] = {}
        lists: dict[str, tuple[Option, ...]] = {}
        replies: list[Reply] = []
        marks: list[Fraction] = []

        def place(element: Element) -> str | None:
            if element not in found:
                return None
            name = str(len(gaps) + 1)
            declared = self._declaration(element)
            marks.append(declared.full or ONE)
            if element.tag == "inlineChoiceInteraction":
                options = self._options(element, "inlineChoice")
                rows = [Row(text, declared.share(key), said) for key, (text, said) in options.items()]
                gaps[name] = building.chosen_gap(self.draft, name, rows, lists)
            elif declared.base in ("float", "integer"):
                gaps[name] = self._number(declared)
            else:
                gaps[name] = self._wordings(declared, name, replies)
            return f"{{{{{name}}}}}"

        texts = self._placed(place)
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
        return self.draft.item("gap", {"gaps": gaps}, gaps=lists, replies=tuple(replies), **fields)

    def _placed(self, place: Callable[[Element], str | None]) -> dict[str, str]:
        assert self.item_body is not None  # looked at before
        texts = self.body.texts(self.item_body, place)
        return {code: self.stimulus + text for code, text in texts.items()}

    def _paragraph_of(self, entry: Element) -> Element | None:
        """The element in which a field stands alone; None when it stands within a sentence."""
        assert self.item_body is not None  # looked at before
        for parent in self.item_body.iter():
            if entry in list(parent):
                alone = not words(parent) and len(parent) == 1 and parent is not self.item_body
                return parent if alone else None
        return None

    def _short_or_number(self, entry: Element) -> Item | Skipped:
        declared = self._declaration(entry)
        if declared.base in ("float", "integer"):
            return self.draft.item("numeric", self._number(declared))
        replies: list[Reply] = []
        spec = self._wordings(declared, "", replies)
        return self.draft.item("short", spec, replies=tuple(replies))

    def _number(self, declared: Declaration) -> dict[str, Any]:
        values = declared.correct or tuple(key for key in declared.mapped or () if declared.share(key) >= ONE)
        value = numbers.number(values[0]) if values else None
        if value is None:
            raise Unusable("bad_number", name=values[0][:40] if values else "")
        kind, tolerance = self.rules.tolerances.get(declared.identifier, ("absolute", ZERO))
        return {"value": numbers.exact(value), "tolerance": numbers.exact(tolerance), "tolerance_kind": kind}

    def _wordings(self, declared: Declaration, gap: str, replies: list[Reply]) -> dict[str, Any]:
        keys = list(declared.mapped or declared.correct)
        code = self.draft.language
        rows = [Row({code: markup.from_plain(key)}, declared.share(key)) for key in keys]
        accepted, said = building.typed(self.draft, [row for row in rows if row.fraction > ZERO], gap)
        replies += said
        case = declared.case and not self.rules.ignores_case
        return {"accepted": accepted, "case": case, "accents": True}


def _pairs(values: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of identifiers; anything else is passed over."""
    found = (value.split() for value in values)
    return [(pair[0], pair[1]) for pair in found if len(pair) == 2]


_BLOCKS: Mapping[str, Callable[[Reader, Element], Item | Skipped]] = {
    "choiceInteraction": Reader.choice,
    "orderInteraction": Reader.order,
    "matchInteraction": Reader.match,
    "extendedTextInteraction": Reader.essay,
    "gapMatchInteraction": Reader.gap_match,
    "hottextInteraction": Reader.hot_text,
}
