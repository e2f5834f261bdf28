"""The holder's page, the downloads, the public check and the list in the editor."""

import datetime
import re
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates import designs, issuing, phrases, throttle
from certificates.choices import RevokeReason
from certificates.models import Certificate
from portal.demo import design as demo

pytestmark = pytest.mark.django_db

PEOPLE = ["judge", "prosecutor", "outsider", "trainer", "translator", "registrar", "auditor", "administrator"]


@pytest.fixture
def person(request):
    return lambda name: request.getfixturevalue(name) if name else None


@pytest.fixture
def get(browse, person):
    """Return a function that asks for an address of a certificate as somebody."""

    def ask(who, view, *args, query="", **options):
        return browse(person(who)).get(reverse(f"certificates:{view}", args=args) + query, **options)

    return ask


# --- the holder's page --------------------------------------------------------------------------
def test_the_holder_reads_the_certificate_as_a_page(issue, get):
    certificate = issue()
    page = get("judge", "certificate", certificate.number).content.decode()
    for words in (
        "Certificate of completion",
        "Lucía Fernández",
        "Trafficking in persons",
        certificate.number,
    ):
        assert words in page
    assert "18 hours of judicial training, completed on 14 November 2026" in page
    assert re.search(r"PDF, \d\d KB", page)
    assert '<html lang="en"' in page
    assert 'style="' not in page
    assert "data:image" not in page


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "judge"])
def test_nobody_else_is_told_that_the_page_exists(issue, get, who):
    assert get(who, "certificate", issue().number).status_code == 404


def test_a_stranger_is_asked_to_sign_in(issue, get):
    certificate = issue()
    for view, args in (("certificate", [certificate.number]), ("pdf", [certificate.number, "en"])):
        response = get(None, view, *args)
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_the_page_shows_the_certificate_in_another_language(issue, get, monkeypatch):
    monkeypatch.setattr(phrases, "is_phrased", lambda code, kind: True)
    certificate = issue()
    page = get("judge", "certificate", certificate.number, query="?language=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "الاتجار بالأشخاص" in page
    assert page.count("hreflang=") >= 4
    unknown = get("judge", "certificate", certificate.number, query="?language=xx")
    assert unknown.status_code == 200


def test_a_withdrawn_certificate_says_so_and_offers_no_download(issue, get, registrar):
    certificate = issue()
    issuing.revoke(certificate=certificate, reason=RevokeReason.HOLDER, actor=registrar)
    page = get("judge", "certificate", certificate.number).content.decode()
    assert "This certificate has been withdrawn" in page
    assert "The holder asked for it." in page
    assert "/pdf/" not in page


def test_a_replaced_certificate_leads_its_holder_to_the_new_one(issue, get, registrar, statement):
    old = issue()
    new = issuing.supersede(certificate=old, statement=replace(statement, name="Lucía F."), actor=registrar)
    page = get("judge", "certificate", old.number).content.decode()
    assert "This certificate has been replaced" in page
    assert reverse("certificates:certificate", args=[new.number]) in page


def test_a_name_that_cannot_be_drawn_is_said_plainly(issue, get, statement):
    certificate = issue(replace(statement, name="王小明"))
    page = get("judge", "certificate", certificate.number).content.decode()
    assert "王小明" in page
    assert "The PDF cannot be drawn yet" in page
    assert get("judge", "pdf", certificate.number, "en").status_code == 302


# --- downloads ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [(name, 200 if name in ("judge", "registrar", "administrator") else 404) for name in PEOPLE],
)
def test_only_the_holder_and_programme_staff_download(issue, get, who, status):
    assert get(who, "pdf", issue().number, "en").status_code == status


def test_the_download_is_the_stored_file(issue, get):
    certificate = issue()
    response = get("judge", "pdf", certificate.number, "en")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}-en.pdf"'
    assert "private" in response["Cache-Control"]
    assert response.content == get("registrar", "pdf", certificate.number, "en").content
    assert len(response.content) == certificate.documents.get().size


def test_a_language_it_was_not_issued_in_is_not_found(issue, get):
    certificate = issue()
    assert get("judge", "pdf", certificate.number, "xx").status_code == 404
    assert get("judge", "pdf", "2026-2222-2222", "en").status_code == 404


def test_after_withdrawal_only_staff_download(issue, get, registrar):
    certificate = issue()
    issuing.revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=registrar)
    assert get("judge", "pdf", certificate.number, "en").status_code == 404
    assert get("registrar", "pdf", certificate.number, "en").status_code == 200


