"""What the pages about examinations show: a finished cohort, its tests, marks, a late answer, a wrong key.

All of it is made once, in one transaction; every date counts back from the day on which it is made.
"""

import datetime
import math
import random
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.choices import Kind
from assessments.paper import PaperSlot
from courses import enrolment
from courses.models import Cohort, Course, Enrolment, LegalProvision
from courses.package.importing import import_course, write
from courses.package.reading import Package, read
from courses.rights import give_course

from . import registering, supervised, written
from .answers import right_answer, wrong_answer
from .people import PARTICIPANTS
from .sitters import SITTERS
from .sitting import BLANK, Answer, Answers, Quiz, Taken, quizzes_of, sit

PACKAGE = Path(__file__).with_name("course")
CODE = "DEMO-101"
PRETEST = UUID("b32a4898-85e3-5f9a-b9d1-8ff5dd11ceac")
FINAL = UUID("b28cacd8-6594-517d-9f8e-984ae87c529a")
CERTAINTY = UUID("ef182700-6bef-5ab1-aee7-6615760bf9d1")
BIAS_PRETEST = UUID("a514b1f9-9fff-4c5c-9468-35231ec559e5")
# its key was the wrong way round when the cohort sat the tests; the package holds the right one
MISKEYED = UUID("0f1c3d46-c0cc-5af8-b864-13b4c827ddb7")
# a question rests on it, and the day on which it was to be reviewed has passed
TO_REVIEW = UUID("7771be93-5746-4e43-b736-37dd8fbe8226")
BEFORE, AFTER = 61, 26  # days ago
SHARPNESS = 1.6  # how much ability decides, against luck
MARKERS = (
    ("hector", "Héctor Salinas Prieto", "MX", "es"),
    ("nadia", "نادية حدّادين", "JO", "ar"),
)

# how sure the judge was, and whether rightly: over-confident when very sure
JUDGEMENTS = [(3, True)] * 8 + [(3, False)] * 4 + [(2, True)] * 7 + [(2, False)] * 3
JUDGEMENTS += [(1, True)] * 5 + [(1, False)] * 5
# how convincing the calm account was found, by the variant: its place from "not at all" to "very"
FOUND = {
    "A": (1, 2, 1, 0, 1, 2, 1, 1, 0, 1, 2, 1, 1, 3, 1, 0, 2),
    "B": (3, 2, 3, 1, 2, 3, 2, 3, 1, 2, 3, 2, 0, 3, 2, 1, 3),
}


def make(people: dict[str, User]) -> None:
    """Make everything; where the course is there already, only bring the course up to date."""
    _let_a_review_pass()
    if Course.objects.filter(code=CODE).exists():
        import_course(PACKAGE, actor=None)
        return
    with transaction.atomic():
        write(_with_a_wrong_key(read(PACKAGE)), actor=None)
        _sit_everything(people)
        import_course(PACKAGE, actor=None)


def _with_a_wrong_key(package: Package) -> Package:
    for question in (one for category in package.categories for one in category["questions"]):
        if question["key"] == str(MISKEYED):
            question["answer"] = not question["answer"]
    return package


def _let_a_review_pass() -> None:
    passed = timezone.localdate() - datetime.timedelta(days=12)
    LegalProvision.objects.filter(key=TO_REVIEW).update(next_review=passed)


def _sit_everything(people: dict[str, User]) -> None:
    course = Course.objects.get(code=CODE)
    markers = [
        registering.colleague(
            "hector@demo.example", name="Héctor Salinas Prieto", country="MX", language="es"
        ),
        registering.colleague("nadia@demo.example", name="نادية حدّادين", country="JO", language="ar"),
    ]
    trainers = [people["trainer@demo.example"], *markers]
    for trainer in trainers:
        give_course(trainer=trainer, course=course, actor=None)
    # their groups are read once, and these have just changed
    trainer, *markers = [User.objects.get(pk=one.pk) for one in trainers]
    quizzes = quizzes_of(course)
    cohort = _cohort(course, "Judges 2026 A", people, begins=-65, ends=-14)
    taken = [_learner(number, cohort) for number in range(len(SITTERS))]
    for one in taken:
        _before_and_after(one, quizzes)
    written.hand_in(quizzes, taken, trainer, markers)
    supervised.sit_in_a_room(
        quizzes, taken, people["registrar@demo.example"], answers=lambda one: _knowing(one, "room", 1)
    )
    for email in ("judge@demo.example", "qadi@demo.example"):
        enrolment.enrol(person=people[email], course=course, actor=None)
    _practise(quizzes[CERTAINTY], people["judge@demo.example"])
    _begin_the_course_on_bias(taken, people)


