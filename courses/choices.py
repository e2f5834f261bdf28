"""The fixed lists of the course app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentPolicy(models.TextChoices):
    OPEN = "open", _("Open: anyone signed in may start")
    APPROVAL = "approval", _("By approval: staff approve each application")
    INVITATION = "invitation", _("By invitation: staff enrol people")


class CompletionRule(models.TextChoices):
    ALL_REQUIRED = "all_required", _("Every required item")
    MODULES = "modules", _("As many items of each module as the module asks for")


class EnrolmentStatus(models.TextChoices):
    APPLIED = "applied", _("Waiting for approval")
    ACTIVE = "active", _("In progress")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ItemKind(models.TextChoices):
    LESSON = "lesson", _("Lesson")
    QUIZ = "quiz", _("Quiz")
    SESSION = "session", _("Workshop")


class QuizPurpose(models.TextChoices):
    MODULE = "module", _("Module quiz")
    PRETEST = "pretest", _("Pre-test")
    FINAL = "final", _("Final test")


class FeedbackWhen(models.TextChoices):
    NEVER = "never", _("Never")
    AFTER_SUBMIT = "after_submit", _("When the quiz is handed in")
    AFTER_PASS_OR_LAST = "after_pass_or_last", _("When it is passed or the last attempt is used")


# the values are those of assessments.visibility.Facet
FACETS = (
    ("marks", _("Marks")),
    ("correctness", _("Whether answers are right")),
    ("feedback", _("Feedback")),
    ("right_answer", _("Right answers")),
    ("reason", _("Reasons")),
)


class HandbookState(models.TextChoices):
    ASKED = "asked", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be prepared")


class RenewalReason(models.TextChoices):
    """Why something has to be done again; the values are those of `shorter_path.Why`."""

    NEW = "new", _("New in the course")
    HARDER = "harder", _("Asks for more than before")
    CHANGED = "changed", _("Its text has changed")
    TEST = "test", _("Every renewal asks for the test")
    ALL = "all", _("The whole course is repeated")


class LawTopic(models.TextChoices):
    DEFINITION = "definition", _("Definition")
    MEANS_CHILDREN = "means_children", _("Means where the victim is a child")
    CONSENT = "consent", _("Consent")
    PENALTY = "penalty", _("Penalty")
    NON_PUNISHMENT = "non_punishment", _("Non-punishment of victims")
    COMPENSATION = "compensation", _("Compensation")
    SMUGGLING = "smuggling", _("Smuggling of migrants")


class Certainty(models.TextChoices):
    VERIFIED = "verified", _("Seen in a source")
    KNOWN = "known", _("General knowledge, high confidence")
    UNCERTAIN = "uncertain", _("To be checked")
    DOUBTFUL = "doubtful", _("Doubtful or changing")


class Scope(models.TextChoices):
    UNMARKED = "unmarked", _("Not compared")
    SAME = "same", _("As the treaty")
    WIDER = "wider", _("Wider than the treaty")
    NARROWER = "narrower", _("Narrower than the treaty")
    DIFFERENT = "different", _("Different from the treaty")


class CeremonyOrder(models.TextChoices):
    NAME = "name", _("By name")
    INSTITUTION = "institution", _("By institution, then by name")
    COUNTRY = "country", _("By country, then by name")
    PLACE = "place", _("As numbered below")
