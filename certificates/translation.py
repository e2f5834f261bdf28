"""Which words of a design exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from certificates.models import Design, DesignSignatory


@register(Design)
class DesignTranslation(TranslationOptions):
    fields = Design.TRANSLATED


@register(DesignSignatory)
class DesignSignatoryTranslation(TranslationOptions):
    fields = DesignSignatory.TRANSLATED
