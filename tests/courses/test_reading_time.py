"""The minutes of a lesson: words by the speed of each language, media by length, exercises by the piece."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document

from accounts.models import User
from courses import minutes, outline, reading_time
from courses.models import Enrolment, LessonPage

from .conftest import Built

Browse = Callable[[User | None], Client]


def text(count: int, word: str = "palabra", identity: str = "t") -> dict[str, Any]:
    return {"type": "rich_text", "id": identity, "value": {"text": f"<p>{' '.join([word] * count)}</p>"}}


# --- pure -----------------------------------------------------------------------------------------
def test_every_language_of_the_site_has_a_speed() -> None:
    assert set(reading_time.SPEEDS) == {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", 0),
        ("The consent of the victim is irrelevant.", 7),
        ("<p>Uno dos</p><p>tres</p>", 3),
        ("<ul><li>uno</li><li>dos</li></ul>", 2),
        ("<p><b>con</b>ducta &nbsp; y&nbsp;fin</p>", 3),
        ("línea<br/>otra", 2),
        ("acto – medio – fin", 3),
        ("menos de 18 años, art. 3 c)", 7),
        ("si a < b y b > c", 6),
        ("الاتجار بالأشخاص", 2),
        ("মানব পাচার ও চোরাচালান", 4),
    ],
)
def test_a_word_is_what_stands_between_spaces_in_every_script(written: str, expected: int) -> None:
    assert reading_time.words(written) == expected


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0, 1),
        (0.4, 1),
        (1.5, 2),
        (4.4, 4),
        (4.6, 5),
        (5, 5),
        (5.1, 5),
        (7.4, 5),
        (7.5, 10),
        (12.6, 15),
        (61, 60),
    ],
)
def test_minutes_are_whole_up_to_five_and_fives_above(exact: float, shown: int) -> None:
    assert reading_time.rounded(exact) == shown


@given(st.floats(0, 10_000), st.floats(0, 10_000))
def test_more_work_never_shows_less_time(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 1 <= reading_time.rounded(less) <= reading_time.rounded(more)


def test_the_same_number_of_words_takes_longer_in_arabic_than_in_english() -> None:
    body = [text(1370)]
    assert {code: reading_time.minutes(body, language=code) for code in ("en", "es", "ar")} == {
        "en": 10,  # 1370 / (228 × 0.6) = 10.0
        "es": 10,  # 10.5
        "ar": 15,  # 16.5
    }


@pytest.mark.parametrize(
    ("kind", "value", "more"),
    [
        ("knowledge_check", {"question": "", "options": [{"text": "", "feedback": "no " * 900}]}, 1),
        ("reflection", {"prompt": ""}, 3),
        ("case_study", {"title": "", "facts": [], "question": "", "reasoning": ""}, 3),
        ("key_point", {"text": ""}, 0),
        ("law_comparison", {"heading": "", "topics": ["definition"] * 900, "article": "x"}, 0),
        ("image", {"file": 1, "alt": "no " * 900, "caption": ""}, 0),
        ("content_warning", {"warning": "", "summary": "no " * 900, "content": ""}, 0),
    ],
)
def test_exercises_have_their_minutes_and_what_is_not_read_has_none(
    kind: str, value: dict[str, Any], more: int
) -> None:
    one_minute = text(131)
    block = {"type": kind, "id": "b", "value": value}
    assert reading_time.minutes([one_minute, block], language="es") == 1 + more


def test_rows_of_a_list_count_whether_the_editor_or_a_package_wrote_them() -> None:
    rows = ["palabra " * 131, "palabra " * 131]
    plain = {"type": "case_study", "id": "c", "value": {"facts": rows}}
    wrapped = {
        "type": "case_study",
        "id": "c",
        "value": {"facts": [{"type": "item", "id": "1", "value": row} for row in rows]},
    }
    assert reading_time.minutes([plain], language="es") == 5
    assert reading_time.minutes([wrapped], language="es") == 5


def test_a_video_counts_by_its_length_and_by_its_transcript_where_that_is_not_known() -> None:
    video = {"type": "video", "id": "v", "value": {"title": "", "transcript": f"<p>{'palabra ' * 393}</p>"}}
    assert reading_time.minutes([video], language="es", seconds={"v": 95}) == 2
    assert reading_time.minutes([video], language="es", seconds={"v": 0}) == 3
    assert reading_time.minutes([video], language="es") == 3


# --- kept with the page ---------------------------------------------------------------------------
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nUno.\n\n00:02.000 --> 03:00.000\nDos.\n"


def publish(page: LessonPage) -> LessonPage:
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


@pytest.mark.django_db
def test_publishing_counts_the_minutes_of_each_language_that_is_written(built: Built) -> None:
    lesson = built.lessons[0]
    lesson.lede_es = "palabra " * 131
    lesson.body_es, lesson.body_ar = [text(262)], [text(830, "كلمة")]
    lesson.body_en = []
    assert publish(lesson).reading_minutes == {"es": 3, "ar": 10}


@pytest.mark.django_db
def test_a_video_is_as_long_as_its_captions(built: Built) -> None:
    captions = Document.objects.create(title="c", file=ContentFile(VTT, name="c.vtt"))
    lesson = built.lessons[0]
    video = {"title": "Uno", "file": None, "captions": captions.pk, "transcript": "<p>no</p>" * 900}
    lesson.body_es = [{"type": "video", "id": "v", "value": video}]
    assert publish(lesson).reading_minutes["es"] == 3
    captions.file.save("c.vtt", ContentFile(b"spoilt"))
    assert minutes.counted(lesson)["es"] == 5  # what cannot be read says nothing: 900 words are read


@pytest.mark.django_db
def test_an_outline_shows_the_minutes_of_its_language_and_the_sources_where_a_text_is_missing(
    built: Built,
) -> None:
    lesson, other = built.lessons[:2]
    lesson.body_es, lesson.body_en = [text(131 * 4)], [text(137 * 2)]
    publish(lesson)
    built.course.refresh_from_db()

    def shown(language: str) -> list[int]:
        found = outline.of(page_id=built.page.pk, edition=built.course.edition, language=language)
        assert found.modules[0].minutes == sum(item.minutes for item in found.modules[0].items)
        return [found.by_key[page.key].minutes for page in (lesson, other)]

    assert shown("es") == [4, other.minutes]  # the other was never published: the author's word stands
    assert shown("en") == [2, other.minutes]
    assert shown("fr") == [4, other.minutes]


@pytest.mark.django_db
def test_a_reader_sees_the_minutes_of_their_language_in_the_lesson_and_in_the_course(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    lesson = built.lessons[0]
    lesson.body_es, lesson.body_en = [text(131 * 4)], [text(137 * 2)]
    publish(lesson)
    client = browse(enrolled.person)
    assert "4 minutos" in client.get(built.url_of(lesson)).text
    assert "2 minutes" in client.get(built.url_of(lesson, "en")).text
    total = sum(item.minutes for item in outline_of(built, "en").items)
    assert f"3 lessons, {total} minutes" in client.get(f"/en/courses/{built.page.slug}/").text


def outline_of(built: Built, language: str) -> outline.Outline:
    built.course.refresh_from_db()
    return outline.of(page_id=built.page.pk, edition=built.course.edition, language=language)


@pytest.mark.django_db
def test_an_author_sees_the_minutes_of_the_draft(built: Built) -> None:
    lesson = built.lessons[0]
    lesson.body_es = [text(131 * 3)]
    assert lesson.preview_context("es")["minutes"] == 3
    lesson.body_es, lesson.minutes = [], 12
    assert lesson.preview_context("es")["minutes"] == 12


@pytest.mark.django_db
def test_the_migration_counts_what_was_published_before(built: Built) -> None:
    live, draft = built.lessons[:2]
    LessonPage.objects.filter(pk=draft.pk).update(live=False)
    migration = importlib.import_module("courses.migrations.0003_reading_minutes")
    migration.count_published(apps, None)
    assert LessonPage.objects.get(pk=live.pk).reading_minutes == {"es": 1, "en": 1}
    assert LessonPage.objects.get(pk=draft.pk).reading_minutes == {}
