"""Papers of the first release: what was stored then is read as it was."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assessments.folding import fold
from assessments.grading import fractions_by_rule, grade, waiting_slots
from assessments.paper import Paper
from assessments.replaying import replay
from assessments.visibility import Facet, Phase, shown_at

STORED = json.loads((Path(__file__).parent / "paper_of_the_first_release.json").read_text("utf-8"))


@dataclass(frozen=True)
class StoredStep:
    sequence: int
    client_id: str
    kind: str
    slot: int
    data: Any
    language: str
    at: datetime
    actor_id: None = None


@pytest.fixture
def paper() -> Paper:
    return Paper.from_json(STORED["paper"])


@pytest.fixture
def steps() -> list[StoredStep]:
    return [StoredStep(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in STORED["steps"]]


def test_an_old_paper_is_read_with_the_rules_of_its_time(paper):
    assert [slot.kind for slot in paper.slots][:3] == ["single", "multiple", "true_false"]
    assert (paper.behaviour, paper.counts, paper.sections, paper.country) == ("deferred", "highest", (), "")
    assert [slot.position for slot in paper.slots] == list(range(1, 10))
    assert (paper.closes_at, paper.in_order) == (None, False)


def test_an_old_attempt_folds_to_the_grade_it_had(paper, steps):
    state = fold(steps, paper)
    assert waiting_slots(paper, state) == ()
    result = grade(paper, state.credits)
    assert (str(result.fraction), result.passed) == (STORED["fraction"], STORED["passed"])
    assert state.person_marks[9].fraction == Fraction(3, 4)
    assert state.flags == {1}


def test_an_old_attempt_replays_to_what_was_recorded(paper, steps):
    replayed = replay(paper, steps)
    assert replayed.intact
    assert str(replayed.fraction) == STORED["fraction"]


def test_what_an_old_quiz_showed_is_shown(paper):
    def shown(**rules: Any) -> frozenset[Facet]:
        usual = {"feedback_when": "after_submit", "show_answers": True, "passed": False, "is_last": False}
        return shown_at(paper.matrix, Phase.LATER, **{**usual, **rules})

    assert shown() == frozenset(Facet)
    assert shown(feedback_when="never") == {Facet.MARKS}
    assert shown(feedback_when="after_pass_or_last") == {Facet.MARKS}
    assert shown(feedback_when="after_pass_or_last", is_last=True) == frozenset(Facet)
    assert shown(show_answers=False) == frozenset(Facet) - {Facet.RIGHT_ANSWER, Facet.REASON}


def test_a_key_that_scoring_has_come_to_refuse_leaves_its_question_to_a_person(paper, steps):
    """Suppose wrong options had cost nothing once, and ticking everything had earned full marks."""
    first, *others = paper.slots[1].spec["options"]
    free = {"options": {first: "1", **dict.fromkeys(others, "0")}, "rule": "weights"}
    changed = replace(paper, slots=(paper.slots[0], replace(paper.slots[1], spec=free), *paper.slots[2:]))
    before_grading = [step for step in steps if step.kind not in ("grade", "mark")]
    assert 2 not in fractions_by_rule(fold(before_grading, changed))
    assert fold(steps, changed).fractions == fold(steps, paper).fractions
