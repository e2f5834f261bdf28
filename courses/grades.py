"""How well somebody did, in the bands that a certificate names; exact, and without the database."""

from fractions import Fraction

from certificates.choices import GradeBand


def band(fraction: Fraction, *, merit_from: int, distinction_from: int) -> GradeBand:
    """The band of a final test that was passed with `fraction` (0..1); the others are in per cent."""
    if fraction * 100 >= distinction_from:
        return GradeBand.DISTINCTION
    if fraction * 100 >= merit_from:
        return GradeBand.MERIT
    return GradeBand.PASSED
