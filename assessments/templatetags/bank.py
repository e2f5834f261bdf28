"""What the pages of the bank write: names of rows, words that changed."""

from django import template
from django.utils.translation import gettext as _

from assessments.authoring.rows import Part, RowForm

register = template.Library()


@register.simple_tag
def row_name(form: RowForm, part: Part) -> str:
    """The name of a row: "Option 2", "Gap 1"."""
    return _("%(what)s %(number)s") % {"what": part.one, "number": form.title}
