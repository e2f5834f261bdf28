"""The stream field of a lesson."""

from typing import Any

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
