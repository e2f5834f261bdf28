"""One of everything that an address can name, and the people who come to it.

The judge owns what is personal: the enrolment, the attempts, the note, the certificate. The
prosecutor takes the same course. The trainer teaches it; `other_trainer` teaches another one.
"""

import email.message
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document

from accounts.models import Application, Invitation, User
from accounts.models.joining import hash_token
from accounts.roles import Role
from assessments import attempts, exceptions, marking, media, regrading, rooms
from assessments.importing import files, pending
from assessments.interchange import Media
from assessments.models import (
    AnswerFile,
    Attempt,
    Category,
    LateAnswer,
    Override,
    Question,
    QuestionComment,
    QuestionVersion,
    Regrade,
    RoomTicket,
)
from assessments.papers import QuizSpec, SlotSpec
from certificates import designs, issuing
from certificates.models import Certificate, Design, Run
from certificates.models.runs import run_storage
from courses import awards, enrolment, names, notes, progress, rights, syllabus
from courses.choices import HandbookState
from courses.models import CatalogPage, Cohort, Enrolment, Handbook, LegalProvision, QuizPage, Renewal
from courses.models.handbooks import handbook_storage
from portal.demo import pictures
from tests.courses.conftest import Built, add_lesson, add_module, add_quiz, make_course, make_question

INVITED, CONFIRMED = "the-secret-of-an-invitation", "the-secret-of-an-application"
# what the judge wrote: an answer, an essay, a private note
ANSWER, ESSAY, NOTE = "my typed answer", "my long essay", "my private note"
ROLES: dict[str, Role] = {
    "outsider": Role.LEARNER,
    "judge": Role.LEARNER,
    "prosecutor": Role.LEARNER,
    "trainer": Role.TRAINER,
    "other_trainer": Role.TRAINER,
    "translator": Role.TRANSLATOR,
    "legal_reviewer": Role.LEGAL_REVIEWER,
    "registrar": Role.PROGRAMME_STAFF,
    "auditor": Role.AUDITOR,
    "administrator": Role.ADMINISTRATOR,
}


@dataclass
class World:
    """The people by their column in the tables, and the arguments of each address by its name."""

    people: dict[str, User | None]
    arguments: dict[str, list[Any]]
    forms: dict[str, dict[str, str]]
    built: Built
    other: Built
    taken: Enrolment
    certificate: Certificate
    essay: Attempt
    document: Document
    # of the course that the trainer teaches
    question: QuestionVersion


