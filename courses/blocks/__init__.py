"""The blocks of a lesson, one class and one template each."""

from wagtail import blocks


class LessonBlocks(blocks.StreamBlock):
    """What a lesson may contain."""

    rich_text = blocks.RichTextBlock()
