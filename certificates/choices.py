"""The words for what a certificate is and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a certificate vouches for."""

    ATTENDANCE = "attendance", _("Attendance")
    COMPLETION = "completion", _("Completion")
    ACHIEVEMENT = "achievement", _("Achievement")
    TUTORED = "tutored", _("Tutored completion")
    DISTINCTION = "distinction", _("Completion with distinction")
    TRANSCRIPT = "transcript", _("Transcript of training")


class GradeBand(models.TextChoices):
    """How well somebody did; the marks themselves are on no certificate."""

    PASSED = "passed", pgettext_lazy("grade", "passed")
    MERIT = "merit", pgettext_lazy("grade", "merit")
    DISTINCTION = "distinction", pgettext_lazy("grade", "distinction")


class Background(models.TextChoices):
    GUILLOCHE = "guilloche", _("Guilloche border and watermark")
    PLAIN = "plain", _("A plain line")


class KeyUse(models.TextChoices):
    """What a key signs. PDF files need P-256 with a certificate, everything else uses Ed25519."""

    PDF = "pdf", _("PDF files")
    STATEMENT = "statement", _("QR codes, credentials and lists")


class Status(models.TextChoices):
    """What was decided about a certificate; that it has expired follows from the date."""

    ISSUED = "issued", _("Issued")
    SUPERSEDED = "superseded", _("Replaced")
    REVOKED = "revoked", pgettext_lazy("certificate", "Withdrawn")


class State(models.TextChoices):
    """What a certificate is worth today."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Replaced")
    REVOKED = "revoked", pgettext_lazy("certificate", "Withdrawn")


class RevokeReason(models.TextChoices):
    """Why a certificate was withdrawn: fixed sentences, as the public page shows them."""

    ERROR = "issued_in_error", _("It was issued by mistake.")
    REQUIREMENTS = "requirements_not_met", _("The requirements of the course were not met.")
    WRONG_DATA = "wrong_data", _("Something on it was wrong.")
    HOLDER = "holders_request", _("The holder asked for it.")


class RunKind(models.TextChoices):
    """What is made of the certificates of a group."""

    PDF = "pdf", _("One PDF for the printer")
    ZIP = "zip", _("A zip with one file for each person")
    MAIL = "mail", _("A mail to each person")


class RunState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("print run", "Waiting")
    RUNNING = "running", pgettext_lazy("print run", "Under way")
    DONE = "done", pgettext_lazy("print run", "Done")
    FAILED = "failed", pgettext_lazy("print run", "Stopped by an error")
    CANCELLED = "cancelled", pgettext_lazy("print run", "Cancelled")


class LineState(models.TextChoices):
    """How far a run has come with one person; SENDING is written before a mail leaves."""

    WAITING = "waiting", pgettext_lazy("print run", "Waiting")
    DRAWN = "drawn", pgettext_lazy("print run", "Drawn")
    SENDING = "sending", pgettext_lazy("print run", "Being sent")
    SENT = "sent", pgettext_lazy("print run", "Sent")
    FAILED = "failed", pgettext_lazy("print run", "Failed")


class RunProblem(models.TextChoices):
    """Why a person is missing from a run: fixed sentences."""

    NOT_STANDING = "not_standing", _("The certificate was withdrawn or replaced.")
    LANGUAGE = "language", _("The certificate does not exist in the language that was chosen.")
    LETTERS = "letters", _("The name has letters that our fonts cannot draw.")
    PICTURE = "picture", _("A picture of the certificate has been lost.")
    NO_ADDRESS = "no_address", _("The person has no account any more.")
    REFUSED = "refused", _("The mail server refused the mail.")
    UNSURE = "unsure", _("The work was interrupted at this mail: it may have been sent.")
