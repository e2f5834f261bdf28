"""The law of any countries beside the treaties: one page, and the same as a file."""

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django_countries import countries

from accounts.models import User
from courses import law, law_across, regions
from courses.blocks import LessonBlocks
from courses.choices import LawTopic
from courses.models import Instrument, InstrumentArticle, LegalProvision

pytestmark = pytest.mark.django_db
PAGE = "/en/law/compare/"
FILE = PAGE + "comparison.csv"
SECRET = "Nobody has checked this sentence."
MANY = [path.stem for path in (Path(settings.ROOT) / "courses/packages/law/provisions").glob("*.yaml")]
Browse = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def treaty() -> None:
    treaty = Instrument.objects.create(
        slug="palermo-tip",
        source_language="en",
        title_en="Trafficking Protocol",
        source="https://example.org",
    )
    for slug, label in (("3a", "Article 3(a)"), ("3b", "Article 3(b)"), ("5", "Article 5")):
        InstrumentArticle.objects.create(
            instrument=treaty, slug=f"palermo-tip:{slug}", source_language="en",
            label_en=label, summary_en=f"{label} says so.",
        )  # fmt: skip


def provision(country: str = "MX", topic: str = "definition", **fields: Any) -> LegalProvision:
    values = {
        "law_name_original": f"Ley de {country}", "original_language": "es", "article": "Art. 10",
        "source_language": "es", "summary_es": f"Así dice {country}.", "summary_en": f"So says {country}.",
        "law_name_en": f"Law of {country}", "law_as_at": datetime.date(2024, 6, 7),
        "certainty": "known", "published": True,
    }  # fmt: skip
    return LegalProvision.objects.create(jurisdiction=country, topic=topic, **(values | fields))


def hidden(country: str = "MX", topic: str = "definition") -> LegalProvision:
    return provision(
        country,
        topic,
        published=False,
        unpublished_reason="No source.",
        summary_en=SECRET,
        certainty="doubtful",
    )


def asked(client: Client, query: str = "", page: str = PAGE) -> str:
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == 200
    return answer.text


def columns(html: str) -> list[str]:
    """Return the heads of the table's columns."""
    head = html.split("<thead")[1].split("</thead>")[0]
    return [part.split("<")[0] for part in head.split('scope="col">')[1:]]


def ticked(html: str) -> set[str]:
    boxes = [tag.split(">")[0] for tag in html.split('<input type="checkbox"')[1:]]
    return {box.split('value="')[1].split('"')[0] for box in boxes if box.endswith(" checked")}


# --- what is shown ---------------------------------------------------------------------------------
def test_a_visitor_compares_topics_and_countries_with_the_treaty_first(client: Client) -> None:
    for country in ("MX", "PE"):
        provision(country)
        provision(country, "penalty", summary_en=f"{country} punishes.")
    html = asked(client, "topic=penalty&topic=definition&country=PE&country=MX")
    assert columns(html) == ["Topic", "Treaties", "Peru", "Mexico"]
    order = ["Article 3(a) says so.", "So says PE.", "So says MX.", "Article 5 says so.", "PE punishes."]
    assert [html.index(words) for words in order] == sorted(html.index(words) for words in order)
    assert '<cite lang="es" dir="auto">Ley de PE</cite> Law of PE' in html
    assert "Law as at 7 June 2024." in html
    assert "General knowledge, high confidence" in html


def test_the_form_keeps_what_the_address_asks_for(client: Client) -> None:
    provision("MX")
    provision("BD")
    html = asked(client, "topic=consent&country=BD")
    assert ticked(html) == {"consent", "BD"}
    assert '<details class="fold filters mt">' in html
    assert "Countries: Americas" in html
    assert "Countries: Asia" in html
    assert "comparison.csv?topic=consent&amp;country=BD" in html


def test_what_is_not_verified_is_said_and_never_shown(client: Client) -> None:
    hidden("MX")
    provision("PE")
    hidden("PE")
    html = asked(client, "topic=definition&country=MX&country=PE")
    assert SECRET not in html + asked(client, "topic=definition&country=MX", FILE)
    assert html.count("What we hold is not verified, and not shown.") == 1
    assert html.count("What else we hold is not verified, and not shown.") == 1


def test_a_topic_of_which_nothing_is_held_says_so(client: Client) -> None:
    provision("MX")
    html = asked(client, "topic=smuggling&country=MX")
    assert "No provision is held for this topic." in html
    assert "The article of the treaty is not held yet." in html


def test_law_that_is_past_or_to_come_is_not_compared(client: Client) -> None:
    provision("MX", valid_to=datetime.date(2001, 1, 1), summary_en="The old law.")
    provision("MX", valid_from=datetime.date(2999, 1, 1), summary_en="The law to come.")
    provision("MX", summary_en="The law of today.")
    html = asked(client, "country=MX")
    assert "The law of today." in html
    assert "The old law." not in html + asked(client, "country=MX", FILE)
    assert "The law to come." not in html


def test_a_text_that_is_to_be_checked_carries_the_warning_and_a_source_its_address(client: Client) -> None:
    provision("MX", certainty="uncertain", source="Report of 2021, https://example.org/report")
    html = asked(client, "country=MX")
    assert "<b>To be checked before use.</b>" in html
    assert '<a href="https://example.org/report"><bdi>Report of 2021</bdi></a>' in html


def test_the_source_is_told_in_the_readers_language_and_says_where_it_is_not(client: Client) -> None:
    provision("MX", source_es="Diario oficial", source_en="Official gazette")
    assert "<bdi>Diario oficial</bdi>" in asked(client, "country=MX", "/es/law/compare/")
    assert '<bdi><span lang="es" dir="ltr">Diario oficial</span></bdi>' in asked(
        client, "country=MX", "/ar/law/compare/"
    )


