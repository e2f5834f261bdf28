"""The content editor's own inline scripts, each allowed by a word that is new with every answer.

Wagtail starts its choosers, date fields and lists of parts by small scripts written into the page.
Rather than allow inline script to everyone, the scripts that its widgets write carry the request's
nonce; whatever else got into a page would not know it. The widgets see no request, hence the variable.
"""

from contextvars import ContextVar
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import BaseChooser

nonce: ContextVar[Any] = ContextVar("admin_nonce", default=None)


def attribute() -> SafeString:
    """Return ` nonce="…"` within a request to the editor, else nothing."""
    word = nonce.get()
    return SafeString("") if word is None else format_html(' nonce="{}"', str(word))


def let_choosers_start() -> None:
    """Give the script of every chooser the nonce; called once, when the app is ready."""
    original = BaseChooser.render

    def render(self: BaseChooser, *args: Any, **kwargs: Any) -> SafeString:
        html, opening, script = original(self, *args, **kwargs).rpartition("<script>")
        if not opening:
            return mark_safe(script)  # noqa: S308
        return mark_safe(f"{html}<script{attribute()}>{script}")  # noqa: S308

    BaseChooser.render = render
