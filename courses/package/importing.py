"""Write a faultless package into the database: one transaction, everything or nothing.

What is already there under the same keys is brought up to date; an unchanged lesson gets no new
revision and an unchanged question no new version, so importing twice changes nothing.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from courses import rights
from courses.choices import CompletionRule, FeedbackWhen, QuizPurpose
from courses.models import (
    Course,
    CoursePage,
    GlossaryTerm,
    InstrumentArticle,
    LessonPage,
    ModulePage,
    QuizPage,
    Topic,
)
from pages.models import BasePage
from translation import readiness

from . import body, quiz_rules, words
from .media import Shelf, collection_of
from .questions import put_category
from .reading import Item, Module, Package, read
from .site_tree import catalogue


@dataclass
class Imported:
    """What an import did."""

    course: Course
    pages: int = 0
    changed_pages: int = 0
    changed_questions: int = 0
    unpublished: list[str] = field(default_factory=list)


def import_course(place: Path, *, actor: User | None) -> Imported:
    """Read and write a package; raise BadPackage or BadArchive and change nothing when it has faults."""
    terms = set(GlossaryTerm.objects.values_list("slug", flat=True))
    articles = set(InstrumentArticle.objects.values_list("slug", flat=True))
    return write(read(place, known_terms=terms, known_articles=articles), actor=actor)


@transaction.atomic
def write(package: Package, *, actor: User | None) -> Imported:
    """Write a package that `reading.read` found faultless."""
    course = _course(package)
    done = Imported(course)
    source = course.source_language
    for term in package.terms:
        _term(term, course)
    editors = rights.course_group(course)
    for category in package.categories:
        done.changed_questions += put_category(
            category, course_code=course.code, source=source, editors=editors, actor=actor
        )
    shelf = Shelf(collection_of(course.code), package.files)
    _PageWriter(course, shelf, actor, done).write(package)
    audit.record(
        actor=actor, verb="course_imported", target=course, data={"version": package.course["version"]}
    )
    return done


def _course(package: Package) -> Course:
    data = package.course
    course = Course.objects.filter(key=data["key"]).first() or Course(key=data["key"])
    course.code, course.source_language = data["code"], data["source_language"]
    course.hours = Decimal(str(data["hours"]))
    course.enrolment_policy = data["enrolment"]
    course.completion_rule = (data.get("completion") or {}).get("rule", CompletionRule.ALL_REQUIRED)
    course.validity_months = data.get("validity_months")
    course.ready_languages = [code for code in data["languages"] if code != course.source_language]
    course.topic = _topic(data["topic"], course.source_language) if data.get("topic") else None
    words.put(course, "title", data["title"])
    certificate = data.get("certificate") or {}
    course.merit_from, course.distinction_from = (
        certificate.get("merit_from"),
        certificate.get("distinction_from"),
    )
    words.put(course, "certificate_wording", certificate.get("wording"))
    course.save()
    return course


def _topic(data: dict[str, Any], source: str) -> Topic:
    """Return the catalogue's topic; another course may have named it in more languages."""
    topic = Topic.objects.filter(slug=data["slug"]).first()
    topic = topic or Topic(slug=data["slug"], source_language=source)
    words.put(topic, "name", words.get(topic, "name") | data["name"])
    topic.save()
    return topic


def _term(data: dict[str, Any], course: Course) -> None:
    """Write a term. One that another course brought is that course's to word; here it is only used."""
    term = GlossaryTerm.objects.filter(slug=data["slug"]).first()
    if term and term.course_code not in ("", course.code):
        return
    term = term or GlossaryTerm(slug=data["slug"], source_language=course.source_language)
    term.course_code = course.code
    for name in ("term", "definition", "source"):
        words.put(term, name, data.get(name))
    term.save()


