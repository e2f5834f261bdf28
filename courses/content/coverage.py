"""How much of each course stands in which language, counted from its files."""

from collections.abc import Iterator
from pathlib import Path

from .texts import Content, ContentFile, body_words, read_content

LANGUAGES = ("es", "en", "pt", "fr", "ar", "bn")
HEAD = """# What is written in which language

Made by `python manage.py content_coverage > docs/coverage.md`; a test says when it is out of date. Words are
those of the lessons as they are read, without the words of the videos. Questions are those of the module's
bank and of the tests over the whole course. An empty cell: not in this language.
"""


def report(places: list[Path]) -> str:
    """Return the tables of some packages as Markdown."""
    return "\n".join([HEAD, *(_course(read_content(place)) for place in places)])


def _course(content: Content) -> str:
    title = content.course.data["title"]["en"]
    complete = ", ".join(content.course.data["languages"])
    lines = [f"## {title}", "", f"Complete in {complete}.", ""]
    lines += [_row("Module", LANGUAGES, " words"), "| --- |" + " ---: |" * len(LANGUAGES)]
    lines += list(_words(content))
    lines += ["", _row("Questions", LANGUAGES, ""), "| --- |" + " ---: |" * len(LANGUAGES)]
    lines += list(_questions(content))
    return "\n".join([*lines, ""])


def _words(content: Content) -> Iterator[str]:
    total = dict.fromkeys(LANGUAGES, 0)
    for module in content.of("module"):
        lessons = [file for file in content.of("lesson") if file.module == module.module]
        counts = [body_words(lesson) for lesson in lessons]
        words = {code: sum(count.get(code, 0) for count in counts) for code in LANGUAGES}
        for code in LANGUAGES:
            total[code] += words[code]
        yield _counted(module.data["title"]["en"], words)
    yield _counted("**All**", total)


def _questions(content: Content) -> Iterator[str]:
    total = dict.fromkeys(LANGUAGES, 0)
    for file in content.of("questions"):
        held = {code: _held(file) if code in file.languages else 0 for code in LANGUAGES}
        for code in LANGUAGES:
            total[code] += held[code]
        yield _counted(file.data["name"]["en"], held)
    yield _counted("**All**", total)


def _held(file: ContentFile) -> int:
    return len(file.data["questions"])


def _counted(name: str, counts: dict[str, int]) -> str:
    return _row(name, [f"{counts[code]:,}" if counts[code] else "" for code in LANGUAGES], "")


def _row(first: str, cells: list[str] | tuple[str, ...], after: str) -> str:
    return f"| {first} | " + " | ".join(f"{cell}{after}" for cell in cells) + " |"
