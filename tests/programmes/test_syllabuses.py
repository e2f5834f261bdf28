"""When the course has changed: who is told, what the preview says, and what the move leaves alone."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from certificates.models import Certificate
from courses import enrolment as enrolling
from courses import rules
from courses.choices import EnrolmentStatus
from courses.models import Enrolment, SyllabusVersion
from courses.rules import Group, Requirement, Syllabus
from programmes import syllabuses

pytestmark = pytest.mark.database
Fill = Callable[..., list[Enrolment]]
Enrol = Callable[..., Enrolment]


def publish(run: Any, *, without: int | None = None, more: int = 0) -> SyllabusVersion:
    """Freeze a version that asks for one item less, by its place, or for more."""
    last = run.cohort.course.syllabuses.order_by("-number").first()
    groups = list(rules.from_json(last.requirements).groups)
    if without is not None:
        key = run.keys[without]
        groups = [
            Group(g.key, tuple(one for one in g.requirements if one.key != key), titles=g.titles)
            for g in groups
        ]
    for number in range(more):
        titles = {"en": f"New lesson {number}", "es": f"Lección nueva {number}"}
        groups.append(Group(None, (Requirement(uuid.uuid4(), "lesson", titles=titles),)))
    asked = rules.to_json(Syllabus(tuple(groups)))
    return SyllabusVersion.objects.create(
        course=run.cohort.course, number=last.number + 1, requirements=asked
    )


def words(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    html = re.sub(r"<(head|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- the notice ------------------------------------------------------------------------------------
def test_the_cohort_says_at_once_that_the_course_has_changed(run: Any, fill: Fill, staff: Any) -> None:
    fill(3, done=1)
    assert "The course has changed" not in words(staff, run.url)
    publish(run, without=3)
    page = words(staff, run.url)  # the figures are kept, the newest version is not
    assert "The course has changed 3 people of this cohort follow an earlier syllabus." in page
    assert f'href="{run.url}syllabus/"' in staff.get(run.url).content.decode()


def test_who_has_completed_waits_or_has_left_is_not_counted(
    run: Any, enrolled: Enrol, make_person: Callable[..., User], staff: Any
) -> None:
    enrolled(make_person("a@example.org"), done=4)
    enrolled(make_person("b@example.org"), status=EnrolmentStatus.APPLIED)
    enrolled(make_person("c@example.org"), status=EnrolmentStatus.WITHDRAWN)
    publish(run, more=1)
    assert "The course has changed" not in words(staff, run.url)
    assert "There is nobody to move" in words(staff, f"{run.url}syllabus/")


def test_a_version_that_asks_the_same_again_is_no_change(run: Any, fill: Fill, staff: Any) -> None:
    fill(2, done=1)
    publish(run)
    assert "The course has changed" not in words(staff, run.url)
    assert syllabuses.preview(run.cohort).effects == []


def test_nobody_is_led_to_a_syllabus_that_asks_for_nothing(
    run: Any, fill: Fill, staff: Any, registrar: User
) -> None:
    fill(2, done=1)
    empty = SyllabusVersion.objects.create(
        course=run.cohort.course, number=2, requirements=rules.to_json(Syllabus(()))
    )
    assert "The course has changed" not in words(staff, run.url)
    with pytest.raises(syllabuses.NotNewest):
        syllabuses.move_to_newest(cohort=run.cohort, number=empty.number, actor=registrar)


# --- the preview -----------------------------------------------------------------------------------
def test_the_preview_names_what_changes_in_the_language_of_the_page(
    run: Any, enrolled: Enrol, judge: User, staff: Any
) -> None:
    enrolled(judge, done=1)
    publish(run, without=3, more=1)
    page = words(staff, f"{run.url}syllabus/")
    assert "Added New lesson 0 Lesson · Read to the end" in page
    assert "No longer asked for Lesson 4 Lesson" in page
    spanish = words(staff, f"{run.url}syllabus/".replace("/en/", "/es/"))
    assert "Lección nueva 0" in spanish
    assert "Lección 4" in spanish


def test_the_preview_says_who_completes_rises_falls_and_stays(run: Any, fill: Fill, staff: Any) -> None:
    none, one, two, three = (fill(1, done=number, start=10 * number)[0] for number in range(4))
    publish(run, without=3)
    shown = syllabuses.preview(run.cohort)
    assert shown.counts == {"completes": 1, "rises": 2, "stays": 1}
    assert [pk for pk, _effect in shown.effects] == [three.pk, one.pk, two.pk, none.pk]
    page = words(staff, f"{run.url}syllabus/")
    assert "Learner 030 3 of 4 3 of 3 Completes the course" in page
    assert "Learner 010 1 of 4 1 of 3 Progress rises" in page
    assert "Learner 000 0 of 4 0 of 3 Progress stays" in page
    assert "Move 4 learners" in page


def test_people_of_several_earlier_versions_are_compared_with_their_own(
    run: Any, enrolled: Enrol, judge: User, prosecutor: User, staff: Any
) -> None:
    enrolled(judge, done=1)
    enrolled(prosecutor, done=1, syllabus=publish(run, more=1), required_count=5)
    publish(run, more=1)
    page = words(staff, f"{run.url}syllabus/")
    assert "What has changed since syllabus 1, which 1 person follows" in page
    assert "What has changed since syllabus 2, which 1 person follows" in page
    assert "Amina Rahman 1 of 5 1 of 6" in page
    assert "Lucía Fernández 1 of 4 1 of 6" in page


def test_auditors_see_the_preview_without_the_button(
    run: Any, fill: Fill, auditor: User, browse: Callable[..., Any]
) -> None:
    taken = fill(1, done=1)[0]
    version = publish(run, without=3)
    page = words(browse(auditor), f"{run.url}syllabus/")
    assert "Learner 000" in page
    assert "Move 1 learner" not in page
    answer = browse(auditor).post(f"{run.url}syllabus/", {"version": version.number})
    assert answer.status_code == 404
    taken.refresh_from_db()
    assert taken.syllabus == run.version


# --- the move --------------------------------------------------------------------------------------
def test_staff_move_a_cohort_and_each_move_is_written_down(
    run: Any, fill: Fill, registrar: User, staff: Any
) -> None:
    one, almost = fill(1, done=1)[0], fill(1, done=3, start=1)[0]
    version = publish(run, without=3)
    answer = staff.post(f"{run.url}syllabus/", {"version": version.number}, follow=True)
    page = answer.content.decode()
    assert "2 learners follow the newest syllabus now." in page
    assert "1 of them has completed the course by it." in page
    assert "The course has changed" not in page
    one.refresh_from_db()
    almost.refresh_from_db()
    assert (one.syllabus, one.status, one.done_count, one.required_count, one.percent) == (
        version,
        "active",
        1,
        3,
        33,
    )
    assert (almost.syllabus, almost.status, almost.percent) == (version, "completed", 100)
    assert almost.completed_language == "es"
    assert Certificate.objects.get().award_key == almost.key
    written = AuditEntry.objects.filter(verb="moved_to_syllabus", actor=registrar)
    assert {entry.target_key for entry in written} == {str(one.key), str(almost.key)}
    assert [entry.data for entry in written] == [{"from": 1, "to": 2}] * 2


def test_nobodys_completion_is_taken_back(
    run: Any, enrolled: Enrol, judge: User, prosecutor: User, registrar: User
) -> None:
    finished, half = enrolled(judge, done=4), enrolled(prosecutor, done=2)
    version = publish(run, more=2)
    moved = syllabuses.move_to_newest(cohort=run.cohort, number=2, actor=registrar)
    assert [one.pk for one in moved] == [half.pk]
    finished.refresh_from_db()
    assert (finished.status, finished.percent, finished.syllabus) == ("completed", 100, run.version)
    half.refresh_from_db()
    assert (half.syllabus, half.done_count, half.required_count) == (version, 2, 6)
    assert not Certificate.objects.exists()


def test_a_completion_once_granted_survives_a_move_by_the_verb_itself(
    run: Any, enrolled: Enrol, judge: User, registrar: User
) -> None:
    finished = enrolled(judge, done=4)
    at = finished.completed_at
    enrolling.move_to_syllabus(enrolments=[finished], version=publish(run, more=1), actor=registrar)
    finished.refresh_from_db()
    assert (finished.status, finished.completed_at, finished.done_count) == ("completed", at, 4)


def test_who_looked_at_an_older_preview_moves_nobody(run: Any, fill: Fill, staff: Any) -> None:
    taken = fill(1, done=1)[0]
    publish(run, without=3)
    publish(run, more=1)
    for given in ("2", "", "x", "²"):
        answer = staff.post(f"{run.url}syllabus/", {"version": given}, follow=True)
        assert "The course has changed again. Nobody was moved; see what is new." in answer.content.decode()
    taken.refresh_from_db()
    assert taken.syllabus == run.version
    assert not AuditEntry.objects.filter(verb="moved_to_syllabus").exists()


def test_moving_twice_is_the_same_as_once(run: Any, fill: Fill, registrar: User) -> None:
    fill(3, done=1)
    publish(run, without=3)
    assert len(syllabuses.move_to_newest(cohort=run.cohort, number=2, actor=registrar)) == 3
    assert syllabuses.move_to_newest(cohort=run.cohort, number=2, actor=registrar) == []
    assert AuditEntry.objects.filter(verb="moved_to_syllabus").count() == 3


def test_other_cohorts_of_the_course_stay(run: Any, enrolled: Enrol, judge: User, registrar: User) -> None:
    alone = enrolled(judge, done=1, cohort=None)
    publish(run, without=3)
    assert syllabuses.move_to_newest(cohort=run.cohort, number=2, actor=registrar) == []
    alone.refresh_from_db()
    assert alone.syllabus == run.version


# --- as cheap for many as for few ------------------------------------------------------------------
def asked_of(run: Any, staff: Any, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as counted:
        assert staff.get(address).status_code == 200
    return len(counted)


def test_notice_and_preview_ask_as_often_for_twenty_as_for_two(run: Any, fill: Fill, staff: Any) -> None:
    fill(12, done=1, start=100)  # enough that group figures are counted
    publish(run, without=3, more=1)
    few = [asked_of(run, staff, address) for address in (run.url, f"{run.url}syllabus/")]
    fill(18, start=200)
    assert [asked_of(run, staff, address) for address in (run.url, f"{run.url}syllabus/")] == few


def test_the_move_asks_as_often_for_twenty_as_for_two(run: Any, fill: Fill, registrar: User) -> None:
    asked = []
    for number, start in ((2, 0), (20, 100)):
        fill(number, done=1, start=start)
        version = publish(run, more=1)
        with CaptureQueriesContext(connection) as counted:
            syllabuses.move_to_newest(cohort=run.cohort, number=version.number, actor=registrar)
        asked.append(len(counted))
    assert asked[0] == asked[1]
    assert Enrolment.objects.filter(syllabus=version).count() == 22


def test_the_move_works_in_pieces(
    run: Any, fill: Fill, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrolling, "AT_ONCE", 2)
    fill(5, done=1)
    version = publish(run, without=3)
    before = timezone.now()
    assert len(syllabuses.move_to_newest(cohort=run.cohort, number=2, actor=registrar)) == 5
    assert Enrolment.objects.filter(syllabus=version, percent=33).count() == 5
    assert AuditEntry.objects.filter(verb="moved_to_syllabus", at__gte=before).count() == 5