def build(catalogue: CatalogPage, make_person: Callable[..., User], letters: Path) -> World:
    """Make it all."""
    people = {who: make_person(f"{who}@example.org", role, name=who) for who, role in ROLES.items()}
    built, other = (
        _course(catalogue, "TIP-101", validity_months=1),
        _course(catalogue, "JWB-101", enrolment_policy="approval"),
    )
    # the provision first: a change of the law makes the next edition of a handbook
    question, provision = _question_of(built), _provision()
    rights.give_course(trainer=people["trainer"], course=built.course)
    rights.give_course(trainer=people["other_trainer"], course=other.course)
    judge, cohort = people["judge"], Cohort.objects.create(course=built.course, name="Judges 2026 B")
    design = _design()
    taken = enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None, language="en")
    under_way = enrolment.enrol(person=people["prosecutor"], course=built.course, actor=None, language="en")
    for item in (*built.lessons, *built.quizzes):
        progress.complete_item(enrolment=taken, item_key=item.key, how="read", language="en")
    notes.save_note(person=judge, item_key=built.lessons[0].key, block_id="b", text=NOTE)
    open_one, done, free, essay = (
        _attempt(judge, kind, built) for kind in ("short", "short", "essay", "essay")
    )
    for attempt in (done, free, essay):
        attempts.submit(attempt=attempt)
    # read again: the groups of a person are read once
    marking.take(attempt=essay, marker=User.objects.get(pk=people["trainer"].pk))
    waiting = enrolment.apply(person=people["outsider"], course=other.course, language="en")
    asked, confirmed = _application("new@example.org", CONFIRMED), _application("asks@example.org", "x")
    asked.confirmed_at = None
    asked.save(update_fields=["confirmed_at"])
    Invitation.objects.create(
        token_hash=hash_token(INVITED),
        email="invited@example.org",
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )
    certificate = Certificate.objects.get(person=judge)
    lesson = built.lessons[0]
    document, print_run = _document(), _print_run(cohort, certificate)
    return World(
        people={"nobody": None, **people},
        arguments=_arguments(built, other, taken, cohort)
        | {
            "assessments:take": [free.key],
            **{f"assessments:{name}": [essay.key, 1] for name in ("mark", "put_back")},
            "assessments:answer_file": [essay.key, 1, (handed_in := _handed_in(essay)).key],
            "assessments:own_file": [essay.key, 1, handed_in.sha256],
            "assessments:regrade_new": [essay.quiz_key],
            "assessments:regrade": [_tried(essay, people["trainer"]).key],
            "assessments:attempt": [open_one.key, 1],
            "assessments:media": _shown_on(open_one),
            **_import_of(people["trainer"]),
            **{f"assessments:{name}": [open_one.key] for name in ("resume", "autosave", "review", "submit")},
            **{f"assessments:{name}": [open_one.key] for name in ("sheets", "kept_answers")},
            "assessments:result": [done.key],
            "certificates:verify_number": [certificate.number],
            "certificates_published:certificate": [certificate.number],
            "certificates:certificate": [certificate.number],
            "certificates:pdf": [certificate.number, "en"],
            "certificates:two_languages": [certificate.number],
            "certificates:picture": [certificate.number, "logo"],
            "certificates:credential": [certificate.number, "en"],
            "certificates:credential_token": [certificate.number, "en"],
            **{f"certificates_published:{name}": [1] for name in ("status", "status_token")},
            "accounts:invitation": [INVITED],
            "accounts:confirm_application": [CONFIRMED],
            **dict.fromkeys(("accounts:letter", "accounts:letter_html"), [_letter(letters)]),
            **{f"programmes:{name}": [print_run.key] for name in ("run", "run_file")},
            "courses:name": [names.ask(cohort=cohort, due_on=timezone.localdate(), actor=judge).key],
            "programmes:learner": [judge.key],
            "programmes:extra_time": [judge.key],
            "programmes:attempts": [under_way.key, built.quizzes[0].key],
            **{name: [taken.key] for name in ("programmes:issue", "programmes:renew", "courses:renew")},
            **{
                f"programmes:{name}": [certificate.number]
                for name in ("certificate", "correct_name", "revoke")
            },
            **{
                f"programmes:{name}": [built.quizzes[0].key]
                for name in ("exam", "exam_marking", "exam_exception", "room_new")
            },
            "programmes:exam_exception_withdraw": [_exception(built, cohort, people["registrar"]).key],
            **dict.fromkeys(
                ("programmes:room_sheet", "programmes:room_withdraw"),
                [_ticket(built, people["registrar"]).key],
            ),
            "programmes:late_answer": [_late(done).pk],
            "programmes:certificates_export": ["csv"],
            "programmes:renew_again": [_withdrawn_renewal(taken).number],
            "programmes:transcript": [judge.key],
            **{f"programmes:{name}": [design.key] for name in ("design", "design_edit", "design_remove")},
            "programmes:design_sample": [design.key, "completion", "en"],
            "programmes:design_picture": [design.key, "logo"],
            **{f"programmes:{name}": [confirmed.key] for name in ("application", "approve", "decline")},
            **{f"programmes:{name}_request": [waiting.key] for name in ("approve", "decline")},
            **{
                f"bank:{name}": [question.question.key]
                for name in ("question", "versions", "variants", "edit", "law_new", "comment")
            },
            "bank:law": [question.question.key, "MX"],
            "bank:translate": [question.question.key, "es" if question.source_language != "es" else "en"],
            "bank:translate_next": ["fr"],
            "bank:new": ["description"],
            "bank:settle": [_comment_on(question).pk],
            "courses:cited_law_checked": [question.question.key, provision.key],
            "picture": [_picture()],
            "wagtaildocs_serve": [document.pk, document.filename],
        },
        forms={
            "display": {"theme": "dark"},
            "certificates:verify_file": {"text": "hello"},
            "courses:join": {"language": "en"},
            "courses:save_note": {"item": str(lesson.key), "block": "b", "text": "Mine."},
            "bank:import_one": {"go": "page:1"},
            "assessments:autosave": {"slot": "1", "text": "later", "client_id": "abcdefgh-1"},
            "bank:comment": {"text": "Is it?"},
            "programmes:change": {"act": "withdraw", "who": str(taken.key)},
            "programmes:cohort_syllabus": {"version": "1"},
            "programmes:ceremony": {"act": "order", "order": "name"},
            "programmes:names": {"due_on": "2099-12-31"},
            "programmes:run": {"act": "cancel"},
            "courses:name": {"name": "Lucía Fernández"},
            "programmes:attempts": {"reason": "The line broke down."},
            "programmes:extra_time": {"extra_time": "2.00"},
            "programmes:exam_marking": {"act": "take_back", "marker": str(people["trainer"].key)},
            "programmes:exam_exception": {
                "email": "judge@example.org",
                "attempts_allowed": "5",
                "reason": "The line broke down.",
            },
            "programmes:room_new": {"room": "Sala 2", "valid_until": "2099-12-31T12:00"},
            "programmes:late_answer": {"decision": "refuse", "reason": "Too late."},
            "programmes:issue": {"kind": "tutored"},
            "programmes:correct_name": {"name": "Another Name", "confirmed": "yes"},
            "programmes:revoke": {"reason": "issued_in_error"},
        },
        built=built,
        other=other,
        taken=taken,
        certificate=certificate,
        essay=essay,
        document=document,
        question=question,
    )


