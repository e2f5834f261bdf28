"""Finding duplicates in the bank: which pairs are alike, of those that a person may read."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

from assessments.alike import joined, pairs_alike
from assessments.bank_list import Row, rows_of
from assessments.choices import OptionRole, QuestionStatus
from assessments.interchange.markup import plain
from assessments.models import Option, Question, QuestionVersion

# so many are compared in about two seconds; of a larger bank one category after the other
MOST = 2000
MOST_SHOWN = 100
_COMPARED = (OptionRole.OPTION, OptionRole.SITUATION, OptionRole.DECISION)


@dataclass(frozen=True)
class Alike:
    """Two questions and how much of their words they share, in per cent."""

    first: Row
    second: Row
    percent: int


def alike_among(questions: QuerySet[Question], language: str) -> tuple[list[Alike], bool]:
    """The pairs among the newest ``MOST`` of these by their words in a language; and whether that is not all.

    Retired ones are left out. A question that lacks the language is compared by that in which it was
    written.
    """
    found = questions.exclude(status=QuestionStatus.RETIRED).order_by("-pk")
    newest = list(found.values_list("pk", flat=True)[: MOST + 1])
    versions = QuestionVersion.objects.latest_of_each().filter(question__in=newest[:MOST])
    alike = pairs_alike(_texts(versions, language))
    pairs = alike.pairs[:MOST_SHOWN]
    named = {name for pair in pairs for name in (pair.first, pair.second)}
    shown = rows_of(list(versions.filter(pk__in=named).select_related("question__category")))
    rows = {row.version.pk: row for row in shown}
    shared = [Alike(rows[pair.first], rows[pair.second], int(pair.share * 100)) for pair in pairs]
    return shared, alike.is_cut or len(newest) > MOST


def _texts(versions: QuerySet[QuestionVersion], language: str) -> dict[int, list[str]]:
    """The words of each version as one text, by its primary key, the newest question first; two queries."""
    pieces: defaultdict[int, list[str]] = defaultdict(list)
    rows = Option.objects.rewrite(False).filter(version__in=versions, role__in=_COMPARED).order_by()
    for row in rows.raw_values("version_id", f"text_{language}", "text"):
        pieces[row["version_id"]].append(plain(row[f"text_{language}"] or row["text"] or ""))
    # modeltranslation gives every manager and queryset `rewrite`, which the types do not know
    stems = cast(Any, versions.order_by("-question")).rewrite(False)
    columns = [(f"{name}_{language}", name) for name in ("stem", "passage")]
    return {
        row["pk"]: [
            joined(
                [" ".join(plain(row[own] or row[first] or "") for own, first in columns), *pieces[row["pk"]]]
            )
        ]
        for row in stems.raw_values("pk", *(column for pair in columns for column in pair))
    }
