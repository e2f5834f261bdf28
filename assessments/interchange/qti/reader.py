"""What the kinds of interactions of a QTI item share: its declarations, rules, texts and feedback."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from assessments.interchange.archive import Archive
from assessments.interchange.draft import Draft, Unusable
from assessments.interchange.item import Texts
from assessments.interchange.qti.body import Body
from assessments.interchange.qti.declarations import Declaration, Rules, declarations, rules

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

    def stem(self, *without: Element) -> Texts:
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

    def notes(self) -> Texts:
        return self.draft.texts(
            "".join(self.body.notes), {name: name for name in self.draft.media}, spread=False
        )

    def declaration(self, interaction: Element) -> Declaration:
        identifier = interaction.get("responseIdentifier", "")
        declaration = self.declared.get(identifier)
        if declaration is None:
            raise Unusable("no_right_answer")
        if self.rules.by_mapping or not declaration.correct:
            return declaration
        return replace(declaration, mapped=None)

    def feedback(self) -> dict[str, Texts]:
        """What is said about single options, by identifier."""
        found = {}
        for one in self.root.iterfind("modalFeedback"):
            content = one.find("contentBody")
            found[one.get("identifier", "")] = self.body.texts(one if content is None else content)
        return dict(found)

    def overall_feedback(self) -> None:
        known = {option.get("identifier") for option in self.root.iter() if option.tag.endswith("hoice")}
        for identifier, texts in self.feedback().items():
            name = _OVERALL.get(identifier.lower())
            if name:
                self.draft.fields[name] = texts
            elif texts and identifier not in known:
                self.draft.say("feedback")

    def options(self, interaction: Element, tag: str = "simpleChoice") -> dict[str, tuple[Texts, Texts]]:
        """The options by identifier: their words, and what is said to them."""
        said = self.feedback()
        found: dict[str, tuple[Texts, Texts]] = {}
        for option in interaction.iter(tag):
            identifier = option.get("identifier", "")
            inline = [one for one in option.iter() if one.tag in ("feedbackInline", "feedbackBlock")]

            def without(element: Element, inline: list[Element] = inline) -> str | None:
                return "" if element in inline else None

            feedback = said.get(identifier) or (self.body.texts(inline[0]) if inline else {})
            found[identifier] = (self.body.texts(option, without), feedback)
        return found


def pairs_of(values: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of identifiers; anything else is passed over."""
    found = (value.split() for value in values)
    return [(pair[0], pair[1]) for pair in found if len(pair) == 2]
