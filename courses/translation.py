"""Which fields of courses exist in every language. Every page type is registered, fields or none."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    CatalogPage,
    Course,
    CoursePage,
    GlossaryTerm,
    HomePage,
    Instrument,
    InstrumentArticle,
    LegalProvision,
    LessonPage,
    ModulePage,
    QuizPage,
    Topic,
)


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)


@register(Course)
class CourseTranslation(TranslationOptions):
    fields = ("title", "certificate_wording")


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "definition", "source")


@register(Instrument)
class InstrumentTranslation(TranslationOptions):
    fields = ("title", "short_title")


@register(InstrumentArticle)
class InstrumentArticleTranslation(TranslationOptions):
    fields = ("label", "summary", "excerpt")


@register(LegalProvision)
class LegalProvisionTranslation(TranslationOptions):
    fields = ("law_name", "summary", "source", "scope_note")


@register(HomePage)
class HomePageTranslation(TranslationOptions):
    fields = ()


@register(CatalogPage)
class CatalogPageTranslation(TranslationOptions):
    fields = ("intro",)


@register(CoursePage)
class CoursePageTranslation(TranslationOptions):
    fields = ("summary", "audience", "outcomes")


@register(ModulePage)
class ModulePageTranslation(TranslationOptions):
    fields = ("summary", "outcomes")


@register(LessonPage)
class LessonPageTranslation(TranslationOptions):
    fields = ("lede", "body")


@register(QuizPage)
class QuizPageTranslation(TranslationOptions):
    fields = ("intro",)
