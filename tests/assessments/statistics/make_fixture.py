"""Writes sittings.csv: 200 attempts at 20 questions, the same ones each time.

Run as `python tests/assessments/statistics/make_fixture.py`. Abilities, difficulties, languages
and times are invented by a seeded generator; one question (q07) is wrong in Arabic, one (q13)
pulls against the rest, one (q20) everybody gets right.
"""

import csv
import math
from pathlib import Path
from random import Random

FILE = Path(__file__).with_name("sittings.csv")
COLUMNS = ["person", "attempt", "language", "position", "question", "fraction", "weight", "answer", "seconds"]
WEIGHTS = ["1", "2", "1/2", "1", "3"]
PARTS = {3: ["0", "1/3", "2/3", "1"], 8: ["0", "1/2", "1"], 11: ["0", "1/4", "1/2", "3/4", "1"]}
LANGUAGES = ["es"] * 8 + ["en"] * 5 + ["ar"] * 6 + ["fr"]
PEOPLE = 160


def rows(random: Random) -> list[list[str]]:
    """All rows: 160 people, of whom 40 sat the test twice."""
    found = []
    again = set(random.sample(range(PEOPLE), 40))
    for person in range(PEOPLE):
        ability, language = random.gauss(0, 1), random.choice(LANGUAGES)
        for attempt in (1, 2) if person in again else (1,):
            found += _sitting(random, person, attempt, ability + 0.6 * (attempt - 1), language)
    return found


def _sitting(random: Random, person: int, attempt: int, ability: float, language: str) -> list[list[str]]:
    found = []
    for number in range(1, 21):
        chance = _chance(number, ability, language)
        parts = PARTS.get(number, ["0", "1"])
        reached = sum(random.random() < chance for _ in parts[1:])
        fraction = parts[reached]
        answer = "right" if fraction == "1" else random.choice(["wrong", "wrong", "worse", ""])
        seconds = round(random.lognormvariate(3.5 - 0.2 * ability, 0.5))
        weight = WEIGHTS[number % len(WEIGHTS)]
        question = f"q{number:02}"
        found.append(
            [
                f"p{person:03}",
                str(attempt),
                language,
                str(number),
                question,
                fraction,
                weight,
                answer,
                str(seconds),
            ]
        )
    return found


def _chance(number: int, ability: float, language: str) -> float:
    if number == 20:
        return 1.0
    slope = -0.9 if number == 13 else 0.6 + 0.08 * number
    difficulty = -1.5 + 0.15 * number + (2.2 if number == 7 and language == "ar" else 0)
    return 1 / (1 + math.exp(-slope * (ability - difficulty)))


if __name__ == "__main__":
    with FILE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(Random(20261122)))
