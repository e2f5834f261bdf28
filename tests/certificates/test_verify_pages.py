"""The public pages that look at files, and the addresses for programs."""

import datetime
import io
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from certificates import checker, credential, documents, issuing, keys, public_views, seal, throttle, uploads
from certificates.choices import RevokeReason
from certificates.pdf import qr

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand_in(client):
    """Return a function that hands a file or a text in, as a visitor."""

    def post(data=None, *, name="file", text="", language="en"):
        form = {"text": text} | ({"file": SimpleUploadedFile(name, data)} if data is not None else {})
        return client.post(f"/{language}/verify/file/", form)

    return post


def picture(text):
    out = io.BytesIO()
    qr.code(text).save(out, kind="png", scale=6, border=4)
    return out.getvalue()


def pdf_of(certificate, language="en"):
    return documents.read(documents.obtain(certificate=certificate, language=language))


# --- what the page says ---------------------------------------------------------------------------
def test_a_photo_a_file_a_credential_and_a_text_lead_to_the_same_answer(issue, hand_in):
    certificate = issue()
    text = seal.seal(certificate, language="en")
    answers = {
        "Its text is exactly as it was signed.": hand_in(picture(text), name="photo.png"),
        "exactly as it was signed, to the last byte": hand_in(pdf_of(certificate), name="c.pdf"),
        "It says exactly what was signed.": hand_in(credential.with_proof(certificate, "en"), name="c.json"),
        "Its text is exactly": hand_in(text=text),
    }
    for words, answer in answers.items():
        page = answer.content.decode()
        assert answer.status_code == 200
        for shown in ("This certificate is valid", "Lucía Fernández", certificate.number, words):
            assert shown in page
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]


def test_the_answer_is_in_the_language_of_the_visitor(issue, hand_in):
    answer = hand_in(text=seal.seal(issue(), language="ar"), language="es").content.decode()
    assert "Este certificado es válido" in answer
    assert "Trata de personas" in answer


def test_a_changed_file_shows_nothing_of_the_certificate(issue, hand_in):
    certificate = issue()
    pdf = pdf_of(certificate)
    for answer in (
        hand_in(pdf + b"\n", name="c.pdf"),
        hand_in(text=seal.seal(certificate, language="en")[:-1] + "$"),
        hand_in(credential.with_proof(certificate, "en").replace(b"TIP-101", b"TIP-102")),
    ):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "This is not as it was signed" in page
        assert "Luc" not in page
        assert certificate.number not in page


def test_a_withdrawn_certificate_is_withdrawn_though_its_file_is_unchanged(issue, hand_in, registrar):
    certificate = issue()
    pdf = pdf_of(certificate)
    issuing.revoke(certificate=certificate, reason=RevokeReason.REQUIREMENTS, actor=registrar)
    page = hand_in(pdf).content.decode()
    assert "This certificate has been withdrawn" in page
    assert "The requirements of the course were not met." in page
    assert "Luc" not in page


def test_something_else_is_named_for_what_it_is(hand_in):
    out = io.BytesIO()
    Image.new("L", (100, 100), 255).save(out, "png")
    assert "No QR code was found in the picture" in hand_in(out.getvalue()).content.decode()
    assert "This is not one of our certificates" in hand_in(b"%PDF-1.7 of another").content.decode()
    assert "The picture cannot be read" in hand_in(b"\xff\xd8\xff broken").content.decode()


def test_an_older_code_leads_to_the_page_of_its_number(issue, hand_in):
    number = issue().number
    for typed in (f"https://learning.example.org/es/verify/{number}/", number.lower()):
        answer = hand_in(text=typed)
        assert answer["Location"] == f"/en/verify/{number}/"
    assert hand_in(text="2026-2222-2222")["Location"] == "/en/verify/2026-2222-2222/"


def test_nothing_handed_in_asks_for_something(hand_in):
    answer = hand_in()
    assert answer.status_code == 400
    assert "Choose a file, or paste the text of the QR code." in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()


# --- what happens to a file -----------------------------------------------------------------------
def test_a_file_is_never_written_to_a_disk(hand_in, issue, monkeypatch):
    pdf = pdf_of(issue())
    handed: list[object] = []
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *a, **k: pytest.fail("written"))
    look = public_views.checking.check_file
    monkeypatch.setattr(
        public_views.checking, "check_file", lambda data, known: handed.append(data) or look(data, known)
    )
    hand_in(pdf + b" " * 5_000_000)
    assert isinstance(handed[0], bytes)
    assert len(handed[0]) > 5_000_000


