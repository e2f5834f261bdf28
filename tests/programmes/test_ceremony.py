"""The ceremony of a cohort: order, warnings, and the pages of what is made."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Institution, User
from certificates import issuing, runs
from certificates.choices import RunKind, RunState
from certificates.models import Run
from courses import awards, names
from courses.choices import CeremonyOrder
from courses.models import Enrolment, NameCheck
from programmes import ceremony

pytestmark = pytest.mark.django_db
LOOKS_AGAIN = '<noscript><meta http-equiv="refresh" content="4"></noscript>'
Enrol = Callable[..., Enrolment]


@pytest.fixture
def certified(make_person: Callable[..., User], enrolled: Enrol) -> Callable[..., Enrolment]:
    """Return a function that makes a person of the cohort with a certificate."""

    def make(name: str, **fields: Any) -> Enrolment:
        number = User.objects.count()
        person = make_person(f"c{number}@example.org", name=name, language="es", **fields)
        taken = enrolled(person, done=4)
        issuing.issue(statement=awards.statement_of(taken), person=person)
        return taken

    return make


def called(run: Any) -> list[str]:
    return [one.person.name for one in ceremony.guests(run.cohort)]


def test_people_are_called_up_by_the_alphabet_of_the_language(run: Any, certified: Any) -> None:
    for name in ("Zoila", "Óscar", "Ñusta", "Nora", "Omar", "ana", "Ángela"):
        certified(name)
    by_name = CeremonyOrder.NAME
    found = ceremony.guests(run.cohort)
    in_spanish = [one.person.name for one in ceremony.in_order(found, by_name, "es")]
    assert in_spanish == ["ana", "Ángela", "Nora", "Ñusta", "Omar", "Óscar", "Zoila"]


@pytest.mark.parametrize("words", [("কা", "কি", "খ"), ("أحمد", "بدر", "ثامر"), ("ка", "кб", "м")])
def test_vowel_signs_of_other_scripts_are_letters_and_marks_are_not(words: tuple[str, ...]) -> None:
    assert sorted(reversed(words), key=lambda one: ceremony.alphabetical(one, "en")) == list(words)


def test_staff_set_another_order_and_it_is_kept(
    run: Any, certified: Any, registrar: User, browse: Callable[..., Any]
) -> None:
    first, second, third = (certified(name) for name in ("Ana", "Beto", "Clara"))
    page = reverse("programmes:ceremony", args=[run.cohort.key])
    sent = {"act": "order", "order": "place", str(third.key): "1", str(first.key): "2", str(second.key): ""}
    assert browse(registrar).post(page, sent).status_code == 302
    assert called(run) == ["Clara", "Ana", "Beto"]
    refused = browse(registrar).post(page, {**sent, str(first.key): "0"})
    assert refused.status_code == 200
    assert 'value="1"' in refused.text, "nothing typed is lost"
    assert called(run) == ["Clara", "Ana", "Beto"]
    assert AuditEntry.objects.filter(verb="ceremony_ordered", actor=registrar).count() == 1


def test_by_institution_and_by_country(run: Any, certified: Any, registrar: User) -> None:
    north, south = (Institution.objects.create(name=name) for name in ("North Court", "South Court"))
    certified("Ana", institution=south, country="GT")
    certified("Beto", institution=north, country="MX")
    certified("Clara", country="GT")
    ceremony.set_order(cohort=run.cohort, order=CeremonyOrder.INSTITUTION, places={}, actor=registrar)
    assert called(run) == ["Beto", "Ana", "Clara"]
    ceremony.set_order(cohort=run.cohort, order=CeremonyOrder.COUNTRY, places={}, actor=registrar)
    assert called(run) == ["Ana", "Clara", "Beto"]


def test_what_stands_in_the_way_is_named(
    run: Any, certified: Any, enrolled: Enrol, judge: User, registrar: User
) -> None:
    certified("山田")
    renamed = certified("Ana").person
    User.objects.filter(pk=renamed.pk).update(name="Anna")
    enrolled(judge, done=1)
    names.ask(cohort=run.cohort, due_on=timezone.localdate(), actor=registrar)
    found = {one.person.name: one for one in ceremony.guests(run.cohort)}
    assert found["山田"].warnings == ["letters", "unconfirmed"]
    assert found["Anna"].warnings == ["another_name", "unconfirmed"]
    assert found[judge.name].certificate is None


def test_the_page_costs_the_same_for_two_and_for_twenty(
    run: Any, certified: Any, registrar: User, browse: Callable[..., Any]
) -> None:
    client, counts = browse(registrar), []
    for number in (2, 20):
        for n in range(number):
            certified(f"Learner {number} {n}")
        for name in ("ceremony", "names", "names_list"):
            page = reverse(f"programmes:{name}", args=[run.cohort.key])
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_a_run_is_asked_for_made_and_downloaded(
    run: Any,
    certified: Any,
    registrar: User,
    browse: Callable[..., Any],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    certified("Ana")
    client, page = browse(registrar), reverse("programmes:ceremony", args=[run.cohort.key])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page, {"act": "run", "kind": "zip", "language": "own"})
    shown = client.get(answer["Location"])
    assert "1 of 1 certificate drawn and signed" in shown.text
    assert LOOKS_AGAIN not in shown.text
    made = Run.objects.get()
    file = client.get(reverse("programmes:run_file", args=[made.key]))
    assert file["Content-Type"] == "application/zip"
    assert len(file.getvalue()) == made.size
    assert AuditEntry.objects.filter(verb="run_downloaded", actor=registrar).exists()


def test_a_run_under_way_is_looked_at_again_without_script_and_can_be_stopped(
    run: Any, certified: Any, registrar: User, browse: Callable[..., Any]
) -> None:
    certified("Ana")
    made = ceremony.make(cohort=run.cohort, kind=RunKind.PDF, language="", attach=True, actor=registrar)
    client, page = browse(registrar), reverse("programmes:run", args=[made.key])
    assert LOOKS_AGAIN in client.get(page).text
    assert LOOKS_AGAIN not in client.get(f"{page}?still=1").text
    assert client.get(reverse("programmes:run_file", args=[made.key])).status_code == 404
    client.post(page, {"act": "cancel"})
    made.refresh_from_db()
    assert made.state == RunState.CANCELLED
    assert "Carry on where it stopped" in client.get(page).text
    client.post(page, {"act": "again"})
    runs.carry_on(key=made.key)
    made.refresh_from_db()
    assert made.state == RunState.DONE


def test_a_run_whose_worker_has_died_says_so(
    run: Any, certified: Any, registrar: User, browse: Callable[..., Any]
) -> None:
    certified("Ana")
    made = ceremony.make(cohort=run.cohort, kind=RunKind.PDF, language="", attach=True, actor=registrar)
    Run.objects.update(touched_at=timezone.now() - datetime.timedelta(minutes=3))
    page = browse(registrar).get(reverse("programmes:run", args=[made.key]))
    assert "Interrupted" in page.text
    assert LOOKS_AGAIN not in page.text


def test_mails_are_sent_after_a_page_that_asks(
    run: Any,
    certified: Any,
    registrar: User,
    browse: Callable[..., Any],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    certified("Ana")
    client, page = browse(registrar), reverse("programmes:ceremony", args=[run.cohort.key])
    sent = {"act": "run", "kind": "mail", "language": "own", "attach": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(page, sent)
    assert "Send 1 mail" in asked.text
    assert not Run.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {**sent, "sure": "1"})
    assert len(mail.outbox) == 1


def test_two_clicks_send_every_mail_once_and_another_order_is_another_run(
    run: Any,
    certified: Any,
    registrar: User,
    browse: Callable[..., Any],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    certified("Ana"), certified("Beto")
    client, page = browse(registrar), reverse("programmes:ceremony", args=[run.cohort.key])
    sent = {"act": "run", "kind": "mail", "language": "own", "sure": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (client.post(page, sent)["Location"] for _click in range(2))
    assert first == second
    assert len(mail.outbox) == 2
    asked = {"cohort": run.cohort, "kind": RunKind.PDF, "language": "", "attach": True, "actor": registrar}
    by_name = ceremony.make(**asked)
    last = {ceremony.guests(run.cohort)[1].enrolment.key: 1}
    ceremony.set_order(cohort=run.cohort, order=CeremonyOrder.PLACE, places=last, actor=registrar)
    assert ceremony.make(**asked) != by_name


@pytest.mark.parametrize(("language", "second"), [("own", "en"), ("en", "en"), ("xx", "")])
def test_languages_that_do_not_go_together_are_refused_beside_the_field(
    run: Any, certified: Any, registrar: User, browse: Callable[..., Any], language: str, second: str
) -> None:
    certified("Ana")
    page = reverse("programmes:ceremony", args=[run.cohort.key])
    sent = {"act": "run", "kind": "pdf", "language": language, "second": second}
    assert 'aria-invalid="true"' in browse(registrar).post(page, sent).text
    assert not Run.objects.exists()


def test_a_cohort_without_certificates_makes_no_run(
    run: Any, enrolled: Enrol, judge: User, registrar: User, browse: Callable[..., Any]
) -> None:
    enrolled(judge, done=1)
    page = reverse("programmes:ceremony", args=[run.cohort.key])
    browse(registrar).post(page, {"act": "run", "kind": "pdf", "language": "own"})
    assert not Run.objects.exists()


def test_the_proof_shows_who_confirmed_corrected_and_changed(
    run: Any, certified: Any, registrar: User, browse: Callable[..., Any]
) -> None:
    people = [certified(name).person for name in ("Ana", "Beto", "Clara", "Dora")]
    names.ask(cohort=run.cohort, due_on=timezone.localdate(), actor=registrar)
    checks = {one.person_id: one for one in NameCheck.objects.all()}
    for person, name in zip(people[:3], ("Ana", "Beto Ruiz", "Clara"), strict=True):
        names.confirm(check=checks[person.pk], name=name, name_latin="")
    User.objects.filter(name="Clara").update(name="Clara X")
    page = browse(registrar).get(reverse("programmes:names", args=[run.cohort.key])).text
    assert "2 of 4 names confirmed" in page
    assert "<del" in page
    for word in ("Confirmed", "Corrected", "Changed since", "No answer yet"):
        assert word in page
