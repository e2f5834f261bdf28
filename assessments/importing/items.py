"""Rows of the bank as an item for files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.conf import settings

from assessments.choices import Kind, OptionRole, TextForm
from assessments.importing.names import Names, renamed
from assessments.importing.rows import USUAL_RULES, usual_weight
from assessments.importing.words import html_of
from assessments.interchange import Hint, Item, Media, Reply
from assessments.interchange import Option as Given
from assessments.interchange.draft import SHUFFLED, used_media
from assessments.interchange.item import Texts
from assessments.interchange.markup import clean, plain
from assessments.keys import spec_of
from assessments.models import Option, QuestionVersion

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def item_of(
    version: QuestionVersion,
    *,
    tags: Iterable[str] = (),
    files: Mapping[str, Callable[[], bytes]] | None = None,
) -> Item:
    """The item of a version, with the pieces that it has in memory or prefetched.

    ``files`` opens the question's media by name; only those that its texts show are read. Raises
    SpecError when the key is not complete.
    """
    item = replace(_Taker(version).item(), tags=tuple(sorted(tags)))
    shown = sorted({name for name in used_media(item) if name in (files or {})})
    return replace(item, media=tuple(Media(name, files[name]()) for name in shown)) if files else item


class _Taker:
    """Reads the rows of one version."""

    def __init__(self, version: QuestionVersion) -> None:
        self.version = version
        self.kind = Kind(version.kind)
        self.marking: Mapping[str, Any] = version.marking or {}
        self.names = Names()
        self._name_rows()

    def item(self) -> Item:
        version, question, marking = self.version, self.version.question, self.marking
        spec = self._spec()
        category = question.category
        path = (category.course_code, _category_name(category))
        return Item(
            kind=str(self.kind),
            language=version.source_language,
            spec=spec,
            name=question.name,
            stem=self.texts(version, "stem"),
            passage=self.texts(version, "passage"),
            options=self._options(),
            answers=self._answers(),
            gaps=self._entries(),
            replies=tuple(self._reply(row) for row in version.of_role(OptionRole.REPLY)),
            feedback=self.texts(version, "feedback"),
            when_right=self._one(OptionRole.WHEN_RIGHT),
            when_partly=self._one(OptionRole.WHEN_PARTLY),
            when_wrong=self._one(OptionRole.WHEN_WRONG),
            reason=self.texts(version, "reason"),
            authority=self.texts(version, "source"),
            hints=tuple(self._hint(row) for row in version.of_role(OptionRole.HINT)),
            marker_notes=self._one(OptionRole.MARKER_NOTES),
            weight=Fraction(str(marking.get("weight") or usual_weight(self.kind, spec))),
            penalty=Fraction(str(marking.get("penalty") or 0)),
            shuffle=marking.get("shuffle") is not False or self.kind not in SHUFFLED,
            identifier=str(marking.get("identifier") or ""),
            objective=question.objective,
            difficulty=question.difficulty,
            category=tuple(filter(None, path)),
        )

    def texts(self, record: Any, name: str) -> Texts:
        """The texts of a field by language, as clean HTML."""
        found = {code: getattr(record, f"{name}_{code}") or "" for code in LANGUAGES}
        how = clean if self.version.text_form == TextForm.HTML else html_of
        return {code: html for code, text in found.items() if text.strip() and (html := how(text))}

    def _one(self, role: OptionRole) -> Texts:
        rows = self.version.of_role(role)
        return self.texts(rows[0], "text") if rows else {}

    def _name_rows(self) -> None:
        """Give the rows the names of their places, as readers of files do."""
        rows = self.version.of_role(*_OPTIONS)
        if self.kind == Kind.MATCHING:
            prompts = [row for row in rows if row.text]
            others = [row for row in rows if not row.text]
            keys = dict.fromkeys(str(row.match_key) for row in (*prompts, *others))
            self.names.answers = {key: f"a{place}" for place, key in enumerate(keys, 1)}
            rows = prompts
        truth = ("true", "false") if self.kind == Kind.TRUE_FALSE and len(rows) == 2 else ()
        places = truth or (str(place) for place in range(1, len(rows) + 1))
        self.names.options = {str(row.key): name for row, name in zip(rows, places, strict=True)}
        for row in self.version.of_role(OptionRole.GAP_ENTRY):
            entries = self.names.gaps.setdefault(row.belongs_to, {})
            entries[str(row.key)] = str(len(entries) + 1)

    def _spec(self) -> dict[str, Any]:
        spec = renamed(spec_of(self.version), self.names)
        if self.kind in USUAL_RULES:
            spec.setdefault("rule", USUAL_RULES[self.kind])
        if "rubric" in spec:
            rows = self.version.of_role(OptionRole.CRITERION)
            texts = (
                [{code: plain(html) for code, html in self.texts(row, "text").items()} for row in rows]
                # questions of the first release hold their criteria in the marking
                or [line.get("text") or {} for line in self.marking["rubric"]]
            )
            spec["rubric"] = [
                line | {"text": words} for line, words in zip(spec["rubric"], texts, strict=True)
            ]
        return spec

    def _options(self) -> tuple[Given, ...]:
        if self.kind == Kind.TRUE_FALSE and not self.names.options:
            return (Given("true", {}), Given("false", {}))
        return tuple(
            self._given(row, self.names.options[str(row.key)])
            for row in self.version.of_role(*_OPTIONS)
            if str(row.key) in self.names.options
        )

    def _given(self, row: Option, name: str) -> Given:
        worth = (self.marking.get("given") or {}).get(str(row.key))
        exact = None if worth is None else Fraction(worth)
        return Given(name, self.texts(row, "text"), self.texts(row, "feedback"), exact)

    def _answers(self) -> tuple[Given, ...]:
        rows = {str(row.match_key): row for row in reversed(self.version.of_role(OptionRole.OPTION))}
        return tuple(
            Given(name, self.texts(rows[key], "match_text")) for key, name in self.names.answers.items()
        )

    def _entries(self) -> dict[str, tuple[Given, ...]]:
        found: dict[str, tuple[Given, ...]] = {}
        for row in self.version.of_role(OptionRole.GAP_ENTRY):
            name = self.names.entry(row.belongs_to, row.key)
            found[row.belongs_to] = (*found.get(row.belongs_to, ()), self._given(row, name))
        return found or self._old_entries()

    def _old_entries(self) -> dict[str, tuple[Given, ...]]:
        """The lists of gaps that questions of the first release hold in their marking."""
        own = self.version.source_language
        return {
            name: tuple(Given(key, gap.get("texts", {}).get(key, {own: key})) for key in gap["options"])
            for name, gap in (self.marking.get("gaps") or {}).items()
            if gap.get("options")
        }

    def _reply(self, row: Option) -> Reply:
        tolerance = (self.marking.get("replies") or {}).get(str(row.key), {}).get("tolerance")
        return Reply(
            text=getattr(row, f"text_{self.version.source_language}") or "",
            fraction=row.fraction or Fraction(0),
            feedback=self.texts(row, "feedback"),
            tolerance=None if tolerance is None else Fraction(tolerance),
            gap=row.belongs_to,
        )

    def _hint(self, row: Option) -> Hint:
        flags = (self.marking.get("hints") or {}).get(str(row.key), {})
        clears, counts = bool(flags.get("clears_wrong")), bool(flags.get("counts_right"))
        return Hint(self.texts(row, "text"), clears, counts)


_OPTIONS = (OptionRole.OPTION, OptionRole.SITUATION, OptionRole.DECISION)


def _category_name(category: Any) -> str:
    found: Iterable[str] = (
        getattr(category, f"name_{category.source_language}") or "",
        *(getattr(category, f"name_{code}") or "" for code in LANGUAGES),
        category.slug,
    )
    return next(filter(None, found))