def _course(catalogue: CatalogPage, code: str, **fields: Any) -> Built:
    made = make_course(catalogue, code, **fields)
    first = add_module(made)
    add_lesson(made, first)
    add_lesson(made, first)
    add_quiz(made, first)
    syllabus.freeze(course=made.course)
    made.course.refresh_from_db()
    return made


def _withdrawn_renewal(taken: Enrolment) -> Certificate:
    """The certificate of a renewal, withdrawn."""
    renewal = Renewal.objects.create(
        enrolment=taken,
        syllabus=taken.syllabus,
        renewed_award=taken.key,
        completed_at=timezone.now() + timezone.timedelta(seconds=1),
    )
    issued = awards.renew(renewal=renewal)
    return issuing.revoke(certificate=issued, reason="wrong_data", actor=None)


def _arguments(built: Built, other: Built, taken: Enrolment, cohort: Cohort) -> dict[str, list[Any]]:
    module, lesson = built.modules[0].slug, built.lessons[0].slug
    return {
        "courses:course": [built.page.slug],
        "courses:part": [built.page.slug, module],
        "courses:item": [built.page.slug, module, lesson],
        "courses:join": [other.course.key],
        "courses:handbook": [built.page.slug],
        **_figures_of(built, other),
        "courses:handbook_file": [built.page.slug, _handbook(built).key],
        **{
            f"programmes:{name}": [cohort.key]
            for name in (
                "cohort",
                "cohort_edit",
                "cohort_syllabus",
                "enrol",
                "ceremony",
                "names",
                "names_list",
            )
        },
        "programmes:cohort_export": [cohort.key, "csv"],
        "programmes:export": ["csv"],
    }


def _figures_of(built: Built, other: Built) -> dict[str, list[Any]]:
    """The pages of figures; the test is paired with one of the other course."""
    quiz = built.quizzes[0]
    QuizPage.objects.filter(pk=quiz.pk).update(paired_with=other.quizzes[0])
    question = quiz.slots.get().question.key
    return {
        "courses:figures": [built.course.key],
        **{f"courses:figures_{name}": [quiz.key] for name in ("test", "gain", "vignettes")},
        "courses:figures_question": [quiz.key, question],
        **{f"courses:figures_{name}_file": [quiz.key, "csv"] for name in ("questions", "gain")},
    }


