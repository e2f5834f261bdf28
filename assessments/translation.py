"""Which fields of the bank exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from assessments.models import Category, Option, QuestionVersion, Vignette


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name",)


@register(QuestionVersion)
class QuestionVersionTranslation(TranslationOptions):
    fields = QuestionVersion.TRANSLATED


@register(Option)
class OptionTranslation(TranslationOptions):
    fields = Option.TRANSLATED


@register(Vignette)
class VignetteTranslation(TranslationOptions):
    fields = Vignette.TRANSLATED
