"""Print runs: one PDF, a zip or mails for the certificates of a group, in the order of the ceremony."""

import dataclasses
import datetime
import io
import uuid
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from django.core import mail
from django.core.files.storage import InMemoryStorage
from django.utils import timezone

from accounts.models import AuditEntry, User
from certificates import documents, issuing, runs, runs_drawing, runs_files, runs_mail
from certificates.choices import LineState, RunKind, RunProblem, RunState
from certificates.models import Certificate, Run, RunLine, StoredDocument
from certificates.models.runs import DAYS_KEPT

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PEOPLE = (("Núñez María", "es"), ("سلمى الخطيب", "ar"), ("Zoë / Öztürk", "en"))
Start = Callable[..., Run]


@pytest.fixture
def people(
    make_person: Callable[..., User], statement: issuing.Statement, monkeypatch: pytest.MonkeyPatch
) -> list[Certificate]:
    """Three people, each with a certificate in the order of the ceremony."""
    storage = InMemoryStorage()
    monkeypatch.setattr("certificates.documents.document_storage", lambda: storage)
    monkeypatch.setattr("certificates.runs.run_storage", lambda: storage)
    monkeypatch.setattr("certificates.runs_files.run_storage", lambda: storage)
    for model in (StoredDocument, Run):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    found = []
    for number, (name, language) in enumerate(PEOPLE):
        person = make_person(f"p{number}@example.org", name=name, language=language)
        said = dataclasses.replace(statement, award_key=uuid.uuid4(), name=name)
        found.append(issuing.issue(statement=said, person=person))
    return found


@pytest.fixture
def start(people: list[Certificate], registrar: User) -> Start:
    """Return a function that asks for a run and leaves it to be done."""

    def asked(kind: RunKind, **changes: object) -> Run:
        fields = {"language": "", "certificates": [one.pk for one in people], "actor": registrar}
        return runs.start(kind=kind, group_key=uuid.uuid4(), label="Judges 2026 B", **{**fields, **changes})

    return asked


def states(run: Run) -> list[str]:
    return list(run.lines.order_by("place").values_list("state", flat=True))


def test_one_pdf_holds_each_in_their_language_in_the_order_of_the_ceremony(
    start: Start, people: list[Certificate]
) -> None:
    run = runs.carry_on(key=start(RunKind.PDF).key)
    assert run is not None
    run.refresh_from_db()
    assert (run.state, states(run)) == (RunState.DONE, [LineState.DRAWN] * 3)
    assert list(run.lines.order_by("place").values_list("language", flat=True)) == ["es", "ar", "en"]
    with run.file.open("rb") as file, pikepdf.open(file) as bound:
        assert len(bound.pages) == 3
        assert not bound.check_pdf_syntax()
        with bound.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                f"{n}. {name}" for n, (name, _l) in enumerate(PEOPLE, 1)
            ]
        parts = bound.Root.StructTreeRoot.K[0].K
        assert [str(part.Lang) for part in parts] == ["es", "ar", "en"]
        for page, certificate, (_name, language) in zip(bound.pages, people, PEOPLE, strict=True):
            kept = documents.read(certificate.documents.get(language=language))
            with pikepdf.open(io.BytesIO(kept)) as single:
                assert page.Contents.read_bytes() == single.pages[0].Contents.read_bytes()


def test_every_tag_of_the_bound_file_leads_back_to_its_page(start: Start) -> None:
    run = runs.carry_on(key=start(RunKind.PDF).key)
    assert run is not None
    with Run.objects.get(pk=run.pk).file.open("rb") as file, pikepdf.open(file) as bound:
        leaves = bound.Root.StructTreeRoot.ParentTree.Kids
        entries = {
            int(key): value
            for leaf in leaves
            for key, value in zip(list(leaf.Nums)[::2], list(leaf.Nums)[1::2], strict=True)
        }
        for page in bound.pages:
            for element in entries[int(page.obj.StructParents)]:
                assert element is None or element.Pg.objgen == page.obj.objgen
            assert all(one.Subtype == "/Link" for one in page.obj.get("/Annots", []))
        assert "/AcroForm" not in bound.Root


def test_a_zip_holds_the_signed_files_under_names_that_sort_as_the_ceremony(
    start: Start, people: list[Certificate]
) -> None:
    run = runs.carry_on(key=start(RunKind.ZIP).key)
    assert run is not None
    with Run.objects.get(pk=run.pk).file.open("rb") as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            f"001 Núñez María {people[0].number} es.pdf",
            f"002 سلمى الخطيب {people[1].number} ar.pdf",
            f"003 Zoë Öztürk {people[2].number} en.pdf",
        ]
        assert archive.read(archive.namelist()[0]) == documents.read(people[0].documents.get())


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a/b\\c:d", "a b c d"), ("..", "-"), ("x\u202etxt.exe", "x txt.exe"), ("Ñ" * 80, "Ñ" * 60)],
)
def test_names_of_files_fit_every_file_system(name: str, safe: str) -> None:
    line = RunLine(place=1, language="es", certificate=Certificate(name=name, number="2026-7F3K-9QXD"))
    assert runs_files.file_name(line, 3) == f"001 {safe} 2026-7F3K-9QXD es.pdf"


