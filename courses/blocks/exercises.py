"""Blocks that ask something of the reader: case, reflection, knowledge check, content warning."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import GROUP_LAW, GROUP_TEXT, GROUP_WORK, LessonBlock, line, passage, prose


class CaseStudy(LessonBlock):
    """An invented case: facts, a question to decide, and the reasoning behind a fold."""

    title = line(_("Name of the case"))
    facts = blocks.ListBlock(
        passage(_("Fact")),
        label=_("Facts"),
        min_num=1,
        help_text=_("One fact to a line; the lines are lettered. Invent people and places."),
    )
    question = passage(_("Question to decide"))
    reasoning = prose(_("Reasoning"), help_text=_("Folded away, so that the reader decides first."))

    class Meta:
        icon = "folder-open-inverse"
        group = GROUP_LAW
        label = _("Case study")
        description = _("Facts to decide, with the reasoning behind a fold.")
        template = "courses/blocks/case_study.html"
        preview_value = {
            "title": "The hotel job",
            "facts": ["Rina answers an advertisement.", "Mr K takes her passport."],
            "question": "Which element is missing?",
            "reasoning": "<p>None. The false offer is <b>deception</b>: that is a means.</p>",
        }


class Reflection(LessonBlock):
    """A question to the reader; the note is theirs alone."""

    prompt = passage(
        _("Question"),
        rows=3,
        help_text=_("The note is private: neither staff nor trainers can read it. Never ask for case facts."),
    )

    class Meta:
        icon = "edit"
        group = GROUP_WORK
        label = _("Reflection")
        description = _("A question with a private note that only the reader sees.")
        template = "courses/blocks/reflection.html"
        preview_value = {"prompt": "Think of the last time you read the word “trafficking” in a file."}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["note_url"] = _note_url(context)
        return context


def _note_url(context: dict[str, Any]) -> str:
    """Return where the note is sent, in the reader's language; empty in previews."""
    if "item_key" not in context:
        return ""
    with translation.override(context["reader_language"]):
        return reverse("courses:save_note")


class CheckOption(blocks.StructBlock):
    text = passage(_("Answer"), rows=1)
    correct = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = passage(_("Reason"), help_text=_("Why it is right or not, with the paragraph to read again."))

    class Meta:
        icon = "radio-full"
        label = _("Answer")


class KnowledgeCheck(LessonBlock):
    """One question in the text. It is not graded and nothing is recorded."""

    question = passage(_("Question"), rows=3)
    options = blocks.ListBlock(CheckOption(), label=_("Answers"), min_num=2, max_num=6)

    class Meta:
        icon = "help"
        group = GROUP_WORK
        label = _("Knowledge check")
        description = _("One question, answered at once with the reason. Not graded.")
        template = "courses/blocks/knowledge_check.html"
        preview_value = {
            "question": "Which element need not be proved if the victim is 16?",
            "options": [
                {"text": "The act", "correct": False, "feedback": "Without an act there is no trafficking."},
                {"text": "The means", "correct": True, "feedback": "Article 3(c) leaves it out."},
            ],
        }

    def clean(self, value: Any) -> Any:
        """Raise an error unless exactly one answer is marked right."""
        cleaned = super().clean(value)
        if sum(bool(option["correct"]) for option in cleaned["options"]) != 1:
            raise StructBlockValidationError(
                {"options": ValidationError(_("Mark one answer as right, and only one."))}
            )
        return cleaned


class ContentWarning(LessonBlock):
    """A passage that may distress: the reader may skip it or read its summary instead."""

    warning = passage(_("Warning"), help_text=_("What follows, in plain words and without detail."))
    summary = prose(_("Summary"), help_text=_("What a reader who skips the passage needs in order to go on."))
    content = prose(
        _("The passage itself"),
        help_text=_("No detail that is not needed; nothing that describes a method."),
    )

    class Meta:
        icon = "warning"
        group = GROUP_TEXT
        label = _("Passage with a warning")
        description = _("A warning, a way to skip, a summary, then the passage.")
        template = "courses/blocks/content_warning.html"
        preview_value = {
            "warning": "The next part mentions the death of a person during a journey.",
            "summary": "<p>Harm on the way does not by itself turn smuggling into trafficking.</p>",
            "content": "<p>Fourteen people travel hidden in a closed lorry. One of them dies.</p>",
        }
