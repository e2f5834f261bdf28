"""Handbooks as files: asked for by a reader, drawn by a task, kept, and never drawn twice.

A handbook belongs to an edition of its course, a part (the course or a module), a language and the law of
a country. Where a new edition prints the same, the file of the last one is kept; the task finds that out.
"""

import datetime
import hashlib
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from courses import tasks
from courses.access import Person, Place
from courses.choices import HandbookState
from courses.models import Course, Handbook, LegalProvision
from courses.models.handbooks import handbook_storage
from courses.outline import Outline, OutlineModule
from courses.standing import Standing

# A task that has not answered after this has died with its worker, and may be asked for again.
GIVEN_UP = datetime.timedelta(minutes=15)


class Damaged(RuntimeError):
    """A stored handbook is not the one that was drawn."""


def jurisdiction_of(person: Person) -> str:
    """Return the country whose law stands in the person's handbooks; empty where none of it is held."""
    country = str(getattr(person, "country", "") or "")
    held = country and LegalProvision.objects.published().filter(jurisdiction=country).exists()
    return country if held else ""


def languages_of(found: Outline) -> list[str]:
    """Return the languages in which some lesson of the course is written."""
    return [code for code, written in found.written.items() if written]


def is_open(at: Place, standing: Standing, module: OutlineModule | None) -> bool:
    """Tell whether every lesson of the part is open to the person: who may read it may take it along."""
    if not at.takes_part:
        return True
    items = module.items if module else standing.outline.items
    return not any(standing.lock(item) for item in items if not item.is_quiz)


def on_shelf(*, at: Place, language: str, jurisdiction: str) -> dict[UUID | None, Handbook]:
    """Return what has been asked for of the present edition, by module; None stands for the course."""
    found = Handbook.objects.filter(
        course_id=at.course_id, edition=at.edition, language=language, jurisdiction=jurisdiction
    )
    return {one.module_key: one for one in found}


def ask(*, course: Course, module_key: UUID | None, language: str, jurisdiction: str) -> Handbook:
    """Return the handbook of the present edition; a task draws it unless it is there or under way."""
    with transaction.atomic():
        handbook, made = Handbook.objects.get_or_create(
            course=course,
            edition=course.edition,
            module_key=module_key,
            language=language,
            jurisdiction=jurisdiction,
        )
        handbook = Handbook.objects.select_for_update().get(pk=handbook.pk)
        if not made and (handbook.is_ready or is_under_way(handbook)):
            return handbook
        handbook.state, handbook.outdated = HandbookState.ASKED, False
        handbook.asked_at = timezone.now()
        handbook.save(update_fields=["state", "outdated", "asked_at"])
        transaction.on_commit(partial(tasks.draw_handbook.enqueue, str(handbook.key)))
    return handbook


def is_under_way(handbook: Handbook) -> bool:
    """Tell whether a task has it in hand."""
    waited = timezone.now() - handbook.asked_at
    return handbook.state == HandbookState.ASKED and waited < GIVEN_UP


def draw(*, key: UUID) -> Handbook | None:
    """Draw what was asked for and keep it; None where there is nothing to draw any more."""
    from courses.handbook.contents import NothingToPrint

    handbook = Handbook.objects.select_related("course").filter(key=key).first()
    if handbook is None or handbook.state != HandbookState.ASKED:
        return handbook
    if handbook.edition != handbook.course.edition:
        handbook.delete()  # published anew while it waited; the reader asks for what there is now
        return None
    before = handbook.file.name
    try:
        _draw(handbook)
    except NothingToPrint:
        handbook.delete()
        return None
    except Exception:
        Handbook.objects.filter(pk=handbook.pk).update(state=HandbookState.FAILED)
        raise
    _clear_shelf(handbook, before)
    return handbook


def _draw(handbook: Handbook) -> None:
    from certificates.pdf.book import render
    from courses.handbook.composing import compose, digest

    book = compose(
        course=handbook.course,
        module_key=handbook.module_key,
        language=handbook.language,
        jurisdiction=handbook.jurisdiction,
    )
    handbook.contents = digest(book)
    kept = Handbook.objects.filter(contents=handbook.contents).exclude(file="").first()
    if kept is not None and handbook_storage().exists(str(kept.file)):
        handbook.file, handbook.sha256 = kept.file.name, kept.sha256
        handbook.size, handbook.pages = kept.size, kept.pages
    else:
        drawn = render(book)
        handbook.sha256 = hashlib.sha256(drawn.data).hexdigest()
        handbook.size, handbook.pages = len(drawn.data), drawn.pages
        name = f"handbooks/{handbook.sha256[:2]}/{handbook.sha256}.pdf"
        storage = handbook_storage()
        handbook.file = name if storage.exists(name) else storage.save(name, ContentFile(drawn.data))
    handbook.state, handbook.drawn_at = HandbookState.READY, timezone.now()
    # not `outdated`: what has changed meanwhile must not be forgotten
    handbook.save(update_fields=["contents", "file", "sha256", "size", "pages", "state", "drawn_at"])


def _clear_shelf(handbook: Handbook, before: str | None) -> None:
    """Take away what the new one replaces, with files that no other handbook shares."""
    older = Handbook.objects.of_part(handbook).exclude(edition=handbook.edition)
    files = {before, *older.values_list("file", flat=True)} - {"", None}
    older.delete()
    for name in files - set(Handbook.objects.filter(file__in=files).values_list("file", flat=True)):
        handbook_storage().delete(name)


def outdate() -> None:
    """Have every handbook looked through again: law, glossary, a picture or a file has changed."""
    Handbook.objects.filter(outdated=False).update(outdated=True)


def read(handbook: Handbook) -> bytes:
    """Return the bytes as they were drawn; raises Damaged when the file is not the same any more."""
    with handbook.file.open("rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != handbook.sha256:
        raise Damaged(f"The stored file of {handbook} has changed.")
    return data
