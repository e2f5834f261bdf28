"""What the forms of all kinds share."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import ShareField, line, lines_of
from assessments.authoring.pieces import values_of
from assessments.authoring.rows import Part, RowForm, Rows, Text
from assessments.choices import OptionRole
from assessments.models import Option, QuestionVersion

# where a fault of the key belongs, and what is said there
Sentences = Mapping[str, tuple[str, Text]]


class HintRow(RowForm):
    """A hint, shown after a try that was not right."""

    FOLDED = ("clears_wrong", "counts_right")

    text = forms.CharField(label=_("Hint"), required=False, widget=lines_of(2))
    clears_wrong = forms.BooleanField(label=_("Take back the wrong choices"), required=False)
    counts_right = forms.BooleanField(label=_("Say how many are right"), required=False)


class ReplyRow(RowForm):
    """Feedback to one typed answer."""

    text = forms.CharField(
        label=_("Who typed"), required=False, widget=line(), help_text=_("* stands for any text.")
    )
    feedback = forms.CharField(label=_("reads"), required=False, widget=lines_of(2))


class CriterionRow(RowForm):
    """One line of a marking guide."""

    text = forms.CharField(label=_("What earns points"), required=False, widget=lines_of(2))
    fraction = ShareField(label=_("Points"), required=True, initial=1)


HINTS = Part(
    "hints",
    OptionRole.HINT,
    HintRow,
    legend=_("Hints"),
    one=_("Hint"),
    add=_("Add a hint"),
    hint=_("For quizzes with several tries: one after each try that was not right, in this order."),
    folds=True,
)
REPLIES = Part(
    "replies",
    OptionRole.REPLY,
    ReplyRow,
    legend=_("Feedback to particular answers"),
    one=_("Feedback"),
    add=_("Add feedback to an answer"),
    hint=_("What those read who typed just this. It changes no mark."),
    moves=False,
    folds=True,
)
CRITERIA = Part(
    "criteria",
    OptionRole.CRITERION,
    CriterionRow,
    legend=_("Marking guide"),
    one=_("Criterion"),
    add=_("Add a criterion"),
    hint=_("Markers give points for each. Together they are the mark of the question."),
    start=2,
)


class KindForm(forms.Form):
    """What one kind of question has beyond what all have.

    ``SHOWS`` names the entries of the stored marking that the form takes over; all others are kept.
    ``SENTENCES`` turns what scoring says of a key into words at their place (a field or a part);
    ``ADVICE`` is said of any other fault.
    """

    PARTS: ClassVar[tuple[Part, ...]] = ()
    SHOWS: ClassVar[tuple[str, ...]] = ()
    SENTENCES: ClassVar[Sentences] = {}
    ADVICE: ClassVar[Text] = _("As it stands, the question cannot be marked.")
    HAS_PASSAGE: ClassVar[bool] = False
    # whether its fields hold the answer, and so stand before its parts
    ANSWERS_FIRST: ClassVar[bool] = False
    # roles beside those of its parts that the form takes over
    ROLES: ClassVar[tuple[str, ...]] = ()

    use_required_attribute = False

    def __init__(self, data: Any = None, *, version: QuestionVersion, language: str, **options: Any) -> None:
        self.version, self.language = version, language
        self.before: dict[str, Any] = dict(version.marking or {})
        super().__init__(data, prefix="k", **options)

    @classmethod
    def initial_of(cls, version: QuestionVersion, language: str) -> dict[str, Any]:
        """The fields for what is stored."""
        marking = version.marking or {}
        return {name: marking[name] for name in cls.SHOWS if name in marking}

    def values(self, part: Part) -> list[dict[str, Any]]:
        """The rows of a part for what is stored."""
        if part.role is None:
            return []
        found = [values_of(piece, self.language) for piece in self.version.of_role(part.role)]
        if part.role == OptionRole.HINT:
            for row in found:
                row |= self.before.get("hints", {}).get(row["key"], {})
        return found

    def blank(self, part: Part) -> dict[str, Any]:
        """What a new row of a part begins with."""
        return {}

    def synchronised(self, part: Part, rows: Sequence[dict[str, Any]], passage: str) -> list[dict[str, Any]]:
        """The rows of a part that follows from the passage; others as they are."""
        return list(rows)

    def row_options(self, part: Part, rows: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
        """What the row forms of a part have to be told of other parts."""
        return {}

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        """The entries of the marking; only called when all fields are well filled in."""
        return {name: self.cleaned_data[name] for name in self.SHOWS if self._is_said(name)}

    def _is_said(self, name: str) -> bool:
        """Whether an entry differs from what holds where nothing is stored."""
        value = self.cleaned_data.get(name)
        return bool(value) and (name in self.before or value != self.fields[name].initial)

    def taken(self, part: Part, rows: Mapping[str, Rows]) -> list[RowForm]:
        """The rows of a part that count."""
        return rows[part.name].written

    def pieces(self, rows: Mapping[str, Rows]) -> list[Option]:
        """Pieces of ``ROLES``, for what was filled in."""
        return []

    def settle(self, pieces: Sequence[Option]) -> None:
        """Last changes to the pieces of the rows."""

    def words_of_passage(self, passage: str) -> str:
        """The passage as it is shown in the form."""
        return passage

    def stored_passage(self, passage: str) -> str:
        """The passage as it is kept, for what was written in the form."""
        return passage
