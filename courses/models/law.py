"""Treaties and national law, held once and shown in many lessons."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from courses.choices import Certainty, LawTopic, Scope
from translation.models import SourceLanguageModel


class Instrument(SourceLanguageModel):
    """A treaty or another international text."""

    slug = models.SlugField(_("short name"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=120, blank=True)
    adopted = models.DateField(_("adopted"), null=True, blank=True)
    in_force = models.DateField(_("in force"), null=True, blank=True)
    source = models.CharField(_("address or source of the text"), max_length=400, blank=True)

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
    topics = models.JSONField(_("topics"), default=list, blank=True)
    summary = models.TextField(_("summary"))
    excerpt = models.TextField(_("excerpt"), blank=True)

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


class LegalProvision(SourceLanguageModel):
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
        return f"{self.jurisdiction.code} {self.get_topic_display()} {self.article}"
