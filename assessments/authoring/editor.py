"""The whole form of one question: read from the bank, changed by buttons, checked, written down."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.authoring.common import SINGLE, TEXTS, CommonForm, initial_of
from assessments.authoring.fields import shown_in
from assessments.authoring.kinds import FORMS
from assessments.authoring.kinds.base import HINTS
from assessments.authoring.pieces import numbered, pieces_of, single_piece
from assessments.authoring.rows import Part, Rows, changed, values_in
from assessments.bank import name_answers
from assessments.choices import TextForm
from assessments.interchange.markup import clean
from assessments.keys import spec_of
from assessments.models import Question, QuestionVersion
from assessments.scoring import MARKED_BY_PERSON, UNSCORED, SpecError, check_key, read_key
from translation.reading import base_language

# buttons that change the form and check nothing
SHAPING = ("add", "remove", "up", "down", "gaps")


class Editor:
    """One question in a form.

    ``act`` is the button that was pressed: one of ``SHAPING`` with its part and place
    ("remove:options:2"), or any other, after which what was typed is checked.
    """

    def __init__(self, version: QuestionVersion, *, person: User, data: Any = None, act: str = "") -> None:
        self.version, self.person = version, person
        self.language = version.source_language
        if data is not None and not version.question.pk:
            written = str(data.get("q-source_language") or "")
            self.language = written if written in dict(settings.LANGUAGES) else self.language
            version.source_language = self.language
        self.kind = FORMS[version.kind]
        self.problems: list[Any] = []
        verb, _colon, rest = act.partition(":")
        self.is_checked = data is not None and verb not in SHAPING
        known: dict[str, Any] = {"version": version, "language": self.language}
        common: dict[str, Any] = {
            "version": version,
            "person": person,
            "has_passage": self.kind.HAS_PASSAGE,
        }
        if self.is_checked and self._gaps_have_changed(data, known):
            # what fills the new ones has to be asked for first
            self.is_checked, verb = False, "gaps"
            self.problems.append(_("The gaps of the text have changed. Say what fills each of them."))
        if self.is_checked:
            self.form = self.kind(data, **known)
            self.common = CommonForm(data, **common)
            rows = {part.name: values_in(part, data) for part in self.kind.PARTS}
            self.rows = {
                part.name: Rows.posted(part, data, **self.form.row_options(part, rows))
                for part in self.kind.PARTS
            }
        elif data is not None:
            self._shape(data, known, common, verb, rest)
        else:
            self._fill(known, common)

    # --- how it is shown ---
    @property
    def parts(self) -> list[Rows]:
        """The parts that stand by themselves."""
        return [rows for rows in self.rows.values() if not rows.part.under]

    def inner(self, rows: Rows) -> Rows | None:
        """The part whose rows hang under the rows of this one."""
        return next((other for other in self.rows.values() if other.part.under == rows.part.name), None)

    @property
    def forms(self) -> list[Any]:
        """All forms of the page, in reading order, for what has to be said of them."""
        return [self.common, self.form, *[form for rows in self.rows.values() for form in rows.forms]]

    @property
    def nested(self) -> list[tuple[Rows, list[tuple[Any, Rows | None, list[Any]]]]]:
        """The parts with their rows; a row with the part that hangs under it, and its rows there."""
        found = []
        for rows in self.parts:
            inner = self.inner(rows)
            found.append(
                (rows, [(form, inner, inner.under(form.identity) if inner else []) for form in rows.forms])
            )
        return found

    @property
    def has_faults(self) -> bool:
        """Whether something has to be said of what was filled in."""
        said = self.problems or any(rows.problems for rows in self.rows.values())
        return bool(said) or (self.is_checked and any(form.errors for form in self.forms))

    # --- what was filled in ---
    def is_valid(self) -> bool:
        """Whether all of it can be stored; says what cannot, beside its field. Fills in the version."""
        valid = all(
            [self.common.is_valid(), self.form.is_valid(), *[r.is_valid() for r in self.rows.values()]]
        )
        if not valid:
            return False
        try:
            self._write()
            spec = spec_of(self.version)
            read_key(self.version.kind, spec)
        except SpecError as error:
            self._place(str(error))
            return False
        try:
            check_key(self.version.kind, spec)
        except SpecError:
            self.problems.append(
                _(
                    "What holds in some country no longer fits the question. Change or remove it first,"
                    " under “Law of countries”."
                )
            )
            return False
        return True

    @property
    def tags(self) -> list[str]:
        """The tags that were written."""
        found: list[str] = self.common.cleaned_data["tags"]
        return found

    # --- filling ---
    def _fill(self, known: Mapping[str, Any], common: Mapping[str, Any]) -> None:
        shown = initial_of(self.version, self.language)
        stored = self.kind.initial_of(self.version, self.language)
        self.form = self.kind(initial=shown_in(self.kind.base_fields, stored), **known)
        shown["passage"] = self.form.words_of_passage(shown["passage"])
        self.common = CommonForm(initial=shown, **common)
        rows = {
            part.name: [shown_in(part.form.base_fields, row) for row in self.form.values(part)]
            for part in self.kind.PARTS
        }
        if not self.version.pk:
            for part in self.kind.PARTS:
                rows[part.name] = [{} for _place in range(part.start)]
        self._show(rows)

    def _shape(
        self, data: Any, known: Mapping[str, Any], common: Mapping[str, Any], verb: str, rest: str
    ) -> None:
        self.form = self.kind(**known)
        self.form.initial = _typed(self.form, data)
        self.common = CommonForm(**common)
        self.common.initial = _typed(self.common, data)
        rows = {part.name: values_in(part, data) for part in self.kind.PARTS}
        name, _colon, place = rest.partition(":")
        if name in rows and not self._part(name).fixed:
            rows[name] = changed(rows[name], verb, place)
        for part in self.kind.PARTS:
            rows[part.name] = self.form.synchronised(
                part, rows[part.name], str(self.common.initial.get("passage") or "")
            )
        self._show(rows)

    def _show(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        for part in self.kind.PARTS:
            rows[part.name] = [_keyed({**self.form.blank(part), **row}) for row in rows[part.name]]
            if part.under:
                # what hung under a row that was removed goes with it
                there = {str(row["key"]) for row in rows[part.under]}
                rows[part.name] = [row for row in rows[part.name] if str(row.get("under")) in there]
        self.rows = {
            part.name: Rows.filled(part, rows[part.name], **self.form.row_options(part, rows))
            for part in self.kind.PARTS
        }

    def _gaps_have_changed(self, data: Any, known: Mapping[str, Any]) -> bool:
        form, passage = self.kind(**known), str(data.get("q-passage") or "")
        return any(
            [row["name"] for row in form.synchronised(part, values_in(part, data), passage)]
            != [row["name"] for row in values_in(part, data)]
            for part in self.kind.PARTS
            if part.fixed
        )

    def _part(self, name: str) -> Part:
        return next(part for part in self.kind.PARTS if part.name == name)

    # --- writing ---
    def _write(self) -> None:
        version, given = self.version, self.common.cleaned_data
        pieces = self._pieces()
        texts = {name: given[name] for name in TEXTS if name in given}
        if self.kind.HAS_PASSAGE:
            texts["passage"] = self.form.stored_passage(given["passage"])
        for name, words in texts.items():
            setattr(version, f"{name}_{self.language}", self._cleaned(words))
        version.marking = self._marking()
        for name, value in self.common.about.items():
            setattr(version.question, name, value)
        for piece in pieces:
            piece.source_language = self.language
        with translation.override(self.language):
            name_answers(pieces)
            version.options.set(numbered(pieces))

    def _pieces(self) -> list[Any]:
        """The pieces that the form says, and those of which it says nothing, as they were."""
        known = {str(piece.key): piece for piece in self.version.options.all()}
        said, roles = [], [*SINGLE.values(), *self.kind.ROLES]
        for rows in self.rows.values():
            if rows.part.role is not None:
                roles.append(rows.part.role)
                taken = self.form.taken(rows.part, self.rows)
                said += pieces_of(rows.part.role, taken, known, self.language)
        self.form.settle(said)
        said += self.form.pieces(self.rows)
        for name, role in SINGLE.items():
            said += single_piece(role, self.common.cleaned_data[name], self.version, self.language)
        for piece in said:
            for name in ("text", "feedback"):
                words = getattr(piece, f"{name}_{self.language}") or ""
                setattr(piece, f"{name}_{self.language}", self._cleaned(words))
        return said + [piece for piece in known.values() if piece.role not in roles]

    def _marking(self) -> dict[str, Any]:
        shown = {*self.kind.SHOWS, "penalty", "hints"}
        kept = {name: value for name, value in (self.version.marking or {}).items() if name not in shown}
        penalty = self.common.cleaned_data["penalty"]
        hints = {
            form.identity: {
                name: True for name in ("clears_wrong", "counts_right") if form.cleaned_data[name]
            }
            for form in (self.rows[HINTS.name].written if HINTS.name in self.rows else ())
        }
        hints = {key: says for key, says in hints.items() if says}
        return (
            kept
            | self.form.stored(self.rows)
            | ({} if penalty is None else {"penalty": str(penalty)})
            | ({"hints": hints} if hints else {})
        )

    def _cleaned(self, words: str) -> str:
        # what came from a file may be HTML, and stays so; nothing unsafe can be written into it
        return clean(words) if self.version.text_form == TextForm.HTML and words else words

    def _place(self, fault: str) -> None:
        """Say what scoring says of the key, in words for trainers, where it belongs."""
        for said, (place, sentence) in self.kind.SENTENCES.items():
            if said == fault or (said.endswith("*") and fault.startswith(said[:-1])):
                if place in self.rows:
                    self.rows[place].problems.append(sentence)
                elif place in self.form.fields:
                    self.form.add_error(place, str(sentence))
                else:
                    self.common.add_error(place, str(sentence))
                return
        self.problems.append(self.kind.ADVICE)


def blank_version(kind: str, language: str | None = None, category: int | None = None) -> QuestionVersion:
    """A new question of a kind, not stored."""
    written = base_language(language or get_language())
    known = written if written in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    question = Question()
    if category is not None:
        question.category_id = category
    return QuestionVersion(question=question, kind=kind, source_language=known, marking={})


def is_scored(kind: str) -> bool:
    """Whether the key marks an answer, so that it can be tried."""
    return kind not in UNSCORED and kind not in MARKED_BY_PERSON


def _typed(form: Any, data: Any) -> dict[str, Any]:
    """What was typed into a form, unchecked."""
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def _keyed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "key": row.get("key") or str(uuid.uuid4())}
