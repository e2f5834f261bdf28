"""Handbooks as files: who may have them, how one waits for them, and that none is drawn twice."""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from certificates.pdf.book import Book, Drawn
from courses import handbooks, rights
from courses.choices import HandbookState
from courses.models import Enrolment, GlossaryTerm, Handbook, LegalProvision

from .conftest import Built, add_lesson

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def storage(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    """Files are kept in memory."""
    made = InMemoryStorage()
    monkeypatch.setattr("courses.handbooks.handbook_storage", lambda: made)
    monkeypatch.setattr(Handbook._meta.get_field("file"), "storage", made)
    return made


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn, by title; drawing itself is tested elsewhere."""
    titles: list[str] = []

    def fake(book: Book) -> Drawn:
        titles.append(f"{book.title} {book.language}")
        return Drawn(b"%PDF " + repr(book.sections).encode() + str(len(titles)).encode(), 12)

    monkeypatch.setattr("certificates.pdf.book.render", fake)
    return titles


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """Tasks run when the request is over, as they do in demos."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def ask(built: Built, django_capture_on_commit_callbacks: Any) -> Callable[..., Handbook]:
    """Return a function that asks for a handbook and lets the task draw it."""

    def asked(module: int | None = None, language: str = "es", jurisdiction: str = "") -> Handbook:
        built.course.refresh_from_db()
        key = built.modules[module].key if module is not None else None
        with django_capture_on_commit_callbacks(execute=True):
            made = handbooks.ask(
                course=built.course, module_key=key, language=language, jurisdiction=jurisdiction
            )
        return Handbook.objects.filter(pk=made.pk).first() or made

    return asked


def url_of(built: Built, handbook: Handbook | None = None, language: str = "es") -> str:
    url = f"/{language}/handbooks/{built.page.slug}/"
    return f"{url}{handbook.key}/" if handbook else url


def test_a_handbook_is_drawn_once_and_kept(ask: Callable[..., Handbook], drawn: list[str]) -> None:
    first, again = ask(), ask()
    assert first.pk == again.pk
    assert first.state == HandbookState.READY
    assert first.pages == 12
    assert drawn == ["Trata de personas es"]
    assert hashlib.sha256(handbooks.read(first)).hexdigest() == first.sha256
    assert handbooks.read(first) == handbooks.read(again)
    assert first.size == len(handbooks.read(first))


def test_each_part_language_and_law_has_its_own(ask: Callable[..., Handbook], drawn: list[str]) -> None:
    made = {ask().pk, ask(0).pk, ask(0, "en").pk, ask(1).pk}
    assert len(made) == 4
    assert drawn == ["Trata de personas es", "Módulo 1 es", "Part 1 en", "Módulo 2 es"]


def test_publishing_the_course_anew_makes_it_stale_and_the_next_replaces_it(
    built: Built, ask: Callable[..., Handbook], drawn: list[str], storage: InMemoryStorage
) -> None:
    old = ask()
    add_lesson(built, built.modules[0])
    built.course.refresh_from_db()
    assert old.edition != built.course.edition
    new = ask()
    assert len(drawn) == 2
    assert new.sha256 != old.sha256
    assert not Handbook.objects.filter(pk=old.pk).exists()
    assert not storage.exists(old.file.name)
    assert storage.exists(new.file.name)


def test_another_edition_with_the_same_words_keeps_the_file(
    built: Built, ask: Callable[..., Handbook], drawn: list[str]
) -> None:
    old = ask()
    built.course.save()
    new = ask()
    assert new.pk != old.pk
    assert (new.sha256, new.file.name, new.pages) == (old.sha256, old.file.name, 12)
    assert len(drawn) == 1
    assert handbooks.read(new)


def test_what_is_lost_from_the_shelf_is_drawn_again(
    built: Built, ask: Callable[..., Handbook], drawn: list[str], storage: InMemoryStorage
) -> None:
    storage.delete(ask().file.name)
    built.course.save()
    assert handbooks.read(ask())
    assert len(drawn) == 2


def test_a_change_of_law_or_glossary_has_it_looked_through_again(
    ask: Callable[..., Handbook], drawn: list[str]
) -> None:
    handbook = ask()
    GlossaryTerm.objects.create(slug="x", term_es="X", definition_es="Y", source_language="es")
    handbook.refresh_from_db()
    assert handbook.outdated
    assert not handbook.is_ready
    assert ask().is_ready  # nothing printed has changed: the same file
    assert len(drawn) == 1


def test_what_changes_while_it_is_drawn_is_not_forgotten(
    built: Built, ask: Callable[..., Handbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(book: Book) -> Drawn:
        handbooks.outdate()
        return Drawn(b"%PDF", 1)

    monkeypatch.setattr("certificates.pdf.book.render", slow)
    assert not ask().is_ready


def test_a_file_that_was_changed_is_not_handed_out(
    ask: Callable[..., Handbook], storage: InMemoryStorage
) -> None:
    handbook = ask()
    with storage.open(handbook.file.name, "wb") as file:
        file.write(b"something else")
    with pytest.raises(handbooks.Damaged):
        handbooks.read(handbook)


def test_a_drawing_that_fails_says_so_and_may_be_asked_for_again(
    built: Built, ask: Callable[..., Handbook], monkeypatch: pytest.MonkeyPatch, drawn: list[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("courses.handbook.composing.compose", lambda **_: 1 / 0)
        assert ask().state == HandbookState.FAILED
    assert ask().is_ready


def test_who_asks_while_it_is_prepared_waits_for_the_same(
    built: Built, django_capture_on_commit_callbacks: Any
) -> None:
    what = {"course": built.course, "module_key": None, "language": "es", "jurisdiction": ""}
    with django_capture_on_commit_callbacks() as queued:
        first = handbooks.ask(**what)
        second = handbooks.ask(**what)
    assert first.pk == second.pk
    assert len(queued) == 1
    Handbook.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    with django_capture_on_commit_callbacks() as queued:
        handbooks.ask(**what)  # the worker has died with it
    assert len(queued) == 1


def test_what_was_asked_of_an_edition_that_has_gone_is_let_go(built: Built) -> None:
    asked = handbooks.ask(course=built.course, module_key=None, language="es", jurisdiction="")
    built.course.save()
    assert handbooks.draw(key=asked.key) is None
    assert not Handbook.objects.exists()
    assert handbooks.draw(key=uuid4()) is None


def test_a_learner_asks_waits_and_takes_it_home(
    built: Built, enrolled: Enrolment, browse: Browse, ask: Callable[..., Handbook], drawn: list[str]
) -> None:
    client = browse(enrolled.person)
    answer = client.post(url_of(built), {"part": "", "language": "es"})
    assert answer["Location"] == f"{url_of(built)}?language=es&wait=1"
    waiting = client.get(answer["Location"])
    assert waiting["Refresh"] == "5"
    assert 'role="status"' in waiting.text
    assert "Refresh" not in client.get(url_of(built))  # who does not wait is left alone
    handbooks.draw(key=Handbook.objects.get().key)
    ready = client.get(answer["Location"])
    assert "Refresh" not in ready
    found = Handbook.objects.get()
    assert url_of(built, found) in ready.text
    file = client.get(url_of(built, found))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == f'attachment; filename="{built.page.slug}-handbook-es.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file.content == handbooks.read(found) == client.get(url_of(built, found)).content
    assert len(drawn) == 1


def test_a_module_is_asked_for_by_its_name(
    built: Built, enrolled: Enrolment, browse: Browse, at_once: None
) -> None:
    client = browse(enrolled.person)
    client.post(url_of(built), {"part": built.modules[1].slug, "language": "en"})
    found = Handbook.objects.get()
    assert (found.module_key, found.language) == (built.modules[1].key, "en")
    assert client.post(url_of(built), {"part": "no-such-part"}).status_code == 404


def test_the_law_is_that_of_the_readers_country_where_some_is_held(
    built: Built, enrolled: Enrolment, browse: Browse
) -> None:
    client = browse(enrolled.person)
    client.post(url_of(built), {"part": ""})
    assert Handbook.objects.get().jurisdiction == ""
    LegalProvision.objects.create(
        jurisdiction="MX",
        topic="definition",
        law_name_original="Ley",
        original_language="es",
        summary_es="Es trata.",
        source_language="es",
        law_as_at="2024-06-07",
        certainty="verified",
        published=True,
    )
    client.post(url_of(built), {"part": ""})
    assert set(Handbook.objects.values_list("jurisdiction", flat=True)) == {"", "MX"}
    assert "México" in client.get(url_of(built)).text


def test_those_who_may_not_read_the_lessons_are_sent_to_the_course_and_get_no_file(
    built: Built,
    browse: Browse,
    ask: Callable[..., Handbook],
    outsider: User,
    trainer: User,
    make_person: Callable[..., User],
) -> None:
    found = ask()
    for person in (None, outsider, trainer):
        client = browse(person)
        assert client.get(url_of(built))["Location"] == built.url
        assert client.post(url_of(built), {"part": ""})["Location"] == built.url
        assert client.get(url_of(built, found)).status_code == 404
    rights.give_course(trainer=trainer, course=built.course)
    assert browse(User.objects.get(pk=trainer.pk)).get(url_of(built, found)).status_code == 200


def test_what_is_not_open_yet_is_not_handed_out(
    built: Built, enrolled: Enrolment, browse: Browse, ask: Callable[..., Handbook], registrar: User
) -> None:
    lesson = built.lessons[2]
    lesson.opens_on = timezone.localdate() + datetime.timedelta(days=3)
    lesson.save_revision().publish()
    whole, first, second = ask(), ask(0), ask(1)
    client = browse(enrolled.person)
    assert [client.get(url_of(built, one)).status_code for one in (whole, first, second)] == [404, 200, 404]
    assert client.post(url_of(built), {"part": built.modules[1].slug})["Location"] == url_of(built)
    page = client.get(url_of(built)).text
    assert url_of(built, first) in page
    assert url_of(built, second) not in page
    assert browse(registrar).get(url_of(built, second)).status_code == 200


def test_a_file_of_an_older_edition_or_another_course_is_not_found(
    built: Built, enrolled: Enrolment, browse: Browse, ask: Callable[..., Handbook]
) -> None:
    found, client = ask(), browse(enrolled.person)
    assert client.get(url_of(built, found)).status_code == 200
    assert client.get(f"/es/handbooks/{built.page.slug}/{uuid4()}/").status_code == 404
    assert client.get(f"/es/handbooks/another/{found.key}/").status_code == 404
    built.course.save()
    assert client.get(url_of(built, found)).status_code == 404


def test_the_page_is_in_the_language_asked_for_else_in_one_that_is_written(
    built: Built, enrolled: Enrolment, browse: Browse, ask: Callable[..., Handbook]
) -> None:
    english, client = ask(language="en"), browse(enrolled.person)
    assert url_of(built, english) in client.get(url_of(built) + "?language=en").text
    assert url_of(built, english) not in client.get(url_of(built)).text
    arabic = client.get(url_of(built, language="ar") + "?language=xx")
    assert "2 of 3" in client.get(url_of(built, language="en")).text
    assert 'value="es" lang="es" dir="ltr" selected' in arabic.text


def test_the_course_and_its_lessons_lead_to_the_handbook_for_those_who_may_read(
    built: Built, enrolled: Enrolment, browse: Browse, outsider: User
) -> None:
    mine = browse(enrolled.person)
    assert url_of(built) in mine.get(built.url).text
    assert f"{url_of(built)}#module-1" in mine.get(built.url_of(built.lessons[0])).text
    assert url_of(built) not in browse(outsider).get(built.url).text


def test_the_page_asks_at_most_six_times_however_many_modules_there_are(
    built: Built, enrolled: Enrolment, browse: Browse, ask: Callable[..., Handbook]
) -> None:
    client = browse(enrolled.person)

    def asked() -> int:
        client.get(url_of(built))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of(built)).status_code == 200
        return len(queries)

    before = asked()
    assert before <= 6
    ask(0), ask(1), ask()
    assert asked() == before
