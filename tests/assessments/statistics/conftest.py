"""The shared fixture: 200 attempts at 20 questions, as rows and as sittings."""

import csv
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest

from assessments.statistics.sittings import Response, Sitting

FILE = Path(__file__).with_name("sittings.csv")


@pytest.fixture(scope="session")
def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def sittings(rows):
    return [
        Sitting(person, int(number), tuple(_response(row) for row in group))
        for (person, number), group in groupby(rows, key=lambda row: (row["person"], row["attempt"]))
    ]


def _response(row):
    return Response(
        position=int(row["position"]),
        question=row["question"],
        mark=Fraction(row["fraction"]) * Fraction(row["weight"]),
        weight=Fraction(row["weight"]),
        answers=(row["answer"],) if row["answer"] else (),
        seconds=int(row["seconds"]),
        language=row["language"],
    )
