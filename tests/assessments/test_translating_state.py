"""What a translation is worth beside its source: from hashes alone, and from version to version."""

from hypothesis import given
from hypothesis import strategies as some

from assessments.translating_state import followed, is_same, state_of
from translation.readiness import State

WORDS = some.text(alphabet="ab \n", max_size=4)
LANGUAGES = ("en", "es", "ar")
WORDINGS = some.dictionaries(
    some.sampled_from(["stem", "option"]),
    some.fixed_dictionaries(dict.fromkeys(LANGUAGES, WORDS)),
    max_size=2,
)


def test_a_text_is_missing_current_or_stale():
    assert state_of("Who pays?", "") == State.MISSING
    assert state_of("Who pays?", " \n") == State.MISSING
    assert state_of("Who pays?", "¿Quién paga?") == State.CURRENT
    assert state_of("Who pays?", "¿Quién paga?", "Who paid?") == State.STALE


def test_line_ends_and_spaces_around_a_source_make_no_translation_stale():
    assert state_of("Who\npays?", "¿Quién paga?", " Who\r\npays?\n") == State.CURRENT


def test_a_translation_of_what_the_source_no_longer_says_is_stale_unless_it_stands_alone():
    assert state_of("", "¿Quién paga?") == State.STALE
    assert state_of("", "víctima", stands_alone=True) == State.CURRENT
    assert state_of("", "") == State.CURRENT


def test_what_may_be_blank_is_never_missing():
    assert state_of("victim", "", may_be_blank=True) == State.CURRENT
    assert state_of("victim", "víctima", "person", may_be_blank=True) == State.STALE


def test_a_translation_that_stayed_is_noted_with_what_the_source_said():
    before = {"stem": {"en": "Who paid?", "es": "¿Quién pagó?", "ar": ""}}
    after = {"stem": {"en": "Who pays?", "es": "¿Quién pagó?", "ar": ""}}
    assert followed({}, before, after, "en") == {"es": {"stem": "Who paid?"}}


def test_one_that_was_written_anew_is_made_from_the_present_source():
    before = {"stem": {"en": "Who paid?", "es": "¿Quién pagó?"}}
    after = {"stem": {"en": "Who pays?", "es": "¿Quién paga?"}}
    assert followed({"es": {"stem": "Who?"}}, before, after, "en") == {}


def test_the_first_wording_is_kept_while_the_source_changes_again():
    before = {"stem": {"en": "Who pays?", "es": "¿Quién pagó?"}}
    after = {"stem": {"en": "Who will pay?", "es": "¿Quién pagó?"}}
    noted = followed({"es": {"stem": "Who paid?"}}, before, after, "en")
    assert noted == {"es": {"stem": "Who paid?"}}
    back = {"stem": {"en": "Who paid?", "es": "¿Quién pagó?"}}
    assert followed(noted, after, back, "en") == {}


@given(WORDINGS)
def test_nothing_is_noted_where_nothing_changed(words):
    assert followed({}, words, words, "en") == {}


@given(WORDINGS, WORDINGS)
def test_what_is_noted_is_exactly_what_is_stale(before, after):
    noted = followed({}, before, after, "en")
    for name, words in after.items():
        for language in ("es", "ar"):
            made_from = noted.get(language, {}).get(name)
            stayed = is_same(words[language], before.get(name, {}).get(language, ""))
            moved = not is_same(words["en"], before.get(name, {}).get("en", ""))
            expected = bool(words[language].strip()) and stayed and moved
            assert (made_from is not None) is expected
            if made_from is not None and words["en"].strip():
                assert state_of(words["en"], words[language], made_from) == State.STALE


@given(WORDINGS, WORDINGS, WORDINGS)
def test_noting_it_twice_in_the_same_place_changes_nothing(first, second, noted):
    once = followed(noted, first, second, "en")
    assert followed(once, second, second, "en") == once
