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
