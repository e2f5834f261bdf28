"""The treaty beside the law of one country."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from courses import law
from courses.blocks import LessonBlocks
from courses.models import Instrument, InstrumentArticle, LegalProvision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treaty() -> None:
    instrument = Instrument.objects.create(
        slug="palermo-tip", source_language="en", title_en="Trafficking in Persons Protocol",
        short_title_en="Palermo Protocol",
    )  # fmt: skip
    for slug, label, topics in (
        ("3", "Article 3", ["definition", "consent", "means_children"]),
        ("3a", "Article 3(a)", ["definition"]),
        ("3b", "Article 3(b)", ["consent"]),
        ("30", "Article 30", ["consent"]),
    ):
        InstrumentArticle.objects.create(
            instrument=instrument, slug=f"palermo-tip:{slug}", source_language="en",
            label_en=label, summary_en=f"{label} says so.", topics=topics,
        )  # fmt: skip


def provision(**fields: Any) -> LegalProvision:
    values = {
        "jurisdiction": "MX", "topic": "definition", "law_name_original": "Ley General",
        "original_language": "es", "article": "Art. 10", "source_language": "es",
        "summary_es": "No exige medio.", "law_as_at": datetime.date(2024, 6, 7),
        "certainty": "known", "published": True,
    }  # fmt: skip
    return LegalProvision.objects.create(**(values | fields))


def table(*topics: str, country: str = "MX") -> law.LawTable:
    return law.compare(article="palermo-tip:3", topics=topics, jurisdiction=country)


def draw(country: str, *topics: str) -> str:
    block = LessonBlocks().child_blocks["law_comparison"]
    value = {"heading": "Law", "topics": list(topics), "article": "palermo-tip:3"}
    context = {
        "block_id": "b1",
        "heading": "h3",
        "language": "en",
        "reader_language": "en",
        "jurisdiction": country,
    }
    return str(block.render(block.normalize(value), context))


def test_a_row_shows_the_paragraph_that_deals_with_the_topic() -> None:
    rows = table("definition", "consent", "means_children", "penalty").rows
    assert [row.article.slug for row in rows if row.article] == [
        "palermo-tip:3a", "palermo-tip:3b", "palermo-tip:3", "palermo-tip:3",
    ]  # fmt: skip


def test_article_30_is_no_paragraph_of_article_3() -> None:
    InstrumentArticle.objects.filter(slug="palermo-tip:3b").delete()
    assert table("consent").rows[0].article.slug == "palermo-tip:3"


def test_only_what_is_shown_and_in_force_is_beside_the_treaty() -> None:
    shown = provision()
    provision(published=False, unpublished_reason="To be checked.")
    provision(valid_to=datetime.date(2001, 1, 1))
    provision(valid_from=datetime.date(2999, 1, 1))
    provision(jurisdiction="BD")
    assert table("definition").rows[0].provisions == (shown,)


def test_wider_law_is_marked_in_words_with_its_note() -> None:
    provision(scope="wider", scope_note_es="No exige medios.", scope_note_en="It requires no means.")
    html = draw("MX", "definition")
    assert "<mark>Wider than the treaty</mark>: It requires no means." in html
    assert "Law as at 7 June 2024." in html
    assert "Not yet reviewed by a national expert." in html


def test_a_text_in_another_language_says_which() -> None:
    provision()
    assert '<span lang="es" dir="ltr">No exige medio.</span>' in draw("MX", "definition")


def test_a_country_of_which_nothing_is_held_is_told_so_plainly() -> None:
    html = draw("PY", "definition")
    assert "We hold no provision of the law of Paraguay" in html


def test_a_reader_without_a_country_is_asked_to_choose_one() -> None:
    provision()
    html = draw("", "definition")
    assert "You have not said which country" in html
    assert '<option value="MX">Mexico</option>' in html
    assert 'method="get"' in html


def test_another_country_may_be_looked_at_and_the_one_shown_is_chosen() -> None:
    provision()
    provision(jurisdiction="BD", reviewer="Prof. A. Expert")
    html = draw("BD", "definition")
    assert '<option value="BD" selected>Bangladesh</option>' in html
    assert "Reviewed by Prof. A. Expert." in html


def test_the_table_costs_three_queries_however_many_topics(django_assert_num_queries: Any) -> None:
    for topic in ("definition", "consent", "penalty"):
        provision(topic=topic)
    with django_assert_num_queries(3):
        table("definition", "consent", "penalty", "means_children", "smuggling")


def test_a_hidden_provision_needs_a_reason_and_a_doubtful_one_stays_hidden() -> None:
    with pytest.raises(ValidationError, match="Say why"):
        LegalProvision(published=False).clean()
    with pytest.raises(ValidationError, match="doubtful"):
        LegalProvision(published=True, certainty="doubtful").clean()


def test_what_is_asked_for_must_be_a_country() -> None:
    assert law.is_country("MX")
    assert not law.is_country("ZZ")
    assert not law.is_country("")
