"""Importing a file of questions: seconds, how often progress is told, and memory, by the size of the file.

`python benchmarks/import_questions.py` makes an empty database for each size, hands in a Moodle XML file as a
trainer does, and has the verb of the task read it and then take all of it into the bank. Each size runs in a
process of its own, so that each peak is its own; the peak before the file is read is taken off. With
`--pictures` every question shows a picture of its own, which takes 40 kB of the file; some 2,400 of these
are all that a file of 100 MB may hold.
"""

import argparse
import base64
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

PICTURE = 30_000  # base64 makes four bytes of three
COLUMNS = ("file MB", "read s", "told times", "read +MB", "look over s", "take in s", "take in +MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, nargs="+")
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--alone", type=int, help="one size, as JSON: what this script starts itself with")
    chosen = parser.parse_args()
    if chosen.alone:
        print(json.dumps(measured(chosen.alone, PICTURE if chosen.pictures else 0)))
        return
    print(f"{'questions':>10}" + "".join(f"{column:>14}" for column in COLUMNS))
    usual = [200, 2000] if chosen.pictures else [200, 2000, 8000]
    for questions in chosen.questions or usual:
        found = _alone(questions, pictures=chosen.pictures)
        print(f"{questions:10,}" + "".join(f"{found[column]:14,.1f}" for column in COLUMNS))


def _alone(questions: int, *, pictures: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        command = [sys.executable, __file__, "--alone", str(questions), *(["--pictures"] if pictures else [])]
        answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measured(questions: int, picture: int) -> dict[str, float]:
    """Read and take in so many questions in a fresh database, and say what it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from accounts.models import User
    from assessments.importing import pending, preview, reading
    from assessments.models import Category, Question, QuestionImport

    # the tasks are called here, in their own time
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    call_command("migrate", verbosity=0)
    person = User.objects.create_user("trainer@example.org", "x", name="Trainer")
    category = Category.objects.create(slug="bench", name_en="Bench")
    _read(pending, person, _file(50, picture), "warm.xml")  # what every process loads once
    path = Path(settings.DATA) / "many.xml"
    path.write_bytes(_file(questions, picture))
    told: list[int] = []
    touch = reading.touch
    reading.touch = lambda found, **changes: (told.append(changes["done"]), touch(found, **changes))[1]
    begun, before = time.perf_counter(), _resident()
    with Peak() as peak, path.open("rb") as stream:
        found = pending.hand_in(
            person=person, content=stream, name="many.xml", size=path.stat().st_size, language="en"
        )
        pending.carry_on(key=found.key)
    read, read_memory = time.perf_counter() - begun, peak.highest - before
    found = QuestionImport.objects.get(pk=found.pk)
    assert found.state == "ready", found.problem
    assert found.lines.count() == questions
    begun = time.perf_counter()
    lines = list(found.lines.all()[:20])
    for line in lines:
        line.batch = found
    preview.seen_all(lines)
    looked = time.perf_counter() - begun
    begun, before = time.perf_counter(), _resident()
    with Peak() as peak:
        pending.take_in(found=found, category=category, actor=person)
        pending.carry_on(key=found.key)
    took, took_memory = time.perf_counter() - begun, peak.highest - before
    assert Question.objects.filter(category=category).count() == questions
    return {
        "file MB": path.stat().st_size / 2**20,
        "read s": read,
        "told times": len(told),
        "read +MB": read_memory,
        "look over s": looked,
        "take in s": took,
        "take in +MB": took_memory,
    }


def _read(pending: Any, person: Any, content: bytes, name: str) -> None:
    found = pending.hand_in(
        person=person, content=BytesIO(content), name=name, size=len(content), language="en"
    )
    pending.carry_on(key=found.key)
    pending.remove(found=found, actor=person)


def _file(questions: int, picture: int) -> bytes:
    pieces = ['<?xml version="1.0"?><quiz>']
    for number in range(questions):
        shown, file = "", ""
        if picture:
            content = b"\x89PNG\r\n\x1a\n" + number.to_bytes(4) + os.urandom(picture)
            shown = '<p><img src="@@PLUGINFILE@@/a.png" alt="map"></p>'
            file = f'<file name="a.png" encoding="base64">{base64.b64encode(content).decode()}</file>'
        options = "".join(
            f'<answer fraction="{100 if at == 0 else 0}" format="html"><text>Answer {at} of {number}</text>'
            f'<feedback format="html"><text>Because of paragraph {at}.</text></feedback></answer>'
            for at in range(4)
        )
        pieces.append(
            f'<question type="multichoice"><name><text>Question {number}</text></name>'
            f'<questiontext format="html"><text><![CDATA[<p>The facts of case {number} are these.</p>{shown}'
            f"<p>What follows?</p>]]></text>{file}</questiontext><single>true</single>{options}"
            f"<tags><tag><text>tag {number % 20}</text></tag></tags></question>"
        )
    pieces.append("</quiz>")
    return "\n".join(pieces).encode()


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


class Peak:
    """The highest resident memory while it is open, looked at every 20 ms."""

    def __enter__(self) -> "Peak":
        self.highest, self._ended = _resident(), threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            self.highest = max(self.highest, _resident())

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._watch.join()


if __name__ == "__main__":
    main()
