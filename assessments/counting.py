"""Which of a person's attempts at a quiz counts, and with what result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from accounts.models import User
from assessments.choices import Counts
from assessments.models import Attempt


@dataclass(frozen=True)
class Counted:
    """The result that counts; None while it is not known."""

    fraction: Fraction | None = None
    passed: bool | None = None


def counted(attempts: Iterable[Attempt], counts: str) -> Counted:
    """The result of these attempts of one person by a rule: highest, last, first, or the mean.

    An attempt that is not handed in counts for nothing; one that waits for a marker leaves
    the first or the last unknown. The pass mark of a mean is that of the newest paper.
    """
    handed_in = sorted((a for a in attempts if not a.is_open), key=lambda attempt: attempt.number)
    graded = [attempt for attempt in handed_in if attempt.fraction is not None]
    if counts in (Counts.FIRST, Counts.LAST):
        ruling = handed_in[:1] if counts == Counts.FIRST else handed_in[-1:]
        return Counted(ruling[0].fraction, ruling[0].passed) if ruling else Counted()
    fractions = [attempt.fraction for attempt in graded if attempt.fraction is not None]
    if not fractions:
        return Counted()
    if counts == Counts.MEAN:
        mean = sum(fractions, Fraction(0)) / len(fractions)
        return Counted(mean, mean >= graded[-1].paper.pass_mark)
    return Counted(max(fractions), any(attempt.passed for attempt in graded))


def told_of(attempt: Attempt) -> Counted:
    """What is told of an attempt that was just graded.

    Where the best or the last counts it is its own result, since an earlier one was told before;
    where the first or the mean counts, it is theirs.
    """
    if attempt.paper.counts in (Counts.HIGHEST, Counts.LAST):
        return Counted(attempt.fraction, attempt.passed)
    others = Attempt.objects.of(attempt.person, attempt.quiz_key).exclude(pk=attempt.pk)
    return counted([attempt, *others], attempt.paper.counts)


def counted_since(person: User, quiz_key: UUID, since: datetime | None = None) -> Counted:
    """The result of a person at a quiz, of attempts begun ``since``, by the rule of the newest paper."""
    found = Attempt.objects.of(person, quiz_key)
    attempts = list(found.filter(started_at__gte=since) if since else found)
    return counted(attempts, attempts[0].paper.counts) if attempts else Counted()


def counted_fraction(person: User, quiz_key: UUID, *, since: datetime | None = None) -> Fraction | None:
    """The same as a fraction alone."""
    return counted_since(person, quiz_key, since).fraction
