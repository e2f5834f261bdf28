"""A small course in Spanish and English, made by plain functions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from wagtail.models import Locale, Site

from accounts.models import User
from assessments.models import Category, Option, Question, QuestionVersion
from courses import enrolment, outline, syllabus
from courses.models import (
    CatalogPage,
    Course,
    CoursePage,
    Enrolment,
    HomePage,
    LessonPage,
    ModulePage,
    QuizPage,
    QuizSlot,
)
from pages.models import BasePage
from tests import standing


@dataclass
class Built:
    """A course with its pages, by their short names."""

    course: Course
    page: CoursePage
    modules: list[ModulePage] = field(default_factory=list)
    lessons: list[LessonPage] = field(default_factory=list)
    quizzes: list[QuizPage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/es/courses/{self.page.slug}/"

    def url_of(self, item: LessonPage | QuizPage, language: str = "es") -> str:
        """Return the address of an item in a language."""
        self.course.refresh_from_db()
        found = outline.of(page_id=self.page.pk, edition=self.course.edition, language=language)
        return found.by_key[item.key].url

    def again(self) -> "Built":
        """Return the same for another test, of an edition about which nothing is remembered."""
        kinds: list[tuple[Any, list[Any]]] = [
            (ModulePage, self.modules),
            (LessonPage, self.lessons),
            (QuizPage, self.quizzes),
        ]
        read = [[kind.objects.get(pk=page.pk) for page in pages] for kind, pages in kinds]
        page = CoursePage.objects.select_related("course").get(pk=self.page.pk)
        syllabus.renew_edition(course=page.course)
        return Built(page.course, page, *read)


@standing.once("catalogue_page")
def make_catalogue() -> CatalogPage:
    """Make the catalogue below the site's home page, if there is none."""
    # a test with real transactions empties every table, those filled by migrations too
    Locale.objects.get_or_create(language_code="en")
    found = CatalogPage.objects.first()
    if found is not None:
        return found
    root = BasePage.objects.filter(depth=1).first() or BasePage.add_root(title="Root", slug="root")
    home = HomePage.objects.first() or root.add_child(instance=HomePage(title="Home", slug="start"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page_id": home.pk}
    )
    return home.add_child(instance=CatalogPage(title="Courses", slug="courses"))


@pytest.fixture
def catalogue_page(db: None) -> CatalogPage:
    """The catalogue below the site's home page."""
    made = standing.found("catalogue_page") or make_catalogue()
    return CatalogPage.objects.get(pk=made.pk)


def make_course(catalogue: CatalogPage, code: str = "TIP-101", **fields: Any) -> Built:
    """Make a live course without modules."""
    course = Course(
        code=code,
        source_language="es",
        title_es="Trata de personas",
        title_en="Trafficking in persons",
        hours="9.0",
        ready_languages=["en"],
        certificate_wording_es="Curso en línea.",
        **fields,
    )
    course.save()
    page = CoursePage(
        course=course,
        slug=code.lower(),
        source_language="es",
        title_es="Trata de personas",
        title_en="Trafficking in persons",
        summary_es="Distinguir, probar y reparar.",
        summary_en="Tell apart, prove and repair.",
        outcomes_es="Distinguir la trata.\nReparar el daño.",
        roles=["judge", "prosecutor"],
    )
    return Built(course, catalogue.add_child(instance=page))


def add_module(built: Built, **fields: Any) -> ModulePage:
    """Add a live module."""
    number = len(built.modules) + 1
    module = ModulePage(
        slug=f"module-{number}",
        source_language="es",
        title_es=f"Módulo {number}",
        title_en=f"Part {number}",
        **fields,
    )
    built.page.refresh_from_db()
    built.modules.append(built.page.add_child(instance=module))
    return built.modules[-1]


def add_lesson(built: Built, module: ModulePage, **fields: Any) -> LessonPage:
    """Add a live lesson; lesson 3 has no English text."""
    number = len(built.lessons) + 1
    body = [("rich_text", {"text": f"<p>Texto de la lección {number}.</p>"})]
    values = {
        "slug": f"lesson-{number}",
        "source_language": "es",
        "title_es": f"Lección {number}",
        "title_en": f"Lesson {number}",
        "lede_es": "Usted sabe distinguir.",
        "minutes": 15,
        "body_es": body,
        "body_en": [("rich_text", {"text": f"<p>Text of lesson {number}.</p>"})],
    }
    lesson = LessonPage(**(values | fields))
    module.refresh_from_db()
    built.lessons.append(module.add_child(instance=lesson))
    return built.lessons[-1]


def add_quiz(built: Built, parent: BasePage, **fields: Any) -> QuizPage:
    """Add a live quiz with one question, of which the first option is right."""
    number = len(built.quizzes) + 1
    quiz = QuizPage(
        slug=f"quiz-{number}",
        source_language="es",
        title_es=f"Cuestionario {number}",
        title_en=f"Quiz {number}",
        **fields,
    )
    parent.refresh_from_db()
    parent.add_child(instance=quiz)
    QuizSlot.objects.create(page=quiz, question=make_question(), sort_order=0)
    built.quizzes.append(quiz)
    return quiz


def make_question() -> Question:
    """Make a ready single-choice question."""
    category, _made = Category.objects.get_or_create(
        slug="basics", defaults={"name_es": "Bases", "source_language": "es"}
    )
    question = Question.objects.create(category=category, status="ready")
    version = QuestionVersion.objects.create(
        question=question, kind="single", source_language="es", stem_es="¿Qué elemento falta?"
    )
    for order in range(2):
        Option.objects.create(
            version=version,
            sort_order=order,
            source_language="es",
            text_es=f"Opción {order}",
            correct=order == 0,
        )
    return question


@standing.once("built")
def make_built() -> Built:
    """Make a course of two modules: two lessons and a quiz, then one lesson without English text."""
    made = make_course(CatalogPage.objects.get())
    first, second = add_module(made), add_module(made)
    add_lesson(made, first)
    add_lesson(made, first)
    add_quiz(made, first)
    add_lesson(made, second, title_en="", body_en=[])
    syllabus.freeze(course=made.course)
    made.course.refresh_from_db()
    return made


@pytest.fixture
def built(catalogue_page: CatalogPage) -> Built:
    """A course of two modules: two lessons and a quiz, then one lesson without English text."""
    return (standing.found("built") or make_built()).again()


@pytest.fixture
def enrolled(built: Built, judge: User) -> Enrolment:
    """The judge's enrolment in the course."""
    return enrolment.enrol(person=judge, course=built.course, actor=None, language="es")


@pytest.fixture
def finish(built: Built) -> Callable[..., None]:
    """Return a function that does all required items but the last `short`."""
    from courses import progress

    def done(of: Enrolment, short: int = 0) -> None:
        items = [*built.lessons, *built.quizzes]
        for item in items[: len(items) - short]:
            progress.complete_item(enrolment=of, item_key=item.key, how="read", language="es")

    return done
