"""Reading a number as people write it: any digits, decimal comma or point, grouped thousands."""

import re
from fractions import Fraction

from assessments.scoring.scripts import western_digits

# the mark before the decimals, where it is a comma; the other of the two groups thousands
_DECIMAL_COMMA = frozenset({"es", "pt", "fr"})
# countries that do not follow the custom of their language
_POINT = frozenset(
    {"es-419", "es-do", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe", "es-pr", "es-sv", "es-us"}
    | {"fr-ch"}
)
_COMMA = frozenset({"ar-dz", "ar-ly", "ar-ma", "ar-tn", "en-za"})
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’٬_]+")
_SHAPE = re.compile(r"([+-]?)([0-9][0-9.,]*|[.,][0-9]+)")
_MINUS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"٫": "\ue000"})
_INVISIBLE = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
# digits beyond this are noise, and an attack on exact arithmetic
_LONGEST = 40


def read_number(text: str, language: str = "en") -> Fraction | None:
    """The number that was written, or None when it cannot be read as one.

    "1.250,5" and "1,250.5" speak for themselves in every language. A lone mark followed by
    exactly three digits ("133.000") is read by the custom of ``language``, which may name the
    country ("es-MX"); any other lone mark is the decimal one, because countries with one
    language differ.
    """
    plain = _SPACES.sub("", _INVISIBLE.sub("", western_digits(text).translate(_MINUS)))
    if len(plain) > _LONGEST:
        return None
    if "\ue000" in plain:  # the Arabic decimal mark leaves no doubt
        plain = plain.replace(",", "").replace(".", "").replace("\ue000", ".")
        return _decimal(plain)
    shape = _SHAPE.fullmatch(plain)
    if not shape:
        return None
    sign, digits = shape.groups()
    written = _with_point(digits, decimal_mark(language))
    return None if written is None else _decimal(sign + written)


def decimal_mark(language: str) -> str:
    """The mark before the decimals by the custom of a language, or of one of its countries."""
    tag = language.lower().replace("_", "-")
    if tag in _POINT:
        return "."
    return "," if tag in _COMMA or tag[:2] in _DECIMAL_COMMA else "."


def to_figures(number: Fraction, figures: int) -> Fraction:
    """The number rounded to so many significant figures, halves away from zero."""
    if not number:
        return number
    size = abs(number)
    # the number of digits before the point, below 1 less than none; exact, unlike a logarithm
    whole = len(str(size.numerator)) - len(str(size.denominator))
    whole += size >= Fraction(10) ** whole
    unit = Fraction(10) ** (whole - figures)
    rounded = (size / unit + Fraction(1, 2)).__floor__() * unit
    return rounded if number > 0 else -rounded


def _with_point(digits: str, decimal: str) -> str | None:
    """The digits with grouping removed and a decimal point, or None if the groups are wrong."""
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return digits
    if len(set(marks)) == 2:
        point, group = marks[-1], marks[0]
        if marks.count(point) > 1:
            return None
        whole, _, decimals = digits.partition(point)
        return f"{_ungrouped(whole, group)}.{decimals}" if _ungrouped(whole, group) else None
    mark = marks[0]
    if len(marks) > 1:
        return _ungrouped(digits, mark)
    whole, _, rest = digits.partition(mark)
    thousands = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return whole + rest if thousands and mark != decimal else f"{whole or 0}.{rest or 0}"


def _ungrouped(digits: str, mark: str) -> str | None:
    """The digits without their group marks; groups of two are the custom of South Asia."""
    grouped = re.fullmatch(rf"[0-9]{{1,3}}(\{mark}[0-9]{{2,3}})*\{mark}[0-9]{{3}}", digits)
    return digits.replace(mark, "") if grouped else None


def _decimal(text: str) -> Fraction | None:
    return Fraction(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?", text) else None
