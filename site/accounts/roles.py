"""The seven roles. A role is a group; what it may do stands in the migrations that make them."""

from django.contrib.auth.models import Group
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


EDITORS = {Role.TRAINER, Role.TRANSLATOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR}
STAFF = {Role.PROGRAMME_STAFF, Role.ADMINISTRATOR, Role.AUDITOR}


def has_role(person: User, *roles: Role) -> bool:
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


def refresh_flags(person: User) -> None:
    """Set the two columns that pages read instead of the groups."""
    person.__dict__.pop("role_names", None)
    person.is_staff = person.is_superuser or not person.role_names.isdisjoint(EDITORS)
    person.is_programme_staff = person.is_superuser or not person.role_names.isdisjoint(STAFF)
    person.save(update_fields=["is_staff", "is_programme_staff"])
