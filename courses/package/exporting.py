"""Write a course out as a package, without loss: importing what this writes gives the same course."""

from pathlib import Path
from typing import Any

from django.db.models import Q

from assessments.models import Category
from courses.choices import CompletionRule, FeedbackWhen, QuizPurpose
from courses.models import Course, CoursePage, GlossaryTerm, LessonPage, ModulePage, QuizPage

from . import archive, body, quiz_rules, words
from .markup import TERM
from .media import Taken
from .questions import take_category
from .words import without_nothing
from .yaml_text import dump


def export_course(course: Course, place: Path, *, version: int) -> int:
    """Write the course into a folder or `.zip`; return the number of files. Raises MarkupError.

    The pages are those that are live; `version` is stated in course.yaml and the manifest.
    """
    contents = collect(course, version=version)
    archive.write(contents, place)
    return len(contents)


def collect(course: Course, *, version: int) -> dict[str, bytes]:
    """Return all files of the package by name."""
    page = CoursePage.objects.get(course=course)
    taken = Taken()
    written: dict[str, bytes] = {}
    modules = list(ModulePage.objects.child_of(page).live().order_by("path"))
    folders = [f"{number:02}-{module.slug}" for number, module in enumerate(modules, 1)]
    for folder, module in zip(folders, modules, strict=True):
        written |= _module(folder, module, taken)
    tests = {}
    for quiz in QuizPage.objects.child_of(page).live().order_by("path"):
        name = "pretest" if quiz.purpose == QuizPurpose.PRETEST else "finaltest"
        tests[name] = f"{name}.yaml"
        written[f"{name}.yaml"] = dump(_quiz(quiz))
    for category in Category.objects.filter(course_code=course.code).order_by("slug"):
        written[f"questions/{category.slug}.yaml"] = dump(take_category(category))
    terms = _terms(course, written)
    if terms:
        written["glossary.yaml"] = dump({"terms": terms})
    data = _course(course, page, version, folders, tests, bool(terms))
    if page.cover_id:
        data["cover"] = taken.image(page.cover_id)
    written["course.yaml"] = dump(data)
    written |= taken.contents
    written[archive.MANIFEST] = archive.manifest(written, code=course.code, version=version)
    return written


def _course(
    course: Course, page: CoursePage, version: int, folders: list[str], tests: dict[str, str], terms: bool
) -> dict[str, Any]:
    hours = course.hours
    return without_nothing(
        {
            "code": course.code,
            "key": str(course.key),
            "slug": page.slug,
            "version": version,
            "source_language": course.source_language,
            "languages": course.languages,
            "title": words.get(course, "title"),
            "summary": words.get(page, "summary"),
            "audience": words.get(page, "audience"),
            "outcomes": words.get_lines(page, "outcomes"),
            "hours": int(hours) if hours == hours.to_integral_value() else float(hours),
            "topic": _topic(course),
            "roles": page.roles,
            "enrolment": course.enrolment_policy,
            "validity_months": course.validity_months,
            "certificate": _certificate(course),
            "completion": {"rule": str(CompletionRule(course.completion_rule))},
            "authors": page.authors,
            "glossary": "glossary.yaml" if terms else None,
            "modules": folders,
            **tests,
        }
    )


def _certificate(course: Course) -> dict[str, Any]:
    return without_nothing(
        {
            "wording": words.get(course, "certificate_wording"),
            "merit_from": course.merit_from,
            "distinction_from": course.distinction_from,
        }
    )


def _topic(course: Course) -> dict[str, Any] | None:
    topic = course.topic
    return {"slug": topic.slug, "name": words.get(topic, "name")} if topic else None


def _module(folder: str, module: ModulePage, taken: Taken) -> dict[str, bytes]:
    lessons = {p.pk: p for p in LessonPage.objects.child_of(module).live()}
    quizzes = {p.pk: p for p in QuizPage.objects.child_of(module).live()}
    written: dict[str, bytes] = {}
    names = []
    for number, pk in enumerate(module.get_children().live().values_list("pk", flat=True), 1):
        if pk in lessons:
            name, data = f"{number:02}-{lessons[pk].slug}.yaml", _lesson(lessons[pk], taken)
        else:
            name, data = f"{quizzes[pk].slug}.yaml", _quiz(quizzes[pk])
        names.append(name)
        written[f"modules/{folder}/{name}"] = dump(data)
    head = {
        "key": str(module.key),
        "slug": module.slug,
        "title": words.get(module, "title"),
        "summary": words.get(module, "summary"),
        "outcomes": words.get_lines(module, "outcomes"),
        "needed": module.needed,
        "items": names,
    }
    written[f"modules/{folder}/module.yaml"] = dump(without_nothing(head))
    return written


def _common(page: LessonPage | QuizPage, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "key": str(page.key),
        "slug": page.slug,
        "title": words.get(page, "title"),
        "required": page.required,
        "opens_on": page.opens_on,
        "after": str(page.after.specific.key) if page.after else None,
    }


def _lesson(page: LessonPage, taken: Taken) -> dict[str, Any]:
    streams = {code: getattr(page, f"body_{code}") for code in words.get(page, "title")}
    raw = {code: list(stream.raw_data) for code, stream in streams.items() if stream}
    data = _common(page, "lesson") | {"minutes": page.minutes, "outcome": words.get(page, "lede")}
    return without_nothing(data) | {"body": body.from_stream(raw, taken)}


def _quiz(page: QuizPage) -> dict[str, Any]:
    data = _common(page, "quiz") | {
        "purpose": None if page.purpose == QuizPurpose.MODULE else page.purpose,
        "intro": words.get(page, "intro"),
        "pass_mark": quiz_rules.share(page.pass_mark),
        "attempts": page.attempts_allowed,
        "time_limit_minutes": page.time_limit_minutes,
        "shuffle_questions": page.shuffle_questions,
        "shuffle_options": page.shuffle_options,
        "feedback": str(FeedbackWhen(page.feedback_when)),
        "show_answers": page.show_answers,
        **quiz_rules.take_rules(page),
    }
    slots = [quiz_rules.take_slot(slot) for slot in page.slots.order_by("sort_order")]
    return without_nothing(data) | {"slots": slots}


def _terms(course: Course, written: dict[str, bytes]) -> list[dict[str, Any]]:
    """The course's own terms, and those of others that it marks, so that the package stands alone."""
    marked = {match[1] for content in written.values() for match in TERM.finditer(content.decode())}
    return [
        without_nothing(
            {
                "slug": term.slug,
                "term": words.get(term, "term"),
                "definition": words.get(term, "definition"),
                "source": words.get(term, "source"),
            }
        )
        for term in GlossaryTerm.objects.filter(Q(slug__in=marked) | Q(course_code=course.code))
    ]
