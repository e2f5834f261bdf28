"""What scoring gives back, and the two ways in which it can refuse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)
NOT_A_NUMBER = "not_a_number"


class Verdict(StrEnum):
    """How an answer stands, in the words that the result page uses."""

    CORRECT = "correct"
    PARTLY = "partly"
    INCORRECT = "incorrect"
    BLANK = "blank"
    WAITING = "waiting"
    UNSCORED = "unscored"


class SpecError(ValueError):
    """The question cannot be marked: its key is incomplete or contradicts itself."""


class ResponseError(ValueError):
    """The response does not fit the question, for instance an option that it does not have."""


@dataclass(frozen=True)
class Outcome:
    """The fraction of one question, 0..1; None while a person has still to mark it.

    ``parts`` says for each prompt, gap, word or decision what share of it was right. ``problem``
    is a code for a response that could not be read (``not_a_number``, ``unknown_unit``,
    ``missing_unit``).
    """

    fraction: Fraction | None
    verdict: Verdict
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    problem: str = ""

    @classmethod
    def blank(cls) -> "Outcome":
        """Nothing was answered: no marks, and no person needs to look."""
        return cls(ZERO, Verdict.BLANK)

    @classmethod
    def waiting(cls) -> "Outcome":
        """A person has to mark this."""
        return cls(None, Verdict.WAITING)

    @classmethod
    def unscored(cls) -> "Outcome":
        """There is nothing to be right about; the question weighs nothing on a paper."""
        return cls(ZERO, Verdict.UNSCORED)

    @classmethod
    def of(
        cls, fraction: Fraction, parts: Mapping[str, Fraction] | None = None, problem: str = ""
    ) -> "Outcome":
        """A marked answer; the fraction is held inside 0..1."""
        held = min(ONE, max(ZERO, fraction))
        return cls(held, verdict_of(held), parts or {}, problem)


def verdict_of(fraction: Fraction) -> Verdict:
    """The verdict that belongs to a fraction in 0..1."""
    if fraction == ONE:
        return Verdict.CORRECT
    return Verdict.PARTLY if fraction > ZERO else Verdict.INCORRECT
