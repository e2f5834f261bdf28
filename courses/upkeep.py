"""What follows from a change elsewhere: drawings made again, a new catalogue given its review."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.signals import page_published

from . import handbooks, rendering, rights, workflow
from .models import (
    CatalogPage,
    GlossaryTerm,
    Instrument,
    InstrumentArticle,
    LegalProvision,
    LessonPage,
)


def connect() -> None:
    """Connect all receivers; called once, when the app is ready."""
    shown = (
        LegalProvision,
        InstrumentArticle,
        Instrument,
        GlossaryTerm,
        get_image_model(),
        get_document_model(),
    )
    for model in shown:
        for signal in (post_save, post_delete):
            signal.connect(_shown_changed, sender=model)
            signal.connect(_printed_changed, sender=model)
    page_published.connect(_shown_changed, sender=LessonPage)
    post_save.connect(_catalogue_saved, sender=CatalogPage)


def _shown_changed(**_kwargs: Any) -> None:
    rendering.renew()


def _printed_changed(**_kwargs: Any) -> None:
    handbooks.outdate()


def _catalogue_saved(instance: CatalogPage, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if created and not raw:
        workflow.ensure_review(catalogue=instance)
        rights.ensure_permissions()
