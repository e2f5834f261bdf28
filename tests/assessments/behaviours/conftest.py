"""Steps as they are stored, without a database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assessments.behaviours import Question, State, fold

START = datetime(2026, 11, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Step:
    sequence: int
    kind: str
    slot: int
    data: Mapping[str, Any]
    language: str = "es"
    at: datetime = START


@pytest.fixture
def make_steps() -> Callable[..., list[Step]]:
    """Return a function that makes the steps of slot 1 from pairs of a kind and its data."""

    def make(*taken: tuple[str, Any]) -> list[Step]:
        return [
            Step(
                sequence,
                kind,
                0 if kind == "submit" else 1,
                data,
                at=START + timedelta(minutes=sequence),
            )
            for sequence, (kind, data) in enumerate(taken, start=1)
        ]

    return make


@pytest.fixture
def take(make_steps: Callable[..., list[Step]]) -> Callable[..., State]:
    """Return a function that folds such steps by a behaviour."""

    def folded(name: str, question: Question, *taken: tuple[str, Any]) -> State:
        return fold(name, question, make_steps(*taken))

    return folded
