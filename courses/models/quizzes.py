"""Quizzes, and the rules by which they are taken."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    Panel,
)

from assessments.choices import Behaviour, Counts
from assessments.fields import FractionField
from assessments.visibility import Facet
from courses.choices import FACETS, FeedbackWhen, QuizPurpose
from courses.fields import CodesField
from pages.models import BasePage
from translation.editing import PageForm, promote_panels, source_panels, title_panels

from .items import COUNTS_PANEL, ItemPage
from .preview import CourseTreePage
from .quiz_parts import PER_CENT


def a_third() -> Fraction:
    """Return the penalty that is usual."""
    return Fraction(1, 3)


def every_facet() -> list[str]:
    """Return all that may be shown of an attempt."""
    return [str(facet) for facet in Facet]


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
        validators=PER_CENT,
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

    counts = models.CharField(
        _("which attempt counts"), max_length=10, choices=Counts.choices, default=Counts.HIGHEST
    )
    delay_minutes = models.PositiveIntegerField(
        _("minutes between attempts"), default=0, help_text=_("1440 is a day.")
    )
    opens_at = models.DateTimeField(_("attempts from"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("attempts until"), null=True, blank=True, help_text=_("What is open then is handed in.")
    )
    late_grace_minutes = models.PositiveSmallIntegerField(
        _("minutes for late answers"),
        default=0,
        help_text=_(
            "Answers that were given in time without a connection count when they come no later than"
            " this after the deadline. Others are shown to staff."
        ),
    )
    password = models.CharField(
        _("password"), max_length=60, blank=True, help_text=_("Asked for when an attempt begins.")
    )
    needs_ticket = models.BooleanField(
        _("only with the code of a room"),
        default=False,
        help_text=_("For supervised tests: staff issue a code for each room."),
    )
    behaviour = models.CharField(
        _("how questions go on"), max_length=20, choices=Behaviour.choices, default=Behaviour.DEFERRED
    )
    tries = models.PositiveSmallIntegerField(
        _("tries"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("For questions with several tries and hints."),
    )
    penalty = FractionField(
        _("penalty"),
        default=a_third,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("What each earlier try takes off: 1/3, or 0.1. Questions may state their own."),
    )
    practice = models.BooleanField(
        _("for practice"),
        default=False,
        help_text=_("Learners may ask for another question like one they have done; it does not count."),
    )
    in_order = models.BooleanField(
        _("one after the other"),
        default=False,
        help_text=_("A question opens when those before it are answered. Sections state it for themselves."),
    )
    shows_during = CodesField(_("during the attempt"), codes=FACETS, default=every_facet, blank=True)
    shows_right_after = CodesField(_("right after"), codes=FACETS, default=every_facet, blank=True)
    shows_later = CodesField(_("later, while open"), codes=FACETS, default=every_facet, blank=True)
    shows_after_close = CodesField(_("after closing"), codes=FACETS, default=every_facet, blank=True)
    paired_with = models.ForeignKey(
        "self",
        verbose_name=_("pre-test"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Progress since this test is shown by learning outcome, and its questions are drawn"
            " again only when there are no others."
        ),
    )
    second_marker = models.BooleanField(_("two markers"), default=False, help_text=_("For essays and files."))
    moderation_over = models.DecimalField(
        _("difference for a moderator (per cent)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(10),
        validators=PER_CENT,
        help_text=_("When two markers differ by more than this share of the question, a third decides."),
    )

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
        InlinePanel(
            "sections",
            heading=_("Sections"),
            label=_("section"),
            help_text=_("Leave empty for a quiz in one piece. Questions name the number of their section."),
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
                FieldRowPanel([FieldPanel("counts"), FieldPanel("delay_minutes")]),
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_options"),
                FieldPanel("in_order"),
                PageChooserPanel("paired_with", page_type="courses.QuizPage"),
            ],
            heading=_("Rules"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("behaviour"),
                FieldRowPanel([FieldPanel("tries"), FieldPanel("penalty")]),
                FieldPanel("practice"),
            ],
            heading=_("How questions go on"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("late_grace_minutes"),
                FieldPanel("password"),
                FieldPanel("needs_ticket"),
            ],
            heading=_("When and where it can be taken"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("feedback_when"),
                FieldPanel("show_answers"),
                FieldRowPanel([FieldPanel("shows_during"), FieldPanel("shows_right_after")]),
                FieldRowPanel([FieldPanel("shows_later"), FieldPanel("shows_after_close")]),
            ],
            heading=_("What learners may see"),
        ),
        MultiFieldPanel(
            [FieldPanel("second_marker"), FieldPanel("moderation_over")],
            heading=_("Marking by persons"),
        ),
        COUNTS_PANEL,
    ]
    promote_panels = promote_panels()
    preview_template = "courses/preview/quiz.html"

    class Meta:
        verbose_name = _("quiz")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="quiz_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=models.Q(tries__gte=1), name="quiz_tries_from_1"),
            models.CheckConstraint(
                condition=models.Q(moderation_over__gte=0, moderation_over__lte=100),
                name="quiz_moderation_per_cent",
            ),
        )

    def clean(self) -> None:
        """Raise ValidationError for a quiz that closes before it opens, or is its own pre-test."""
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("It has to close after it opens.")})
        if self.pk and self.paired_with_id == self.pk:
            raise ValidationError({"paired_with": _("Choose another test than this one.")})

    def preview_context(self, language: str) -> dict[str, Any]:
        return {"slots": self.slots.all()}
