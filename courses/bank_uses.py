"""What courses tell the question bank: which quizzes ask a question, and what the law of a country says."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from assessments import outside
from assessments.models import Question
from assessments.outside import Provision, QuizUse
from assessments.quiz_spec import SlotSpec
from translation.reading import read

from .models import CoursePage, LegalProvision
from .models.quiz_parts import QuizSlot


def connect() -> None:
    """Let the bank ask; called once, when the app is ready."""
    outside.tell(quizzes=quizzes_of, provisions=provisions_of)


def quizzes_of(questions: Sequence[Question]) -> dict[UUID, list[QuizUse]]:
    """The quizzes that ask these questions, by the key of the question; a few queries, however many."""
    named = Q(question__in=questions)
    drawn = Q(category__in={one.category_id for one in questions})
    through = Q(vignette__in={one.vignette_id for one in questions if one.vignette_id})
    slots = (
        QuizSlot.objects.filter(named | drawn | through)
        .select_related("page", "category")
        .order_by("page__path", "sort_order")
    )
    codes = dict(CoursePage.objects.values_list("path", "course__code"))
    found: dict[UUID, list[QuizUse]] = {}
    for question in questions:
        uses = {slot.page_id: _use(slot, codes) for slot in slots if _asks(slot, question)}
        found[question.key] = list(uses.values())
    return found


def provisions_of(country: str) -> list[Provision]:
    """The provisions that are held of a country, or of all; with a digest of what each says."""
    held = LegalProvision.objects.order_by("jurisdiction", "topic", "article")
    rows = held.filter(jurisdiction=country) if country else held
    return [Provision(row.key, str(row.jurisdiction), citation_of(row), digest_of(row)) for row in rows]


def citation_of(provision: LegalProvision) -> str:
    """A provision as it is cited: the law in its own language, and the article."""
    return ", ".join(part for part in (provision.law_name_original, provision.article) if part)


def digest_of(provision: LegalProvision) -> str:
    """What is equal while a provision says the same; translations and reviews are no part of it."""
    source = provision.source_language
    said = [
        provision.law_name_original,
        provision.article,
        getattr(provision, f"summary_{source}") or "",
        provision.excerpt,
        str(provision.valid_from or ""),
        str(provision.valid_to or ""),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _asks(slot: QuizSlot, question: Question) -> bool:
    if slot.question_id is not None:
        return slot.question_id == question.pk
    if slot.vignette_id is not None:
        return slot.vignette_id == question.vignette_id
    # variants of a vignette are put through it alone
    if slot.category is None or slot.category_id != question.category_id or question.vignette_id is not None:
        return False
    line = SlotSpec(
        category_key=slot.category.key,
        difficulty=slot.difficulty,
        objective=slot.objective,
        tags=slot.tag_names,
    )
    tags = frozenset(tag.name for tag in question.tags.all()) if slot.tags else frozenset()
    return line.takes(difficulty=question.difficulty, objective=question.objective, tags=tags)


def _use(slot: QuizSlot, codes: dict[str, str]) -> QuizUse:
    page = slot.page
    how = "fixed" if slot.question_id else "vignette" if slot.vignette_id else "drawn"
    course = next((code for path, code in codes.items() if page.path.startswith(path)), "")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return QuizUse(read(page, "title"), course, url, how, slot.version)