def test_a_file_that_is_too_large_is_refused_in_words(hand_in, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    answer = hand_in(b"x" * 1001)
    assert answer.status_code == 413
    assert "The file is too large." in answer.content.decode()


def test_many_files_together_are_held_no_longer_than_one(client, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    files = {f"file{n}": SimpleUploadedFile("x", b"x" * 600) for n in range(2)}
    assert client.post("/en/verify/file/", files).status_code == 413


def test_files_cannot_be_handed_in_without_end(hand_in, monkeypatch):
    monkeypatch.setattr(throttle, "FILES", 3)
    monkeypatch.setattr(throttle.time, "time", lambda: 1_000_000.0)
    answers = [hand_in(b"x") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_another_site_cannot_hand_a_file_in(issue):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/en/verify/file/", {"text": "x"}).status_code == 403
    word = strict.get("/en/verify/").cookies["aula_csrf"].value
    answer = strict.post("/en/verify/file/", {"text": "x", "csrfmiddlewaretoken": word})
    assert answer.status_code == 200


def test_a_file_asks_the_database_four_times_at_most(issue, client, django_assert_max_num_queries):
    pdf, text = pdf_of(issue()), seal.seal(issue(), language="en")
    with django_assert_max_num_queries(4):
        client.post("/en/verify/file/", {"file": SimpleUploadedFile("c.pdf", pdf)})
    with django_assert_max_num_queries(4):
        client.post("/en/verify/file/", {"text": text})


# --- programs ------------------------------------------------------------------------------------------
def told(client, number):
    answer = client.get(f"/verify/{number}.json")
    return answer.status_code, json.loads(answer.content)


def test_a_personnel_system_is_told_what_the_page_says(issue, client, statement):
    certificate = issue(replace(statement, valid_until=datetime.date(2031, 1, 2)))
    status, answer = told(client, certificate.number)
    assert status == 200
    assert answer.pop("checked_at")
    assert answer == {
        "number": certificate.number,
        "state": "valid",
        "kind": "completion",
        "name": "Lucía Fernández",
        "latin_name": None,
        "course_code": "TIP-101",
        "course": dict(statement.course_titles),
        "hours": "18.0",
        "completed_on": "2026-11-14",
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": "2031-01-02",
        "issuer": "Judicial Learning",
        "revoked_on": None,
        "reason": None,
    }


def test_a_personnel_system_is_not_told_the_name_on_what_does_not_stand(issue, client, registrar, statement):
    certificate = issue()
    issuing.revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=registrar)
    _status, answer = told(client, certificate.number)
    assert (answer["state"], answer["reason"], answer["name"]) == ("revoked", "issued_in_error", None)
    assert answer["revoked_on"]
    old = issue(replace(statement, award_key=certificate.key))
    new = issuing.supersede(
        certificate=old, statement=replace(statement, award_key=certificate.key), actor=registrar
    )
    _status, answer = told(client, old.number)
    assert (answer["state"], answer["name"]) == ("superseded", None)
    assert new.number not in json.dumps(answer)


def test_every_answer_has_the_same_shape(issue, client):
    known = told(client, issue().number)[1]
    for number in ("2026-2222-2222", "2026-7F3K", "hello"):
        status, answer = told(client, number)
        assert status == 404
        assert answer["state"] == "unknown"
        assert list(answer) == list(known)
        assert {answer[name] for name in answer if name not in ("number", "state", "checked_at")} == {None}


def test_a_number_costs_as_much_whether_it_is_known_or_not(issue, client, django_assert_num_queries):
    for number in (issue().number, "2026-2222-2222"):
        with django_assert_num_queries(1):
            client.get(f"/verify/{number}.json")


def test_programs_share_the_limit_of_the_page(client, monkeypatch):
    monkeypatch.setattr(throttle, "LOOKUPS", 2)
    monkeypatch.setattr(throttle.time, "time", lambda: 1_000_000.0)
    assert client.get("/en/verify/2026-2222-2222/").status_code == 404
    assert client.get("/verify/2026-2222-2222.json").status_code == 404
    answer = client.get("/verify/2026-2222-2222.json")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


def test_keys_and_list_are_at_stable_addresses_for_any_site_and_cache(client):
    for path, kind in (
        ("/verify/keys.json", "application/jwk-set+json"),
        ("/verify/revocations.json", "application/json"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Content-Type"] == kind
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert {"public", "max-age=3600"} <= set(answer["Cache-Control"].split(", "))
        json.loads(answer.content)


def test_the_address_in_the_code_leads_to_the_page_in_the_language_of_the_visitor(issue, client):
    number = issue().number
    answer = client.get(f"/verify/{number}", headers={"accept-language": "ar"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/ar/verify/{number}/"


def test_the_checker_is_a_file_to_save_that_would_not_run_here(client):
    answer = client.get("/verify/checker.html")
    assert answer["Content-Disposition"] == f'attachment; filename="{checker.FILE}"'
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/verify/revocations.json", "/verify/checker.html"])
def test_without_keys_programs_are_told_to_come_back(path, client, monkeypatch):
    def none():
        raise keys.NoKeys("There are no keys.")

    monkeypatch.setattr(keys, "statement_signer", none)
    assert client.get(path).status_code == 503
