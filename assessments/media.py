"""Pictures and recordings of questions: kept once, shown to those who may see the question."""

import hashlib
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db.models import Exists, Q

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import PaperItem, Question, QuestionMedia
from assessments.models.files import exam_storage
from assessments.policies import READS_ALL, categories_for

# all that a page may show or play, by the ending of a name; a file with another ending is not kept
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
}


def type_of(name: str) -> str:
    """The type under which a file of this name is sent; empty when none is safe."""
    return TYPES.get(PurePosixPath(name).suffix.lower(), "")


def digest_of(content: bytes) -> str:
    """The name of a content: its SHA-256."""
    return hashlib.sha256(content).hexdigest()


def file_of(*, question: Question, name: str, content: bytes) -> QuestionMedia:
    """The record, not yet saved, of a file whose bytes are kept: once, however many questions show them."""
    sha256 = digest_of(content)
    path = f"questions/{sha256[:2]}/{sha256}{PurePosixPath(name).suffix.lower()}"
    storage = exam_storage()
    if not storage.exists(path):
        path = storage.save(path, ContentFile(content))
    return QuestionMedia(
        question=question,
        name=name,
        content_type=type_of(name),
        sha256=sha256,
        size=len(content),
        file=path,
    )


def shown_to(person: User, version: int, name: str) -> QuestionMedia | None:
    """A file of a question, for those who have the version on a paper, mark one, or read its category."""
    found = QuestionMedia.objects.filter(name=name, question__versions=version)
    return found.filter(Q(_on_a_paper(person, version)) | _in_the_bank(person)).first()


def _on_a_paper(person: User, version: int) -> Exists:
    whose = Q(attempt__person=person)
    if has_role(person, Role.TRAINER):
        whose |= Q(attempt__context__marker_group__in=sorted(person.role_names))
    return Exists(PaperItem.objects.filter(whose, version=version))


def _in_the_bank(person: User) -> Q:
    if not has_role(person, Role.TRAINER, *READS_ALL):
        return Q(pk=None)
    return Q(question__category__in=categories_for(person, to_edit=False))
