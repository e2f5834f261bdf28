"""Measure the pages that matter beside a bare Django view. See README.md in this folder."""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
PORT = 8977
COURSE = "trafficking-smuggling"
LESSON = f"/es/courses/{COURSE}/foundations/act-means-purpose/"
TOKEN = "t" * 32
WHERE = "127.0.0.1"
SERVERS = {
    "granian": f"--interface wsgi --host {WHERE} --port {PORT} --workers 2 --blocking-threads 2 --no-ws"
    " --log-level error portal.wsgi:application",
    "gunicorn": f"--bind {WHERE}:{PORT} --workers 2 --threads 2 --worker-class gthread --keep-alive 30"
    " --log-level error portal.wsgi:application",
}


@contextmanager
def database(folder: Path, postgres: bool) -> Iterator[str]:
    """Give the address of an empty database; a PostgreSQL lives as long as the block."""
    if not postgres:
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    run = (
        ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        if os.geteuid() == 0
        else []
    )
    home = folder / "postgres"
    home.mkdir()
    folder.chmod(0o755)
    if run:
        subprocess.run(["chown", "postgres", str(home)], check=True)
    data = str(home / "data")
    initdb = [str(programs / "initdb"), "-D", data, "-U", "aula", "--auth", "trust", "-E", "UTF8"]
    subprocess.run([*run, *initdb], check=True, capture_output=True)
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c shared_buffers=256MB"
    start = [str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start"]
    subprocess.run([*run, *start], check=True, capture_output=True)
    try:
        make = [str(programs / "createdb"), "-h", str(home), "-U", "aula", "aula"]
        subprocess.run(make, check=True)
        yield f"postgres://aula@/aula?host={home}"
    finally:
        stop = [str(programs / "pg_ctl"), "-D", data, "-m", "fast", "stop"]
        subprocess.run([*run, *stop], check=True, capture_output=True)


@contextmanager
def server(name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the product with two workers until the block ends."""
    program = Path(sys.executable).with_name(name)
    process = subprocess.Popen([str(program), *SERVERS[name].split()], cwd=ROOT)
    try:
        for _attempt in range(300):
            time.sleep(0.2)
            try:
                urlopen(f"http://{WHERE}:{PORT}/healthz", timeout=5).close()
                break
            except OSError:
                continue
        else:
            raise SystemExit(f"{name} did not start")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def memory(process: subprocess.Popen[bytes]) -> int:
    """Return the resident memory of the server and its workers in MB."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listing.splitlines()[1:]]
    family = {process.pid}
    for _depth in range(3):
        family |= {pid for pid, parent, _rss in rows if parent in family}
    return sum(rss for pid, _parent, rss in rows if pid in family) // 1024


def queries(path: str, cookie: str, body: dict[str, str] | None = None) -> int:
    """Count the queries of one warm request, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    name, _sign, value = cookie.partition("=")
    client.cookies[name] = value

    def ask() -> Any:
        if body is None:
            return client.get(path)
        return client.post(path, {**body, "client_id": uuid.uuid4().hex})

    ask()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = ask()
        assert answer.status_code == 200, (path, answer.status_code)
        b"".join(answer) if answer.streaming else answer.content
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in captured)


def attempt_of(person: Any) -> tuple[str, str, dict[str, str]]:
    """Begin a quiz; return the address of a question, of autosave, and the fields of an answer."""
    from assessments import attempts
    from courses import quizzes
    from courses.models import Enrolment, QuizPage
    from portal.demo.answers import right_answer

    page = QuizPage.objects.filter(url_path__contains="/foundations/").get()
    enrolment = Enrolment.objects.get(person=person)
    attempt = attempts.start(
        person=person,
        quiz=quizzes.spec_of(page),
        language="es",
        jurisdiction="MX",
        context={
            "enrolment": str(enrolment.key),
            "item": str(page.key),
            "back_url": "/es/",
            "course_title": "x",
        },
    )
    slot = next(s for s in attempt.paper.slots if s.kind in {"single", "true_false"})
    answer = {"slot": str(slot.number), "choice": right_answer(slot, "es")["choice"]}
    base = f"/es/quiz/{attempt.key}"
    return f"{base}/{slot.number}/", f"{base}/autosave/", answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", choices=sorted(SERVERS), default="granian")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--people", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--requests", type=int, default=600)
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as name, database(Path(name), chosen.postgres) as address:
        os.environ |= {"DATA_DIR": name, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        import django

        django.setup()
        measure(chosen)


def measure(chosen: argparse.Namespace) -> None:
    """Load, serve and print one table per size of the cohort."""
    from django.core.management import call_command

    from accounts import roles
    from accounts.models import User
    from benchmarks import people
    from courses.models import Course
    from courses.package.importing import import_course
    from courses.package.law import import_law
    from courses.rights import ensure_permissions

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    import_law(ROOT / "courses/packages/law", actor=None)
    import_course(ROOT / "courses/packages" / COURSE, actor=None)
    ensure_permissions()
    registrar = User.objects.create_user("registrar@bench.example", name="Registrar")
    roles.grant(person=registrar, role=roles.Role.PROGRAMME_STAFF, actor=None)
    course = Course.objects.get(code="TIP-101")
    for size in chosen.people:
        cohort = people.fill(course, until=size)
        _analyse()
        table(chosen, size, cohort, registrar)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def table(chosen: argparse.Namespace, size: int, cohort: Any, registrar: Any) -> None:
    """Print the measures at one size of the cohort."""
    from django.db import connection

    from accounts.models import User
    from benchmarks import load, people

    readers = [people.cookie(p) for p in User.objects.filter(enrolments__cohort=cohort).order_by("pk")[:50]]
    person = User.objects.filter(enrolments__cohort=cohort).order_by("-pk")[0]
    reader, staff = people.cookie(person), people.cookie(registrar)
    question, autosave, answer = attempt_of(person)
    cohort_page = f"/en/staff/cohorts/{cohort.key}/"
    csv = f"{cohort_page}learners.csv"
    pages = {
        "bare view": ("/bare/", readers),
        "course page": (f"/es/courses/{COURSE}/", readers),
        "lesson": (LESSON, readers),
        "question page": (question, [reader]),
        "staff list of the cohort": (cohort_page, [staff]),
    }
    counts = {name: queries(path, cookies[0]) for name, (path, cookies) in pages.items()}
    saving = queries(autosave, reader, answer)
    connection.close()
    print(f"\n{chosen.server}, {connection.vendor}, {size:,} enrolled people")
    heads = ("req/s", "of bare", "p50 ms", "p95 ms", "queries", "bytes", "errors")
    print(f"{'page':28}" + "".join(f"{head:>10}" for head in heads))
    with server(chosen.server) as process:
        base = 0.0
        for name, (path, cookies) in pages.items():
            # each closure is used before the next is made
            found = load.run(
                PORT, lambda n, p=path, c=cookies: load.get(p, c[n % len(c)]), requests=chosen.requests
            )
            base = base or found.rate
            line(name, found, base, counts[name])
        form = "application/x-www-form-urlencoded"

        def save(_number: int) -> bytes:
            body = urlencode({**answer, "client_id": uuid.uuid4().hex}).encode()
            return load.post(autosave, body, reader, TOKEN, form)

        line("autosave", load.run(PORT, save, requests=chosen.requests), base, saving)
        before, began = memory(process), time.perf_counter()
        found = load.run(PORT, lambda _n: load.get(csv, staff), requests=1, connections=1, warm=0)
        took, after = time.perf_counter() - began, memory(process)
        print(f"CSV of the cohort: {took:.2f} s, {found.size:,} bytes; server {before} MB, then {after} MB")
        weight(reader)


def line(name: str, found: Any, base: float, count: int) -> None:
    """Print one row."""
    print(
        f"{name:28}{found.rate:10.1f}{found.rate / base:10.0%}{found.p50:10.1f}{found.p95:10.1f}"
        f"{count:10}{found.size:10,}{found.errors:10}"
    )


def weight(cookie: str) -> None:
    """Print what a first visit to a lesson fetches without media, gzipped."""
    import re

    def fetch(path: str) -> bytes:
        asked = Request(
            f"http://127.0.0.1:{PORT}{path}", headers={"Cookie": cookie, "Accept-Encoding": "gzip"}
        )
        with urlopen(asked) as answer:
            return answer.read()

    raw = fetch(LESSON)
    html = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    parts = {"html": len(raw)}
    sheets = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html.decode())
    fonts = set()
    for path in dict.fromkeys(sheets):
        body = fetch(path)
        parts[path.rsplit("/", 1)[1]] = len(body)
        text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        fonts |= {
            m
            for m in re.findall(r'url\("?([^")]+\.woff2)"?\)', text.decode())
            if "latin-" in m or "latin." in m
        }
    for font in fonts:
        name = font.rsplit("/", 1)[1]
        parts[name] = len(fetch(f"/static/fonts/{name}"))
    print(
        "cold lesson without media:",
        f"{sum(parts.values()):,} bytes;",
        ", ".join(f"{k} {v:,}" for k, v in parts.items()),
    )


if __name__ == "__main__":
    main()
