"""A faulty package is reported file by file and line by line, and changes nothing."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assessments.models import Question
from courses.models import Course, GlossaryTerm, LessonPage
from courses.package import archive
from courses.package.importing import import_course
from courses.package.reading import BadPackage, read

PACKAGE = Path(settings.ROOT) / "courses" / "packages" / "judging-without-bias"
LESSON = "modules/01-bias-and-the-judge/01-three-words.yaml"
QUESTIONS = "questions/bias-and-the-judge.yaml"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of a real course, without its manifest so that it can be spoilt."""
    place = tmp_path / "package"
    shutil.copytree(PACKAGE, place)
    (place / "manifest.json").unlink()
    return place


def spoil(place: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old`; return its line."""
    text = (place / file).read_text()
    assert old in text
    (place / file).write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def problems(place: Path) -> list[str]:
    articles = {"palermo-tip:3", "cedaw:2-f", "cedaw:5-a"}
    with pytest.raises(BadPackage) as bad:
        read(place, known_articles=articles)
    return [str(problem) for problem in bad.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (LESSON, "minutes: 15", "minutes: many", "minutes must be int, not 'many'"),
        (LESSON, "type: rich_text", "type: carousel", "has the unknown type 'carousel'"),
        (LESSON, "slug: three-words", "slug: Three Words", "slug 'Three Words' has not the right form"),
        (LESSON, "required: true", "require: true", "require is not known"),
        (QUESTIONS, "kind: single", "kind: riddle", "must be one of"),
    ],
)
def test_a_bad_line_is_named(package: Path, file: str, old: str, new: str, message: str) -> None:
    line = spoil(package, file, old, new)
    found = [p for p in problems(package) if message in p]
    assert found
    assert found[0].startswith(f"{file}:")
    assert abs(int(found[0].split(":")[1]) - line) <= 1


def test_every_fault_is_reported_at_once(package: Path) -> None:
    spoil(package, LESSON, "minutes: 15", "minutes: many")
    spoil(package, QUESTIONS, "kind: single", "kind: riddle")
    (package / "modules/02-facts-and-evidence/module.yaml").unlink()
    found = "\n".join(problems(package))
    assert LESSON in found
    assert QUESTIONS in found
    assert "modules/02-facts-and-evidence/module.yaml:1: is missing from the package" in found


def test_text_that_is_not_yaml_is_reported_with_its_line(package: Path) -> None:
    (package / LESSON).write_text("type: lesson\ntitle: {es: [\n")
    assert any(p.startswith(f"{LESSON}:") for p in problems(package))


def test_a_missing_translation_and_an_unknown_term_are_reported(package: Path) -> None:
    text = (package / LESSON).read_text()
    (package / LESSON).write_text(
        text.replace("      en: |-\n        ", "      en: |-\n        [[no-such-term|x]] ", 1)
    )
    assert any("marks the unknown term 'no-such-term'" in p for p in problems(package))


def test_a_file_that_is_not_in_the_package_is_reported(package: Path) -> None:
    removed = next((package / "media").glob("*.png"))
    removed.unlink()
    assert any(f"names media/{removed.name}, which is not in the package" in p for p in problems(package))


def test_a_changed_file_does_not_match_its_manifest(tmp_path: Path) -> None:
    place = tmp_path / "package"
    shutil.copytree(PACKAGE, place)
    spoil(place, LESSON, "minutes: 15", "minutes: 21")
    assert any("has changed since the manifest was written" in p for p in problems(place))


@pytest.mark.parametrize("name", ["../evil.yaml", "/etc/evil.yaml", "a\\b.yaml"])
def test_a_zip_with_an_unsafe_name_is_refused(tmp_path: Path, name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr("course.yaml", "code: X")
        bundle.writestr(name, "x")
    place = tmp_path / "bad.zip"
    place.write_bytes(buffer.getvalue())
    with pytest.raises(archive.BadArchive):
        archive.read(place)


@pytest.mark.django_db
def test_a_faulty_package_changes_nothing(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(package, LESSON, "minutes: 15", "minutes: many")
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("import_course", str(package))
    assert "minutes must be int" in capsys.readouterr().err
    for model in (Course, GlossaryTerm, LessonPage, Question):
        assert not model.objects.exists()


@pytest.mark.django_db
def test_a_fault_found_while_writing_changes_nothing(
    package: Path, monkeypatch: pytest.MonkeyPatch, load_law: Callable[[], None]
) -> None:
    load_law()

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("courses.package.importing._PageWriter.retire", fail)
    with pytest.raises(RuntimeError):
        import_course(package, actor=None)
    assert not Course.objects.exists()
    assert not LessonPage.objects.exists()
