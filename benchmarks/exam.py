"""Measure an examination: many people answer at once for some minutes. See README.md in this folder."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = 20
OPTIONS = 4
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sitter:
    """One person with an open attempt, and the choices that its paper puts."""

    number: int
    cookie: str
    key: str
    choices: tuple[tuple[str, ...], ...]


@dataclass
class Seen:
    """Seconds of each kind of request, what went wrong, and how many answers were acknowledged."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    acknowledged: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--pause", type=float, default=20.0, help="seconds that a question takes, on average")
    parser.add_argument("--sqlite", action="store_true")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from benchmarks import run

    with tempfile.TemporaryDirectory() as name, run.database(Path(name), not chosen.sqlite) as address:
        os.environ |= {"DATA_DIR": name, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        import django

        django.setup()
        measure(chosen)


def measure(chosen: argparse.Namespace) -> None:
    """Prepare, serve, let all of them answer, and compare what was acknowledged with what is kept."""
    from django.core.management import call_command
    from django.db import connection

    from assessments.models import Step
    from benchmarks import run

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    sitters = begin(chosen.people)
    connection.close()
    before = os.getloadavg()
    with run.server("granian") as process:
        seen = asyncio.run(all_answer(sitters, chosen))
        memory = run.memory(process)
    kept = Step.objects.filter(kind="answer").count()
    print(f"{connection.vendor}, {chosen.people} people, {chosen.seconds} s, {os.cpu_count()} cores")
    print(
        f"load of the machine before {before[0]:.1f}, at the end {os.getloadavg()[0]:.1f}; server {memory} MB"
    )
    for kind, times in seen.times.items():
        times.sort()
        at = [1000 * times[int(len(times) * share)] for share in (0.5, 0.95, 0.99)]
        rate = len(times) / chosen.seconds
        print(f"{kind:10}{len(times):8} {rate:7.1f}/s  p50 {at[0]:.0f}  p95 {at[1]:.0f}  p99 {at[2]:.0f} ms")
    print(f"errors {len(seen.errors)}; acknowledged {seen.acknowledged}, kept {kept}")
    for error in seen.errors[:5]:
        print(" ", error)


def begin(people: int) -> list[Sitter]:
    """Make the questions and the people, and begin everybody's attempt."""
    from accounts.models import User
    from assessments import attempts
    from assessments.models import Category, Option, Question, QuestionVersion
    from assessments.papers import QuizSpec, SlotSpec
    from benchmarks.people import cookie

    category = Category.objects.create(slug="benchmark", name_en="Benchmark")
    keys = []
    for number in range(QUESTIONS):
        question = Question.objects.create(category=category, status="ready")
        version = QuestionVersion.objects.create(
            question=question, kind="single", stem_en=f"Question {number}?", reason_en="The Protocol says so."
        )
        Option.objects.bulk_create(
            Option(version=version, sort_order=place, text_en=f"Answer {place}", correct=place == 0)
            for place in range(OPTIONS)
        )
        keys.append(question.key)
    quiz = QuizSpec(
        key=uuid4(),
        title={"en": "Examination"},
        slots=tuple(SlotSpec(question_key=key) for key in keys),
        pass_mark=Fraction(7, 10),
        time_limit=timedelta(hours=1),
    )
    sitters = []
    for number in range(people):
        person = User.objects.create(email=f"sitter{number}@bench.example", password="!", language="en")
        attempt = attempts.start(person=person, quiz=quiz, language="en", jurisdiction="")
        choices = tuple(tuple(slot.options) for slot in attempt.paper.slots)
        sitters.append(Sitter(number, cookie(person), str(attempt.key), choices))
    return sitters


async def all_answer(sitters: Sequence[Sitter], chosen: argparse.Namespace) -> Seen:
    """Let everybody answer at their own pace until the time is over."""
    seen, until = Seen(), time.monotonic() + chosen.seconds
    await asyncio.gather(*(sit(one, chosen.pause, until, seen) for one in sitters))
    return seen


async def sit(sitter: Sitter, pause: float, until: float, seen: Seen) -> None:
    """Think, choose, let the page save it, go on to the next question; round and round."""
    from benchmarks import load
    from benchmarks.run import TOKEN

    chance, line, base = random.Random(sitter.number), Line(), f"/en/quiz/{sitter.key}"
    await asyncio.sleep(chance.uniform(0, pause))
    turn = 0
    while time.monotonic() < until:
        slot = turn % QUESTIONS + 1
        options = sitter.choices[slot - 1]
        turn += 1
        fields = {
            "slot": slot,
            "choice": options[turn // QUESTIONS % len(options)],
            "client_id": f"person{sitter.number:05}-{turn}",
        }
        body = urlencode(fields).encode()
        going = urlencode({**fields, "go": "next"}).encode()
        asked = {
            "autosave": (load.post(f"{base}/autosave/", body, sitter.cookie, TOKEN, FORM), 200),
            "go on": (load.post(f"{base}/{slot}/", going, sitter.cookie, TOKEN, FORM), 302),
            "question": (load.get(f"{base}/{slot % QUESTIONS + 1}/", sitter.cookie), 200),
        }
        for kind, (request, wanted) in asked.items():
            began = time.perf_counter()
            status = await line.ask(request)
            seen.times[kind].append(time.perf_counter() - began)
            seen.acknowledged += kind == "autosave" and status == wanted
            if status != wanted:
                seen.errors.append(f"{kind}: {status}")
        await asyncio.sleep(chance.uniform(pause / 2, pause * 3 / 2))


class Line:
    """A keep-alive connection as a browser holds it; one that the server has closed is opened anew."""

    def __init__(self) -> None:
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> int:
        """Send a request and read its answer; return the status, or 0 when the line broke."""
        from benchmarks.run import PORT, WHERE

        for _try in range(2):
            was_open = self._streams is not None
            try:
                self._streams = self._streams or await asyncio.open_connection(WHERE, PORT)
                return await self._exchange(*self._streams, request)
            except (OSError, asyncio.IncompleteReadError):
                self._streams = None
                if not was_open:
                    break
        return 0

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> int:
        writer.write(request)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"content-length:" in head:
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        elif b"chunked" in head:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    main()
