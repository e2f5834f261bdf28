"""Writing questions into the bank; what was put to somebody is never changed, only followed."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.choices import QuestionStatus
from assessments.differences import content_of
from assessments.models import Option, Question, QuestionVersion, Tag
from assessments.translating_state import followed
from assessments.translating_texts import wordings_of


@transaction.atomic
def store_version(
    *,
    version: QuestionVersion,
    about: Mapping[str, Any],
    author: User | None,
    tags: Iterable[str] | None = None,
    as_draft: bool = False,
    translated_into: str = "",
) -> QuestionVersion:
    """Store a version that an editor has filled in, with its options in memory.

    ``about`` holds category, status, name, difficulty and objective of the question; ``tags``,
    where given, are all of its tags. A version that stands on somebody's paper, or that quizzes may
    put, is left as it is, and a new one with the next number is stored; where nothing of it has
    changed there is no new one. With ``as_draft`` quizzes go on asking the version before. Translations
    whose source has changed are noted with the wording that they were made from.
    """
    pieces = list(version.options.all())
    if version.question_id is None:
        version.question = Question.objects.create(key=version.question.key, **about)
        verb, was_ready = "question_written", False
    else:
        # locked, so that two editors do not make the same number
        question = Question.objects.select_for_update().get(pk=version.question_id)
        was_ready = question.status == QuestionStatus.READY
        for name, value in about.items():
            setattr(question, name, value)
        question.save()
        version.question = question
        verb = "question_translated" if translated_into else "question_changed"
    if tags is not None:
        version.question.tags.set(tagged(tags))
    stored = _as_stored(version)
    stays = stored is not None and content_of(version) == content_of(stored)
    noted = stored.translated_from if stored else {}
    if stored:
        version.translated_from = followed(
            version.translated_from, wordings_of(stored), wordings_of(version), version.source_language
        )
    put = version.pk is not None and not version.is_draft and (was_ready or version.was_put)
    if version.pk is None or (not stays and (put or version.was_put)):
        _become_next(version, pieces, author)
    if not stays:
        version.is_draft = as_draft
        for piece in pieces:
            piece.source_language = version.source_language
        name_answers(pieces)
        version.options.set(pieces)
        version.save()
    elif (version.is_draft and not as_draft) or noted != version.translated_from:
        version.is_draft = version.is_draft and as_draft
        version.save(update_fields=["is_draft", "translated_from"])
    data = {"version": version.number} | ({"language": translated_into} if translated_into else {})
    audit.record(actor=author, verb=verb, target=version.question, data=data)
    return version


def tagged(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, made where there is none; how a name is spelled first is how it stays."""
    found = {}
    for name in names:
        known = Tag.objects.filter(name__iexact=name).first()
        found[name.casefold()] = known or Tag.objects.create(name=name)
    return list(found.values())


def _as_stored(version: QuestionVersion) -> QuestionVersion | None:
    if version.pk is None:
        return None
    return QuestionVersion.objects.prefetch_related("options").get(pk=version.pk)


def name_answers(options: Iterable[Option]) -> None:
    """Give equal answers of a matching question one key, and different answers different keys."""
    keys: dict[str, uuid.UUID] = {}
    for option in options:
        answer = getattr(option, f"match_text_{option.source_language}") or ""
        if not answer.strip():
            option.match_key = None
            continue
        name = answer.strip().casefold()
        if name not in keys:
            known = option.match_key
            keys[name] = known if known and known not in keys.values() else uuid.uuid4()
        option.match_key = keys[name]


def _become_next(version: QuestionVersion, options: Iterable[Option], author: User | None) -> None:
    last = version.question.versions.aggregate(last=Max("number"))["last"] or 0
    version.pk = None
    version._state.adding = True
    version.number = last + 1
    version.created_at, version.created_by = timezone.now(), author
    for option in options:
        option.pk = None
        option._state.adding = True
