"""PDF/A-3 and PDF/UA-1 as far as programs here can judge; see docs/decisions/0014.

`pikepdf.pdfa` approves only what it knows. It knows neither level A, nor the extension schema of PDF/UA,
nor signature fields, all of which the standard allows. So it judges the same file at level B without
that schema and before the signature; of the signed file it may say nothing else.
"""

import io
import re

import outloud
import pikepdf
import pikepdf.pdfa
import pytest

from certificates import documents, keys
from certificates.pdf import render
from certificates.pdf.attachments import attach
from certificates.pdf.signing import sign

LANGUAGES = ["en", "es", "pt", "fr", "ar", "bn"]
OTHER_SCRIPTS = ["es-dv", "fr-mk", "bn-ne", "ar-ne"]
CREDENTIAL = b'{"type": ["VerifiableCredential"], "name": "Luc\\u00eda"}'
UNKNOWN_TO_THE_CHECKER = ("interactive forms (/AcroForm)", "permissions (/Perms)")
# the checker goes no further into a catalogue with a form, and so meets the attachment by itself
NOT_REACHED = "embedded files are not supported"


@pytest.fixture(scope="module")
def attached(sample):
    """Return a function that gives a drawn sample with the credential in it."""
    made = {}

    def of(key):
        if key not in made:
            made[key] = attach(render(sample(key)), data=CREDENTIAL, description="The certificate as data")
        return made[key]

    return of


def signed(pdf):
    return sign(pdf, signer=keys.pdf_signer(), reason="Certificate 2026-7F3K-9QXD", label="Signature")


def at_level_b(pdf):
    """The file without the two things in its XMP packet that the checker does not know."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        packet = opened.Root.Metadata.read_bytes().decode()
        packet = re.sub(r"<rdf:Description xmlns:pdfaExtension=.*(?=</rdf:RDF>)", "", packet, flags=re.DOTALL)
        packet, changes = re.subn(r"(?<=<pdfaid:conformance>)A", "B", packet)
        assert changes == 1
        assert "pdfuaid" not in packet
        opened.Root.Metadata = opened.make_stream(
            packet.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        out = io.BytesIO()
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False)
        return out.getvalue()


def findings(pdf):
    return [str(found) for found in pikepdf.pdfa.validate_written(io.BytesIO(pdf), "3b").findings]


@pytest.mark.parametrize("key", LANGUAGES + OTHER_SCRIPTS)
def test_the_file_with_its_credential_keeps_the_rules_of_pdf_a_3b(key, attached):
    assert findings(at_level_b(attached(key))) == []


@pytest.mark.parametrize("key", LANGUAGES)
def test_the_signature_adds_nothing_but_what_the_checker_does_not_know(key, attached, db):
    said = findings(signed(at_level_b(attached(key))))
    assert all(any(known in each for each in said) for known in UNKNOWN_TO_THE_CHECKER)
    assert [each for each in said if not any(k in each for k in (*UNKNOWN_TO_THE_CHECKER, NOT_REACHED))] == []


@pytest.mark.parametrize("key", LANGUAGES)
def test_the_signed_file_keeps_the_rules_of_pdf_ua_1(key, attached, db, tmp_path):
    file = tmp_path / f"{key}.pdf"
    file.write_bytes(signed(attached(key)))
    result = outloud.check(str(file))
    assert result.error is None
    assert (result.errors, result.warnings) == (0, 0), [str(found) for found in result.findings]
    assert result.stats["tagged"]


def test_the_checkers_do_find_what_is_wrong(attached, db, tmp_path):
    with pikepdf.open(io.BytesIO(at_level_b(attached("en")))) as opened:
        del opened.Root.OutputIntents
        del opened.Root.StructTreeRoot
        out = io.BytesIO()
        opened.save(out)
    (tmp_path / "bare.pdf").write_bytes(out.getvalue())
    assert findings(out.getvalue())
    assert outloud.check(str(tmp_path / "bare.pdf")).errors


def test_a_certificate_as_it_is_stored_is_accessible_and_archival(issue, tmp_path):
    data = documents.read(documents.obtain(certificate=issue(), language="en"))
    (tmp_path / "stored.pdf").write_bytes(data)
    result = outloud.check(str(tmp_path / "stored.pdf"))
    assert (result.error, result.errors, result.warnings) == (None, 0, 0)
    with pikepdf.open(io.BytesIO(data)) as opened:
        packet = opened.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
