"""What was written down about the records of a learner: who changed what, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User
from certificates.models import Certificate
from courses.models import Enrolment
from courses.renewals import awards_of

NEWEST = 50

WORDS: dict[str, str | Promise] = {
    "account_opened": _("Account opened"),
    "account_closed": _("Account closed"),
    "account_reopened": _("Account opened again"),
    "email_replaced": _("E-mail address replaced"),
    "role_granted": _("Role given"),
    "role_withdrawn": _("Role taken back"),
    "extra_time_changed": _("Extra time changed"),
    "attempts_given": _("Another attempt at a quiz given"),
    "applied": _("Asked to take part"),
    "enrolled": _("Enrolled"),
    "approved": _("Approved"),
    "withdrawn": _("Withdrawn from the course"),
    "reopened": _("Went on after withdrawing"),
    "deadline_changed": _("Deadline changed"),
    "moved_to_cohort": _("Moved to another cohort"),
    "moved_to_syllabus": _("Moved to another version of the course"),
    "completed": _("Course completed"),
    "completion_taken_back": _("Completion taken back"),
    "renewal_begun": _("Renewal begun"),
    "renewal_completed": _("Renewal completed"),
    "renewal_taken_back": _("Renewal taken back"),
    "issued": _("Certificate issued"),
    "revoked": _("Certificate withdrawn"),
    "superseded": _("Certificate replaced"),
    "renewed": _("Certificate renewed"),
    "expiry_reminded": _("Reminded that the certificate ends"),
    "name_confirmed": _("Name confirmed for printing"),
    "name_corrected": _("Name corrected in the account"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: when, what, about which record, by whom (empty for the system)."""

    at: datetime
    words: str | Promise
    about: str
    actor: User | None


def about(person: User, enrolments: Iterable[Enrolment]) -> list[Line]:
    """Return the newest entries about a person, their enrolments and their certificates: three queries."""
    enrolments = list(enrolments)
    names = {str(person.key): ""}
    names |= {str(one.key): one.course.code for one in enrolments}
    awarded = Certificate.objects.filter(award_key__in=awards_of(enrolments))
    names |= {str(key): number for key, number in awarded.values_list("key", "number")}
    return _lines((User, Enrolment, Certificate), names)


def of_certificates(certificates: Iterable[Certificate]) -> list[Line]:
    """Return the newest entries about certificates: one query."""
    return _lines((Certificate,), {str(one.key): one.number for one in certificates})


def _lines(models: Iterable[type[Model]], names: Mapping[str, str]) -> list[Line]:
    entries = (
        AuditEntry.objects.filter(
            target_type__in=[model._meta.label_lower for model in models],
            target_key__in=names,
            verb__in=WORDS,
        )
        .select_related("actor")
        .defer("actor__sex", "actor__password")
    )
    return [
        Line(entry.at, WORDS[entry.verb], names[entry.target_key], entry.actor) for entry in entries[:NEWEST]
    ]
