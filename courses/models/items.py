"""What a learner completes: what lessons and quizzes share, and lessons."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from courses.fields import LessonField
from pages.models import BasePage
from translation.editing import LANGUAGES, PageForm, promote_panels, source_panels, title_panels
from translation.reading import language_columns

from .pages import KeyedPage, searched
from .preview import CourseTreePage

NUMBER_HELP = _("Without a number: items number themselves in the order of the list.")


class ItemPage(KeyedPage):
    """What lessons and quizzes share: when they count and open."""

    required = models.BooleanField(
        _("needed for completion"),
        default=True,
        help_text=_("People who began earlier keep the list of requirements they began with."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    after = models.ForeignKey(
        "pages.BasePage",
        verbose_name=_("opens after"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A lesson, quiz or module that must be done first."),
    )

    class Meta:
        abstract = True


COUNTS_PANEL = MultiFieldPanel(
    [
        FieldPanel("required"),
        FieldPanel("opens_on", help_text=_("Leave empty to open it at once.")),
        PageChooserPanel("after", page_type=["courses.ModulePage", "courses.LessonPage", "courses.QuizPage"]),
    ],
    heading=_("When it counts and opens"),
)


class LessonQuerySet(PageQuerySet):
    def without_bodies(self) -> "LessonQuerySet":
        """Leave the texts in the database; `courses.rendering` fetches the one it has to draw."""
        return self._without("body", *language_columns("body", set(), LANGUAGES))

    def reading(self, language: str) -> "LessonQuerySet":
        """Load the text in `language` alone; no other language's body leaves the database."""
        return self._without("body", *language_columns("body", {language}, LANGUAGES))

    def _without(self, *columns: str) -> "LessonQuerySet":
        # Django's own defer: modeltranslation's takes "body" to mean every language of it
        deferred: LessonQuerySet = models.QuerySet.defer(self, *columns)
        return deferred


class LessonPage(ItemPage, CourseTreePage, BasePage):
    """A lesson: numbered text and blocks."""

    lede = models.TextField(_("what the reader can do afterwards"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=10,
        help_text=_(
            "How long an attentive reader needs, with the exercises. Readers see it only where there is no"
            " text to count: once a lesson is published, its minutes are counted in each language."
        ),
    )
    # by language, written by courses.minutes alone; the author's own minutes stand in where one is missing
    reading_minutes = models.JSONField(default=dict, blank=True, editable=False)
    body = LessonField(verbose_name=_("text"), blank=True)

    objects: ClassVar[Any] = PageManager.from_queryset(LessonQuerySet)()

    parent_page_types = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []

    base_form_class = PageForm
    content_panels: ClassVar[list[Panel]] = [
        *title_panels(NUMBER_HELP),
        *source_panels(
            "lede",
            _("What the reader can do afterwards"),
            help_text=_("One sentence: “At the end of this lesson you can …”."),
        ),
        FieldPanel("minutes"),
        *source_panels(
            "body",
            _("Text"),
            help_text=_("Think, compare, decide, check: a lesson of fifteen minutes has five to ten blocks."),
        ),
        COUNTS_PANEL,
    ]
    promote_panels = promote_panels()
    preview_template = "courses/preview/lesson.html"
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, *searched("title", "lede", "body")]

    class Meta:
        verbose_name = _("lesson")

    def preview_context(self, language: str) -> dict[str, Any]:
        from courses import minutes, rendering  # they read lessons

        body = rendering.draft_html(self, language=language)
        return {"body": body, "minutes": minutes.of_draft(self, body.language)}
