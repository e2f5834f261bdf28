"""The law that comes with the courses: every country, every topic, every language that was promised."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from courses.choices import LawTopic
from courses.law_across import TREATIES
from courses.package.yaml_text import load

LAW = Path(settings.ROOT) / "courses" / "packages" / "law"
COUNTRIES = sorted(path.stem for path in (LAW / "provisions").glob("*.yaml"))
LANGUAGES = {code for code, _name in settings.LANGUAGES}
MORE = {"BR": "pt", "BD": "bn"}


def held(name: str) -> Any:
    return load((LAW / name).read_bytes())[0]


def test_the_law_of_23_jurisdictions_is_held() -> None:
    assert len(COUNTRIES) == 23


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_has_every_topic_in_the_languages_of_its_readers(country: str) -> None:
    rows = held(f"provisions/{country}.yaml")["provisions"]
    assert {row["topic"] for row in rows} == set(LawTopic.values)
    wanted = {"es", "en"} | ({MORE[country]} if country in MORE else set())
    for row in rows:
        for field in ("summary", "law_name", "scope_note"):
            assert not row[field] or wanted <= set(row[field]), (row["key"], field)
        assert row["law_name_original"]
        assert row["source"]
        assert row["law_as_at"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_is_uncertain_is_hidden_and_says_why(country: str) -> None:
    for row in held(f"provisions/{country}.yaml")["provisions"]:
        assert row["published"] == (row["certainty"] in ("verified", "known")), row["key"]
        assert row["published"] or row["unpublished_reason"], row["key"]


def test_the_treaties_stand_in_all_six_languages() -> None:
    for instrument in held("instruments.yaml")["instruments"]:
        assert set(instrument["title"]) == set(instrument["short_title"]) == LANGUAGES, instrument["slug"]
        for article in instrument["articles"]:
            assert set(article["label"]) == set(article["summary"]) == LANGUAGES, article["slug"]


def test_the_articles_that_head_a_comparison_are_held_and_deal_with_the_topic() -> None:
    articles = {
        article["slug"]: article
        for instrument in held("instruments.yaml")["instruments"]
        for article in instrument["articles"]
    }
    for topic, slugs in TREATIES.items():
        assert all(topic in articles[slug]["topics"] for slug in slugs), topic


@pytest.mark.parametrize("language", ["pt", "fr", "ar", "bn"])
def test_smuggling_is_never_called_trafficking(language: str) -> None:
    """The words of the two Protocols are kept apart in every language."""
    trafficking = {"pt": "tráfico de pessoas", "fr": "traite ", "ar": "الاتجار", "bn": "মানব পাচার"}[language]
    smuggling = next(one for one in held("instruments.yaml")["instruments"] if one["slug"] == "palermo-som")
    for article in smuggling["articles"]:
        assert trafficking not in article["summary"][language].lower(), article["slug"]
