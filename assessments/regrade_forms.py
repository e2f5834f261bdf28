"""What is filled in for a regrade."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.choices import RegradePolicy


class RegradeForm(forms.Form):
    """Which question, by which key, and why; staff may decide that what was passed is taken back."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    everywhere = forms.BooleanField(
        label=_("In every quiz that has asked this question"),
        required=False,
    )
    policy = forms.ChoiceField(
        label=_("Which key counts"),
        choices=RegradePolicy.choices,
        widget=forms.RadioSelect,
        initial=RegradePolicy.BETTER,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "The learners concerned read it in a letter, in the words you write here, and it is kept."
        ),
    )
    lower_reason = forms.CharField(
        label=_("Why people who have passed may fail"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "Leave it empty, and whoever has passed keeps their result. If you write a reason, it is kept,"
            " completions that rest on the quiz are taken back, and their certificates are withdrawn."
        ),
    )

    def __init__(self, *args: Any, questions: list[tuple[str, str]], may_lower: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [("", _("All questions of the quiz")), *questions]  # type: ignore[attr-defined]
        if not may_lower:
            del self.fields["lower_reason"], self.fields["everywhere"]

    def clean(self) -> dict[str, Any]:
        """Refuse every quiz without a question."""
        found = super().clean() or self.cleaned_data
        if found.get("everywhere") and not found.get("question"):
            self.add_error("question", _("Choose the question that is marked again in every quiz."))
        return found
