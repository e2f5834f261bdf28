"""The signature on a PDF, as pyHanko and poppler judge it, and our own reading of it."""

import datetime
import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from django.utils import timezone
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates import documents, keymaking, keys
from certificates.choices import KeyUse
from certificates.pdf import render
from certificates.pdf.attachments import attach, attached
from certificates.pdf.examining import Altered, NotSigned, UnknownKey, examine
from certificates.pdf.signing import sign
from certificates.vaults import VaultFault

CREDENTIAL = b'{"type": ["VerifiableCredential"], "name": "Luc\\u00eda"}'


@pytest.fixture(scope="module")
def drawn(sample):
    return attach(render(sample("es")), data=CREDENTIAL, description="The certificate as data")


@pytest.fixture
def signed(db, drawn):
    return sign(drawn, signer=keys.pdf_signer(), reason="Certificate 2026-7F3K-9QXD", label="Signature")


@pytest.fixture
def public(db):
    return {key.key_id: key.public for key in keys.public_keys() if key.use == KeyUse.PDF}


def judged(pdf, chain=None):
    """What pyHanko says of the one signature of a file, trusting the root of a chain (ours by default)."""
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    root = list(load_certs_from_pemder_data((chain or keys.active(KeyUse.PDF).chain).encode()))[-1]
    return validate_pdf_signature(found, ValidationContext(trust_roots=[root], allow_fetching=False))


def changed(pdf, place):
    data = bytearray(pdf)
    data[place] ^= 1
    return bytes(data)


def test_pyhanko_finds_the_signature_trusted_and_the_entire_file_untouched(signed):
    status = judged(signed)
    assert status.bottom_line
    assert status.trusted
    assert status.intact
    assert status.docmdp_ok
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.pkcs7_signature_mechanism == "sha256_ecdsa"


def test_it_certifies_and_allows_no_change(signed):
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert found.docmdp_level is MDPPerm.NO_CHANGES
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.sig_object["/Reason"] == "Certificate 2026-7F3K-9QXD"
    assert {"signing_certificate_v2", "message_digest"} <= {
        attribute["type"].native for attribute in found.signer_info["signed_attrs"]
    }


def test_the_file_stays_pdf_1_7(signed):
    assert signed.startswith(b"%PDF-1.7")
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        assert "/Version" not in pdf.Root
        assert set(pdf.Root.Extensions.keys()) == {"/ESIC"}


def test_what_the_file_says_about_itself_is_left_as_it_was_drawn(signed, drawn):
    with pikepdf.open(io.BytesIO(signed)) as now, pikepdf.open(io.BytesIO(drawn)) as before:
        assert now.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert dict(now.docinfo.items()) == dict(before.docinfo.items())


def test_what_is_under_the_signature_is_the_drawn_file(signed, drawn):
    assert attached(signed) == CREDENTIAL == attached(drawn)
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        form = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert str(field.TU) == str(form.Alt) == "Signature"
        assert form.K.Obj.objgen == field.objgen
        assert pdf.Root.AF[0].AFRelationship == "/Data"


def test_the_same_file_with_the_same_attachment_has_the_same_bytes(sample, drawn):
    again = attach(render(sample("es")), data=CREDENTIAL, description="The certificate as data")
    assert again == drawn
    assert attached(render(sample("es"))) is None


def test_poppler_finds_the_signature_valid(signed, poppler):
    said = poppler("pdfsig", signed).decode()
    assert "Signature is Valid." in said
    assert "Total document signed" in said


def test_poppler_trusts_it_once_the_root_is_imported(signed, poppler, tmp_path):
    certutil = shutil.which("certutil")
    if certutil is None:
        pytest.skip("certutil (libnss3-tools) is not installed")
    store, root = tmp_path / "nss", tmp_path / "root.pem"
    store.mkdir()
    root.write_text("-----BEGIN" + keys.active(KeyUse.PDF).chain.split("-----BEGIN")[2])
    subprocess.run([certutil, "-N", "-d", f"sql:{store}", "--empty-password"], check=True)
    options = ["-n", "issuer", "-t", "CT,C,C", "-i", root]
    subprocess.run([certutil, "-A", "-d", f"sql:{store}", *options], check=True)
    said = poppler("pdfsig", signed, "-nssdir", f"sql:{store}").decode()
    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said


def signature_of(pdf):
    """Where the signature itself stands: the only bytes that it cannot cover."""
    return tuple(int(number) for number in re.search(rb"/ByteRange \[0 (\d+) (\d+)", pdf).groups())


