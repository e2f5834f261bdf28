"""Blocks: each is drawn from its preview, checks what authors give it, and lets nothing unsafe out."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from courses import media, richtext
from courses.blocks import LessonBlocks
from pages.ranges import PART

BLOCKS = LessonBlocks()
NAMES = sorted(BLOCKS.child_blocks)
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nTake a sheet of paper.\n"


def draw(name: str, value: dict[str, Any], **context: Any) -> str:
    block = BLOCKS.child_blocks[name]
    return str(
        block.render(
            block.normalize(value),
            {"block_id": "b1", "heading": "h3", "language": "en", "reader_language": "en", **context},
        )
    )


@pytest.fixture
def picture(db: None) -> Image:
    stored = io.BytesIO()
    Picture.new("RGB", (40, 20), "navy").save(stored, "PNG")
    return Image.objects.create(title="Diagram", file=ContentFile(stored.getvalue(), name="diagram.png"))


def document(name: str, content: bytes) -> Document:
    return Document.objects.create(title=name, file=ContentFile(content, name=name))


def test_the_names_of_the_blocks_are_those_of_course_packages() -> None:
    assert set(NAMES) == {
        "rich_text", "key_point", "elements", "law_comparison", "case_study", "image", "video",
        "audio", "document", "steps", "table", "quotation", "reflection", "knowledge_check",
        "content_warning",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_block_is_drawn_from_its_preview_and_explains_itself(name: str) -> None:
    block = BLOCKS.child_blocks[name]
    assert block.is_previewable
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.meta.template == f"courses/blocks/{name}.html"
    html = str(
        block.render(block.get_preview_value(), {"block_id": "preview", "heading": "h2", "language": "en"})
    )
    words = next(v for v in block.meta.preview_value.values() if isinstance(v, str))
    assert html.strip()
    assert "style=" not in html
    assert name in {"law_comparison", "rich_text", "image"} or words.split("<")[0].split("\n")[
        0
    ] in html.replace("&#x27;", "'")


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_block_has_a_preview_page_in_the_editor(name: str, browse: Any, administrator: Any) -> None:
    client = browse(administrator)
    block = BLOCKS.child_blocks[name]
    response = client.get(f"/cms/block-preview/?id={block.definition_prefix}")
    assert response.status_code == 200
    assert "css/site.css" in response.content.decode()


def test_rich_text_is_cleaned_on_its_way_out() -> None:
    html = draw(
        "rich_text",
        {
            "text": '<h2>One</h2><p onclick="x()">Safe <script>alert(1)</script>'
            '<a href="javascript:alert(1)">link</a><img src="x"><svg onload="x()"></svg></p>'
        },
    )
    assert "<script" not in html
    assert "javascript" not in html
    assert "onclick" not in html
    assert "<svg" not in html
    assert "<img" not in html


def test_paragraphs_of_rich_text_are_direct_children_and_headings_have_addresses() -> None:
    html = draw("rich_text", {"text": "<h2>One</h2><p>First.</p><h3>Two</h3><p>Second.</p>"})
    assert html.strip() == ('<h2 id="h-b1-1">One</h2><p>First.</p><h3 id="h-b1-2">Two</h3><p>Second.</p>')


def test_a_term_is_stored_by_name_and_shown_as_a_link_to_the_list() -> None:
    html = draw("rich_text", {"text": '<p>He <a linktype="term" slug="harbouring">harbours</a>.</p>'})
    assert '<a class="term" href="#term-harbouring">harbours</a>' in html
    assert richtext.term_slugs(html) == {"harbouring"}
    assert richtext.without_terms(html, {"harbouring"}).strip() == "<p>He harbours.</p>"


def test_a_term_survives_the_editor_both_ways() -> None:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    converter = ContentstateConverter(features=["term", "bold"])
    stored = '<p data-block-key="a1">He <a linktype="term" slug="harbouring">harbours</a>.</p>'
    assert converter.to_database_format(converter.from_database_format(stored)) == stored


@pytest.mark.parametrize("right", [(), (0, 1)])
def test_a_knowledge_check_needs_exactly_one_right_answer(right: tuple[int, ...]) -> None:
    options = [{"text": f"A{n}", "correct": n in right, "feedback": "Because."} for n in range(2)]
    block = BLOCKS.child_blocks["knowledge_check"]
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"question": "Which?", "options": options}))


def test_a_table_row_needs_a_cell_for_each_column() -> None:
    block = BLOCKS.child_blocks["table"]
    value = {"caption": "C", "header": ["A", "B"], "rows": [["1", "2"], ["1"]]}
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(value))
    assert set(refused.value.block_errors["rows"].block_errors) == {1}


def test_a_picture_has_its_size_its_words_and_waits_to_be_scrolled_to(picture: Image) -> None:
    html = draw("image", {"file": picture, "alt": "Two circles", "caption": "Act and purpose"})
    assert 'width="40" height="20"' in html
    assert 'alt="Two circles"' in html
    assert 'loading="lazy"' in html
    assert "<figcaption" in html


@pytest.mark.django_db
def test_a_video_is_not_fetched_before_it_is_started(picture: Image) -> None:
    html = draw(
        "video",
        {
            "title": "Sorting the facts",
            "file": document("facts.mp4", b"0" * 2048),
            "poster": picture,
            "captions": document("facts.vtt", VTT),
            "transcript": "<p>0:00 Take a sheet.</p><p>0:14 Draw lines.</p>",
            "audio_file": document("facts.mp3", b"0" * 1024),
        },
    )
    assert 'preload="none"' in html
    assert 'type="video/mp4"' in html
    assert 'kind="captions"' in html
    assert 'srclang="en"' in html
    assert "poster=" in html
    assert "2 KB" in html.replace("\xa0", " ").replace("\u202f", " ")
    assert '<span class="muted num">0:14</span>' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.mp3", b"x", media.VIDEO),
        ("a.mp4", b"x", media.CAPTIONS),
        ("a.vtt", b"no captions here", media.CAPTIONS),
        ("a.vtt", b"WEBVTT\n\n", media.CAPTIONS),
        ("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\n\xff\xfe", media.CAPTIONS),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused(name: str, content: bytes, kind: media.Kind) -> None:
    with pytest.raises(ValidationError):
        media.check(document(name, content), kind)


@pytest.mark.django_db
def test_captions_that_can_be_read_are_taken() -> None:
    media.check(document("a.vtt", VTT), media.CAPTIONS)


@pytest.mark.django_db
def test_a_medium_is_answered_in_parts_with_a_safe_type() -> None:
    held = document("facts.mp4", bytes(range(100)))
    client = Client()
    part = client.get(held.url, headers={"range": "bytes=10-19"})
    tail = client.get(held.url, headers={"range": "bytes=-5"})
    beyond = client.get(held.url, headers={"range": "bytes=200-"})
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    assert part.headers["Content-Type"] == "video/mp4"
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    assert tail.content == bytes(range(95, 100))
    assert beyond.status_code == 416
    assert b"".join(client.get(held.url)) == bytes(range(100))


@pytest.mark.django_db
def test_no_answer_holds_a_long_video_in_memory() -> None:
    held = document("long.mp4", b"0" * (PART + 10))
    answer = Client().get(held.url, headers={"range": "bytes=0-"})
    assert len(answer.content) == PART
    assert answer.headers["Content-Range"] == f"bytes 0-{PART - 1}/{PART + 10}"


@pytest.mark.django_db
def test_a_document_is_a_download_that_no_browser_guesses_about() -> None:
    response = Client().get(document("card.docx", b"x").url)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
