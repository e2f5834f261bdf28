"""Read a package and find every fault in it, each with its file and line."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from assessments.papers import SlotSpec
from courses import vector

from . import archive, files
from .markup import TERM
from .schema import Record, Schema, texts
from .yaml_text import BadYaml, load

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of a package."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class BadPackage(ValueError):
    """The package has faults; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Item:
    """A lesson or quiz with the languages it stands in."""

    data: dict[str, Any]
    languages: list[str]


@dataclass
class Module:
    data: dict[str, Any]
    items: list[Item] = field(default_factory=list)


@dataclass
class Package:
    """A faultless package."""

    course: dict[str, Any]
    modules: list[Module]
    tests: list[Item]
    categories: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    files: Mapping[str, bytes]


class _Reader:
    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.problems: list[Problem] = []
        self.lines: dict[str, dict[str, int]] = {}
        self.keys: dict[str, str] = {}

    def complain(self, file: str, path: str, message: str) -> None:
        lines = self.lines.get(file, {})
        shown = path.strip("/")
        while path and path not in lines:
            path = path.rpartition("/")[0]
        self.problems.append(Problem(file, lines.get(path, 1), f"{shown} {message}".strip()))

    def load(self, file: str) -> dict[str, Any] | None:
        if file not in self.contents:
            self.complain(file, "", "is missing from the package")
            return None
        try:
            value, self.lines[file] = load(self.contents[file])
        except BadYaml as error:
            self.problems.append(Problem(file, error.line, str(error)))
            return None
        if not isinstance(value, dict):
            self.complain(file, "", "must be a mapping of fields")
            return None
        return value

    def check(self, file: str, schema: Schema, value: Any, languages: list[str], path: str = "") -> bool:
        before = len(self.problems)
        schema.check(value, path, lambda at, message: self.complain(file, at, message), languages)
        return len(self.problems) == before

    def claim(self, file: str, path: str, key: Any) -> None:
        """A key stands for one thing in the whole package."""
        try:
            known = str(uuid.UUID(str(key)))
        except ValueError:
            return  # the schema has said so
        if known in self.keys:
            self.complain(file, path, f"repeats the key of {self.keys[known]}")
        self.keys[known] = file

    # --- the files -----------------------------------------------------------------------------
    def course(self) -> dict[str, Any] | None:
        data = self.load("course.yaml")
        if data is None:
            return None
        offered = data.get("languages")
        source = data.get("source_language")
        if source not in LANGUAGES:
            self.complain("course.yaml", "/source_language", f"must be one of {', '.join(LANGUAGES)}")
            return None
        if not isinstance(offered, list) or source not in offered or not set(offered) <= set(LANGUAGES):
            self.complain("course.yaml", "/languages", "must name known languages, the source among them")
            return None
        # a course may be named in more languages than it is complete in
        named = self.languages_of(data, data)
        for language in sorted(set(offered) - set(named)):
            self.complain("course.yaml", f"/title/{language}", "has no text")
        ok = set(offered) <= set(named) and self.check("course.yaml", files.COURSE, data, named)
        self.claim("course.yaml", "/key", data.get("key"))
        return data if ok else None

    def languages_of(self, data: dict[str, Any], course: dict[str, Any], name: str = "title") -> list[str]:
        """A file stands in the languages in which it has a title; the source is always one."""
        title = data.get(name)
        present = set(title) if isinstance(title, dict) else set()
        return [code for code in LANGUAGES if code in present | {course["source_language"]}]

    def module(self, folder: str, course: dict[str, Any]) -> Module | None:
        file = f"modules/{folder}/module.yaml"
        data = self.load(file)
        if data is None or not self.check(file, files.MODULE, data, self.languages_of(data, course)):
            return None
        self.claim(file, "/key", data["key"])
        module = Module(data)
        for name in data["items"]:
            item = self.item(f"modules/{folder}/{name}", course)
            if item:
                module.items.append(item)
        return module

    def item(self, file: str, course: dict[str, Any]) -> Item | None:
        data = self.load(file)
        if data is None:
            return None
        languages = self.languages_of(data, course)
        self.claim(file, "/key", data.get("key"))
        if data.get("type") == "quiz":
            ok = self.check(file, files.QUIZ, data, languages)
            for index, slot in enumerate(data.get("slots") or []):
                if not isinstance(slot, dict):
                    continue  # the schema has said so
                if len(slot.keys() & {"question", "category", "vignette"}) != 1:
                    self.complain(file, f"/slots/{index}", "names either a question or a category")
                elif "category" not in slot and slot.keys() & {"objective", "difficulty", "tags"}:
                    self.complain(file, f"/slots/{index}", "narrows a draw, but names one question")
                elif "question" not in slot and "version" in slot:
                    self.complain(file, f"/slots/{index}", "pins a version, but names no question")
        else:
            body = data.get("body")
            ok = self.check(file, files.LESSON, {k: v for k, v in data.items() if k != "body"}, languages)
            ok = self.blocks(file, body, languages) and ok
        return Item(data, languages) if ok else None

    def blocks(self, file: str, body: Any, languages: list[str]) -> bool:
        if not isinstance(body, list) or not body:
            self.complain(file, "/body", "must be a list of blocks")
            return False
        ok, ids = True, set()
        for index, block in enumerate(body):
            path = f"/body/{index}"
            kind = block.get("type") if isinstance(block, dict) else None
            if kind not in files.BLOCKS:
                self.complain(file, path, f"has the unknown type {kind!r}")
                ok = False
                continue
            ok = self.check(file, files.block(kind), block, languages, path) and ok
            if block.get("id") in ids:
                self.complain(file, f"{path}/id", "is used twice in the lesson")
                ok = False
            ids.add(block.get("id"))
        return ok

    def category(self, file: str, course: dict[str, Any]) -> dict[str, Any] | None:
        data = self.load(file)
        if data is None:
            return None
        languages = self.languages_of(data, course, "name")
        ok = self.check(file, files.QUESTIONS, data, languages)
        self.claim(file, "/key", data.get("key"))
        for index, question in enumerate(data.get("questions") or []):
            if isinstance(question, dict):
                self.claim(file, f"/questions/{index}/key", question.get("key"))
        return data if ok else None

    def terms(self, file: str, course: dict[str, Any]) -> list[dict[str, Any]]:
        data = self.load(file)
        found = []
        for index, term in enumerate((data or {}).get("terms") or []):
            schema = files.GLOSSARY.fields["terms"].item  # type: ignore[attr-defined]
            languages = self.languages_of(term, course, "term")
            path = f"/terms/{index}"
            # a term may be named in more languages than it is explained in
            explained = [code for code in languages if code in (term.get("definition") or {})]
            if all(
                self.check(file, Record({name: part}), {name: term.get(name)}, spoken, path)
                for name, part in schema.fields.items()
                for spoken in [explained if name in {"definition", "source"} else languages]
            ):
                found.append(term)
        return found

    # --- what refers to what -------------------------------------------------------------------
    def references(self, package: Package, *, known_terms: set[str], known_articles: set[str]) -> None:
        questions = {str(q["key"]) for c in package.categories for q in c["questions"]}
        categories = {str(c["key"]): c["questions"] for c in package.categories}
        slugs = known_terms | {t["slug"] for t in package.terms}
        items = {str(i.data["key"]) for m in package.modules for i in m.items}
        items |= {str(m.data["key"]) for m in package.modules}
        quizzes = {
            str(item.data["key"])
            for item in [*package.tests, *(item for module in package.modules for item in module.items)]
            if item.data["type"] == "quiz"
        }
        vignettes = {
            str(question["vignette"]["key"])
            for category in package.categories
            for question in category["questions"]
            if question.get("vignette")
        }
        for file, data in self._item_files(package):
            if data.get("after") and str(data["after"]) not in items:
                self.complain(file, "/after", "names no item of this course")
            if data.get("paired_with") and str(data["paired_with"]) not in quizzes:
                self.complain(file, "/paired_with", "names no quiz of this course")
            for n, slot in enumerate(data.get("slots") or []):
                if "question" in slot and str(slot["question"]) not in questions:
                    self.complain(file, f"/slots/{n}", "names a question that no category holds")
                if "vignette" in slot and str(slot["vignette"]) not in vignettes:
                    self.complain(file, f"/slots/{n}", "names an unknown vignette")
                if "category" in slot and str(slot["category"]) not in categories:
                    self.complain(file, f"/slots/{n}", "names an unknown category")
                elif "category" in slot and slot.get("count", 1) > _in_stock(slot, categories):
                    self.complain(file, f"/slots/{n}", "draws more questions than the category has")
            for n, block in enumerate(data.get("body") or []):
                self._block_references(file, n, block, slugs, known_articles)

    def _item_files(self, package: Package) -> list[tuple[str, dict[str, Any]]]:
        found = []
        for folder, module in zip(package.course["modules"], package.modules, strict=True):
            names = module.data["items"]
            found += [(f"modules/{folder}/{n}", i.data) for n, i in zip(names, module.items, strict=True)]
        named = [package.course.get("pretest"), package.course.get("finaltest")]
        found += list(zip([n for n in named if n], [t.data for t in package.tests], strict=True))
        return found

    def _block_references(
        self, file: str, index: int, block: dict[str, Any], slugs: set[str], articles: set[str]
    ) -> None:
        path = f"/body/{index}"
        schema = files.block(block["type"])
        for at, _schema, words in texts(schema, block, path):
            for language, value in words.items():
                for slug in {m[1] for m in TERM.finditer(value)} - slugs:
                    self.complain(file, f"{at}/{language}", f"marks the unknown term {slug!r}")
        if block["type"] == "law_comparison" and block["article"] not in articles:
            self.complain(file, f"{path}/article", f"names the unknown article {block['article']!r}")
        for name, part in schema.fields.items():
            if type(part).__name__ == "Asset" and block.get(name):
                value = block[name]
                for asset in value.values() if isinstance(value, dict) else [value]:
                    if asset not in self.contents:
                        self.complain(file, f"{path}/{name}", f"names {asset}, which is not in the package")
                    elif asset.endswith(".svg"):
                        for fault in dict.fromkeys(vector.faults(self.contents[asset])):
                            self.complain(file, f"{path}/{name}", f"names {asset}: {fault}")


