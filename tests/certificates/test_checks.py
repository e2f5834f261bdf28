"""The check at the start: a language whose letters no font draws is refused."""

import json
import subprocess
import sys

import pytest
from django.core.checks import Error, Tags, Warning, run_checks
from django.test import override_settings

from certificates.checks import languages_can_be_drawn
from certificates.pdf.coverage import LETTERS, letters_of, missing_letters

# the languages of the programme's countries, and those of their judges' names
SPOKEN = (
    *("en", "es", "pt", "fr", "ht", "sq", "bs", "id", "fil", "vi", "sw", "mk", "sr", "uk"),
    *("ar", "fa", "ur", "dv", "bn", "ne", "hi", "th"),
)


def test_the_site_as_it_is_passes():
    assert languages_can_be_drawn() == []


@pytest.mark.parametrize("code", SPOKEN)
def test_a_face_draws_every_letter_of_each_language(code):
    assert letters_of(code)
    assert missing_letters(code) == frozenset()


@pytest.mark.parametrize(
    ("code", "letter"), [("zh-hans", "一"), ("ja", "々"), ("ko", "가"), ("he", "א"), ("ta", "அ"), ("am", "ሀ")]
)
def test_a_language_without_a_font_is_refused_with_its_letters(code, letter):
    with override_settings(LANGUAGES=[("en", "English"), (code, "Another")]):
        (problem,) = [
            found for found in run_checks(tags=[Tags.translation]) if found.id == "certificates.E001"
        ]
    assert isinstance(problem, Error)
    assert f"“{code}”" in problem.msg
    assert letter in problem.msg
    assert "CONTRIBUTING" in problem.hint


def test_a_language_that_nobody_knows_is_warned_of():
    with override_settings(LANGUAGES=[("xx", "Unheard of")]):
        (problem,) = languages_can_be_drawn()
    assert isinstance(problem, Warning)
    assert "“xx”" in problem.msg


def test_variants_of_a_language_are_found():
    assert letters_of("pt-br") == letters_of("pt")
    assert letters_of("zh-hans") == letters_of("zh")
    assert letters_of("tl") == letters_of("fil")
    assert "ђ" in letters_of("sr")
    assert "đ" in letters_of("sr-latn")
    assert "ђ" not in letters_of("sr-latn")


def test_capitals_and_digits_count_as_letters():
    assert {"Ñ", "ñ"} <= letters_of("es")
    assert {"۴", "گ"} <= letters_of("fa")
    assert "১" in letters_of("bn")


def test_the_table_names_its_source_and_licence():
    assert "CLDR" in json.loads(LETTERS.read_text())["source"]
    assert "Unicode License" in json.loads(LETTERS.read_text())["source"]


def test_the_check_loads_no_drawing_library():
    """It runs before every command, and they take two seconds."""
    code = (
        "import sys\n"
        "from certificates.pdf.coverage import missing_letters\n"
        "assert not missing_letters('bn')\n"
        "print(sorted({'xhtml2pdf', 'reportlab', 'pikepdf'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
