"""The forms by which administrators open and change accounts in the content editor.

There are no passwords in them: who gets an account is sent a link. Nobody is made an operator here:
that is done on the command line, so that an administrator cannot give more than they have.
"""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms as wagtail_forms

from .. import people, roles
from ..models import User
from ..roles import Role
from .profile import time_zone_choices


class RolesField(forms.ModelMultipleChoiceField):
    """Groups, called by the name of their role."""

    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label) if group.name in Role.values else group.name


class PersonForm(wagtail_forms.UserForm):
    first_name = None
    last_name = None
    is_superuser = None
    email = forms.EmailField(label=_("E-mail address"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, required=False)
    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    error_messages = wagtail_forms.UserForm.error_messages | {
        "duplicate_username": _("This address has an account already.")
    }

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        self.actor = actor
        kwargs.pop("editing_self", None)
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Return the address as it is stored."""
        return User.objects.normalize_email(self.cleaned_data["email"])

    class Meta:
        model = User
        fields: tuple[str, ...] = (
            "email",
            "name",
            "name_latin",
            "country",
            "role",
            "court",
            "institution",
            "language",
            "time_zone",
            "extra_time",
        )


class NewPersonForm(PersonForm):
    """Open an account; the person is sent a link to set a password."""

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Open the account, give the roles and send the link."""
        fields = {name: self.cleaned_data[name] for name in self._meta.fields}
        if not fields["time_zone"]:
            del fields["time_zone"]
        person = people.register(actor=self.actor, **fields)
        roles.set_groups(person=person, groups=self.cleaned_data["groups"], actor=self.actor)
        people.send_welcome(person=person)
        self.instance = person
        return person


class ChangePersonForm(PersonForm):
    """Change an account, its roles, and whether it may be used."""

    class Meta(PersonForm.Meta):
        fields = (*PersonForm.Meta.fields, "is_active")

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].initial = self.instance.groups.all()
        if editing_self:
            del self.fields["is_active"]

    def clean_time_zone(self) -> str:
        """Keep the time zone where none is chosen."""
        return self.cleaned_data["time_zone"] or self.instance.time_zone

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Save the fields; addresses, roles and closing go through their verbs."""
        person = self.instance
        person.save()
        if "email" in self.changed_data:
            people.replace_email(person=person, email=person.email, actor=self.actor)
        if "is_active" in self.changed_data:
            people.note_active(person=person, actor=self.actor)
        roles.set_groups(person=person, groups=self.cleaned_data["groups"], actor=self.actor)
        return person
