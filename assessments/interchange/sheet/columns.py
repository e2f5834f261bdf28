"""The columns and parts of our spreadsheet, and how a text stands in a cell."""

import re
from fractions import Fraction

from assessments.interchange import markup, numbers

SHEET = "Questions"
# those that carry a text of the question, once for each language
TEXTS = ("text", "match", "feedback", "reason", "source")
COLUMNS = (
    *("kind", "part", "gap", "text", "match", "worth", "tolerance", "feedback", "reason", "source"),
    *("settings", "name", "language", "category", "tags", "objective", "difficulty", "penalty", "shuffle"),
    "identifier",
)
# an empty part is an option; "more" goes on with the cells of the line above
PARTS = (
    *("", "passage", "accepted", "number", "gap", "word", "right", "partly", "wrong"),
    *("hint", "notes", "criterion", "exact", "more"),
)
LONGEST_CELL = 32_000
HTML = "[html]"
_COLUMN = re.compile(r"\s*([a-z ]+?)\s*(?:\[\s*([a-zA-Z-]{2,10})\s*\])?\s*\Z")
_YES = {"x", "yes", "true", "right", "✓", "✔"}
_QUOTIENT = re.compile(r"[+-]?\d{1,30}/\d{1,30}")
_UNCLEAR = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")


def column(title: str) -> tuple[str, str] | None:
    """The column and language that a title names, as in "feedback [es]"; None for another title."""
    found = _COLUMN.match(title.lower())
    if not found or found[1] not in COLUMNS or (found[2] and found[1] not in TEXTS):
        return None
    return found[1], found[2] or ""


def cell(html: str) -> str:
    """A text as a trainer would type it; HTML with its mark where words alone would lose something."""
    if markup.is_plain(html):
        words = markup.plain(html)
        if not words.startswith(HTML):
            return words
    return HTML + html


def html(text: str) -> str:
    """The HTML, not yet cleaned, of what stands in a cell."""
    if text.startswith(HTML):
        return text[len(HTML) :]
    return markup.from_plain(text)


def worth(text: str) -> Fraction | None:
    """A share or a number: "1/2", "50 %", "0.5", or a tick; None for anything else.

    "133,000" is none: it is thousands to some and decimals to others.
    """
    words = text.strip().lower()
    if _UNCLEAR.fullmatch(words):
        return None
    if words in _YES:
        return Fraction(1)
    if words.endswith("%"):
        return numbers.per_cent(words.removesuffix("%").strip())
    if _QUOTIENT.fullmatch(words):
        whole, _slash, parts = words.partition("/")
        return Fraction(int(whole), int(parts)) if int(parts) else None
    value = numbers.number(words)
    return None if value is None else numbers.written(value)


def tolerance(text: str) -> tuple[str, Fraction] | None:
    """A tolerance: "0.5", "5 %" of the value, or "3 figures"."""
    words = text.strip().lower()
    if words.endswith("figures"):
        value = numbers.number(words.removesuffix("figures").strip())
        return None if value is None else ("significant", value)
    if words.endswith("%"):
        value = worth(words.removesuffix("%"))
        return None if value is None else ("relative", value / 100)
    value = worth(words) if words else Fraction(0)
    return None if value is None else ("absolute", value)


def tolerance_words(kind: str, value: Fraction) -> str:
    """The tolerance as ``tolerance`` reads it."""
    if kind == "relative":
        return f"{numbers.exact(value * 100)} %"
    return f"{numbers.exact(value)} figures" if kind == "significant" else numbers.exact(value)
