"""Treaties and national provisions from their folder: `instruments.yaml` and `provisions/<CC>.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from courses.choices import Scope
from courses.models import Instrument, InstrumentArticle, LegalProvision

from . import files, words
from .reading import BadPackage, Problem
from .schema import Schema, Text
from .yaml_text import BadYaml, load

PLAIN = (
    "topic",
    "law_name_original",
    "original_language",
    "article",
    "excerpt",
    "valid_from",
    "valid_to",
    "law_as_at",
    "certainty",
    "published",
    "unpublished_reason",
    "reviewer",
    "next_review",
)


@dataclass(frozen=True)
class Loaded:
    """How many rows the law folder holds now."""

    instruments: int
    articles: int
    provisions: int
    published: int


@transaction.atomic
def import_law(place: Path, *, actor: User | None) -> Loaded:
    """Load the folder; raise BadPackage with every fault and change nothing."""
    instruments, provisions = _read(place)
    articles = 0
    for entry in instruments:
        instrument = Instrument.objects.filter(slug=entry["slug"]).first() or Instrument(slug=entry["slug"])
        instrument.source_language = _source(entry["title"])
        words.put(instrument, "title", entry["title"])
        words.put(instrument, "short_title", entry.get("short_title"))
        instrument.adopted, instrument.in_force = entry.get("adopted"), entry.get("in_force")
        instrument.source = entry.get("source") or ""
        instrument.save()
        for row in entry["articles"]:
            _put_article(instrument, row)
            articles += 1
    for row in provisions:
        _put_provision(row, actor)
    shown = sum(row["published"] for row in provisions)
    return Loaded(len(instruments), articles, len(provisions), shown)


def _source(title: dict[str, str]) -> str:
    return "en" if "en" in title else next(iter(title))


def _put_article(instrument: Instrument, row: dict[str, Any]) -> None:
    slug = row["slug"]
    article = InstrumentArticle.objects.filter(slug=slug).first() or InstrumentArticle(slug=slug)
    article.instrument, article.source_language = instrument, _source(row["label"])
    article.topics = row["topics"]
    article.excerpt = row.get("excerpt") or ""
    for field in ("label", "summary"):
        words.put(article, field, row[field])
    article.save()


def _put_provision(row: dict[str, Any], actor: User | None) -> None:
    found = LegalProvision.objects.filter(key=row["key"]).first()
    provision = found or LegalProvision(key=row["key"])
    provision.jurisdiction = row["jurisdiction"]
    provision.source_language = _source(row["summary"])
    for name in PLAIN:
        empty = None if name.startswith("valid_") or name == "next_review" else ""
        value = row.get(name)
        setattr(provision, name, empty if value is None else value)
    provision.scope = row.get("scope") or Scope.UNMARKED
    for field in ("law_name", "summary", "source", "scope_note"):
        words.put(provision, field, row.get(field))
    provision.save()
    audit.record(actor=actor, verb="law_imported", target=provision)


def _read(place: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    problems: list[Problem] = []
    instruments = list(_rows(place, "instruments.yaml", files.INSTRUMENTS, "instruments", problems))
    provisions: list[dict[str, Any]] = []
    seen: set[str] = set()
    for path in sorted((place / "provisions").glob("*.yaml")):
        name = f"provisions/{path.name}"
        for row in _rows(place, name, files.PROVISIONS, "provisions", problems):
            if not row["published"] and not row.get("unpublished_reason"):
                problems.append(Problem(name, 1, f"{row['key']} is not published but gives no reason"))
            if str(row["key"]) in seen:
                problems.append(Problem(name, 1, f"repeats the key {row['key']}"))
            seen.add(str(row["key"]))
            provisions.append(row)
    if problems:
        raise BadPackage(sorted(problems))
    return instruments, provisions


def _rows(
    place: Path, name: str, schema: Schema, inside: str, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    try:
        value, lines = load((place / name).read_bytes())
    except FileNotFoundError:
        problems.append(Problem(name, 1, "is missing"))
        return
    except BadYaml as error:
        problems.append(Problem(name, error.line, str(error)))
        return

    def complain(path: str, message: str) -> None:
        at = path
        while at and at not in lines:
            at = at.rpartition("/")[0]
        problems.append(Problem(name, lines.get(at, 1), f"{path.strip('/')} {message}"))

    before = len(problems)
    # each text of the law stands in the languages that its translators had: at least one
    _any_language(schema).check(value, "", complain, [])
    if len(problems) == before:
        yield from value[inside]


class _SomeLanguages(Text):
    """A text in one or more languages."""

    def check(self, value: Any, path: str, complain: Any, languages: list[str]) -> None:
        if not isinstance(value, dict) or not value:
            complain(path, "must hold a text in at least one language")
            return
        super().check(value, path, complain, [code for code in words.LANGUAGES if code in value])


def _any_language(schema: Any) -> Any:
    if type(schema) is Text:
        return _SomeLanguages(schema.required)
    if isinstance(schema, files.Record):
        fields = {name: _any_language(part) for name, part in schema.fields.items()}
        return files.Record(fields, schema.required)
    if isinstance(schema, files.Many):
        return files.Many(_any_language(schema.item), schema.required, schema.least)
    return schema
