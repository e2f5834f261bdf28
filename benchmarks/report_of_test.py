"""Measure the statistics of a test, and that they are linear in the responses: `make` nothing, just run it."""

import resource
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.remove(str(Path(__file__).resolve().parent))

from assessments.statistics.reports import report  # noqa: E402
from assessments.statistics.sittings import Response, Sitting  # noqa: E402

QUESTIONS = 20
SIZES = (25_000, 50_000, 100_000, 200_000, 400_000)


def sittings(responses: int, *, parts: int, stock: int) -> Iterator[Sitting]:
    """Invent sittings of twenty questions: marks in so many parts, each question one of so many."""
    random = Random(1)
    for person in range(responses // QUESTIONS):
        ability = random.random()
        language = random.choice(["es", "en", "ar"])
        yield Sitting(person, 1, tuple(
            Response(
                position=place,
                question=f"{place}-{random.randrange(stock)}",
                mark=Fraction(sum(random.random() < ability for _ in range(parts)), parts),
                weight=Fraction(1),
                answers=(random.choice("abcd"),),
                seconds=random.randrange(10, 300),
                language=language,
            )
            for place in range(QUESTIONS)
        ))  # fmt: skip


def main() -> None:
    """Print seconds and memory for right and wrong on one paper, and for part marks on drawn ones."""
    print("| responses | fixed, right or wrong | drawn from 5, sevenths | memory after |")
    print("| ---: | ---: | ---: | ---: |")
    for size in SIZES:
        seconds = []
        for parts, stock in ((1, 1), (7, 5)):
            invented = list(sittings(size, parts=parts, stock=stock))
            start = time.perf_counter()
            report(iter(invented))
            seconds.append(time.perf_counter() - start)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {size:,} | {seconds[0]:.2f} s | {seconds[1]:.2f} s | {memory} MiB |")


if __name__ == "__main__":
    main()