def test_the_name_of_a_group_is_no_path_and_one_line_in_the_name_of_the_file() -> None:
    made = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    run = Run(kind=RunKind.ZIP, label="Judges 2025/26\r\nX: y \u202eB", made_at=made)
    assert runs_files.download_name(run) == "Judges 2025 26 X y B 2026-11-22.zip"


def test_a_language_for_all_and_two_on_one_sheet(start: Start) -> None:
    run = runs.carry_on(key=start(RunKind.ZIP, language="ar+es").key)
    assert run is not None
    assert set(run.lines.values_list("language", flat=True)) == {"ar+es"}
    refused = runs.carry_on(key=start(RunKind.ZIP, language="pt").key)
    assert refused is not None
    assert set(refused.lines.values_list("problem", flat=True)) == {RunProblem.LANGUAGE}
    assert not Run.objects.get(pk=refused.pk).file


def test_who_cannot_be_drawn_is_named_and_the_others_are_made(
    start: Start, people: list[Certificate], statement: issuing.Statement
) -> None:
    said = dataclasses.replace(statement, award_key=uuid.uuid4(), name="山田")
    unknown = issuing.issue(statement=said, person=people[0].person)
    issuing.revoke(certificate=people[1], reason="holders_request", actor=None)
    run = runs.carry_on(key=start(RunKind.PDF, certificates=[unknown.pk, *(one.pk for one in people)]).key)
    assert run is not None
    problems = list(run.lines.order_by("place").values_list("problem", flat=True))
    assert problems == [RunProblem.LETTERS, "", RunProblem.NOT_STANDING, ""]
    with Run.objects.get(pk=run.pk).file.open("rb") as file, pikepdf.open(file) as bound:
        assert len(bound.pages) == 2


