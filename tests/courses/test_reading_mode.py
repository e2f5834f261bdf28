"""Text only: media in words, one small sheet, remembered on the device, left by a button."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.models import User
from courses.blocks import LessonBlocks
from courses.models import Enrolment, LessonPage

from .conftest import Built

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]

CHOOSE = "/es/text-only/"
LOADED = re.compile(r"<(?:img|video|audio|source|track|picture|iframe|object|embed)\b")


def stored(name: str) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"x" * 2048, name=name))


@pytest.fixture
def lesson(built: Built, settings: Any, tmp_path: Any) -> LessonPage:
    """A lesson with one of every medium."""
    settings.MEDIA_ROOT = tmp_path
    drawn = io.BytesIO()
    Picture.new("RGB", (40, 20), "navy").save(drawn, "PNG")
    image = Image.objects.create(title="Diagram", file=ContentFile(drawn.getvalue(), name="diagram.png"))
    said = {"transcript": "<p>0:00 Todo lo que se dice.</p>", "captions": stored("c.vtt").pk}
    film = {"title": "Un video", "file": stored("v.mp4").pk, "poster": image.pk}
    page = built.lessons[0]
    page.body_es = [
        {"type": "rich_text", "id": "block-text", "value": {"text": "<p>El texto.</p>"}},
        {
            "type": "image",
            "id": "block-image",
            "value": {"file": image.pk, "alt": "Tres círculos", "caption": "Al pie"},
        },
        {
            "type": "video",
            "id": "block-video",
            "value": {**film, **said, "audio_file": stored("v.mp3").pk},
        },
        {
            "type": "audio",
            "id": "block-audio",
            "value": {"title": "Un audio", "file": stored("a.mp3").pk, **said},
        },
        {"type": "document", "id": "block-doc", "value": {"title": "Ficha", "file": stored("f.pdf").pk}},
    ]
    page.save()
    return LessonPage.objects.get(pk=page.pk)


@pytest.fixture
def address(built: Built, lesson: LessonPage, enrolled: Enrolment) -> str:
    return built.url_of(lesson)


@pytest.fixture
def reader(enrolled: Enrolment, browse: Browse) -> Client:
    return browse(enrolled.person)


def choose(client: Client, back: str, on: bool = True) -> Any:
    return client.post(CHOOSE, {"next": back, **({"text_only": "on"} if on else {})})


def test_a_lesson_is_whole_until_somebody_asks(reader: Client, address: str) -> None:
    page = reader.get(address).text
    assert len(LOADED.findall(page)) >= 3
    assert "css/site" in page
    assert "css/fonts" in page
    assert f'action="{CHOOSE}"' in page
    assert 'name="text_only" value="on"' in page


def test_text_only_loads_nothing_and_says_everything(reader: Client, address: str) -> None:
    answer = choose(reader, address)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = reader.get(address).text
    assert LOADED.findall(page) == []
    for words in ("El texto.", "Tres círculos", "Al pie", "Un video", "Un audio"):
        assert words in page
    assert page.count("Todo lo que se dice.") == 2
    sheets = re.findall(r'<link rel="stylesheet" href="[^"]*/css/(\w+)', page)
    assert sheets == ["text"]


def test_files_stay_links_with_their_size(reader: Client, address: str) -> None:
    choose(reader, address)
    page = reader.get(address).text
    for name in ("v.mp4", "v.mp3", "a.mp3", "f.pdf"):
        assert re.search(rf'href="/documents/\d+/{name}"', page), name
    assert page.count("2 KB") + page.count("2 kB") >= 4


def test_it_is_remembered_until_it_is_left_by_the_button_of_the_notice(reader: Client, address: str) -> None:
    choose(reader, address)
    cookie = reader.cookies["aula_text_only"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("on", True, "Lax")
    notice = re.search(r'<form class="notice".*?</form>', reader.get(address).text, re.DOTALL)
    assert notice
    assert f'action="{CHOOSE}"' in notice[0]
    assert 'name="text_only"' not in notice[0]
    choose(reader, address, on=False)
    assert LOADED.findall(reader.get(address).text)


def test_the_choice_costs_no_query(reader: Client, address: str) -> None:
    def asked() -> int:
        reader.get(address)
        with CaptureQueriesContext(connection) as queries:
            reader.get(address)
        return len(queries)

    whole = asked()
    choose(reader, address)
    assert asked() == whole


def test_the_two_ways_of_reading_do_not_share_a_drawing(
    reader: Client, address: str, enrolled: Enrolment, browse: Browse
) -> None:
    choose(reader, address)
    assert LOADED.findall(reader.get(address).text) == []
    assert LOADED.findall(browse(enrolled.person).get(address).text)


def test_a_browser_that_saves_data_loads_media_when_asked(reader: Client, address: str) -> None:
    saving = {"Save-Data": "on"}
    answer = reader.get(address, headers=saving)
    assert LOADED.findall(answer.text) == []
    assert "Save-Data" in answer.headers["Vary"]
    assert 'href="?media=all"' in answer.text
    assert "css/site" in answer.text
    assert "css/fonts" not in answer.text
    asked = reader.get(address + "?media=all", headers=saving).text
    assert LOADED.findall(asked)
    assert "css/fonts" not in asked


def test_the_outline_follows_the_text_and_its_link_works_without_script(reader: Client, address: str) -> None:
    choose(reader, address)
    page = reader.get(address).text
    assert page.index("</main>") < page.index('id="outline"')
    assert "data-outline-open" not in page


def test_the_display_settings_hold_the_same_choice(client: Client) -> None:
    client.post("/en/display/", {"theme": "dark", "text_only": "on"})
    assert client.cookies["aula_text_only"].value == "on"
    page = client.get("/en/display/").text
    assert re.search(r'<input[^>]*name="text_only"[^>]*checked', page)
    assert "css/fonts" not in page
    client.post("/en/display/", {"theme": "dark"})
    assert client.cookies["aula_text_only"].value == ""


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_button_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    assert choose(client, elsewhere).headers["Location"] == "/es/display/"


def test_every_block_that_loads_something_has_words_for_it() -> None:
    """Fails when a new block shows a picture or plays something and has no second template."""
    from django.template.loader import get_template

    for name, block in LessonBlocks().child_blocks.items():
        source = get_template(block.meta.template).template.source
        assert bool(LOADED.search(source)) is bool(getattr(block.meta, "in_words", "")), name
