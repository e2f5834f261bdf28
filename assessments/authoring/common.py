"""What every question has: its place in the bank, its words, and what is said after marking."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.authoring.fields import ShareField, line, lines_of
from assessments.authoring.pieces import text_of
from assessments.choices import Difficulty, OptionRole, QuestionStatus
from assessments.models import Category, QuestionVersion
from assessments.policies import categories_for
from translation.reading import language_name

TEXTS = ("stem", "passage", "feedback", "reason", "source")
SINGLE = {
    "when_right": OptionRole.WHEN_RIGHT,
    "when_partly": OptionRole.WHEN_PARTLY,
    "when_wrong": OptionRole.WHEN_WRONG,
    "marker_notes": OptionRole.MARKER_NOTES,
}
MOST_TAGS = 20


class TagsField(forms.CharField):
    """Tags with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).replace("،", ",").replace(";", ",")
        return tags_in(text)


def tags_in(text: str) -> list[str]:
    """The tags of a line, each once; the first spelling goes before a second."""
    found: dict[str, str] = {}
    for tag in (" ".join(part.split())[:60] for part in text.split(",")):
        if tag:
            found.setdefault(tag.casefold(), tag)
    return list(found.values())[:MOST_TAGS]


class CommonForm(forms.Form):
    """The fields of all kinds."""

    ABOUT = ("category", "status", "name", "difficulty", "objective")
    use_required_attribute = False

    source_language = forms.ChoiceField(
        label=_("Written in"),
        choices=[(code, language_name(code)) for code, _n in settings.LANGUAGES],
        help_text=_("Other languages follow it."),
    )
    category = forms.ModelChoiceField(Category.objects.none(), label=_("Category"))
    stem = forms.CharField(
        label=_("Question"),
        widget=lines_of(5),
        max_length=20_000,
        error_messages={"required": _("Write the question.")},
        help_text=_(
            "The facts first, if any; the last paragraph is the question itself. Leave an empty line"
            " between paragraphs; **bold** and *italic* are possible."
        ),
    )
    passage = forms.CharField(label=_("Text"), widget=lines_of(5), max_length=20_000)
    feedback = forms.CharField(
        label=_("General feedback"),
        required=False,
        widget=lines_of(2),
        help_text=_("Shown to everybody after marking."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=lines_of(3),
        help_text=_("Why the right answer is right, with the authority."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        widget=lines_of(1),
        help_text=_("The article, judgment or paragraph relied on."),
    )
    when_right = forms.CharField(label=_("To those who are right"), required=False, widget=lines_of(2))
    when_partly = forms.CharField(
        label=_("To those who are partly right"), required=False, widget=lines_of(2)
    )
    when_wrong = forms.CharField(label=_("To those who are wrong"), required=False, widget=lines_of(2))
    marker_notes = forms.CharField(
        label=_("Notes for markers"),
        required=False,
        widget=lines_of(3),
        help_text=_("Learners never see them."),
    )
    penalty = ShareField(
        label=_("What each earlier try takes off"),
        help_text=_("A share of the mark, for quizzes with several tries. Empty: what the quiz says."),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=QuestionStatus.choices,
        initial=QuestionStatus.DRAFT,
        help_text=_("Only a question that is ready is drawn for a quiz."),
    )
    name = forms.CharField(
        label=_("Short name"),
        max_length=200,
        required=False,
        widget=line(),
        help_text=_("For staff; learners never see it."),
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"), choices=[("", _("Not stated")), *Difficulty.choices], required=False
    )
    objective = forms.CharField(
        label=_("Learning outcome"),
        max_length=80,
        required=False,
        help_text=_("The code of the outcome that this question tests, for example A1.2."),
    )
    tags = TagsField(
        label=_("Tags"), max_length=600, required=False, help_text=_("With commas between them.")
    )

    def __init__(
        self, data: Any = None, *, version: QuestionVersion, person: User, has_passage: bool, **options: Any
    ) -> None:
        super().__init__(data, prefix="q", **options)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = categories_for(person, to_edit=True)
        if version.question.pk:
            del self.fields["source_language"]
        # a text with gaps may ask by itself
        self.fields["stem"].required = not has_passage
        if not has_passage:
            del self.fields["passage"]

    @property
    def place(self) -> list[forms.BoundField]:
        """Where the question stands in the bank."""
        return self._those("category", "source_language", "status", "name", "difficulty", "objective", "tags")

    @property
    def after(self) -> list[forms.BoundField]:
        """What is shown with the result."""
        return self._those("reason", "source", "feedback")

    @property
    def seldom(self) -> list[forms.BoundField]:
        """What few questions need."""
        return self._those("when_right", "when_partly", "when_wrong", "penalty", "marker_notes")

    @property
    def opens_seldom(self) -> bool:
        """Whether one of these is filled in or wrong, so that it has to be seen."""
        return any(field.value() or field.name in self.errors for field in self.seldom)

    @property
    def about(self) -> dict[str, Any]:
        """What is said of the question as a whole."""
        return {name: self.cleaned_data[name] for name in self.ABOUT}

    def clean_penalty(self) -> Any:
        """Refuse a share outside 0 to 1."""
        penalty = self.cleaned_data["penalty"]
        if penalty is not None and not 0 <= penalty <= 1:
            raise forms.ValidationError(_("Enter a share from 0 to 1."))
        return penalty

    def _those(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]


def initial_of(version: QuestionVersion, language: str) -> dict[str, Any]:
    """The fields for a stored question."""
    question = version.question
    found: dict[str, Any] = {name: getattr(version, f"{name}_{language}") or "" for name in TEXTS}
    found |= {name: text_of(version, role, language) for name, role in SINGLE.items()}
    found |= {name: getattr(question, name) for name in ("status", "name", "difficulty", "objective")}
    found |= {
        "category": question.category_id,
        "source_language": language,
        "penalty": (version.marking or {}).get("penalty"),
        "tags": [tag.name for tag in question.tags.all()] if question.pk else [],
    }
    return found