def test_who_loses_the_certificate_while_others_are_drawn_is_left_out_of_the_file(
    start: Start, people: list[Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = runs_drawing.draw

    def the_first_is_withdrawn_at_the_last(wanted: runs_drawing.Wanted) -> object:
        if wanted.certificate == people[2].pk:
            issuing.revoke(certificate=people[0], reason="holders_request", actor=None)
        return real(wanted)

    monkeypatch.setattr(runs_drawing, "draw", the_first_is_withdrawn_at_the_last)
    run = runs.carry_on(key=start(RunKind.ZIP).key)
    assert run is not None
    problems = list(run.lines.order_by("place").values_list("problem", flat=True))
    assert problems == [RunProblem.NOT_STANDING, "", ""]
    with Run.objects.get(pk=run.pk).file.open("rb") as file, zipfile.ZipFile(file) as archive:
        assert [name.split()[0] for name in archive.namelist()] == ["002", "003"]


def test_a_run_that_died_goes_on_where_it_stopped_and_draws_nothing_twice(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start(RunKind.PDF)
    real, drawn = runs_drawing.draw, []

    def dies_at_the_third(wanted: runs_drawing.Wanted) -> object:
        drawn.append(wanted.certificate)
        if len(drawn) == 3:
            raise SystemExit
        return real(wanted)

    monkeypatch.setattr(runs_drawing, "draw", dies_at_the_third)
    with pytest.raises(SystemExit):
        runs.carry_on(key=asked.key)
    assert states(asked) == [LineState.DRAWN, LineState.DRAWN, LineState.WAITING]
    assert runs.carry_on(key=asked.key) is None, "another worker may still have it in hand"
    Run.objects.update(touched_at=timezone.now() - datetime.timedelta(minutes=3))
    monkeypatch.setattr(runs_drawing, "draw", lambda wanted: drawn.append(wanted.certificate) or real(wanted))
    assert runs.carry_on(key=asked.key) is not None
    assert Run.objects.get(pk=asked.pk).state == RunState.DONE
    assert len(drawn) == 4
    assert StoredDocument.objects.count() == 3


def test_a_silent_run_is_carried_on_by_the_clock(
    start: Start, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    asked = start(RunKind.ZIP)
    Run.objects.update(touched_at=timezone.now() - datetime.timedelta(minutes=3))
    with django_capture_on_commit_callbacks(execute=True):
        assert runs.tend() == (1, 0)
    assert Run.objects.get(pk=asked.pk).state == RunState.DONE


def test_a_cancelled_run_stops_with_the_next_person(
    start: Start, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start(RunKind.PDF)
    real = runs_drawing.draw

    def cancelled_meanwhile(wanted: runs_drawing.Wanted) -> object:
        runs.cancel(run=asked, actor=registrar)
        return real(wanted)

    monkeypatch.setattr(runs_drawing, "draw", cancelled_meanwhile)
    assert runs.carry_on(key=asked.key) is None
    assert Run.objects.get(pk=asked.pk).state == RunState.CANCELLED
    assert states(asked).count(LineState.WAITING) == 2
    assert AuditEntry.objects.filter(verb="run_cancelled", actor=registrar).count() == 1


def test_each_gets_one_mail_in_their_language_with_the_file(start: Start, people: list[Certificate]) -> None:
    assert runs.carry_on(key=start(RunKind.MAIL).key) is not None
    assert [one.to for one in mail.outbox] == [[f"p{n}@example.org"] for n in range(3)]
    assert [one.extra_headers["Content-Language"] for one in mail.outbox] == ["es", "ar", "en"]
    for message, certificate in zip(mail.outbox, people, strict=True):
        assert certificate.number in message.subject
        [file] = message.attachments
        assert file.content == documents.read(certificate.documents.get())
        assert len(message.alternatives) == 1


def test_an_arabic_subject_holds_the_number_together(start: Start, people: list[Certificate]) -> None:
    assert runs.carry_on(key=start(RunKind.MAIL).key) is not None
    isolated = [f"\u2066{one.number}\u2069" for one in people]
    held = [number in message.subject for number, message in zip(isolated, mail.outbox, strict=True)]
    assert held == [False, True, False]


def test_a_mail_may_carry_the_link_alone(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    assert runs.carry_on(key=start(RunKind.MAIL, attach=False).key) is not None
    monkeypatch.setattr(runs_mail, "LARGEST_ATTACHED", 1000)
    assert runs.carry_on(key=start(RunKind.MAIL).key) is not None
    assert len(mail.outbox) == 6
    assert not any(one.attachments for one in mail.outbox)


def test_nobody_gets_two_mails_of_a_run_that_died(
    start: Start, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start(RunKind.MAIL)
    real = mail.EmailMultiAlternatives.send

    def dies_at_the_second(message: mail.EmailMultiAlternatives, *args: object, **kwargs: object) -> object:
        if message.to == ["p1@example.org"]:
            raise SystemExit
        return real(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", dies_at_the_second)
    with pytest.raises(SystemExit):
        runs.carry_on(key=asked.key)
    assert states(asked) == [LineState.SENT, LineState.SENDING, LineState.DRAWN]
    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", real)
    Run.objects.update(touched_at=timezone.now() - datetime.timedelta(minutes=3))
    assert runs.carry_on(key=asked.key) is not None
    assert [one.to[0] for one in mail.outbox] == ["p0@example.org", "p2@example.org"]
    assert asked.lines.get(state=LineState.FAILED).problem == RunProblem.UNSURE
    runs.again(run=asked, actor=registrar)
    assert runs.carry_on(key=asked.key) is not None
    assert [one.to[0] for one in mail.outbox][2:] == ["p1@example.org"]
    assert states(asked) == [LineState.SENT] * 3


def test_a_mail_that_left_late_counts_as_sent_although_another_worker_took_over(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start(RunKind.MAIL)
    real = mail.EmailMultiAlternatives.send

    def slow_at_the_first(message: mail.EmailMultiAlternatives, *args: object, **kwargs: object) -> object:
        if message.to == ["p0@example.org"]:
            Run.objects.update(touched_at=timezone.now() - datetime.timedelta(minutes=3))
            assert runs.carry_on(key=asked.key) is not None
        return real(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", slow_at_the_first)
    assert runs.carry_on(key=asked.key) is None
    assert states(asked) == [LineState.SENT] * 3
    assert len(mail.outbox) == 3


def test_a_refused_mail_is_listed_and_can_be_tried_again(
    start: Start, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start(RunKind.MAIL)
    real = mail.EmailMultiAlternatives.send

    def refused(message: mail.EmailMultiAlternatives, *args: object, **kwargs: object) -> object:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refused)
    assert runs.carry_on(key=asked.key) is not None
    assert set(asked.lines.values_list("problem", flat=True)) == {RunProblem.REFUSED}
    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", real)
    runs.again(run=asked, actor=registrar)
    assert runs.carry_on(key=asked.key) is not None
    assert len(mail.outbox) == 3


def test_files_are_removed_after_thirty_days(start: Start) -> None:
    run = runs.carry_on(key=start(RunKind.ZIP).key)
    assert run is not None
    assert runs.tend() == (0, 0)
    Run.objects.update(finished_at=timezone.now() - datetime.timedelta(days=DAYS_KEPT, minutes=1))
    assert runs.tend() == (0, 1)
    swept = Run.objects.get(pk=run.pk)
    assert (swept.state, str(swept.file)) == (RunState.DONE, "")
    assert StoredDocument.objects.count() == 3, "the certificates themselves are kept for ever"


def test_a_run_that_cannot_sign_says_so_and_can_be_carried_on(
    start: Start, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from certificates import keys

    asked = start(RunKind.PDF)

    def none() -> None:
        raise keys.NoKeys("none")

    monkeypatch.setattr(keys, "pdf_signer", none)
    with pytest.raises(keys.NoKeys):
        runs.carry_on(key=asked.key)
    assert Run.objects.get(pk=asked.pk).state == RunState.FAILED