# --- the public check ---------------------------------------------------------------------------
def test_anyone_sees_that_a_certificate_is_valid(issue, get):
    certificate = issue()
    response = get(None, "verify_number", certificate.number)
    page = response.content.decode()
    assert response.status_code == 200
    for words in (
        "This certificate is valid",
        "Lucía Fernández",
        "Trafficking in persons",
        certificate.number,
    ):
        assert words in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_the_public_page_shows_no_more_of_a_person_than_the_paper(issue, get, judge):
    judge.court = "Juzgado Octavo Penal"
    judge.save()
    page = get(None, "verify_number", issue().number).content.decode()
    for secret in (judge.email, "Juzgado Octavo Penal", str(judge.key), judge.country.name):
        assert secret not in page


def test_an_expired_certificate_is_genuine_but_expired(issue, get, statement):
    certificate = issue(replace(statement, valid_until=datetime.date(2020, 11, 20)))
    page = get(None, "verify_number", certificate.number).content.decode()
    assert "This certificate has expired" in page
    assert "valid until 20 November 2020" in page
    assert "Lucía Fernández" in page


def test_a_withdrawn_certificate_shows_the_reason_but_not_the_name(issue, get, registrar):
    certificate = issue()
    issuing.revoke(certificate=certificate, reason=RevokeReason.REQUIREMENTS, actor=registrar)
    page = get(None, "verify_number", certificate.number).content.decode()
    assert "This certificate has been withdrawn" in page
    assert "The requirements of the course were not met." in page
    assert "nothing about the holder’s conduct" in page
    assert "Lucía" not in page


def test_a_replaced_certificate_does_not_give_away_its_successor(issue, get, registrar, statement):
    old = issue()
    new = issuing.supersede(certificate=old, statement=replace(statement, name="Lucía F."), actor=registrar)
    page = get(None, "verify_number", old.number).content.decode()
    assert "This certificate has been replaced" in page
    assert new.number not in page
    assert "Lucía" not in page


@pytest.mark.parametrize("number", ["2026-2222-2222", "hello", "2026-7F3K", "<script>"])
def test_an_unknown_number_is_not_found_and_helped(get, number):
    response = get(None, "verify_number", number)
    page = response.content.decode()
    assert response.status_code == 404
    assert "No certificate has this number" in page
    assert "Compare each character" in page
    assert "<script>" not in page.replace('<script src="', "")


def test_the_form_understands_what_is_typed(issue, get):
    certificate = issue()
    typed = certificate.number.lower().replace("-", " ")
    response = get(None, "verify", query=f"?number={typed}", follow=True)
    assert response.redirect_chain == [
        (reverse("certificates:verify_number", args=[certificate.number]), 302)
    ]
    assert "This certificate is valid" in response.content.decode()


def test_the_form_alone_and_left_empty(get):
    page = get(None, "verify")
    assert page.status_code == 200
    assert 'name="number"' in page.content.decode()
    empty = get(None, "verify", query="?number=+")
    assert empty.status_code == 400
    assert "Enter the number of the certificate." in empty.content.decode()
    assert 'aria-invalid="true"' in empty.content.decode()


def test_an_untidy_address_leads_to_the_tidy_one(issue, get):
    certificate = issue()
    response = get(None, "verify_number", certificate.number.lower().replace("-", ""))
    assert response["Location"] == reverse("certificates:verify_number", args=[certificate.number])


def test_numbers_cannot_be_tried_without_end(get, monkeypatch):
    monkeypatch.setattr(throttle, "LOOKUPS", 3)
    monkeypatch.setattr(throttle.time, "time", lambda: 1_000_000.0)
    answers = [get(None, "verify_number", "2026-2222-2222").status_code for _ in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_checking_a_number_takes_two_queries_at_most(issue, get, django_assert_max_num_queries):
    number = issue().number
    with django_assert_max_num_queries(2):
        get(None, "verify_number", number)


# --- the register in the editor -------------------------------------------------------------------
def test_administrators_read_the_register_and_nobody_writes_it(issue, browse, administrator, trainer):
    certificate = issue()
    client = browse(administrator)
    listing = client.get(reverse("certificate-register:index"))
    assert listing.status_code == 200
    assert certificate.number in listing.content.decode()
    assert client.get(reverse("certificate-register:inspect", args=[certificate.pk])).status_code == 200
    for view, args in (("add", []), ("edit", [certificate.pk]), ("delete", [certificate.pk])):
        response = client.post(reverse(f"certificate-register:{view}", args=args))
        assert response.status_code in (302, 403)
        assert response.status_code == 403 or "/cms/" in response["Location"]
    assert Certificate.objects.count() == 1
    assert browse(trainer).get(reverse("certificate-register:index")).status_code in (302, 403)


def test_the_list_of_the_register_does_not_ask_more_for_more(issue, statement, browse, administrator):
    client = browse(administrator)
    counts = []
    for wanted in (2, 20):
        while Certificate.objects.count() < wanted:
            issue(replace(statement, award_key=uuid.uuid4()))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("certificate-register:index"))
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_days_are_those_of_the_institute_wherever_they_are_read(issue, statement, get, judge, monkeypatch):
    judge.time_zone = "America/Mexico_City"
    judge.save()
    night = datetime.datetime(2026, 11, 22, 2, tzinfo=datetime.UTC)  # still the day before in Mexico
    with monkeypatch.context() as patch:
        patch.setattr("certificates.issuing.timezone.now", lambda: night)
        certificate = issue()
        other = issue(replace(statement, award_key=uuid.uuid4()))
        withdrawn = issuing.revoke(certificate=other, reason=RevokeReason.HOLDER, actor=None)
    day = str(certificate.printed("en").issued_line)
    assert "22 November 2026" in day
    assert "<dd>22 November 2026</dd>" in get("judge", "certificate", certificate.number).text
    assert "<dd>22 November 2026</dd>" in get("judge", "verify_number", certificate.number).text
    for page in ("certificate", "verify_number"):
        assert "Withdrawn on 22 November 2026." in get("judge", page, withdrawn.number).text


