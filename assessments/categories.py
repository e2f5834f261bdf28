"""The form of a category in the content editor; questions have pages of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Category
from assessments.policies import categories_for
from translation.editing import SourceLanguageForm


class CategoryForm(SourceLanguageForm):
    """A category; in a course that has one already it is edited by the same group."""

    def clean_course_code(self) -> str:
        """Refuse the course of others."""
        code: str = self.cleaned_data["course_code"]
        taken = Category.objects.filter(course_code=code).exclude(pk=self.instance.pk) if code else None
        own = categories_for(self.for_user, to_edit=True)
        if taken is not None and taken.exclude(pk__in=own).exists():
            raise forms.ValidationError(_("The questions of this course are edited by its own trainers."))
        editors = taken.exclude(editors=None).first() if taken is not None else None
        if editors is not None:
            self.instance.editors = editors.editors
        return code
