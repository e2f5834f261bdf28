"""The verbs of the register, and what keeps it as it is."""

import datetime
import threading
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import AuditEntry
from certificates import documents, drawings, issuing, phrases, wording
from certificates.choices import RevokeReason, State, Status
from certificates.models import Certificate, Frozen, StoredDocument
from certificates.pdf import UncoveredCharacters

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def audited(certificate):
    entries = AuditEntry.objects.filter(target_key=str(certificate.key)).order_by("pk")
    return [(entry.verb, entry.actor) for entry in entries]


def test_a_certificate_states_what_it_was_given(issue, judge, statement):
    certificate = issue()
    assert certificate.person == judge
    assert certificate.stated == statement
    assert certificate.number.startswith(f"{timezone.now().year}-")
    assert certificate.state() is State.VALID


def test_issuing_twice_gives_the_same_certificate_and_one_audit_row(issue, registrar):
    first, second = issue(actor=registrar), issue(actor=registrar)
    assert first == second
    assert Certificate.objects.count() == 1
    assert audited(first) == [("issued", registrar)]


def test_the_words_are_frozen_at_issue(issue, monkeypatch):
    certificate = issue()
    before = certificate.printed("en")
    monkeypatch.setattr(wording, "gettext", lambda text: "something else")
    assert Certificate.objects.get().printed("en") == before
    assert before.title == "Certificate of completion"
    assert before.course == "Trafficking in persons"
    assert before.detail == "18 hours of judicial training, completed on 14 November 2026"
    assert before.organisation == "Judicial Learning"


def test_dates_and_hours_are_written_as_the_language_does(statement):
    assert wording.day(datetime.date(2026, 9, 2), "es") == "2 de septiembre de 2026"
    assert wording.day(datetime.date(2026, 9, 2), "ar") == "2 سبتمبر 2026"
    assert wording.day(datetime.date(2026, 9, 2), "en") == "2 September 2026"
    assert wording.hours(Decimal("4.50"), "es") == "4,5"
    assert wording.hours(Decimal("18.00"), "en") == "18"
    assert wording.hours(Decimal("1200"), "en") == "1,200"


def test_one_hour_is_in_the_singular(statement):
    words = wording.printed(
        replace(statement, hours=Decimal(1)), language="en", issued_on=datetime.date(2026, 11, 15)
    )
    assert words.detail.startswith("1 hour of")


def test_place_and_validity_are_printed_when_there_are_any(statement):
    on = datetime.date(2026, 11, 15)
    full = replace(statement, place="Vienna", valid_until=datetime.date(2028, 11, 15))
    expected = "Issued in Vienna on 15 November 2026, valid until 15 November 2028"
    assert wording.printed(full, language="en", issued_on=on).issued_line == expected
    assert wording.printed(statement, language="en", issued_on=on).issued_line == "Issued on 15 November 2026"


def test_a_language_without_its_own_words_is_left_out(statement, monkeypatch):
    monkeypatch.setattr(phrases, "is_phrased", lambda code, kind: code != "bn")
    assert wording.languages_for(statement) == ("en", "es", "ar")
    monkeypatch.setattr(phrases, "is_phrased", lambda code, kind: False)
    assert wording.languages_for(statement) == ("en",)


def test_the_language_of_the_request_does_not_change_what_is_issued(issue):
    with override("ar"):
        certificate = issue()
    assert certificate.printed("en").lead == "This certificate is awarded to"


def test_revoking_keeps_date_and_reason_and_is_audited(issue, registrar):
    certificate = issuing.revoke(certificate=issue(), reason=RevokeReason.ERROR, actor=registrar)
    assert certificate.state() is State.REVOKED
    assert certificate.revoked_at is not None
    assert certificate.revoke_reason == "issued_in_error"
    assert audited(certificate) == [("issued", None), ("revoked", registrar)]
    with pytest.raises(issuing.NotStanding):
        issuing.revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=registrar)


def test_a_reason_that_is_not_on_the_list_is_refused(issue, registrar):
    with pytest.raises(ValueError):
        issuing.revoke(certificate=issue(), reason="because of her case", actor=registrar)
    assert Certificate.objects.get().status == Status.ISSUED


def test_a_revoked_certificate_comes_back_only_when_asked_for(issue, registrar):
    old = issuing.revoke(certificate=issue(), reason=RevokeReason.ERROR, actor=registrar)
    assert issue() == old
    new = issue(actor=registrar, after_revocation=True)
    assert new != old
    assert new.number != old.number
    assert issue() == new


