"""Measure the statistics of a test, and that they are linear in the responses."""

import resource
import time
from collections.abc import Iterator
from fractions import Fraction
from random import Random

from assessments.statistics.reports import report
from assessments.statistics.sittings import Response, Sitting

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
    """Print seconds of a core and memory: right or wrong on one paper, part marks on drawn ones."""
    print("| responses | fixed, right or wrong | drawn from 5, sevenths | memory after |")
    print("| ---: | ---: | ---: | ---: |")
    for size in SIZES:
        seconds = []
        for parts, stock in ((1, 1), (7, 5)):
            invented = list(sittings(size, parts=parts, stock=stock))
            start = time.process_time()
            report(iter(invented))
            seconds.append(time.process_time() - start)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {size:,} | {seconds[0]:.2f} s | {seconds[1]:.2f} s | {memory} MiB |")


if __name__ == "__main__":
    main()
