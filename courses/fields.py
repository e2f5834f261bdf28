"""The stream field of a lesson, and lists of short codes."""

from typing import Any

from django import forms
from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField


class LessonField(StreamField):
    """A StreamField that always holds lesson blocks.

    Its migrations name no block definitions, so adding a block needs no migration and migrations
    stay short and stable in six languages.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(block_types or [], **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        from courses.blocks import LessonBlocks

        block = LessonBlocks(required=not self.blank)
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class CodesField(models.JSONField):
    """A list of codes out of a few, ticked in the editor: languages, topics, professional roles.

    Migrations see a plain JSONField, so a new code needs none.
    """

    def __init__(self, *args: Any, codes: Any = (), **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return a list of boxes to tick; none ticked is an empty list."""
        return forms.TypedMultipleChoiceField(
            choices=self.codes,
            coerce=str,
            empty_value=[],
            required=not self.blank,
            label=kwargs.get("label") or self.verbose_name,
            help_text=self.help_text,
            initial=list,
            widget=forms.CheckboxSelectMultiple,
        )
