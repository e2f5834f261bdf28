"""What the certificate of a course is: its kind, its grade, and the design it carries."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from assessments import attempts
from certificates import designs
from certificates.choices import GradeBand, Kind, State
from certificates.designs import SignatoryDraft
from certificates.models import Certificate, Design
from courses import awards, grades, progress
from courses.choices import QuizPurpose
from courses.models import Course, Enrolment, QuizPage

from .conftest import Built


@given(st.fractions(0, 1), st.integers(1, 99))
def test_a_band_never_falls_when_the_result_rises(fraction: Fraction, merit: int) -> None:
    order = list(GradeBand)
    limits = {"merit_from": merit, "distinction_from": merit + 1}
    better = grades.band(min(Fraction(1), fraction + Fraction(1, 50)), **limits)
    assert order.index(better) >= order.index(grades.band(fraction, **limits))


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        ("79/100", "passed"),
        ("4/5", "merit"),
        ("899/1000", "merit"),
        ("9/10", "distinction"),
        ("1", "distinction"),
    ],
)
def test_a_limit_belongs_to_the_better_band(fraction: str, expected: str) -> None:
    assert grades.band(Fraction(fraction), merit_from=80, distinction_from=90) == expected


@pytest.fixture
def graded(built: Built, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that makes the quiz a final test, and states what was reached in it."""

    def reach(fraction: str) -> None:
        QuizPage.objects.filter(pk=built.quizzes[0].pk).update(purpose=QuizPurpose.FINAL)
        Course.objects.filter(pk=built.course.pk).update(merit_from=80, distinction_from=90)
        monkeypatch.setattr(attempts, "counted_fraction", lambda person, key, since=None: Fraction(fraction))

    return reach


@pytest.mark.django_db
def test_a_course_that_names_no_grades_certifies_completion(
    enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled)
    certificate = Certificate.objects.get()
    assert certificate.kind == Kind.COMPLETION
    assert certificate.stated.grade_band is None
    assert certificate.stated.started_on is not None


@pytest.mark.django_db
def test_a_course_that_names_grades_certifies_achievement(
    enrolled: Enrolment, finish: Callable[..., None], graded: Callable[[str], None]
) -> None:
    graded("17/20")
    enrolled.refresh_from_db()
    finish(enrolled)
    certificate = Certificate.objects.get()
    assert (certificate.kind, certificate.stated.grade_band) == ("achievement", "merit")
    assert "85" not in str({**certificate.statement, "award_key": ""})


@pytest.mark.django_db
def test_without_a_result_in_the_final_test_it_is_completion(
    enrolled: Enrolment,
    finish: Callable[..., None],
    graded: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graded("1")
    monkeypatch.setattr(attempts, "counted_fraction", lambda person, key, since=None: None)
    enrolled.refresh_from_db()
    finish(enrolled)
    assert Certificate.objects.get().kind == Kind.COMPLETION


@pytest.mark.django_db
def test_a_course_names_both_grades_in_order_or_none(built: Built) -> None:
    course = built.course
    for merit, distinction in ((80, None), (None, 90), (90, 80), (80, 101)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Course.objects.filter(pk=course.pk).update(merit_from=merit, distinction_from=distinction)
    course.merit_from, course.distinction_from = 90, 80
    with pytest.raises(ValidationError, match="distinction above merit"):
        course.full_clean()


@pytest.mark.django_db
def test_the_design_of_the_course_is_on_its_certificates(
    built: Built, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    for code, place in (("", "Vienna"), (built.course.code, "Lima")):
        designs.save(
            design=Design(name="Ours", course_code=code),
            words={"place": {"en": place}},
            images={},
            signatories=[SignatoryDraft(name="Helena Duarte", office={"en": "Director"})],
            actor=None,
        )
    finish(enrolled)
    stated = Certificate.objects.get().stated
    assert stated.place == {"en": "Lima"}
    assert [who.name for who in stated.signatories] == ["Helena Duarte"]


@pytest.mark.django_db
def test_staff_certify_with_distinction_what_stood_as_completion(
    enrolled: Enrolment, finish: Callable[..., None], registrar: User
) -> None:
    finish(enrolled)
    before = Certificate.objects.get()
    enrolled.refresh_from_db()
    made = awards.award_as(enrolment=enrolled, kind=Kind.DISTINCTION, actor=registrar)
    assert (made.kind, made.state()) == ("distinction", State.VALID)
    assert Certificate.objects.get(pk=before.pk).superseded_by == made
    assert awards.award_as(enrolment=enrolled, kind=Kind.DISTINCTION, actor=registrar) == made


@pytest.mark.django_db
def test_attendance_is_certified_without_completion_and_nothing_else_is(
    built: Built, enrolled: Enrolment, registrar: User
) -> None:
    progress.complete_item(enrolment=enrolled, item_key=built.lessons[0].key, how="read", language="es")
    enrolled.refresh_from_db()
    made = awards.award_as(enrolment=enrolled, kind=Kind.ATTENDANCE, actor=registrar)
    assert made.kind == "attendance"
    assert made.printed("en").title == "Certificate of attendance"
    for kind in (Kind.COMPLETION, Kind.TUTORED, Kind.DISTINCTION, Kind.ACHIEVEMENT):
        with pytest.raises(ValueError, match="completed"):
            awards.statement_of(enrolled, kind=kind)
