"""HTML of questions: sanitised on the way in, plain text and languages of it. Nothing is executed.

The filter is nh3, the one that lessons use. What it returns is a fixed point: cleaning it again
changes nothing, which is what makes "export → import is the identity" possible.
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt

from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.item import Texts
from assessments.interchange.limits import USUAL, Limits

MEDIA = "media:"
_BLOCKS = {"p", "div", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "br"}
_TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_INLINE = {"a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "code", "q", "cite", "span"}
_SHOWN = {"img", "audio", "video", "source", "figure", "figcaption"}
_TAGS = _BLOCKS | _TABLE | _INLINE | _SHOWN
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls", "width", "height"},
    "source": {"src", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "media"}
# made once: making a filter takes far longer than using it
_FILTER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    url_relative="deny",
    link_rel=None,
)
_WORDS_ONLY = nh3.Cleaner(tags=set())
# what an author would miss, or should know of, when the filter removes it; every pattern here is
# linear: hostile texts are long
_REMOVED = re.compile(
    r"<\s{0,5}(script|iframe|object|embed|applet|form|input|button|select|textarea|svg|math|style|link|meta"
    r"|base)\b|\s(on[a-z]{3,20})\s{0,5}=|=\s{0,5}[\"']?\s{0,5}(javascript|vbscript|data)\s{0,5}:",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
# these close themselves or each other, so that many unclosed ones are not deep
_FLAT = {"p", "li", "br", "hr", "img", "source", "input", "td", "th", "tr", "option", "meta", "link", "col"}
# the next ones are for HTML that was cleaned: no bare < or > stands in its attributes
_SHOWN_TAG = re.compile(r"<(img|audio|video|source|a)\b([^<>]*)>")
_ADDRESS = re.compile(r'\s(?:src|href)="([^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_BREAK = re.compile(r"<br[^<>]*>|</(?:p|div|li|h\d|tr|blockquote)>", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(r"<(/?)(span|lang)\b([^<>]*)>", re.IGNORECASE)
_LANGUAGE = re.compile(r"\blang\s{0,5}=\s{0,5}[\"']?([a-zA-Z0-9_-]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def characters(text: str) -> str:
    """The text without characters that no XML may hold, its lines ended one way."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """A plain text in one line."""
    return " ".join(characters(text).split())


def clean(html: str, limits: Limits = USUAL, place: Place | None = None) -> str:
    """Sanitised HTML; InterchangeError when it is too long, or nested as only an attack is."""
    if len(html) > limits.text_characters:
        raise InterchangeError("text_too_long", place, most=limits.text_characters)
    _check_depth(html, limits, place)
    return _FILTER.clean(characters(html)).strip()


def removed(html: str) -> list[Notice]:
    """What ``clean`` takes away that an author should hear of."""
    names = {next(filter(None, found)).lower() for found in _REMOVED.findall(html)}
    return [Notice("markup", {"names": ", ".join(sorted(names))})] if names else []


def resolved(html: str, names: Mapping[str, str]) -> tuple[str, list[Notice]]:
    """Clean HTML whose pictures are all among ``names`` (as written → as kept).

    A remote one becomes a link: pages of this site load nothing from elsewhere. A missing one goes.
    """
    notices: list[Notice] = []

    def change(found: re.Match[str]) -> str:
        tag, rest = found.groups()
        address = _ADDRESS.search(rest)
        target = unescape(address[1]) if address else ""
        if target.startswith(MEDIA):
            wanted = unquote(target.removeprefix(MEDIA))
            if wanted in names:
                start, end = address.span(1) if address else (0, 0)
                return f"<{tag}{rest[:start]}{media_address(names[wanted])}{rest[end:]}>"
            notices.append(Notice("missing_media", {"name": wanted}))
            return "<a>" if tag == "a" else ""
        if tag == "a" or (not target and tag in ("audio", "video")):  # these may hold <source>
            return found[0]
        if not target:
            notices.append(Notice("missing_media", {"name": "?"}))
            return ""
        notices.append(Notice("remote_media", {"name": target}))
        label = _ALT.search(rest)
        words = label[1] if label and label[1] else escape(target)
        return f'<a href="{escape(target)}">{words}</a>'

    changed = _SHOWN_TAG.sub(change, html)
    # taking away an opening <audio> leaves its end behind
    return (clean(changed) if notices else changed), notices


def media_address(name: str) -> str:
    """The address by which a text shows a media file."""
    return MEDIA + quote(name, safe="")


def media_names(html: str) -> list[str]:
    """The media files that clean HTML shows, in order."""
    found = (_ADDRESS.search(tag[2]) for tag in _SHOWN_TAG.finditer(html))
    addresses = (unescape(address[1]) for address in found if address)
    return [unquote(name.removeprefix(MEDIA)) for name in addresses if name.startswith(MEDIA)]


def readdressed(html: str, address: Callable[[str], str]) -> str:
    """Clean HTML with the address of each media file made from its name."""

    def change(found: re.Match[str]) -> str:
        written = unescape(found[1])
        if not written.startswith(MEDIA):
            return found[0]
        return found[0].replace(found[1], escape(address(unquote(written.removeprefix(MEDIA)))))

    return _SHOWN_TAG.sub(lambda tag: _ADDRESS.sub(change, tag[0]), html)


def descriptions(html: str) -> dict[str, str]:
    """What is read where a picture of clean HTML is not seen, by the address of the picture."""
    found: dict[str, str] = {}
    for tag, rest in _SHOWN_TAG.findall(html):
        address, words = _ADDRESS.search(rest), _ALT.search(rest)
        if tag == "img" and address:
            found.setdefault(unescape(address[1]), unescape(words[1]) if words else "")
    return found


def described(html: str, address: str, words: str) -> str:
    """Clean HTML in which this is read for a picture; as it was where it does not show the picture."""

    def change(found: re.Match[str]) -> str:
        tag, rest = found.groups()
        shown = _ADDRESS.search(rest)
        if tag != "img" or not shown or unescape(shown[1]) != address:
            return found[0]
        return f'<img{_ALT.sub("", rest)} alt="{escape(line(words))}">'

    return clean(_SHOWN_TAG.sub(change, html))


def from_plain(text: str) -> str:
    """Clean HTML of a plain text; single line ends stay line ends."""
    return clean(escape(characters(text).strip(), quote=False).replace("\n", "<br>"))


def from_markdown(text: str) -> str:
    """Clean HTML of Markdown; HTML within it is shown, not obeyed."""
    return clean(_MARKDOWN.render(characters(text)))


def plain(html: str) -> str:
    """The words of HTML."""
    return unescape(_WORDS_ONLY.clean(_BREAK.sub("\n", html))).replace("\xa0", " ").strip()


def is_plain(html: str) -> bool:
    """Whether a text is words only, which ``from_plain`` brings back as they are."""
    return from_plain(plain(html)) == html


def by_language(html: str, language: str) -> Texts:
    """The texts by language of a field in which a school has put all of them.

    What stands outside the marked runs belongs to every language. ``fr_ca`` is taken as ``fr``
    unless that is there too. Without runs the whole is in ``language``.
    """
    runs = _runs(html)
    if not runs:
        return {language: html}
    codes = dict.fromkeys(code for _start, _end, choice in runs for code in choice)
    texts = {}
    for code in codes:
        pieces, at = [], 0
        for start, end, choice in runs:
            pieces += [html[at:start], choice.get(code) or next(iter(choice.values()))]
            at = end
        texts[code] = "".join([*pieces, html[at:]])
    if language in texts:  # the language of origin stands first
        texts = {language: texts.pop(language)} | texts
    return texts


def _runs(html: str) -> list[tuple[int, int, dict[str, str]]]:
    """Where two or more marked pieces follow each other, and the words of each language there.

    A piece ends at the next closing tag, as in Moodle's filter, which knows no nesting.
    """
    pieces: list[tuple[int, int, str, str]] = []
    opened: tuple[int, int, str] | None = None
    for tag in _LANGUAGE_TAG.finditer(html):
        closing, name, rest = tag.groups()
        if closing and opened:
            pieces.append((opened[0], tag.end(), opened[2], html[opened[1] : tag.start()]))
            opened = None
        elif not closing and not opened and ("multilang" in rest or name.lower() == "lang"):
            code = _LANGUAGE.search(rest)
            opened = (tag.start(), tag.end(), code[1]) if code else None
    runs: list[list[tuple[int, int, str, str]]] = []
    for piece in pieces:
        if runs and not html[runs[-1][-1][1] : piece[0]].strip():
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [
        (run[0][0], run[-1][1], _named({code: words for _s, _e, code, words in run}))
        for run in runs
        if len(run) > 1
    ]


def _named(found: Mapping[str, str]) -> dict[str, str]:
    """The words by base language; a variant of a country stands in where there is no other."""
    codes = {code.replace("_", "-").lower(): words for code, words in found.items()}
    named = {code: words for code, words in codes.items() if "-" not in code}
    for code, words in codes.items():
        named.setdefault(code.split("-")[0], words)
    return named


def in_one_field(texts: Texts, language: str) -> str | None:
    """All languages in one field, in Moodle's way; None when its filter would not read them back."""
    filled = {code: text for code, text in texts.items() if text}
    if len(filled) < 2:
        return filled.get(language, "") if language in filled or not filled else None
    ordered = {language: filled[language]} | filled if language in filled else filled
    field = "".join(f'<span lang="{code}" class="multilang">{text}</span>' for code, text in ordered.items())
    return field if dict(by_language(field, language)) == dict(ordered) else None


def cleaned(
    html: str,
    language: str,
    *,
    limits: Limits = USUAL,
    place: Place | None = None,
    media: Mapping[str, str] | None = None,
    spread: Callable[[str, str], Texts] = by_language,
) -> tuple[Texts, list[Notice]]:
    """The texts of one field of a foreign file, and what was taken from them; {} when empty."""
    texts: dict[str, str] = {}
    notices = removed(html)
    if len(html) > limits.text_characters:
        raise InterchangeError("text_too_long", place, most=limits.text_characters)
    for code, text in spread(html, language).items():
        found, said = resolved(clean(text, limits, place), media or {})
        notices += [notice for notice in said if notice not in notices]
        if found:
            texts[code] = found
    return texts, notices


def _check_depth(html: str, limits: Limits, place: Place | None) -> None:
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > limits.html_depth:
            raise InterchangeError("too_deep", place, most=limits.html_depth)
