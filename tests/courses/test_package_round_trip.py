"""What is imported can be exported without loss, and importing again changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import TestCase

from assessments.models import Category, QuestionVersion
from courses import rights
from courses.models import Course, LegalProvision, LessonPage, SyllabusVersion
from courses.package.exporting import collect
from courses.package.importing import import_course
from courses.package.law import import_law
from courses.package.reading import BadPackage
from tests import standing

PACKAGES = Path(settings.ROOT) / "courses" / "packages"
BIAS = PACKAGES / "judging-without-bias"
TRAFFICKING = PACKAGES / "trafficking-smuggling"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def files_of(place: Path) -> dict[str, bytes]:
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}


@standing.once("bias")
def import_bias() -> None:
    """Import the smaller course into an empty catalogue, as a transaction that ends does."""
    import_law(PACKAGES / "law", actor=None)
    with TestCase.captureOnCommitCallbacks(execute=True):
        import_course(BIAS, actor=None)


@pytest.fixture
def bias(db: None) -> Course:
    """The smaller course, imported once for all tests here."""
    return Course.objects.get()


def goes_round(course: Course, package: Path, tmp_path: Path) -> None:
    before = files_of(package)
    assert collect(course, version=1) == before
    mine = Category.objects.filter(course_code=course.code)
    assert {one.editors for one in mine} == {rights.course_group(course)}
    again = import_course(package, actor=None)
    assert (again.changed_pages, again.changed_questions, again.unpublished) == (0, 0, [])
    bundle = tmp_path / "course.zip"
    call_command("export_course", course.code, str(bundle), verbosity=0)
    from_zip = import_course(bundle, actor=None)
    assert from_zip.changed_pages == 0
    assert collect(course, version=1) == before


def test_the_longer_course_comes_out_byte_for_byte_as_it_went_in(
    load_law: Callable[[], None], tmp_path: Path
) -> None:
    load_law()
    goes_round(import_course(TRAFFICKING, actor=None).course, TRAFFICKING, tmp_path)


def test_the_shorter_course_comes_out_byte_for_byte_as_it_went_in(bias: Course, tmp_path: Path) -> None:
    goes_round(bias, BIAS, tmp_path)


def test_a_changed_question_is_a_new_version_and_a_removed_lesson_is_unpublished(
    bias: Course, tmp_path: Path
) -> None:
    import shutil

    place = tmp_path / "package"
    shutil.copytree(BIAS, place)
    (place / "manifest.json").unlink()
    questions = place / "questions/bias-and-the-judge.yaml"
    text = questions.read_text()
    stem = text[text.index("stem:\n") : text.index("options:")]
    questions.write_text(text.replace(stem, stem.replace("en: ", "en: Changed. ", 1), 1))
    module = place / "modules/01-bias-and-the-judge/module.yaml"
    listed = module.read_text()
    removed = next(line for line in listed.splitlines() if "02-" in line and line.endswith(".yaml"))
    module.write_text(listed.replace(removed + "\n", ""))
    versions = QuestionVersion.objects.count()
    again = import_course(place, actor=None)
    assert again.changed_questions == 1
    assert QuestionVersion.objects.count() == versions + 1
    assert len(again.unpublished) == 1
    assert LessonPage.objects.filter(live=False).count() == 1


def test_a_new_course_freezes_one_syllabus(bias: Course) -> None:
    assert SyllabusVersion.objects.filter(course=bias).count() == 1
    assert bias.languages == ["en", "es", "pt"]


def test_doubtful_provisions_are_stored_unpublished_with_their_reason(load_law: Callable[[], None]) -> None:
    load_law()
    hidden = LegalProvision.objects.filter(published=False)
    assert hidden.count() > 20
    assert not hidden.filter(unpublished_reason="").exists()
    assert not LegalProvision.objects.filter(published=True, certainty__in=["doubtful", "uncertain"]).exists()
    assert LegalProvision.objects.values("jurisdiction").distinct().count() == 23


def test_a_law_folder_with_a_fault_changes_nothing(tmp_path: Path) -> None:
    import shutil

    place = tmp_path / "law"
    shutil.copytree(PACKAGES / "law", place)
    file = place / "provisions" / "MX.yaml"
    file.write_text(file.read_text().replace("topic: definition", "topic: opinion", 1))
    with pytest.raises(BadPackage, match=r"provisions/MX\.yaml:\d+: .*must be one of"):
        import_law(place, actor=None)
    assert not LegalProvision.objects.exists()
