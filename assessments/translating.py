"""Translating a question: what is stored, as a draft until somebody finishes it, and what is noted of it.

A translation is part of a version, and a version that quizzes may put is never changed: a translation
of it is kept in the next version, which stays a draft while it is worked on. Decision 0026.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from assessments.bank import store_version
from assessments.choices import QuestionStatus
from assessments.differences import content_of
from assessments.models import Question, QuestionVersion
from assessments.translating_sheet import Said, Sheet
from assessments.translating_texts import LANGUAGES, texts_of
from translation.readiness import State


@dataclass(frozen=True)
class LanguageState:
    """What one language of a version is worth: how many texts are missing, of how many the source changed."""

    language: str
    missing: int
    stale: int
    texts: int

    @property
    def state(self) -> State:
        """The worst of its texts."""
        return State.MISSING if self.missing else State.STALE if self.stale else State.CURRENT


@transaction.atomic
def translate(
    *, question: Question, language: str, said: Mapping[str, Said], actor: User, finish: bool = False
) -> Sheet:
    """Store what was translated; with ``finish`` quizzes ask with it from now on.

    Nothing is stored while a text has a fault: the sheet that is returned says which. A draft in which
    a trainer has changed more than translations stays a draft.
    """
    # locked, so that of two translators the second is told what the first has written
    locked = Question.objects.select_for_update().get(pk=question.pk)
    version = newest_of(locked)
    sheet = Sheet(version, language, said)
    if sheet.has_faults:
        return sheet
    stays_draft = waits_to_be_finished(version) and not (finish and may_be_finished(version))
    sheet.version = store_version(
        version=version, about={}, author=actor, as_draft=stays_draft, translated_into=language
    )
    return sheet


def newest_of(question: Question) -> QuestionVersion:
    """The newest version of a question, draft or not, with its pieces."""
    version = question.versions.prefetch_related("options").order_by("-number")[0]
    version.question = question
    return version


def waits_to_be_finished(version: QuestionVersion) -> bool:
    """Whether a translation of this version is kept in a draft: quizzes may put the version, or have."""
    return version.is_draft or version.question.status == QuestionStatus.READY or version.was_put


def may_be_finished(version: QuestionVersion) -> bool:
    """Whether a draft of it differs only in translations from what quizzes ask."""
    if not version.is_draft:
        return True
    put = version.question.versions.filter(is_draft=False).order_by("-number").first()
    return put is not None and _untranslated(put.pk) == _untranslated(version.pk)


def overview(version: QuestionVersion) -> list[LanguageState]:
    """What each language but the source is worth."""
    found = []
    for language in LANGUAGES:
        if language != version.source_language:
            sheet = Sheet(version, language)
            found.append(LanguageState(language, len(sheet.missing), len(sheet.stale), len(sheet.rows)))
    return found


def _untranslated(pk: int) -> dict[str, object]:
    """The content of a stored version without its translations."""
    version = QuestionVersion.objects.prefetch_related("options").get(pk=pk)
    version.options.set(list(version.options.all()))
    for text in texts_of(version):
        for language in LANGUAGES:
            if language != version.source_language and text.read(language):
                text.write(language, "")
    return content_of(version)
