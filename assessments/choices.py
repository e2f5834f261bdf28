"""The fixed lists of the assessments app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How a question is answered and marked; the values are those of ``scoring.KINDS``."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    NUMERIC = "numeric", _("Number")
    SHORT = "short", _("Short answer")
    GAP = "gap", _("Text with gaps")
    WORDS = "words", _("Words in a text")
    SCENARIO = "scenario", _("Scenario on the bench")
    ESSAY = "essay", _("Essay")
    FILE = "file", _("File")
    SURVEY = "survey", _("Survey item")
    DESCRIPTION = "description", _("Text without a question")


class OptionRole(models.TextChoices):
    """What a piece of a question is; see ``models.options``."""

    OPTION = "option", _("Option")
    GAP_ENTRY = "gap_entry", _("Entry of a gap")
    SITUATION = "situation", _("Situation")
    DECISION = "decision", _("Decision")
    CRITERION = "criterion", _("Criterion")
    HINT = "hint", _("Hint")
    REPLY = "reply", _("Feedback to a typed answer")
    WHEN_RIGHT = "when_right", _("Feedback when right")
    WHEN_PARTLY = "when_partly", _("Feedback when partly right")
    WHEN_WRONG = "when_wrong", _("Feedback when wrong")
    MARKER_NOTES = "marker_notes", _("Notes for markers")


# of these a version has one each
SINGLE_ROLES = (
    OptionRole.WHEN_RIGHT,
    OptionRole.WHEN_PARTLY,
    OptionRole.WHEN_WRONG,
    OptionRole.MARKER_NOTES,
)


class TextForm(models.TextChoices):
    """How the texts of a version are written."""

    PLAIN = "plain", _("Plain, with ** and *")
    HTML = "html", _("HTML")


class Behaviour(models.TextChoices):
    """How the questions of a quiz go on; the values are those of ``behaviours.BEHAVIOURS``."""

    DEFERRED = "deferred", _("Feedback after handing in")
    IMMEDIATE = "immediate", _("Each answer can be checked once")
    INTERACTIVE = "interactive", _("Several tries, with hints")
    ADAPTIVE = "adaptive", _("As many tries as one likes")
    CERTAINTY_DEFERRED = "certainty_deferred", _("With certainty, feedback after handing in")
    CERTAINTY_IMMEDIATE = "certainty_immediate", _("With certainty, each answer can be checked once")
    MANUAL = "manual", _("Everything is marked by a person")


class Counts(models.TextChoices):
    """Which of several attempts counts."""

    HIGHEST = "highest", _("The best")
    LAST = "last", _("The last")
    FIRST = "first", _("The first")
    MEAN = "mean", _("The mean of all")


class QuestionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    RETIRED = "retired", _("Retired")


class Difficulty(models.TextChoices):
    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class AttemptStatus(models.TextChoices):
    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("Waiting for a marker")
    GRADED = "graded", _("Marked")


class StepKind(models.TextChoices):
    """What can happen in an attempt."""

    ANSWER = "answer", _("answered")
    FLAG = "flag", _("flagged")
    SUBMIT = "submit", _("handed in")
    GRADE = "grade", _("marked by rule")
    MARK = "mark", _("marked by a person")
    CHECK = "check", _("checked")
    AGAIN = "again", _("tried again")
    ANOTHER = "another", _("another like this")
    LATE = "late", _("late answer accepted")
    REGRADE = "regrade", _("marked again")


class MarkerRole(models.TextChoices):
    """In which turn an answer is marked."""

    FIRST = "first", _("First marker")
    SECOND = "second", _("Second marker")
    MODERATOR = "moderator", _("Moderator")


class RegradePolicy(models.TextChoices):
    """Which key counts when a question is marked again."""

    CURRENT = "current", _("The current key only")
    BETTER = "better", _("The current or the previous key, whichever earns more")
    FULL = "full", _("Full marks for everybody")


class LateDecision(models.TextChoices):
    """What staff decided about an answer that came too late."""

    WAITING = "waiting", _("Waiting for a decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Figures(models.TextChoices):
    """What is counted about a group of people."""

    CUT = "cut", _("who is counted")
    TEST = "test", _("a test")
    GAIN = "gain", _("progress between two tests")
    VIGNETTES = "vignettes", _("variants of vignettes")


class ImportState(models.TextChoices):
    """How far a file of questions has come on its way into the bank."""

    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Being read")
    READY = "ready", _("To be looked over")
    FAILED = "failed", _("Refused")
    TAKING = "taking", _("Being imported")
    TAKEN = "taken", _("Imported")
