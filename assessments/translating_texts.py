"""Every text of a question that is translated, in the order of its page: the one list of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.choices import SINGLE_ROLES, Kind, OptionRole, TextForm
from assessments.models import Option, QuestionVersion
from assessments.translating_keys import texts_of_countries, texts_of_gap, texts_of_key, texts_of_rubric
from assessments.translating_words import Label, Shape, Text, column, numbered, pictures_of

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_OWN: dict[str, Label] = {
    "stem": gettext_lazy("Question"),
    "passage": gettext_lazy("Text"),
    "reason": gettext_lazy("Reason"),
    "source": gettext_lazy("Source"),
    "feedback": gettext_lazy("General feedback"),
}
_PASSAGES = {Kind.GAP: Shape.GAPS, Kind.WORDS: Shape.WORDS}
_PARTS: dict[str, Label] = {
    OptionRole.OPTION: gettext_lazy("Option"),
    OptionRole.GAP_ENTRY: gettext_lazy("Entry"),
    OptionRole.SITUATION: gettext_lazy("Situation"),
    OptionRole.DECISION: gettext_lazy("Decision"),
    OptionRole.CRITERION: gettext_lazy("Criterion"),
    OptionRole.HINT: gettext_lazy("Hint"),
    OptionRole.REPLY: gettext_lazy("Feedback to a typed answer"),
}
# what an option is called in some kinds
_OPTIONS: dict[str, Label] = {Kind.MATCHING: gettext_lazy("Pair"), Kind.ORDERING: gettext_lazy("Item")}


def texts_of(version: QuestionVersion) -> list[Text]:
    """All texts of a version that say something in some language.

    They read and write the version in memory, its pieces and its key.
    """
    found: list[Text] = []
    for text in _every(version):
        found.append(text)
        if text.is_html:
            found += pictures_of(text, LANGUAGES)
    return [text for text in found if any(text.read(code).strip() for code in LANGUAGES)]


def wordings_of(version: QuestionVersion) -> dict[str, dict[str, str]]:
    """The words of each text in every language."""
    return {text.name: {code: text.read(code) for code in LANGUAGES} for text in texts_of(version)}


def _every(version: QuestionVersion) -> Iterator[Text]:
    pieces = _Pieces(version)
    yield pieces.own("stem")
    yield pieces.own("passage")
    yield from texts_of_key(version)
    for gap in pieces.gaps:
        yield from texts_of_gap(version, gap)
        yield from pieces.under(gap)
    for role in (OptionRole.OPTION, OptionRole.SITUATION, OptionRole.CRITERION):
        for row in version.of_role(role):
            yield from pieces.of(row)
            yield from pieces.under(str(row.key))
    yield from texts_of_rubric(version)
    yield from texts_of_countries(version)
    for role in (OptionRole.HINT, OptionRole.REPLY):
        for row in version.of_role(role):
            yield from pieces.of(row)
    yield from map(pieces.own, ("reason", "source", "feedback"))
    for row in version.of_role(*SINGLE_ROLES):
        yield from pieces.of(row)


class _Pieces:
    """The columns of a version and of its pieces, as texts."""

    def __init__(self, version: QuestionVersion) -> None:
        self.version = version
        self.is_html = version.text_form == TextForm.HTML
        rows = list(version.options.all())
        self.rows = rows
        self.places: dict[str, int] = {}
        for role in OptionRole.values:
            own = [row for row in rows if row.role == role]
            self.places |= {str(row.key): place for place, row in enumerate(own, start=1)}

    @property
    def gaps(self) -> list[str]:
        """The names of the gaps, those of lists too."""
        listed = [row.belongs_to for row in self.version.of_role(OptionRole.GAP_ENTRY)]
        return list(dict.fromkeys([*((self.version.marking or {}).get("gaps") or {}), *listed]))

    def own(self, field: str) -> Text:
        """A text of the version itself."""
        shape = _PASSAGES.get(Kind(self.version.kind), Shape.PROSE) if field == "passage" else Shape.PROSE
        return column(field, "", _OWN[field], [self.version], field, shape=shape, is_html=self.is_html)

    def under(self, name: str) -> Iterator[Text]:
        """The texts of what hangs under a row or a gap, but for replies."""
        for row in self.version.of_role(OptionRole.GAP_ENTRY, OptionRole.DECISION):
            if row.belongs_to == name:
                yield from self.of(row)

    def of(self, row: Option) -> Iterator[Text]:
        """The texts of a row."""
        of = self._called(row)
        texts = [("text", self._label_of_text(row), [row]), ("feedback", self._label_of_feedback(row), [row])]
        alike = [one for one in self.rows if one.match_key and one.match_key == row.match_key] or [row]
        if alike[0].key == row.key:
            # equal answers are one text
            texts.insert(1, ("match_text", _("Answer"), alike))
        for field, label, records in texts:
            if field == "text" and row.role == OptionRole.REPLY and self._is_no_word(row):
                continue
            yield self._column(row, field, of, label, records)

    def _column(self, row: Option, field: str, of: Label, label: Label, records: Sequence[Any]) -> Text:
        line = field == "text" and row.role in (OptionRole.GAP_ENTRY, OptionRole.REPLY)
        return column(
            f"{row.key}.{field}",
            of,
            label,
            records,
            field,
            shape=Shape.LINE if line else Shape.PROSE,
            # what is compared with what somebody typed is no HTML
            is_html=self.is_html and not (field == "text" and row.role == OptionRole.REPLY),
        )

    def _called(self, row: Option) -> Label:
        if row.role in SINGLE_ROLES:
            return OptionRole(row.role).label
        name = _OPTIONS.get(self.version.kind) if row.role == OptionRole.OPTION else None
        called = numbered(name or _PARTS[row.role], self.places[str(row.key)])
        if row.role == OptionRole.GAP_ENTRY:
            gap = numbered(_("Gap"), row.belongs_to)
            return _("%(part)s: %(field)s") % {"part": gap, "field": called}
        return called

    def _label_of_text(self, row: Option) -> Label:
        if row.role == OptionRole.REPLY:
            return _("Who typed")
        return _("Prompt") if self.version.kind == Kind.MATCHING and row.role == OptionRole.OPTION else ""

    def _label_of_feedback(self, row: Option) -> Label:
        if row.role == OptionRole.DECISION:
            return _("Its consequence")
        return "" if row.role in SINGLE_ROLES else _("Feedback")

    def _is_no_word(self, row: Option) -> bool:
        """Whether a reply is to any answer, or to a number."""
        marking = self.version.marking or {}
        key = (marking.get("gaps") or {}).get(row.belongs_to) or {} if row.belongs_to else marking
        return "value" in key or getattr(row, f"text_{self.version.source_language}") == "*"
