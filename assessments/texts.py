"""The words of a question as its pages show them: in the reader's language, safe, with their pictures.

Questions that were imported are written in HTML, which was sanitised on the way in. Theirs is a
``SafeString``; all else is plain text, marked up by ``markup``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.choices import OptionRole, TextForm
from assessments.interchange.markup import clean, plain, readdressed
from assessments.markup import paragraphs, words_alone
from assessments.models import Option, QuestionVersion
from assessments.paper import PaperSlot
from translation.reading import Reading, base_language, read

# the last paragraph of a stem in HTML, if it is one and holds no other block
_LAST_PARAGRAPH = re.compile(r"(.*)<p(?:\s[^<>]*)?>((?:(?!</?p\b).)*)</p>\s*", re.DOTALL | re.IGNORECASE)
# {{1}} is a gap, {{1|word}} a word that can be selected
MARK = re.compile(r"\{\{\s*(\w+)\s*(?:\|(.*?))?\}\}", re.DOTALL)


def here() -> str:
    """The language of the page."""
    return base_language(get_language())


def in_language(texts: Mapping[str, str] | str, language: str | None = None) -> Reading:
    """The text of a mapping in a language (default: the page's), else in its first one."""
    wanted = base_language(language or get_language())
    if isinstance(texts, str):
        return Reading(texts, wanted)
    filled = {code: text for code, text in texts.items() if text}
    found = wanted if wanted in filled else next(iter(filled), wanted)
    return Reading(filled.get(found, ""), found)


def versions_of(
    slots: Sequence[PaperSlot], *, with_options: bool = True, with_category: bool = False
) -> dict[int, QuestionVersion]:
    """The versions on these slots, with only the columns of the languages that can be shown."""
    languages = {here(), *(slot.language for slot in slots)}
    versions = QuestionVersion.objects.for_display(languages)
    if not with_options:
        versions = versions.prefetch_related(None)
    if with_category:
        versions = versions.select_related("question__category")
    return versions.in_bulk([slot.version for slot in slots])


def piece(version: QuestionVersion, record: Any, field: str) -> Reading:
    """A text of the version or of one of its rows."""
    found = read(record, field)
    if not found or version.text_form != TextForm.HTML:
        return found
    return Reading(shown_html(version, str(found)), found.language)


def shown_html(version: QuestionVersion, html: str) -> SafeString:
    """HTML of a version, cleaned, with its pictures."""
    shown = readdressed(clean(html), lambda name: reverse("assessments:media", args=[version.pk, name]))
    return mark_safe(shown)  # noqa: S308 - cleaned above


def stem_of(version: QuestionVersion) -> tuple[Reading, Reading]:
    """The facts and the question itself, which is the last paragraph of the stem."""
    facts, legend = _stem_parts(version)
    return facts, legend or Reading(_("Your answer"), here())


def known_by(version: QuestionVersion) -> Reading:
    """The words by which a question is known in lists: what it asks, else how its text begins."""
    facts, legend = _stem_parts(version)
    return legend or _in_short(facts, version) or _in_short(read(version, "passage"), version)


def _stem_parts(version: QuestionVersion) -> tuple[Reading, Reading]:
    """The facts, and the question where it is one paragraph at the end; else it is empty."""
    stem = piece(version, version, "stem")
    text = str(stem)
    if isinstance(text, SafeString):
        return _stem_in_html(text, stem.language)
    *facts, legend = paragraphs(text) or [""]
    return Reading("\n\n".join(facts), stem.language), Reading(legend, stem.language)


def _in_short(text: Reading, version: QuestionVersion) -> Reading:
    words = plain(str(text)) if version.text_form == TextForm.HTML else words_alone(str(text))
    shown = " ".join(MARK.sub(lambda mark: mark[2] or "…", words).split())
    return Reading(shown if len(shown) <= 90 else f"{shown[:89]}…", text.language)


def _stem_in_html(html: SafeString, language: str) -> tuple[Reading, Reading]:
    last = _LAST_PARAGRAPH.fullmatch(html)
    if last:
        return _html(last[1].strip(), language), _html(last[2], language)
    if "<" not in html:
        return Reading("", language), Reading(html, language)
    # one that ends with a list or a picture
    return Reading(html, language), Reading("", language)


def _html(text: str, language: str) -> Reading:
    return Reading(mark_safe(text), language)  # noqa: S308 - a part of what is safe


def ordered(options: Iterable[Option], names: Sequence[str]) -> list[Option]:
    """The options in the order of the paper."""
    by_name = {str(option.key): option for option in options}
    return [by_name[name] for name in names if name in by_name]


def truth_words(version: QuestionVersion) -> dict[str, Reading]:
    """The words of "true" and "false": the author's, or the interface's."""
    usual = {"true": Reading(_("True"), here()), "false": Reading(_("False"), here())}
    options = version.of_role(OptionRole.OPTION)
    if len(options) != 2:
        return usual
    # rows may be there for their feedback alone
    texts = (piece(version, option, "text") for option in options)
    return {name: text or usual[name] for name, text in zip(usual, texts, strict=True)}


def answer_words(version: QuestionVersion) -> dict[str, Reading]:
    """The answers of a matching question by their id."""
    return {
        str(option.match_key): piece(version, option, "match_text")
        for option in reversed(version.of_role(OptionRole.OPTION))
        if option.match_text
    }


def entries_of(version: QuestionVersion, gap: str) -> dict[str, Reading]:
    """The lines of a gap's list by their id; questions of the first release hold them in the marking."""
    rows = [row for row in version.of_role(OptionRole.GAP_ENTRY) if row.belongs_to == gap]
    if rows:
        return {str(row.key): piece(version, row, "text") for row in rows}
    held = ((version.marking or {}).get("gaps") or {}).get(gap) or {}
    texts = held.get("texts") or {}
    return {name: in_language(texts.get(name, name)) for name in held.get("options") or {}}


def rubric_of(version: QuestionVersion) -> tuple[tuple[Reading, str], ...]:
    """The criteria by which a person marks, and the points of each."""
    rows = version.of_role(OptionRole.CRITERION)
    if rows:
        return tuple((piece(version, row, "text"), str(row.fraction)) for row in rows)
    return tuple(
        (in_language(line["text"]), str(Fraction(str(line["points"]))))
        for line in (version.marking or {}).get("rubric", ())
    )
