"""The verdict on whatever is handed in, by the register and by what is published."""

import datetime
import hashlib
import io
import json
import re
import struct
import zlib
from dataclasses import replace

import pytest
import segno
from django.utils import timezone
from PIL import Image

from certificates import (
    credential,
    documents,
    issuing,
    key_set,
    keymaking,
    keys,
    photographs,
    revocations,
    seal,
)
from certificates.checking import Evidence, Published, Register, Verdict, check_file, check_text
from certificates.choices import KeyUse, RevokeReason
from certificates.models import StoredDocument
from certificates.pdf import qr

pytestmark = pytest.mark.django_db


def picture(text, kind="png", **options):
    out = io.BytesIO()
    qr.code(text).save(out, kind="png", scale=6, border=4)
    if kind == "png":
        return out.getvalue()
    converted = io.BytesIO()
    Image.open(out).convert("L").save(converted, kind, **options)
    return converted.getvalue()


def pdf_of(certificate, language="en"):
    return documents.read(documents.obtain(certificate=certificate, language=language))


@pytest.fixture(params=["register", "published"])
def source(request):
    """Return a function that gives what is known now: the register, or what is published."""

    def now():
        if request.param == "register":
            return Register()
        known = key_set.read(json.dumps(key_set.published(keys.public_keys())))
        return Published(known, revocations.open_list(revocations.current(), known))

    return now


@pytest.fixture
def given():
    """Return a function that gives a certificate in each form in which it can be handed in."""

    def forms(certificate):
        text = seal.seal(certificate, language="en")
        return {
            "text": (text.encode(), Evidence.SEAL),
            "picture": (picture(text), Evidence.SEAL),
            "jpeg": (picture(text, "jpeg"), Evidence.SEAL),
            "webp": (picture(text, "webp"), Evidence.SEAL),
            "pdf": (pdf_of(certificate), Evidence.PDF),
            "json": (credential.with_proof(certificate, "en"), Evidence.CREDENTIAL),
            "jwt": (credential.as_jwt(certificate, "en").encode(), Evidence.CREDENTIAL),
        }

    return forms


FORMS = ["text", "picture", "jpeg", "webp", "pdf", "json", "jwt"]


# --- what it is worth -----------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
def test_a_certificate_that_stands_is_valid(form, issue, given, source):
    certificate = issue()
    data, evidence = given(certificate)[form]
    finding = check_file(data, source())
    assert (finding.verdict, finding.evidence) == (Verdict.VALID, evidence)
    told = finding.claim or finding.certificate
    assert told.number == certificate.number
    assert str(told.name) == "Lucía Fernández"


@pytest.mark.parametrize("form", FORMS)
def test_a_withdrawn_certificate_is_withdrawn_in_every_form(form, issue, given, source, registrar):
    certificate = issue()
    data, evidence = given(certificate)[form]
    issuing.revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=registrar)
    finding = check_file(data, source())
    assert (finding.verdict, finding.evidence) == (Verdict.REVOKED, evidence)


@pytest.mark.parametrize("form", FORMS)
def test_a_replaced_certificate_is_replaced_in_every_form(form, issue, given, source, registrar, statement):
    certificate = issue()
    data, _evidence = given(certificate)[form]
    issuing.supersede(certificate=certificate, statement=replace(statement, name="L. F."), actor=registrar)
    assert check_file(data, source()).verdict == Verdict.SUPERSEDED


@pytest.mark.parametrize("form", FORMS)
def test_an_expired_certificate_is_expired_in_every_form(form, issue, given, source, statement):
    certificate = issue(replace(statement, valid_until=datetime.date(2020, 1, 1)))
    assert check_file(given(certificate)[form][0], source()).verdict == Verdict.EXPIRED