def test_a_corrected_certificate_replaces_the_old_one(issue, registrar, statement):
    old = issue()
    new = issuing.supersede(
        certificate=old, statement=replace(statement, name="Lucía Fernández Gil"), actor=registrar
    )
    old = Certificate.objects.get(pk=old.pk)
    assert old.state() is State.SUPERSEDED
    assert old.superseded_by == new
    assert old.name == "Lucía Fernández"
    assert new.name == "Lucía Fernández Gil"
    assert new.state() is State.VALID
    assert issue() == new
    assert audited(old) == [("issued", None), ("superseded", registrar)]
    assert audited(new) == [("issued", registrar)]
    with pytest.raises(issuing.NotStanding):
        issuing.supersede(certificate=old, statement=statement, actor=registrar)


def test_a_certificate_is_never_replaced_by_one_for_something_else(issue, registrar, statement):
    with pytest.raises(ValueError, match="same achievement"):
        issuing.supersede(
            certificate=issue(), statement=replace(statement, award_key=uuid.uuid4()), actor=registrar
        )


def test_it_expires_the_day_after_its_last(issue, statement):
    certificate = issue(replace(statement, valid_until=datetime.date(2027, 1, 31)))
    assert certificate.state(datetime.date(2027, 1, 31)) is State.VALID
    assert certificate.state(datetime.date(2027, 2, 1)) is State.EXPIRED


@pytest.mark.parametrize("field", ["number", "name", "statement", "issued_at", "award_key", "valid_until"])
def test_what_was_issued_cannot_be_changed(issue, field):
    certificate = issue()
    with pytest.raises(Frozen):
        certificate.save(update_fields=[field])
    with pytest.raises(Frozen):
        certificate.save()
    with pytest.raises(Frozen):
        Certificate.objects.update(**{field: None})


def test_nothing_in_the_register_can_be_deleted(issue):
    certificate = issue()
    document = documents.obtain(certificate=certificate, language="en")
    for delete in (
        certificate.delete,
        Certificate.objects.all().delete,
        document.delete,
        StoredDocument.objects.all().delete,
    ):
        with pytest.raises(Frozen):
            delete()


def test_deleting_the_person_leaves_the_register(issue, judge):
    certificate = issue()
    judge.delete()
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert certificate.person is None
    assert certificate.stated.name == "Lucía Fernández"


@pytest.mark.parametrize(
    "values",
    [
        {"status": "lost"},
        {"status": "superseded"},
        {"status": "revoked"},
        {"status": "revoked", "revoke_reason": "issued_in_error"},
        {"revoke_reason": "issued_in_error"},
    ],
)
def test_the_database_itself_refuses_impossible_states(issue, values):
    certificate = issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Certificate).filter(pk=certificate.pk).update(**values)


def test_a_document_is_drawn_once_and_kept(issue, monkeypatch):
    certificate = issue()
    first = documents.obtain(certificate=certificate, language="en")
    monkeypatch.setattr(documents, "render", lambda document: pytest.fail("drawn again"))
    second = documents.obtain(certificate=certificate, language="en")
    assert first == second
    data = documents.read(second)
    assert data.startswith(b"%PDF-1.7")
    assert len(data) == second.size


def test_a_changed_file_is_noticed(issue):
    document = documents.obtain(certificate=issue(), language="en")
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 something else")
    with pytest.raises(documents.Damaged):
        documents.read(document)


def test_a_name_no_font_draws_is_printed_in_latin_letters(issue, statement):
    certificate = issue(replace(statement, name="王小明", latin_name="Wang Xiaoming"))
    drawn = drawings.document_of(certificate, "en")
    assert (drawn.name, drawn.latin_name) == ("Wang Xiaoming", "")
    nameless = issue(replace(statement, name="王小明", latin_name="", award_key=uuid.uuid4()))
    with pytest.raises(UncoveredCharacters):
        documents.obtain(certificate=nameless, language="en")


def test_the_address_on_the_paper_is_the_public_page(issue, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://learn.example.org/"
    certificate = issue()
    expected = f"https://learn.example.org/es/verify/{certificate.number}/"
    assert drawings.verify_address(certificate, "es") == expected


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("sqlite" in str(connection.settings_dict["ENGINE"]), reason="needs two connections")
def test_two_requests_at_once_issue_one_certificate(statement, judge):
    gate, made = threading.Barrier(2), []

    def ask():
        gate.wait()
        try:
            made.append(issuing.issue(statement=statement, person=judge).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert Certificate.objects.count() == 1


def test_the_loser_of_a_race_gets_the_winners_certificate(issue, statement, judge, monkeypatch):
    winner = issue()
    seen = iter([None, winner])
    monkeypatch.setattr(issuing, "_latest", lambda _statement: next(seen))
    assert issuing.issue(statement=statement, person=judge) == winner
    assert AuditEntry.objects.filter(verb="issued").count() == 1
