"""Completing: written once, counted under one's own syllabus, granted once and never taken back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import AuditEntry, User
from certificates.models import Certificate
from courses import enrolment, progress, rules, syllabus
from courses.choices import CompletionRule, EnrolmentStatus
from courses.models import Course, Enrolment, ItemCompletion, SyllabusVersion
from pages.models import BasePage

from .conftest import Built, add_lesson

pytestmark = pytest.mark.django_db


def _read(of: Enrolment, item: object, language: str = "es") -> ItemCompletion:
    return progress.complete_item(enrolment=of, item_key=item.key, how="read", language=language)  # type: ignore[attr-defined]


def test_a_finished_lesson_moves_the_running_summary(built: Built, enrolled: Enrolment) -> None:
    _read(enrolled, built.lessons[0])
    enrolled.refresh_from_db()
    assert (enrolled.done_count, enrolled.required_count, enrolled.percent) == (1, 4, 25)
    assert enrolled.started_at is not None


def test_the_same_lesson_twice_counts_once(built: Built, enrolled: Enrolment) -> None:
    first = _read(enrolled, built.lessons[0])
    again = _read(enrolled, built.lessons[0], language="en")
    assert again.pk == first.pk
    assert again.language == "es"
    enrolled.refresh_from_db()
    assert enrolled.done_count == 1


def test_the_caller_sees_the_new_summary_without_asking_again(built: Built, enrolled: Enrolment) -> None:
    _read(enrolled, built.lessons[0])
    assert enrolled.percent == 25


def test_what_the_syllabus_does_not_ask_for_changes_no_figure(enrolled: Enrolment) -> None:
    progress.complete_item(enrolment=enrolled, item_key=uuid4(), how="read", language="es")
    enrolled.refresh_from_db()
    assert (enrolled.done_count, enrolled.percent) == (0, 0)


def test_the_last_item_completes_the_course_and_issues_one_certificate(
    built: Built, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled)
    enrolled.refresh_from_db()
    assert (enrolled.status, enrolled.percent) == (EnrolmentStatus.COMPLETED, 100)
    assert enrolled.completed_language == "es"
    assert Certificate.objects.filter(award_key=enrolled.key).count() == 1
    assert AuditEntry.objects.filter(verb="completed").count() == 1
    finish(enrolled)
    assert Certificate.objects.count() == 1
    assert AuditEntry.objects.filter(verb="completed").count() == 1


def test_the_certificate_says_what_was_done(
    built: Built, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    _read(enrolled, built.lessons[0], language="en")
    finish(enrolled)
    statement = Certificate.objects.get().statement
    assert statement["name"] == "Lucía Fernández"
    assert statement["course_titles"] == {"es": "Trata de personas", "en": "Trafficking in persons"}
    assert statement["languages"] == ["en", "es"]
    assert statement["syllabus_version"] == 1
    assert statement["valid_until"] is None


def test_completion_survives_everything_that_happens_to_the_pages(
    built: Built,
    enrolled: Enrolment,
    finish: Callable[..., None],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    finish(enrolled)
    with django_capture_on_commit_callbacks(execute=True):
        add_lesson(built, built.modules[0])
        built.lessons[0].unpublish()
        BasePage.objects.get(pk=built.lessons[1].pk).delete()
        built.modules[1].refresh_from_db()
        built.modules[0].refresh_from_db()
        built.modules[1].move(built.modules[0], pos="left")
    enrolled.refresh_from_db()
    assert (enrolled.status, enrolled.percent, enrolled.syllabus.number) == ("completed", 100, 1)
    assert progress.recount(enrolment=enrolled).status == EnrolmentStatus.COMPLETED
    assert progress.summary(enrolled).complete


def test_who_waits_for_approval_completes_nothing(built: Built, judge: User) -> None:
    asked = enrolment.apply(person=judge, course=built.course)
    with pytest.raises(progress.NotTakingPart):
        _read(asked, built.lessons[0])
    assert not ItemCompletion.objects.exists()


def test_a_visit_is_written_only_when_place_or_language_changes(
    built: Built, enrolled: Enrolment, django_assert_num_queries: Callable[..., object]
) -> None:
    key = built.lessons[0].key
    progress.visit(enrolment=enrolled, item_key=key, language="es")
    enrolled.refresh_from_db()
    assert enrolled.last_item_key == key
    with django_assert_num_queries(0):
        progress.visit(enrolment=enrolled, item_key=key, language="es")
    progress.visit(enrolment=enrolled, item_key=key, language="en")
    enrolled.refresh_from_db()
    assert enrolled.language == "en"


@pytest.mark.database
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_devices_at_the_same_moment_complete_once(
    built: Built, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled, short=1)
    last = built.quizzes[0].key
    together = Barrier(4)

    def complete(_number: int) -> int:
        mine = Enrolment.objects.get(pk=enrolled.pk)
        together.wait()
        try:
            return progress.complete_item(enrolment=mine, item_key=last, how="passed", language="es").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as devices:
        written = list(devices.map(complete, range(4)))
    assert len(set(written)) == 1
    assert ItemCompletion.objects.filter(item_key=last).count() == 1
    assert Certificate.objects.count() == 1
    assert AuditEntry.objects.filter(verb="completed").count() == 1


# --- syllabus versions -----------------------------------------------------------------------------
def test_publishing_many_pages_freezes_one_version(
    built: Built, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for lesson in [add_lesson(built, built.modules[1]) for _ in range(3)]:
            lesson.save_revision().publish()
    assert SyllabusVersion.objects.count() == 2


@pytest.mark.parametrize("change", ["title", "order", "draft"])
def test_what_changes_no_requirement_freezes_nothing(built: Built, change: str) -> None:
    lesson = built.lessons[1]
    lesson.refresh_from_db()
    if change == "title":
        lesson.title_es = "Otro título"
        lesson.save_revision().publish()
    elif change == "order":
        lesson.move(built.lessons[0], pos="left")
    else:
        lesson.minutes = 99
        lesson.save_revision()
    assert syllabus.freeze(course=built.course).number == 1


def test_unpublishing_a_required_lesson_freezes_a_shorter_version(built: Built, enrolled: Enrolment) -> None:
    built.lessons[0].unpublish()
    assert syllabus.freeze(course=built.course).number == 2
    enrolled.refresh_from_db()
    assert enrolled.syllabus.number == 1


def test_titles_are_frozen_in_every_language(built: Built) -> None:
    frozen = rules.from_json(built.course.syllabuses.get().requirements)
    assert frozen.groups[0].titles == {"es": "Módulo 1", "en": "Part 1"}
    assert frozen.requirement(built.lessons[0].key).titles["en"] == "Lesson 1"


def test_two_of_three_complete_a_module_where_the_course_counts_so(built: Built, judge: User) -> None:
    Course.objects.filter(pk=built.course.pk).update(completion_rule=CompletionRule.MODULES)
    built.course.refresh_from_db()
    built.modules[0].refresh_from_db()
    built.modules[0].needed = 2
    built.modules[0].save()
    made = enrolment.enrol(person=judge, course=built.course, actor=None)
    assert made.required_count == 3
    for item in (built.lessons[0], built.lessons[1], built.lessons[2]):
        _read(made, item)
    made.refresh_from_db()
    assert made.status == EnrolmentStatus.COMPLETED


def test_a_change_of_any_page_renews_the_edition(built: Built) -> None:
    before = built.course.edition
    built.lessons[0].refresh_from_db()
    built.lessons[0].save()
    built.course.refresh_from_db()
    assert built.course.edition != before


def test_a_frozen_version_cannot_be_changed(built: Built) -> None:
    version = built.course.syllabuses.get()
    version.number = 7
    with pytest.raises(TypeError):
        version.save()
