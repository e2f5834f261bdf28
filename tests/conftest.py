"""The same people in every test; `outsider` must see nothing that is not public."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from tests import migrated, standing

pytest_plugins = ("tests.standing", "tests.questions")  # fixtures of every folder
PASSWORD = "correct horse battery"

# a slow machine is no fault, and a run tells of the code, not of the dice
hypothesis.settings.register_profile("aula", deadline=None, derandomize=True)
hypothesis.settings.load_profile("aula")


# few tests that take long: they begin first, so that no worker is left with one at the end
LONG = {
    "test_judges_take_whole_courses",
    "test_judge_in_spanish",
    "test_typing_survives_a_killed_server",
    "test_answers_survive_a_killed_server",
    "test_every_kind_of_page_with_axe",
    "test_package_round_trip",
    "test_package_reading",
    "test_runs_on_all_cores",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that empty the database afterwards run apart from those that count on its first rows."""
    items.sort(key=lambda item: item.path.stem not in LONG)
    for item in items:
        database = item.get_closest_marker("django_db")
        if database and database.kwargs.get("transaction"):
            item.add_marker(pytest.mark.flushes)
    standing.arrange(items)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """On SQLite, migrating finds all of its work done."""
    if connection.vendor != "sqlite":
        yield
        return
    # one place in memory, by its name; it lasts while anybody is connected to it
    with closing(migrated.copy(connection.creation._get_test_db_name())):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The keys that sign certificates are made once and are there in every test with a database."""
    settings.CERTIFICATE_KEYS = str(tmp_path_factory.mktemp("issuer") / "keys")
    with django_db_blocker.unblock():
        call_command("make_issuer_keys", verbosity=0)


@pytest.fixture
def issuer_keys(db: None) -> None:
    """The keys again, for a test after one that emptied the database."""
    call_command("make_issuer_keys", verbosity=0)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test that opens a Spanish page must not leave the next one in Spanish."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def make_person(db: None) -> Callable[..., User]:
    """Return a function that makes a person with roles."""

    def make(email: str, *given: Role, **fields: object) -> User:
        person = User.objects.create_user(email, PASSWORD, **fields)
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        for role in given:
            roles.grant(person=person, role=role, actor=None)
        return person

    return make


@pytest.fixture
def judge(make_person: Callable[..., User]) -> User:
    return make_person(
        "judge@example.org",
        Role.LEARNER,
        name="Lucía Fernández",
        country="MX",
        role="judge",
        language="es",
    )


@pytest.fixture
def prosecutor(make_person: Callable[..., User]) -> User:
    return make_person(
        "prosecutor@example.org", Role.LEARNER, name="Amina Rahman", country="BD", role="prosecutor"
    )


@pytest.fixture
def outsider(make_person: Callable[..., User]) -> User:
    return make_person("outsider@example.org", Role.LEARNER, name="Omar Haddad", country="JO", language="ar")


@pytest.fixture
def trainer(make_person: Callable[..., User]) -> User:
    return make_person("trainer@example.org", Role.TRAINER, name="Teresa Molina")


@pytest.fixture
def translator(make_person: Callable[..., User]) -> User:
    return make_person("translator@example.org", Role.TRANSLATOR, name="Tariq Aziz")


@pytest.fixture
def legal_reviewer(make_person: Callable[..., User]) -> User:
    return make_person("legal@example.org", Role.LEGAL_REVIEWER, name="Leonor Prado")


@pytest.fixture
def registrar(make_person: Callable[..., User]) -> User:
    """Programme staff."""
    return make_person("registrar@example.org", Role.PROGRAMME_STAFF, name="Rosa Ibáñez")


@pytest.fixture
def auditor(make_person: Callable[..., User]) -> User:
    return make_person("auditor@example.org", Role.AUDITOR, name="Arben Hoxha")


@pytest.fixture
def administrator(make_person: Callable[..., User]) -> User:
    return make_person("administrator@example.org", Role.ADMINISTRATOR, name="Ada Okafor")


@pytest.fixture
def load_law(db: None) -> Callable[[], None]:
    """Return a function that loads the treaties and provisions of the repository."""
    from courses.package.law import import_law

    return lambda: import_law(Path(settings.ROOT) / "courses" / "packages" / "law", actor=None) and None


@pytest.fixture
def browse() -> Callable[[User | None], Client]:
    """Return a function that gives a client signed in as a person, or as nobody."""

    def signed_in(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
