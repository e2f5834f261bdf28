"""The filters of the question list in the content editor."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from assessments.choices import Difficulty, QuestionStatus
from assessments.models import Category, QuestionVersion


class QuestionFilters(WagtailFilterSet):
    """Category, kind, status, difficulty and language of a question."""

    category = django_filters.ModelChoiceFilter(
        field_name="question__category", queryset=Category.objects.all(), label=_("Category")
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
