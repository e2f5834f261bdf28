"""The checks of a package, one function each; `faults` runs them all."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.choices import Kind
from courses.choices import QuizPurpose
from courses.package.markup import TERM, to_html

from .texts import LINK, Content, ContentFile, Passage, body_words, count_words, plain, read_content
from .wording import ALL_OF_THE_ABOVE, forbidden, looks_english, unchanged

LEAST_WORDS, MOST_WORDS = 500, 800
LEAST_IN_BANK, LEAST_FOR_TESTS, IN_A_TEST = 8, 30, 12
IN_A_QUIZ = (5, 6)
STRUCTURE = re.compile(r"<(p|h2|h3|ul|ol|li)>")


@dataclass(frozen=True, order=True)
class Fault:
    """Something a reader would stumble over."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


Check = Callable[[Content], Iterator[Fault]]


def faults(place: Path) -> list[Fault]:
    """Return every fault of a package that imports without complaint, in order of file and line."""
    content = read_content(place)
    return sorted(fault for check in CHECKS for fault in check(content))


def _texts(content: Content) -> Iterator[tuple[ContentFile, Passage]]:
    return ((file, passage) for file in content.files for passage in file.passages)


def missing_languages(content: Content) -> Iterator[Fault]:
    """Every file stands in the languages of the course, and a module's parts in those of the module."""
    complete = frozenset(content.course.data["languages"])
    of_module = {file.module: file.languages for file in content.of("module")}
    for file in content.files:
        if file.kind == "glossary":
            continue
        asked = complete | of_module.get(file.module, frozenset())
        if lacking := asked - file.languages:
            yield Fault(file.name, 1, f"does not stand in {', '.join(sorted(lacking))}")


def questions_of_translated_modules(content: Content) -> Iterator[Fault]:
    """A quiz in a language asks questions of that language."""
    drawers = {str(file.data["key"]): file for file in content.of("questions")}
    holding = {str(q["key"]): file for file in drawers.values() for q in file.data["questions"]}
    for quiz in content.of("quiz"):
        if not quiz.module:
            continue  # the tests go over all modules, and say which questions are in which language
        for slot in _asked_by(quiz):
            drawer = holding.get(str(slot.get("question"))) or drawers[str(slot.get("category"))]
            if lacking := quiz.languages - drawer.languages:
                yield Fault(drawer.name, 1, f"is not in {', '.join(sorted(lacking))}, as its quiz is")


def paragraphs_that_do_not_match(content: Content) -> Iterator[Fault]:
    """Headings, paragraphs and list items stand one to one, so that numbers mean the same everywhere."""
    for file, passage in _texts(content):
        if passage.rich:
            shapes = {code: tuple(STRUCTURE.findall(to_html(text))) for code, text in passage.words.items()}
            if len(set(shapes.values())) > 1:
                counts = ", ".join(f"{code} {len(shape)}" for code, shape in sorted(shapes.items()))
                yield Fault(file.name, passage.line, f"{passage.path} has different paragraphs: {counts}")


def left_in_english(content: Content) -> Iterator[Fault]:
    """No text stands in English where another language is promised."""
    for file, passage in _texts(content):
        english = passage.words.get("en", "")
        for code, text in passage.words.items():
            same = code != "en" and unchanged(text, english, field=passage.field)
            if same or looks_english(plain(text), code, field=passage.field):
                yield Fault(file.name, passage.line, f"{passage.path}/{code} is in English")


def forbidden_renderings(content: Content) -> Iterator[Fault]:
    """Terms are those of the treaties; a law's own words stand in quotation marks, italics or brackets."""
    for file, passage in _texts(content):
        for code, text in passage.words.items():
            if found := forbidden(TERM.sub(r"\2", text), code):
                yield Fault(file.name, passage.line, f"{passage.path}/{code} must not say “{found}”")


def glossary_without_definition(content: Content) -> Iterator[Fault]:
    """Every term is explained in each language of the course, and where a translated module marks it."""
    complete = set(content.course.data["languages"])
    marked: dict[str, set[str]] = {}
    for _file, passage in _texts(content):
        for code, text in passage.words.items():
            for found in TERM.finditer(text):
                marked.setdefault(found[1], set()).add(code)
    for file in content.of("glossary"):
        for index, term in enumerate(file.data["terms"]):
            asked = complete | marked.get(term["slug"], set())
            for name in ("term", "definition"):
                if lacking := asked - set(term.get(name) or {}):
                    line = file.line(f"/terms/{index}")
                    yield Fault(
                        file.name, line, f"{term['slug']} has no {name} in {', '.join(sorted(lacking))}"
                    )


def images_without_words(content: Content) -> Iterator[Fault]:
    """An alternative text says what is to be seen, and more than the caption does."""
    for file, passage in _texts(content):
        if passage.field == "alt":
            for code, text in passage.words.items():
                if count_words(text) < 4:
                    yield Fault(file.name, passage.line, f"{passage.path}/{code} describes nothing")


