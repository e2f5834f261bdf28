"""The pages about oneself, and who sees what."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from accounts.choices import time_zone_names, usual_time_zone
from accounts.forms.profile import time_zone_choices
from accounts.models import User
from accounts.privacy import DATA_CLASSES, Kind, may_see

PATH = "/en/people/profile/"
ANSWERS = {
    "name": "Lucía Fernández Ortiz",
    "name_latin": "",
    "country": "MX",
    "role": "judge",
    "court": "Juzgado Quinto",
    "institution": "",
    "language": "es",
    "time_zone": "America/Tijuana",
    "sex": "female",
}


def test_a_person_changes_what_is_theirs_and_nothing_else(browse: Callable, judge: User) -> None:
    client = browse(judge)
    more = {"extra_time": "5.00", "is_staff": "on", "email": "x@example.org", "is_superuser": "on"}
    assert client.post(PATH, ANSWERS | more).status_code == 302
    judge.refresh_from_db()
    assert (judge.name, judge.court, judge.time_zone, judge.sex) == (
        "Lucía Fernández Ortiz",
        "Juzgado Quinto",
        "America/Tijuana",
        "female",
    )
    assert (judge.extra_time, judge.is_staff, judge.is_superuser) == (1, False, False)
    assert judge.email == "judge@example.org"


def test_the_form_says_why_the_sex_is_asked_and_who_sees_it(browse: Callable, judge: User) -> None:
    page = browse(judge).get(PATH).content.decode()
    assert "nobody sees your answer" in page
    assert "how many women and men were trained" in page


def test_the_next_page_is_in_the_language_just_chosen(browse: Callable, judge: User) -> None:
    answer = browse(judge).post(PATH, ANSWERS | {"language": "fr"})
    assert answer["Location"] == "/fr/people/profile/"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"country": "QQ"}, {"language": "xx"}, {"time_zone": "Mars/Base"}]
)
def test_wrong_values_are_refused(browse: Callable, judge: User, wrong: dict[str, str]) -> None:
    assert browse(judge).post(PATH, ANSWERS | wrong).status_code == 200
    judge.refresh_from_db()
    assert judge.name == "Lucía Fernández"


def test_countries_are_named_in_the_readers_language(browse: Callable, judge: User) -> None:
    client = browse(judge)
    assert "España" in client.get("/es/people/profile/").content.decode()
    assert "إسبانيا" in client.get("/ar/people/profile/").content.decode()
    assert "স্পেন" in client.get("/bn/people/profile/").content.decode()
    assert "Kosovo" in client.get("/es/people/profile/").content.decode()


def test_the_page_needs_a_sign_in(client: Client, db: None) -> None:
    assert client.get(PATH)["Location"] == f"/en/account/login/?next={PATH}"


def test_the_database_refuses_an_impossible_time_zone(judge: User) -> None:
    judge.time_zone = "Mars/Base"
    with pytest.raises(ValidationError):
        judge.full_clean()


def test_usual_time_zones_exist() -> None:
    for country in ("MX", "BD", "JO", "XK", "BR", "ES"):
        assert usual_time_zone(country) in time_zone_names()
    assert usual_time_zone("") == "UTC"


# --- who sees what -----------------------------------------------------------------------------
SEEN_BY = {
    Kind.ACCOUNT: {"registrar", "administrator"},
    Kind.SEX: set(),
    Kind.PROGRESS: {"registrar", "trainer", "auditor", "administrator"},
    Kind.ANSWERS: set(),
    Kind.ESSAYS: {"trainer"},
    Kind.ANSWER_FILES: {"trainer"},
    Kind.MARKINGS: {"trainer"},
    Kind.LATE_ANSWERS: {"registrar", "administrator"},
    Kind.VIGNETTES: set(),
    Kind.NOTES: set(),
    Kind.EXTRA_TIME: {"registrar", "administrator"},
    Kind.EXCEPTIONS: {"registrar", "administrator"},
    Kind.ROOMS: set(),
    Kind.STATISTICS: set(),
    Kind.CERTIFICATES: {"registrar", "auditor", "administrator"},
    Kind.AUDIT: {"auditor", "administrator"},
}
OTHERS = (
    "prosecutor",
    "outsider",
    "trainer",
    "translator",
    "registrar",
    "auditor",
    "administrator",
)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_table_is_the_law(kind: Kind, judge: User, request: pytest.FixtureRequest) -> None:
    for name in OTHERS:
        viewer = request.getfixturevalue(name)
        assert may_see(viewer=viewer, kind=kind, owner=judge) is (name in SEEN_BY[kind]), name
    assert may_see(viewer=judge, kind=kind, owner=judge) is (kind not in (Kind.AUDIT, Kind.STATISTICS))


def test_not_even_an_operator_reads_a_judges_answers(judge: User) -> None:
    operator = User.objects.create_superuser("root@example.org", "pw")
    for kind in (Kind.ANSWERS, Kind.NOTES, Kind.SEX, Kind.VIGNETTES, Kind.ROOMS):
        assert not may_see(viewer=operator, kind=kind, owner=judge)


def test_every_kind_is_explained_to_the_learner(client: Client, db: None) -> None:
    assert {row.key for row in DATA_CLASSES} == set(Kind)
    page = client.get("/en/privacy/").content.decode()
    for row in DATA_CLASSES:
        assert str(row.name) in page or row.key == Kind.ESSAYS


def test_time_zones_go_by_their_cities_in_the_readers_language() -> None:
    with translation.override("es"):
        zones = dict(time_zone_choices())
    assert ("America/Mexico_City", "Ciudad de México") in zones["América"]
    assert ("Atlantic/Azores", "Azores") in zones["Océano Atlántico"]
    assert {name for cities in zones.values() for name, _city in cities} == set(time_zone_names())
