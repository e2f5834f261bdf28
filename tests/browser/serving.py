"""A real server on its own data: the command of `make demo`, so that what is tested is what is served.

The demo content is loaded once into a template folder; every server gets its own copy of it.
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.error import URLError

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
# Keeps the loaded demo between runs for whoever works on the journeys: delete it when content changes.
KEPT_TEMPLATE = os.environ.get("BROWSER_TEMPLATE", "")
PATIENCE = 180  # seconds to wait for a server on a busy machine


def environment(folder: Path, port: int) -> dict[str, str]:
    """Return the environment of a demo installation whose data is in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DEBUG": "false",
        "DEMO": "true",
        "DATA_DIR": str(folder),
        "SITE_URL": f"http://localhost:{port}",
        "LOG_LEVEL": "WARNING",
    }


@cache
def template() -> Path:
    """Return a folder with the demo loaded and the static files collected; made once per run."""
    folder = Path(KEPT_TEMPLATE or mkdtemp(prefix="aula-template-"))
    if (folder / "ready").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated.database(), folder / "db.sqlite3")
    manage = [sys.executable, str(ROOT / "manage.py")]
    collect = [*manage, "collectstatic", "--noinput", "--verbosity", "0"]
    load = [*manage, "shell", "--no-imports", "-c", "from tests.browser.preparing import load; load()"]
    (folder / "secret_key").write_text("journeys-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2)
    both = [
        subprocess.Popen(command, cwd=ROOT, env=environment(folder, 0), stdout=subprocess.DEVNULL)
        for command in (collect, load)
    ]
    assert [process.wait() for process in both] == [0, 0], "the demo could not be loaded"
    (folder / "ready").touch()
    return folder


def forget_template() -> None:
    """Delete the template of this run, if there is one that is not to be kept."""
    if template.cache_info().currsize and not KEPT_TEMPLATE:
        shutil.rmtree(template(), ignore_errors=True)
    template.cache_clear()


class Server:
    """Aula on a port and a folder of its own."""

    def __init__(self, folder: Path, *, workers: int = 1) -> None:
        self.folder = folder
        self.workers = workers
        self.port = _free_port()
        self.base = f"http://localhost:{self.port}"
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._desk: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [
            *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers)),
            *("--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
            "portal.wsgi:application",
        ]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(self.folder, self.port),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self._process is not None
            assert self._process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{self.base}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"no answer after {PATIENCE} seconds:\n{self.log.read_text()}")

    def kill(self) -> None:
        """Kill every process of the server at once, with no chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop in good order."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        group = self._process.pid  # it leads a session of its own: the workers end with it
        try:
            os.killpg(group, how)
            self._process.wait(timeout=30)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows that are in the database now, read beside the server or after its death."""
        connection = sqlite3.connect(f"file:{self.folder / 'db.sqlite3'}?mode=rw", uri=True, timeout=30)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def run(self, function: str, **given: Any) -> Any:
        """Call a function of `tests.browser.preparing` on the server's database; return what it returns.

        All calls go to one process beside the server: to start Django costs seconds.
        """
        if self._desk is None:
            code = "from tests.browser.preparing import answer_calls; answer_calls()"
            self._desk = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", code],
                cwd=ROOT,
                env=environment(self.folder, self.port),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        calls, answers = self._desk.stdin, self._desk.stdout
        assert calls is not None
        assert answers is not None
        calls.write(json.dumps([function, given]) + "\n")
        calls.flush()
        answer = next((line for line in answers if line.startswith("=")), "")
        assert answer, f"{function} ended in an error, which stands above"
        return json.loads(answer[1:])

    def close_desk(self) -> None:
        """End the process that answers calls, if there is one."""
        if self._desk is not None:
            self._desk.communicate()
            self._desk = None

    def letters(self, to: str) -> list[EmailMessage]:
        """Return the mails to an address, oldest first."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        divider = b"-" * 79
        found = []
        for part in (part for file in files for part in file.read_bytes().split(divider) if part.strip()):
            letter = message_from_bytes(part.lstrip(), policy=policy.default)
            if to in str(letter["To"]):
                found.append(letter)
        return found

    def troubles(self) -> list[str]:
        """Return what the log holds of errors in the code."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if "Traceback" in line or "ERROR" in line or "Internal Server" in line]


@contextmanager
def serving(*, workers: int = 1) -> Iterator[Server]:
    """Serve a fresh copy of the template; it must end without an error in its log.

    Two workers, as `make demo` has, cost twice the start: for what may depend on them.
    """
    source, folder = template(), Path(mkdtemp(prefix="aula-server-"))
    server = Server(folder, workers=workers)
    try:
        for name in ("db.sqlite3", "secret_key"):
            shutil.copy(source / name, folder / name)
        for name in ("media", "private", "mail", "keys"):
            if (source / name).exists():
                shutil.copytree(source / name, folder / name)
        (folder / "static").symlink_to(source / "static")
        server.start()
        yield server
        assert server.troubles() == [], server.log.read_text()[-8000:]
    finally:
        server.close_desk()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    # below the range from which outgoing connections take theirs; each process has a stretch of its own
    first = 8200 + 40 * (os.getpid() % 20)
    for port in range(first, first + 40):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError(f"no free port between {first} and {first + 39}")
