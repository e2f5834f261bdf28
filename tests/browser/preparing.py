"""What the journeys find: the demo, people who can sign in, and a quiz with a question of every kind.

Runs inside the server's own settings (`Server.run`, `serving.template`), never in the test process.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts import people
from accounts.models import User
from assessments import attempts
from assessments.models import Question, QuestionVersion
from assessments.papers import QuizSpec, SlotSpec
from certificates import documents, issuing, revocations, seal
from certificates.models import Certificate
from certificates.pdf import qr
from courses import enrolment, progress, rules
from courses.models import Course, ModulePage, QuizPage, QuizSlot
from portal.demo.people import PASSWORD
from tests.browser.desk import work_for_staff
from tests.browser.examinations import made_again, not_intact, not_shown
from tests.browser.exams import exam, hand_in

BY_RULE = ("single", "multiple", "true_false", "matching", "ordering", "numeric", "short", "gap")
LEARNERS = {
    "keyboard": ("Clara Ibarra Solís", "MX", "es"),
    "plain": ("Pablo Quispe Rojas", "PE", "es"),
    "phone": ("Fernanda Méndez Gil", "GT", "es"),
    "arabic": ("ليلى حسن العبادي", "JO", "ar"),
    "typist": ("Inés Paredes Luna", "CO", "es"),
}


def session(email: str) -> str:
    """Begin a session of somebody; return what the cookie holds."""
    client = Client()
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def load() -> None:
    """Make the database, load the demo and add the people of the journeys."""
    call_command("migrate", verbosity=0)
    call_command("load_demo")
    for name, (printed, country, language) in LEARNERS.items():
        people.register(
            email=f"{name}@example.org",
            actor=None,
            password=PASSWORD,
            name=printed,
            country=country,
            language=language,
            role="judge",
        )
    ask_every_kind(course="TIP-101", module=1)


def question_of(kind: str, course: str) -> Question:
    """Return the first ready question of a kind in the bank of a course."""
    newest = QuestionVersion.objects.latest_of_each().filter(kind=kind)
    found = Question.objects.ready().filter(versions__in=newest, category__course_code=course).order_by("pk")
    return found[0]


def ask_every_kind(*, course: str, module: int) -> None:
    """Let the quiz of a module ask one question of each kind that rules can mark."""
    pages = ModulePage.objects.child_of(Course.objects.get(code=course).page).order_by("path")
    quiz = QuizPage.objects.child_of(pages[module - 1]).get()
    QuizSlot.objects.filter(page=quiz).delete()
    for place, kind in enumerate(BY_RULE):
        QuizSlot.objects.create(page=quiz, question=question_of(kind, course), sort_order=place)


def advance(*, email: str, course: str, leave: Iterable[str], language: str) -> int:
    """Enrol somebody and complete all that is required but the items in `leave` (keys)."""
    person = User.objects.get(email=email)
    taken = enrolment.enrol(person=person, course=Course.objects.get(code=course), actor=None)
    asked = rules.from_json(taken.syllabus.requirements).requirements
    wanted = [item.key for item in asked if str(item.key) not in set(leave)]
    for key in wanted:
        progress.complete_item(enrolment=taken, item_key=key, how="read", language=language)
    return len(wanted)


def sit(*, emails: list[str], course: str, kinds: list[str], language: str) -> list[str]:
    """Begin an attempt for each person at a quiz with a question of each of these kinds; return the keys."""
    slots = tuple(
        SlotSpec(question_key=question_of(kind, course).key, category_key=None, count=1, weight=Fraction(1))
        for kind in kinds
    )
    quiz = QuizSpec(
        key=uuid4(),
        title={"es": "Examen de prueba", "en": "Trial examination"},
        slots=slots,
        pass_mark=Fraction(7, 10),
        attempts_allowed=3,
        time_limit=None,
        shuffle_questions=False,
        shuffle_options=True,
        feedback_when="after_submit",
        show_answers=True,
    )
    people_there = [User.objects.get(email=email) for email in emails]
    begun = [
        attempts.start(person=person, quiz=quiz, language=language, jurisdiction="")
        for person in people_there
    ]
    return [str(attempt.key) for attempt in begun]


def paper(*, folder: str, language: str, name: str = "") -> dict[str, str]:
    """Issue a certificate, lay its PDF and a photo of its QR code into a folder; return number and text."""
    award, person = uuid4(), User.objects.get(email="judge@demo.example")
    earlier = Certificate.objects.filter(person=person).order_by("pk")[0].stated
    title = getattr(Course.objects.get(code=earlier.course_code), f"title_{language}")
    statement = replace(
        earlier,
        award_key=award,
        name=name or earlier.name,
        course_titles={**earlier.course_titles, language: title},
    )
    certificate = issuing.issue(statement=statement, person=person)
    text = seal.seal(certificate, language=language)
    pdf = documents.read(documents.obtain(certificate=certificate, language=language))
    (Path(folder) / "paper.pdf").write_bytes(pdf)
    (Path(folder) / "altered.pdf").write_bytes(pdf[:9000] + bytes([pdf[9000] ^ 1]) + pdf[9001:])
    qr.code(text).save(str(Path(folder) / "photo.png"), scale=6, border=4)
    return {"number": certificate.number, "text": text, "name": certificate.name}


def withdraw(*, number: str) -> str:
    """Withdraw a certificate; return the list of those withdrawn."""
    issuing.revoke(certificate=Certificate.objects.get(number=number), reason="issued_in_error", actor=None)
    return revocations.current()


# what the journeys may ask for
CALLS = {
    call.__name__: call
    for call in (
        advance,
        exam,
        hand_in,
        made_again,
        not_intact,
        not_shown,
        paper,
        session,
        sit,
        withdraw,
        work_for_staff,
    )
}


def answer_calls() -> None:
    """Call what each line of the input names, until there are no more; write what it returns after "="."""
    for line in sys.stdin:
        function, given = json.loads(line)
        sys.stdout.write(f"={json.dumps(CALLS[function](**given))}\n")
        sys.stdout.flush()
