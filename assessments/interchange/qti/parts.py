"""One QTI 3 item in the making: what is declared, shown, marked and said."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement

from defusedxml.ElementTree import fromstring

from assessments.interchange import markup, numbers
from assessments.interchange.item import Texts
from assessments.interchange.noting import Noting

_VOID = re.compile(r"<(br|hr|img|source)\b([^<>]*)>")


@dataclass
class Parts:
    """One item in the making: declarations, body, rules of marking, feedback."""

    noting: Noting
    address: Callable[[str], str]
    responses: list[Element] = field(default_factory=list)
    modal: list[Element] = field(default_factory=list)
    rules: list[Element] = field(default_factory=list)
    feedback_cardinality: str = "single"
    body: Element = field(default_factory=lambda: Element("qti-item-body"))

    def decimal(self, value: Fraction) -> str:
        """A number in decimals, noted where it is not exact."""
        written = numbers.decimal(value)
        if numbers.written(Fraction(written)) != value:
            self.noting.say("not_decimal")
        return written

    def xml(self, tag: str, html: str, **attributes: str) -> Element:
        """An element that holds clean HTML, its pictures addressed within the package."""
        shown = markup.readdressed(html, self.address)
        closed = _VOID.sub(r"<\1\2/>", shown).replace("&nbsp;", "&#160;")
        element: Element = fromstring(f"<{tag}>{closed}</{tag}>")
        element.attrib.update({key.replace("_", "-"): value for key, value in attributes.items()})
        return element

    def texts(self, tag: str, texts: Texts, **attributes: str) -> Element:
        """The same, of the text in the item's own language."""
        return self.xml(tag, self.noting.one(texts), **attributes)

    def stem(self) -> None:
        """Begin the body with the question."""
        if self.noting.item.stem:
            self.body.append(self.texts("div", self.noting.item.stem))
        if self.noting.item.marker_notes:
            block = Element("qti-rubric-block", {"view": "scorer", "use": "scoring"})
            block.append(self.texts("qti-content-body", self.noting.item.marker_notes))
            self.body.append(block)

    def response(self, name: str, cardinality: str, base: str, correct: list[str]) -> Element:
        """Declare a response."""
        declaration = Element("qti-response-declaration", identifier=name, cardinality=cardinality)
        declaration.set("base-type", base)
        if correct:
            values = SubElement(declaration, "qti-correct-response")
            for value in correct:
                SubElement(values, "qti-value").text = value
        self.responses.append(declaration)
        return declaration

    def mapping(self, declaration: Element, worths: Mapping[str, Fraction], weight: Fraction) -> Element:
        """Say what each value of a response is worth; what it adds up to is the score."""
        mapping = SubElement(declaration, "qti-mapping", {"default-value": "0", "lower-bound": "0"})
        for key, worth in worths.items():
            entry = {"map-key": key, "mapped-value": numbers.decimal(worth * weight)}
            self._back(worth, Fraction(entry["mapped-value"]) / weight)
            SubElement(mapping, "qti-map-entry", entry)
        mapped = Element("qti-map-response", identifier=declaration.get("identifier", ""))
        self._add(mapped)
        return mapping

    def _back(self, worth: Fraction, written: Fraction) -> None:
        if numbers.written(written) != worth:
            self.noting.say("not_decimal")

    def match(self, name: str) -> None:
        """Everything for exactly the right answer."""
        condition = Element("qti-match")
        SubElement(condition, "qti-variable", identifier=name)
        SubElement(condition, "qti-correct", identifier=name)
        self.when(condition, self.noting.item.weight)

    def when(self, condition: Element, mark: Fraction) -> None:
        """Add a mark where a condition holds."""
        rule = Element("qti-response-condition")
        then = SubElement(rule, "qti-response-if")
        then.append(condition)
        value = Element("qti-base-value", {"base-type": "float"})
        value.text = numbers.decimal(mark)
        then.append(_added(value))
        self.rules.append(rule)

    def _add(self, value: Element) -> None:
        self.rules.append(_added(value))

    def say_to(self, name: str, texts: Texts, outcome: str) -> None:
        """Feedback that is shown when an outcome says so."""
        modal = Element("qti-modal-feedback", identifier=name)
        modal.set("outcome-identifier", outcome)
        modal.set("show-hide", "show")
        modal.append(self.texts("qti-content-body", texts))
        self.modal.append(modal)

    def say_to_options(self, cardinality: str) -> None:
        """Feedback to each option that has some."""
        self.feedback_cardinality = cardinality
        for option in self.noting.item.options:
            if option.feedback:
                self.say_to(option.key, option.feedback, "FEEDBACK")

    def processing(self) -> Element:
        """The rules of marking, and which feedback is shown."""
        root = Element("qti-response-processing")
        root.extend(self.rules)
        outcomes = {one.get("outcome-identifier") for one in self.modal}
        if "FEEDBACK" in outcomes:
            value = SubElement(root, "qti-set-outcome-value", identifier="FEEDBACK")
            SubElement(value, "qti-variable", identifier="RESPONSE")
        said = {one.get("identifier") for one in self.modal if one.get("outcome-identifier") == "OVERALL"}
        if said:
            self._overall(root, said)
        return root

    def _overall(self, root: Element, said: set[str | None]) -> None:
        """By the score: all of it, some of it, or none; the general one always."""
        rule = SubElement(root, "qti-response-condition")
        full = SubElement(rule, "qti-response-if")
        equal = SubElement(full, "qti-equal", {"tolerance-mode": "exact"})
        SubElement(equal, "qti-variable", identifier="SCORE")
        SubElement(equal, "qti-variable", identifier="MAXSCORE")
        full.append(_shown("correct", said))
        none = SubElement(rule, "qti-response-else-if")
        equal = SubElement(none, "qti-equal", {"tolerance-mode": "exact"})
        SubElement(equal, "qti-variable", identifier="SCORE")
        SubElement(equal, "qti-base-value", {"base-type": "float"}).text = "0"
        none.append(_shown("incorrect", said))
        SubElement(rule, "qti-response-else").append(_shown("partial", said))


def _shown(name: str, said: set[str | None]) -> Element:
    value = Element("qti-set-outcome-value", identifier="OVERALL")
    several = SubElement(value, "qti-multiple")
    for one in (name, "general"):
        if one in said or one == name:
            SubElement(several, "qti-base-value", {"base-type": "identifier"}).text = one
    return value


def _added(value: Element) -> Element:
    outcome = Element("qti-set-outcome-value", identifier="SCORE")
    total = SubElement(outcome, "qti-sum")
    SubElement(total, "qti-variable", identifier="SCORE")
    total.append(value)
    return outcome
