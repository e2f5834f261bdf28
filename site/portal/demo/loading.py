"""Fill an empty installation with both courses and the demo people, through the same verbs as staff."""

import datetime
import random
from pathlib import Path
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Institution, User
from assessments import attempts
from certificates import keymaking
from courses import enrolment, progress, quizzes, rules
from courses.models import Cohort, Course, Enrolment, LessonPage, QuizPage
from courses.package.importing import import_course
from courses.package.law import import_law
from courses.rights import ensure_permissions, give_course

from . import design
from .answers import right_answer
from .people import GUIDES, PARTICIPANTS, PASSWORD, Guide, Participant

PACKAGES = Path(settings.ROOT) / "courses" / "packages"
COURSES = ("trafficking-smuggling", "judging-without-bias")
ZONES = {"MX": "America/Mexico_City", "JO": "Asia/Amman", "BD": "Asia/Dhaka", "BR": "America/Fortaleza"}


def load() -> None:
    """Load everything; what is there already stays as it is."""
    keymaking.make_missing()
    design.make()
    import_law(PACKAGES / "law", actor=None)
    for name in COURSES:
        import_course(PACKAGES / name, actor=None)
    ensure_permissions()
    people = {guide.email: _guide(guide) for guide in GUIDES}
    _courses_for(people)
    cohort = _cohort(people)
    if cohort.enrolments.exists():
        return
    for number, participant in enumerate(PARTICIPANTS, 1):
        with transaction.atomic():
            _participant(number, participant, cohort)
    _sign_in_people(people, cohort)


def _guide(guide: Guide) -> User:
    found = User.objects.filter(email=guide.email).first()
    if found:
        return found
    person = User.objects.create_user(
        guide.email,
        PASSWORD,
        name=guide.name,
        country=guide.country,
        language=guide.language,
        role=guide.profession,
        time_zone=ZONES.get(guide.country, "UTC"),
    )
    _confirm(person)
    roles.grant(person=person, role=guide.role, actor=None)
    return person


def _confirm(person: User) -> None:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def _courses_for(people: dict[str, User]) -> None:
    for course in Course.objects.all():
        give_course(trainer=people["trainer@demo.example"], course=course, actor=None)


def _cohort(people: dict[str, User]) -> Cohort:
    course = Course.objects.get(code="TIP-101")
    found = Cohort.objects.filter(course=course).first()
    if found:
        return found
    today = timezone.localdate()
    cohort = Cohort.objects.create(
        course=course,
        name="Judges 2026 B",
        starts_on=today - datetime.timedelta(days=75),
        ends_on=today + datetime.timedelta(days=27),
        place="Online",
        languages=["es", "en"],
    )
    cohort.staff.add(people["registrar@demo.example"])
    return cohort


def _participant(number: int, row: Participant, cohort: Cohort) -> None:
    court, _created = Institution.objects.get_or_create(name=row.court, country=row.country)
    person = User.objects.create_user(
        f"judge{number:02}@demo.example",
        None,  # they cannot sign in: nobody knows forty more passwords
        name=row.name,
        name_latin=row.latin,
        country=row.country,
        language=row.language,
        sex=row.sex,
        institution=court,
        role="judge" if number % 5 else "prosecutor",
        time_zone=ZONES.get(row.country, "UTC"),
    )
    _confirm(person)
    roles.grant(person=person, role=roles.Role.LEARNER, actor=None)
    taken = enrolment.enrol(person=person, course=cohort.course, cohort=cohort, actor=None)
    language = row.language if row.language in cohort.course.languages else "en"
    _advance(taken, row.stage, language=language, seed=number)


def _advance(taken: Enrolment, stage: float, *, language: str, seed: int) -> None:
    """Do the first `stage` (0..1) of the required items, spread over the past weeks."""
    chance = random.Random(seed)  # the same demo every time  # noqa: S311
    asked = [item.key for item in rules.from_json(taken.syllabus.requirements).requirements]
    wanted = asked[: round(len(asked) * stage)]
    began = timezone.now() - datetime.timedelta(days=chance.randint(45, 74))
    step = datetime.timedelta(days=chance.uniform(0.9, 1.4))
    for number, key in enumerate(wanted):
        at = min(began + step * number, timezone.now() - datetime.timedelta(hours=2))
        _do(taken, key, at=at, language=language)
    if wanted:
        taken.refresh_from_db()
        taken.started_at, taken.last_active_at = began, at
        taken.last_item_key = wanted[-1]
        taken.save()


def _do(taken: Enrolment, key: UUID, *, at: datetime.datetime, language: str) -> None:
    quiz = QuizPage.objects.filter(key=key).first()
    if quiz is None:
        lesson = LessonPage.objects.get(key=key)
        progress.complete_item(enrolment=taken, item_key=lesson.key, how="read", language=language, at=at)
        return
    attempt = attempts.start(
        person=taken.person,
        quiz=quizzes.spec_of(quiz),
        language=language,
        jurisdiction=str(taken.person.country),
        context={"enrolment": str(taken.key), "item": str(quiz.key)},
        now=at,
    )
    for slot in attempt.paper.slots:
        attempts.save_answer(
            attempt=attempt,
            slot=slot.number,
            response=right_answer(slot, language),
            language=language,
            now=at,
        )
    attempts.submit(attempt=attempt, now=at)


def _sign_in_people(people: dict[str, User], cohort: Cohort) -> None:
    judge, qadi = people["judge@demo.example"], people["qadi@demo.example"]
    bias = Course.objects.get(code="JWB-101")
    # so that the judge has a certificate that ends soon, and can renew it
    bias.validity_months = 3
    bias.save(update_fields=["validity_months"])
    first = enrolment.enrol(person=judge, course=cohort.course, cohort=cohort, actor=None)
    _advance(first, 0.3, language="es", seed=100)
    second = enrolment.enrol(person=judge, course=bias, actor=None)
    _advance(second, 1.0, language="es", seed=101)
    enrolment.enrol(person=qadi, course=bias, actor=None)
