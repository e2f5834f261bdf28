"""People who have taken a test, made in bulk: attempts as their verbs leave them, without the verbs."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.models import Attempt, PaperItem, Step
from assessments.paper import Paper
from assessments.papers import freeze
from courses import quizzes
from courses.models import Cohort, Enrolment, QuizPage
from tests.courses.conftest import Built

NAME, TYPED = "Confidential Person", "words of nobody else"


def people(built: Built, number: int, cohort: Cohort | None = None, *, start: int = 0) -> list[User]:
    """Enrol so many people; every third of them is a man, every second of Peru."""
    made = User.objects.bulk_create(
        User(
            email=f"confidential{n}-{uuid.uuid4().hex[:6]}@example.org",
            name=f"{NAME} {n}",
            country="PE" if n % 2 else "MX",
            sex="female" if n % 3 else "male",
            language="es",
        )
        for n in range(start, start + number)
    )
    version = built.course.syllabuses.first()
    Enrolment.objects.bulk_create(
        Enrolment(person=one, course=built.course, cohort=cohort, syllabus=version, language="es")
        for one in made
    )
    return made


def sit(
    page: QuizPage,
    persons: Iterable[User],
    right: Callable[[int, int], bool],
    *,
    number: int = 1,
    language: Callable[[int], str] = lambda n: "es",
    at: datetime | None = None,
    paper: Paper | None = None,
) -> None:
    """Have them sit the test; ``right(person, slot)`` tells who knew what."""
    paper = paper or paper_of(page)
    at = at or timezone.now() - timedelta(minutes=1)
    for place, person in enumerate(persons):
        fractions = {slot.number: Fraction(right(place, slot.number)) for slot in paper.slots}
        attempt = Attempt.objects.create(
            person=person,
            quiz_key=page.key,
            number=number,
            status="graded",
            paper_data=paper.to_json(),
            language=language(place),
            started_at=at - timedelta(minutes=20),
            submitted_at=at,
            graded_at=at,
            fraction=sum(fractions.values(), Fraction(0)) / len(fractions),
            passed=True,
        )
        PaperItem.objects.bulk_create(
            PaperItem(
                attempt=attempt, slot=slot.number, version_id=slot.version, fraction=fractions[slot.number]
            )
            for slot in paper.slots
        )
        Step.objects.bulk_create(
            Step(
                attempt=attempt,
                sequence=slot.number,
                client_id=f"a-{slot.number}",
                kind="answer",
                slot=slot.number,
                data={"response": _response(slot, bool(fractions[slot.number]))},
                language=language(place),
                at=attempt.started_at + timedelta(seconds=40 * slot.number),
            )
            for slot in paper.slots
        )


def _response(slot: Any, right: bool) -> dict[str, Any]:
    if slot.kind == "short":
        return {"text": TYPED}
    wanted = [name for name, worth in slot.spec["options"].items() if (Fraction(worth) > 0) == right]
    return {"choice": wanted[0]}


def paper_of(page: QuizPage, variants: Mapping[uuid.UUID, uuid.UUID] | None = None) -> Paper:
    """The paper that this test puts; ``variants`` names the question of each vignette."""
    return freeze(quizzes.spec_of(page), variants=variants or {})


def knows(person: int, slot: int) -> bool:
    """A made cohort in which the strong know more: the harder a question, the fewer are right."""
    return (person * 7 + slot * 3) % 10 + person % 4 >= slot % 7 + 3
