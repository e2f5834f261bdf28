"""How every Django form is drawn, and the form of the display settings."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theme

# Django's own words for an empty choice, named here because it does not translate them yet
NOTHING_CHOSEN = _("- Select an option -")


class AulaFormRenderer(TemplatesSetting):
    """Draw forms from the project's own templates: summary of problems, label, hint, error, control."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DisplayForm(forms.Form):
    """The colours in which the reader wants the site, and whether lessons come as text only."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=Theme.choices,
        widget=forms.RadioSelect,
        help_text=_("Kept with your account, or on this device while you are signed out."),
    )
    text_only = forms.BooleanField(
        label=_("Lessons as text only"),
        required=False,
        help_text=_(
            "For a weak line: videos and recordings come as transcripts, pictures as descriptions, and no"
            " fonts are loaded. Kept on this device."
        ),
    )
