"""The translated texts of a package, each with its file and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from courses.package import archive, files
from courses.package.markup import TERM
from courses.package.schema import Record, Rich, Schema, texts
from courses.package.yaml_text import load

NAMED_BY = {"name": files.QUESTIONS, "title": files.LESSON}
MARKS = re.compile(r"\*\*|(?<!\w)\*|\*(?!\w)|^#+ |^[-\d.]+ ", re.MULTILINE)
LINK = re.compile(r"\[([^\[\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True)
class Passage:
    """One text in all its languages."""

    line: int
    path: str
    rich: bool
    words: dict[str, str]

    @property
    def field(self) -> str:
        """The name of the field that holds it, such as `text` or `citation`."""
        return [part for part in self.path.split("/") if part and not part.isdigit()][-1]


@dataclass(frozen=True)
class ContentFile:
    """One file of a package with its texts; `kind` is course, module, lesson, quiz, questions or glossary."""

    name: str
    kind: str
    data: dict[str, Any]
    lines: dict[str, int]

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which it stands: those of its title."""
        return frozenset(self.data.get("title") or self.data.get("name") or {})

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every translated text, in the order of the schema."""
        return tuple(self._passages())

    @property
    def module(self) -> str:
        """The folder of the module to which a lesson, quiz or module file belongs; else empty."""
        return self.name.split("/")[1] if self.name.startswith("modules/") else ""

    def line(self, path: str) -> int:
        """Return the line of a path, or of the nearest thing that holds it."""
        while path and path not in self.lines:
            path = path.rpartition("/")[0]
        return self.lines.get(path, 1)

    def _passages(self) -> Iterator[Passage]:
        for path, schema, words in self._texts():
            yield Passage(self.line(path), path, isinstance(schema, Rich), words)

    def _texts(self) -> Iterator[tuple[str, Any, dict[str, str]]]:
        if self.kind == "lesson":
            about = {name: value for name, value in self.data.items() if name != "body"}
            yield from texts(files.LESSON, about)
            for index, block in enumerate(self.data["body"]):
                yield from texts(files.block(block["type"]), block, f"/body/{index}")
            return
        yield from texts(SCHEMAS[self.kind], self.data)


SCHEMAS: dict[str, Schema] = {
    "course": files.COURSE,
    "module": files.MODULE,
    "quiz": files.QUIZ,
    "questions": files.QUESTIONS,
    "glossary": files.GLOSSARY,
}
assert all(isinstance(schema, Record) for schema in SCHEMAS.values())


@dataclass(frozen=True)
class Content:
    """A package that was read, file by file."""

    files: tuple[ContentFile, ...]
    assets: frozenset[str]

    def of(self, *kinds: str) -> list[ContentFile]:
        """Return the files of some kinds."""
        return [file for file in self.files if file.kind in kinds]

    @property
    def course(self) -> ContentFile:
        """The file about the course as a whole."""
        return self.of("course")[0]


def read_content(place: Path) -> Content:
    """Return the texts of a package that `courses.package.reading.read` finds faultless."""
    contents = archive.read(place)
    found = []
    for name, content in sorted(contents.items()):
        if name.endswith(".yaml"):
            data, lines = load(content)
            found.append(ContentFile(name, _kind(name, data), data, lines))
    assets = frozenset(name for name in contents if name.startswith("media/"))
    return Content(tuple(found), assets)


def _kind(name: str, data: dict[str, Any]) -> str:
    if name in {"course.yaml", "glossary.yaml"}:
        return name.removesuffix(".yaml")
    if name.startswith("questions/"):
        return "questions"
    return "module" if name.endswith("/module.yaml") else str(data["type"])


def plain(words: str) -> str:
    """Return the words as they are read: without marks, and links as their words."""
    return MARKS.sub("", LINK.sub(r"\1", TERM.sub(r"\2", words)))


def count_words(words: str) -> int:
    """Return how many words a reader reads."""
    return len(plain(words).split())


def body_words(lesson: ContentFile) -> dict[str, int]:
    """Return the words of a lesson's body by language; what is heard in videos is not counted."""
    found: dict[str, int] = {}
    for passage in lesson.passages:
        if passage.path.startswith("/body/") and passage.field != "transcript":
            for language, words in passage.words.items():
                found[language] = found.get(language, 0) + count_words(words)
    return found
