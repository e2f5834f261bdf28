"""From the rows of the bank to the key that marks."""

from fractions import Fraction

import pytest

from assessments import keys, papers
from assessments.bank import name_answers
from assessments.models import Option
from assessments.scoring import MARKED_BY_PERSON, UNSCORED, check_key, score
from tests.assessments.conftest import quiz_of, right_response
from tests.questions import EVERY_KIND, key_of


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_question_of_every_kind_is_marked_by_its_rows(make_kind, kind):
    version = make_kind(kind)
    spec = keys.spec_of(version)
    check_key(kind, spec)
    outcome = score(kind, spec, right_response(version), language="en")
    assert outcome.fraction == (None if kind in MARKED_BY_PERSON else kind not in UNSCORED)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_paper_holds_every_kind_and_survives_being_stored(make_kind, kind):
    paper = papers.freeze(quiz_of(make_kind(kind), behaviour="interactive"), jurisdiction="MX")
    assert papers.Paper.from_json(paper.to_json()) == paper
    assert paper.slots[0].weight == (kind not in UNSCORED)


def test_the_entries_of_a_gap_are_rows_that_name_it(make_question):
    version = make_question(
        "gap",
        marking={"gaps": {"1": {"weight": "2"}}},
        options=[
            {"role": "gap_entry", "belongs_to": "1", "key": key_of(1), "text_en": "never", "correct": True},
            {"role": "gap_entry", "belongs_to": "1", "key": key_of(2), "text_en": "always"},
            {"role": "gap_entry", "belongs_to": "2", "key": key_of(3), "text_en": "act", "fraction": "1"},
            {"role": "gap_entry", "belongs_to": "2", "key": key_of(4), "text_en": "aim", "fraction": "1/2"},
        ],
    )
    spec = keys.spec_of(version)
    assert spec["gaps"]["2"]["options"] == {str(key_of(3)): "1", str(key_of(4)): "1/2"}
    given = {"gaps": {"1": str(key_of(1)), "2": str(key_of(4))}}
    assert score("gap", spec, given).fraction == Fraction(5, 6)
    shown = papers.freeze(quiz_of(version)).slots[0].options
    assert sorted(shown) == [str(key_of(number)) for number in (1, 2, 3, 4)]


def test_hints_and_other_pieces_are_no_options(make_question):
    version = make_question("single")
    for order, role in enumerate(("hint", "hint", "when_right", "marker_notes", "reply")):
        Option.objects.create(version=version, role=role, sort_order=10 + order, text_en=role)
    assert len(keys.spec_of(version)["options"]) == 3
    slot = papers.freeze(quiz_of(version)).slots[0]
    assert (len(slot.options), slot.hints) == (3, 2)


def test_the_points_of_an_essay_are_rows_or_stand_in_the_marking_of_old_ones(make_kind, make_question):
    assert keys.spec_of(make_kind("essay"))["rubric"] == [{"points": "2"}]
    rows = [{"role": "criterion", "text_en": "Says why", "fraction": Fraction(5, 2)}]
    assert keys.spec_of(make_question("essay", options=rows))["rubric"] == [{"points": "5/2"}]


def test_the_paper_freezes_the_key_of_the_learners_law(make_question):
    version = make_question("true_false", marking={"answer": True})
    version.marking["jurisdictions"] = {"AR": [{"citation": "Ley 26.364, art. 2", "answer": False}]}
    version.save()
    there, elsewhere = (papers.freeze(quiz_of(version), jurisdiction=code).slots[0] for code in ("AR", "MX"))
    assert there.spec["answer"] is False
    assert there.spec["jurisdiction"] == {"code": "AR", "cites": [{"citation": "Ley 26.364, art. 2"}]}
    assert elsewhere.spec == {"answer": True}


def test_a_question_whose_key_fails_in_one_country_is_left_out_there_alone(make_question):
    version = make_question("single")
    wrong = {str(option.key): "0" for option in version.options.all()}
    version.marking = {"jurisdictions": {"AR": [{"citation": "Ley", "options": wrong}]}}
    version.save()
    assert papers.freeze(quiz_of(version), jurisdiction="MX").slots
    with pytest.raises(papers.NothingToAsk):
        papers.freeze(quiz_of(version), jurisdiction="AR")


def test_a_questions_own_penalty_and_order_go_before_the_quizs(make_question):
    version = make_question("single", marking={"penalty": "1/4", "shuffle": False})
    slot = papers.freeze(quiz_of(version, shuffle_options=True)).slots[0]
    assert slot.penalty == Fraction(1, 4)
    assert list(slot.options) == [str(option.key) for option in version.options.all()]


def test_equal_answers_of_a_matching_question_share_a_key():
    pieces = [
        Option(source_language="es", text_es=text, match_text_es=answer)
        for text, answer in (
            ("Le mintió", "Medio"),
            ("La amenazó", " medio"),
            ("La llevó", "Acto"),
            ("–", ""),
        )
    ]
    name_answers(pieces)
    one, two, three, nothing = (piece.match_key for piece in pieces)
    assert one == two != three
    assert nothing is None
