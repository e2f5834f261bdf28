"""What holds for every question and every answer."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.scoring import (
    KINDS,
    MARKED_BY_PERSON,
    UNSCORED,
    Verdict,
    check_key,
    clean_response,
    for_jurisdiction,
    read_key,
    score,
)
from assessments.scoring.multiple import even_fractions
from assessments.scoring.ordering import RULES
from assessments.scoring.wording import normal_form

LANGUAGES = st.sampled_from(["en", "es", "es-MX", "pt", "fr", "ar", "ar-MA", "bn"])
LETTERS = st.text(
    "abc*\\ \u0981\u0985\u09be\u09c7\u09d7\u09a4\u09cd\u200d\u09ac\u09bc:اأىةـ٣\u0651é", max_size=12
)
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
def weighted_multiples(draw):
    names = draw(NAMES)
    right = names[: draw(st.integers(1, len(names)))]
    shares = draw(st.lists(st.integers(1, 9), min_size=len(right), max_size=len(right)))
    options = {name: str(Fraction(share, sum(shares))) for name, share in zip(right, shares, strict=True)}
    cost = st.fractions(-1, Fraction(-1, 20), max_denominator=20)
    options |= {name: str(draw(cost)) for name in names if name not in right}
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    return (
        "multiple",
        {"options": options, "rule": "weights"},
        {"choices": right},
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
    key = {"value": str(value), "tolerance": "0", "unit": {"factors": {"lakh": "100000"}}}
    return "numeric", key, {"value": str(value)}, {"value": str(other)}


@st.composite
def shorts(draw):
    forms = [word.replace("*", "") for word in draw(st.lists(WORDS, min_size=1, max_size=3))]
    language = draw(LANGUAGES)
    kept = {"case": draw(st.booleans()), "accents": {language: draw(st.booleans())}}
    key = {"accepted": {language: forms}, **kept}
    return "short", key, {"text": forms[0]}, {"text": draw(st.sampled_from(forms) | WORDS)}


@st.composite
def gaps(draw):
    names = draw(NAMES)
    weight = st.integers(1, 4).map(str)
    filled = {name: {"options": {"x": "1", "y": "1/3", "z": "0"}, "weight": draw(weight)} for name in names}
    filled["typed"] = {"accepted": {"en": ["x"]}, "weight": draw(weight)}
    filled["number"] = {"value": "7", "weight": draw(weight)}
    right = dict.fromkeys(filled, "x") | {"number": "7"}
    chosen = draw(st.dictionaries(st.sampled_from(names), st.sampled_from("xyz")))
    chosen |= draw(st.dictionaries(st.sampled_from(["typed", "number"]), st.sampled_from(["x", "7"])))
    return "gap", {"gaps": filled}, {"gaps": right}, {"gaps": chosen}


@st.composite
def selections(draw):
    names = draw(NAMES)
    meant = set(draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names) - 1, unique=True)))
    key = {
        "words": {name: name in meant for name in names},
        "rule": draw(st.sampled_from(["partial", "all_or_nothing"])),
    }
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    return "words", key, {"words": sorted(meant)}, {"words": chosen}


@st.composite
def scenarios(draw):
    """Each situation leads to the next by a right decision, on or out by another, or once more."""
    length = draw(st.integers(1, 5))
    situations, path = {}, []
    worth = st.fractions(0, Fraction(19, 20), max_denominator=20).map(str)
    for number in range(length):
        following = [f"s{later}" for later in range(number + 1, length)] + [""]
        decisions = {"right": {"worth": "1", "next": following[0]}}
        for extra in range(draw(st.integers(0, 2))):
            decisions[f"other{extra}"] = {"worth": draw(worth), "next": draw(st.sampled_from(following))}
        if draw(st.booleans()):
            decisions["back"] = {"worth": draw(worth), "next": "s0", "times": draw(st.integers(1, 2))}
        situations[f"s{number}"] = {"decisions": decisions, "weight": draw(st.sampled_from(["1", "2"]))}
    key = {"start": "s0", "situations": situations}
    graph = read_key("scenario", key)
    while len(path) < 20 and (open_now := graph.walk(path).open) and draw(st.integers(0, 5)):
        path.append(draw(st.sampled_from(open_now)))
    return "scenario", key, {"path": ["right"] * length}, {"path": path}


QUESTIONS = st.one_of(
    singles(),
    multiples(),
    weighted_multiples(),
    true_falses(),
    matchings(),
    orderings(),
    numerics(),
    shorts(),
    gaps(),
    selections(),
    scenarios(),
)
ESSAYS = st.just(("essay", {"minimum_words": 5, "rubric": [{"points": 2}]}, {"text": "Because."}))
FILES = st.just(("file", {"types": [".pdf"]}, {"files": [{"name": "a.pdf", "size": 9, "sha256": "0" * 64}]}))
SURVEYS = st.builds(
    lambda names, index: ("survey", {"scale": names}, {"choice": names[index]}), NAMES, st.integers(0, 1)
)
DESCRIPTIONS = st.just(("description", {}, {}))


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
    # several wordings may be the key, and there may be more than one way that is right throughout
    assume(kind not in ("short", "scenario"))
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


@given(QUESTIONS, LANGUAGES)
def test_what_is_not_answered_earns_nothing_and_waits_for_nobody(question, language):
    kind, key, _, _ = question
    for nothing in (None, {}):
        outcome = score(kind, key, nothing, language=language)
        assert (outcome.fraction, outcome.verdict) == (0, Verdict.BLANK)


@given(QUESTIONS)
def test_reading_a_key_twice_gives_equal_keys_that_hold_in_every_jurisdiction(question):
    kind, key, _, _ = question
    assert read_key(kind, key) == read_key(kind, key)
    check_key(kind, key)
    assert for_jurisdiction(key, "MX") == key


@given(ESSAYS | FILES, LANGUAGES)
def test_what_a_person_marks_waits_only_when_it_is_answered(question, language):
    kind, key, response = question
    assert kind in MARKED_BY_PERSON
    assert score(kind, key, response, language=language).fraction is None
    assert score(kind, key, {}, language=language).verdict == Verdict.BLANK


@given(SURVEYS | DESCRIPTIONS)
def test_what_is_not_scored_is_neither_right_nor_blank(question):
    kind, key, response = question
    assert kind in UNSCORED
    for given_response in (response, {}):
        outcome = score(kind, key, given_response)
        assert (outcome.fraction, outcome.verdict) == (0, Verdict.UNSCORED)


def test_every_kind_is_among_these():
    strategies = {"single", "multiple", "true_false", "matching", "ordering", "numeric", "short", "gap"}
    assert strategies | {"words", "scenario"} | MARKED_BY_PERSON | UNSCORED == set(KINDS)


@given(st.text(max_size=60) | LETTERS)
def test_the_normal_form_is_its_own_normal_form(text):
    assert normal_form(normal_form(text)) == normal_form(text)


def _shuffled(value, random):
    """Mappings and unordered lists in another order; the order of an ordering is kept."""
    if isinstance(value, dict):
        names = list(value)
        random.shuffle(names)
        return {name: _shuffled(value[name], random) for name in names}
    return value
