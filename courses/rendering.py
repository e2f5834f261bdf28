"""A lesson as HTML: drawn once for a language, a country and a way of reading, then filled for each reader.

`lesson_html` is what learner pages call. The drawing is kept in the cache; it is drawn again when the
lesson is published, and when the law, the glossary or a file changes (`renew`). Where processes do not
share a cache, another process shows the older drawing for at most `KEPT_SECONDS`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from translation.reading import base_language, read

from . import personal, richtext
from .models import GlossaryTerm, LessonPage

KEPT_SECONDS = 300
GENERATION = "lessons:generation"
_BLOCK_ID = re.compile(r"[A-Za-z0-9-][\w-]*", re.ASCII)


@dataclass(frozen=True)
class Drawing:
    """A drawn lesson, the same for all readers of one language and country and one way of reading."""

    pieces: tuple[str | personal.Place, ...]
    language: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class LessonHtml:
    """What a page needs: the direct children of the numbered text, and the language they stand in.

    `language` is the lesson's source language where the wanted one is missing: mark the text with it.
    `terms` are the slugs of the glossary terms listed at the end.
    """

    html: SafeString
    language: str
    terms: tuple[str, ...]


def lesson_html(
    lesson: LessonPage,
    *,
    language: str,
    jurisdiction: str,
    notes: Mapping[str, str],
    checks: Mapping[str, str],
    csrf_token: str,
    in_words: bool = False,
) -> LessonHtml:
    """Return the lesson for one reader. `notes` and `checks` go by block id; a choice counts from 1.

    `in_words` gives pictures, sound and video in words alone, so that none of them is loaded.

    Costs no query when the drawing is in the cache, and loads the column of one language when not.
    """
    key = _key(lesson, base_language(language), jurisdiction, in_words)
    drawing = cache.get(key)
    if drawing is None:
        drawing = draw(lesson, language=language, jurisdiction=jurisdiction, in_words=in_words)
        cache.set(key, drawing, KEPT_SECONDS)
    return _filled(drawing, personal.Reader(notes, checks, csrf_token))


def draft_html(lesson: LessonPage, *, language: str, jurisdiction: str = "") -> LessonHtml:
    """Return an unsaved or unpublished lesson as a preview shows it: nothing kept, nobody's notes."""
    drawing = draw(lesson, language=language, jurisdiction=jurisdiction)
    return _filled(drawing, personal.Reader({}, {}, ""))


def _filled(drawing: Drawing, reader: personal.Reader) -> LessonHtml:
    return LessonHtml(personal.join(drawing.pieces, reader), drawing.language, drawing.terms)


def renew() -> None:
    """Have every lesson drawn again: law, glossary or files have changed."""
    cache.set(GENERATION, _generation() + 1, None)


def _generation() -> int:
    return int(cache.get(GENERATION, 0))


def _key(lesson: LessonPage, language: str, jurisdiction: str, in_words: bool) -> str:
    published = lesson.last_published_at.timestamp() if lesson.last_published_at else 0
    state = (_generation(), lesson.pk, lesson.live_revision_id or 0, published)
    parts = (*state, language, jurisdiction, "words" if in_words else "whole")
    return "lesson:" + ":".join(str(part) for part in parts)


def draw(lesson: LessonPage, *, language: str, jurisdiction: str, in_words: bool = False) -> Drawing:
    """Draw a lesson for all readers of a language and country.

    A lesson that does not exist in the language is drawn whole in its source language, words of the
    site included, so that the text carries one language mark; law and glossary keep to the reader's.
    """
    body = read(lesson, "body", language)
    slots = personal.Slots()
    with translation.override(body.language):
        context: dict[str, Any] = {
            "language": body.language,
            "reader_language": base_language(language),
            "jurisdiction": jurisdiction,
            "in_words": in_words,
            "item_key": str(lesson.key),
            "slots": slots,
        }
        html = _blocks(body.value or (), context)
        html, terms = _with_terms(html, context)
    return Drawing(slots.cut(html), body.language, tuple(term.slug for term in terms))


def _blocks(stream: Iterable[Any], context: dict[str, Any]) -> str:
    drawn: list[str] = []
    heading = "h2"
    for number, child in enumerate(stream, 1):
        block_id = child.id if child.id and _BLOCK_ID.fullmatch(child.id) else f"block-{number}"
        drawn.append(str(child.render({**context, "block_id": block_id, "heading": heading})))
        if "<h2" in drawn[-1] and child.block_type == "rich_text":
            heading = "h3"
    return "\n".join(drawn)


def _with_terms(html: str, context: dict[str, Any]) -> tuple[str, list[GlossaryTerm]]:
    """Add the list of the terms used; a term that the glossary does not hold stays plain words."""
    used = richtext.term_slugs(html)
    terms = list(GlossaryTerm.objects.filter(slug__in=used)) if used else []
    terms.sort(key=lambda term: str(read(term, "term", context["reader_language"])).casefold())
    html = richtext.without_terms(html, used - {term.slug for term in terms})
    return html + render_to_string("courses/blocks/terms.html", {**context, "terms": terms}), terms
