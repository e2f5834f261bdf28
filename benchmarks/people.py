"""Fill a cohort in bulk: people, enrolments with a summary, and their completions."""

import random
import uuid
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from courses import rules, syllabus
from courses.models import Cohort, Course, Enrolment, ItemCompletion

COUNTRIES = ("MX", "GT", "CO", "BR", "BD", "NP", "AL", "PE")


def fill(course: Course, *, until: int) -> Cohort:
    """Bring the course's one cohort up to `until` enrolled people; half of them well on their way."""
    cohort, _created = Cohort.objects.get_or_create(course=course, name="Benchmark")
    version = syllabus.freeze(course=course)
    keys = [item.key for item in rules.from_json(version.requirements).requirements]
    chance = random.Random(7)
    now = timezone.now()
    for start in range(Enrolment.objects.filter(cohort=cohort).count(), until, 1000):
        people = User.objects.bulk_create(
            User(
                email=f"person{number}@bench.example",
                name=f"Person {number}",
                password="!",
                country=chance.choice(COUNTRIES),
                language="es",
                role="judge",
            )
            for number in range(start, min(start + 1000, until))
        )
        done = [chance.randint(0, len(keys) - 1) for _person in people]
        enrolments = Enrolment.objects.bulk_create(
            Enrolment(
                key=uuid.uuid4(),
                person=person,
                course=course,
                cohort=cohort,
                syllabus=version,
                status="active",
                language="es",
                started_at=now - timedelta(days=30),
                last_active_at=now - timedelta(hours=chance.randint(1, 700)),
                done_count=count,
                required_count=len(keys),
                percent=100 * count // len(keys),
            )
            for person, count in zip(people, done, strict=True)
        )
        ItemCompletion.objects.bulk_create(
            (
                ItemCompletion(enrolment=enrolment, item_key=key, how="read", language="es", at=now)
                for enrolment, count in zip(enrolments, done, strict=True)
                for key in keys[:count]
            ),
            batch_size=5000,
        )
    return cohort


def cookie(person: User) -> str:
    """Return the cookie of a signed-in session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
