"""Rich text in package files: a small Markdown, exact both ways with the HTML the editor stores.

Allowed are paragraphs, `##` and `###` headings, bullet and numbered lists, **bold**, *italic*,
[links](https://…) and glossary marks [[slug|words]]: the same as the editor offers and nothing else.
"""

import re
from html import escape
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

ALLOWED = frozenset({"p", "h2", "h3", "ul", "ol", "li", "b", "i", "a", "br"})
TERM = re.compile(r"\[\[([a-z0-9-]+)\|([^\[\]|]+)\]\]")
SPECIAL = re.compile(r"[\\*_]|\[(?=\[)|(?<=\])\(")
LINE_START = re.compile(r"^(\s*)([-+#>=]|\d+[.)])", re.MULTILINE)


class MarkupError(ValueError):
    """The text uses something that a lesson may not contain."""


def _term_rule(state: StateInline, silent: bool) -> bool:
    found = TERM.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("term", "a", 0)
        token.meta = {"slug": found[1]}
        token.content = found[2]
    state.pos = found.end()
    return True


def _render_term(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    slug, words = escape(token.meta["slug"]), escape(token.content, quote=False)
    return f'<a linktype="term" slug="{slug}">{words}</a>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": False})
    parser.enable(["heading", "list", "emphasis", "link", "newline", "escape"])
    parser.inline.ruler.before("link", "term", _term_rule)
    parser.add_render_rule("term", _render_term)
    return parser


PARSER = _parser()


def to_html(markdown: str) -> str:
    """Return the HTML that the editor would store; raises MarkupError for what it does not offer."""
    html = PARSER.render(markdown)
    for long, short in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{long}>", f"<{short}>").replace(f"</{long}>", f"</{short}>")
    html = re.sub(r">\n+<", "><", html.strip()).replace("\n", " ")
    soup = BeautifulSoup(html, "html.parser")
    for item in soup.find_all("li"):  # a loose list puts its words in a paragraph
        for paragraph in item.find_all("p", recursive=False):
            paragraph.unwrap()
    for tag in soup.find_all(True):
        if tag.name not in ALLOWED:
            raise MarkupError(f"<{tag.name}> is not offered in lessons")
        if tag.name in {"ul", "ol"}:
            _join_lists(tag)
    return soup.decode(formatter="minimal")


def _join_lists(first: Tag) -> None:
    """Text cannot tell two lists of one kind that follow each other from a single one."""
    first.attrs.pop("start", None)
    while isinstance(first.next_sibling, Tag) and first.next_sibling.name == first.name:
        following = first.next_sibling
        first.extend(list(following.children))
        following.extract()


def to_markdown(html: str) -> str:
    """Return the Markdown of stored HTML; raises MarkupError for a tag it cannot express."""
    soup = BeautifulSoup(html, "html.parser")
    blocks = [_block(node) for node in soup.children if str(node).strip()]
    return "\n\n".join(blocks)


def _block(node: Any) -> str:
    if isinstance(node, NavigableString):
        return _escaped_start(_text(str(node)))
    match node.name:
        case "p":
            return _escaped_start(_inline(node))
        case "h2" | "h3":
            return "#" * int(node.name[1]) + " " + _inline(node)
        case "ul":
            return "\n".join(f"- {_inline(item)}" for item in _items(node))
        case "ol":
            return "\n".join(f"{n}. {_inline(item)}" for n, item in enumerate(_items(node), 1))
    raise MarkupError(f"<{node.name}> cannot be written as text")


def _items(node: Tag) -> list[Tag]:
    return [item for item in node.find_all("li", recursive=False) if isinstance(item, Tag)]


def _inline(node: Tag) -> str:
    return "".join(_span(child) for child in node.children).strip()


def _span(node: Any) -> str:
    if isinstance(node, NavigableString):
        return _text(str(node))
    inner = "".join(_span(child) for child in node.children)
    match node.name:
        case "b" | "strong":
            return _wrapped("**", inner)
        case "i" | "em":
            return _wrapped("*", inner)
        case "a" if node.get("linktype") == "term":
            return f"[[{node['slug']}|{node.get_text()}]]"
        case "a" if node.get("href"):
            return f"[{inner}]({node['href']})"
        case "br":
            return " "
    raise MarkupError(f"<{node.name}> cannot be written as text")


def _wrapped(mark: str, inner: str) -> str:
    """Marks must touch the words, so spaces at the edges go outside."""
    core = inner.strip()
    if not core:
        return inner
    lead, trail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{lead}{mark}{core}{mark}{trail}"


def _text(words: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", re.sub(r"[ \t\n\r]+", " ", words))


def _escaped_start(line: str) -> str:
    """A paragraph that begins like a list or a heading must not become one."""
    return LINE_START.sub(
        lambda m: f"{m[1]}\\{m[2]}" if len(m[2]) == 1 else f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", line
    )
