"""Designs: what is frozen of one when a certificate is issued, and that nothing changes it later."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from accounts.models import AuditEntry
from certificates import designs, drawings, pictures
from certificates.choices import Background, Kind
from certificates.designs import SignatoryDraft
from certificates.models import Design
from certificates.pdf import BilingualDocument

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def png(colour):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def make(db):
    """Return a function that makes a design."""

    def made(course_code="", **changes):
        fields = {
            "design": Design(name="Ours", course_code=course_code),
            "words": {"place": {"es": "Viena", "en": "Vienna"}, "accreditation": {"en": "Accredited."}},
            "images": {"logo": png("navy")},
            "signatories": [
                SignatoryDraft(name="Helena Duarte", office={"en": "Director"}, signature=png("black")),
                SignatoryDraft(name="Idris Okonjo", office={"es": "Jefe"}),
            ],
            "actor": None,
        }
        return designs.save(**fields | changes)

    return made


def test_a_course_has_its_own_design_or_the_one_for_all(make):
    assert designs.design_for("TIP-101") is None
    common = make()
    assert designs.design_for("TIP-101") == common
    own = make("TIP-101")
    assert designs.design_for("TIP-101") == own
    assert designs.design_for("JWB-101") == common


def test_without_a_design_nothing_is_printed_of_one():
    assert designs.frozen(None)["signatories"] == ()


def test_the_words_of_a_design_are_frozen_in_every_language(make):
    kept = designs.frozen(make())
    assert kept["place"] == {"en": "Vienna", "es": "Viena"}
    assert [who.name for who in kept["signatories"]] == ["Helena Duarte", "Idris Okonjo"]
    assert kept["signatories"][0].office == {"en": "Director"}
    assert kept["signatories"][1].signature == ""
    assert pictures.read(kept["signatories"][0].signature) == png("black")
    assert pictures.read(kept["look"].logo) == png("navy")


def test_what_was_issued_stays_when_the_design_changes(make, issue, statement, registrar):
    design = make()
    certificate = issue(replace(statement, **designs.frozen(design)))
    before = drawings.document_of(certificate, "en")
    designs.save(
        design=design,
        words={"place": {"en": "Paris"}, "accreditation": {}},
        images={"logo": png("red")},
        signatories=[SignatoryDraft(name="Somebody Else")],
        actor=registrar,
    )
    designs.remove(design=design, actor=registrar)
    again = drawings.document_of(type(certificate).objects.get(), "en")
    assert again.pictures == before.pictures
    assert [picture.png for picture in again.pictures] == [png("navy"), png("black")]
    assert again.issued_line.startswith("Issued in Vienna on ")
    assert again.accreditation == "Accredited."
    assert [who.name for who in again.signatories] == ["Helena Duarte", "Idris Okonjo"]


def test_a_picture_stays_when_no_other_is_chosen_and_goes_when_it_is_removed(make):
    design = make()
    same = {"words": {}, "images": {}, "actor": None}
    drafts = [SignatoryDraft(name="Helena Duarte"), SignatoryDraft(name="Idris Okonjo")]
    design = designs.save(design=Design.objects.get(), signatories=drafts, **same)
    assert design.logo
    assert design.signatories.get(place=1).signature
    drafts[0] = SignatoryDraft(name="Helena Duarte", signature=b"")
    designs.save(design=Design.objects.get(), signatories=drafts, **same | {"images": {"logo": b""}})
    assert not Design.objects.get().logo
    assert not design.signatories.get(place=1).signature


def test_who_no_longer_signs_is_gone(make):
    make()
    designs.save(
        design=Design.objects.get(),
        words={},
        images={},
        signatories=[SignatoryDraft(name="Idris Okonjo")],
        actor=None,
    )
    assert [(who.place, who.name) for who in Design.objects.get().signatories.all()] == [(1, "Idris Okonjo")]


def test_each_change_of_a_design_is_written_down(make, registrar):
    design = make(actor=registrar)
    designs.save(design=design, words={}, images={}, signatories=[], actor=registrar)
    designs.remove(design=design, actor=registrar)
    entries = AuditEntry.objects.filter(target_key=str(design.key)).order_by("pk")
    assert [entry.verb for entry in entries] == ["design_made", "design_changed", "design_removed"]
    assert {entry.actor for entry in entries} == {registrar}


def test_a_design_written_in_another_language_has_that_for_its_source(make):
    design = make(words={"place": {"ar": "فيينا"}, "accreditation": {}})
    assert design.source_language == "ar"
    assert Design.objects.get().place_ar == "فيينا"


def test_every_picture_has_words_in_the_language_of_the_paper(make, issue, statement):
    certificate = issue(replace(statement, **designs.frozen(make())))
    said = {one.slot: one.alt for one in certificate.printed("en").pictures}
    assert said == {"logo": "Logo of Judicial Learning", "signature_1": "Signature of Helena Duarte"}


def test_background_and_pictures_reach_the_drawing(make, issue, statement):
    design = make()
    design.background = Background.PLAIN
    document = drawings.document_of(issue(replace(statement, **designs.frozen(design))), "en")
    assert document.background == "plain"
    assert [picture.slot for picture in document.pictures] == ["logo", "signature_1"]


def test_two_languages_are_drawn_where_both_are_the_certificates(issue, statement):
    certificate = issue()
    both = drawings.document_of(certificate, "ar+es")
    assert isinstance(both, BilingualDocument)
    assert (both.first.language, both.second.language) == ("ar", "es")
    for wrong in ("ar+ar", "ar+xx", "ar+es+en", "+", "xx"):
        with pytest.raises(KeyError):
            drawings.document_of(certificate, wrong)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.TRANSCRIPT])
def test_each_kind_has_a_heading_and_a_sentence_of_its_own(kind, issue, statement):
    words = issue(replace(statement, kind=kind.value)).printed("en")
    expected = {
        "attendance": ("Certificate of attendance", "for attending the course"),
        "completion": ("Certificate of completion", "for completing the course"),
        "achievement": (
            "Certificate of achievement",
            "for completing and passing the final test of the course",
        ),
        "tutored": ("Certificate of tutored training", "for completing, guided by a tutor, the course"),
        "distinction": ("Certificate with distinction", "for completing with distinction the course"),
    }
    assert (words.title, words.statement) == expected[kind.value]
    assert words.detail.startswith("18 hours of judicial training, ")
    assert ("attended until" in words.detail) == (kind == Kind.ATTENDANCE)


def test_a_grade_is_named_where_there_is_one(issue, statement):
    words = issue(replace(statement, kind="achievement", grade_band="merit")).printed("en")
    assert words.grade == "Grade: merit"


def test_a_kind_without_words_in_a_language_is_not_offered_in_it(issue, statement, monkeypatch):
    monkeypatch.setattr("certificates.phrases.is_phrased", lambda code, kind: code in ("en", "ar"))
    assert issue(replace(statement, kind="tutored")).languages == ("en", "ar")
