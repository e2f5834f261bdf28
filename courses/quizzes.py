"""Quizzes of a course: the spec handed to assessments, starting, and what a result completes."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments import attempts
from assessments.models import Attempt
from assessments.papers import QuizSpec, SectionSpec, SlotSpec
from assessments.visibility import Phase, ReviewMatrix
from courses import progress, renewals, rights, rules, taking_back, tree
from courses.outline import Outline, OutlineItem

from .models import Enrolment, QuizPage


def spec_of(page: QuizPage) -> QuizSpec:
    """Return what assessments needs to know of a quiz page."""
    titles = {code: getattr(page, f"title_{code}") for code in tree.LANGUAGES}
    limit = page.time_limit_minutes
    sections = tuple(_sections(page))
    return QuizSpec(
        key=page.key,
        title={code: title for code, title in titles.items() if title},
        slots=tuple(_slots(page, last=max(0, len(sections) - 1))),
        pass_mark=Fraction(page.pass_mark) / 100,
        attempts_allowed=page.attempts_allowed,
        time_limit=timedelta(minutes=limit) if limit else None,
        shuffle_questions=page.shuffle_questions,
        shuffle_options=page.shuffle_options,
        feedback_when=page.feedback_when,
        show_answers=page.show_answers,
        behaviour=page.behaviour,
        tries=page.tries,
        penalty=Fraction(page.penalty or 0),
        matrix=ReviewMatrix.from_json(
            {
                Phase.DURING: page.shows_during,
                Phase.RIGHT_AFTER: page.shows_right_after,
                Phase.LATER: page.shows_later,
                Phase.AFTER_CLOSE: page.shows_after_close,
            }
        ),
        counts=page.counts,
        opens_at=page.opens_at,
        closes_at=page.closes_at,
        delay=timedelta(minutes=page.delay_minutes),
        late_grace=timedelta(minutes=page.late_grace_minutes),
        password=page.password,
        needs_ticket=page.needs_ticket,
        sections=sections,
        in_order=page.in_order,
        practice=page.practice,
        avoid=(page.paired_with.key,) if page.paired_with else (),
        second_marker=page.second_marker,
        moderation_over=Fraction(page.moderation_over) / 100,
    )


def groups_of(enrolment: Enrolment | None) -> tuple[UUID, ...]:
    """Return the keys of the groups whose exceptions reach an enrolled person: their run of the course."""
    return (enrolment.cohort.key,) if enrolment and enrolment.cohort else ()


def _sections(page: QuizPage) -> Iterator[SectionSpec]:
    for section in page.sections.all():
        yield SectionSpec(
            shuffle=section.shuffle,
            minimum=Fraction(section.minimum) / 100,
            in_order=section.in_order,
        )


def _slots(page: QuizPage, *, last: int) -> Iterator[SlotSpec]:
    """Yield the lines of the quiz; a section that does not exist any more is the last one."""
    for slot in page.slots.select_related("question", "category", "vignette"):
        yield SlotSpec(
            question_key=slot.question.key if slot.question else None,
            category_key=slot.category.key if slot.category else None,
            vignette_key=slot.vignette.key if slot.vignette else None,
            count=slot.count,
            weight=Fraction(slot.weight),
            difficulty=slot.difficulty,
            objective=slot.objective,
            tags=slot.tag_names,
            version=slot.version,
            section=min(slot.section - 1, last),
        )


def start(
    *,
    page: QuizPage,
    person: User,
    enrolment: Enrolment,
    item: OutlineItem,
    found: Outline,
    password: str = "",
    ticket_code: str = "",
) -> Attempt:
    """Begin an attempt of an enrolled person, or return the open one.

    Raises attempts.CannotStart, or papers.NothingToAsk.
    """
    after = found.after(item)
    return attempts.start(
        person=person,
        quiz=spec_of(page),
        language=found.language,
        jurisdiction=str(person.country or ""),
        groups=groups_of(enrolment),
        password=password,
        ticket_code=ticket_code,
        context={
            "enrolment": str(enrolment.key),
            "item": str(page.key),
            "marker_group": rights.course_group(enrolment.course).name,
            "back_url": item.url,
            "next_url": after.url if after else found.url,
            "course_url": found.url,
            "course_title": {code: getattr(enrolment.course, f"title_{code}") for code in tree.LANGUAGES},
        },
    )


def record_result(*, attempt: Any, passed: bool, fraction: Fraction) -> None:
    """Complete the quiz for the enrolment under which the attempt was begun.

    It counts when the paper was passed, or when the score is enough under the person's own syllabus.
    An attempt that was not begun from a course, or of somebody who has left, completes nothing.
    """
    enrolment = _enrolment_of(attempt)
    if enrolment is None:
        return
    if passed or _is_enough(enrolment, attempt.quiz_key, fraction):
        progress.complete_item(
            enrolment=enrolment,
            item_key=attempt.quiz_key,
            how="passed",
            language=attempt.language,
            at=attempt.submitted_at,
        )
    renewals.quiz_taken(enrolment=enrolment, attempt=attempt, passed=passed, fraction=fraction)


def take_back(*, attempt: Any, passed: bool, fraction: Fraction | None, actor: User) -> None:
    """Take the completion of a quiz back when its marks, as they are now, are not enough for it.

    Renewals that rest on it, too. Only for a regrade of which staff decided, with a reason, that it may.
    """
    enrolment = _enrolment_of(attempt)
    if enrolment is None:
        return
    quiz, title = attempt.quiz_key, attempt.paper.title
    is_enough = passed or _is_enough(enrolment, quiz, fraction)
    if not is_enough and progress.take_back_item(enrolment=enrolment, item_key=quiz, actor=actor):
        taking_back.renewals_of(enrolment=enrolment, actor=actor)
        taking_back.tell(enrolment=enrolment, quiz=title, is_renewal=False)
    elif taking_back.renewals_by(enrolment=enrolment, quiz_key=quiz, actor=actor):
        taking_back.tell(enrolment=enrolment, quiz=title, is_renewal=True)


def _enrolment_of(attempt: Any) -> Enrolment | None:
    """Return the enrolment under which an attempt was begun, if the person still takes part."""
    key = attempt.context.get("enrolment")
    current = Enrolment.objects.current().filter(person_id=attempt.person_id).select_related("syllabus")
    return current.filter(key=key).first() if key else None


def _is_enough(enrolment: Enrolment, quiz_key: UUID, fraction: Fraction | None) -> bool:
    asked = rules.from_json(enrolment.syllabus.requirements).requirement(quiz_key)
    return asked is not None and fraction is not None and asked.rule.met(fraction)