def _cohort(course: Course, name: str, people: dict[str, User], *, begins: int, ends: int) -> Cohort:
    today = timezone.localdate()
    cohort = Cohort.objects.create(
        course=course,
        name=name,
        starts_on=today + datetime.timedelta(days=begins),
        ends_on=today + datetime.timedelta(days=ends),
        place="Online",
        languages=["es", "en"],
    )
    cohort.staff.add(people["registrar@demo.example"])
    return cohort


def _learner(number: int, cohort: Cohort) -> Taken:
    row = SITTERS[number]
    person = registering.learner(
        len(PARTICIPANTS) + number + 1,
        name=row.name,
        name_latin=row.latin,
        country=row.country,
        language=row.language,
        sex=row.sex,
        court=row.court,
    )
    made = enrolment.enrol(person=person, course=cohort.course, cohort=cohort, actor=None)
    made.started_at = _days_ago(BEFORE, number)
    made.save(update_fields=["started_at"])
    language = row.language if row.language in cohort.course.languages else "es"
    return Taken(made, language, number, random.Random(f"ability {number}").gauss(0, 1.1))


def _before_and_after(one: Taken, quizzes: dict[UUID, Quiz]) -> None:
    _take(one, quizzes[PRETEST], "before", at=_days_ago(BEFORE, one.number), learnt=-0.4)
    final = quizzes[FINAL]
    if not _take(one, final, "after", at=_days_ago(AFTER, one.number), learnt=0.8):
        _take(one, final, "again", at=_days_ago(AFTER - 2, one.number), learnt=1.5)


def _take(one: Taken, quiz: Quiz, name: str, *, at: datetime.datetime, learnt: float) -> bool:
    chance = one.chance(name)
    answers = _knowing(one, name, learnt)
    attempt = sit(quiz, one.enrolment, at=at, answers=answers, language=one.language, chance=chance)
    return bool(attempt.passed)


def _knowing(one: Taken, name: str, learnt: float) -> Answers:
    """Answers of somebody so able: the more so the surer to be right, and the easier the question."""

    def answer(slot: PaperSlot) -> Answer:
        luck = one.chance(f"{name} {slot.question}")
        hard = random.Random(f"hard {slot.question}").uniform(-1, 1)
        knows = luck.random() < 1 / (1 + math.exp(SHARPNESS * (hard - one.ability - learnt)))
        # who knows the law falls foul of a key that is the wrong way round
        if knows != (slot.question == MISKEYED):
            return Answer(right_answer(slot, one.language))
        return Answer(wrong_answer(slot, luck)) if luck.random() > 0.05 else BLANK

    return answer


def _practise(quiz: Quiz, judge: User) -> None:
    """Let the judge practise with certainty four times, so that there is something to learn from it."""
    chance = random.Random("certainty")
    left = chance.sample(JUDGEMENTS, len(JUDGEMENTS))

    def answer(slot: PaperSlot) -> Answer:
        sure, rightly = left.pop()
        given = right_answer(slot, "es") if rightly else wrong_answer(slot, chance)
        return Answer(given, certainty=sure)

    mine = Enrolment.objects.get(person=judge, course__code=CODE)
    for days in (9, 7, 4, 2):
        sit(quiz, mine, at=_days_ago(days, days), answers=answer, language="es", chance=chance)


def _begin_the_course_on_bias(taken: list[Taken], people: dict[str, User]) -> None:
    """Let the same people sit the pre-test of another course, with one variant of its case each."""
    bias = Course.objects.get(code="JWB-101")
    pretest = quizzes_of(bias)[BIAS_PRETEST]
    cohort = _cohort(bias, "Judges 2026 C", people, begins=-8, ends=62)
    found = {variant: iter(cycle(places)) for variant, places in FOUND.items()}
    for one in taken:
        person = one.enrolment.person
        language = person.language if person.language in bias.languages else "en"
        made = enrolment.enrol(person=person, course=bias, cohort=cohort, actor=None)
        knowing = _knowing(replace(one, language=language), "bias", -0.2)

        def answer(slot: PaperSlot, knowing: Answers = knowing) -> Answer:
            if slot.kind != Kind.SURVEY:
                return knowing(slot)
            return Answer({"choice": slot.spec["scale"][next(found[slot.variant])]})

        sit(
            pretest,
            made,
            at=_days_ago(6, one.number),
            answers=answer,
            language=language,
            chance=one.chance("bias"),
        )


def _days_ago(days: int, number: int) -> datetime.datetime:
    """A moment of that day, at which not everybody sits at once."""
    return timezone.now() - datetime.timedelta(days=days, minutes=17 * number)
