"""Recordings of questions are answered in parts, without which some browsers neither play nor seek."""

import pytest
from django.urls import reverse

from assessments import media
from assessments.attempts import start
from pages.ranges import PART

from .conftest import quiz_of
from .interchange.making import PNG

pytestmark = pytest.mark.django_db

SOUND = b"ID3" + bytes(range(97))


def address_of(version, name):
    return reverse("assessments:media", args=[version.pk, name])


@pytest.fixture
def heard(judge, make_question):
    """A question with a recording and a picture, on the judge's paper."""
    version = make_question()
    for name, content in (("facts.mp3", SOUND), ("map.png", PNG), ("long.mp4", bytes(PART + 10))):
        media.file_of(question=version.question, name=name, content=content).save()
    start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="")
    return version


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=10-19", 10, 19), ("bytes=90-", 90, 99), ("bytes=-5", 95, 99)],
)
def test_a_player_is_given_the_part_that_it_asks_for(asked, first, last, heard, judge, browse):
    part = browse(judge).get(address_of(heard, "facts.mp3"), headers={"range": asked})
    assert (part.status_code, part.content) == (206, SOUND[first : last + 1])
    assert part.headers["Content-Range"] == f"bytes {first}-{last}/100"
    assert part.headers["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=0-1,5-6", f"bytes={'9' * 5000}-", "lines=1-2"])
def test_all_else_is_answered_with_the_whole(asked, heard, judge, browse):
    whole = browse(judge).get(address_of(heard, "facts.mp3"), headers={"range": asked})
    assert (whole.status_code, whole.getvalue()) == (200, SOUND)
    assert whole.headers["Accept-Ranges"] == "bytes"


def test_beyond_the_end_there_is_nothing_and_nothing_is_kept_of_that(heard, judge, browse):
    beyond = browse(judge).get(address_of(heard, "facts.mp3"), headers={"range": "bytes=200-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, "bytes */100")
    assert "immutable" not in beyond.headers.get("Cache-Control", "")


def test_a_picture_comes_whole_and_no_answer_holds_a_long_film(heard, judge, browse):
    headers = {"range": "bytes=0-"}
    assert browse(judge).get(address_of(heard, "map.png"), headers=headers).getvalue() == PNG
    assert len(browse(judge).get(address_of(heard, "long.mp4"), headers=headers).content) == PART


def test_a_part_is_as_closed_to_others_as_the_whole(heard, outsider, browse):
    for headers in ({}, {"range": "bytes=0-1"}):
        assert browse(outsider).get(address_of(heard, "facts.mp3"), headers=headers).status_code == 404
