"""Numbers, dates and sizes as each language writes them."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from portal import formats

NIGHT = datetime.datetime(2026, 11, 27, 17, 59, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("code", "expected"), [("en", "12,345.5"), ("es", "12.345,5"), ("ar", "12,345.5")])
def test_a_number_follows_the_language_with_western_digits(code: str, expected: str) -> None:
    with translation.override(code):
        assert formats.number(Decimal("12345.50")) == expected


def test_exact_fractions_are_written_to_the_places_asked_for() -> None:
    with translation.override("en"):
        assert formats.number(Fraction(2, 3), 2) == "0.67"
        assert formats.number(Fraction(5, 2), 1) == "2.5"
        assert formats.number(100) == "100"
        assert formats.number(Decimal("3.00"), 1) == "3"


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [(Fraction(165, 200), "83%"), (0, "0%"), (1, "100%"), (Decimal("0.704"), "70%")],
)
def test_a_percentage_is_whole_and_half_goes_up(fraction: formats.Number, expected: str) -> None:
    with translation.override("en"):
        assert formats.percent(fraction) == expected


@pytest.mark.parametrize(("code", "mark"), [("en", ""), ("ar", "\u200e")])
def test_a_minus_stays_with_its_number_where_words_go_from_right_to_left(code: str, mark: str) -> None:
    with translation.override(code):
        assert formats.percent(Fraction(-7, 100)) == f"{mark}-7%"
        assert formats.number(Decimal("-0.19"), 2) == f"{mark}-0.19"
        assert formats.percent(Fraction(7, 100)) == "7%"


def test_dates_are_british_in_english_and_native_elsewhere() -> None:
    with translation.override("en"):
        assert formats.day(NIGHT) == "27 November 2026"
    with translation.override("es"):
        assert formats.day(NIGHT) == "27 de noviembre de 2026"


def test_a_moment_is_told_in_the_readers_zone_on_a_24_hour_clock() -> None:
    with translation.override("en"), timezone.override("Asia/Dhaka"):
        assert formats.clock(NIGHT) == "23:59"
        assert formats.moment(NIGHT) == "27 November 2026, 23:59"
        assert formats.deadline(NIGHT) == "27 November 2026, 23:59 (Dhaka time)"
    with translation.override("en"), timezone.override("UTC"):
        assert formats.deadline(NIGHT).endswith("17:59 (UTC)")


def test_french_counts_the_first_of_a_month_and_no_other_day() -> None:
    with translation.override("fr"):
        assert formats.day(datetime.date(2026, 11, 1)) == "1er novembre 2026"
        assert formats.short_day(datetime.date(2026, 11, 1)) == "1er nov. 2026"
        assert formats.day(datetime.date(2026, 11, 11)) == "11 novembre 2026"
    with translation.override("es"):
        assert formats.day(datetime.date(2026, 11, 1)) == "1 de noviembre de 2026"


def test_a_time_zone_goes_by_its_city_in_the_readers_language() -> None:
    with translation.override("es"):
        assert formats.time_zone("America/Mexico_City") == "Ciudad de México"
        assert formats.time_zone("UTC") == "UTC"


def test_the_day_is_the_readers_day() -> None:
    late = datetime.datetime(2026, 11, 27, 20, 0, tzinfo=datetime.UTC)
    with translation.override("en"), timezone.override("Asia/Dhaka"):
        assert formats.day(late) == "28 November 2026"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(1, "1 minute"), (15, "15 minutes"), (60, "1 hour"), (95, "1 hour 35 minutes"), (0, "0 minutes")],
)
def test_lengths_of_time_are_words(minutes: int, expected: str) -> None:
    with translation.override("en"):
        assert formats.duration(minutes) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (84_000, "84 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (2_140_000, "2.1 MB"),
        (3_000_000_000, "3 GB"),
    ],
)
def test_sizes_are_in_the_unit_a_reader_would_choose(size: int, expected: str) -> None:
    with translation.override("en"):
        assert formats.file_size(size) == expected


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["en", "es", "pt", "fr", "ar", "bn"]))
def test_no_size_is_ever_written_with_a_thousand_of_its_unit(size: int, code: str) -> None:
    with translation.override(code):
        written = formats.file_size(size)
    digits = "".join(character for character in written if character.isdigit())
    assert digits.isascii()
    assert len(digits) <= 4
