"""Numbers and statements: pure, without a database."""

import datetime
import uuid
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import numbers
from certificates.pdf import Signatory as PrintedSignatory
from certificates.statements import Printed, Signatory, Statement, in_language


def test_a_number_has_the_year_and_no_character_that_is_mistaken_for_another():
    number = numbers.new_number(2026)
    year, first, second = number.split("-")
    assert year == "2026"
    assert len(first) == len(second) == 4
    assert not set(first + second) & set("01IO")
    assert set(first + second) <= set(numbers.ALPHABET)


@given(st.integers(1000, 9999))
def test_every_number_is_its_own_canonical_form(year):
    number = numbers.new_number(year)
    assert numbers.canonical(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "2026-7F3K-9QXD",
        "2026 7f3k 9qxd",
        "20267F3K9QXD",
        " 2026–7F3K—9QXD ",
        "2O26-7F3K-9QXD",  # the letter O in the year
        "2026-7F3K-9OXD",  # an O after the year can only be a Q
        "2026-7f3k-90xd",
        "２０２６-7F3K-9QXD",  # full-width digits
        "٢٠٢٦-7F3K-9QXD",
        "২০২৬ 7F3K 9QXD",
        "\u20662026-7F3K-9QXD\u2069",
    ],
)
def test_what_people_type_is_understood(typed):
    assert numbers.canonical(typed) == "2026-7F3K-9QXD"


@pytest.mark.parametrize("typed", ["", "hello", "2026-7F3K-9QX", "2026-7F3K-9QXDD", "ABCD-7F3K-9QXD", "²026"])
def test_what_cannot_be_a_number_is_none(typed):
    assert numbers.canonical(typed) is None


@given(st.text())
def test_no_text_breaks_the_reading_of_a_number(typed):
    assert numbers.canonical(typed) is None or len(numbers.canonical(typed)) == 14
    shown = numbers.shown(typed)
    assert len(shown) <= numbers.LONGEST_TYPED
    assert not set(shown) & set("/?#%\\<>&\"'\n")


FULL = Statement(
    award_key=uuid.UUID(int=7),
    name="القاضية فاطمة",
    latin_name="Fatima",
    course_code="TIP-101",
    course_titles={"es": "Trata de personas", "en": "Trafficking in persons"},
    hours=Decimal("18.5"),
    completed_on=datetime.date(2026, 11, 14),
    languages=("es", "en"),
    issuer={"en": "Judicial Learning", "es": "Formación Judicial"},
    signatories=(Signatory(name="Helena Duarte", office={"en": "Director", "es": "Directora"}),),
    place="Panamá",
    wording={"en": "In six modules."},
    syllabus_version=3,
    grade_band="with distinction",
    valid_until=datetime.date(2028, 11, 14),
)


def test_a_statement_survives_being_kept():
    assert Statement.from_json(FULL.to_json()) == FULL


def test_the_printed_words_survive_being_kept():
    words = Printed(
        organisation="o",
        title="t",
        lead="l",
        statement="s",
        course="c",
        detail="d",
        issued_line="i",
        number_label="n",
        verify_label="v",
        signatories=(PrintedSignatory(name="a", office="b"),),
    )
    assert Printed.from_json(words.to_json()) == words


def test_words_fall_back_to_any_language():
    assert in_language({"es": "Hola"}, "en") == "Hola"
    assert in_language({"es": "Hola", "en": "Hello"}, "en") == "Hello"
    assert in_language("Hello", "es") == "Hello"
    assert in_language({}, "es") == ""
