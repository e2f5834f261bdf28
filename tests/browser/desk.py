"""What waits for trainers and staff in the journeys: an answer to mark, a mark, a late answer, a regrade…

Runs inside the server's own settings (`Server.run`), never in the test process.
"""

from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts import people, roles
from accounts.models import User
from assessments import attempts, exceptions, late, marking, regrading
from assessments.models import Attempt, LateAnswer
from assessments.papers import QuizSpec, SlotSpec
from courses.models import Cohort, Course, QuizPage
from courses.rights import course_group, give_course
from tests.browser.exams import LANGUAGES, question

TITLE = dict(zip(LANGUAGES, ("Trial examination", "Examen de prueba", "امتحان تجريبي"), strict=True))
ESSAY = "La demora no prueba nada por sí sola.\n\nEl consentimiento es irrelevante si hubo engaño."
TEN = 10


def work_for_staff(*, course: str, learner: str, trainer: str, staff: str) -> dict[str, str]:
    """Make one of each; return the addresses below the language."""
    taught, marker = Course.objects.get(code=course), User.objects.get(email=trainer)
    person, actor = User.objects.get(email=learner), User.objects.get(email=staff)
    to_decide, marked = _essay(taught, person, two=True), _essay(taught, person, two=False)
    first, second = _colleague(taught, "first"), _colleague(taught, "second")
    note = {"start": 0, "end": 9, "text": "¿Respecto de qué elemento?"}
    _give(to_decide, first, Fraction(0), comment="Falta el artículo 3.", annotations=[note])
    _give(to_decide, second, Fraction(1), comment="Bien razonado.")
    marking.take(attempt=to_decide, marker=marker)
    _give(marked, marker, Fraction(1, 2), comment="Diga por qué.", annotations=[note])
    return {
        "mark": f"quiz/marking/{to_decide.key}/1/",
        "correct": f"quiz/marking/{marked.key}/1/",
        "late": f"staff/exams/late/{_late(person).pk}/",
        "exception": f"staff/exams/exceptions/{_exception(taught, actor)}/withdraw/",
        "regrade": f"quiz/regrades/{_tried(actor)}/",
    }


def _begin(person: User, kind: str, **rules: Any) -> Attempt:
    begun = rules.pop("now", None)
    context = rules.pop("context", {})
    rules = {"key": uuid4(), **rules}
    quiz = QuizSpec(title=TITLE, slots=(SlotSpec(question_key=question(kind).key),), **rules)
    return attempts.start(
        person=person, quiz=quiz, language="es", jurisdiction="MX", context=context, now=begun
    )


def _essay(course: Course, person: User, *, two: bool) -> Attempt:
    context = {"marker_group": course_group(course).name}
    attempt = _begin(person, "essay", context=context, second_marker=two, moderation_over=Fraction(1, 4))
    attempts.save_answer(attempt=attempt, slot=1, response={"text": ESSAY}, language="es")
    return attempts.submit(attempt=attempt)


def _colleague(course: Course, name: str) -> User:
    made = people.register(email=f"{name}.marker@example.org", actor=None, name=name.title())
    roles.grant(person=made, role=roles.Role.TRAINER, actor=None)
    give_course(trainer=made, course=course)
    return User.objects.get(pk=made.pk)


def _give(attempt: Attempt, marker: User, fraction: Fraction, **said: Any) -> None:
    marking.take(attempt=attempt, marker=marker)
    points = (str(fraction * 2),)
    marking.give_mark(attempt=attempt, slot=1, fraction=fraction, marker=marker, points=points, **said)


def _late(person: User) -> LateAnswer:
    begun = timezone.now() - timedelta(hours=2)
    attempt = _begin(person, "single", now=begun, time_limit=timedelta(minutes=20))
    choice = next(iter(attempt.paper.slots[0].spec["options"]))
    kept = late.save_late(
        attempt=attempt,
        slot=1,
        response={"choice": choice},
        language="es",
        client_id="page-7",
        sequence=7,
        answered_at=begun + timedelta(minutes=19),
    )
    assert isinstance(kept, LateAnswer)
    return kept


def _exception(course: Course, actor: User) -> str:
    page = QuizPage.objects.live().descendant_of(course.page).order_by("path")[0]
    cohort = Cohort.objects.filter(course=course)[0]
    given = exceptions.grant(
        quiz_key=page.key,
        group_key=cohort.key,
        attempts_allowed=4,
        extra_time="1.5",
        reason="Una línea débil.",
        actor=actor,
    )
    return str(given.key)


def _tried(actor: User) -> str:
    """A regrade that was tried: ten people chose what has turned out to be unfair."""
    key = uuid4()
    for person in User.objects.filter(email__endswith="@demo.example").order_by("pk")[:TEN]:
        attempt = _begin(person, "single", key=key)
        wrong = [name for name, worth in attempt.paper.slots[0].spec["options"].items() if worth == "0"]
        attempts.save_answer(attempt=attempt, slot=1, response={"choice": wrong[0]}, language="es")
        attempts.submit(attempt=attempt)
    asked = regrading.try_out(policy="full", reason="La pregunta no era clara.", quiz_key=key, actor=actor)
    return str(regrading.look(key=asked.key).key)
