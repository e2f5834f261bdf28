"""What learners fill in: the filters of the catalogue, and joining a course."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import ProfessionalRole
from translation.reading import language_name

from .models import Course

if TYPE_CHECKING:
    from .catalogue import Card


class CatalogueForm(forms.Form):
    """Filters that stay in the address; they offer only what some course has."""

    q = forms.CharField(label=_("Find"), required=False, max_length=100, widget=forms.SearchInput)
    lang = forms.ChoiceField(label=_("Language"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    role = forms.ChoiceField(label=_("Your role"), required=False)

    def __init__(self, *args: Any, cards: Iterable["Card"], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cards = list(cards)
        languages = sorted({code for card in cards for code in card.languages})
        topics = {card.topic_slug: str(card.topic) for card in cards if card.topic}
        roles = {role for card in cards for role in card.roles}
        self._offer("lang", _("Any language"), [(code, language_name(code)) for code in languages])
        self._offer("topic", _("All topics"), sorted(topics.items(), key=lambda pair: pair[1]))
        offered = [pair for pair in ProfessionalRole.choices if pair[0] in roles]
        self._offer("role", _("Any role"), offered)

    def _offer(self, name: str, anything: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", anything), *choices]


class JoinForm(forms.Form):
    """Join a course: in which language to begin, the reader's own first if the course has parts in it."""

    language = forms.ChoiceField(label=_("Language"), help_text=_("You can change the language at any time."))

    def __init__(self, *args: Any, course: Course, reading_in: str, **kwargs: Any) -> None:
        whole = course.languages
        partly = reading_in not in whole and bool(getattr(course, f"title_{reading_in}", None))
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        field.initial = reading_in if partly or reading_in in whole else course.source_language
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, language_name(code)) for code in whole]
        if partly:
            name = _("%(language)s, in parts") % {"language": language_name(reading_in)}
            field.choices = [(reading_in, name), *field.choices]
