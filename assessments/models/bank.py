"""The question bank: categories, questions, their versions and options."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from assessments.choices import Difficulty, Kind, QuestionStatus
from assessments.fields import FractionField
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


class QuestionQuerySet(models.QuerySet["Question"]):
    def ready(self) -> Self:
        """Questions that a quiz may draw."""
        return self.filter(status=QuestionStatus.READY, versions__isnull=False).distinct()


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

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("category", "pk")

    def __str__(self) -> str:
        return str(self.key)


class VersionQuerySet(models.QuerySet["QuestionVersion"]):
    def latest_of_each(self) -> Self:
        """The newest version of every question."""
        newest = QuestionVersion.objects.filter(question=models.OuterRef("question")).order_by("-number")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def for_display(self, languages: Iterable[str]) -> Self:
        """With options, and without the columns of other languages than those named."""
        shown = set(languages)
        texts = _columns(QuestionVersion.TRANSLATED, shown)
        options = Option.objects.defer(*_columns(Option.TRANSLATED, shown))
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
        help_text=_("Only for texts with gaps. Write {{1}}, {{2}} … where a gap stands."),
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
    marking = models.JSONField(_("marking"), default=dict, blank=True)
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
        )

    def __str__(self) -> str:
        # the question itself stands last, after the facts
        question = text(self, "stem", self.source_language).strip().split("\n\n")[-1]
        return question if len(question) <= 90 else f"{question[:89]}…"

    @property
    def was_put(self) -> bool:
        """Whether the version stands on somebody's paper."""
        return self.paper_items.exists()


class Option(SourceLanguageModel):
    """One option, prompt or item of a version; its key is the same in every language."""

    TRANSLATED = ("text", "feedback", "match_text")

    version = ParentalKey(QuestionVersion, on_delete=models.CASCADE, related_name="options")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_("The option, the item to be put in order, or the prompt to be matched."),
    )
    correct = models.BooleanField(_("correct"), default=False)
    fraction = FractionField(
        _("fraction"),
        null=True,
        blank=True,
        help_text=_(
            "Only to depart from the usual: a share of the mark such as 1/2 or -1/4."
            " Left empty, right options share the mark and wrong ones take it away."
        ),
    )
    match_text = models.TextField(
        _("answer"),
        blank=True,
        help_text=_("Only for matching: what belongs to this prompt."),
    )
    match_key = models.UUIDField(null=True, blank=True, editable=False)
    feedback = models.TextField(
        _("feedback"), blank=True, help_text=_("Shown to those who chose this option.")
    )

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ("sort_order", "pk")
        constraints = (models.UniqueConstraint(fields=["version", "key"], name="option_key_once_in_version"),)

    # modelcluster and Wagtail's inline panels look for this name
    sort_order_field = "sort_order"

    def __str__(self) -> str:
        return text(self, "text", self.source_language) or str(self.key)


def _columns(fields: Iterable[str], shown: set[str]) -> list[str]:
    """The columns of all other languages; the plain ones stay, modeltranslation needs them."""
    hidden = [code for code, _name in settings.LANGUAGES if code not in shown]
    return [f"{field}_{code}" for field in fields for code in hidden]
