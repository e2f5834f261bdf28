"""Fill an empty installation with the courses and the demo people, through the same verbs as staff."""

import datetime
import random
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.paper import PaperSlot
from certificates import keymaking
from courses import enrolment, progress, rules
from courses.models import Cohort, Course, Enrolment
from courses.package.importing import import_course
from courses.package.law import import_law
from courses.rights import ensure_permissions, give_course

from . import design, exams, registering
from .answers import right_answer, wrong_answer
from .people import GUIDES, PARTICIPANTS, Participant
from .sitting import Answer, Answers, Quiz, quizzes_of, sit

PACKAGES = Path(settings.ROOT) / "courses" / "packages"
COURSES = ("trafficking-smuggling", "judging-without-bias")

type Quizzes = Mapping[UUID, Quiz]


def load() -> None:
    """Load everything; what is there already stays as it is."""
    keymaking.make_missing()
    design.make()
    import_law(PACKAGES / "law", actor=None)
    for name in COURSES:
        import_course(PACKAGES / name, actor=None)
    _let_certificates_end()
    ensure_permissions()
    people = {guide.email: registering.guide(guide) for guide in GUIDES}
    _courses_for(people)
    cohort = _cohort(people)
    if not cohort.enrolments.exists():
        quizzes = quizzes_of(cohort.course)
        for number, participant in enumerate(PARTICIPANTS, 1):
            with transaction.atomic():
                _participant(number, participant, cohort, quizzes)
        _sign_in_people(people, cohort, quizzes)
    exams.make(people)


def _let_certificates_end() -> None:
    """Let one course's certificates end, as its package does not: the judge has one to renew."""
    bias = Course.objects.get(code="JWB-101")
    bias.validity_months = 3
    bias.save(update_fields=["validity_months"])


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


def _participant(number: int, row: Participant, cohort: Cohort, quizzes: Quizzes) -> None:
    person = registering.learner(
        number,
        name=row.name,
        name_latin=row.latin,
        country=row.country,
        language=row.language,
        sex=row.sex,
        court=row.court,
    )
    taken = enrolment.enrol(person=person, course=cohort.course, cohort=cohort, actor=None)
    language = row.language if row.language in cohort.course.languages else "en"
    _advance(taken, row.stage, quizzes, language=language, seed=number, slips=True)


def _advance(
    taken: Enrolment, stage: float, quizzes: Quizzes, *, language: str, seed: int, slips: bool = False
) -> None:
    """Do the first `stage` (0..1) of the required items, spread over the past weeks."""
    chance = random.Random(seed)  # the same demo every time
    asked = [item.key for item in rules.from_json(taken.syllabus.requirements).requirements]
    wanted = asked[: round(len(asked) * stage)]
    began = timezone.now() - datetime.timedelta(days=chance.randint(45, 74))
    step = datetime.timedelta(days=chance.uniform(0.9, 1.4))
    for number, key in enumerate(wanted):
        at = min(began + step * number, timezone.now() - datetime.timedelta(hours=2))
        if key in quizzes:
            answers = _passing(quizzes[key], language, random.Random(f"{seed} {key}"), slips=slips)
            sit(quizzes[key], taken, at=at, answers=answers, language=language, chance=chance)
        else:
            progress.complete_item(enrolment=taken, item_key=key, how="read", language=language, at=at)
    if wanted:
        taken.refresh_from_db()
        taken.started_at, taken.last_active_at = began, at
        taken.last_item_key = wanted[-1]
        taken.save()


def _passing(quiz: Quiz, language: str, chance: random.Random, *, slips: bool) -> Answers:
    """Answers that pass, with a few slips where somebody is to make them."""
    asked = sum(slot.count for slot in quiz.spec.slots)
    most = int(asked * (1 - quiz.spec.pass_mark)) if slips else 0
    wrong = set(chance.sample(range(1, asked + 1), chance.randint(0, most)))

    def answer(slot: PaperSlot) -> Answer:
        if slot.number in wrong:
            return Answer(wrong_answer(slot, chance))
        return Answer(right_answer(slot, language))

    return answer


def _sign_in_people(people: dict[str, User], cohort: Cohort, quizzes: Quizzes) -> None:
    judge, qadi = people["judge@demo.example"], people["qadi@demo.example"]
    bias = Course.objects.get(code="JWB-101")
    first = enrolment.enrol(person=judge, course=cohort.course, cohort=cohort, actor=None)
    _advance(first, 0.3, quizzes, language="es", seed=100)
    second = enrolment.enrol(person=judge, course=bias, actor=None)
    _advance(second, 1.0, quizzes_of(bias), language="es", seed=101)
    enrolment.enrol(person=qadi, course=bias, actor=None)
