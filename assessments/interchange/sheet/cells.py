"""The cells of one question of our spreadsheet, by part."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from assessments.interchange import markup
from assessments.interchange.draft import ZERO, Draft, Row
from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.item import Texts
from assessments.interchange.sheet.columns import html, worth
from assessments.interchange.sheet.lines import Line

_SETTING = re.compile(r"\s*([a-z_]+)(?:\s+([a-z]+))?\s*(?:\[([^\[\]]*)\])?\s*=\s*(.*?)\s*\Z")
_NUMBERS = ("most", "minimum_words", "maximum_words", "largest")
_TRUTHS = ("case", "accents", "answer", "required")


class Cells:
    """The lines of one question, sorted by part."""

    def __init__(
        self, lines: list[tuple[int, Line]], draft: Draft, attach: Callable[[str], bytes | None]
    ) -> None:
        self.number, self.head = lines[0]
        self.draft, self.attach = draft, attach
        self.lines = lines[1:]
        draft.language = self.head.get(("language", ""), "").strip().lower() or draft.language
        self.settings = self.settings_of(self.head)

    def parts(self, part: str, gap: str = "") -> list[tuple[int, Line]]:
        """The lines of one part, of one gap."""
        return [
            (number, line)
            for number, line in self.lines
            if line.get(("part", ""), "").strip().lower() == part and line.get(("gap", ""), "").strip() == gap
        ]

    def texts(self, line: Line, column: str) -> Texts:
        """The clean texts of a cell, by language."""
        found: dict[str, str] = {}
        for (name, code), value in line.items():
            if name != column or not value.strip():
                continue
            raw = html(value.strip())
            kept = {
                written: written
                for written in markup.media_names(markup.clean(raw, self.draft.limits))
                if self._attached(written)
            }
            cleaned = self.draft.texts(raw, kept, spread=False)
            for text in cleaned.values():
                found[code or self.draft.language] = text
        first = {code: found[code] for code in (self.draft.language,) if code in found}
        return first | found

    def _attached(self, name: str) -> bool:
        content = self.attach(name)
        return content is not None and self.draft.attach(name, content) is not None

    def share(self, line: Line, column: str, usual: Fraction) -> Fraction:
        """A number in a cell; a fault that names the cell when it cannot be read."""
        text = line.get((column, ""), "").strip()
        if not text:
            return usual
        value = worth(text)
        if value is None:
            place = Place("", self.number_of(line))
            raise InterchangeError("bad_cell", place, name=column, value=text[:60])
        return value

    def number_of(self, line: Line) -> int:
        """The number of a line in the sheet."""
        return next((number for number, one in self.lines if one is line), self.number)

    def settings_of(self, line: Line) -> dict[str, Any]:
        """What the cell of settings says, such as "rule = weights; most = 2"."""
        found: dict[str, Any] = {}
        unit: dict[str, Any] = {}
        for words in line.get(("settings", ""), "").split(";"):
            if not words.strip():
                continue
            setting = _SETTING.match(words)
            if setting is None:
                place = Place("", self.number_of(line))
                raise InterchangeError("bad_cell", place, name="settings", value=words.strip()[:60])
            name, further, key, value = setting.groups()
            if name == "unit" and key is not None:
                unit.setdefault("label", {})[key] = value
            elif name == "factor" and key is not None:
                unit.setdefault("factors", {})[key] = value
            elif name == "unit" and further:
                unit[further] = _value(further, value)
            else:
                found[name] = _value(name, value)
        return found | {"unit": unit} if unit else found

    def rows(self, part: str = "", gap: str = "", usual: Fraction = ZERO) -> list[Row]:
        """Parts with text, worth and feedback."""
        return [
            Row(self.texts(line, "text"), self.share(line, "worth", usual), self.texts(line, "feedback"))
            for _number, line in self.parts(part, gap)
        ]

    def picked(self, *names: str) -> dict[str, Any]:
        """Those of these settings that the question states."""
        return {name: self.settings[name] for name in names if name in self.settings}


def _value(name: str, text: str) -> Any:
    if name in _TRUTHS:
        return text.strip().lower() in ("true", "yes", "1", "x")
    if name in _NUMBERS:
        return int(text) if text.strip().isdigit() and len(text.strip()) < 12 else 0
    return text
