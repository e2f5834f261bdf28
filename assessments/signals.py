"""What assessments tells to whoever wants to know."""

from django.dispatch import Signal

# sent inside the transaction, once per attempt, when every question has its marks:
# attempt, passed: bool, fraction: Fraction
attempt_graded = Signal()

# sent inside the transaction, when staff decided, with a reason, that a regrade may take back what
# was passed: attempt, and the result that now counts of the person: passed: bool,
# fraction: Fraction | None, actor
attempt_lowered = Signal()
