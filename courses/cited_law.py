"""Questions whose key rests on a provision of law that has changed, or whose review is due."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_countries import countries

from accounts import audit
from accounts.models import User
from assessments.models import Question, QuestionVersion
from assessments.texts import known_by
from translation.reading import Reading

from .bank_uses import citation_of, digest_of
from .models import LegalProvision


@dataclass(frozen=True)
class Doubt:
    """One provision that a question cites, and why it has to be looked at.

    ``why`` is "gone", "changed", "ended" or "due".
    """

    question: Question
    words: Reading
    country: str
    citation: str
    why: str
    provision: LegalProvision | None
    due_on: datetime.date | None

    @property
    def country_name(self) -> str:
        """The country in the language of the page."""
        return str(countries.name(self.country)) or self.country


def doubts(questions: QuerySet[Question], today: datetime.date | None = None) -> list[Doubt]:
    """All doubts about these questions, by their newest versions: three queries."""
    day = today or timezone.localdate()
    versions = (
        QuestionVersion.objects.latest_of_each()
        .filter(question__in=questions, marking__has_key="jurisdictions")
        .select_related("question__category")
        .order_by("question__category", "question")
    )
    found = list(versions)
    keys = {cited for version in found for _code, cited, _citation in _cited(version)}
    provisions = {str(one.key): one for one in LegalProvision.objects.filter(key__in=keys)}
    return [
        doubt
        for version in found
        for code, key, citation in _cited(version)
        if (doubt := _doubt(version, code, citation, key, provisions.get(key), day)) is not None
    ]


@transaction.atomic
def still_right(*, question: Question, provision: LegalProvision, actor: User) -> None:
    """Write down that the key of a question was held against the provision as it is now.

    What is asked and how it is marked does not change, so this makes no new version.
    """
    version = (
        QuestionVersion.objects.select_for_update().filter(question=question).order_by("-number").first()
    )
    if version is None:
        return
    cited = {**version.marking.get("cited", {}), str(provision.key): digest_of(provision)}
    # the row alone: saving it would also write the words of whoever looks
    QuestionVersion.objects.filter(pk=version.pk).update(marking=version.marking | {"cited": cited})
    audit.record(
        actor=actor, verb="question_law_checked", target=question, data={"provision": str(provision.key)}
    )


def _cited(version: QuestionVersion) -> Iterator[tuple[str, str, str]]:
    for code, changes in version.marking.get("jurisdictions", {}).items():
        for change in changes:
            if change.get("provision"):
                yield code, str(change["provision"]), str(change.get("citation", ""))


def _doubt(
    version: QuestionVersion,
    code: str,
    citation: str,
    key: str,
    provision: LegalProvision | None,
    day: datetime.date,
) -> Doubt | None:
    why = _why(version.marking.get("cited", {}).get(key), provision, day)
    if not why:
        return None
    named = citation or (citation_of(provision) if provision else "")
    due_on = provision.next_review if provision else None
    return Doubt(version.question, known_by(version), code, named, why, provision, due_on)


def _why(digest: str | None, provision: LegalProvision | None, day: datetime.date) -> str:
    if provision is None:
        return "gone"
    if digest is not None and digest != digest_of(provision):
        return "changed"
    if provision.valid_to is not None and provision.valid_to < day:
        return "ended"
    if provision.next_review is not None and provision.next_review <= day:
        return "due"
    return ""
