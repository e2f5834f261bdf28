"""Translated words between a file's `{language: words}` and a record's columns."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from translation.models import SourceLanguageModel

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def put(record: SourceLanguageModel, field: str, words: Mapping[str, str] | None) -> None:
    """Set every language's column; a language without words is emptied."""
    for language in LANGUAGES:
        setattr(record, f"{field}_{language}", (words or {}).get(language) or None)


def get(record: SourceLanguageModel, field: str) -> dict[str, str]:
    """Return the languages that have words, the source first."""
    order = [record.source_language, *(code for code in LANGUAGES if code != record.source_language)]
    found = {code: getattr(record, f"{field}_{code}") for code in order}
    return {code: words for code, words in found.items() if words}


def put_lines(record: SourceLanguageModel, field: str, lines: Iterable[Mapping[str, str]] | None) -> None:
    """Set a field of one line per entry (learning outcomes) from a list of texts."""
    rows = list(lines or [])
    joined = {code: "\n".join(row[code] for row in rows if code in row) for code in LANGUAGES}
    put(record, field, {code: words for code, words in joined.items() if words})


def get_lines(record: SourceLanguageModel, field: str) -> list[dict[str, str]]:
    """Return the lines of such a field as a list of texts."""
    columns = {code: words.splitlines() for code, words in get(record, field).items()}
    most = max(map(len, columns.values()), default=0)
    return [{c: lines[n] for c, lines in columns.items() if n < len(lines)} for n in range(most)]


def without_nothing(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record without empty values, as files are written."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
