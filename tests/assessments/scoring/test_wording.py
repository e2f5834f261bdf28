"""Short answers: what counts as the same word."""

import pytest

from assessments.scoring import SpecError, read_key, score
from assessments.scoring.wording import normal_form


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("Situación de Vulnerabilidad", "situacion de vulnerabilidad"),
        ("  abuse   of power. ", "abuse of power"),
        ("l’exploitation", "l'exploitation"),
        ("coação", "coacao"),
        ("œuvre", "oeuvre"),
        ("article ٣", "article 3"),
        ("অনুচ্ছেদ ৩", "অনুচ্ছেদ 3"),
        ("الإكراه", "الاكراه"),
        ("اَلْقُوَّة", "القوة"),
        ("القوه", "القوة"),
        ("إســتغلال", "استغلال"),
        ("مستشفى", "مستشفي"),
        ("\u200fالقوة", "القوة"),
        ("ড\u09bc", "\u09dc"),
        ("হঠাত\u09cd\u200d", "হঠাৎ"),
        ("ﻻ", "لا"),
        ("أحكام", "احكام"),
        ("شؤون", "شوون"),
        ("٪ ٢٥", "% 25"),
        ("ছ\u0981ো", "ছো\u0981"),
        ("দু:খ", "দুঃখ"),
        ("অ\u09beইন", "আইন"),
        ("ব\u09bcায়", "রায়"),
        ("ক\u09c7\u09beর্ট", "কোর্ট"),
        ("বিচার\u200cক", "বিচারক"),
        ("१८", "18"),
        ("co-operation", "co–operation"),
    ],
)
def test_ways_of_typing_the_same_are_the_same(typed, accepted):
    assert normal_form(typed) == normal_form(accepted)


@pytest.mark.parametrize(
    ("one", "other"),
    [("কাল", "কল"), ("বাংলা", "বংল"), ("means", "mean"), ("قوة", "قوات"), ("", "a")],
)
def test_different_words_stay_different(one, other):
    assert normal_form(one) != normal_form(other)


def test_case_and_accents_count_when_the_author_says_so():
    key = {"accepted": {"fr": ["Traité"]}, "case": True, "accents": True}
    assert score("short", key, {"text": "Traité"}).fraction == 1
    assert score("short", key, {"text": "traité"}).fraction == 0
    assert score("short", key, {"text": "Traite"}).fraction == 0


def test_case_and_accents_may_count_in_one_language_and_not_in_another():
    key = {
        "accepted": {"fr": ["Traité"], "es": ["Convención"]},
        "case": {"fr": True},
        "accents": {"fr": True, "es": False},
    }
    for text, fraction in {"Traité": 1, "traité": 0, "Traite": 0, "convencion": 1}.items():
        assert score("short", key, {"text": text}).fraction == fraction, text


def test_vowel_points_count_in_arabic_only_when_the_author_says_so():
    key = {"accepted": {"ar": ["عَدل"]}, "accents": {"ar": True}}
    assert score("short", key, {"text": "عَدل"}).fraction == 1
    assert score("short", key, {"text": "عدل"}).fraction == 0
    assert score("short", {"accepted": {"ar": ["عَدل"]}}, {"text": "عدل"}).fraction == 1


def test_a_star_with_a_backslash_is_a_star():
    key = {"accepted": {"en": [r"art. 3\*", r"\*\** note"]}}
    assert score("short", key, {"text": "Art. 3*"}).fraction == 1
    assert score("short", key, {"text": "Art. 34"}).fraction == 0
    assert score("short", key, {"text": "** a note"}).fraction == 1


def test_many_stars_take_no_longer_than_few():
    key = {"accepted": {"en": ["a*" * 400 + "b"]}}
    assert score("short", key, {"text": "a" * 1000}).fraction == 0
    assert score("short", key, {"text": "a" * 999 + "b"}).fraction == 1


def test_a_form_of_any_language_counts_in_every_language():
    key = {"accepted": {"es": ["trata"], "en": ["trafficking"]}}
    for language in ("en", "es", "ar"):
        assert score("short", key, {"text": "Trata"}, language=language).fraction == 1


def test_the_best_matching_form_counts():
    key = {"accepted": {"en": [{"text": "*vulnerab*", "fraction": "1/2"}, "*position*vulnerab*"]}}
    assert score("short", key, {"text": "abuse of a position of vulnerability"}).fraction == 1
    assert str(score("short", key, {"text": "vulnerable"}).fraction) == "1/2"
    assert score("short", key, {"text": "force"}).fraction == 0


@pytest.mark.parametrize(
    ("pattern", "typed", "fraction"),
    [("ab*ba", "aba", 0), ("ab*ba", "abba", 1), ("*", "", 0), ("a*", "a", 1), ("*b*b*", "b", 0)],
)
def test_a_star_never_uses_a_letter_twice(pattern, typed, fraction):
    key = {"accepted": {"en": [pattern, "x"]}} if pattern != "*" else {"accepted": {"en": ["x"]}}
    assert score("short", key, {"text": typed}).fraction == fraction


@pytest.mark.parametrize(
    "accepted",
    [
        {},
        {"en": []},
        {"en": ["*"]},
        {"en": [" . "]},
        {"en": "word"},
        {"en": [{"text": "word", "fraction": "1/2"}]},
        {"en": [{"text": "word", "fraction": "2"}]},
        {"en": [3]},
    ],
)
def test_accepted_forms_that_cannot_mark_are_refused(accepted):
    with pytest.raises(SpecError):
        read_key("short", {"accepted": accepted})