# --- what was changed, and what is not ours -------------------------------------------------------
def test_a_changed_file_is_not_as_it_was_signed(issue, given, source):
    forms = {form: data for form, (data, _evidence) in given(issue()).items()}
    text = forms["text"].decode()
    changed = {
        "text": text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:],
        "picture": picture(text.replace("/verify/2026", "/verify/2025")),
        "pdf": forms["pdf"][:9000] + b"?" + forms["pdf"][9001:],
        "saved again": forms["pdf"] + b"\n% more",
        "json": forms["json"].replace("Lucía".encode(), b"Lucio"),
        "jwt": forms["jwt"][:-6] + b"AAAAAA",
    }
    for form, data in changed.items():
        finding = check_file(data.encode() if isinstance(data, str) else data, source())
        assert finding.verdict == Verdict.ALTERED, form
        assert finding.certificate is None, form


def test_one_turned_bit_anywhere_in_a_pdf_is_found(issue, source):
    pdf, known = pdf_of(issue()), source()
    begin, end = map(int, re.search(rb"/ByteRange \[0 (\d+) (\d+)", pdf).groups())
    for at in (at for at in range(10, len(pdf), len(pdf) // 60) if not begin < at < end):
        changed = bytearray(pdf)
        changed[at] ^= 1
        finding = check_file(bytes(changed), known)
        assert finding.verdict in (Verdict.ALTERED, Verdict.FOREIGN, Verdict.UNKNOWN_KEY), at


def test_what_others_signed_is_not_ours(issue, given, source):
    forms = given(issue())
    known = source().known
    before = {key.key_id for key in known}
    keymaking.rotate(overlap=datetime.timedelta(0))
    newer = [key for key in keys.public_keys() if key.key_id not in before]
    listed = revocations.open_list(revocations.current(), newer)
    for form, (data, evidence) in forms.items():
        finding = check_file(data, Published(newer, listed))
        assert (finding.verdict, finding.evidence) == (Verdict.UNKNOWN_KEY, evidence), form


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\x00\xff" * 40, b"{}", b"a.b.c", b"%PDF-1.7 nothing", picture("https://example.org/x")],
    ids=["empty", "words", "bytes", "json", "token", "pdf", "another code"],
)
def test_something_else_is_not_one_of_our_certificates(data, source):
    finding = check_file(data, source())
    assert finding.verdict == Verdict.FOREIGN
    assert finding.claim is None


def test_an_older_code_with_the_address_alone_asks_the_register(issue):
    certificate = issue()
    address = f"{seal.site()}/es/verify/{certificate.number}/"
    finding = check_file(picture(address), Register())
    assert (finding.verdict, finding.evidence) == (Verdict.VALID, Evidence.NUMBER)
    assert check_text(certificate.number.lower(), Register()).verdict == Verdict.VALID
    assert check_text("2026-2222-2222", Register()).verdict == Verdict.UNKNOWN


def test_without_the_register_a_number_alone_proves_nothing(issue):
    known = keys.public_keys()
    source = Published(known, revocations.open_list(revocations.current(), known))
    assert check_text(issue().number, source).verdict == Verdict.FOREIGN


def test_a_pdf_from_before_certificates_were_signed_is_known_byte_for_byte(issue):
    certificate = issue()
    document = documents.obtain(certificate=certificate, language="en")
    with document.file.storage.open("old.pdf", "wb") as file:
        file.write(b"%PDF-1.7 as it was drawn")
    digest = hashlib.sha256(b"%PDF-1.7 as it was drawn").hexdigest()
    StoredDocument.objects.create(
        certificate=certificate, language="xx", file="old.pdf", sha256=digest, size=24
    )
    assert check_file(b"%PDF-1.7 as it was drawn", Register()).verdict == Verdict.VALID


# --- keys that leaked -----------------------------------------------------------------------------
def test_what_a_leaked_key_signed_proves_nothing_without_the_register(issue, given):
    certificate = issue()
    forms = given(certificate)
    listed = revocations.current()
    for key in keys.public_keys():
        keymaking.condemn(key_id=key.key_id, since=timezone.now() - datetime.timedelta(days=1))
    known = keys.public_keys()
    source = Published(known, revocations.open_list(listed, known))
    for form in FORMS:
        assert check_file(forms[form][0], source).verdict == Verdict.LEAKED, form
        assert check_file(forms[form][0], Register()).verdict == Verdict.VALID, form


def test_what_a_thief_signs_with_our_key_is_not_in_the_register(issue, statement):
    certificate = issue()
    forged = certificate.statement | {"name": "A Thief"}
    certificate.statement = forged  # in memory alone
    certificate.__dict__.pop("stated", None)
    for text in (
        seal.seal(certificate, language="en"),
        credential.as_jwt(certificate, "en"),
        credential.with_proof(certificate, "en").decode(),
    ):
        assert check_text(text, Register()).verdict == Verdict.ALTERED
    certificate.number = "2026-2222-2222"
    assert check_text(seal.seal(certificate, language="en"), Register()).verdict == Verdict.UNKNOWN


# --- pictures ---------------------------------------------------------------------------------------
def test_a_picture_without_a_code_says_so(source):
    out = io.BytesIO()
    Image.new("L", (200, 200), 200).save(out, "png")
    assert check_file(out.getvalue(), source()).verdict == Verdict.NO_CODE


def test_among_several_codes_ours_is_found(issue, source):
    ours = Image.open(io.BytesIO(picture(seal.seal(issue(), language="en")))).convert("L")
    other = io.BytesIO()
    segno.make("https://example.org", micro=False).save(other, kind="png", scale=6, border=4)
    page = Image.new("L", (ours.width * 2 + 100, ours.height), 255)
    page.paste(Image.open(other).convert("L"), (0, 0))
    page.paste(ours, (ours.width + 100, 0))
    out = io.BytesIO()
    page.save(out, "png")
    assert check_file(out.getvalue(), source()).verdict == Verdict.VALID


def png_header(width, height):
    """A tiny file that claims to unfold to a huge picture."""
    chunks = b""
    row = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    for kind, body in ((b"IHDR", row), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")):
        chunks += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    "data",
    [
        png_header(60_000, 60_000),
        png_header(5000, 5000),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"\xff\xd8\xff\xe0 not a picture",
        b"RIFF1234WEBPVP8 ",
        b"GIF89a" + b"\0" * 20,
        b"\0\0\0\x18ftypheic" + b"\0" * 20,
    ],
    ids=["bomb", "too large", "broken png", "broken jpeg", "broken webp", "gif", "heif"],
)
def test_a_damaged_or_huge_picture_is_not_unfolded(data, source, monkeypatch):
    monkeypatch.setattr(photographs.Image.Image, "convert", lambda *a: pytest.fail("unfolded"))
    assert check_file(data, source()).verdict == Verdict.UNREADABLE


def test_a_large_photo_is_read_at_a_fraction_of_its_size(issue):
    text = seal.seal(issue(), language="en")
    code = Image.open(io.BytesIO(picture(text))).convert("L")
    photo = Image.new("L", (6000, 4500), 240)
    photo.paste(code.resize((3000, 3000)), (1500, 700))
    out = io.BytesIO()
    photo.save(out, "jpeg", quality=70)
    assert photographs.codes(out.getvalue()) == [text]


# --- text of any size --------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["9" * 200_000, "{" * 70_000, "A" * 100_000, "[" * 60_000])
def test_a_long_text_is_refused_at_once(text, source):
    assert check_file(text.encode(), source()).verdict == Verdict.FOREIGN


def test_only_the_keys_of_files_check_files(issue):
    statements = [key for key in keys.public_keys() if key.use == KeyUse.STATEMENT]
    listed = revocations.open_list(revocations.current(), statements)
    finding = check_file(pdf_of(issue()), Published(statements, listed))
    assert finding.verdict == Verdict.UNKNOWN_KEY