# --- two languages, pictures, transcripts -------------------------------------------------------
def test_the_holder_downloads_two_languages_on_one_sheet(issue, get):
    certificate = issue()
    assert reverse("certificates:two_languages", args=[certificate.number]) in (
        get("judge", "certificate", certificate.number).text
    )
    chosen = get("judge", "two_languages", certificate.number, query="?first=ar&second=es")
    assert chosen.headers["Location"] == reverse("certificates:pdf", args=[certificate.number, "ar+es"])
    answer = get("judge", "pdf", certificate.number, "ar+es")
    assert answer.content.startswith(b"%PDF-1.7")
    assert f"{certificate.number}-ar+es.pdf" in answer.headers["Content-Disposition"]
    assert certificate.documents.filter(language="ar+es").count() == 1


@pytest.mark.parametrize("query", ["", "?first=ar&second=ar", "?first=ar&second=xx"])
def test_two_languages_that_do_not_go_together_lead_back_with_a_word(issue, get, query):
    certificate = issue()
    answer = get("judge", "two_languages", certificate.number, query=query, follow=True)
    assert "Choose two different languages of the certificate." in answer.text


@pytest.fixture
def designed(issue, statement):
    """A certificate with every picture a design can have."""
    demo.make()
    return issue(replace(statement, **designs.frozen(designs.design_for(""))))


def test_the_page_shows_the_pictures_of_the_paper_in_words_too(designed, get):
    page = get("judge", "certificate", designed.number).text
    for slot, alt in (
        ("logo", "Logo of Judicial Learning"),
        ("second_logo", "Logo of the partner institution"),
        ("seal", "Seal of Judicial Learning"),
        ("signature_1", "Signature of Helena Duarte"),
    ):
        address = reverse("certificates:picture", args=[designed.number, slot])
        assert re.search(rf'<img [^>]*src="{address}" alt="{alt}" width="\d+" height="\d+"', page), slot
        assert get("judge", "picture", designed.number, slot).content.startswith(b"\x89PNG")
    assert "Demonstration: this training is not accredited." in page
    assert get("judge", "picture", designed.number, "background").status_code == 404


@pytest.mark.parametrize("who", ["prosecutor", "outsider", "trainer", "auditor"])
def test_signatures_are_shown_to_nobody_else(designed, get, who):
    assert get(who, "picture", designed.number, "signature_1").status_code == 404


def test_the_holder_asks_for_a_transcript_and_reads_it_as_a_page(issue, get, browse, judge):
    certificate = issue()
    answer = browse(judge).post(reverse("certificates:request_transcript"))
    transcript = Certificate.objects.get(kind="transcript")
    assert answer.headers["Location"] == transcript.get_absolute_url()
    page = get("judge", "certificate", transcript.number).text
    assert "Your transcript" in page
    assert certificate.number in page
    assert "Hours in total" in page
    two = reverse("certificates:two_languages", args=[transcript.number])
    assert f'action="{two}"' not in page
    shown = get(None, "verify_number", transcript.number).text
    assert "This certificate is valid" in shown


def test_without_a_certificate_there_is_no_transcript(browse, judge):
    answer = browse(judge).post(reverse("certificates:request_transcript"), follow=True)
    assert "You have no certificate yet that a transcript could list." in answer.text
    assert not Certificate.objects.exists()
