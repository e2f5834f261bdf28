"""Who may edit what: the roles' permissions in the editor, and the rights of trainers on their courses.

A role gives permissions on kinds of records. A trainer's right to pages, pictures and documents comes
course by course, through a group that each course has.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from assessments.models import Category
from pages.models import BasePage

from .models import Course, CoursePage
from .package.media import collection_of

CONTENT = ("course", "topic", "glossaryterm", "instrument", "instrumentarticle", "legalprovision")
LAW = ("instrument", "instrumentarticle", "legalprovision")
BANK = ("category",)
ALL = ("add", "change", "delete", "view")
WRITE = ("add", "change", "view")

# role: (app, models, actions); who may open the editor at all stands with the roles
ROLE_PERMISSIONS: dict[Role, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    Role.TRAINER: (
        ("courses", CONTENT, ("view",)),
        ("courses", ("glossaryterm",), WRITE),
        ("assessments", BANK, WRITE),
    ),
    Role.TRANSLATOR: (("courses", CONTENT, ("view",)), ("courses", ("glossaryterm",), ("change",))),
    Role.LEGAL_REVIEWER: (("courses", CONTENT, ("view",)), ("courses", LAW, WRITE)),
    Role.ADMINISTRATOR: (
        ("courses", CONTENT, ALL),
        ("courses", ("legalreviewtask", "trainerapprovaltask"), ALL),
        ("assessments", BANK, ALL),
    ),
}
ADMINISTRATOR_PAGES = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
TRAINER_PAGES = ("add", "change")
TRAINER_FILES = ("add", "change", "choose")


@transaction.atomic
def ensure_permissions() -> None:
    """Give each role what it may do in the editor. Idempotent; run again after new kinds of records."""
    for role, parts in ROLE_PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.add(*_named(parts))
    administrators = Group.objects.get(name=Role.ADMINISTRATOR.value)
    root = BasePage.objects.get(depth=1)
    _allow_pages(administrators, root, ADMINISTRATOR_PAGES)


def _named(parts: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Iterable[Permission]:
    wanted = Q(pk__in=())
    for app, models, actions in parts:
        names = [f"{action}_{model}" for action in actions for model in models]
        wanted |= Q(content_type__app_label=app, codename__in=names)
    return Permission.objects.filter(wanted)


def _allow_pages(group: Group, page: BasePage, actions: Iterable[str]) -> None:
    for action in actions:
        permission = Permission.objects.get(content_type__app_label="pages", codename=f"{action}_basepage")
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_files(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        codenames = [f"{action}_{model}" for action in actions]
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def course_group(course: Course) -> Group:
    """Return the group whose members edit the course, made when it is new.

    Named by the key: a code may change, and a changed name must not leave rights behind.
    """
    return Group.objects.get_or_create(name=f"course {course.key}")[0]


@transaction.atomic
def give_course(*, trainer: User, course: Course, actor: User | None = None) -> None:
    """Let a trainer edit the course, its questions, pictures and documents; giving it twice changes nothing.

    Raises ValueError for a person who is not a trainer.
    """
    if not trainer.groups.filter(name=Role.TRAINER.value).exists():
        raise ValueError(f"{trainer.email} is not a trainer.")
    course.trainers.add(trainer)
    apply_trainers(course=course, actor=actor)


@transaction.atomic
def take_course(*, trainer: User, course: Course, actor: User | None = None) -> None:
    """Take the course from a trainer."""
    course.trainers.remove(trainer)
    apply_trainers(course=course, actor=actor)


@transaction.atomic
def apply_trainers(*, course: Course, actor: User | None = None) -> None:
    """Make the course's group hold exactly its trainers, with rights on page, questions and files."""
    group = course_group(course)
    before, after = set(group.user_set.all()), set(course.trainers.all())
    group.user_set.set(after)
    for verb, people in (("course_given", after - before), ("course_taken", before - after)):
        for person in people:
            audit.record(actor=actor, verb=verb, target=course, data={"trainer": str(person.key)})
    page = CoursePage.objects.filter(course=course).first()
    if page is not None:
        _allow_pages(group, BasePage.objects.get(pk=page.pk), TRAINER_PAGES)
    Category.objects.filter(course_code=course.code).update(editors=group)
    _allow_files(group, collection_of(course.code), TRAINER_FILES)
