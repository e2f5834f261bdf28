"""The proof of names: people are asked once, and confirm or correct how theirs is spelt."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from courses import enrolment, names
from courses.models import Cohort, NameCheck, NameProof
from tests.courses.conftest import Built

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def cohort(built: Built, judge: User, outsider: User) -> Cohort:
    """A cohort of two, one of whom reads Arabic."""
    made = Cohort.objects.create(course=built.course, name="Judges 2026 B")
    for person in (judge, outsider):
        enrolment.enrol(person=person, course=built.course, cohort=made, actor=None, language="en")
    return made


@pytest.fixture
def asked(
    cohort: Cohort, registrar: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> Callable[[], NameProof]:
    """Return a function that asks, and lets the letters go out."""

    def ask() -> NameProof:
        with django_capture_on_commit_callbacks(execute=True):
            return names.ask(cohort=cohort, due_on=timezone.localdate(), actor=registrar)

    return ask


def check_of(person: User) -> NameCheck:
    return NameCheck.objects.get(person=person)


def test_each_is_asked_once_in_their_language_and_reminded_until_they_confirm(
    asked: Callable[[], NameProof], judge: User, outsider: User
) -> None:
    proof = asked()
    told = {one.to[0]: one.extra_headers["Content-Language"] for one in mail.outbox}
    assert told == {judge.email: "es", outsider.email: "ar"}
    assert names.send_letters(key=proof.key) == 0, "nobody gets a letter twice"
    names.confirm(check=check_of(judge), name=judge.name, name_latin="")
    mail.outbox.clear()
    asked()
    assert mail.outbox == [], "a second click is no reminder"
    NameCheck.objects.update(asked_at=timezone.now() - names.JUST_NOW)
    asked()
    assert [one.to for one in mail.outbox] == [[outsider.email]]


def test_a_name_that_changes_is_to_be_confirmed_again(asked: Callable[[], NameProof], judge: User) -> None:
    asked()
    names.confirm(check=check_of(judge), name=judge.name, name_latin="")
    assert not NameCheck.objects.open_for(judge).exists()
    judge.name = "Lucía F. Ortega"
    judge.save()
    assert not check_of(judge).holds_for(judge)
    assert NameCheck.objects.open_for(judge).exists()


def test_the_page_shows_the_name_as_it_is_printed_and_takes_the_answer(
    asked: Callable[[], NameProof], outsider: User, browse: Callable[..., Any]
) -> None:
    User.objects.filter(pk=outsider.pk).update(name="عمر حداد", name_latin="Omar Haddad")
    page = reverse("courses:name", args=[asked().key])
    client = browse(outsider)
    shown = client.get(page).text
    assert 'aria-label="عمر حداد"' in shown
    assert 'aria-label="Omar Haddad"' in shown
    assert shown.count('class="lettering"') == 2
    assert client.post(page, {"name": "عمر حداد", "name_latin": "Omar Haddad"}).status_code == 302
    one = check_of(outsider)
    assert (one.name, one.was_corrected) == ("عمر حداد", False)
    assert AuditEntry.objects.get(verb="name_confirmed").data["corrected"] is False


def test_a_correction_changes_the_account_and_keeps_what_was_before(
    asked: Callable[[], NameProof], judge: User, browse: Callable[..., Any]
) -> None:
    page = reverse("courses:name", args=[asked().key])
    browse(judge).post(page, {"name": "Lucía Fernández Ortega"})
    judge.refresh_from_db()
    one = check_of(judge)
    assert judge.name == "Lucía Fernández Ortega"
    assert (one.was_corrected, one.name_before) == (True, "Lucía Fernández")
    assert one.holds_for(judge)
    assert "Ortega" not in str(AuditEntry.objects.get(verb="name_confirmed").data)


@pytest.mark.parametrize(
    ("name", "latin", "taken"),
    [
        ("山田", "", False),
        ("山田", "Yamada", True),
        ("Ana", "山田", False),
        ("", "", False),
        ("a@b", "", False),
    ],
)
def test_letters_that_cannot_be_printed_are_refused_beside_the_field(
    asked: Callable[[], NameProof],
    judge: User,
    browse: Callable[..., Any],
    name: str,
    latin: str,
    taken: bool,
) -> None:
    page = reverse("courses:name", args=[asked().key])
    answer = browse(judge).post(page, {"name": name, "name_latin": latin})
    assert (answer.status_code == 302) is taken
    if not taken:
        assert 'aria-invalid="true"' in answer.text
        judge.refresh_from_db()
        assert judge.name == "Lucía Fernández"


def test_after_the_day_the_page_takes_no_answer(
    asked: Callable[[], NameProof], judge: User, browse: Callable[..., Any]
) -> None:
    proof = asked()
    NameProof.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))
    page = reverse("courses:name", args=[proof.key])
    answer = browse(judge).post(page, {"name": "Another"})
    assert answer.status_code == 200
    assert '<form method="post">' not in answer.text
    judge.refresh_from_db()
    assert judge.name == "Lucía Fernández"


def test_my_learning_says_that_a_name_waits(
    asked: Callable[[], NameProof], judge: User, browse: Callable[..., Any]
) -> None:
    page = reverse("courses:name", args=[asked().key])
    assert page in browse(judge).get(reverse("courses:my_learning")).text
    names.confirm(check=check_of(judge), name=judge.name, name_latin="")
    assert page not in browse(judge).get(reverse("courses:my_learning")).text


def test_a_proof_is_seen_by_those_asked_alone(
    asked: Callable[[], NameProof], prosecutor: User, browse: Callable[..., Any]
) -> None:
    assert browse(prosecutor).get(reverse("courses:name", args=[asked().key])).status_code == 404
