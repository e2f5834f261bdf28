"""Settings from the environment: each reader, what production refuses, and what no file may hold."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from portal.settings import environment as env

ROOT = Path(settings.ROOT)
KEY = "k3y-of-this-test-alone-0123456789-abcdefghijkl-ABCDEF"
NAME = "A_VARIABLE"


def given(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv(NAME, raising=False)
    else:
        monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda: env.text(NAME), "here", "here"),
        (lambda: env.text(NAME, "usual"), None, "usual"),
        (lambda: env.text(NAME, "usual"), "", ""),
        (lambda: env.flag(NAME, False), "Yes", True),
        (lambda: env.flag(NAME, True), "off", False),
        (lambda: env.flag(NAME, True), None, True),
        (lambda: env.whole(NAME, 5), "0", 0),
        (lambda: env.whole(NAME, 5), None, 5),
        (lambda: env.words(NAME), " a.example , b.example,,", ["a.example", "b.example"]),
        (lambda: env.words(NAME, "x"), None, ["x"]),
        (lambda: env.words(NAME, "x"), "", []),
        (lambda: env.secret(NAME), KEY, KEY),
        (lambda: env.address(NAME, {"https"}, ""), "https://a.example", "https://a.example"),
        (lambda: env.address(NAME, {"https"}, ""), None, ""),
    ],
)
def test_a_right_value_is_read(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], value: str | None, expected: Any
) -> None:
    given(monkeypatch, value)
    assert read() == expected


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda: env.text(NAME), None, "is not set"),
        (lambda: env.flag(NAME, True), "maybe", "'maybe'; it must be one of: true, false"),
        (lambda: env.flag(NAME, True), "", "''; it must be one of: true, false"),
        (lambda: env.whole(NAME, 5), "-1", "'-1'; it must be a whole number from 0 up"),
        (lambda: env.whole(NAME, 5, least=1), "0", "a whole number from 1 up"),
        (lambda: env.whole(NAME, 5), "1.5", "a whole number"),
        (lambda: env.secret(NAME), None, "is not set"),
        (lambda: env.secret(NAME), KEY[:49], "at least 50 characters"),
        (lambda: env.secret(NAME), "a" * 60, "random text"),
        (lambda: env.secret(NAME), "django-insecure-" + KEY, "random text"),
        (lambda: env.address(NAME, {"http", "https"}, ""), "ftp://a.example", "one of: http, https"),
        (lambda: env.address(NAME, {"https"}, ""), "a.example", "begins with one of: https"),
        (lambda: env.database(NAME, embedded=Path("x")), "mysql://a/b", "one of: postgres, postgresql"),
        (lambda: env.database(NAME, embedded=Path("x")), "postgres://aula@db", "names no database"),
        (lambda: env.database(NAME, embedded=Path("x")), "postgres://aula@db/", "names no database"),
        (lambda: env.database(NAME, embedded=Path("x")), "sqlite://", "names no file"),
        (lambda: env.database(NAME, embedded=Path("x")), "sqlite:///", "names no file"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], value: str | None, said: str
) -> None:
    given(monkeypatch, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    assert str(refused.value).startswith(f"{NAME} ")
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_refused_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "hunter2-hunter2")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.secret(NAME)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (None, Path("/data/db.sqlite3")),
        ("sqlite:////srv/aula/db.sqlite3", Path("/srv/aula/db.sqlite3")),
        ("sqlite:////srv/with%20space/db.sqlite3", Path("/srv/with space/db.sqlite3")),
    ],
)
def test_sqlite_is_the_embedded_database_or_a_file(
    monkeypatch: pytest.MonkeyPatch, url: str | None, name: Path
) -> None:
    given(monkeypatch, url)
    found = env.database(NAME, embedded=Path("/data/db.sqlite3"))
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", name)
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("url", "parts", "options"),
    [
        ("postgres://aula:p%40ss@db:5433/aula", ("aula", "aula", "p@ss", "db", "5433"), {}),
        ("postgresql://db/aula", ("aula", "", "", "db", ""), {}),
        ("postgres://aula@/aula?host=/run/postgresql", ("aula", "aula", "", "/run/postgresql", ""), {}),
        ("postgres://db/aula?sslmode=require", ("aula", "", "", "db", ""), {"sslmode": "require"}),
    ],
)
def test_postgresql_is_reached_by_host_or_by_socket_folder(
    monkeypatch: pytest.MonkeyPatch, url: str, parts: tuple[str, ...], options: dict[str, str]
) -> None:
    monkeypatch.setenv(NAME, url)
    monkeypatch.setenv("DATABASE_POOL", "6")
    found = env.database(NAME, embedded=Path("x"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts
    assert found["OPTIONS"] == {"pool": {"min_size": 1, "max_size": 6}, **options}


# --- production ------------------------------------------------------------------------------
GOOD = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "learning.example.org",
    "SITE_URL": "https://learning.example.org",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ModuleType]]:
    """Return a function that reads the production settings anew, with changes to a good environment."""

    def read(**changes: str | None) -> ModuleType:
        for name, value in {**GOOD, "BEHIND_PROXY": None, **changes}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        sys.modules.pop("portal.settings.production", None)
        return importlib.import_module("portal.settings.production")

    yield read
    sys.modules.pop("portal.settings.production", None)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_production_does_not_start_without(production: Callable[..., ModuleType], name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set"):
        production(**{name: None})


@pytest.mark.parametrize("weak", ["", "changeme", "a" * 60, "django-insecure-" + KEY])
def test_production_does_not_start_with_a_weak_key(production: Callable[..., ModuleType], weak: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="^SECRET_KEY must be a random text"):
        production(SECRET_KEY=weak)


def test_production_is_strict(production: Callable[..., ModuleType]) -> None:
    read = production()
    assert (read.DEBUG, read.DEMO) == (False, False)
    assert read.SECURE_SSL_REDIRECT
    assert read.SESSION_COOKIE_SECURE
    assert read.CSRF_COOKIE_SECURE
    assert read.CSRF_TRUSTED_ORIGINS == ["https://learning.example.org"]
    assert not hasattr(read, "SECURE_PROXY_SSL_HEADER")
    assert production(BEHIND_PROXY="true").SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")


def test_health_is_asked_over_plain_http_and_nothing_else_is(production: Callable[..., ModuleType]) -> None:
    exempt = production().SECURE_REDIRECT_EXEMPT
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=exempt):
        assert Client().get("/healthz").status_code == 200
        for path in ("/en/help/", "/healthz/more", "/en/healthz"):
            answer = Client().get(path)
            assert (answer.status_code, answer["Location"]) == (301, f"https://testserver{path}")


@pytest.mark.slow
def test_production_passes_the_check_for_deployment_without_a_word(tmp_path: Path) -> None:
    variables = {**os.environ, **GOOD, "DATA_DIR": str(tmp_path)}
    variables["DJANGO_SETTINGS_MODULE"] = "portal.settings.production"
    for name in ("DATABASE_URL", "CACHE_URL", "DEMO", "DEBUG"):
        variables.pop(name, None)
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    run = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    said = run.stdout + run.stderr
    assert "0 silenced" in said
    assert "WARNING" not in said


# --- the repository --------------------------------------------------------------------------
REGISTRIES = [
    ".".join(parts) for parts in (("py" + "pi", "org"), ("python" + "hosted", "org"), ("npm" + "js", "com"))
]
MACHINE = re.compile(r"(?<![\w.$}-])/(?:work|root|home/\w+)/")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}"
    r"|(?i:secret_key|api_key|access_key)\W{1,6}[\w-]{30,}"
)
# keys that guard nothing
HARMLESS = {"site/portal/settings/test.py", "benchmarks/settings.py", "tests/portal/test_settings.py"}


def tracked() -> Iterator[tuple[str, str]]:
    """Yield each file of the repository that is text, with its words."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("This is no checkout.")
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield name, content.decode("utf-8", errors="replace")


def test_no_file_holds_a_secret_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for name, words in tracked():
        if name not in HARMLESS and (secret := SECRETS.search(words)):
            found.append((name, secret[0][:20]))
        found += [(name, host) for host in REGISTRIES if host in words]
        if place := MACHINE.search(words):
            found.append((name, place[0]))
    assert found == []


def test_the_source_root_is_no_package() -> None:
    """`site` is a module of Python's own; a package of that name would hide it, or be hidden by it."""
    assert not (ROOT / "site" / "__init__.py").exists()
    assert Path(importlib.import_module("site").__file__ or "").parent != ROOT / "site"
