"""Questions of the bank as a file for other products, and what such a file cannot hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from assessments.importing import sentences
from assessments.importing.items import item_of
from assessments.interchange import Item, Notice, Written, write
from assessments.models import Category, Question, QuestionVersion
from assessments.models.files import exam_storage
from assessments.policies import questions_for
from assessments.scoring import SpecError

FORMS = {
    "moodle_xml": _("Moodle XML"),
    "gift": _("GIFT (text, without pictures)"),
    "qti": _("QTI 3 package"),
    "sheet": _("Our spreadsheet (XLSX)"),
}
MOST = 5_000


@dataclass(frozen=True)
class Losses:
    """What a file would hold, and what not: each loss with how often it occurs.

    ``is_cut`` says that there are more questions than a file holds.
    """

    count: int
    sentences: Sequence[tuple[str, int]]
    is_cut: bool


def selected(person: User, *, category: Category | None, keys: Iterable[UUID]) -> QuerySet[Question]:
    """The questions of a category, or these, of those that the person may read."""
    found = questions_for(person, to_edit=False)
    return found.filter(category=category) if category else found.filter(key__in=list(keys))


def file_of(questions: QuerySet[Question], form: str, *, actor: User) -> Written:
    """The file, with all pictures; written down."""
    items, unfit = _items(questions, _content)
    written = write(form, items)
    data = {"form": form, "questions": len(items), "unfit": len(unfit)}
    audit.record(actor=actor, verb="questions_exported", target=Question, data=data)
    return written


def losses_of(questions: QuerySet[Question], form: str) -> Losses:
    """What the file would not hold."""
    items, unfit = _items(questions, _nothing)
    notices = [notice for said in write(form, items).notices.values() for notice in said]
    is_cut = questions[MOST : MOST + 1].exists()
    return Losses(len(items), sentences.counted([*notices, *unfit]), is_cut)


def empty_sheet() -> Written:
    """Our spreadsheet without questions, to be filled in."""
    return write("sheet", [])


def _items(questions: QuerySet[Question], content: Callable[[str], bytes]) -> tuple[list[Item], list[Notice]]:
    items: list[Item] = []
    unfit: list[Notice] = []
    for version in _versions(questions):
        question = version.question
        files: Mapping[str, Callable[[], bytes]] = {
            one.name: partial(content, str(one.file)) for one in question.media.all()
        }
        try:
            items.append(item_of(version, tags=[tag.name for tag in question.tags.all()], files=files))
        except SpecError as error:
            unfit.append(Notice("unmarkable", {"detail": str(error)}))
    return items, unfit


def _versions(questions: QuerySet[Question]) -> Iterator[QuestionVersion]:
    found = QuestionVersion.objects.latest_of_each().filter(question__in=questions.values("pk")[:MOST])
    return (
        found.select_related("question__category")
        .prefetch_related("options", "question__tags", "question__media")
        .order_by("question__category", "question__pk")
        .iterator(chunk_size=500)
    )


def _content(path: str) -> bytes:
    with exam_storage().open(path) as file:
        content: bytes = file.read()
    return content


def _nothing(path: str) -> bytes:
    return b""
