"""The lists: what they show, that filters stay in the address, and that they cost the same at any size."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Application, User
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment

pytestmark = pytest.mark.database


def page_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client: Any, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as counted:
        page_of(client, address)
    return len(counted)


@pytest.mark.parametrize("name", ["cohort", "learners", "learner", "applications", "cohorts"])
def test_a_page_asks_as_often_for_twenty_as_for_two(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any, name: str, judge: User
) -> None:
    # both times more than ten people take part, so that the group figures are counted
    fill(12, start=100)
    address = {
        "cohort": run.url,
        "learner": reverse("programmes:learner", args=[judge.key]),
    }.get(name, f"/en/staff/{name}/")
    grow(run, fill, judge, 2, start=0)
    few = queries(staff, address)
    grow(run, fill, judge, 18, start=2)
    assert queries(staff, address) == few


def grow(run: Any, fill: Callable[..., list[Enrolment]], judge: User, number: int, *, start: int) -> None:
    """Add learners, people who wait, applications, cohorts, and runs that the judge has left."""
    fill(number, start=start)
    for one in fill(number, start=start + 500):
        Enrolment.objects.filter(pk=one.pk).update(status=EnrolmentStatus.APPLIED)
    for n in range(start, start + number):
        Application.objects.create(
            token_hash=f"t{n}",
            email=f"a{n}@example.org",
            name=f"Applicant {n}",
            country="PE",
            role="judge",
            institution="Corte",
            confirmed_at=timezone.now(),
            context={"course": "TIP-101"},
        )
        made = Cohort.objects.create(course=run.cohort.course, name=f"Another {n}")
        Enrolment.objects.create(
            person=judge, course=made.course, cohort=made, syllabus=run.version, status="withdrawn"
        )


def test_the_list_of_a_cohort_reads_neither_attempts_nor_all_completions(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any
) -> None:
    fill(30)
    page_of(staff, run.url)  # the group figures are kept from here on
    with CaptureQueriesContext(connection) as asked:
        page_of(staff, run.url)
    statements = [one["sql"] for one in asked]
    assert not [sql for sql in statements if "assessments_" in sql]
    [completions] = [sql for sql in statements if "courses_itemcompletion" in sql]
    assert completions.count(",") > 20
    assert " IN (" in completions
    assert len(asked) <= 16


def test_a_row_says_what_is_still_missing_by_title_in_the_language_of_the_page(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    enrolled(judge, done=1)
    page = page_of(staff, run.url)
    assert "Lesson 2" in page
    assert "Lesson 4" in page
    # no English title: the source, marked as what it is
    assert '<span lang="es" dir="ltr">Cuestionario 1</span>' in page
    assert "Lección 4" in page_of(staff, run.url.replace("/en/", "/es/"))
    assert "1 of 4" in page


def test_only_two_titles_are_named_and_the_others_counted(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, prosecutor: User
) -> None:
    from programmes.lists import rows_of

    none, one = rows_of([enrolled(judge).pk, enrolled(prosecutor, done=1).pk])
    assert none.all_missing
    assert (len(none.missing_first), none.missing_more) == (2, 2)
    assert (len(one.missing_first), one.missing_more) == (3, 0)


def test_whoever_completed_lacks_nothing_even_if_more_is_asked_now(
    run: Any, enrolled: Callable[..., Enrolment], judge: User
) -> None:
    from programmes.lists import rows_of

    taken = enrolled(judge, done=1, status="completed", completed_at=timezone.now())
    assert rows_of([taken.pk])[0].missing == ()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("country=MX", {"Ana", "Cira"}),
        ("role=prosecutor", {"Bela"}),
        ("language=en", {"Bela"}),
        ("status=completed", {"Cira"}),
        ("status=withdrawn", {"Dora"}),
        ("q=puebla", {"Ana"}),
        ("q=Puebla+Ana", {"Ana"}),
        ("q=Puebla+Bela", set()),
        ("q=bela@example.org", {"Bela"}),
        ("country=MX&status=completed", {"Cira"}),
        ("country=nonsense", {"Ana", "Bela", "Cira", "Dora"}),
    ],
)
def test_filters_narrow_the_list_and_its_download_alike(
    run: Any,
    enrolled: Callable[..., Enrolment],
    make_person: Callable[..., User],
    staff: Any,
    query: str,
    names: set[str],
) -> None:
    def person(name: str, **fields: str) -> User:
        return make_person(f"{name.lower()}@example.org", name=name, **fields)

    enrolled(person("Ana", country="MX", role="judge", court="Juzgado de Puebla"), done=1)
    enrolled(person("Bela", country="GT", role="prosecutor"), language="en")
    enrolled(person("Cira", country="MX", role="judge"), done=4)
    enrolled(person("Dora", country="PE", role="judge"), status="withdrawn")
    page = page_of(staff, f"{run.url}?{query}")
    listed = set(re.findall(r'staff/learners/[^"]+"><bdi>(\w+)', page))
    assert listed == names
    sent = b"".join(staff.get(f"{run.url}learners.csv?{query}").streaming_content).decode()
    assert {name for name in ("Ana", "Bela", "Cira", "Dora") if name in sent} == names
    assert f"# rows: {len(names)}" in sent


def test_the_list_of_all_learners_filters_by_cohort(
    run: Any, another_run: Callable[..., Any], enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    other = another_run("JWB-101", "Judges 2026 C")
    enrolled(judge, done=1)
    assert "Lucía" in page_of(staff, f"/en/staff/learners/?cohort={run.cohort.key}")
    assert "Lucía" not in page_of(staff, f"/en/staff/learners/?cohort={other.cohort.key}")


def test_filters_stay_in_the_address_when_sorting_paging_downloading_and_returning(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any
) -> None:
    fill(60, done=2)
    page = page_of(staff, f"{run.url}?country=MX&status=on_time&sort=name")
    assert 'href="?country=MX&amp;status=on_time&amp;sort=-name"' in page
    assert 'href="?country=MX&amp;status=on_time&amp;sort=name&amp;page=2"' in page
    assert f'{run.url}learners.csv?country=MX&amp;status=on_time&amp;sort=name"' in page
    assert f'name="next" value="{run.url}?country=MX&amp;status=on_time&amp;sort=name"' in page
    assert '<option value="MX" selected>' in page
    assert "/es/staff/cohorts/" in page
    assert "?country=MX&amp;status=on_time&amp;sort=name" in re.search(r'href="(/es/staff/[^"]+)"', page)[1]


def test_people_are_sorted_and_those_without_a_date_come_last_both_ways(
    run: Any, enrolled: Callable[..., Enrolment], make_person: Callable[..., User], staff: Any
) -> None:
    now = timezone.now()
    for name, days in (("Ana", 3), ("Bela", None), ("Cira", 1)):
        seen = None if days is None else now - datetime.timedelta(days=days)
        enrolled(make_person(f"{name}@example.org", name=name), last_active_at=seen)

    def order(sort: str) -> list[str]:
        page = page_of(staff, f"{run.url}?sort={sort}")
        return re.findall(r'staff/learners/[^"]+"><bdi>(\w+)', page)

    assert order("") == order("-seen") == ["Cira", "Ana", "Bela"]
    assert order("seen") == ["Ana", "Cira", "Bela"]
    assert order("name") == ["Ana", "Bela", "Cira"]
    assert order("drop table") == ["Cira", "Ana", "Bela"]


def test_figures_of_a_group_are_shown_from_ten_people_up(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any
) -> None:
    fill(9)
    page = page_of(staff, run.url)
    assert "shown from ten people up" in page
    assert "Learners by stage" not in page
    assert '<svg class="chart' not in page
    fill(1, start=50)
    cache.clear()
    page = page_of(staff, run.url)
    assert "shown from ten people up" not in page
    assert "Learners by stage" in page
    assert '<svg class="chart' in page


def test_the_figures_of_a_cohort_are_counted_right(run: Any, fill: Callable[..., list[Enrolment]]) -> None:
    from programmes import figures

    fill(20)  # 0, 1, 2, 3, 4 items done, four people each
    [left, waits] = fill(2, start=90)
    Enrolment.objects.filter(pk=left.pk).update(status="withdrawn")
    Enrolment.objects.filter(pk=waits.pk).update(status="applied")
    found = figures.count(run.cohort)
    assert (found.enrolled, found.started, found.active_this_week) == (20, 16, 16)
    assert (found.completed, found.waiting, found.median, found.expected) == (4, 1, 50, 50)
    assert [(one.titles["en"], one.people) for one in found.stages or ()] == [("Elements", 8), ("Proof", 4)]
    assert [number for _week, number in found.weeks or ()] == [40]
    assert found.behind == 8  # 36 % was expected two weeks ago
    assert Enrolment.objects.filter(cohort=run.cohort).count() == 22


def test_every_person_is_on_exactly_one_page_with_those_never_active_on_the_last(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any
) -> None:
    everybody = {one.person.name for one in fill(60)}  # twelve have not begun
    pages = [
        re.findall(r'staff/learners/[^"]+"><bdi>([^<]+)', page_of(staff, f"{run.url}?page={number}"))
        for number in (1, 2, 3)
    ]
    assert [len(names) for names in pages] == [25, 25, 10]
    assert set(sum(pages, [])) == everybody
    never = {name for name in everybody if int(name[-3:]) % 5 == 0}
    assert set(pages[2]) <= never
