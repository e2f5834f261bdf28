"""SVG pictures: drawings are taken and shown as they are, anything more is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image

from accounts.models import User
from courses import vector
from courses.blocks import LessonBlocks
from courses.models import LessonPage
from courses.package.importing import import_course
from courses.package.reading import BadPackage, read

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" viewBox="0 0 800 600">'
    '<defs><path id="a" d="M0 0h9v9z"/></defs><use href="#a"/>%s</svg>'
)
HARMLESS = SVG % '<rect width="9" height="9" fill="#fff"/>'


@pytest.mark.parametrize(
    "more",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<rect onload="alert(1)"/>',
        '<image href="https://example.org/a.png"/>',
        '<use href="https://example.org/a.svg#x"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="other.svg#x"/>',
        '<rect fill="url(https://example.org/a.svg#x)"/>',
        '<rect style="background: url( //example.org/a )"/>',
        "<style>@import 'a.css';</style>",
        '<a href="#x"><rect/></a>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<p xmlns="http://www.w3.org/1999/xhtml">x</p>',
        '<g xml:base="https://example.org/"/>',
    ],
)
def test_an_svg_file_that_does_more_than_draw_is_refused(more: str) -> None:
    assert list(vector.faults((SVG % more).encode()))


@pytest.mark.parametrize(
    "content",
    [
        b"not a picture",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY x "y">]>' + HARMLESS.encode(),
        b'<?xml-stylesheet href="https://example.org/a.css"?>' + HARMLESS.encode(),
        b'<?xml version="1.0" encoding="utf-7"?>' + HARMLESS.encode(),
        HARMLESS.encode("utf-16"),
        (SVG % "<g/>" * 200_000).encode(),
    ],
)
def test_a_file_that_is_not_plain_svg_is_refused(content: bytes) -> None:
    assert list(vector.faults(content))


def test_a_drawing_with_references_inside_itself_is_taken() -> None:
    assert list(vector.faults(HARMLESS.encode())) == []
    assert list(vector.faults(b'<?xml version="1.0" encoding="UTF-8"?>\n' + HARMLESS.encode())) == []


@pytest.mark.django_db
def test_an_upload_in_the_editor_is_looked_into(
    browse: Callable[[User], Client], administrator: User, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = browse(administrator)

    def upload(content: str) -> None:
        file = SimpleUploadedFile("drawing.svg", content.encode(), "image/svg+xml")
        client.post(reverse("wagtailimages:add"), {"title": "Drawing", "file": file, "collection": 1})

    upload(SVG % "<script>alert(1)</script>")
    assert not Image.objects.exists()
    upload(HARMLESS)
    assert Image.objects.get().is_svg()


@pytest.mark.django_db
def test_a_vector_picture_is_shown_as_vector_with_its_words(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    drawing = Image.objects.create(title="d", file=ContentFile(HARMLESS.encode(), name="d.svg"))
    block = LessonBlocks().child_blocks["image"]
    value = block.normalize({"file": drawing, "alt": "Three boxes", "caption": "Act and purpose"})
    html = str(block.render(value, {"block_id": "b1", "heading": "h3", "language": "en"}))
    assert '.svg"' in html
    assert 'width="800" height="600"' in html
    assert 'alt="Three boxes"' in html
    shown = drawing.renditions.get()
    content = shown.file.read()
    assert b"<path" in content
    assert list(vector.faults(content)) == []


COURSE = {
    "code": "SVG-1",
    "key": "11111111-1111-4111-8111-111111111111",
    "slug": "svg",
    "version": 1,
    "source_language": "en",
    "languages": ["en", "ar"],
    "title": {"en": "Drawings", "ar": "رسوم"},
    "summary": {"en": "Of drawings.", "ar": "عن الرسوم."},
    "hours": 1,
    "enrolment": "open",
    "modules": ["01-one"],
}
MODULE = {
    "key": "22222222-2222-4222-8222-222222222222",
    "slug": "one",
    "title": {"en": "One", "ar": "واحد"},
    "items": ["01-first.yaml"],
}
LESSON = {
    "type": "lesson",
    "key": "33333333-3333-4333-8333-333333333333",
    "slug": "first",
    "title": {"en": "First", "ar": "أول"},
    "minutes": 5,
    "body": [
        {
            "type": "image",
            "id": "picture-1",
            "file": {"en": "media/drawing.en.svg", "ar": "media/drawing.ar.svg"},
            "alt": {"en": "Act and purpose", "ar": "الفعل والغرض"},
        }
    ],
}


def package(place: Path, more: str) -> Path:
    """A course of one lesson with one drawing in each language."""
    module = place / "modules" / "01-one"
    module.mkdir(parents=True)
    (place / "media").mkdir()
    for path, data in (
        (place / "course.yaml", COURSE),
        (module / "module.yaml", MODULE),
        (module / "01-first.yaml", LESSON),
    ):
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    for language in ("en", "ar"):
        drawing = SVG % f"<title>{language}</title>{more}"
        (place / "media" / f"drawing.{language}.svg").write_text(drawing, "utf-8")
    return place


@pytest.mark.django_db
def test_each_language_of_a_lesson_shows_its_own_drawing(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    import_course(package(tmp_path / "package", ""), actor=None)
    lesson = LessonPage.objects.get(slug="first")
    for language, words in LESSON["body"][0]["alt"].items():  # type: ignore[index]
        (block,) = getattr(lesson, f"body_{language}")
        html = str(block.render({"block_id": "b1", "heading": "h3", "language": language}))
        assert f'alt="{words}"' in html
        assert f"drawing.{language}" in html
        with block.value["file"].file.open() as file:
            assert f"<title>{language}</title>" in file.read().decode()


@pytest.mark.django_db
def test_a_drawing_made_anew_is_shown_anew(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    shown = []
    for number, fill in enumerate(("#fff", "#000")):
        import_course(package(tmp_path / str(number), f'<rect fill="{fill}"/>'), actor=None)
        picture = LessonPage.objects.get(slug="first").body_en[0].value["file"]
        rendition = picture.get_rendition("max-1200x1200|preserve-svg")
        with rendition.file.open() as file:
            shown.append((rendition.url, fill in file.read().decode()))
    (before, was_right), (after, is_right) = shown
    assert was_right
    assert is_right
    assert before != after  # browsers keep a picture for a year under its name


def test_a_package_with_a_script_in_a_drawing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPackage) as refused:
        read(package(tmp_path / "package", "<script>x</script>"))
    assert any(
        "drawing.ar.svg" in str(problem) and "script" in str(problem) for problem in refused.value.problems
    )
