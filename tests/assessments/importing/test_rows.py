"""Items become rows and rows items, and nothing is lost but the names of the rows."""

import io
from dataclasses import replace
from functools import partial
from unittest.mock import ANY

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.importing.items import item_of
from assessments.importing.rows import rows_of
from assessments.importing.words import html_of, plain_of
from assessments.interchange import Item, read, write
from assessments.interchange.draft import SHUFFLED
from assessments.keys import can_be_marked
from assessments.models import Category, Option, QuestionVersion
from assessments.models.options import columns_of_others
from tests.assessments.interchange.making import KINDS, items
from tests.questions import EVERY_KIND

QUICK = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def version_in_memory(item):
    """The rows of an item put together as if they were stored."""
    rows = rows_of(item)
    rows.question.category = Category(slug="x", name_en="X")
    version = rows.version
    version.options = rows.options
    return version, rows


def texts_of(record, names):
    columns = columns_of_others(names, set())
    return {column: getattr(record, column) or "" for column in columns}


def shape(version):
    """All that rows say, with the keys replaced by places."""
    # the order matters within a role
    options = sorted(version.options.all(), key=lambda option: option.role)
    places = {str(option.key): f"row {at}" for at, option in enumerate(options)}
    matches = dict.fromkeys(str(option.match_key) for option in options if option.match_key)
    places |= {key: f"answer {at}" for at, key in enumerate(matches)}

    def named(value):
        if isinstance(value, dict):
            return {places.get(str(key), key): named(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [named(inner) for inner in value]
        return places.get(value, value) if isinstance(value, str) else value

    question = version.question
    return {
        "about": (question.name, question.objective, question.difficulty),
        "kind": version.kind,
        "form": version.text_form,
        "language": version.source_language,
        "marking": named(version.marking or {}),
        "texts": texts_of(version, QuestionVersion.TRANSLATED),
        "options": [
            (
                option.role,
                places.get(option.belongs_to, option.belongs_to),
                option.correct,
                option.fraction,
                option.match_key and places[str(option.match_key)],
                option.source_language,
                texts_of(option, Option.TRANSLATED),
            )
            for option in options
        ],
    }


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(st.data())
def test_an_item_comes_back_from_rows_as_it_was_but_for_the_way_of_writing_paragraphs(kind, data):
    item = data.draw(items(kind, rich=data.draw(st.booleans())))
    version, rows = version_in_memory(item)
    found = item_of(version, tags=rows.tags, files=files_of(item))
    again, more = version_in_memory(found)
    assert can_be_marked(version)
    assert not rows.notices
    assert (shape(again), sorted(more.tags)) == (shape(version), sorted(rows.tags))
    # plain texts say the same in the bank's own way; HTML stays as it is to the letter
    same = found if version.text_form == "html" else replace(found, **texts_only(item))
    expected = replace(item, category=found.category, tags=tuple(sorted(item.tags)))
    assert same == expected


def files_of(item):
    return {media.name: partial(bytes, media.content) for media in item.media}


def texts_only(item):
    """The fields of an item that hold texts alone."""
    names = ("stem", "passage", "options", "answers", "gaps", "replies", "feedback", "reason", "authority")
    names += ("when_right", "when_partly", "when_wrong", "hints", "marker_notes")
    return {name: getattr(item, name) for name in names}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_our_own_spreadsheet_brings_every_kind_back_to_the_same_rows(make_kind, kind):
    """Only the rubric of an essay of the first release, which stood in its marking, becomes rows."""
    version = make_kind(kind, feedback_en="In **general**.\n\nMore of it.", reason_es="Porque sí.")
    Option.objects.create(
        version=version, role="hint", sort_order=90, text_en="Think of *article 3*.", text_es="Piense."
    )
    Option.objects.create(version=version, role="when_wrong", sort_order=91, text_en="Read it again.")
    version.marking = (version.marking or {}) | {"penalty": "1/4"}
    if kind in SHUFFLED:
        version.marking["shuffle"] = False
    version.save()
    version.question.name, version.question.objective = "Elements 1", "A1.2"
    version.question.save()
    before = QuestionVersion.objects.get(pk=version.pk)
    written = write("sheet", [item_of(before, tags=["b", "a"])])
    assert not written.notices
    [entry] = read(io.BytesIO(written.content))
    assert isinstance(entry, Item), entry
    once, rows = version_in_memory(entry)
    assert rows.tags == ("a", "b")
    [again] = read(io.BytesIO(write("sheet", [item_of(once)]).content))
    twice, _rows = version_in_memory(again)
    assert shape(once) == shape(twice)
    assert shape(once) == shape(before) | ({"options": ANY, "marking": ANY} if kind == "essay" else {})


@QUICK
@given(st.text("ab *_-1.)[]()<>&'\"\n{}|\\#", max_size=40))
def test_plain_text_written_as_html_is_the_same_plain_text(text):
    html = html_of(text)
    plain = plain_of(html)
    if plain is not None:
        assert html_of(plain) == html


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("Who?", "Who?"),
        ("<p>Who?</p>", "Who?"),
        ("<p>Facts.</p><p>Who <em>pays</em>?</p>", "Facts.\n\nWho *pays*?"),
        ("One.<br><br>Two.", "One.\n\nTwo."),
        ("<ul><li>a</li><li><strong>b</strong></li></ul>", "- a\n- **b**"),
        ("<ol><li>a</li><li>b</li></ol><p>Which?</p>", "1. a\n2. b\n\nWhich?"),
        ('<p>See <a href="https://x.org/a">this</a>.</p>', "See [this](https://x.org/a)."),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("one<br>two", None),
        ('<p dir="rtl">x</p>', None),
        ("<table><tbody><tr><td>x</td></tr></tbody></table>", None),
        ('<img src="media:a.png">', None),
        ("**not bold**", None),
        ("<p>- not a list</p>", None),
        ("[[a term]]", None),
        ("x<sup>2</sup>", None),
    ],
)
def test_html_becomes_plain_text_only_where_nothing_is_lost(html, plain):
    assert plain_of(html) == plain


def test_a_text_within_a_line_is_one_paragraph():
    assert plain_of("<p>a</p><p>b</p>", in_line=True) is None
    assert plain_of("<p>a</p>", in_line=True) == "a"


def test_a_language_that_the_site_does_not_have_is_named():
    item = Item("essay", "de", {}, stem={"de": "Warum?"})
    rows = rows_of(item)
    assert rows.version.stem_en == "Warum?"
    assert [(one.code, one.values["name"]) for one in rows.notices] == [("language_taken", "de")]
    both = Item("essay", "de", {}, stem={"de": "Warum?", "es": "¿Por qué?"})
    rows = rows_of(both)
    assert (rows.version.source_language, rows.version.stem_es) == ("es", "¿Por qué?")
    assert [one.code for one in rows.notices] == ["language_left"]


def test_what_is_too_long_for_the_bank_is_named():
    rows = rows_of(Item("essay", "en", {}, stem={"en": "Why?"}, name="n" * 300, difficulty="deadly"))
    assert len(rows.question.name) == 200
    assert [one.code for one in rows.notices] == ["shortened", "settings"]