def test_one_flipped_bit_of_the_file_is_noticed(signed, public, poppler):
    before, after = signature_of(signed)
    for place in {
        *range(0, before, before // 50),
        before - 1,
        *range(after, len(signed), 7),
        len(signed) - 1,
    }:
        with pytest.raises((Altered, NotSigned, UnknownKey)):
            examine(changed(signed, place), public)
    in_the_page = changed(signed, before // 2)
    assert not judged(in_the_page).bottom_line
    assert "Signature is Valid." not in poppler("pdfsig", in_the_page).decode()


def test_a_flipped_bit_of_the_signature_breaks_it_or_changes_nothing(signed, public):
    before, after = signature_of(signed)
    right, refused = examine(signed, public), 0
    for place in range(before, after, 61):
        try:
            # the certificates that lie beside a signature are not signed, nor used to check it
            assert examine(changed(signed, place), public) == right
        except (Altered, NotSigned, UnknownKey):
            refused += 1
    assert refused


def test_we_read_our_own_signature(signed, public):
    found = examine(signed, public)
    assert found.key_id == keys.pdf_signer().key_id
    assert abs(found.signed_at - timezone.now()) < datetime.timedelta(minutes=5)


def test_what_is_added_after_signing_is_noticed(signed, public):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = pdf_string("fr")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    for more in (out.getvalue(), signed + b"\n", signed[:-1]):
        with pytest.raises(Altered):
            examine(more, public)
    assert not judged(out.getvalue()).bottom_line


def test_another_issuers_signature_is_not_ours(signed, drawn, public):
    chain = keys.active(KeyUse.PDF).chain
    keymaking.rotate(overlap=datetime.timedelta())
    new = keys.pdf_signer()
    other = sign(drawn, signer=new, reason="x", label="x")
    with pytest.raises(UnknownKey, match=new.key_id):
        examine(other, public)
    # the old one is still judged right, by the old key
    assert examine(signed, public).key_id != new.key_id
    assert judged(signed, chain).bottom_line


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 nothing",
        b"/ByteRange [0 20 24 0]<00>",
        b"%PDF /ByteRange [0 28 32 2]<0g>%%",
        b"%PDF /ByteRange [0 28 34 2]  <3000>%%",
    ],
)
def test_a_file_of_anybody_is_refused_without_falling(data, public):
    with pytest.raises((NotSigned, Altered)):
        examine(data, public)


def test_a_file_before_it_is_signed_says_so(drawn, public):
    with pytest.raises(NotSigned):
        examine(drawn, public)


def test_a_key_that_fails_is_named(drawn, settings, db, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path / "elsewhere")
    with pytest.raises(VaultFault, match="elsewhere.*cannot be read"):
        sign(drawn, signer=keys.pdf_signer(), reason="x", label="x")


def test_a_stored_certificate_is_signed_by_the_key_that_it_names(issue):
    document = documents.obtain(certificate=issue(), language="en")
    data = documents.read(document)
    assert judged(data).bottom_line
    assert document.signed_with == documents.examine(data).key_id == keys.pdf_signer().key_id
    assert documents.find(data) == document
    assert documents.find(data + b" ") is None


def test_the_signature_is_named_in_the_language_of_the_sheet(issue):
    document = documents.obtain(certificate=issue(), language="en")
    with pikepdf.open(io.BytesIO(documents.read(document))) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].TU) == "Digital signature of Judicial Learning"


def test_a_certificate_drawn_twice_at_once_is_kept_once(issue, monkeypatch):
    certificate = issue()
    winner = []

    def slow(document):
        monkeypatch.setattr(documents, "render", render)
        winner.append(documents.obtain(certificate=certificate, language="en"))
        return render(document)

    monkeypatch.setattr(documents, "render", slow)
    assert [documents.obtain(certificate=certificate, language="en")] == winner
    folder = documents.document_storage()
    kept = [
        name
        for part in folder.listdir("certificates")[0]
        for name in folder.listdir(f"certificates/{part}")[1]
    ]
    assert len(kept) == 1


def test_what_was_signed_after_the_key_leaked_is_not_vouched_for(issue):
    document = documents.obtain(certificate=issue(), language="en")
    found = documents.examine(documents.read(document))
    keymaking.condemn(key_id=found.key_id, since=found.signed_at + datetime.timedelta(seconds=1))
    (key,) = (key for key in keys.public_keys() if key.key_id == found.key_id)
    assert key.vouches_at(found.signed_at)
    keymaking.condemn(key_id=found.key_id, since=found.signed_at - datetime.timedelta(days=1))
    (key,) = (key for key in keys.public_keys() if key.key_id == found.key_id)
    assert not key.vouches_at(found.signed_at)


def test_without_keys_the_page_stands_and_the_file_says_later(
    issue, judge, browse, settings, tmp_path, caplog
):
    settings.CERTIFICATE_KEYS = str(tmp_path / "elsewhere")
    certificate = issue()
    page = browse(judge).get(certificate.get_absolute_url())
    assert page.status_code == 200
    answer = browse(judge).get(f"{certificate.get_absolute_url()}pdf/en/", follow=True)
    assert "The file cannot be made at the moment. Please try again later." in answer.content.decode()
    assert "cannot be read" in caplog.text
    assert not certificate.documents.exists()
