"""A question copied as a draft of its own: all its words, its key, its pictures, under keys of its own."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from assessments.bank import store_version
from assessments.choices import QuestionStatus
from assessments.models import Question, QuestionMedia, QuestionVersion

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@transaction.atomic
def copy_question(*, question: Question, author: User) -> Question:
    """Copy the newest version of a question into a new one, a draft in the same category.

    Nothing links the two afterwards: the copy belongs to no vignette and has no history.
    """
    version = question.versions.prefetch_related("options").latest("number")
    pieces = list(version.options.all())
    names = {str(key): str(uuid.uuid4()) for one in pieces for key in (one.key, one.match_key) if key}
    rename_pieces(version, names)
    version.options.set(pieces)
    version.pk, version.question = None, Question()
    about = {name: getattr(question, name) for name in ("category", "difficulty", "objective", "name")}
    tags = [tag.name for tag in question.tags.all()]
    copied = store_version(
        version=version,
        about=about | {"status": QuestionStatus.DRAFT},
        tags=tags,
        author=author,
        as_draft=True,
    )
    QuestionMedia.objects.bulk_create(_shown_by(copied.question, one) for one in question.media.all())
    return copied.question


def rename_pieces(version: QuestionVersion, names: Mapping[str, str]) -> None:
    """Give the pieces of a version in memory other keys, wherever one of them is named."""
    for piece in version.options.all():
        piece.key = uuid.UUID(names.get(str(piece.key), str(piece.key)))
        piece.belongs_to = names.get(piece.belongs_to, piece.belongs_to)
        if piece.match_key:
            piece.match_key = uuid.UUID(names.get(str(piece.match_key), str(piece.match_key)))
    version.marking = _renamed(version.marking, names)
    version.translated_from = _renamed(version.translated_from, names)


def _renamed(data: Any, names: Mapping[str, str]) -> Any:
    """JSON with other keys in it; each is looked at once, so that two may change places."""
    return json.loads(_KEY.sub(lambda found: names.get(found[0], found[0]), json.dumps(data)))


def _shown_by(question: Question, media: QuestionMedia) -> QuestionMedia:
    """The same bytes under the same name, for another question."""
    return QuestionMedia(
        question=question,
        name=media.name,
        content_type=media.content_type,
        sha256=media.sha256,
        size=media.size,
        file=media.file.name,
    )
