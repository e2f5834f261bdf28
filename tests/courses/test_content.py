"""The courses in the repository are whole, and the check that says so finds what is planted."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from courses.content.checks import faults
from courses.content.coverage import report
from courses.content.texts import body_words, plain, read_content
from courses.content.wording import FORBIDDEN, forbidden, looks_english, unchanged

PACKAGES = Path(settings.ROOT) / "courses" / "packages"
COURSES = ("trafficking-smuggling", "judging-without-bias")
LESSON = "modules/02-smuggling/01-conduct-and-person.yaml"


@pytest.mark.parametrize("name", COURSES)
def test_the_courses_have_no_fault(name: str) -> None:
    assert [str(fault) for fault in faults(PACKAGES / name)] == []


def test_the_promised_languages_are_there() -> None:
    trafficking, bias = (read_content(PACKAGES / name) for name in COURSES)
    assert set(trafficking.course.data["languages"]) == {"es", "en", "pt", "fr"}
    assert set(bias.course.data["languages"]) == {"en", "es", "pt"}
    also = {file.module for file in trafficking.of("module") if file.languages >= {"ar", "bn"}}
    assert also == {"01-foundations", "02-smuggling"}
    assert {file.module for file in bias.of("module") if file.languages >= {"ar", "bn"}} == {
        "01-bias-and-the-judge"
    }


def test_the_table_of_coverage_is_up_to_date() -> None:
    stated = (Path(settings.ROOT) / "docs" / "coverage.md").read_text("utf-8")
    assert stated == report([PACKAGES / name for name in COURSES]), "run manage.py content_coverage"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    place = tmp_path / "course"
    shutil.copytree(PACKAGES / "trafficking-smuggling", place)
    (place / "manifest.json").unlink()
    return place


def change(place: Path, file: str, how: Callable[[Any], None]) -> list[str]:
    """Change one file of a package and return what the check says of it."""
    path = place / file
    data = yaml.safe_load(path.read_text("utf-8"))
    how(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return [str(fault) for fault in faults(place)]


def first(data: Any, kind: str) -> Any:
    return next(block for block in data["body"] if block["type"] == kind)


def lose_language(data: Any) -> None:
    data["title"].pop("fr")


def split_paragraph(data: Any) -> None:
    text = first(data, "rich_text")["text"]
    text["pt"] += "\n\nUm parágrafo a mais."


def leave_english(data: Any) -> None:
    text = first(data, "rich_text")["text"]
    text["es"] = text["en"]


def confuse_terms(data: Any) -> None:
    first(data, "rich_text")["text"]["es"] += " El tráfico de personas es otro delito."


def link_away(data: Any) -> None:
    first(data, "rich_text")["text"]["en"] += " See [this](/en/courses/no-such-thing/)."


def cut_short(data: Any) -> None:
    del data["body"][3:]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (lose_language, "does not stand in fr"),
        (split_paragraph, "has different paragraphs"),
        (leave_english, "is in English"),
        (confuse_terms, "must not say “tráfico de personas”"),
        (link_away, "leads to /en/courses/no-such-thing/"),
        (cut_short, "words in es"),
    ],
)
def test_what_is_wrong_in_a_lesson_is_found_with_file_and_line(
    package: Path, how: Callable[[Any], None], says: str
) -> None:
    found = change(package, LESSON, how)
    assert any(line.startswith(f"{LESSON}:") and says in line for line in found), found


def undefined(data: Any) -> None:
    data["terms"][0]["definition"].pop("pt")


def test_a_term_without_definition_is_found(package: Path) -> None:
    found = change(package, "glossary.yaml", undefined)
    assert any("has no definition in pt" in line for line in found)


def test_a_picture_without_words_is_found(package: Path) -> None:
    def blank(data: Any) -> None:
        first(data, "image")["alt"]["en"] = "Diagram"

    found = change(package, "modules/01-foundations/02-act-means-purpose.yaml", blank)
    assert any("describes nothing" in line for line in found)


def test_a_lazy_question_is_found(package: Path) -> None:
    def spoil(data: Any) -> None:
        question = next(q for q in data["questions"] if q["kind"] == "single")
        question["options"][0].pop("feedback")
        question["options"][1]["text"]["en"] = "All of the above"
        question["objective"] = "A2.9"
        question.pop("source")

    found = " ".join(change(package, "questions/smuggling.yaml", spoil))
    for says in ("no feedback", "All of the above", "tests no outcome", "has no source"):
        assert says in found


def test_a_small_bank_is_found(package: Path) -> None:
    def shrink(data: Any) -> None:
        data["slots"] = data["slots"][:1]

    assert any("quiz.yaml" in line for line in change(package, "modules/02-smuggling/quiz.yaml", shrink))


def test_the_command_fails_with_faults_and_says_where(package: Path) -> None:
    (package / "media" / "unused.txt").write_text("x")
    out, err = StringIO(), StringIO()
    call_command("check_content", str(package), stdout=out, stderr=err)
    assert "No fault" in out.getvalue()
    change(package, LESSON, confuse_terms)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_content", str(package), stdout=out, stderr=err)
    assert f"{LESSON}:" in err.getvalue()


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("es", "Se trata de tráfico de personas.", "tráfico de personas"),
        ("es", "El Salvador llama “tráfico ilegal de personas” al delito.", ""),
        ("pt", "O tráfico de migrantes é crime.", "tráfico de migrantes"),
        ("pt", "O contrabando de migrantes (tráfico de migrantes) é crime.", ""),
        ("fr", "Le trafic de personnes est puni.", "trafic de personnes"),
        ("fr", "La traite des personnes est punie.", ""),
        ("ar", "جريمة تهريب البشر", "تهريب البشر"),
        ("bn", "মানব চোরাচালান একটি অপরাধ", "মানব চোরাচালান"),
        ("en", "An illegal migrant is a person.", "illegal migrant"),
    ],
)
def test_forbidden_renderings(language: str, words: str, said: str) -> None:
    assert forbidden(words, language) == said


def test_every_language_has_forbidden_renderings() -> None:
    assert set(FORBIDDEN) == {code for code, _name in settings.LANGUAGES}


def test_english_is_told_from_other_languages() -> None:
    english = "The court must say which element the evidence proves and why."
    for language in ("es", "pt", "fr", "ar", "bn"):
        assert looks_english(english, language, field="text")
        assert not looks_english(english, language, field="citation")
    assert not looks_english("O tribunal diz qual elemento a prova demonstra e por quê.", "pt", field="text")
    assert not looks_english("المادة 3 (أ) من Protocol", "ar", field="text")
    assert unchanged("the court must decide", "the court must decide", field="text")
    assert not unchanged("650 × 14 = 9,100", "650 × 14 = 9,100", field="text")


def test_words_are_counted_as_they_are_read() -> None:
    assert plain("## Two **words** [[term|here]] [and](https://example.org)") == "Two words here and"
    lesson = next(f for f in read_content(PACKAGES / COURSES[0]).of("lesson") if f.name == LESSON)
    counts = body_words(lesson)
    assert set(counts) == lesson.languages
    assert all(count > 300 for count in counts.values())
