"""A print run on all cores: certificates a second, and memory at 100 and at 1,000 people.

`python benchmarks/print_run.py` makes an empty database, issues certificates, and has the verb of the task
make one PDF of them, then a zip of what is kept by then; each size in processes of its own, so that each
peak is its own. Before that, CPU of one certificate as `certificates.py` measures it. No server is needed.
"""

import argparse
import dataclasses
import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

NAMES = {"es": "María del Carmen Núñez Ibáñez", "ar": "القاضية سلمى الخطيب", "bn": "বিচারক আমিনা রহমান"}
TITLES = {
    "en": "Trafficking in persons and smuggling of migrants",
    "es": "Trata de personas y tráfico ilícito de migrantes",
    "ar": "الاتجار بالأشخاص وتهريب المهاجرين",
    "bn": "মানব পাচার ও অভিবাসী চোরাচালান",
}
READS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--cores", type=int, default=os.cpu_count())
    parser.add_argument("--alone", type=int, help="one size, as JSON: what this script starts itself with")
    chosen = parser.parse_args()
    if chosen.alone:
        print(json.dumps(measured(chosen.alone, chosen.cores)))
        return
    subprocess.run([sys.executable, str(ROOT / "benchmarks/certificates.py")], check=True)
    print(f"\n{chosen.cores} cores")
    columns = (
        "certificates/s",
        "one PDF MB",
        "worker MB",
        "drawing process MB",
        "bind ms each",
        "zip ms each",
    )
    print(f"{'people':>8}" + "".join(f"{column:>20}" for column in columns))
    for people in chosen.people:
        found = _alone(people, chosen.cores)
        print(f"{people:8,}" + "".join(f"{found[column]:20,.1f}" for column in columns))
    words = "kept certificate, checked and handed out: {kept:.2f} ms; the bare file: {bare:.2f} ms"
    print("\n" + words.format(**found))


def _alone(people: int, cores: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        command = [sys.executable, __file__, "--alone", str(people), "--cores", str(cores)]
        answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measured(people: int, cores: int) -> dict[str, float]:
    """Draw, bind and pack so many certificates in a fresh database, and say what it took."""
    import django

    django.setup()
    from django.core.management import call_command

    from certificates import runs
    from certificates.choices import RunKind, RunState

    call_command("migrate", verbosity=0)
    call_command("make_issuer_keys", verbosity=0)
    certificates = _issue(people)

    def made(kind: RunKind) -> tuple[float, int]:
        run = _ask(kind, certificates)
        begun = time.perf_counter()
        runs.carry_on(key=run.key, cores=cores)
        took = time.perf_counter() - begun
        run.refresh_from_db()
        assert run.state == RunState.DONE, run.state
        return took, run.size

    drawn, size = made(RunKind.PDF)
    bound, _size = made(RunKind.PDF)  # all is drawn by now: what is left is the binding
    packed, _size = made(RunKind.ZIP)
    return {
        "certificates/s": people / drawn,
        "one PDF MB": size / 2**20,
        "worker MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "drawing process MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "bind ms each": bound * 1000 / people,
        "zip ms each": packed * 1000 / people,
        **_reading(),
    }


def _issue(people: int) -> list[int]:
    """Issue so many certificates, in turn in each language."""
    from accounts.models import User
    from certificates import issuing

    said = issuing.Statement(
        award_key=uuid.uuid4(),
        name="x",
        course_code="TIP-101",
        course_titles=TITLES,
        hours=Decimal("18.0"),
        completed_on=datetime.date(2026, 11, 14),
        languages=("es", "en"),
        issuer="Judicial Learning",
        signatories=(issuing.Signatory(name="Helena Duarte", office={"en": "Director"}),),
        syllabus_version=1,
    )
    found, languages = [], list(NAMES)
    for number in range(people):
        language = languages[number % len(languages)]
        name = f"{NAMES[language]} {number}"
        person = User.objects.create_user(f"p{number}@bench.example", name=name, language=language)
        own = dataclasses.replace(said, award_key=uuid.uuid4(), name=name)
        found.append(issuing.issue(statement=own, person=person).pk)
    return found


def _ask(kind: Any, certificates: list[int]) -> Any:
    """What `runs.start` writes, without the task: it is done right here."""
    from certificates.models import Run, RunLine

    run = Run.objects.create(kind=kind, group_key=uuid.uuid4(), label="Benchmark")
    RunLine.objects.bulk_create(
        RunLine(run=run, place=place, certificate_id=pk) for place, pk in enumerate(certificates, 1)
    )
    return run


def _reading() -> dict[str, float]:
    """Milliseconds for a kept certificate as the page hands it out, and for its bare file."""
    from certificates import documents
    from certificates.models import StoredDocument

    stored = StoredDocument.objects.select_related("certificate").first()
    assert stored is not None
    path = Path(stored.file.path)

    def each(what: Any) -> float:
        begun = time.perf_counter()
        for _time in range(READS):
            what()
        return (time.perf_counter() - begun) * 1000 / READS

    def kept() -> None:
        documents.read(documents.obtain(certificate=stored.certificate, language=stored.language))

    return {"kept": each(kept), "bare": each(path.read_bytes)}


if __name__ == "__main__":
    main()
