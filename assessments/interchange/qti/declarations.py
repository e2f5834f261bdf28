"""What an item declares of its responses, and how it marks them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from assessments.interchange import numbers
from assessments.interchange.draft import ONE, ZERO
from assessments.interchange.qti.names import words

# the rules of marking that say no more than the templates do
_PLAIN_RULES = {
    *("responseProcessing", "responseCondition", "responseIf", "responseElseIf", "responseElse"),
    *("match", "variable", "correct", "mapResponse", "setOutcomeValue", "baseValue", "isNull", "sum"),
    *("equal", "stringMatch", "and", "or", "not", "multiple"),
}


@dataclass(frozen=True)
class Declaration:
    """One response: what is right, and what each value is worth where that is mapped."""

    identifier: str
    cardinality: str
    base: str
    correct: tuple[str, ...]
    mapped: Mapping[str, Fraction] | None = None
    usual: Fraction = ZERO
    case: bool = True
    highest: Fraction | None = None

    @property
    def full(self) -> Fraction:
        """What earns everything."""
        positive = [value for value in (self.mapped or {}).values() if value > ZERO]
        most = max(positive, default=ZERO) if self.cardinality == "single" else sum(positive, ZERO)
        return self.highest if self.highest and self.highest < most else most

    def share(self, value: str) -> Fraction:
        """What a value is worth, of 1."""
        if self.mapped is None or not self.full:
            return ONE if value in self.correct else ZERO
        return numbers.written(self.mapped.get(value, self.usual) / self.full)


@dataclass(frozen=True)
class Rules:
    """How an item marks: by mapping or by the right answer, and the tolerances of its numbers."""

    by_mapping: bool = False
    unknown: bool = False
    ignores_case: bool = False
    tolerances: Mapping[str, tuple[str, Fraction]] = field(default_factory=dict)


def declarations(item: Element) -> dict[str, Declaration]:
    """The declared responses by identifier."""
    found = (_declaration(one) for one in item.iterfind("responseDeclaration"))
    return {one.identifier: one for one in found}


def _declaration(element: Element) -> Declaration:
    correct = tuple(words(value) for value in element.iterfind("correctResponse/value"))
    mapping = element.find("mapping")
    entries = list(mapping.iterfind("mapEntry")) if mapping is not None else []
    return Declaration(
        element.get("identifier", ""),
        element.get("cardinality", "single"),
        element.get("baseType", ""),
        correct,
        {entry.get("mapKey", ""): _number(entry.get("mappedValue")) for entry in entries} or None,
        _number(mapping.get("defaultValue")) if mapping is not None else ZERO,
        all(entry.get("caseSensitive", "true") == "true" for entry in entries),
        numbers.number(mapping.get("upperBound")) if mapping is not None else None,
    )


def _number(text: str | None) -> Fraction:
    return numbers.number(text) or ZERO


def rules(item: Element) -> Rules:
    """How the item marks; ``unknown`` where its own rules say more than can be taken over."""
    processing = item.find("responseProcessing")
    if processing is None:
        return Rules()
    template = processing.get("template", "") or processing.get("templateLocation", "")
    if template:
        return Rules(by_mapping="map_response" in template)
    names = {element.tag for element in processing.iter()}
    tolerances = {}
    for equal in processing.iter("equal"):
        variable = equal.find("variable")
        if variable is not None:
            tolerances[variable.get("identifier", "")] = _tolerance(equal)
    insensitive = [one for one in processing.iter("stringMatch") if one.get("caseSensitive") == "false"]
    return Rules("mapResponse" in names, not names <= _PLAIN_RULES, bool(insensitive), tolerances)


def _tolerance(equal: Element) -> tuple[str, Fraction]:
    mode = equal.get("toleranceMode", "exact")
    margins = [abs(_number(part)) for part in (equal.get("tolerance") or "").replace(",", " ").split()]
    margin = min(margins, default=ZERO)
    if mode == "relative":
        return "relative", margin / 100
    return "absolute", margin if mode == "absolute" else ZERO


def weight(item: Element) -> Fraction:
    """What the item counts."""
    for outcome in item.iterfind("outcomeDeclaration"):
        if outcome.get("identifier") == "MAXSCORE":
            value = numbers.number(words(outcome.find("defaultValue/value")))
            if value is not None and value > ZERO:
                return value
    for outcome in item.iterfind("outcomeDeclaration"):
        value = numbers.number(outcome.get("normalMaximum"))
        if outcome.get("identifier") == "SCORE" and value:
            return abs(value)
    return ONE
