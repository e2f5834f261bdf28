"""Changing many questions at once: status, category, difficulty, outcome, tags."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from assessments.authoring.common import TagsField
from assessments.bank import tagged
from assessments.choices import Difficulty, QuestionStatus
from assessments.keys import can_be_marked
from assessments.models import Category, Question, QuestionVersion
from assessments.policies import categories_for

MOST = 200


@dataclass(frozen=True)
class Act:
    """One thing that can be done to many questions."""

    title: str | Promise
    button: str | Promise


ACTS: dict[str, Act] = {
    "status": Act(_("Change the status"), _("Change the status")),
    "category": Act(_("Move to another category"), _("Move")),
    "difficulty": Act(_("State the difficulty"), _("State the difficulty")),
    "objective": Act(_("State the learning outcome"), _("State the outcome")),
    "add_tags": Act(_("Add tags"), _("Add the tags")),
    "remove_tags": Act(_("Take tags away"), _("Take them away")),
}


class BulkForm(forms.Form):
    """The one field that an act needs, and the questions."""

    use_required_attribute = False

    def __init__(self, data: Any, *, act: str, person: User) -> None:
        super().__init__(data)
        self.fields["value"] = _field(act, person)

    @property
    def value(self) -> Any:
        """What is to be stated."""
        return self.cleaned_data["value"]


def _field(act: str, person: User) -> forms.Field:
    match act:
        case "status":
            return forms.ChoiceField(label=_("Status"), choices=QuestionStatus.choices)
        case "category":
            return forms.ModelChoiceField(
                categories_for(person, to_edit=True), label=_("Category"), empty_label=None
            )
        case "difficulty":
            return forms.ChoiceField(
                label=_("Difficulty"), choices=[("", _("Not stated")), *Difficulty.choices], required=False
            )
        case "objective":
            return forms.CharField(
                label=_("Learning outcome"),
                max_length=80,
                required=False,
                help_text=_("A code such as A1.2. Empty: none."),
            )
    return TagsField(label=_("Tags"), max_length=600, help_text=_("With commas between them."))


def cannot_be_ready(questions: Iterable[Question]) -> list[Question]:
    """Those of them that no quiz could put, because their newest version cannot be marked."""
    found = list(questions)
    newest = QuestionVersion.objects.latest_to_put().filter(question__in=found).prefetch_related("options")
    good = {version.question_id for version in newest if can_be_marked(version)}
    return [question for question in found if question.pk not in good]


@transaction.atomic
def change(*, questions: Iterable[Question], act: str, value: Any, actor: User) -> int:
    """Do it to all of them, or to none; gives how many were changed."""
    keys = [question.pk for question in questions]
    found = list(Question.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if act in ("add_tags", "remove_tags"):
        tags = tagged(value)
        for question in found:
            (question.tags.add if act == "add_tags" else question.tags.remove)(*tags)
    else:
        Question.objects.filter(pk__in=keys).update(**{act: value})
    said = value.slug if isinstance(value, Category) else value
    for question in found:
        audit.record(actor=actor, verb="question_changed", target=question, data={act: said})
    return len(found)
