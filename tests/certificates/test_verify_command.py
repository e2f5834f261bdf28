"""`manage.py verify_certificate` and `make_checker`."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from certificates import checker, credential, documents, issuing, key_set, keys, revocations, seal
from certificates.choices import RevokeReason
from certificates.pdf import qr

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Return a function that checks a file or a text and gives exit code and output."""

    def verify(given, *options):
        out = io.StringIO()
        what = given
        if isinstance(given, bytes):
            what = tmp_path / "given"
            what.write_bytes(given)
        with pytest.raises(SystemExit) as end:
            call_command("verify_certificate", str(what), *options, stdout=out)
        return end.value.code, out.getvalue()

    return verify


@pytest.fixture
def published(tmp_path):
    """Return a function that writes what is published now, and gives the options that name it."""

    def files():
        (tmp_path / "keys.json").write_text(json.dumps(key_set.published(keys.public_keys())))
        (tmp_path / "revocations.json").write_text(revocations.current())
        return (f"--keys={tmp_path / 'keys.json'}", f"--revocations={tmp_path / 'revocations.json'}")

    return files


def pdf_of(certificate):
    return documents.read(documents.obtain(certificate=certificate, language="en"))


def photo_of(certificate):
    out = io.BytesIO()
    qr.code(seal.seal(certificate, language="en")).save(out, kind="png", scale=5, border=4)
    return out.getvalue()


@pytest.mark.parametrize("offline", [False, True])
def test_every_form_is_checked_with_and_without_the_register(offline, issue, run, published):
    certificate = issue()
    options = published() if offline else ()
    forms = {
        "QR code": seal.seal(certificate, language="es"),
        " QR code": photo_of(certificate),
        "PDF file": pdf_of(certificate),
        "Digital credential": credential.with_proof(certificate, "en"),
        " Digital credential": credential.as_jwt(certificate, "en"),
    }
    for form, given in forms.items():
        code, out = run(given, *options)
        assert code == 0, out
        for words in (
            "valid. This certificate is valid.",
            certificate.number,
            "Lucía Fernández",
            form.strip(),
        ):
            assert words in out
        assert ("the date of the list" in out) is offline


def test_pyhanko_is_asked_about_files(issue, run, published):
    _code, out = run(pdf_of(issue()), *published())
    assert "pyHanko:      intact, trusted" in out
    _code, out = run(pdf_of(issue()))
    assert "pyHanko:      intact, trusted" in out


@pytest.mark.parametrize("offline", [False, True])
def test_the_exit_code_says_the_verdict(offline, issue, run, published, registrar, statement):
    gone, old = issue(), None
    issuing.revoke(certificate=gone, reason=RevokeReason.ERROR, actor=registrar)
    other = replace(statement, award_key=gone.key)
    old = issue(other)
    issuing.supersede(certificate=old, statement=other, actor=registrar)
    expired = issue(replace(statement, award_key=old.key, valid_until=statement.completed_on.replace(2020)))
    options = published() if offline else ()
    text = seal.seal(old, language="en")
    pdf = pdf_of(old)
    for given, code in (
        (seal.seal(gone, language="en"), 5),
        (text, 4),
        (pdf, 4),
        (seal.seal(expired, language="en"), 3),
        (text[:-1] + ("A" if text[-1] != "A" else "B"), 6),
        (pdf + b" ", 6),
        (pdf[:5000] + b"?" + pdf[5001:], 6),
        ("2026-2222-2222", 10 if offline else 9),
        ("hello", 10),
        (b"\xff\xd8\xff", 12),
    ):
        assert run(given, *options)[0] == code, given[:60]


def test_a_withdrawn_certificate_tells_since_when(issue, run, published, registrar):
    certificate = issue()
    issuing.revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=registrar)
    assert "Since:" in run(seal.seal(certificate, language="en"), *published())[1]


def test_the_files_of_the_issuer_belong_together_and_must_be_right(issue, run, published, tmp_path):
    text = seal.seal(issue(), language="en")
    by_keys, by_list = published()
    for options in (
        (by_keys,),
        (by_list,),
        ("--keys=/none", by_list),
        (by_list.replace("rev", "xx"), by_keys),
    ):
        with pytest.raises(CommandError):
            call_command("verify_certificate", text, *options)
    (tmp_path / "keys.json").write_text('{"keys": []}')
    with pytest.raises(CommandError, match="not among the keys"):
        call_command("verify_certificate", text, by_keys, by_list)
    (tmp_path / "keys.json").write_text("{}")
    with pytest.raises(CommandError, match="set of an issuer's keys"):
        call_command("verify_certificate", text, by_keys, by_list)


def test_the_checker_is_written_to_a_file(tmp_path):
    out = io.StringIO()
    call_command("make_checker", str(tmp_path / "checker.html"), stdout=out)
    assert (tmp_path / "checker.html").read_text().startswith("<!doctype html>")
    with pytest.raises(CommandError):
        call_command("make_checker", str(tmp_path / "none" / "checker.html"))
    assert checker.FILE == "certificate-checker.html"
