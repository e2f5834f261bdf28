"""A course known by its records alone, a cohort of it, and a way to fill the cohort."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Institution, User
from certificates.models import Certificate
from courses import rules
from courses.models import Cohort, Course, Enrolment, ItemCompletion, SyllabusVersion
from courses.rules import Group, Requirement, Rule, RuleKind, Syllabus

from .certifying import certify


@dataclass
class Run:
    """A cohort with the keys of what its course asks for: two lessons and a quiz, then a lesson."""

    cohort: Cohort
    version: SyllabusVersion
    keys: list[uuid.UUID]

    @property
    def url(self) -> str:
        return f"/en/staff/cohorts/{self.cohort.key}/"


def syllabus(keys: list[uuid.UUID]) -> Syllabus:
    """Ask for four items in two modules."""
    asked = [
        Requirement(key, "lesson", titles={"en": f"Lesson {n}", "es": f"Lección {n}"})
        for n, key in enumerate(keys, 1)
    ]
    score = Rule(RuleKind.SCORE, Fraction(7, 10))
    asked[2] = Requirement(keys[2], "quiz", score, titles={"es": "Cuestionario 1"})
    first = Group(uuid.uuid4(), tuple(asked[:3]), titles={"en": "Elements", "es": "Elementos"})
    return Syllabus((first, Group(uuid.uuid4(), tuple(asked[3:]), titles={"en": "Proof", "es": "Prueba"})))


def make_run(code: str = "TIP-101", name: str = "Judges 2026 B") -> Run:
    """Make a course with its syllabus, and a cohort that is half over."""
    course = Course.objects.create(
        code=code,
        source_language="es",
        title_es="Trata de personas",
        title_en="Trafficking in persons",
        hours=Decimal("9.0"),
        ready_languages=["en"],
    )
    keys = [uuid.uuid4() for _number in range(4)]
    version = SyllabusVersion.objects.create(
        course=course, number=1, requirements=rules.to_json(syllabus(keys))
    )
    today = timezone.localdate()
    cohort = Cohort.objects.create(
        course=course,
        name=name,
        starts_on=today - datetime.timedelta(days=50),
        ends_on=today + datetime.timedelta(days=50),
        place="Puebla",
        languages=["es", "en"],
    )
    return Run(cohort, version, keys)


@pytest.fixture
def run(db: None) -> Run:
    return make_run()


def take(run: Run, person: User, *, done: int = 0, **fields: object) -> Enrolment:
    """Enrol a person of whom the first `done` items are done; four complete the course."""
    now = timezone.now()
    taken = Enrolment.objects.create(
        **{
            "person": person,
            "course": run.cohort.course,
            "cohort": run.cohort,
            "syllabus": run.version,
            "due_on": run.cohort.ends_on,
            "status": "completed" if done == 4 else "active",
            "completed_at": now if done == 4 else None,
            "completed_language": "es" if done == 4 else "",
            "started_at": now if done else None,
            "last_active_at": now if done else None,
            "language": "es",
            "done_count": done,
            "required_count": 4,
            "percent": done * 25,
            **fields,
        }
    )
    ItemCompletion.objects.bulk_create(
        ItemCompletion(enrolment=taken, item_key=key, how="read", language="es") for key in run.keys[:done]
    )
    return taken


@pytest.fixture
def fill(run: Run) -> Callable[..., list[Enrolment]]:
    """Return a function that fills the cohort with so many people, each a different way along."""

    def filled(number: int, *, done: int | None = None, start: int = 0) -> list[Enrolment]:
        court = Institution.objects.get_or_create(name="Juzgado Segundo", country="MX")[0]
        people = User.objects.bulk_create(
            User(
                email=f"learner{n}@example.org",
                name=f"Learner {n:03}",
                country="MX" if n % 2 else "GT",
                institution=court,
                role="judge",
                language="es",
                sex="female",
            )
            for n in range(start, start + number)
        )
        return [take(run, one, done=n % 5 if done is None else done) for n, one in enumerate(people)]

    return filled


@pytest.fixture
def enrolled(run: Run) -> Callable[..., Enrolment]:
    """Return a function that enrols a person in the cohort, some way along."""

    def enrol(person: User, *, done: int = 0, **fields: object) -> Enrolment:
        return take(run, person, done=done, **fields)

    return enrol


@pytest.fixture
def another_run(run: Run) -> Callable[..., Run]:
    """Return a function that makes another course with a cohort."""
    return make_run


@pytest.fixture
def staff(registrar: User, browse: Callable[..., Any]) -> Any:
    """Return a client signed in as programme staff."""
    return browse(registrar)


@pytest.fixture
def certified(enrolled: Callable[..., Enrolment]) -> Callable[..., Certificate]:
    """Return a function that certifies a person, to be valid for so many days more."""
    return lambda person, **until: certify(enrolled(person, done=4), **until)
