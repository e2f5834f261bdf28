"""What writers share: notices by question, and a text in the one language that a format holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assessments.interchange import markup, numbers
from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Reply, Texts


class NotExported(Exception):
    """The format has no such question."""


@dataclass
class Noting:
    """One question being written, and what could not be."""

    item: Item
    notices: list[Notice] = field(default_factory=list)

    def say(self, code: str, **values: str) -> None:
        """Note once that something was left out or adapted."""
        notice = Notice(code, values)
        if notice not in self.notices:
            self.notices.append(notice)

    def one(self, texts: Texts) -> str:
        """The text in the item's own language."""
        filled = {code: text for code, text in texts.items() if text}
        if any(code != self.item.language for code in filled):
            self.say("languages")
        return filled.get(self.item.language) or next(iter(filled.values()), "")

    def words(self, texts: Texts) -> str:
        """The text as plain words."""
        html = self.one(texts)
        if not markup.is_plain(html):
            self.say("answer_markup")
        return markup.plain(html)

    def leave(self, *names: str) -> None:
        """Say which of these fields are filled, since the format does not have them."""
        for name in names:
            if getattr(self.item, name):
                self.say(_CODES.get(name, "details"), **({} if name in _CODES else {"name": name}))

    def leave_settings(self, *known: str) -> None:
        """Say which settings of the key the format does not have; empty ones do not matter."""
        for name, value in self.item.spec.items():
            if name not in known and value:
                self.say("rubric" if name == "rubric" else "details", **_named(name))


_CODES: Mapping[str, str] = {
    "feedback": "feedback",
    "when_right": "feedback",
    "when_partly": "feedback",
    "when_wrong": "feedback",
    "replies": "feedback",
    "hints": "hints",
    "media": "media",
}


def _named(name: str) -> dict[str, str]:
    return {} if name == "rubric" else {"name": name}


def forms_of(accepted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The accepted forms of all languages with their fractions."""
    return [
        (entry["text"], str(entry.get("fraction", "1"))) if isinstance(entry, Mapping) else (entry, "1")
        for entries in accepted.values()
        for entry in entries
    ]


def answers_of(forms: list[tuple[str, str]], replies: Iterable[Reply]) -> list[tuple[str, Fraction, Texts]]:
    """Accepted forms with what is said to them, then the other answers that something is said to."""
    said = {(reply.text, reply.fraction): reply.feedback for reply in replies}
    rows = [(text, Fraction(fraction), said.pop((text, Fraction(fraction)), {})) for text, fraction in forms]
    return rows + [(text, fraction, feedback) for (text, fraction), feedback in said.items()]


type NumberRow = tuple[str, Fraction, Fraction, Texts]


def numbers_of(noting: Noting, spec: Mapping[str, Any], replies: Iterable[Reply]) -> list[NumberRow]:
    """Accepted numbers in decimals with worth, absolute tolerance and feedback, then the other ones."""
    said = {(reply.text, reply.fraction, reply.tolerance or Fraction(0)): reply.feedback for reply in replies}
    rows: list[NumberRow] = []
    for entry in ({**spec, "fraction": 1}, *spec.get("also", ())):
        value, tolerance = Fraction(entry["value"]), Fraction(entry.get("tolerance") or 0)
        kind, worth = entry.get("tolerance_kind", "absolute"), Fraction(entry.get("fraction", 1))
        feedback = said.pop((numbers.exact(value), worth, tolerance), {})
        if kind == "relative":
            noting.say("relative_tolerance")
            tolerance *= abs(value)
        elif kind != "absolute":
            noting.say("details", name=str(kind))
            tolerance = Fraction(0)
        rows.append((_decimal(noting, value), worth, tolerance, feedback))
    for (text, worth, tolerance), feedback in said.items():
        written = text if text == "*" else _decimal(noting, Fraction(text))
        rows.append((written, worth, tolerance, feedback))
    for row in rows:
        _decimal(noting, row[2])
    return rows


def _decimal(noting: Noting, value: Fraction) -> str:
    if not numbers.is_decimal(value):
        noting.say("not_decimal")
    return numbers.decimal(value)
