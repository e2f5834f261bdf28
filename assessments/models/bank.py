"""The question bank: categories, tags, questions and their versions."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from assessments.choices import Difficulty, Kind, QuestionStatus, TextForm
from assessments.models.options import Option, columns_of_others
from translation.models import SourceLanguageModel
from translation.reading import text


class Category(SourceLanguageModel):
    """A drawer of the bank, from which quizzes draw; shared, or of one course."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    course_code = models.CharField(
        _("course code"),
        max_length=40,
        blank=True,
        help_text=_("Leave empty for questions that every course may use."),
    )
    # the group whose members edit it; None: shared by all trainers
    editors = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("question category")
        verbose_name_plural = _("question categories")
        ordering = ("course_code", "slug")
        constraints = (
            models.UniqueConstraint(fields=["course_code", "slug"], name="category_slug_once_in_course"),
        )

    def __str__(self) -> str:
        name = text(self, "name") or self.slug
        return f"{self.course_code}: {name}" if self.course_code else name


class Tag(models.Model):
    """A word by which staff find questions and quizzes narrow a draw; the same in every language."""

    name = models.CharField(_("tag"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~models.Q(name=""), name="tag_says_something"),)

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def ready(self) -> Self:
        """Questions that a quiz may draw."""
        return self.filter(status=QuestionStatus.READY, versions__is_draft=False).distinct()


class Question(models.Model):
    """A question as it lives through its versions; quizzes and statistics point at it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="questions"
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=QuestionStatus.choices,
        default=QuestionStatus.DRAFT,
        help_text=_("Only a question that is ready is drawn for a quiz."),
    )
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    objective = models.CharField(
        _("learning outcome"),
        max_length=80,
        blank=True,
        help_text=_("The code of the outcome that this question tests, for example A1.2."),
    )
    name = models.CharField(
        _("short name"), max_length=200, blank=True, help_text=_("For staff; learners never see it.")
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="questions")
    # one of the variants of a vignette; such a question is put through its vignette alone
    vignette = models.ForeignKey(
        "assessments.Vignette", on_delete=models.PROTECT, null=True, blank=True, related_name="variants"
    )
    variant = models.CharField(_("variant"), max_length=20, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("category", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(vignette__isnull=True, variant="")
                | models.Q(vignette__isnull=False) & ~models.Q(variant=""),
                name="question_variant_of_vignette",
            ),
            models.UniqueConstraint(fields=["vignette", "variant"], name="question_variant_once"),
        )

    def __str__(self) -> str:
        return str(self.key)


class VersionQuerySet(models.QuerySet["QuestionVersion"]):
    def latest_of_each(self) -> Self:
        """The newest version of every question, written to the end or not."""
        return self._newest(QuestionVersion.objects.all())

    def latest_to_put(self) -> Self:
        """The newest version of every question that is no draft: what a quiz asks."""
        return self._newest(QuestionVersion.objects.filter(is_draft=False))

    def _newest(self, among: "VersionQuerySet") -> Self:
        newest = among.filter(question=models.OuterRef("question")).order_by("-number")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def for_display(self, languages: Iterable[str]) -> Self:
        """With its pieces, and without the columns of other languages than those named."""
        shown = set(languages)
        texts = columns_of_others(QuestionVersion.TRANSLATED, shown)
        options = Option.objects.defer(*columns_of_others(Option.TRANSLATED, shown))
        return self.defer(*texts).prefetch_related(models.Prefetch("options", options))


class QuestionVersion(SourceLanguageModel, ClusterableModel):
    """What is asked, and how it is marked. Once it was put to somebody it changes no more."""

    TRANSLATED = ("stem", "passage", "feedback", "reason", "source")

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SINGLE)
    stem = models.TextField(
        _("question"),
        help_text=_(
            "The facts first, if any; the last paragraph is the question itself."
            " Leave an empty line between paragraphs; **bold** and *italic* are possible."
        ),
    )
    passage = models.TextField(
        _("text with gaps"),
        blank=True,
        help_text=_(
            "Only for texts with gaps and words to select. Write {{1}}, {{2}} … where a gap stands,"
            " and {{1|word}} around each word that can be selected."
        ),
    )
    feedback = models.TextField(
        _("general feedback"), blank=True, help_text=_("Shown to everybody after marking.")
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Why the right answer is right, with the authority.")
    )
    source = models.TextField(
        _("source"), blank=True, help_text=_("The article, judgment or paragraph relied on.")
    )
    # all of how it is marked that is not a text for learners; see README
    marking = models.JSONField(_("marking"), default=dict, blank=True)
    # by language and text: the wording that a translation was made from, where the source says something
    # else by now; see ``translating``
    translated_from = models.JSONField(default=dict, blank=True, editable=False)
    text_form = models.CharField(
        max_length=5, choices=TextForm.choices, default=TextForm.PLAIN, editable=False
    )
    is_draft = models.BooleanField(
        _("draft"),
        default=False,
        help_text=_("Until the draft is finished, quizzes go on asking the version before it."),
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("question", "-number")
        constraints = (
            models.UniqueConstraint(fields=["question", "number"], name="version_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_number_from_1"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="version_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(text_form__in=TextForm.values), name="version_text_form_is_known"
            ),
        )

    def __str__(self) -> str:
        # the question itself stands last, after the facts
        question = text(self, "stem", self.source_language).strip().split("\n\n")[-1]
        return question if len(question) <= 90 else f"{question[:89]}…"

    @property
    def was_put(self) -> bool:
        """Whether the version stands on somebody's paper."""
        return self.paper_items.exists()

    def of_role(self, *roles: str) -> list[Option]:
        """Its pieces of these roles, in their order; without a query where they are prefetched."""
        return [option for option in self.options.all() if option.role in roles]
