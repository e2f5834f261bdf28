"""Read settings from the environment and refuse a wrong value with a sentence.

Each reader names the variable, says what was found and what is expected, so that an operator can
mend it without reading code. The table of all variables stands in docs/operator.md.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or the default; raise if there is neither."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; see the operator's guide.")
    return value


def flag(name: str, default: bool) -> bool:
    """Return a yes/no variable."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: true, false.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number that is at least `least`."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from {least} up.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret(name: str) -> str:
    """Return a secret of at least 50 characters, as Django asks, that is not a placeholder."""
    value = text(name)
    if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"{name} must be a random text of at least 50 characters.")
    return value


def address(name: str, schemes: set[str], default: str) -> str:
    """Return an address whose scheme is one of `schemes`; an empty text stays empty."""
    value = os.environ.get(name, default)
    if value and urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} must be an address that begins with one of: {', '.join(sorted(schemes))}."
        )
    return value


def database(name: str, *, embedded: Path) -> dict[str, object]:
    """Return Django's database settings for `sqlite:///path` or `postgres://user:password@host/name`."""
    url = urlsplit(address(name, {"sqlite", "postgres", "postgresql"}, f"sqlite:///{embedded}"))
    if url.scheme == "sqlite":
        return _sqlite(name, unquote(url.path))
    if not url.path.strip("/"):
        raise ImproperlyConfigured(f"{name} names no database: postgres://user:password@host/name.")
    query = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        # a socket folder cannot stand in the host part of an address
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": str(url.port or ""),
        # a new connection costs 17-27 ms, more than a whole page
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": whole("DATABASE_POOL", 10, least=1)},
            **query,
        },
    }


def _sqlite(name: str, path: str) -> dict[str, object]:
    file = Path(path[1:] if path.startswith("//") else path)
    if not file.name:
        raise ImproperlyConfigured(f"{name} names no file: sqlite:////folder/file.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 600,  # opening the file anew and setting it up costs a quarter of a page
        "OPTIONS": {
            # writers wait for each other instead of failing; readers never wait
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000;",
        },
    }
