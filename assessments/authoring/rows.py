"""Rows of a form that can be added, taken away and moved by buttons, without losing what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise

from assessments.choices import OptionRole

MOST = 200
Text = str | Promise


class RowForm(forms.Form):
    """One row. It is blank, and left out, while none of its ``TEXTS`` is filled in."""

    TEXTS: ClassVar[tuple[str, ...]] = ("text",)

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    # the key of the row that it hangs under
    under = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    use_required_attribute = False

    @property
    def number(self) -> int:
        """The place of the row, from 1."""
        return int(str(self.prefix).rpartition("-")[2]) + 1

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that are always on the page."""
        return [self[name] for name in self.fields if name not in ("key", "under", *self.folded_names)]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are seldom needed."""
        return [self[name] for name in self.folded_names]

    @property
    def folded_names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(name for name in getattr(self, "FOLDED", ()) if name in self.fields)

    @property
    def opens_folded(self) -> bool:
        """Whether one of these is filled in or wrong, so that it has to be seen."""
        return any(self[name].value() or name in self.errors for name in self.folded_names)

    @property
    def title(self) -> str:
        """What tells it from others of its part: its number, unless it has a name."""
        return str(self.number)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not any(str(self[name].value() or "").strip() for name in self.TEXTS)

    @property
    def identity(self) -> str:
        """The key of the row: as posted, if it is one."""
        return str(self["key"].value() or "")

    def full_clean(self) -> None:
        """A blank row has no faults, and says nothing."""
        if self.is_bound and self.is_blank:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()


@dataclass(frozen=True)
class Part:
    """One kind of row in a form: what it is in the bank, and the words around it.

    ``role`` is None for rows that are kept in the marking. ``under`` names the part in whose rows
    these stand. A ``fixed`` part has no buttons: its rows follow from something else.
    """

    name: str
    role: OptionRole | None
    form: type[RowForm]
    legend: Text
    one: Text
    add: Text
    hint: Text = ""
    start: int = 0
    under: str = ""
    moves: bool = True
    fixed: bool = False
    folds: bool = False


@dataclass
class Rows:
    """The rows of one part, as they stand in the form."""

    part: Part
    forms: list[RowForm] = field(default_factory=list)
    problems: list[Text] = field(default_factory=list)

    @classmethod
    def filled(cls, part: Part, values: Iterable[Mapping[str, Any]], **options: Any) -> "Rows":
        """Rows that show these values; they are not checked."""
        forms = [
            part.form(prefix=f"{part.name}-{place}", initial=dict(one), **options)
            for place, one in enumerate(values)
        ]
        return cls(part, forms)

    @classmethod
    def posted(cls, part: Part, data: Mapping[str, Any], **options: Any) -> "Rows":
        """Rows as they were sent, to be checked."""
        count = count_in(part, data)
        return cls(
            part, [part.form(data, prefix=f"{part.name}-{place}", **options) for place in range(count)]
        )

    @property
    def count(self) -> int:
        """How many there are, blank ones too."""
        return len(self.forms)

    @property
    def count_name(self) -> str:
        """The name of the field that tells it."""
        return f"{self.part.name}-count"

    @property
    def id(self) -> str:
        """Where the part stands on the page."""
        return f"part-{self.part.name}"

    @property
    def written(self) -> list[RowForm]:
        """The rows that are not blank."""
        return [form for form in self.forms if not form.is_blank]

    def under(self, key: str) -> list[RowForm]:
        """The rows that hang under another row."""
        return [form for form in self.forms if str(form["under"].value() or "") == key]

    def is_valid(self) -> bool:
        """Whether no row has a fault."""
        return all([form.is_valid() for form in self.forms])


def count_in(part: Part, data: Mapping[str, Any]) -> int:
    """How many rows of a part were sent."""
    said = str(data.get(f"{part.name}-count") or "0")
    return min(int(said), MOST) if said.isdecimal() and len(said) < 6 else 0


def values_in(part: Part, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was typed into the rows of a part, unchecked."""
    fields = part.form.base_fields
    return [
        {
            name: one.widget.value_from_datadict(data, {}, f"{part.name}-{place}-{name}")
            for name, one in fields.items()
        }
        for place in range(count_in(part, data))
    ]


def changed(values: Sequence[Mapping[str, Any]], act: str, place: str) -> list[dict[str, Any]]:
    """The rows after a button was pressed: "add" (``place`` is what it hangs under), "remove", "up", "down".

    Rows that hang under another one move among their like.
    """
    rows = [dict(row) for row in values]
    if act == "add":
        return rows if len(rows) >= MOST else [*rows, {"under": place}]
    if not place.isdecimal() or len(place) > 5 or int(place) >= len(rows):
        return rows
    at = int(place)
    if act == "remove":
        return rows[:at] + rows[at + 1 :]
    beside = [other for other, row in enumerate(rows) if row.get("under") == rows[at].get("under")]
    turn = beside.index(at) + (-1 if act == "up" else 1)
    if 0 <= turn < len(beside):
        rows[at], rows[beside[turn]] = rows[beside[turn]], rows[at]
    return rows
