"""Copies count for themselves: new keys, prerequisites inside the copy, the same question bank."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import User
from courses import copying, rights
from courses.models import Course, CoursePage, LessonPage, QuizPage
from translation import readiness

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(built: Any, administrator: User, trainer: User) -> CoursePage:
    rights.give_course(trainer=trainer, course=built.course)
    second = built.lessons[1]
    second.after_id = built.lessons[0].pk
    second.save()
    readiness.mark_current(record=built.lessons[0], field="lede", language="en", actor=None)
    return copying.copy_course(
        page=CoursePage.objects.get(pk=built.page.pk), code="TIP-102", title="Trata, segunda edición",
        slug="tip-102", actor=administrator,
    )  # fmt: skip


def test_a_copied_course_has_a_record_of_its_own(copied: CoursePage, built: Any) -> None:
    course = copied.course
    assert course != built.course
    assert (course.code, course.title_es, course.title_en) == (
        "TIP-102",
        "Trata, segunda edición",
        "Trafficking in persons",
    )
    assert (course.hours, course.source_language) == (built.course.hours, "es")
    assert not copied.live
    assert copied.title_es == "Trata, segunda edición"


def test_every_item_of_a_copy_has_a_new_key_in_page_and_revision(copied: CoursePage, built: Any) -> None:
    old = {item.key for item in [*built.modules, *built.lessons, *built.quizzes]}
    pages = [page for page in copied.get_descendants().specific() if hasattr(page, "key")]
    assert len(pages) == len(old)
    assert not {page.key for page in pages} & old
    for page in pages:
        assert page.get_latest_revision_as_object().key == page.key


def test_prerequisites_of_a_copy_point_inside_it(copied: CoursePage, built: Any) -> None:
    first, second = LessonPage.objects.descendant_of(copied).order_by("path")[:2]
    assert second.after_id == first.pk
    assert second.get_latest_revision_as_object().after_id == first.pk


def test_a_copied_quiz_draws_from_the_same_bank(copied: CoursePage, built: Any) -> None:
    quiz = QuizPage.objects.descendant_of(copied).get()
    assert [slot.question_id for slot in quiz.slots.all()] == [
        slot.question_id for slot in built.quizzes[0].slots.all()
    ]


def test_translations_of_a_copy_are_as_good_as_before(copied: CoursePage, built: Any) -> None:
    lesson = LessonPage.objects.descendant_of(copied).order_by("path").first()
    lesson.lede_en = "You can tell apart."
    assert readiness.state(record=lesson, field="lede", language="en") == readiness.State.CURRENT


def test_who_edits_a_course_edits_its_copy(copied: CoursePage, trainer: User) -> None:
    assert copied.permissions_for_user(User.objects.get(pk=trainer.pk)).can_edit()


def test_a_code_is_used_once(built: Any, administrator: User) -> None:
    with pytest.raises(IntegrityError):
        copying.copy_course(page=built.page, code=built.course.code, title="X", slug="x", actor=administrator)


def test_the_editor_leads_to_the_form_for_courses(built: Any, administrator: User, browse: Any) -> None:
    client = browse(administrator)
    response = client.get(reverse("wagtailadmin_pages:copy", args=[built.page.pk]))
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    taken = {"code": "tip-101", "title": "X", "slug": "tip-101"}
    assert set(client.post(response.url, taken).context["form"].errors) == {"code", "slug"}
    done = client.post(response.url, {"code": "TIP-103", "title": "Copia", "slug": "tip-103"})
    assert done.status_code == 302
    assert Course.objects.get(code="TIP-103").page.title_es == "Copia"


def test_a_module_copied_in_the_editor_gets_keys_and_keeps_its_own_title_in_its_language(
    built: Any, administrator: User, browse: Any
) -> None:
    module = built.modules[0]
    response = browse(administrator).post(
        reverse("wagtailadmin_pages:copy", args=[module.pk]),
        {"new_title": "Módulo copiado", "new_slug": "copia", "new_parent_page": built.page.pk,
         "copy_subpages": "on", "publish_copies": ""},
    )  # fmt: skip
    assert response.status_code == 302
    copy = built.page.get_children().get(slug="copia").specific
    assert copy.key != module.key
    assert copy.title_es == "Módulo copiado"
    assert copy.title_en == module.title_en
    assert copy.get_children().count() == module.get_children().count()


def test_a_course_is_not_copied_by_those_who_may_not_edit_it(built: Any, trainer: User, browse: Any) -> None:
    rights.ensure_permissions()
    response = browse(trainer).get(reverse("copy_course", args=[built.page.pk]))
    assert response.status_code in {302, 403}
