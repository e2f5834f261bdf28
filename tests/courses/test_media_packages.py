"""The media of the courses: right in size and length, in each language, and in step with the lessons."""

import gzip
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import webvtt
import yaml

from courses import vector
from courses.packages.making import captions, cards, diagrams, lessons, record, slides
from courses.packages.making.lessons import Module

MODULES = list(lessons.modules())
NAMES = [f"{module.course}-{module.folder}" for module in MODULES]
each_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)


def boxes(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The boxes of an MP4 file (ISO 14496-12) by type, in order."""
    at = 0
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        yield kind.decode(), content[at + 8 : at + size]
        at += size


def seconds(film: Path) -> float:
    header = dict(boxes(dict(boxes(film.read_bytes()))["moov"]))["mvhd"]
    assert header[0] == 0, "a header of version 0"
    scale, length = struct.unpack_from(">II", header, 12)
    return length / scale


def files(value: Any) -> list[str]:
    return list(value.values()) if isinstance(value, dict) else [value] if value else []


def words_of(transcript: str) -> str:
    return " ".join(lessons.plain(part) for part in lessons.paragraphs(transcript))


@each_module
def test_a_module_has_a_video_of_one_to_two_minutes_that_starts_at_once(module: Module) -> None:
    found = list(module.blocks("video"))
    assert len(found) == 1
    for _lesson, block in found:
        for name in files(block["file"]):
            film = module.media.parent / name
            assert 60 <= seconds(film) <= 120
            assert film.stat().st_size < 3 * 1024 * 1024
            kinds = [kind for kind, _content in boxes(film.read_bytes())]
            assert kinds.index("moov") < kinds.index("mdat")
        for name in files(block["poster"]) + files(block["audio_file"]):
            assert (module.media.parent / name).stat().st_size < 1024 * 1024


@each_module
def test_films_sounds_and_cards_were_made_from_the_words_as_they_stand(module: Module) -> None:
    made, again = record.known(), "run `python -m courses.packages.making` for this module again"
    for _lesson, block in [*module.blocks("video"), *module.blocks("audio")]:
        films = block["file"] if isinstance(block["file"], dict) else {module.source_language: block["file"]}
        for language, name in films.items():
            words = lessons.paragraphs(block["transcript"][language])
            assert made.get(f"{module.course}/{name}") == record.digest(words), again
    card = lessons.load(lessons.CARDS / module.course / f"{module.slug}.yaml")
    for language in card["title"]:
        words = cards.words_of(card, module, language)
        name = f"{module.course}/media/card-{module.slug}.{language}.pdf"
        assert made.get(name) == record.digest(words), again


@each_module
def test_captions_say_what_the_transcript_says_in_each_of_its_languages(module: Module) -> None:
    for _lesson, block in [*module.blocks("video"), *module.blocks("audio")]:
        if block["type"] == "audio" and "captions" not in block:
            continue
        assert set(block["captions"]) == set(block["transcript"])
        for language, name in block["captions"].items():
            cues = webvtt.read(str(module.media.parent / name)).captions
            said = " ".join(" ".join(cue.text.split()) for cue in cues)
            assert said == " ".join(words_of(block["transcript"][language]).split()), name
            times = [time for cue in cues for time in (cue.start, cue.end)]
            assert times == sorted(times)
            assert all(len(cue.text) <= captions.LONGEST * 1.3 for cue in cues)


@each_module
def test_a_module_has_a_card_of_one_page_in_each_of_its_languages(module: Module) -> None:
    named = [set(block["files"].items()) for _lesson, block in module.blocks("document")]
    card = lessons.load(lessons.CARDS / module.course / f"{module.slug}.yaml")
    made = {(code, f"media/card-{module.slug}.{code}.pdf") for code in card["title"]}
    assert made in named
    for language, name in made:
        with pikepdf.open(module.media.parent / name) as pdf:
            assert len(pdf.pages) == 1
            assert str(pdf.Root.Lang) == language
            assert str(pdf.docinfo["/Title"]).endswith(cards.title_of(card, language))
            assert pdf.Root.MarkInfo.Marked


@each_module
def test_a_diagram_is_a_drawing_of_its_own_for_each_language_of_its_block(module: Module) -> None:
    for _lesson, block in module.blocks("image"):
        for language, name in block["file"].items() if isinstance(block["file"], dict) else ():
            assert set(block["file"]) == set(block["alt"])
            content = (module.media.parent / name).read_bytes()
            assert list(vector.faults(content)) == []
            assert b"<text" not in content, "words are outlines"
            assert len(gzip.compress(content)) < 20 * 1024
            diagram = Path(name).name.split(".")[0]
            assert content.decode() == diagrams.draw(diagram, language), f"{name} is not of these words"


@pytest.mark.parametrize("course", lessons.COURSES)
def test_every_file_in_the_media_folder_is_shown_somewhere(course: str) -> None:
    folder = lessons.PACKAGES / course
    shown: set[str] = set()
    for module in lessons.modules(course):
        for kind in ("image", "video", "audio", "document"):
            for _lesson, block in module.blocks(kind):
                for field in ("file", "files", "poster", "captions", "audio_file"):
                    shown |= set(files(block.get(field)))
    assert {path.relative_to(folder).as_posix() for path in (folder / "media").iterdir()} == shown


# --- how they are made -------------------------------------------------------------------------
@pytest.mark.parametrize("name", list(lessons.load(diagrams.SOURCE)))
def test_a_diagram_can_be_drawn_in_every_language_it_has_words_for(name: str) -> None:
    for language in lessons.load(diagrams.SOURCE)[name]["title"]:
        drawing = diagrams.draw(name, language).encode()
        assert list(vector.faults(drawing)) == []
        assert len(gzip.compress(drawing)) < 20 * 1024


def test_an_arabic_diagram_is_mirrored() -> None:
    for language, beginning in (("en", 64), ("ar", 736)):
        assert f'<circle cx="{beginning}"' in diagrams.draw("diagram-gender-steps", language)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("See V.C.L. v. United Kingdom, No. 77587/12. Then decide.", 2),
        ("Así lo dice el art. 3. ¿Y después? Nada.", 3),
        ("Il a dit\u00a0: «\u00a0Partez\u00a0!\u00a0» Elle est partie.", 2),
        ("কাজ দেখুন। উদ্দেশ্য দেখুন।", 2),
        ("اقرأ الإفادة. ما الدليل؟ اسأل.", 3),
    ],
)
def test_sentences_end_where_they_end(text: str, found: int | list[str]) -> None:
    cut = lessons.sentences(text)
    assert cut == found if isinstance(found, list) else len(cut) == found
    assert " ".join(cut) == text


def test_a_paragraph_is_a_heading_and_what_follows() -> None:
    assert lessons.heading_and_rest("**Tres columnas.** Divida una *hoja*.") == (
        "Tres columnas",
        "Divida una hoja.",
    )


def test_captions_share_out_the_time_of_a_slide_by_length() -> None:
    text = captions.webvtt(["Four. Eight888.", "Last."], [(0.0, 3.0), (4.0, 5.0)])
    assert text == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.071\nFour.\n\n"
        "00:00:01.071 --> 00:00:03.000\nEight888.\n\n00:00:04.000 --> 00:00:05.000\nLast.\n"
    )


def test_a_slide_shows_the_sentences_that_fit() -> None:
    frame = slides.Frame("en", "Course", "Module", "Slide {n} of {m}")
    short = slides.slide(frame, 1, 2, "Heading", "One sentence here.", "gavel")
    long = slides.slide(frame, 1, 2, "Heading", "One sentence here. " + "And more words. " * 80, "gavel")
    assert short.count("<g fill") < long.count("<g fill") < 20


def test_an_arabic_slide_is_mirrored_even_where_the_course_has_no_arabic_name() -> None:
    frame = slides.Frame("ar", "", "الأسس", "شريحة {n} من {m}")
    assert frame.mirrored
    assert frame.at(slides.SIDE) == slides.WIDTH - slides.SIDE
    assert 'cx="102"' in slides.slide(frame, 1, 2, "ثلاثة أعمدة", "اقسم الورقة.", "gavel")


CARD = {
    "title": {"en": "Facts", "ar": "الوقائع والأدلة", "bn": "ঘটনা ও সাক্ষ্য"},
    "sections": [
        {
            "heading": {"en": "First", "ar": "أولا", "bn": "প্রথম"},
            "items": [{"en": "Read.", "ar": "اقرأ المادة 3 (أ).", "bn": "অনুচ্ছেদ ৩(ক) পড়ুন।"}],
        }
    ],
    "sources": {"en": "Article 3.", "ar": "المادة 3.", "bn": "অনুচ্ছেদ ৩।"},
}


@pytest.mark.parametrize("language", ["en", "ar", "bn"])
def test_a_card_is_drawn_in_every_script_and_always_the_same(language: str) -> None:
    content = cards.draw(CARD, MODULES[0], language)
    assert content.startswith(b"%PDF")
    assert content == cards.draw(CARD, MODULES[0], language)


def test_a_card_that_does_not_fit_is_refused_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = MODULES[0]
    monkeypatch.setattr(cards, "CARDS", tmp_path)
    (tmp_path / module.course).mkdir()
    sections = [{**CARD["sections"][0], "items": CARD["sections"][0]["items"] * 60}]  # type: ignore[index,dict-item]
    (tmp_path / module.course / f"{module.slug}.yaml").write_text(
        yaml.safe_dump({**CARD, "sections": sections})
    )
    with pytest.raises(cards.TooLong, match=f"{module.slug}.yaml"):
        cards.make_cards(module, "en")
