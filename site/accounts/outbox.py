"""The letters of the demo, which land in a folder instead of being sent."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

# Django's file backend writes this line after each letter; one file may hold several.
_DIVIDER = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it would have been sent; `language` is a code, or empty if unknown."""

    key: str
    to: str
    subject: str
    sent_at: datetime | None
    language: str
    text: str
    html: str


def letters(folder: Path | str, limit: int = 200) -> list[Letter]:
    """Return the newest letters first, at most `limit`; an absent folder holds none."""
    found: list[Letter] = []
    # the names begin with the time of writing
    for file in sorted(Path(folder).glob("*.log"), reverse=True):
        found += reversed(_in_file(file))
        if len(found) >= limit:
            break
    return found[:limit]


def letter(folder: Path | str, key: str) -> Letter | None:
    """Return the letter with this key, or None."""
    name, _dash, _number = key.rpartition("-")
    file = Path(folder) / f"{name}.log"
    # the key comes from an address: it must not lead out of the folder
    if not name or file.parent != Path(folder) or not file.is_file():
        return None
    return next((one for one in _in_file(file) if one.key == key), None)


def _in_file(file: Path) -> list[Letter]:
    parts = file.read_bytes().replace(b"\r\n", b"\n").split(_DIVIDER)
    return [_read(f"{file.stem}-{n}", part) for n, part in enumerate(parts) if part.strip()]


def _read(key: str, source: bytes) -> Letter:
    message = email.message_from_bytes(source, EmailMessage, policy=email.policy.default)
    date = message["Date"]
    return Letter(
        key=key,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(date)) if date else None,
        language=str(message["Content-Language"] or ""),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else str(part.get_content())
