"""The upper page tree: home, catalogue, course, module. What a learner completes stands in items.py."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.search import index

from accounts.choices import ProfessionalRole
from courses.fields import CodesField
from pages.models import BasePage
from translation.editing import LANGUAGES, PageForm, promote_panels, source_panels, title_panels

from .catalogue import Course
from .preview import CourseTreePage

OUTCOMES_HELP = _("One on each line, beginning with a verb: “Tell trafficking from smuggling”.")


def searched(*fields: str) -> list[Any]:
    """Return the search fields of translated texts: every language, never the plain column."""
    return [index.SearchField(f"{field}_{code}") for field in fields for code in LANGUAGES]


class HomePage(CourseTreePage, BasePage):
    """The root of the site; the home view draws it."""

    max_count = 1
    parent_page_types = ["pages.BasePage"]
    subpage_types = ["courses.CatalogPage"]

    base_form_class = PageForm
    content_panels: ClassVar[list[Panel]] = title_panels()
    promote_panels = promote_panels()
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("home page")


class CatalogPage(CourseTreePage, BasePage):
    """All courses."""

    intro = models.TextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["courses.HomePage"]
    subpage_types = ["courses.CoursePage"]

    base_form_class = PageForm
    content_panels: ClassVar[list[Panel]] = [*title_panels(), *source_panels("intro", _("Introduction"))]
    promote_panels = promote_panels()
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("catalogue")


class CoursePageForm(PageForm):
    """The form of a course page, which is written in the source language of its course."""

    def _post_clean(self) -> None:
        course = self.cleaned_data.get("course")
        if course is not None and self.instance.pk is None:
            self.instance.source_language = course.source_language
        super()._post_clean()


class CoursePage(CourseTreePage, BasePage):
    """What a reader is told about a course; its identity and rules are its Course."""

    course = models.OneToOneField(
        Course,
        verbose_name=_("course"),
        on_delete=models.PROTECT,
        related_name="page",
        help_text=_(
            "Code, hours, who may enrol and the completion rule. Make the course under “Courses” in"
            " the menu first; the page is then written in its source language."
        ),
    )
    summary = models.TextField(_("summary"), blank=True)
    audience = models.TextField(_("who it is for"), blank=True)
    outcomes = models.TextField(_("learning outcomes"), blank=True, help_text=OUTCOMES_HELP)
    roles = CodesField(_("professional roles"), codes=ProfessionalRole.choices, default=list, blank=True)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("cover image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Optional. Never a picture of a victim."),
    )
    authors = models.CharField(_("authors"), max_length=300, blank=True)

    parent_page_types = ["courses.CatalogPage"]
    subpage_types = ["courses.ModulePage", "courses.QuizPage"]

    base_form_class = CoursePageForm
    content_panels: ClassVar[list[Panel]] = [
        *title_panels(_("As readers see it in the catalogue.")),
        FieldPanel("course"),
        *source_panels(
            "summary",
            _("Summary"),
            help_text=_("Two or three sentences for the catalogue: what the course does for a judge."),
        ),
        *source_panels("audience", _("Who it is for")),
        *source_panels("outcomes", _("Learning outcomes"), help_text=OUTCOMES_HELP),
        MultiFieldPanel(
            [
                FieldPanel(
                    "roles",
                    help_text=_("By these the catalogue is filtered. None means for everyone."),
                ),
                FieldPanel("authors"),
                FieldPanel("cover"),
            ],
            heading=_("About the course"),
        ),
    ]
    promote_panels = promote_panels()
    preview_template = "courses/preview/course.html"
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        *searched("title", "summary", "audience"),
        index.FilterField("course_id"),
    ]

    class Meta:
        verbose_name = _("course page")

    def preview_context(self, language: str) -> dict[str, Any]:
        return {"modules": self.get_children().type(ModulePage).specific()}

    def with_content_json(self, content: Any) -> Any:
        """An old revision never takes a page to another course."""
        page = super().with_content_json(content)
        page.course_id = self.course_id
        return page


class KeyedPage(models.Model):
    """A page that records point at: its key is its own for ever, in every revision and copy."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    exclude_fields_in_copy: ClassVar[list[str]] = ["key"]

    class Meta:
        abstract = True

    def with_content_json(self, content: Any) -> Any:
        """A revision, even one copied from another page, never brings another key."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.key = self.key
        return page


class ModulePage(KeyedPage, CourseTreePage, BasePage):
    """A part of a course, with its own outcomes."""

    summary = models.TextField(_("summary"), blank=True)
    outcomes = models.TextField(_("learning outcomes"), blank=True, help_text=OUTCOMES_HELP)
    needed = models.PositiveSmallIntegerField(
        _("items needed"),
        null=True,
        blank=True,
        help_text=_("How many of its required items complete the module. Leave empty for all."),
    )

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]

    base_form_class = PageForm
    content_panels: ClassVar[list[Panel]] = [
        *title_panels(_("Without a number: modules number themselves in the order of the list.")),
        *source_panels("summary", _("Summary")),
        *source_panels("outcomes", _("Learning outcomes"), help_text=OUTCOMES_HELP),
        FieldPanel("needed"),
    ]
    promote_panels = promote_panels()
    preview_template = "courses/preview/module.html"

    class Meta:
        verbose_name = _("module")

    def preview_context(self, language: str) -> dict[str, Any]:
        return {"items": self.get_children().specific()}