def links_that_lead_nowhere(content: Content) -> Iterator[Fault]:
    """A link inside the site leads to something in this course."""
    slugs = {str(file.data["slug"]) for file in content.of("course", "module", "lesson", "quiz")}
    for file, passage in _texts(content):
        for code, text in passage.words.items():
            for target in (match[2] for match in LINK.finditer(text)):
                inside = not target.startswith(("https://", "http://", "mailto:"))
                parts = [part for part in target.split("#")[0].split("/") if part]
                if inside and not (parts and set(parts) - {"courses", "es", "en", code} <= slugs):
                    yield Fault(file.name, passage.line, f"{passage.path}/{code} leads to {target}")


def media_in_every_language(content: Content) -> Iterator[Fault]:
    """What is shown, heard or taken home exists in each language of the lesson."""
    for file in content.of("lesson"):
        for index, block in enumerate(file.data["body"]):
            for name in ("captions", "files"):
                held = block.get(name)
                if isinstance(held, dict) and (lacking := file.languages - set(held)):
                    message = f"/body/{index}/{name} has no file in {', '.join(sorted(lacking))}"
                    yield Fault(file.name, file.line(f"/body/{index}"), message)
            if block["type"] == "video" and not {"captions", "transcript", "audio_file"} <= block.keys():
                yield Fault(file.name, file.line(f"/body/{index}"), "a video lacks captions, words or sound")


def length_of_lessons(content: Content) -> Iterator[Fault]:
    """A lesson has 500 to 800 words in each complete language that writes words as English does."""
    for file in content.of("lesson"):
        for code, count in body_words(file).items():
            if code not in {"ar", "bn"} and not LEAST_WORDS <= count <= MOST_WORDS:
                yield Fault(file.name, 1, f"has {count} words in {code}")


def modules_without_media(content: Content) -> Iterator[Fault]:
    """Every module has a video, a card for the bench, a case and further reading."""
    for module in content.of("module"):
        lessons = [file for file in content.of("lesson") if file.module == module.module]
        kinds = {block["type"] for lesson in lessons for block in lesson.data["body"]}
        if lacking := {"video", "document", "case_study", "knowledge_check"} - kinds:
            yield Fault(module.name, 1, f"has no {', '.join(sorted(lacking))} in its lessons")
        if len(module.data.get("outcomes") or []) < 3:
            yield Fault(module.name, 1, "has fewer than three outcomes")


def questions_that_teach_nothing(content: Content) -> Iterator[Fault]:
    """Every question names its outcome, difficulty, reason and source, and answers each choice."""
    outcomes = {
        f"{number}.{index}"
        for number, module in enumerate(content.course.data["modules"], start=1)
        for file in content.of("module")
        if file.module == module
        for index in range(1, len(file.data.get("outcomes") or []) + 1)
    }
    for file in content.of("questions"):
        for index, question in enumerate(file.data["questions"]):
            line = file.line(f"/questions/{index}")
            for message in _faults_of(question, outcomes):
                yield Fault(file.name, line, message)


def _faults_of(question: dict[str, Any], outcomes: set[str]) -> Iterator[str]:
    for name in ("difficulty", "reason", "source", "feedback"):
        if not question.get(name) and question["kind"] != Kind.ESSAY:
            yield f"a question has no {name}"
    if str(question.get("objective", "")).lstrip("AB") not in outcomes:
        yield f"a question tests no outcome of the course: {question.get('objective')!r}"
    for option in question.get("options") or []:
        # no point of a scale is right or wrong
        if not option.get("feedback") and question["kind"] != Kind.SURVEY:
            yield "an option has no feedback"
        for text in option["text"].values():
            if ALL_OF_THE_ABOVE.search(text):
                yield f"an option says “{text}”"


def banks_that_are_too_small(content: Content) -> Iterator[Fault]:
    """A module has eight questions and asks five or six; the tests ask twelve out of thirty."""
    drawers = {str(file.data["key"]): file for file in content.of("questions")}
    holding = {str(q["key"]): file for file in drawers.values() for q in file.data["questions"]}
    for quiz in content.of("quiz"):
        slots = _asked_by(quiz)
        asked = sum(slot.get("count", 1) for slot in slots)
        used = {str(s.get("category") or holding[str(s["question"])].data["key"]) for s in slots}
        stock = sum(len(drawers[key].data["questions"]) for key in used)
        if quiz.data.get("purpose") in {QuizPurpose.PRETEST, QuizPurpose.FINAL}:
            if asked != IN_A_TEST or stock < LEAST_FOR_TESTS:
                yield Fault(quiz.name, 1, f"asks {asked} of {stock} questions")
            if not all(slot.get("objective") and slot.get("difficulty") for slot in slots):
                yield Fault(quiz.name, 1, "draws by no blueprint of outcomes and difficulty")
        elif asked not in IN_A_QUIZ or stock < LEAST_IN_BANK:
            yield Fault(quiz.name, 1, f"asks {asked} of {stock} questions")


def _asked_by(quiz: ContentFile) -> list[dict[str, Any]]:
    """Return the lines of a quiz that ask what somebody knows: a vignette only compares answers."""
    return [slot for slot in quiz.data["slots"] if "vignette" not in slot]


CHECKS: tuple[Check, ...] = (
    missing_languages,
    questions_of_translated_modules,
    paragraphs_that_do_not_match,
    left_in_english,
    forbidden_renderings,
    glossary_without_definition,
    images_without_words,
    links_that_lead_nowhere,
    media_in_every_language,
    length_of_lessons,
    modules_without_media,
    questions_that_teach_nothing,
    banks_that_are_too_small,
)
