"""What the lessons of the packages say: their blocks, and the paragraphs and sentences of a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PACKAGES = Path(__file__).resolve().parent.parent
CARDS = Path(__file__).resolve().parent / "cards"
COURSES = ("trafficking-smuggling", "judging-without-bias")

_END = re.compile(r"(?<=[.!?…؟।])((?:\u00a0?[”»\"’)])*)\s+(?=[^\Wa-zà-öø-ÿ]|[¿¡“«\"(—])")
# a full stop after these does not end a sentence
_SHORT = re.compile(
    r"(?:^|[\s(«“])(?:v|vs|c|p|Art|Arts|art|arts|No|Nos|núm|n|nº|párr|par|cf|Sr|Sra|Dr|M|Mme|St|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Module:
    """One module of a course, with its texts as they stand in the files."""

    course: str
    folder: str
    course_data: dict[str, Any]
    data: dict[str, Any]

    @property
    def slug(self) -> str:
        return self.folder.split("-", 1)[1]

    @property
    def place(self) -> Path:
        return PACKAGES / self.course / "modules" / self.folder

    @property
    def media(self) -> Path:
        return PACKAGES / self.course / "media"

    @property
    def source_language(self) -> str:
        return str(self.course_data["source_language"])

    def blocks(self, kind: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The blocks of one kind in its lessons, with their files, in order."""
        for name in self.data["items"]:
            lesson = load(self.place / name)
            for block in lesson.get("body") or []:
                if block["type"] == kind:
                    yield self.place / name, block


def load(path: Path) -> dict[str, Any]:
    """Read a YAML file."""
    found = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found if isinstance(found, dict) else {}


def modules(course: str = "", module: str = "") -> Iterator[Module]:
    """The modules whose course and folder contain the words given, in the order of the course."""
    for name in COURSES:
        if course not in name:
            continue
        data = load(PACKAGES / name / "course.yaml")
        for folder in data["modules"]:
            if module in folder:
                yield Module(name, folder, data, load(PACKAGES / name / "modules" / folder / "module.yaml"))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a transcript, each in one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def plain(words: str) -> str:
    """Words without the marks of bold, italics, links and terms: what is spoken and captioned."""
    words = re.sub(r"\[\[[a-z0-9-]+\|([^\]]+)\]\]", r"\1", words)
    words = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", words)
    return re.sub(r"\*{1,2}", "", words).strip()


def typeset(words: str) -> str:
    """Plain words as they are set on slides and cards: with the apostrophe of print."""
    return plain(words).replace("'", "’")


def heading_and_rest(paragraph: str) -> tuple[str, str]:
    """The bold lead of a paragraph, without its full stop, and what follows it."""
    lead = re.match(r"\*\*(.+?)\*\*\s*", paragraph)
    if not lead:
        return "", plain(paragraph)
    return lead[1].strip().rstrip(".:।").strip(), plain(paragraph[lead.end() :].lstrip(".: "))


def sentences(words: str) -> list[str]:
    """Cut plain words where a sentence ends; joined by spaces they are the same words again."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(words):
        if not _SHORT.search(words[start : end.end(1)]):
            found.append(words[start : end.end(1)])
            start = end.end()
    return [*found, words[start:]]