def test_words_in_another_language_say_which_in_an_arabic_page(client: Client) -> None:
    provision("MX", summary_en="")
    html = asked(client, "country=MX", "/ar/law/compare/")
    assert 'dir="rtl"' in html
    assert '<span lang="es" dir="ltr">Así dice MX.</span>' in html


# --- what nobody chose, and what is not known ---------------------------------------------------------
def test_without_a_choice_the_form_is_open_above_ones_own_law(browse: Browse, judge: User) -> None:
    provision("MX")
    provision("PE")
    judge.country = "MX"
    judge.save()
    html = asked(browse(judge))
    assert '<details class="fold filters mt" open>' in html
    assert ticked(html) == {"definition", "means_children", "consent", "MX"}
    assert columns(html) == ["Topic", "Treaties", "Mexico"]


def test_a_visitor_without_a_choice_sees_the_treaties_and_what_to_do(client: Client) -> None:
    provision("MX")
    html = asked(client)
    assert columns(html) == ["Topic", "Treaties"]
    assert "Choose one or more countries" in html


def test_a_country_of_which_nothing_is_held_is_told_so_plainly(browse: Browse, judge: User) -> None:
    judge.country = "CL"
    judge.save()
    assert "We hold no provision of the law of Chile yet." in asked(browse(judge))


@pytest.mark.parametrize(
    "query",
    ["topic=opinion&country=ZZ", "topic=%00&country=%3Cscript%3E", "country=FR", "country=&topic="],
)
def test_what_is_unknown_in_the_address_is_left_out(client: Client, query: str) -> None:
    provision("MX")
    assert columns(asked(client, query)) == ["Topic", "Treaties"]
    assert columns(asked(client, query + "&country=mx&country=MX")) == ["Topic", "Treaties", "Mexico"]
    assert "<script>" not in asked(client, query)


# --- what it costs ------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", [PAGE, FILE])
def test_at_most_six_queries_however_many_countries_and_topics(
    browse: Browse, judge: User, page: str
) -> None:
    for country in MANY:
        for topic in LawTopic.values:
            provision(country, topic)
    client = browse(judge)
    counts = []
    for chosen in (MANY[:1], MANY):
        query = "&".join([f"country={code}" for code in chosen] + [f"topic={t}" for t in LawTopic.values])
        with CaptureQueriesContext(connection) as found:
            asked(client, query, page)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 6, [query["sql"][:90] for query in found]


# --- the file -----------------------------------------------------------------------------------------
def rows_of(client: Client, query: str) -> list[list[str]]:
    answer = client.get(f"{FILE}?{query}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_holds_the_treaty_the_countries_and_what_is_not_shown(client: Client) -> None:
    provision("MX", scope="wider", scope_note_en="No means.")
    hidden("PE")
    head, treaty, mexico, peru, last = rows_of(client, "topic=definition&country=MX&country=PE")
    assert {len(row) for row in (head, treaty, mexico, peru)} == {12}
    assert treaty[1:4] == ["Trafficking Protocol", "Article 3(a)", "Article 3(a) says so."]
    assert mexico[1:9] == [
        "Mexico", "Art. 10", "So says MX.", "Wider than the treaty", "No means.",
        "Ley de MX", "Law of MX", "2024-06-07",
    ]  # fmt: skip
    assert peru[1:4] == ["Peru", "", "Not verified, not shown."]
    assert last == ["# rows: 3"]


def test_a_text_in_the_file_is_never_a_formula(client: Client) -> None:
    provision("MX", summary_en="=1+1", article="@SUM(A1)")
    line = rows_of(client, "topic=definition&country=MX")[2]
    assert line[2:4] == ["'@SUM(A1)", "'=1+1"]


# --- ways in ------------------------------------------------------------------------------------------
def test_the_law_block_leads_on_with_its_topics_its_country_and_the_readers_language() -> None:
    InstrumentArticle.objects.update(topics=["definition", "consent"])
    block = LessonBlocks().child_blocks["law_comparison"]
    value = {"topics": ["definition", "consent"], "article": "palermo-tip:3a"}
    context = {"block_id": "b1", "heading": "h3", "reader_language": "ar", "jurisdiction": "MX"}
    with translation.override("es"):
        html = str(block.render(block.normalize(value), context))
    assert 'href="/ar/law/compare/?topic=definition&amp;topic=consent&amp;country=MX"' in html


@pytest.mark.parametrize("page", ["/en/courses/", "/en/help/"])
def test_the_catalogue_and_the_foot_of_every_page_lead_to_it(client: Client, page: str) -> None:
    assert f'href="{PAGE}"' in client.get(page).text


# --- names and groups ------------------------------------------------------------------------------------
def test_countries_stand_in_the_order_of_a_dictionary_in_each_language() -> None:
    with translation.override("fr"):
        names = [name for _code, name in law.named(["ES", "EC", "ET", "EE"])]
    assert names == ["Équateur", "Espagne", "Estonie", "Éthiopie"]


def test_every_country_lies_in_a_region_that_has_a_name_in_each_language() -> None:
    codes = {code for code, _name in countries}
    assert {code for code in codes if regions.region_of(code) == regions.WORLD} == {"AQ"}
    for language in ("en", "es", "pt", "fr", "ar", "bn"):
        with translation.override(language):
            grouped = regions.by_region(law.named(["MX", "BD", "XK", "KE", "FJ", "AQ"]))
        assert len({name for name, _pairs in grouped}) == 6


def test_every_topic_has_its_treaty() -> None:
    assert set(law_across.TREATIES) == set(LawTopic.values)
