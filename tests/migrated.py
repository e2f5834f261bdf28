"""A database with every migration applied, made once: each process of the tests begins with a copy.

`python -m tests.migrated` makes it; whoever needs it and finds none, or one of other code, does so too.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("DATA_DIR") or ROOT / "var") / "test-migrated"
# migrations call the code of their apps, so a change anywhere in it makes the database anew
SOURCES = ("site", "translation", "assessments", "certificates", "courses", "programmes")


def database() -> Path:
    """Return the file of the migrated database."""
    file = FOLDER / f"{_code()}.sqlite3"
    with _alone():
        if not file.exists():
            for earlier in FOLDER.glob("*.sqlite3*"):
                earlier.unlink()
            _migrate(file)
    return file


def copy(into: Path | str) -> sqlite3.Connection:
    """Fill an empty database with what the migrations made; return a connection to it."""
    with closing(sqlite3.connect(database())) as source:
        filled = sqlite3.connect(into, uri=True)
        source.backup(filled)
    return filled


def _migrate(file: Path) -> None:
    begun = file.with_suffix(".sqlite3-begun")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{begun}",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    begun.rename(file)


def _code() -> str:
    """Return a digest of all from which the database comes."""
    files = [file for source in SOURCES for file in (ROOT / source).rglob("*.py")]
    digest = sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for file in [ROOT / "requirements.lock", *sorted(files)]:
        digest.update(f"\n{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:24]


@contextmanager
def _alone() -> Iterator[None]:
    """Let the other processes wait while one makes the database."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    database()
