"""The designs of certificates: changing them, and freezing one into what is issued."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from accounts import audit
from certificates import pictures
from certificates.models import Design, DesignSignatory
from certificates.pdf.document import LOGO, SEAL, SECOND_LOGO
from certificates.statements import Look, Signatory

if TYPE_CHECKING:
    from accounts.models import User

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SLOTS = (LOGO, SECOND_LOGO, SEAL)

Words = Mapping[str, str]
Keep = Callable[[bytes], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatoryDraft:
    """Somebody who is to sign. `signature` is a cleaned picture, b"" for none, None for the one there is."""

    name: str
    office: Words = field(default_factory=dict)
    signature: bytes | None = None


def design_for(course_code: str) -> Design | None:
    """The design of a course: its own, else the one for all courses without, else none."""
    found = {
        design.course_code: design
        for design in Design.objects.filter(course_code__in=["", course_code]).prefetch_related("signatories")
    }
    return found.get(course_code) or found.get("")


def frozen(design: Design | None, *, keep: Keep = pictures.keep) -> dict[str, Any]:
    """What a statement keeps of a design, by the names of its fields; the pictures are kept for ever.

    `keep` takes a picture and gives its SHA-256.
    """
    if design is None:
        return {"signatories": (), "place": "", "accreditation": "", "look": Look()}
    return {
        "signatories": tuple(
            Signatory(name=who.name, office=words_of(who, "office"), signature=_kept(who.signature, keep))
            for who in design.signatories.all()
        ),
        "place": words_of(design, "place"),
        "accreditation": words_of(design, "accreditation"),
        "look": Look(
            background=design.background, **{slot: _kept(getattr(design, slot), keep) for slot in SLOTS}
        ),
    }


def words_of(record: Design | DesignSignatory, name: str) -> dict[str, str]:
    """A translated text in every language that has it, the source first."""
    codes = sorted(LANGUAGES, key=lambda code: code != record.source_language)
    found = {code: getattr(record, f"{name}_{code}") for code in codes}
    return {code: text for code, text in found.items() if text}


@transaction.atomic
def save(
    *,
    design: Design,
    words: Mapping[str, Words],
    images: Mapping[str, bytes],
    signatories: Sequence[SignatoryDraft],
    actor: User | None,
) -> Design:
    """Write a design and who signs, in their order.

    `words` has the texts of "place" and "accreditation" per language; `images` the cleaned pictures of
    those slots that change, b"" for a slot to be emptied. Certificates issued before stay as they are.
    """
    is_new = design.pk is None
    _speak(design, words)
    for slot, png in images.items():
        _put(getattr(design, slot), png)
    design.save()
    _sign(design, signatories)
    verb = "design_made" if is_new else "design_changed"
    audit.record(actor=actor, verb=verb, target=design, data={"course": design.course_code})
    return design


@transaction.atomic
def remove(*, design: Design, actor: User | None) -> None:
    """Delete a design; what was issued with it has its own copy of everything."""
    audit.record(actor=actor, verb="design_removed", target=design, data={"course": design.course_code})
    design.delete()


def _sign(design: Design, drafts: Sequence[SignatoryDraft]) -> None:
    there = {who.place: who for who in design.signatories.all()}
    for place, draft in enumerate(drafts, 1):
        who = there.pop(place, None) or DesignSignatory(design=design, place=place)
        who.name, who.source_language = draft.name, design.source_language
        _speak(who, {"office": draft.office})
        if draft.signature is not None:
            _put(who.signature, draft.signature)
        who.save()
    for who in there.values():
        who.delete()


def _speak(record: Design | DesignSignatory, words: Mapping[str, Words]) -> None:
    for name, texts in words.items():
        for code in LANGUAGES:
            setattr(record, f"{name}_{code}", texts.get(code, ""))
    said = [code for texts in words.values() for code in LANGUAGES if texts.get(code)]
    if record.source_language not in said and said:
        record.source_language = said[0]


def _put(image: Any, png: bytes) -> None:
    """Set or empty an image field; the file of before stays, for drawings under way."""
    if png:
        image.save("picture.png", ContentFile(png), save=False)
    else:
        image.name = ""


def _kept(image: Any, keep: Keep) -> str:
    """Keep the picture of a field; returns its SHA-256, or nothing without a picture."""
    if not image:
        return ""
    with image.open("rb") as file:
        return keep(file.read())
