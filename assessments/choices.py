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
    ESSAY = "essay", _("Essay")


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
