"""The pages of certificate designs: what staff fill in, and what is tried before anything is issued."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import User
from certificates import designs
from certificates.models import Certificate, Design
from courses.models import Course, Enrolment
from portal.demo import design as demo
from portal.demo import pictures

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "es", "pt", "fr", "ar", "bn")
NOTHING = {
    **{f"{name}_{code}": "" for name in ("place", "accreditation") for code in LANGUAGES},
    **{f"office_{place}_{code}": "" for place in (1, 2) for code in LANGUAGES},
    "course_code": "",
    "background": "guilloche",
    "signatory_1": "",
    "signatory_2": "",
}


def png(name: str = "logo.png", kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def design(db: None) -> Design:
    demo.make()
    return Design.objects.get()


def url(name: str, *arguments: Any) -> str:
    return reverse(f"programmes:{name}", args=arguments)


def test_staff_make_a_design_with_pictures_and_words(staff: Any) -> None:
    filled = NOTHING | {
        "name": "Ours",
        "signatory_1": "Helena Duarte",
        "office_1_ar": "مديرة",
        "place_es": "Viena",
        "logo": png(),
        "signature_1": png("signature.jpg", "JPEG"),
    }
    answer = staff.post(url("design_new"), filled)
    made = Design.objects.get()
    assert answer.headers["Location"] == url("design", made.key)
    assert made.place_es == "Viena"
    who = made.signatories.get()
    assert (who.name, who.office_ar) == ("Helena Duarte", "مديرة")
    for image in (made.logo, who.signature):
        assert Image.open(image).format == "PNG"
    page = staff.get(url("design_edit", made.key)).text
    assert 'value="Viena"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert url("design_picture", made.key, "signature_1") in page


def test_what_is_no_picture_is_refused_with_a_reason(staff: Any) -> None:
    bad = SimpleUploadedFile("logo.png", b"<svg onload='alert(1)'></svg>")
    page = staff.post(url("design_new"), NOTHING | {"name": "Ours", "logo": bad})
    assert page.status_code == 200
    assert "This is not a PNG or JPEG picture." in page.text
    assert not Design.objects.exists()


def test_an_office_without_a_name_and_a_second_before_a_first_are_refused(staff: Any) -> None:
    page = staff.post(url("design_new"), NOTHING | {"name": "Ours", "office_1_en": "Director"}).text
    assert "Enter the name of the person who signs." in page
    page = staff.post(url("design_new"), NOTHING | {"name": "Ours", "signatory_2": "Helena"}).text
    assert "Enter the first person before the second." in page


def test_letters_that_no_font_has_are_refused_and_warned_of(staff: Any, design: Design, run: Any) -> None:
    filled = NOTHING | {"name": "Ours", "signatory_1": "Helena", "office_1_en": "Director 🎓"}
    page = staff.post(url("design_edit", design.key), filled).text
    assert "Our fonts have no letters for this: 🎓" in page
    assert 'value="Director 🎓"' in page
    Course.objects.update(title_es="Trata 🎓")
    assert "Our fonts have no letters for this: 🎓" in staff.get(url("design", design.key)).text


def test_a_course_has_one_design(staff: Any, design: Design) -> None:
    page = staff.post(url("design_new"), NOTHING | {"name": "Another"}).text
    assert "There is a design for this already." in page
    assert Design.objects.count() == 1


def test_a_picture_is_removed_and_another_kept(staff: Any, design: Design) -> None:
    filled = NOTHING | {"name": "Ours", "signatory_1": "Helena Duarte", "remove_logo": "on"}
    staff.post(url("design_edit", design.key), filled)
    changed = Design.objects.get()
    assert not changed.logo
    assert changed.seal
    assert changed.signatories.get().signature


def test_every_language_is_tried_and_warned_of(staff: Any, design: Design, run: Any) -> None:
    page = staff.get(url("design", design.key)).text
    for code in LANGUAGES:
        assert url("design_sample", design.key, "completion", code) in page
    assert "Everything fits" in page
    Course.objects.update(title_es="Rindfleischetikettierung" * 8)
    page = staff.get(url("design", design.key)).text
    assert "The title of the course is set very small:" in page


@pytest.mark.parametrize(
    "kind", ["attendance", "completion", "achievement", "tutored", "distinction", "transcript"]
)
def test_a_sample_of_each_kind_is_drawn_and_nothing_is_kept(
    staff: Any, design: Design, run: Any, kind: str
) -> None:
    answer = staff.get(url("design_sample", design.key, kind, "ar") + "?names=long")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert not Certificate.objects.exists()


def test_a_sample_is_not_taken_for_a_certificate(staff: Any, design: Design) -> None:
    assert b"/Sig" not in staff.get(url("design_sample", design.key, "completion", "en")).content


def test_two_languages_are_tried_on_one_sheet(staff: Any, design: Design, run: Any) -> None:
    page = staff.get(url("design", design.key) + "?first=ar&second=es").text
    assert url("design_sample", design.key, "completion", "ar+es") in page
    answer = staff.get(url("design_sample", design.key, "completion", "ar+es"))
    assert answer.content.startswith(b"%PDF-1.7")
    page = staff.get(url("design", design.key) + "?first=ar&second=ar").text
    assert "Choose two different languages." in page


@pytest.mark.parametrize(
    "place", ["diploma/en", "completion/xx", "completion/en+en", "transcript/en+ar", "completion/+"]
)
def test_what_cannot_be_drawn_is_not_found(staff: Any, design: Design, place: str) -> None:
    assert staff.get(url("design", design.key) + f"samples/{place}.pdf").status_code == 404


def test_a_picture_that_is_not_there_is_not_found(staff: Any, design: Design) -> None:
    assert staff.get(url("design_picture", design.key, "signature_2")).status_code == 200
    assert staff.get(url("design_picture", design.key, "place")).status_code == 404
    designs.save(design=design, words={}, images={"seal": b""}, signatories=[], actor=None)
    assert staff.get(url("design_picture", design.key, "seal")).status_code == 404
    assert staff.get(url("design_picture", design.key, "signature_1")).status_code == 404


def test_deleting_a_design_asks_first(staff: Any, design: Design) -> None:
    assert "stay as they are" in staff.get(url("design_remove", design.key)).text
    staff.post(url("design_remove", design.key))
    assert not Design.objects.exists()


def test_a_trainer_tries_designs_and_finds_no_way_to_change_them(
    browse: Callable[..., Any], trainer: User, design: Design
) -> None:
    page = browse(trainer).get(url("design", design.key)).text
    assert url("design_edit", design.key) not in page
    assert url("cohorts") not in page
    assert url("design_new") not in browse(trainer).get(url("designs")).text


def test_the_list_asks_no_more_for_more_designs(staff: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert staff.get(url("designs")).status_code == 200
        return len(found)

    demo.make()
    few = asked()
    for code in ("A-1", "B-2", "C-3"):
        designs.save(
            design=Design(name=code, course_code=code),
            words={},
            images={"logo": pictures.logo()},
            signatories=[designs.SignatoryDraft(name="Helena Duarte")],
            actor=None,
        )
    assert asked() <= few + 1


def test_staff_issue_a_transcript_after_being_asked(
    staff: Any, judge: User, enrolled: Callable[..., Enrolment]
) -> None:
    from courses import awards

    address = url("transcript", judge.key)
    taken = enrolled(judge, done=4)
    page = staff.post(address, follow=True).text
    assert "There is no certificate yet that a transcript could list." in page
    awards.award(enrolment=taken)
    assert "It lists 1 certificate that stands today" in staff.get(address).text
    assert address in staff.get(url("learner", judge.key)).text
    page = staff.post(address, follow=True).text
    transcript = Certificate.objects.get(kind="transcript")
    assert transcript.number in page
    assert transcript.person == judge
