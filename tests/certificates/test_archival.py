"""PDF/A-3 and PDF/UA-1 as far as programs here can judge; see docs/decisions/0014.

`pikepdf.pdfa` approves only what it knows. It knows neither level A, nor the extension schema of PDF/UA,
nor signature fields, all of which the standard allows. So it judges the same file at level B without
that schema and before the signature; of the signed file it may say nothing else.
"""

import io
import re
from dataclasses import fields, replace

import outloud
import pikepdf
import pikepdf.pdfa
import pytest
from PIL import Image

from certificates import documents, keys
from certificates.pdf import BilingualDocument, Picture, TranscriptDocument, TranscriptLine, render
from certificates.pdf.attachments import attach
from certificates.pdf.signing import sign

LANGUAGES = ["en", "es", "pt", "fr", "ar", "bn"]
OTHER_SCRIPTS = ["es-dv", "fr-mk", "bn-ne", "ar-ne"]
KINDS = ["pictures", "bilingual", "transcript", "transcript-ar"]
CREDENTIAL = b'{"type": ["VerifiableCredential"], "name": "Luc\\u00eda"}'
UNKNOWN_TO_THE_CHECKER = ("interactive forms (/AcroForm)", "permissions (/Perms)")
# the checker goes no further into a catalogue with a form, and so meets the attachment by itself
NOT_REACHED = "embedded files are not supported"


def stamp():
    """A small PNG with transparency."""
    out = io.BytesIO()
    Image.radial_gradient("L").convert("LA").resize((60, 60)).save(out, "PNG")
    return out.getvalue()


def document(sample, key):
    """A sample by its key, or another kind of document made of samples."""
    if key == "pictures":
        logo = Picture(slot="logo", png=stamp(), alt="Mark of the institute")
        return replace(sample("es"), pictures=(logo,))
    if key == "bilingual":
        return BilingualDocument(first=sample("es"), second=sample("ar"))
    return transcript(sample("ar" if key == "transcript-ar" else "es"))


def transcript(like):
    line = TranscriptLine(
        course=like.course,
        code="TIP-101",
        dates=like.issued_line,
        hours="18",
        language="es",
        kind=like.title,
        number=like.number,
        state="valid",
    )
    shared = {
        field.name: getattr(like, field.name)
        for field in fields(TranscriptDocument)
        if hasattr(like, field.name)
    }
    return TranscriptDocument(
        **shared,
        headings=("Course", "Dates", "Hours", "Language", "Certificate", "State"),
        lines=(line,) * 30,
        total_label="Total",
        total="540",
        page_label="%(page)s / %(pages)s",
    )


@pytest.fixture(scope="module")
def attached(sample):
    """Return a function that gives a drawn document with the credential in it."""
    made = {}

    def of(key):
        if key not in made:
            drawn = render(document(sample, key) if key in KINDS else sample(key))
            made[key] = attach(drawn, data=CREDENTIAL, description="The certificate as data")
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


def harmless(found):
    """What `outloud` suspects and a person has looked at."""
    if found.rule == "TXT-004":
        # one letter has several forms, which are glyphs of their own and mean the same
        return found.severity == "warning"
    # the foot of a transcript is read out on its first page, and is a running foot on the others
    return found.rule == "TAG-002" and "/verify/" in found.evidence and found.page > 1


def findings(pdf):
    return [str(found) for found in pikepdf.pdfa.validate_written(io.BytesIO(pdf), "3b").findings]


@pytest.mark.parametrize("key", LANGUAGES + OTHER_SCRIPTS + KINDS)
def test_the_file_with_its_credential_keeps_the_rules_of_pdf_a_3b(key, attached):
    assert findings(at_level_b(attached(key))) == []


@pytest.mark.parametrize("key", LANGUAGES)
def test_the_signature_adds_nothing_but_what_the_checker_does_not_know(key, attached, db):
    said = findings(signed(at_level_b(attached(key))))
    assert all(any(known in each for each in said) for known in UNKNOWN_TO_THE_CHECKER)
    assert [each for each in said if not any(k in each for k in (*UNKNOWN_TO_THE_CHECKER, NOT_REACHED))] == []


@pytest.mark.parametrize("key", LANGUAGES + KINDS)
def test_the_signed_file_keeps_the_rules_of_pdf_ua_1(key, attached, db, tmp_path):
    file = tmp_path / f"{key}.pdf"
    file.write_bytes(signed(attached(key)))
    result = outloud.check(str(file))
    assert result.error is None
    assert [str(found) for found in result.findings if not harmless(found)] == []
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
    assert result.error is None
    assert [str(found) for found in result.findings if not harmless(found)] == []
    with pikepdf.open(io.BytesIO(data)) as opened:
        packet = opened.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
