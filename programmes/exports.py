"""Lists as files: CSV sent while it is read (`courses.csv_file`), XLSX by `courses.xlsx_file`.

Both are read from one query in pieces, so their size in memory does not grow with the list, and both
end with the number of rows: a file that was cut off on the way shows it.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_countries import countries

from accounts.choices import ProfessionalRole
from certificates.choices import Kind, RevokeReason, State, Status
from certificates.clock import day_of
from certificates.models import Certificate
from courses.choices import EnrolmentStatus
from courses.csv_file import Cell
from courses.models import Enrolment, Renewal
from translation.reading import language_name

PIECE = 2000  # rows fetched at once

Write = Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the field it is read from, how it is written, and whether it is account data."""

    heading: str | Promise
    field: str
    kind: str = "text"
    account: bool = False


COLUMNS = (
    Column(gettext_lazy("Name"), "person__name"),
    Column(gettext_lazy("Name in Latin letters"), "person__name_latin"),
    Column(gettext_lazy("E-mail address"), "person__email", account=True),
    Column(gettext_lazy("Jurisdiction"), "person__country", "country", account=True),
    Column(gettext_lazy("Institution"), "person__institution__name", account=True),
    Column(gettext_lazy("Court or office"), "person__court", account=True),
    Column(gettext_lazy("Professional role"), "person__role", "role", account=True),
    Column(gettext_lazy("Language"), "language", "language"),
    Column(gettext_lazy("Course"), "course__code"),
    Column(gettext_lazy("Cohort"), "cohort__name"),
    Column(gettext_lazy("Enrolled"), "enrolled_at", "day"),
    Column(gettext_lazy("Started"), "started_at", "day"),
    Column(gettext_lazy("Requirements met"), "done_count", "number"),
    Column(gettext_lazy("Requirements"), "required_count", "number"),
    Column(gettext_lazy("Progress in percent"), "percent", "number"),
    Column(gettext_lazy("Status"), "status", "status"),
    Column(gettext_lazy("Completed"), "completed_at", "day"),
    Column(gettext_lazy("Language of completion"), "completed_language", "language"),
    Column(gettext_lazy("Certificate"), "certificate_number"),
)


REGISTER_COLUMNS = (
    Column(gettext_lazy("Number"), "number"),
    Column(gettext_lazy("Name"), "name"),
    Column(gettext_lazy("Kind"), "kind", "certificate_kind"),
    Column(gettext_lazy("Course"), "course_code"),
    Column(gettext_lazy("Issued"), "issued_at", "paper_day"),
    Column(gettext_lazy("Valid until"), "valid_until", "date"),
    Column(gettext_lazy("State"), "worth", "certificate_state"),
    Column(pgettext_lazy("certificate", "Withdrawn"), "revoked_at", "paper_day"),
    Column(gettext_lazy("Reason"), "revoke_reason", "revoke_reason"),
    Column(gettext_lazy("Replaced by"), "superseded_by__number"),
    Column(gettext_lazy("Renews"), "renews__number"),
)


class Export:
    """A list as it will be written: in one language and time zone, settled before the first row is.

    The rows are read while the answer is sent, when the request's language is no longer active.
    """

    def __init__(self, found: QuerySet[Any], columns: Iterable[Column], *, title: str) -> None:
        columns = list(columns)
        self.title = title
        self.headings = [str(column.heading) for column in columns]
        self._found = found
        self._fields = [column.field for column in columns]
        writers = _writers()
        self._write = [writers[column.kind] for column in columns]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows, read in pieces from one query."""
        for values in self._found.values_list(*self._fields).iterator(chunk_size=PIECE):
            yield [write(value) for write, value in zip(self._write, values, strict=True)]


def of_learners(enrolments: QuerySet[Enrolment], *, with_account: bool) -> Export:
    """Return the list of enrolments, with who they are only where that may be seen."""
    standing = Certificate.objects.filter(status=Status.ISSUED).order_by("-issued_at")
    renewed = standing.filter(
        award_key__in=Renewal.objects.filter(enrolment=OuterRef(OuterRef("pk"))).values("key")
    )
    first = standing.filter(award_key=OuterRef("key"))
    newest = Coalesce(Subquery(renewed.values("number")[:1]), Subquery(first.values("number")[:1]))
    found = enrolments.annotate(certificate_number=newest)
    columns = [column for column in COLUMNS if with_account or not column.account]
    return Export(found, columns, title=_("Learners"))


def of_register(certificates: QuerySet[Certificate]) -> Export:
    """Return the list of certificates, each with what it is worth today."""
    ended = Q(status=Status.ISSUED, valid_until__lt=timezone.now().date())
    state = Case(
        When(ended, then=Value(State.EXPIRED.value)),
        When(status=Status.ISSUED, then=Value(State.VALID.value)),
        default=F("status"),
    )
    return Export(certificates.annotate(worth=state), REGISTER_COLUMNS, title=_("Certificates"))


def _writers() -> dict[str, Write]:
    zone = timezone.get_current_timezone()
    return {
        "text": lambda value: value or "",
        "number": lambda value: value,
        "day": lambda value: _day(value, zone),
        "date": lambda value: value.isoformat() if value else "",
        "paper_day": lambda value: day_of(value).isoformat() if value else "",
        "status": _labels(EnrolmentStatus.choices),
        "role": _labels(ProfessionalRole.choices),
        "country": _labels(countries),
        "language": lambda value: language_name(value) if value else "",
        "certificate_kind": _labels(Kind.choices),
        "certificate_state": _labels(State.choices),
        "revoke_reason": _labels(RevokeReason.choices),
    }


def _labels(choices: Iterable[tuple[str, Any]]) -> Write:
    """What the values are called, in the language of now."""
    words = {value: str(label) for value, label in choices}
    return lambda value: words.get(value) or value


def _day(value: datetime.datetime | None, zone: datetime.tzinfo) -> str:
    return value.astimezone(zone).date().isoformat() if value else ""
