"""How every Django form is drawn: label, hint, error, control, in the design's markup."""

from django.forms.renderers import TemplatesSetting


class AulaFormRenderer(TemplatesSetting):
    """Draw forms from the project's own templates."""
