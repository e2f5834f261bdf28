"""The page tree: catalogue, course, module, and the items that a learner completes."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from courses.choices import FeedbackWhen, QuizPurpose
from courses.fields import LessonField
from pages.models import BasePage

from .catalogue import Course


class HomePage(BasePage):
    """The root of the site; the home view draws it."""

    max_count = 1
    parent_page_types = ["pages.BasePage"]
    subpage_types = ["courses.CatalogPage"]

    class Meta:
        verbose_name = _("home page")


class CatalogPage(BasePage):
    """All courses."""

    intro = models.TextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["courses.HomePage"]
    subpage_types = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("catalogue")


class CoursePage(BasePage):
    """What a reader is told about a course; its identity and rules are its Course."""

    course = models.OneToOneField(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="page"
    )
    summary = models.TextField(_("summary"), blank=True)
    audience = models.TextField(_("who it is for"), blank=True)
    outcomes = models.TextField(
        _("learning outcomes"), blank=True, help_text=_("One on each line, beginning with a verb.")
    )
    roles = models.JSONField(_("professional roles"), default=list, blank=True)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("cover image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    authors = models.CharField(_("authors"), max_length=300, blank=True)

    parent_page_types = ["courses.CatalogPage"]
    subpage_types = ["courses.ModulePage", "courses.QuizPage"]

    class Meta:
        verbose_name = _("course page")


class ModulePage(BasePage):
    """A part of a course, with its own outcomes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary = models.TextField(_("summary"), blank=True)
    outcomes = models.TextField(
        _("learning outcomes"), blank=True, help_text=_("One on each line, beginning with a verb.")
    )
    needed = models.PositiveSmallIntegerField(
        _("items needed"),
        null=True,
        blank=True,
        help_text=_("How many of its required items complete the module. Leave empty for all."),
    )

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]

    class Meta:
        verbose_name = _("module")


class ItemPage(models.Model):
    """What lessons and quizzes share: the stable key, and when they count and open."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    required = models.BooleanField(_("needed for completion"), default=True)
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


class LessonPage(ItemPage, BasePage):
    """A lesson: numbered text and blocks."""

    lede = models.TextField(_("what the reader can do afterwards"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    body = LessonField(verbose_name=_("text"), blank=True)

    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")


class QuizPage(ItemPage, BasePage):
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
    time_limit_minutes = models.PositiveSmallIntegerField(_("time limit (minutes)"), null=True, blank=True)
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
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("quiz")


class QuizSlot(Orderable):
    """Either one fixed question, or a number drawn at random from a category."""

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
    count = models.PositiveSmallIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question of the quiz")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(question__isnull=False, category__isnull=True, count=1)
                | models.Q(question__isnull=True, category__isnull=False),
                name="quiz_slot_question_or_category",
            ),
        )

    def __str__(self) -> str:
        return str(self.question or self.category)
