"""Writing questions into the bank; what was put to somebody is never changed, only followed."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.models import Option, Question, QuestionVersion


@transaction.atomic
def store_version(
    *, version: QuestionVersion, about: Mapping[str, Any], author: User | None
) -> QuestionVersion:
    """Store a version that an editor has filled in, with its options in memory.

    ``about`` holds category, status, difficulty and objective of the question. A version that
    stands on somebody's paper is left as it is, and a new one with the next number is stored.
    """
    options = list(version.options.all())
    if version.question_id is None:
        version.question = Question.objects.create(**about)
        verb = "question_written"
    else:
        # locked, so that two editors do not make the same number
        question = Question.objects.select_for_update().get(pk=version.question_id)
        for name, value in about.items():
            setattr(question, name, value)
        question.save()
        version.question = question
        verb = "question_changed"
    if version.pk is None or version.was_put:
        _become_next(version, options, author)
    for option in options:
        option.source_language = version.source_language
    name_answers(options)
    version.options.set(options)
    version.save()
    audit.record(actor=author, verb=verb, target=version.question, data={"version": version.number})
    return version


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
