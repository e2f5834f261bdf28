"""Which questions ask the same: of the bank, or twice in one file.

Two are taken for the same when they are of one kind and their words are equal, whatever the letters'
case, the spaces, punctuation and markup.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

from django.db.models import Prefetch

from accounts.models import User
from assessments.choices import OptionRole
from assessments.interchange.markup import plain
from assessments.models import Option, Question, QuestionVersion
from assessments.models.options import columns_of_others
from assessments.policies import categories_for

_COMPARED = (OptionRole.OPTION, OptionRole.SITUATION, OptionRole.DECISION, OptionRole.GAP_ENTRY)


def digest(version: QuestionVersion, options: Iterable[Option]) -> str:
    """What is equal for questions that ask the same, in the language in which they were written."""
    code = version.source_language
    pieces = sorted(
        f"{_words(getattr(one, f'text_{code}'))} {_words(getattr(one, f'match_text_{code}'))}"
        for one in options
        if one.role in _COMPARED
    )
    asked = [_words(getattr(version, f"{name}_{code}")) for name in ("stem", "passage")]
    return hashlib.sha256("\n".join([version.kind, *asked, *pieces]).encode()).hexdigest()


def of_the_bank(person: User) -> dict[str, int]:
    """The questions that the person may see, newest version of each, by digest; one query a thousand."""
    options = Option.objects.filter(role__in=_COMPARED).defer(*columns_of_others(("feedback",), set()))
    versions = (
        QuestionVersion.objects.latest_of_each()
        .filter(question__in=Question.objects.filter(category__in=categories_for(person, to_edit=False)))
        .prefetch_related(Prefetch("options", options))
        .defer("marking", *columns_of_others(("feedback", "reason", "source"), set()))
        .order_by("-pk")
    )
    return {
        digest(version, version.options.all()): version.question_id
        for version in versions.iterator(chunk_size=1000)
    }


def _words(text: str | None) -> str:
    letters = (
        sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in plain(text or "").casefold()
    )
    return " ".join("".join(letters).split())
