"""The few marks that authors of questions may use, turned into safe HTML. Pure but for escaping.

Paragraphs (an empty line between them), "- " and "1. " lists, **bold**, *italic*, [words](address);
a glossary mark [[term|words]] leaves its words.
"""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_BULLET = re.compile(r"[-•] +(.*)")
_NUMBER = re.compile(r"\d+[.)] +(.*)")
_TERM = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+|/[^\s)]*)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])", re.DOTALL)

# for HTML that was cleaned
_PARAGRAPH = re.compile(r"</?p\b[^<>]*>")
_BETWEEN = re.compile(r"</(?:p|li|tr|h[2-6]|div|blockquote)>\s*(?=<)")
_BLOCK = re.compile(
    r"</?(?:p|div|h[2-6]|ul|ol|li|blockquote|pre|hr|table|caption|thead|tbody|tfoot|tr|th|td)\b[^<>]*>"
)


def paragraphs(text: str) -> list[str]:
    """The blocks of a text, as written, without the empty lines between them."""
    return [block.strip() for block in re.split(r"\n\s*\n", text or "") if block.strip()]


def inline(text: str) -> SafeString:
    """Safe HTML of a text that stands within a line."""
    html: str = escape(_TERM.sub(r"\1", text or ""))
    html = _LINK.sub(r'<a href="\2">\1</a>', html)
    html = _BOLD.sub(r"<b>\1</b>", html)
    return mark_safe(_ITALIC.sub(r"<i>\1</i>", html))  # noqa: S308 - escaped above


def block_html(text: str) -> SafeString:
    """Safe HTML of a text of several paragraphs and lists."""
    return mark_safe("\n".join(_block(block) for block in paragraphs(text)))  # noqa: S308


def words_alone(text: str) -> str:
    """The words of a text without its marks."""
    bare = _LINK.sub(r"\1", _TERM.sub(r"\1", text or ""))
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", bare))


def within_a_line(html: str) -> SafeString:
    """Clean HTML for a place within a line: its paragraphs become lines, other blocks their words."""
    lines = _BETWEEN.sub("<br>", _PARAGRAPH.sub("", html.strip()) if html.count("<p") == 1 else html)
    return mark_safe(_BLOCK.sub("", lines))  # noqa: S308 - cleaned before, and only elements were taken out


def _block(block: str) -> str:
    lines = block.splitlines()
    for mark, tag in ((_BULLET, "ul"), (_NUMBER, "ol")):
        items = [mark.fullmatch(line.strip()) for line in lines]
        if all(items):
            inner = "".join(f"<li>{inline(item[1])}</li>" for item in items if item)
            return f"<{tag}>{inner}</{tag}>"
    return f"<p>{inline(block)}</p>"
