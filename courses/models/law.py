"""Treaties and national law, held once and shown in many lessons."""

import datetime
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.search import index

from courses.choices import Certainty, LawTopic, Scope
from courses.fields import CodesField
from translation.editing import LANGUAGES, SourceLanguageForm, source_panels
from translation.models import SourceLanguageModel


class Instrument(SourceLanguageModel):
    """A treaty or another international text."""

    slug = models.SlugField(_("short name"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=120, blank=True)
    adopted = models.DateField(_("adopted"), null=True, blank=True)
    in_force = models.DateField(_("in force"), null=True, blank=True)
    source = models.CharField(_("address or source of the text"), max_length=400, blank=True)

    base_form_class = SourceLanguageForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("source_language"),
        *source_panels("title", _("Title")),
        *source_panels("short_title", _("Short title"), help_text=_("Heads the column of the treaty.")),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("adopted"), FieldPanel("in_force")]),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.short_title or self.title or self.slug


class InstrumentArticle(SourceLanguageModel):
    """One article of an instrument, as far as lessons refer to it."""

    instrument = models.ForeignKey(
        Instrument, verbose_name=_("instrument"), on_delete=models.PROTECT, related_name="articles"
    )
    slug = models.CharField(_("short name"), max_length=80, unique=True)
    label = models.CharField(_("article"), max_length=60)
    topics = CodesField(_("topics"), codes=LawTopic.choices, default=list, blank=True)
    summary = models.TextField(_("summary"))
    excerpt = models.TextField(_("excerpt"), blank=True)

    base_form_class = SourceLanguageForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("instrument"),
        FieldPanel("source_language"),
        *source_panels("label", _("Article"), help_text=_("For example “Article 3(b)”.")),
        FieldPanel(
            "slug",
            help_text=_(
                "Treaty and article, for example palermo-tip:3b. Lessons refer to it; do not change it."
            ),
        ),
        FieldPanel(
            "topics",
            help_text=_("The article is shown in the row of these topics."),
        ),
        *source_panels("summary", _("Summary")),
        *source_panels("excerpt", _("Excerpt")),
    ]

    class Meta:
        verbose_name = _("article of an instrument")
        verbose_name_plural = _("articles of instruments")
        ordering = ("instrument", "slug")

    def __str__(self) -> str:
        return f"{self.instrument}, {self.label}"


class ProvisionQuerySet(models.QuerySet["LegalProvision"]):
    def published(self) -> "ProvisionQuerySet":
        """What a learner may be shown."""
        return self.filter(published=True)

    def in_force(self, day: datetime.date) -> "ProvisionQuerySet":
        """What is the law on the day."""
        return self.filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=day),
            models.Q(valid_from=None) | models.Q(valid_from__lte=day),
        )

    def due(self, day: datetime.date) -> "ProvisionQuerySet":
        """Whose next review is on or before the day, or was never set."""
        return self.filter(models.Q(next_review=None) | models.Q(next_review__lte=day))

    def not_due(self, day: datetime.date) -> "ProvisionQuerySet":
        """Whose next review is still to come."""
        return self.filter(next_review__gt=day)


class LegalProvision(index.Indexed, SourceLanguageModel):
    """What the law of one jurisdiction says on one topic, as at a date."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jurisdiction = CountryField(_("jurisdiction"), db_index=True)
    topic = models.CharField(_("topic"), max_length=20, choices=LawTopic.choices)
    law_name_original = models.CharField(_("name of the law in its own language"), max_length=400)
    original_language = models.CharField(_("language of the law"), max_length=10)
    law_name = models.CharField(_("name of the law"), max_length=400, blank=True)
    article = models.CharField(_("article"), max_length=160, blank=True)
    summary = models.TextField(_("summary"))
    excerpt = models.TextField(_("excerpt of the text"), blank=True)
    source = models.CharField(_("address or source of the text"), max_length=400, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    law_as_at = models.DateField(_("law as at"))
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    published = models.BooleanField(_("shown to learners"), default=False)
    unpublished_reason = models.TextField(_("reason why it is not shown"), blank=True)
    scope = models.CharField(
        _("beside the treaty"), max_length=10, choices=Scope.choices, default=Scope.UNMARKED
    )
    scope_note = models.TextField(_("how it differs from the treaty"), blank=True)
    reviewer = models.CharField(_("reviewed by"), max_length=160, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False
    )
    next_review = models.DateField(_("next review"), null=True, blank=True)

    objects = ProvisionQuerySet.as_manager()

    base_form_class = SourceLanguageForm
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("jurisdiction"), FieldPanel("topic")]),
        FieldPanel("source_language"),
        MultiFieldPanel(
            [
                FieldPanel("law_name_original"),
                FieldPanel("original_language", help_text=_("Its code, for example es.")),
                *source_panels("law_name", _("Name of the law, translated")),
                FieldPanel("article"),
            ],
            heading=_("The law"),
        ),
        *source_panels(
            "summary",
            _("Summary"),
            help_text=_("What the provision says on the topic, in two or three plain sentences."),
        ),
        FieldPanel("excerpt", help_text=_("A few words of the text itself, in its own language.")),
        *source_panels("source", _("Address or source of the text")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("law_as_at", help_text=_("The day for which the statement was checked.")),
            ],
            heading=_("In force"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                *source_panels(
                    "scope_note",
                    _("How it differs"),
                    help_text=_("Shown beside the mark “wider” or “narrower”."),
                ),
            ],
            heading=_("Beside the treaty"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("certainty"),
                FieldPanel("published"),
                FieldPanel("unpublished_reason", help_text=_("Needed while it is not shown to learners.")),
                FieldPanel("reviewer", help_text=_("Name and office of the expert, as readers will see it.")),
                FieldPanel("next_review"),
            ],
            heading=_("Review"),
        ),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("law_name_original"),
        index.SearchField("article"),
        *(index.SearchField(f"{name}_{code}") for name in ("law_name", "summary") for code in LANGUAGES),
        *(index.FilterField(name) for name in ("jurisdiction", "topic", "published", "certainty")),
        index.FilterField("next_review"),
    ]

    class Meta:
        verbose_name = _("legal provision")
        verbose_name_plural = _("legal provisions")
        ordering = ("jurisdiction", "topic", "article")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(published=True) | ~models.Q(unpublished_reason=""),
                name="provision_hidden_only_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(published=True) | ~models.Q(certainty="doubtful"),
                name="provision_doubtful_is_not_shown",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_from=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="provision_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.get_topic_display()} {self.article}"

    def clean(self) -> None:
        """Raise ValidationError where the review does not allow what is asked."""
        problems: dict[str, Any] = {}
        if not self.published and not self.unpublished_reason.strip():
            problems["unpublished_reason"] = _("Say why learners do not see it.")
        if self.published and self.certainty == Certainty.DOUBTFUL:
            problems["published"] = _("What is doubtful cannot be shown to learners.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            problems["valid_to"] = _("It cannot end before it begins.")
        if problems:
            raise ValidationError(problems)
