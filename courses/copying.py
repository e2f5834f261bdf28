"""Copies of courses and of their parts. A copy counts for itself: every item gets a key of its own."""

from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction

from accounts import audit
from accounts.models import User
from pages.models import BasePage
from translation.models import FieldTranslation

from . import rights
from .models import Course, CoursePage, LessonPage, QuizPage
from .tree import course_page_of

COPIED = (
    "source_language",
    "hours",
    "topic_id",
    "ready_languages",
    "enrolment_policy",
    "completion_rule",
    "validity_months",
    "merit_from",
    "distinction_from",
)


@transaction.atomic
def copy_course(*, page: CoursePage, code: str, title: str, slug: str, actor: User) -> CoursePage:
    """Return a draft copy of a whole course with a Course record of its own.

    Modules, lessons and quizzes have new keys, prerequisites point inside the copy, and quizzes draw
    from the same question bank. `title` is in the source language; other languages keep theirs.
    Who edits the original edits the copy. Raises IntegrityError when the code is taken.
    """
    course = _copy_record(page.course, code, title)
    copied = CopyPageAction(
        page=page,
        recursive=True,
        copy_revisions=False,
        keep_live=False,
        user=actor,
        update_attrs={"course": course, "slug": slug, f"title_{page.source_language}": title},
    ).execute(skip_permission_checks=True)
    settle(original=page, copied=copied, actor=actor)
    audit.record(actor=actor, verb="course_copied", target=course, data={"from": str(page.course.key)})
    rights.apply_trainers(course=course, actor=actor)
    return CoursePage.objects.get(pk=copied.pk)


def _copy_record(original: Course, code: str, title: str) -> Course:
    course = Course(code=code, **{name: getattr(original, name) for name in COPIED})
    for field in ("title", "certificate_wording"):
        for language in original.languages:
            column = f"{field}_{language}"
            setattr(course, column, getattr(original, column))
    setattr(course, f"title_{original.source_language}", title)
    course.save()
    course.trainers.set(original.trainers.all())
    return course


@transaction.atomic
def settle(*, original: BasePage, copied: BasePage, actor: User | None) -> None:
    """Finish a copied branch: prerequisites inside it, and translations known to be as good as before."""
    pairs = list(zip(_branch(original), _branch(copied), strict=True))
    new_ids = {old.pk: new.pk for old, new in pairs}
    for old, new in pairs:
        _copy_translation_state(old, new)
        page = new.specific
        if isinstance(page, LessonPage | QuizPage) and page.after_id is not None:
            page.after_id = new_ids.get(page.after_id) or _kept(page)
            page.save(update_fields=["after"])
            page.save_revision(user=actor, changed=False, clean=False)


def _branch(page: BasePage) -> list[BasePage]:
    return list(BasePage.objects.filter(path__startswith=page.path).order_by("path"))


def _kept(page: LessonPage | QuizPage) -> int | None:
    """Return the prerequisite of a part copied within its own course; none from another course."""
    if page.after is None:
        return None
    mine = course_page_of(page.path)
    theirs = course_page_of(page.after.path)
    return page.after_id if mine is not None and mine == theirs else None


def _copy_translation_state(old: BasePage, new: BasePage) -> None:
    for made in FieldTranslation.objects.filter(content_type=old.content_type, object_id=old.pk):
        FieldTranslation.objects.update_or_create(
            content_type=made.content_type,
            object_id=new.pk,
            field=made.field,
            language=made.language,
            defaults={"source_hash": made.source_hash, "made_at": made.made_at, "made_by": made.made_by},
        )


@transaction.atomic
def retitle(*, original: BasePage, copied: BasePage, title: str, screen: str, actor: User | None) -> None:
    """Put the title typed for a copy into its source language.

    Wagtail's form gave it to `screen`, the language of the editor's own menus; that language gets
    the original's title back.
    """
    page = copied.specific
    source = page.source_language
    if source == screen:
        return
    setattr(page, f"title_{screen}", getattr(original.specific, f"title_{screen}"))
    setattr(page, f"title_{source}", title)
    page.save()
    page.save_revision(user=actor, changed=False, clean=False)
