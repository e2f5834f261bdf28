"""Lists as files: whole, safe, and in constant memory."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import AuditEntry, User
from certificates import issuing
from courses import awards
from courses.csv_file import csv_lines, in_pieces
from courses.models import Enrolment
from courses.xlsx_file import xlsx_file
from programmes import exports
from programmes.exports import of_learners

pytestmark = pytest.mark.database


def read(body: bytes) -> list[list[str]]:
    text = body.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_file_begins_with_headings_and_ends_with_the_number_of_its_rows(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, registrar: User, browse: Callable[..., Any]
) -> None:
    taken = enrolled(judge, done=4)
    number = issuing.issue(statement=awards.statement_of(taken), person=judge).number
    answer = browse(registrar).get(f"{run.url}learners.csv")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="judges-2026-b-')
    headings, row, last = read(body)
    told = dict(zip(headings, row, strict=True))
    assert last == ["# rows: 1"]
    day = taken.completed_at.date().isoformat()
    assert told == {
        "Name": "Lucía Fernández",
        "Name in Latin letters": "",
        "E-mail address": "judge@example.org",
        "Jurisdiction": "Mexico",
        "Institution": "",
        "Court or office": "",
        "Professional role": "Judge",
        "Language": "Español",
        "Course": "TIP-101",
        "Cohort": "Judges 2026 B",
        "Enrolled": day,
        "Started": day,
        "Requirements met": "4",
        "Requirements": "4",
        "Progress in percent": "100",
        "Status": "Completed",
        "Completed": day,
        "Language of completion": "Español",
        "Certificate": number,
    }


def test_that_somebody_took_a_list_away_is_written_down(
    run: Any, registrar: User, browse: Callable[..., Any]
) -> None:
    browse(registrar).get(f"{run.url}learners.csv")
    browse(registrar).get("/en/staff/learners.xlsx")
    entries = AuditEntry.objects.filter(verb="exported").order_by("pk")
    found = [(one.actor, one.target_key, one.data) for one in entries]
    assert found == [
        (registrar, str(run.cohort.key), {"kind": "csv"}),
        (registrar, "", {"kind": "xlsx"}),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_is_never_taken_for_a_formula(start: str) -> None:
    _headings, line, _last = csv_lines(["Name"], [[f"{start}cmd|'/C calc'!A0", -5]])
    [[text, number]] = csv.reader(io.StringIO(line, newline=""))
    assert text == f"'{start}cmd|'/C calc'!A0"
    assert number == "-5"


def test_lines_are_made_one_by_one_as_they_are_read() -> None:
    taken = []

    def rows() -> Iterator[list[int]]:
        for number in range(100_000):
            taken.append(number)
            yield [number]

    lines = csv_lines(["Number"], rows())
    assert next(lines) == "\ufeffNumber\r\n"
    assert taken == []
    assert [next(lines) for _time in range(3)] == ["0\r\n", "1\r\n", "2\r\n"]
    assert taken == [0, 1, 2]
    assert len(next(in_pieces(lines, size=1000))) < 1200
    assert len(taken) < 400


@pytest.mark.django_db
def test_rows_are_read_from_one_query_in_pieces(
    run: Any, fill: Callable[..., list[Enrolment]], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(25)
    monkeypatch.setattr(exports, "PIECE", 10)
    export = of_learners(Enrolment.objects.order_by("pk"), with_account=True)
    with CaptureQueriesContext(connection) as asked:
        rows = export.rows()
        assert len(asked) == 0
        next(rows)
        assert len(asked) == 1
        assert len(list(rows)) == 24
    assert len(asked) == 1


@pytest.mark.django_db
def test_the_words_of_a_file_stay_in_the_language_it_was_asked_in(
    run: Any, enrolled: Callable[..., Enrolment], judge: User
) -> None:
    enrolled(judge)
    with translation.override("es"):
        export = of_learners(Enrolment.objects.order_by("pk"), with_account=True)
    with translation.override("ar"):
        [row] = export.rows()
    assert "México" in row


def test_a_workbook_has_the_same_rows_and_ends_with_their_number(
    run: Any, fill: Callable[..., list[Enrolment]], registrar: User, browse: Callable[..., Any]
) -> None:
    taken = fill(3, done=2)
    User.objects.filter(pk=taken[0].person_id).update(name="=1+1")
    answer = browse(registrar).get(f"{run.url}learners.xlsx?sort=name")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    names = [cell.value for cell in sheet["A"]]
    assert names == ["Name", "=1+1", "Learner 001", "Learner 002", "# rows: 3"]
    assert sheet["A2"].data_type == "s"
    progress = [cell.value for cell in sheet[1]].index("Progress in percent")
    assert sheet.cell(2, progress + 1).value == 50


def test_an_empty_workbook_says_that_it_has_no_rows() -> None:
    sheet = openpyxl.load_workbook(xlsx_file(["Name"], [], title="Learners")).active
    assert [cell.value for cell in sheet["A"]] == ["Name", "# rows: 0"]
