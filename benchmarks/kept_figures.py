"""The figures of a test from the database: seconds and memory of the task, and that both are in bounds.

`python benchmarks/kept_figures.py` makes attempts at a test of twenty questions in bulk, each size in a
fresh database and a process of its own, and counts them as the task does: reading, figures, keeping.
`--postgres` starts a throw-away PostgreSQL for it (its programs must be installed).
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

QUESTIONS, TARGET = 20, 5.0
PIECE = 250  # attempts made at a time


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, nargs="+", default=[25_000, 50_000, 100_000, 200_000])
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--alone", type=int, help="one size, as JSON: what this script starts itself with")
    chosen = parser.parse_args()
    if chosen.alone:
        print(json.dumps(measured(chosen.alone)))
        return
    print("| responses | attempts | seconds | seconds of a core | for 1,000 responses | memory grown |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in chosen.responses:
        found = _alone(size, postgres=chosen.postgres)
        print(
            f"| {size:,} | {size // QUESTIONS:,} | {found['seconds']:.2f} | {found['cpu']:.2f}"
            f" | {1000 * 1000 * found['seconds'] / size:.0f} ms | {found['memory']:.0f} MiB |"
        )


def _alone(responses: int, *, postgres: bool) -> dict[str, float]:
    from benchmarks.run import database

    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        command = [sys.executable, __file__, "--alone", str(responses)]
        with database(Path(folder), postgres) as address:
            environment["DATABASE_URL"] = address
            answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measured(responses: int) -> dict[str, float]:
    """Fill a fresh database, count once as the task does, and say what it took."""
    import django

    django.setup()
    from django.core.management import call_command

    from assessments import reports
    from assessments.choices import Figures
    from assessments.models import StatisticsReport

    call_command("migrate", verbosity=0)
    key = fill(responses // QUESTIONS)
    report = StatisticsReport.objects.create(quiz_key=key, subject=Figures.TEST, which="first")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    reports.count_test(report, reports.marked(key), "benchmark", narrow=False)
    seconds, spent = time.perf_counter() - wall, time.process_time() - cpu
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    assert len(report.data["questions"]) == QUESTIONS
    return {"seconds": seconds, "cpu": spent, "memory": grown}


def fill(attempts: int) -> uuid.UUID:
    """Make so many marked attempts at one test; returns its key."""
    from datetime import timedelta

    from django.utils import timezone

    from accounts.models import User
    from assessments.models import Attempt, Category, Option, PaperItem, Question, QuestionVersion, Step
    from assessments.papers import QuizSpec, SlotSpec, freeze

    category = Category.objects.create(slug="bench", name_en="Bench")
    slots = []
    for number in range(QUESTIONS):
        question = Question.objects.create(category=category, status="ready")
        version = QuestionVersion.objects.create(
            question=question, kind="single", stem_en=f"Question {number}"
        )
        for order in range(4):
            Option.objects.create(version=version, sort_order=order, text_en=f"{order}", correct=order == 0)
        slots.append(SlotSpec(question_key=question.key))
    quiz = QuizSpec(key=uuid.uuid4(), title={"en": "Bench"}, slots=tuple(slots))
    paper = freeze(quiz)
    written, chance, now = paper.to_json(), random.Random(3), timezone.now()
    right = {
        slot.number: next(name for name, worth in slot.spec["options"].items() if worth == "1")
        for slot in paper.slots
    }
    for start in range(0, attempts, PIECE):
        persons = User.objects.bulk_create(
            User(email=f"p{n}@bench.example", name="P", password="!", country="MX", language="es")
            for n in range(start, min(start + PIECE, attempts))
        )
        able = [chance.random() for _person in persons]
        made = Attempt.objects.bulk_create(
            Attempt(
                person=person,
                quiz_key=quiz.key,
                number=1,
                status="graded",
                paper_data=written,
                language=chance.choice(["es", "en", "ar"]),
                started_at=now,
                submitted_at=now,
                graded_at=now,
                fraction=Fraction(1, 2),
                passed=True,
            )
            for person in persons
        )
        knew = [[chance.random() < skill for _slot in paper.slots] for skill in able]
        PaperItem.objects.bulk_create(
            PaperItem(
                attempt=one,
                slot=slot.number,
                version_id=slot.version,
                fraction=Fraction(marks[slot.number - 1]),
            )
            for one, marks in zip(made, knew, strict=True)
            for slot in paper.slots
        )
        Step.objects.bulk_create(
            Step(
                attempt=one,
                sequence=slot.number,
                client_id=f"b-{slot.number}",
                kind="answer",
                slot=slot.number,
                data={
                    "response": {
                        "choice": right[slot.number]
                        if marks[slot.number - 1]
                        else chance.choice(
                            [name for name in slot.spec["options"] if name != right[slot.number]]
                        )
                    }
                },
                language=one.language,
                at=now + timedelta(seconds=chance.randrange(20, 90) * slot.number),
            )
            for one, marks in zip(made, knew, strict=True)
            for slot in paper.slots
        )
    return quiz.key


if __name__ == "__main__":
    main()
