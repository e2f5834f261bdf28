"""Transcripts: what they list, that they are frozen, and that asking twice gives one."""

import datetime
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from certificates import documents, drawings, issuing, transcripts
from certificates.choices import Kind, RevokeReason, State
from certificates.models import Certificate
from certificates.pdf import TranscriptDocument

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def trained(issue, statement):
    """The judge has three certificates: one lasting, one expired, one withdrawn."""
    lasting = issue(replace(statement, started_on=datetime.date(2026, 9, 3)))
    expired = issue(
        replace(
            statement,
            award_key=uuid.uuid4(),
            course_code="JWB-101",
            course_titles={"en": "Judging without bias", "es": "Juzgar sin sesgos"},
            hours=Decimal("4.5"),
            completed_on=datetime.date(2024, 3, 2),
            valid_until=datetime.date(2025, 3, 2),
            kind="achievement",
            grade_band="merit",
        )
    )
    withdrawn = issue(replace(statement, award_key=uuid.uuid4(), course_code="OLD-1"))
    issuing.revoke(certificate=withdrawn, reason=RevokeReason.ERROR, actor=None)
    return lasting, expired


def test_it_lists_what_stands_in_the_order_of_completion(trained, judge):
    lasting, expired = trained
    transcript = transcripts.request(person=judge, actor=judge)
    table = transcript.printed("en").table
    assert [line.number for line in table.lines] == [expired.number, lasting.number]
    first, second = table.lines
    assert (first.course, first.code, first.hours) == ("Judging without bias", "JWB-101", "4.5")
    assert (first.kind, first.state) == ("Achievement – merit", "Expired")
    assert (second.dates, second.state) == ("3 Sept 2026 – 14 Nov 2026", "Valid")
    assert second.language == "Spanish and English"
    assert table.total == "22.5"
    assert transcript.kind == Kind.TRANSCRIPT
    assert transcript.state() is State.VALID
    assert transcript.stated.hours == Decimal("22.5")
    assert transcript.printed("en").detail == "2 completed courses"


def test_its_lines_stay_as_they_were_issued(trained, judge):
    lasting, _expired = trained
    transcript = transcripts.request(person=judge, actor=None)
    issuing.revoke(certificate=lasting, reason=RevokeReason.ERROR, actor=None)
    again = Certificate.objects.get(pk=transcript.pk)
    assert len(again.printed("en").table.lines) == 2
    assert again.stated == transcript.stated
    new = transcripts.request(person=judge, actor=None)
    assert new != transcript
    assert len(new.stated.trainings) == 1


def test_asking_again_without_a_change_gives_the_same_one(trained, judge):
    first = transcripts.request(person=judge, actor=judge)
    assert transcripts.request(person=judge, actor=judge) == first
    assert AuditEntry.objects.filter(verb="issued", target_key=str(first.key)).count() == 1


def test_under_another_name_there_is_another_transcript(trained, judge):
    first = transcripts.request(person=judge, actor=None)
    judge.name = "Lucía Fernández Gil"
    judge.save()
    assert transcripts.request(person=judge, actor=None) != first


def test_without_a_certificate_there_is_nothing_to_list(judge):
    with pytest.raises(transcripts.NothingToList):
        transcripts.request(person=judge, actor=judge)


def test_a_transcript_is_not_a_line_of_the_next(trained, judge):
    transcripts.request(person=judge, actor=None)
    assert all(one.kind != "transcript" for one in transcripts.trainings_of(judge))


def test_it_is_drawn_once_and_signed_as_a_certificate_is(trained, judge):
    transcript = transcripts.request(person=judge, actor=None)
    assert isinstance(drawings.document_of(transcript, "en"), TranscriptDocument)
    stored = documents.obtain(certificate=transcript, language="en")
    assert stored.signed_with
    assert documents.read(stored).startswith(b"%PDF-1.7")


def test_a_transcript_has_one_language_on_a_sheet(trained, judge, monkeypatch):
    monkeypatch.setattr("certificates.phrases.is_phrased", lambda code, kind: True)
    transcript = transcripts.request(person=judge, actor=None)
    assert "ar" in transcript.languages
    with pytest.raises(KeyError):
        drawings.document_of(transcript, "en+ar")
