"""The drawings that a print run still lacks: made on all cores, and kept by the process that asked.

The processes that draw read the database and write nothing to it; so an embedded database has one writer.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from certificates import documents, drawing_process
from certificates.choices import RunProblem
from certificates.documents import Drawn
from certificates.models import Certificate
from certificates.pdf import UncoveredCharacters
from certificates.pictures import PictureLost

# Starting a process costs as much as drawing this many certificates.
WORTH_PROCESSES = 24
# A drawing library that leaks is thrown away with its process.
DRAWN_BY_ONE = 250


@dataclass(frozen=True, slots=True)
class Wanted:
    """A certificate to be drawn in a language, for a line of a run."""

    line: int
    certificate: int
    language: str


Made = tuple[Wanted, Drawn | RunProblem]
Draw = Callable[[Iterable[Wanted]], Iterator[Made]]


@contextmanager
def drawing(expected: int, cores: int | None = None) -> Iterator[Draw]:
    """Give a function that draws, in the order in which drawings are finished.

    Few are drawn here, many in as many processes as there are cores. Raises NoKeys where nothing can be
    signed.
    """
    cores = cores or os.cpu_count() or 1
    if expected < WORTH_PROCESSES or cores == 1:
        yield lambda wanted: ((one, draw(one)) for one in wanted)
        return
    pool = ProcessPoolExecutor(
        cores,
        # a forked process would share the connections of this one
        mp_context=multiprocessing.get_context("spawn"),
        initializer=drawing_process.begin,
        max_tasks_per_child=DRAWN_BY_ONE,
    )
    try:
        yield lambda wanted: _spread(pool, wanted, 2 * cores)
    finally:
        pool.shutdown(cancel_futures=True)


def draw(wanted: Wanted) -> Drawn | RunProblem:
    """Draw and sign one; what cannot be drawn is named."""
    certificate = Certificate.objects.get(pk=wanted.certificate)
    try:
        return documents.draw(certificate, wanted.language)
    except UncoveredCharacters:
        return RunProblem.LETTERS
    except PictureLost:
        return RunProblem.PICTURE


def _spread(pool: ProcessPoolExecutor, wanted: Iterable[Wanted], most: int) -> Iterator[Made]:
    """Keep the processes busy, and no more drawings in memory than `most`."""
    waiting: dict[Future[Drawn | RunProblem], Wanted] = {}
    for one in wanted:
        waiting[pool.submit(draw, one)] = one
        if len(waiting) >= most:
            yield from _finished(waiting)
    while waiting:
        yield from _finished(waiting)


def _finished(waiting: dict[Future[Drawn | RunProblem], Wanted]) -> Iterator[Made]:
    done, _others = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()
