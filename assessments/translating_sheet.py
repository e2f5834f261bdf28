"""A question beside its translation: one row for each text, what was typed into it, and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.differences import Run, runs_of
from assessments.interchange.markup import clean
from assessments.models import QuestionVersion
from assessments.texts import shown_html
from assessments.translating_faults import fault_in
from assessments.translating_state import digest, is_same, state_of
from assessments.translating_texts import texts_of
from assessments.translating_words import Shape, Text
from translation.readiness import State

_HINTS: Mapping[Shape, str | Promise] = {
    Shape.GAPS: gettext_lazy("Keep {{1}}, {{2}} … where a gap stands."),
    Shape.WORDS: gettext_lazy("Keep brackets and numbers as in {{1|word}}, and translate the words in them."),
    Shape.FORMS: gettext_lazy(
        "One a line, as somebody would write it in this language. * stands for any text."
    ),
}


@dataclass(frozen=True)
class Said:
    """What a translator sent of one text: the words, the mark of what stood there, "it still holds"."""

    words: str
    seen: str
    still_holds: bool


@dataclass
class Row:
    """One text: its source, the translation as it is stored, and what stands in the field."""

    place: int
    text: Text
    source: str
    stored: str
    made_from: str | None
    typed: str
    # the source as it is read, where it is written in HTML
    shown: SafeString | None = None
    still_holds: bool = False
    fault: str = ""

    @property
    def state(self) -> State:
        """What the stored translation is worth."""
        text = self.text
        return state_of(
            self.source,
            self.stored,
            self.made_from,
            may_be_blank=text.may_be_blank,
            stands_alone=text.stands_alone,
        )

    @property
    def is_missing(self) -> bool:
        """Whether there is no translation."""
        return self.state == State.MISSING

    @property
    def is_stale(self) -> bool:
        """Whether the source has changed since."""
        return self.state == State.STALE

    @property
    def changes(self) -> tuple[Run, ...]:
        """What the source said before and says now, word by word; nothing where that is not known."""
        if self.made_from is None or not self.is_stale:
            return ()
        return runs_of(self.made_from, self.source)

    @property
    def seen(self) -> str:
        """The mark of what stands on the page, by which it is known later whether anything came between."""
        return f"{digest(self.source)[:16]}.{digest(self.stored)[:16]}"

    @property
    def has_marks(self) -> bool:
        """Whether the source holds more than words, so that it is easier to begin with a copy of it."""
        return self.text.is_html or self.text.shape in (Shape.GAPS, Shape.WORDS)

    @property
    def hint(self) -> str | Promise:
        """What the translator has to know of this text."""
        if self.is_stale and not self.source.strip():
            return _("The source says nothing here any more. Empty the field, too.")
        if self.changes:
            return _("Struck through: what the source said. Underlined: what it says now.")
        return _HINTS.get(self.text.shape, "")

    @property
    def lines(self) -> int:
        """How high the field is to be."""
        longest = max(len(self.source), len(self.typed))
        breaks = max(self.source.count("\n"), self.typed.count("\n"))
        return min(max(2, longest // 55 + 1 + breaks), 16)


class Sheet:
    """A version and one of its languages, with what was said written into the version in memory.

    What has a fault is not written, and stays in its field.
    """

    def __init__(
        self, version: QuestionVersion, language: str, said: Mapping[str, Said] | None = None
    ) -> None:
        self.version, self.language = version, language
        # held, so that what is written into the pieces is there for the preview and for storing
        version.options.set(list(version.options.all()))
        noted = (version.translated_from or {}).get(language, {})
        self.rows = [
            self._row(place, text, noted.get(text.name)) for place, text in enumerate(texts_of(version), 1)
        ]
        self.said = said or {}
        for row in self.rows:
            if row.text.name in self.said:
                self._take(row, self.said[row.text.name])

    @property
    def missing(self) -> list[Row]:
        """The texts without a translation."""
        return [row for row in self.rows if row.is_missing]

    @property
    def stale(self) -> list[Row]:
        """The translations whose source has changed."""
        return [row for row in self.rows if row.is_stale]

    @property
    def done(self) -> int:
        """How many texts need nothing more."""
        return len(self.rows) - len(self.missing) - len(self.stale)

    @property
    def faulty(self) -> list[Row]:
        """The texts that cannot be stored as they were typed."""
        return [row for row in self.rows if row.fault]

    @property
    def left_over(self) -> list[str]:
        """What was typed for texts that the question no longer has."""
        names = {row.text.name for row in self.rows}
        return [
            said.words
            for name, said in self.said.items()
            if name not in names and said.words.strip() and not _is_mark_of(said.seen, said.words)
        ]

    @property
    def has_faults(self) -> bool:
        """Whether something has to be said of what was typed, before it can be stored."""
        return bool(self.faulty or self.left_over)

    @property
    def first(self) -> Row | None:
        """The first text that waits for the translator."""
        return next((row for row in self.rows if row.state != State.CURRENT), None)

    def _row(self, place: int, text: Text, made_from: str | None) -> Row:
        stored = text.read(self.language)
        source = text.read(self.version.source_language)
        shown = shown_html(self.version, source) if text.is_html else None
        return Row(place, text, source, stored, made_from, stored, shown)

    def _take(self, row: Row, said: Said) -> None:
        row.still_holds = said.still_holds
        untouched = _is_mark_of(said.seen, said.words)
        if not untouched and not is_same(said.words, row.stored):
            row.typed = said.words
            row.fault = self._came_between(row, said) or fault_in(row.text, row.source, said.words)
            if not row.fault:
                self._write(row)
        elif said.still_holds:
            row.fault = self._came_between(row, said)
        if row.still_holds and not row.fault:
            self.version.translated_from = _without(
                self.version.translated_from, self.language, row.text.name
            )

    def _write(self, row: Row) -> None:
        words = row.typed.replace("\r\n", "\n").strip()
        row.text.write(self.language, clean(words) if row.text.is_html else words)
        if "@" in row.text.name and not is_same(row.text.read(self.language), words):
            row.fault = _("Translate the text with the picture first.")

    def _came_between(self, row: Row, said: Said) -> str:
        source, _dot, target = said.seen.partition(".")
        now_source, _dot, now_target = row.seen.partition(".")
        if source != now_source:
            return _("The source has changed while you were translating. Look at it again, then save.")
        if target != now_target:
            return _(
                "Somebody else has translated this meanwhile: “%(words)s”. If you save again, your words"
                " take their place."
            ) % {"words": row.stored}
        return ""


def said_in(data: Any) -> dict[str, Said]:
    """What a form sent, by the name of the text."""
    return {
        name.removeprefix("t-"): Said(
            str(data[name]),
            str(data.get(f"s-{name.removeprefix('t-')}") or ""),
            f"k-{name.removeprefix('t-')}" in data,
        )
        for name in data
        if name.startswith("t-")
    }


def begun_with_source(version: QuestionVersion, said: Mapping[str, Said], name: str) -> dict[str, Said]:
    """What was typed, and for one text its source, to write over: its marks and pictures stay."""
    source = {text.name: text.read(version.source_language) for text in texts_of(version)}
    return {
        one: replace(typed, words=source[name]) if one == name and name in source else typed
        for one, typed in said.items()
    }


def _is_mark_of(seen: str, words: str) -> bool:
    """Whether these words are what stood in the field."""
    return seen.partition(".")[2] == digest(words)[:16]


def _without(noted: Mapping[str, Mapping[str, str]], language: str, name: str) -> dict[str, dict[str, str]]:
    found = {code: dict(names) for code, names in noted.items()}
    found.get(language, {}).pop(name, None)
    return {code: names for code, names in found.items() if names}
