"""What assessments tells to whoever wants to know."""

from django.dispatch import Signal

# sent inside the transaction, once per attempt, when every question has its marks:
# attempt, passed: bool, fraction: Fraction
attempt_graded = Signal()
