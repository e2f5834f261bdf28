"""The filters of the question list in the content editor."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from assessments import access
from assessments.choices import Difficulty, QuestionStatus
from assessments.models import Category, QuestionVersion
from assessments.policies import categories_for


def _readable(request: HttpRequest | None) -> QuerySet[Category]:
    if request is None:
        return Category.objects.none()
    return categories_for(access.person_of(request), to_edit=False)


class QuestionFilters(WagtailFilterSet):
    """Category, kind, status, difficulty and language of a question."""

    category = django_filters.ModelChoiceFilter(
        field_name="question__category", queryset=_readable, label=_("Category")
    )
    status = django_filters.ChoiceFilter(
        field_name="question__status", choices=QuestionStatus.choices, label=_("Status")
    )
    difficulty = django_filters.ChoiceFilter(
        field_name="question__difficulty", choices=Difficulty.choices, label=_("Difficulty")
    )

    class Meta:
        model = QuestionVersion
        fields = ["category", "kind", "status", "difficulty", "source_language"]
