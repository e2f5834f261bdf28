"""Lists as files: CSV sent while it is read (`courses.csv_file`), and XLSX written to a file first.

Both are read from one query in pieces, so their size in memory does not grow with the list, and both
end with the number of rows: a file that was cut off on the way shows it.
"""

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from accounts.choices import ProfessionalRole
from certificates.choices import Status
from certificates.models import Certificate
from courses.choices import EnrolmentStatus
from courses.csv_file import Cell, last_line
from courses.models import Enrolment
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


class Export:
    """A list as it will be written: in one language and time zone, settled before the first row is.

    The rows are read while the answer is sent, when the request's language is no longer active.
    """

    def __init__(self, enrolments: QuerySet[Enrolment], *, with_account: bool) -> None:
        self.columns = [column for column in COLUMNS if with_account or not column.account]
        self.headings = [str(column.heading) for column in self.columns]
        self._enrolments = enrolments
        self._write = [_writers()[column.kind] for column in self.columns]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows, read in pieces from one query."""
        number = Certificate.objects.filter(award_key=OuterRef("key"), status=Status.ISSUED).values("number")
        found = self._enrolments.annotate(certificate_number=Subquery(number[:1]))
        fields = [column.field for column in self.columns]
        for values in found.values_list(*fields).iterator(chunk_size=PIECE):
            yield [write(value) for write, value in zip(self._write, values, strict=True)]


def _writers() -> dict[str, Write]:
    zone = timezone.get_current_timezone()
    statuses = {value: str(label) for value, label in EnrolmentStatus.choices}
    roles = {value: str(label) for value, label in ProfessionalRole.choices}
    names = {code: str(name) for code, name in countries}
    return {
        "text": lambda value: value or "",
        "number": lambda value: value,
        "day": lambda value: _day(value, zone),
        "status": lambda value: statuses.get(value, value),
        "role": lambda value: roles.get(value, value),
        "country": lambda value: names.get(value, value),
        "language": lambda value: language_name(value) if value else "",
    }


def _day(value: datetime.datetime | None, zone: datetime.tzinfo) -> str:
    return value.astimezone(zone).date().isoformat() if value else ""


# --- XLSX ----------------------------------------------------------------------------------------
def xlsx_file(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> IO[bytes]:
    """Return a finished workbook as an open file, at its beginning; it is deleted when closed.

    Only one row at a time is held in memory. Texts are written as texts, never as formulas.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(_("Learners"))
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    line = 0
    for line, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, place, cell)
            elif cell:
                sheet.write_string(line, place, cell)
    sheet.write_string(line + 1, 0, last_line(line))
    book.close()
    file.seek(0)
    return file
