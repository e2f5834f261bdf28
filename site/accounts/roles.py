"""The seven roles. A role is a group; what it may do stands in the migrations that make them."""

from collections.abc import Iterable
from typing import Any

from django.apps.registry import Apps
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from . import audit
from .models import User


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    TRAINER = "trainer", _("Trainer")
    TRANSLATOR = "translator", _("Translator")
    LEGAL_REVIEWER = "legal_reviewer", _("Legal reviewer")
    PROGRAMME_STAFF = "programme_staff", _("Programme staff")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Who may open the content editor; the migrations give these groups Wagtail's own permission for it.
EDITORS = {Role.TRAINER, Role.TRANSLATOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR}
STAFF = {Role.PROGRAMME_STAFF, Role.ADMINISTRATOR, Role.AUDITOR}

OPEN_EDITOR = "wagtailadmin.access_admin"
# Permissions whose code name does not end with the name of their model.
_MODEL_OF = {OPEN_EDITOR: "admin"}


def has_role(person: User | AnonymousUser, *roles: Role) -> bool:
    """Tell whether the person has one of the roles; an operator has all of them."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or not person.role_names.isdisjoint(roles)


@transaction.atomic
def grant(*, person: User, role: Role, actor: User | None) -> None:
    """Give a role and write it down; giving it twice changes nothing."""
    group, _created = Group.objects.get_or_create(name=role.value)
    if person.groups.filter(pk=group.pk).exists():
        return
    person.groups.add(group)
    audit.record(actor=actor, verb="role_granted", target=person, data={"role": role.value})
    refresh_flags(person)


@transaction.atomic
def withdraw(*, person: User, role: Role, actor: User | None) -> None:
    """Take a role back and write it down."""
    group = Group.objects.filter(name=role.value).first()
    if group is None or not person.groups.filter(pk=group.pk).exists():
        return
    person.groups.remove(group)
    audit.record(actor=actor, verb="role_withdrawn", target=person, data={"role": role.value})
    refresh_flags(person)


@transaction.atomic
def set_groups(*, person: User, groups: Iterable[Group], actor: User | None) -> None:
    """Make these the person's groups, and write down each that was added or taken away."""
    before = set(person.groups.all())
    after = set(groups)
    person.groups.set(after)
    for verb, changed in (("role_granted", after - before), ("role_withdrawn", before - after)):
        for group in sorted(changed, key=lambda group: group.name):
            audit.record(actor=actor, verb=verb, target=person, data={"role": group.name})
    refresh_flags(person)


def refresh_flags(person: User) -> None:
    """Set the two columns that pages read instead of the groups.

    `is_staff` mirrors the permission by which Wagtail itself decides, so the two never disagree.
    """
    person.__dict__.pop("role_names", None)
    app_label, codename = OPEN_EDITOR.split(".")
    person.is_staff = (
        person.is_superuser
        or Permission.objects.filter(
            group__user=person, content_type__app_label=app_label, codename=codename
        ).exists()
    )
    person.is_programme_staff = person.is_superuser or not person.role_names.isdisjoint(STAFF)
    person.save(update_fields=["is_staff", "is_programme_staff"])


def permit(apps: Apps, role: str, *permissions: str) -> None:
    """Give a role permissions such as "courses.change_course"; to be called from a migration.

    Django makes permissions only after all migrations have run, so missing rows are made here.
    """
    group = _group(apps, role)
    group.permissions.add(*[_permission(apps, name) for name in permissions])


def permit_in_library(apps: Apps, role: str, *permissions: str) -> None:
    """Give a role permissions on all images or documents ("wagtailimages.add_image").

    Wagtail grants these per collection; ours hold for the root and so for every collection. For use
    in a migration that depends on the newest ones of wagtailcore, wagtailimages and wagtaildocs.
    """
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    grants = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    group = _group(apps, role)
    for name in permissions:
        grants.get_or_create(group=group, collection=root, permission=_permission(apps, name))


def _group(apps: Apps, role: str) -> Any:
    return apps.get_model("auth", "Group").objects.get_or_create(name=str(role))[0]


def _permission(apps: Apps, name: str) -> Any:
    app_label, codename = name.split(".")
    action, _underscore, model = codename.partition("_")
    model = _MODEL_OF.get(name, model)
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    try:
        spoken = apps.get_model(app_label, model)._meta.verbose_name_raw
    except LookupError:
        spoken = model
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {action} {spoken}"},
    )
    return permission
