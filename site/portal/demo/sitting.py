"""How invented people sit a quiz: begun and handed in by the verbs, their answers written in one piece."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from assessments import attempts
from assessments.choices import StepKind
from assessments.models import Attempt, Step
from assessments.paper import PaperSlot
from assessments.quiz_spec import QuizSpec
from assessments.scoring import clean_response
from courses import quizzes, rights
from courses.models import Course, Enrolment, ModulePage, QuizPage


@dataclass(frozen=True)
class Answer:
    """What somebody answers to a question, and how sure they are where the quiz asks."""

    response: Mapping[str, Any] = field(default_factory=dict)
    certainty: int | None = None


BLANK = Answer()
type Answers = Callable[[PaperSlot], Answer]


@dataclass(frozen=True)
class Quiz:
    """A quiz with what its attempts keep of the course."""

    spec: QuizSpec
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """Somebody of the cohort: their enrolment, the language they answer in, and how able they are."""

    enrolment: Enrolment
    language: str
    number: int
    ability: float

    def chance(self, quiz: str) -> random.Random:
        """The same luck at the same quiz, every time the demo is made."""
        return random.Random(f"{self.number} {quiz}")


def quizzes_of(course: Course) -> dict[UUID, Quiz]:
    """Return the live quizzes of a course by their keys, read once for everybody who sits them."""
    group, titles = rights.course_group(course).name, spoken(course)
    pages = QuizPage.objects.live().descendant_of(course.page).select_related("paired_with")
    return {
        page.key: Quiz(
            quizzes.spec_of(page),
            {
                "item": str(page.key),
                "marker_group": group,
                "back_url": _address(page, course),
                "course_title": titles,
            },
        )
        for page in pages
    }


def begin(
    quiz: Quiz,
    enrolment: Enrolment,
    *,
    at: datetime,
    answers: Answers,
    language: str,
    chance: random.Random,
    ticket_code: str = "",
) -> tuple[Attempt, datetime]:
    """Begin an attempt and answer it; return it open, with the moment of the last answer.

    The steps are those that `attempts.save_answer` would write, in one query for all of them.
    """
    person = enrolment.person
    attempt = attempts.start(
        person=person,
        quiz=quiz.spec,
        language=language,
        jurisdiction=str(person.country or ""),
        context={**quiz.context, "enrolment": str(enrolment.key)},
        groups=quizzes.groups_of(enrolment),
        ticket_code=ticket_code,
        now=at,
        rng=chance,
    )
    written, moment = list[Step](), at
    for slot in attempt.paper.slots:
        moment += timedelta(seconds=chance.randint(20, 100))
        given = answers(slot)
        response = clean_response(slot.kind, slot.spec, given.response)
        if response:
            sure = {"certainty": given.certainty} if given.certainty else {}
            written.append(
                Step(
                    attempt=attempt,
                    sequence=len(written) + 1,
                    client_id=f"{chance.getrandbits(128):032x}",
                    kind=StepKind.ANSWER,
                    slot=slot.number,
                    data={"response": response, **sure},
                    language=language,
                    at=moment,
                )
            )
    Step.objects.bulk_create(written)
    return attempt, moment


def sit(quiz: Quiz, enrolment: Enrolment, **how: Any) -> Attempt:
    """Begin an attempt, answer it and hand it in; see `begin`."""
    attempt, moment = begin(quiz, enrolment, **how)
    return attempts.submit(attempt=attempt, now=moment + timedelta(seconds=20))


def spoken(record: Any) -> dict[str, str]:
    """Return the titles of a record in the languages that have one."""
    titles = {code: getattr(record, f"title_{code}") for code in ("en", "es", "pt", "fr", "ar", "bn")}
    return {code: title for code, title in titles.items() if title}


def _address(page: QuizPage, course: Course) -> str:
    above = page.get_parent().specific
    with translation.override(course.source_language):
        if isinstance(above, ModulePage):
            return reverse("courses:item", args=[course.page.slug, above.slug, page.slug])
        return reverse("courses:part", args=[course.page.slug, page.slug])
