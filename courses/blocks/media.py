"""Pictures, video, sound and files. Files are Wagtail documents; each language has its own value."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from courses import media

from .base import GROUP_MEDIA, LessonBlock, line, passage, prose

CAPTIONS_HELP = _("A WebVTT file (.vtt) in the language of this text.")
TRANSCRIPT_HELP = _(
    "Everything that is said, and what is seen if it matters. A line may begin with its time, as in 0:14."
)


class MediaBlock(LessonBlock):
    """A block with files; checks each file by what it is for."""

    kinds: dict[str, media.Kind] = {}

    def clean(self, value: Any) -> Any:
        """Raise an error on each file of the wrong type or size, and on captions that cannot be read."""
        cleaned = super().clean(value)
        wrong: dict[str, ValidationError] = {}
        for name, kind in self.kinds.items():
            document = cleaned.get(name)
            if document is None:
                continue
            try:
                media.check(document, kind)
            except ValidationError as problem:
                wrong[name] = problem
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned

    def get_preview_value(self) -> Any:
        """Show the first fitting file of the library, so that the preview is not an empty frame."""
        value = super().get_preview_value()
        for name, kind in self.kinds.items():
            value[name] = media.first_of(get_document_model(), kind)
        if "poster" in self.child_blocks:
            value["poster"] = get_image_model().objects.first()
        return value


class Image(LessonBlock):
    """A picture that carries meaning."""

    file = ImageChooserBlock(label=_("Picture"))
    alt = passage(
        _("In words"),
        help_text=_("What the picture shows, for readers who do not see it. No text in pictures."),
    )
    caption = passage(_("Caption"), required=False)

    class Meta:
        icon = "image"
        group = GROUP_MEDIA
        label = _("Picture")
        description = _("A diagram or picture with its description and caption.")
        template = "courses/blocks/image.html"
        in_words = "courses/blocks/in_words/image.html"
        preview_value = {
            "file": None,
            "alt": "Three circles joined by plus signs",
            "caption": "Act, means, purpose",
        }

    def get_preview_value(self) -> Any:
        value = super().get_preview_value()
        value["file"] = get_image_model().objects.first()
        return value


class Video(MediaBlock):
    """A video that is fetched only when the reader starts it."""

    title = line(_("Title"))
    file = DocumentChooserBlock(
        label=_("Video file"), help_text=_("MP4 or WebM, at most 200 MB. 360 lines are enough.")
    )
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    captions = DocumentChooserBlock(label=_("Captions"), required=False, help_text=CAPTIONS_HELP)
    transcript = prose(_("Transcript"), help_text=TRANSCRIPT_HELP)
    audio_file = DocumentChooserBlock(
        label=_("Sound only"), required=False, help_text=_("For readers on a poor line. MP3, M4A or OGG.")
    )

    kinds = {"file": media.VIDEO, "captions": media.CAPTIONS, "audio_file": media.AUDIO}

    class Meta:
        icon = "media"
        group = GROUP_MEDIA
        label = _("Video")
        description = _("A video with captions, transcript, download and sound only.")
        template = "courses/blocks/video.html"
        in_words = "courses/blocks/in_words/video.html"
        preview_value = {
            "title": "Sorting the facts into elements",
            "file": None,
            "transcript": "<p>0:00 Draw three columns: act, means, purpose.</p>",
        }


class Audio(MediaBlock):
    """A recording with its transcript."""

    title = line(_("Title"))
    file = DocumentChooserBlock(label=_("Sound file"), help_text=_("MP3, M4A or OGG, at most 60 MB."))
    captions = DocumentChooserBlock(label=_("Captions"), required=False, help_text=CAPTIONS_HELP)
    transcript = prose(_("Transcript"), help_text=TRANSCRIPT_HELP)

    kinds = {"file": media.AUDIO, "captions": media.CAPTIONS}

    class Meta:
        icon = "comment"
        group = GROUP_MEDIA
        label = _("Sound")
        description = _("A recording with transcript and download.")
        template = "courses/blocks/audio.html"
        in_words = "courses/blocks/in_words/audio.html"
        preview_value = {
            "title": "Two words, two offences",
            "file": None,
            "transcript": "<p>Trafficking and smuggling are not the same.</p>",
        }


class Document(MediaBlock):
    """A file to keep: bench card, form, text of a law."""

    title = line(_("Title"))
    file = DocumentChooserBlock(label=_("File"), help_text=_("PDF is safest. In the language of this text."))

    kinds = {"file": media.DOCUMENT}

    class Meta:
        icon = "doc-full"
        group = GROUP_MEDIA
        label = _("Document")
        description = _("A file to download, with its type and size.")
        template = "courses/blocks/document.html"
        preview_value = {"title": "Bench card: the elements at a glance", "file": None}