class _PageWriter:
    """Creates, updates and publishes the pages of one course."""

    def __init__(self, course: Course, shelf: Shelf, actor: User | None, done: Imported) -> None:
        self.course, self.shelf, self.actor, self.done = course, shelf, actor, done
        self.source = course.source_language
        self.kept: set[int] = set()

    def write(self, package: Package) -> None:
        root = self.course_page(package)
        tests = {test.data["key"]: test for test in package.tests}
        first = [t for t in tests.values() if t.data.get("purpose") == QuizPurpose.PRETEST]
        last = [t for t in tests.values() if t.data.get("purpose") != QuizPurpose.PRETEST]
        pages: list[BasePage] = [self.item(test, root) for test in first]
        pages += [self.module(module, root) for module in package.modules]
        pages += [self.item(test, root) for test in last]
        self.order(root, pages)
        self.prerequisites(package)
        self.retire(root)

    def course_page(self, package: Package) -> CoursePage:
        data = package.course
        page = CoursePage.objects.filter(course=self.course).first() or CoursePage(course=self.course)
        values = {
            "slug": data["slug"],
            "roles": data.get("roles") or [],
            "authors": data.get("authors") or "",
            "cover_id": self.shelf.image(data["cover"]) if data.get("cover") else None,
        }
        texts = {name: data.get(name) for name in ("title", "summary", "audience")}
        return self.publish(page, catalogue(), values, texts, lines={"outcomes": data.get("outcomes")})

    def module(self, module: Module, root: BasePage) -> BasePage:
        data = module.data
        page = ModulePage.objects.filter(key=data["key"]).first() or ModulePage(key=data["key"])
        values = {"slug": data["slug"], "needed": data.get("needed")}
        texts = {"title": data["title"], "summary": data.get("summary")}
        page = self.publish(page, root, values, texts, lines={"outcomes": data.get("outcomes")})
        self.order(page, [self.item(item, page) for item in module.items])
        return page

    def item(self, item: Item, parent: BasePage) -> BasePage:
        return self.quiz(item, parent) if item.data["type"] == "quiz" else self.lesson(item, parent)

    def lesson(self, item: Item, parent: BasePage) -> BasePage:
        data = item.data
        page = LessonPage.objects.filter(key=data["key"]).first() or LessonPage(key=data["key"])
        values = self.common(data) | {"minutes": data["minutes"]}
        texts = {"title": data["title"], "lede": data.get("outcome")}
        bodies = {code: body.to_stream(data["body"], code, self.shelf) for code in item.languages}
        return self.publish(page, parent, values, texts, bodies=bodies)

    def quiz(self, item: Item, parent: BasePage) -> BasePage:
        data = item.data
        page = QuizPage.objects.filter(key=data["key"]).first() or QuizPage(key=data["key"])
        values = self.common(data) | {
            "purpose": data.get("purpose", QuizPurpose.MODULE),
            "pass_mark": quiz_rules.per_cent(data["pass_mark"]),
            "attempts_allowed": data.get("attempts"),
            "time_limit_minutes": data.get("time_limit_minutes"),
            "shuffle_questions": data.get("shuffle_questions", False),
            "shuffle_options": data.get("shuffle_options", True),
            "feedback_when": data.get("feedback", FeedbackWhen.AFTER_SUBMIT),
            "show_answers": data.get("show_answers", True),
            **quiz_rules.put_rules(data),
        }
        texts = {"title": data["title"], "intro": data.get("intro")}
        return self.publish(page, parent, values, texts, quiz=data)

    def common(self, data: dict[str, Any]) -> dict[str, Any]:
        return {
            "slug": data["slug"],
            "required": data.get("required", True),
            "opens_on": data.get("opens_on"),
        }

    def publish(
        self,
        page: Any,
        parent: BasePage,
        values: dict[str, Any],
        texts: dict[str, Any],
        *,
        lines: dict[str, Any] | None = None,
        bodies: dict[str, list[dict[str, Any]]] | None = None,
        quiz: dict[str, Any] | None = None,
    ) -> Any:
        """Save and publish a page if anything about it changed."""
        before = _state(page) if page.pk else None
        page.source_language = self.source
        for name, value in values.items():
            setattr(page, name, value)
        for name, text in texts.items():
            words.put(page, name, text)
        for name, rows in (lines or {}).items():
            words.put_lines(page, name, rows)
        for language in words.LANGUAGES if bodies is not None else ():
            setattr(page, f"body_{language}", (bodies or {}).get(language) or None)
        if quiz is not None:
            page.sections.set([quiz_rules.put_section(*row) for row in enumerate(quiz.get("sections", ()))])
            page.slots.set([quiz_rules.put_slot(*row) for row in enumerate(quiz["slots"])])
        self.done.pages += 1
        if before is None:
            page.live = False
            parent.add_child(instance=page)
        if before is None or before != _state(page) or not page.live:
            self.done.changed_pages += 1
            page.save_revision(user=self.actor).publish(user=self.actor)
            page = type(page).objects.get(pk=page.pk)
            self.mark_translations(page)
        self.kept.add(page.pk)
        return page

    def mark_translations(self, page: Any) -> None:
        """The languages of a package were made from the source that came with them."""
        for name in ("title", "summary", "lede", "intro", "body"):
            for language in words.LANGUAGES:
                if language != self.source and getattr(page, f"{name}_{language}", None):
                    readiness.mark_current(record=page, field=name, language=language, actor=self.actor)

    def order(self, parent: BasePage, wanted: list[BasePage]) -> None:
        """Put the children into the order of the package."""
        keys = [page.pk for page in wanted]
        present = list(parent.get_children().filter(pk__in=keys).values_list("pk", flat=True))
        if present == keys:
            return
        for key in keys:
            type(parent).objects.get(pk=parent.pk)
            BasePage.objects.get(pk=key).move(BasePage.objects.get(pk=parent.pk), pos="last-child")

    def prerequisites(self, package: Package) -> None:
        """Point `after` at pages, now that all of them exist."""
        kinds: tuple[Any, ...] = (ModulePage, LessonPage, QuizPage)
        pages = {str(p.key): p for kind in kinds for p in kind.objects.filter(pk__in=self.kept)}
        items = [i for m in package.modules for i in m.items] + package.tests
        for item in items:
            page = pages[str(item.data["key"])]
            named = {"after": item.data.get("after")}
            if isinstance(page, QuizPage):
                named["paired_with"] = item.data.get("paired_with")
            wanted = {f"{name}_id": pages[str(key)].pk if key else None for name, key in named.items()}
            if any(getattr(page, name) != pk for name, pk in wanted.items()):
                for name, pk in wanted.items():
                    setattr(page, name, pk)
                page.save_revision(user=self.actor).publish(user=self.actor)

    def retire(self, root: BasePage) -> None:
        """Unpublish, never delete, what the package no longer holds."""
        for page in BasePage.objects.descendant_of(root).filter(live=True).exclude(pk__in=self.kept):
            page.specific.unpublish(user=self.actor)
            self.done.unpublished.append(page.title)


def _state(page: Any) -> dict[str, Any]:
    """Return what an import may change about a page, in comparable form."""
    state = {
        f.attname: getattr(page, f.attname)
        for f in page._meta.concrete_fields
        if f.name not in _PUBLISHING and not f.name.startswith("body")
    }
    for language in words.LANGUAGES if hasattr(page, "body") else ():
        stream = getattr(page, f"body_{language}", None)
        state[f"body_{language}"] = body.plain_stream(stream) if stream else None
    if hasattr(page, "slots"):
        state |= quiz_rules.comparable(page)
    return state


_PUBLISHING = {
    "title",
    "search_description",
    "summary",
    "audience",
    "outcomes",
    "lede",
    "intro",
    "draft_title",
    "live",
    "has_unpublished_changes",
    "latest_revision",
    "live_revision",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    "path",
    "depth",
    "numchild",
    "url_path",
    "after",
}