def _in_stock(slot: dict[str, Any], categories: dict[str, list[dict[str, Any]]]) -> int:
    """Return how many questions a draw may take from."""
    draw = SlotSpec(
        category_key=uuid.UUID(str(slot["category"])),
        difficulty=slot.get("difficulty", ""),
        objective=slot.get("objective", ""),
        tags=tuple(slot.get("tags", ())),
    )
    return sum(
        draw.takes(
            difficulty=question.get("difficulty", ""),
            objective=question.get("objective", ""),
            tags=frozenset(question.get("tags", ())),
        )
        for question in categories[str(slot["category"])]
        if not question.get("vignette")
    )


def read(
    place: Path, *, known_terms: set[str] | None = None, known_articles: set[str] | None = None
) -> Package:
    """Read a folder or zip; raise BadPackage with every fault found, or BadArchive."""
    contents = archive.read(place)
    reader = _Reader(contents)
    for file, message in archive.differences(contents):
        reader.complain(file, "", message)
    course = reader.course()
    if course is None:
        raise BadPackage(sorted(reader.problems))
    modules = [reader.module(folder, course) for folder in course["modules"]]
    named = [course.get("pretest"), course.get("finaltest")]
    tests = [reader.item(name, course) for name in named if name]
    drawers = [
        reader.category(name, course)
        for name in sorted(contents)
        if name.startswith("questions/") and name.endswith(".yaml")
    ]
    terms = reader.terms(course["glossary"], course) if course.get("glossary") else []
    if not reader.problems:
        package = Package(
            course,
            [module for module in modules if module],
            [test for test in tests if test],
            [drawer for drawer in drawers if drawer],
            terms,
            contents,
        )
        reader.references(package, known_terms=known_terms or set(), known_articles=known_articles or set())
        if not reader.problems:
            return package
    raise BadPackage(sorted(reader.problems))
