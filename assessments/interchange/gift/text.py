"""GIFT's own letters: escapes, formats, comments."""

import re
from html import escape

from assessments.interchange import markup

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# while a question is taken apart, an escaped sign stands as one of these
_KEPT = {sign: chr(0xE000 + place) for place, sign in enumerate("\\~=#{}:")}
_BACK = {ord(kept): sign for sign, kept in _KEPT.items()}
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TAGS = re.compile(r"<[a-zA-Z/!]")
_SPECIAL = re.compile(r"[\\~=#{}:]")


def hidden(text: str) -> str:
    """The text with escaped signs out of the way; ``\\n`` is a line end."""

    def change(found: re.Match[str]) -> str:
        sign = found[1]
        return "\n" if sign == "n" else _KEPT.get(sign, found[0])

    return _ESCAPE.sub(change, text.translate(dict.fromkeys(_BACK)))


def shown(text: str) -> str:
    """The text with escaped signs as themselves."""
    return text.translate(_BACK)


def formatted(text: str, usual: str) -> tuple[str, str]:
    """The text without the format at its head, and that format or the usual one."""
    found = _FORMAT.match(text)
    return (text[found.end() :], found[1].lower()) if found else (text, usual)


def html_of(text: str, form: str) -> str:
    """HTML, not yet cleaned, of a text in one of GIFT's formats."""
    words = shown(text).strip()
    if form == "plain":
        return escape(words, quote=False).replace("\n", "<br>")
    if form == "markdown":
        return markup.from_markdown(words)
    if form == "html" or _TAGS.search(words):
        return words
    return words.replace("\n", "<br>")


def escaped(text: str) -> str:
    """The text with all signs of GIFT escaped, in one line."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")
