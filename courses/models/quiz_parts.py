"""What a quiz is made of: its questions and draws, and its sections."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable

from assessments.choices import Difficulty, QuestionStatus

PER_CENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class QuizSection(Orderable):
    """A stretch of a quiz; learners see "Part 1", "Part 2", in their own language."""

    page = ParentalKey("courses.QuizPage", on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("For staff."))
    shuffle = models.BooleanField(_("shuffle its questions"), default=False)
    in_order = models.BooleanField(_("one after the other"), default=False)
    minimum = models.DecimalField(
        _("minimum (per cent)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=PER_CENT,
        help_text=_("Whoever earns less in this section does not pass, whatever the rest."),
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("shuffle"), FieldPanel("in_order"), FieldPanel("minimum")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("section of the quiz")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minimum__gte=0, minimum__lte=100), name="quiz_section_minimum_per_cent"
            ),
        )

    def __str__(self) -> str:
        return self.name


class QuizSlot(Orderable):
    """One fixed question, or a vignette, or a number drawn from a category, narrowed or not."""

    page = ParentalKey("courses.QuizPage", on_delete=models.CASCADE, related_name="slots")
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
    vignette = models.ForeignKey(
        "assessments.Vignette",
        verbose_name=_("or a vignette"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(
        _("version"), null=True, blank=True, help_text=_("Leave empty for the newest one.")
    )
    tags = models.CharField(
        _("only with tags"),
        max_length=200,
        blank=True,
        help_text=_("Separated by commas; questions that bear all of them."),
    )
    section = models.PositiveSmallIntegerField(_("section"), default=1, validators=[MinValueValidator(1)])
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
        FieldRowPanel([FieldPanel("question"), FieldPanel("version")]),
        FieldPanel("category"),
        FieldRowPanel([FieldPanel("objective"), FieldPanel("difficulty"), FieldPanel("tags")]),
        FieldPanel("vignette"),
        FieldRowPanel([FieldPanel("count"), FieldPanel("weight"), FieldPanel("section")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("question of the quiz")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    question__isnull=False, category__isnull=True, vignette__isnull=True, count=1
                )
                | models.Q(question__isnull=True, category__isnull=True, vignette__isnull=False, count=1)
                | models.Q(question__isnull=True, category__isnull=False, vignette__isnull=True),
                name="quiz_slot_names_one_source",
            ),
            models.CheckConstraint(
                condition=models.Q(category__isnull=False) | models.Q(objective="", difficulty="", tags=""),
                name="quiz_slot_narrows_a_draw_only",
            ),
            models.CheckConstraint(
                condition=models.Q(version__isnull=True) | models.Q(question__isnull=False, version__gte=1),
                name="quiz_slot_pins_a_question_only",
            ),
            models.CheckConstraint(condition=models.Q(section__gte=1), name="quiz_slot_section_from_1"),
        )

    def __str__(self) -> str:
        return str(self.question or self.category or self.vignette)

    @property
    def tag_names(self) -> tuple[str, ...]:
        """The tags that a draw asks for."""
        return tuple(name.strip() for name in self.tags.split(",") if name.strip())

    def clean(self) -> None:
        """Raise ValidationError unless there is one source of questions, and what narrows it fits."""
        chosen = [self.question_id, self.category_id, self.vignette_id]
        if sum(one is not None for one in chosen) != 1:
            raise ValidationError(_("Choose a question, a category to draw from, or a vignette."))
        if self.category_id is None and self.count != 1:
            raise ValidationError({"count": _("Only a draw from a category takes several.")})
        if self.category_id is None and (self.objective or self.difficulty or self.tags):
            raise ValidationError(_("Outcome, difficulty and tags narrow a draw; leave them empty here."))
        if self.question is not None and self.question.status == QuestionStatus.DRAFT:
            raise ValidationError({"question": _("This question is a draft. Make it ready first.")})
        if self.version is not None:
            self._clean_version()

    def _clean_version(self) -> None:
        if self.question is None:
            raise ValidationError({"version": _("Only a fixed question has a version.")})
        if not self.question.versions.filter(number=self.version, is_draft=False).exists():
            raise ValidationError({"version": _("The question has no such version.")})
