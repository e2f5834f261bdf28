"""What holds for every question and every answer."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.scoring import KINDS, Verdict, clean_response, read_key, score
from assessments.scoring.multiple import even_fractions
from assessments.scoring.ordering import RULES
from assessments.scoring.wording import normal_form

LANGUAGES = st.sampled_from(["en", "es", "pt", "fr", "ar", "bn"])
NAMES = st.lists(st.text("abcdefghij", min_size=1, max_size=3), min_size=2, max_size=6, unique=True)
# no text from a form holds a NUL that is stored: databases refuse it, and so do we
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20).filter(
    lambda text: bool(normal_form(text.replace("*", "")))
)


@st.composite
def singles(draw):
    names = draw(NAMES)
    worth = st.fractions(0, Fraction(19, 20), max_denominator=20)
    options = {name: str(draw(worth)) for name in names}
    options[names[0]] = "1"
    return (
        "single",
        {"options": options},
        {"choice": names[0]},
        {"choice": draw(st.sampled_from(names))},
    )


@st.composite
def multiples(draw):
    names = draw(NAMES)
    right = set(draw(st.lists(st.sampled_from(names), min_size=1, unique=True)))
    worth = even_fractions({name: name in right for name in names})
    options = {name: str(value) for name, value in worth.items()}
    rule = draw(st.sampled_from(["partial", "all_or_nothing"]))
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    return (
        "multiple",
        {"options": options, "rule": rule},
        {"choices": list(right)},
        {"choices": chosen},
    )


@st.composite
def true_falses(draw):
    answer, choice = draw(st.booleans()), draw(st.booleans())
    return (
        "true_false",
        {"answer": answer},
        {"choice": str(answer).lower()},
        {"choice": str(choice).lower()},
    )


@st.composite
def matchings(draw):
    prompts, answers = draw(NAMES), draw(NAMES)
    answer = st.sampled_from(answers)
    pairs = {prompt: draw(answer) for prompt in prompts}
    given_pairs = draw(st.dictionaries(st.sampled_from(prompts), answer))
    return (
        "matching",
        {"pairs": pairs, "distractors": answers},
        {"pairs": pairs},
        {"pairs": given_pairs},
    )


@st.composite
def orderings(draw):
    names = draw(NAMES)
    key = {"order": names, "rule": draw(st.sampled_from(RULES))}
    return "ordering", key, {"order": names}, {"order": draw(st.permutations(names))}


@st.composite
def numerics(draw):
    value, other = draw(st.integers(-(10**6), 10**6)), draw(st.integers(-(10**6), 10**6))
    key = {"value": str(value), "tolerance": "0"}
    return "numeric", key, {"value": str(value)}, {"value": str(other)}


@st.composite
def shorts(draw):
    forms = [word.replace("*", "") for word in draw(st.lists(WORDS, min_size=1, max_size=3))]
    key = {"accepted": {draw(LANGUAGES): forms}}
    return "short", key, {"text": forms[0]}, {"text": draw(st.sampled_from(forms) | WORDS)}


@st.composite
def gaps(draw):
    names = draw(NAMES)
    key = {"gaps": {name: {"options": {"x": "1", "y": "1/3", "z": "0"}} for name in names}}
    chosen = draw(st.dictionaries(st.sampled_from(names), st.sampled_from("xyz")))
    return "gap", key, {"gaps": dict.fromkeys(names, "x")}, {"gaps": chosen}


QUESTIONS = st.one_of(
    singles(), multiples(), true_falses(), matchings(), orderings(), numerics(), shorts(), gaps()
)


@given(QUESTIONS, LANGUAGES)
def test_a_fraction_is_always_from_zero_to_one(question, language):
    kind, key, _, response = question
    outcome = score(kind, key, response, language=language)
    assert 0 <= outcome.fraction <= 1
    assert isinstance(outcome.fraction, Fraction)
    assert all(0 <= part <= 1 for part in outcome.parts.values())


@given(QUESTIONS, LANGUAGES)
def test_the_key_itself_earns_full_marks_in_every_language(question, language):
    kind, key, right, _ = question
    assert score(kind, key, right, language=language).verdict == Verdict.CORRECT


@given(QUESTIONS)
def test_full_marks_only_for_the_key(question):
    kind, key, right, response = question
    assume(kind != "short")  # several wordings may be the key
    full = score(kind, key, response).fraction == 1
    assert full == (clean_response(kind, key, response) == clean_response(kind, key, right))


@given(QUESTIONS, LANGUAGES, LANGUAGES)
def test_the_language_of_the_page_changes_no_mark(question, one, other):
    kind, key, _, response = question
    assert score(kind, key, response, language=one) == score(kind, key, response, language=other)


@given(QUESTIONS, st.randoms())
def test_the_order_in_which_options_stand_changes_no_mark(question, random):
    kind, key, _, response = question
    before = score(kind, key, response)
    assert score(kind, _shuffled(key, random), _shuffled(response, random)) == before


@given(QUESTIONS)
def test_cleaning_twice_is_cleaning_once_and_changes_no_mark(question):
    kind, key, _, response = question
    clean = clean_response(kind, key, response)
    assert clean_response(kind, key, clean) == clean
    assert score(kind, key, clean) == score(kind, key, response)


@given(st.sampled_from(KINDS), st.data())
def test_reading_a_key_twice_gives_equal_keys(kind, data):
    if kind == "essay":
        assert read_key(kind, {}) == read_key(kind, {})
        return
    question = data.draw(QUESTIONS)
    assert read_key(*question[:2]) == read_key(*question[:2])


@given(st.text(max_size=60))
def test_the_normal_form_is_its_own_normal_form(text):
    assert normal_form(normal_form(text)) == normal_form(text)


def _shuffled(value, random):
    """Mappings and unordered lists in another order; the order of an ordering is kept."""
    if isinstance(value, dict):
        names = list(value)
        random.shuffle(names)
        return {name: _shuffled(value[name], random) for name in names}
    return value
