"""The catalogue: all live courses as a reader of one language finds them, searched and filtered."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from courses import outline
from courses.forms import CatalogueForm
from courses.outline import Outline
from translation.reading import Reading, base_language, read

from .models import CoursePage


@dataclass(frozen=True, slots=True)
class Card:
    """A course as the catalogue lists it."""

    url: str
    code: str
    title: Reading
    summary: Reading
    topic: Reading | None
    topic_slug: str
    minutes: int
    languages: tuple[str, ...]
    roles: tuple[str, ...]
    outline: Outline

    @property
    def first_languages(self) -> tuple[str, ...]:
        """Return the languages that are named; the others are counted."""
        return self.languages[:4]

    @property
    def more_languages(self) -> int:
        """Return how many languages are not named."""
        return len(self.languages) - len(self.first_languages)


@dataclass(frozen=True, slots=True)
class Listing:
    """What the catalogue shows: the filter form, the courses found, and how many there are."""

    form: CatalogueForm
    cards: tuple[Card, ...]
    total: int


def listing(request: HttpRequest) -> Listing:
    """Return the catalogue as the query of the address filters it; one query for the courses."""
    cards = all_cards(base_language(get_language()))
    form = CatalogueForm(request.GET, cards=cards)
    wanted = form.cleaned_data if form.is_valid() else {}
    return Listing(form, tuple(card for card in cards if matches(card, wanted)), len(cards))


def all_cards(language: str) -> tuple[Card, ...]:
    """Return every live course in the order of the tree."""
    pages = CoursePage.objects.live().select_related("course__topic").order_by("path")
    return tuple(_card(page, language) for page in pages)


def _card(page: CoursePage, language: str) -> Card:
    course = page.course
    return Card(
        url=reverse("courses:course", args=[page.slug]),
        code=course.code,
        title=read(page, "title", language),
        summary=read(page, "summary", language),
        topic=read(course.topic, "name", language) if course.topic else None,
        topic_slug=course.topic.slug if course.topic else "",
        minutes=int(course.hours * 60),
        languages=tuple(course.languages),
        roles=tuple(page.roles),
        outline=outline.of(page_id=page.pk, edition=course.edition, language=language),
    )


def matches(card: Card, wanted: dict[str, Any]) -> bool:
    """Tell whether a course has the language, topic and role asked for, and all words looked for."""
    if wanted.get("lang") and wanted["lang"] not in card.languages:
        return False
    if wanted.get("topic") and wanted["topic"] != card.topic_slug:
        return False
    if wanted.get("role") and wanted["role"] not in card.roles:
        return False
    words = folded(wanted.get("q") or "").split()
    return not words or _contains(words, (card.code, card.title, card.summary, card.topic or ""))


def _contains(words: list[str], texts: Iterable[Any]) -> bool:
    text = folded(" ".join(str(one) for one in texts))
    return all(word in text for word in words)


def folded(text: str) -> str:
    """Return a text without case and accents, as people type it into a search box."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
