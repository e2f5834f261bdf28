"""Exact numbers between files: decimals, percentages, and the weights that Moodle knows."""

import re
from fractions import Fraction
from functools import lru_cache

_NUMBER = re.compile(r"[+-]?(\d{1,40}([.,]\d{0,40})?|[.,]\d{1,40})([eE][+-]?\d{1,2})?")
_ONE = Fraction(1)
# Moodle takes no other weights of an answer than these and their negatives
_NAMED = [Fraction(n, 10) for n in range(1, 11)] + [Fraction(1, n) for n in range(2, 10)]
MOODLE_WEIGHTS = sorted(
    {*_NAMED, Fraction(5, 6), Fraction(3, 4), Fraction(2, 3), Fraction(1, 20), Fraction(0)}
)
# five decimals of a per cent are what Moodle writes; "33" for a third is a slip
_WRITTEN = Fraction(1, 1_000_000)
_SLIP = Fraction(1, 200)


def number(text: str | None) -> Fraction | None:
    """An exact number from "6.25", "6,25" or "1e3"; None for anything else."""
    written = (text or "").strip()
    if not _NUMBER.fullmatch(written):
        return None
    return Fraction(written.replace(",", "."))


def per_cent(text: str | None) -> Fraction | None:
    """A share from a percentage as Moodle writes it; 33.33333 is a third."""
    value = number((text or "").strip().removesuffix("%"))
    if value is None:
        return None
    return written(value / 100)


def written(share: Fraction) -> Fraction:
    """The share that was meant by one with five decimals of a per cent."""
    near = nearest_weight(share)
    return near if abs(near - share) <= _WRITTEN else share


def snapped(share: Fraction) -> Fraction:
    """The weight that was meant by one that is a little off; the share itself otherwise."""
    near = nearest_weight(share)
    return near if abs(near - share) <= _SLIP else share


@lru_cache(maxsize=1024)
def nearest_weight(share: Fraction) -> Fraction:
    """The weight that Moodle has for a share."""
    near = min(MOODLE_WEIGHTS, key=lambda weight: abs(weight - abs(share)))
    return near if share >= 0 else -near


def percentage(share: Fraction) -> str:
    """A share in per cent with up to five decimals, as Moodle writes it."""
    return decimal(share * 100, 5)


def decimal(value: Fraction, places: int = 12) -> str:
    """A number in decimals, rounded after ``places``, without idle zeros."""
    scaled = round(value * 10**places)
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(places + 1, "0")
    whole, rest = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def is_decimal(value: Fraction, places: int = 12) -> bool:
    """Whether ``decimal`` loses nothing."""
    return value.denominator == 1 or int(10**places) % value.denominator == 0


def exact(value: Fraction) -> str:
    """A number as specs hold it: a decimal where that is exact, else a quotient."""
    return decimal(value) if is_decimal(value) else str(value)


def even(right: list[bool]) -> list[Fraction]:
    """Weights of options that are only right or wrong; see ``scoring.multiple.even_fractions``."""
    good = sum(right)
    return [Fraction(1, good) if one else -_ONE / (len(right) - good) for one in right]