def _print_run(cohort: Cohort, certificate: Certificate) -> Run:
    data = b"%PDF-1.7 of many people"
    made = Run.objects.create(
        kind="pdf",
        group_key=cohort.key,
        label=cohort.name,
        state="done",
        finished_at=timezone.now(),
        file=run_storage().save("runs/many.pdf", ContentFile(data)),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    made.lines.create(place=1, certificate=certificate, state="drawn", language="en")
    return made


def _handbook(built: Built) -> Handbook:
    data = b"%PDF-1.7 of nobody in particular"
    digest = hashlib.sha256(data).hexdigest()
    name = f"handbooks/{digest[:2]}/{digest}.pdf"
    if not handbook_storage().exists(name):
        handbook_storage().save(name, ContentFile(data))
    built.course.refresh_from_db()
    return Handbook.objects.create(
        course=built.course,
        edition=built.course.edition,
        language="en",
        state=HandbookState.READY,
        file=name,
        sha256=digest,
        size=len(data),
        pages=1,
    )


def _question_of(built: Built) -> QuestionVersion:
    category = Category.objects.create(slug="own", name_en="Own", course_code=built.course.code)
    question: Question = make_question()
    Question.objects.filter(pk=question.pk).update(category=category)
    return QuestionVersion.objects.get(question=question)


def _comment_on(version: QuestionVersion) -> QuestionComment:
    """A remark on a question of which the right answer differs in Mexico."""
    keys = [str(option.key) for option in version.options.all()]
    there = dict(zip(keys, ["0", "1"] if version.options.all()[0].correct else ["1", "0"], strict=False))
    law = {"MX": [{"citation": "Article 1", "options": there}]}
    QuestionVersion.objects.filter(pk=version.pk).update(marking={"jurisdictions": law})
    return QuestionComment.objects.create(question=version.question, version=version, text="Why?")


def _provision() -> LegalProvision:
    return LegalProvision.objects.create(
        jurisdiction="MX",
        topic="definition",
        law_name_original="Ley General",
        original_language="es",
        article="Art. 10",
        source_language="es",
        summary_es="No exige medio.",
        law_as_at=timezone.localdate(),
        certainty="known",
        published=True,
    )


def _attempt(judge: User, kind: str, built: Built) -> Attempt:
    question: Question = make_question()
    key = {"accepted": {"en": ["means"]}} if kind == "short" else {"minimum_words": 1}
    QuestionVersion.objects.filter(question=question).update(kind=kind, marking=key)
    quiz = QuizSpec(key=question.key, title={"en": "Quiz"}, slots=(SlotSpec(question_key=question.key),))
    markers = {"marker_group": rights.course_group(built.course).name}
    attempt = attempts.start(person=judge, quiz=quiz, language="en", jurisdiction="MX", context=markers)
    text = ANSWER if kind == "short" else ESSAY
    attempts.save_answer(attempt=attempt, slot=1, response={"text": text}, language="en")
    return attempt


def _application(address: str, secret: str) -> Application:
    return Application.objects.create(
        token_hash=hash_token(secret),
        email=address,
        name="New Judge",
        country="PE",
        role="judge",
        institution="Corte Superior",
        confirmed_at=timezone.now(),
    )


def _letter(folder: Path) -> str:
    letter = email.message.EmailMessage()
    letter["To"], letter["Subject"] = "judge@example.org", "Welcome"
    letter.set_content("Good day.")
    letter.add_alternative("<p>Good day.</p>", subtype="html")
    (folder / "letter.log").write_bytes(bytes(letter))
    return "letter-0"


def _design() -> Design:
    logo = {"logo": pictures.logo()}
    return designs.save(design=Design(name="Ours"), words={}, images=logo, signatories=[], actor=None)


def _picture() -> str:
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.png").write_bytes(b"\x89PNG")
    return "a.png"


def _import_of(trainer: User) -> dict[str, list[Any]]:
    """A file of questions with a picture that waits to be imported."""
    found = pending.hand_in(
        person=trainer, content=BytesIO(b"Who?\n\n{}"), name="q.gift", size=9, language="en"
    )
    kept = files.keep_media(found.key, [Media("a.png", b"\x89PNG")])
    found.lines.update(media=kept)
    return {"bank:import_one": [found.key], "bank:import_media": [found.key, 1, "a.png"]}


def _shown_on(attempt: Attempt) -> list[Any]:
    version = attempt.items.get(slot=1).version
    media.file_of(question=version.question, name="a.png", content=b"\x89PNG").save()
    return [version.pk, "a.png"]


def _handed_in(essay: Attempt) -> AnswerFile:
    file = ContentFile(b"%PDF-1.7", "ruling.pdf")
    return AnswerFile.objects.create(attempt=essay, slot=1, name="a.pdf", sha256="0" * 64, size=8, file=file)


def _tried(attempt: Attempt, trainer: User) -> Regrade:
    asked = regrading.try_out(policy="full", reason="Unfair.", quiz_key=attempt.quiz_key, actor=trainer)
    return regrading.look(key=asked.key)


def _exception(built: Built, cohort: Cohort, registrar: User) -> Override:
    asked = {"quiz_key": built.quizzes[0].key, "group_key": cohort.key, "attempts_allowed": 4}
    return exceptions.grant(reason="The line broke down.", actor=registrar, **asked)


def _ticket(built: Built, registrar: User) -> RoomTicket:
    until = timezone.now() + timezone.timedelta(hours=1)
    return rooms.issue(quiz_key=built.quizzes[0].key, room="Sala 1", valid_until=until, actor=registrar)


def _late(attempt: Attempt) -> LateAnswer:
    data = {"response": {"text": ANSWER}}
    return attempt.late_answers.create(slot=1, client_id="page-9", sequence=9, data=data, language="en")


def _document() -> Document:
    made = Document(title="Protocol")
    made.file.save("protocol.pdf", ContentFile(b"%PDF-1.7"))
    made.save()
    return made
