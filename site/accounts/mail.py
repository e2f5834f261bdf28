"""Letters to people: written once as text, in the reader's language, and sent as text and HTML.

A letter is one template, `account/email/<name>.txt`: the subject in block `subject`, the text in
block `body`. Two marks, each alone in a paragraph, become more in HTML: `[Words] https://…` a button,
`# 123456` a code in large type. The HTML is made from the text, so the two cannot say different
things.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.transaction import on_commit
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

_ACTION = re.compile(r"\[(?P<words>[^\]]+)\] (?P<url>https?://\S+)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a letter; `url` makes it a button, `is_code` large type."""

    text: str
    url: str = ""
    is_code: bool = False

    @property
    def as_text(self) -> str:
        return f"{self.text}:\n{self.url}" if self.url else self.text


def absolute(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the full address of a page in the language that is active."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args, kwargs=kwargs)


def on_this_site(url: str) -> str:
    """Return an address with the site's own scheme and host, whatever host the request named."""
    parts = urlsplit(url)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + parts._replace(scheme="", netloc="").geturl()


def send(*, name: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Send the letter in `language` once the transaction, if there is one, is committed.

    A letter that the mail server refuses is logged; it does not undo what was done.
    """
    message = compose(name=name, to=to, language=language, context=context)
    on_commit(message.send, robust=True)


def compose(*, name: str, to: str, language: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """Return the letter as text and HTML, ready to be sent; texts of the context become single lines."""
    # what people typed stays within its line: an empty line and brackets would make a button of it
    context = {key: " ".join(v.split()) if isinstance(v, str) else v for key, v in context.items()}
    with translation.override(language):
        words = {
            "site_name": settings.WAGTAIL_SITE_NAME,
            "institute_name": settings.INSTITUTE_NAME,
            "help_email": settings.HELP_EMAIL,
        }
        written = render_to_string(f"account/email/{name}.txt", {**words, **context})
        subject, _line, body = written.strip().partition("\n")
        paragraphs = read(body)
        html = render_to_string(
            "account/email/letter.html",
            {
                **words,
                "subject": subject,
                "paragraphs": paragraphs,
                "language": language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
            },
        )
    message = EmailMultiAlternatives(
        subject.strip(),
        "\n\n".join(paragraph.as_text for paragraph in paragraphs) + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={"Content-Language": language, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    return message


def read(body: str) -> list[Paragraph]:
    """Return the paragraphs of a letter, which empty lines divide."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", body))
    return [_paragraph(block) for block in blocks if block]


def _paragraph(block: str) -> Paragraph:
    if found := _ACTION.fullmatch(block):
        return Paragraph(found["words"], url=found["url"])
    if block.startswith("# "):
        return Paragraph(block.removeprefix("# "), is_code=True)
    return Paragraph("\n".join(line.strip() for line in block.splitlines()))
