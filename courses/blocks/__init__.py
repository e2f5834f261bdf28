"""The blocks of a lesson, one class and one template each. Their names stand in course packages."""

from wagtail import blocks

from .exercises import CaseStudy, ContentWarning, KnowledgeCheck, Reflection
from .law import LawComparison
from .media import Audio, Document, Image, Video
from .text import Elements, KeyPoint, Quotation, RichText, Steps, Table


class LessonBlocks(blocks.StreamBlock):
    """What a lesson may contain."""

    rich_text = RichText()
    key_point = KeyPoint()
    steps = Steps()
    table = Table()
    content_warning = ContentWarning()
    elements = Elements()
    law_comparison = LawComparison()
    case_study = CaseStudy()
    quotation = Quotation()
    knowledge_check = KnowledgeCheck()
    reflection = Reflection()
    image = Image()
    video = Video()
    audio = Audio()
    document = Document()


__all__ = ["LessonBlocks"]
