"""What a learner completes: lessons and quizzes, and the questions that a quiz draws."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    Panel,
)
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet

from assessments.choices import Difficulty
from courses.choices import FeedbackWhen, QuizPurpose
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


class QuizPage(ItemPage, CourseTreePage, BasePage):
    """A quiz: which questions it draws and by which rules it is taken."""

    intro = models.TextField(_("introduction"), blank=True)
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=QuizPurpose.choices, default=QuizPurpose.MODULE
    )
    pass_mark = models.DecimalField(
        _("pass mark (per cent)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal("70"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts"), null=True, blank=True, help_text=_("Leave empty for as many as one likes.")
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        null=True,
        blank=True,
        help_text=_("Leave empty for no limit. People with extra time get theirs by themselves."),
    )
    shuffle_questions = models.BooleanField(_("shuffle the questions"), default=False)
    shuffle_options = models.BooleanField(_("shuffle the options"), default=True)
    feedback_when = models.CharField(
        _("show reasons"),
        max_length=20,
        choices=FeedbackWhen.choices,
        default=FeedbackWhen.AFTER_SUBMIT,
    )
    show_answers = models.BooleanField(_("show the right answers with the reasons"), default=True)

    parent_page_types = ["courses.ModulePage", "courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    base_form_class = PageForm
    content_panels: ClassVar[list[Panel]] = [
        *title_panels(),
        *source_panels("intro", _("Introduction")),
        InlinePanel(
            "slots",
            heading=_("Questions"),
            label=_("question or draw"),
            help_text=_("Fixed questions of the question bank, or a number drawn from a category."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldRowPanel(
                    [
                        FieldPanel("pass_mark"),
                        FieldPanel("attempts_allowed"),
                        FieldPanel("time_limit_minutes"),
                    ]
                ),
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_options"),
                FieldPanel("feedback_when"),
                FieldPanel("show_answers"),
            ],
            heading=_("Rules"),
        ),
        COUNTS_PANEL,
    ]
    promote_panels = promote_panels()
    preview_template = "courses/preview/quiz.html"

    class Meta:
        verbose_name = _("quiz")

    def preview_context(self, language: str) -> dict[str, Any]:
        return {"slots": self.slots.all()}


class QuizSlot(Orderable):
    """Either one fixed question, or a number drawn at random from a category, narrowed or not."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(
        "assessments.Question",
        verbose_name=_("question"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    category = models.ForeignKey(
        "assessments.Category",
        verbose_name=_("or drawn from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    objective = models.CharField(
        _("only learning outcome"),
        max_length=80,
        blank=True,
        help_text=_("A code such as A1.2, or A1 for all outcomes of the module. Empty: any outcome."),
    )
    difficulty = models.CharField(_("only difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("question"),
        FieldPanel("category"),
        FieldRowPanel([FieldPanel("objective"), FieldPanel("difficulty")]),
        FieldRowPanel([FieldPanel("count"), FieldPanel("weight")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("question of the quiz")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(question__isnull=False, category__isnull=True, count=1)
                | models.Q(question__isnull=True, category__isnull=False),
                name="quiz_slot_question_or_category",
            ),
            models.CheckConstraint(
                condition=models.Q(question__isnull=True) | models.Q(objective="", difficulty=""),
                name="quiz_slot_narrows_a_draw_only",
            ),
        )

    def __str__(self) -> str:
        return str(self.question or self.category)

    def clean(self) -> None:
        """Raise ValidationError unless there is either a question or a category."""
        if (self.question_id is None) == (self.category_id is None):
            raise ValidationError(_("Choose either a question or a category to draw from."))
        if self.question_id is not None and self.count != 1:
            raise ValidationError({"count": _("A fixed question comes once.")})
        if self.question_id is not None and (self.objective or self.difficulty):
            raise ValidationError(_("Outcome and difficulty narrow a draw; leave them empty here."))
