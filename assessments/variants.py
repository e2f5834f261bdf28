"""The variants of a vignette as trainers write them: the second one made, more of them, one taken out.

Who is given which is for ``vignettes``; only variants that are ready are given at all.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.deletion import ProtectedError

from accounts import audit
from accounts.models import User
from assessments.bulk import cannot_be_ready
from assessments.choices import Kind, QuestionStatus
from assessments.copying import copy_question, rename_pieces
from assessments.differences import Group, differences
from assessments.models import Question, QuestionVersion, Vignette, VignetteAssignment
from assessments.texts import known_by
from translation.reading import Reading

LETTERS = "ABCDEFGH"


class CannotAdd(Exception):
    """The vignette has as many variants as it may have."""


class StaysIn(Exception):
    """A learner was given the variant: what they were asked has to remain explicable."""


class StillAsked(Exception):
    """A quiz asks for the vignette, which would be left without variants."""


@dataclass(frozen=True)
class Row:
    """One variant with its newest version; ``is_given`` once some learner has had it."""

    question: Question
    version: QuestionVersion
    words: Reading
    is_ready: bool
    is_given: bool


def may_vary(kind: str) -> bool:
    """Whether a question of this kind may be a variant: a text without a question is not answered."""
    return kind != Kind.DESCRIPTION


@transaction.atomic
def make_second(*, question: Question, name: str, attribute: str, actor: User) -> Question:
    """Make a question variant A of a new vignette, and a draft copy of it variant B, which is returned.

    Name and attribute are in the language of the question. Of two who do so at once the second
    gets what the first has made.
    """
    first = Question.objects.select_for_update().get(pk=question.pk)
    if first.vignette_id is not None:
        others = Question.objects.filter(vignette=first.vignette_id).exclude(pk=first.pk)
        return others.order_by("variant").first() or first
    source = first.versions.latest("number").source_language
    vignette = Vignette(category=first.category, source_language=source)
    _say(vignette, name, attribute)
    vignette.save()
    audit.record(actor=actor, verb="vignette_made", target=vignette)
    _put_in(first, vignette, "A", actor)
    return _put_in(copy_question(question=first, author=actor), vignette, "B", actor)


@transaction.atomic
def add(*, vignette: Vignette, question: Question, letter: str, actor: User) -> Question:
    """Add a draft copy of a variant under this letter; sent twice, the one that is there is returned.

    Raises CannotAdd when there are as many as may be, or when the letter is none of ours.
    """
    locked = Vignette.objects.select_for_update().get(pk=vignette.pk)
    taken = {one.variant: one for one in locked.variants.all()}
    if letter in taken:
        return taken[letter]
    if letter not in LETTERS or len(taken) >= len(LETTERS):
        raise CannotAdd
    return _put_in(copy_question(question=question, author=actor), locked, letter, actor)


@transaction.atomic
def correct(*, vignette: Vignette, name: str, attribute: str, actor: User) -> Vignette:
    """Correct the name of a vignette and what differs, in its source language; others stay."""
    locked = Vignette.objects.select_for_update().get(pk=vignette.pk)
    _say(locked, name, attribute)
    locked.save()
    audit.record(actor=actor, verb="vignette_changed", target=locked)
    return locked


@transaction.atomic
def take_out(*, question: Question, actor: User) -> None:
    """Make a variant a question of its own again; the last one takes the vignette with it.

    Raises StaysIn when somebody was given it, and StillAsked when a quiz would be left with nothing.
    """
    # who starts an attempt holds the same lock, so nobody is given it meanwhile
    vignette = Vignette.objects.select_for_update().filter(variants=question).first()
    if vignette is None:
        return
    if VignetteAssignment.objects.filter(vignette=vignette, variant=question).exists():
        raise StaysIn
    Question.objects.filter(pk=question.pk).update(vignette=None, variant="")
    data = {"vignette": str(vignette.key)}
    audit.record(actor=actor, verb="variant_taken_out", target=question, data=data)
    if not vignette.variants.exists():
        try:
            vignette.delete()
        except ProtectedError as error:
            raise StillAsked from error


def next_letter(taken: Collection[str]) -> str:
    """The letter of the next variant; empty when there are as many as may be."""
    free = [letter for letter in LETTERS if letter not in taken]
    return free[0] if free and len(taken) < len(LETTERS) else ""


def rows_of(vignette: Vignette) -> list[Row]:
    """The variants in the order of their letters, in as many queries for eight as for two."""
    given = VignetteAssignment.objects.filter(variant=OuterRef("pk"))
    found = list(
        vignette.variants.select_related("category").annotate(given=Exists(given)).order_by("variant")
    )
    newest = QuestionVersion.objects.latest_of_each().filter(question__in=found).select_related("question")
    versions = {version.question_id: version for version in newest.prefetch_related("options")}
    incomplete = {question.pk for question in cannot_be_ready(found)}
    return [
        Row(
            question=one,
            version=versions[one.pk],
            words=known_by(versions[one.pk]),
            is_ready=one.status == QuestionStatus.READY and one.pk not in incomplete,
            is_given=one.given,
        )
        for one in found
        if one.pk in versions
    ]


def compared(first: QuestionVersion, other: QuestionVersion) -> list[Group]:
    """In what a variant differs from the first; their pieces correspond by their place."""
    names: dict[str, str] = {}
    for role in {piece.role for piece in first.options.all()}:
        for own, theirs in zip(first.of_role(role), other.of_role(role), strict=False):
            names[str(theirs.key)] = str(own.key)
            if own.match_key and theirs.match_key:
                names[str(theirs.match_key)] = str(own.match_key)
    rename_pieces(other, names)
    return differences(first, other)


def _say(vignette: Vignette, name: str, attribute: str) -> None:
    setattr(vignette, f"name_{vignette.source_language}", name)
    setattr(vignette, f"attribute_{vignette.source_language}", attribute)


def _put_in(question: Question, vignette: Vignette, letter: str, actor: User) -> Question:
    question.vignette, question.variant = vignette, letter
    question.save(update_fields=["vignette", "variant"])
    data = {"vignette": str(vignette.key), "variant": letter}
    audit.record(actor=actor, verb="variant_added", target=question, data=data)
    return question
