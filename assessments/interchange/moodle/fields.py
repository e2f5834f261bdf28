"""One field of a Moodle question: its text by format, its pictures, its languages."""

import base64
import binascii
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from assessments.interchange import markup
from assessments.interchange.draft import Draft
from assessments.interchange.item import Texts

_PLUGIN_FILE = "@@PLUGINFILE@@/"


def field(element: Element | None, draft: Draft, added: str = "", *, spread: bool = True) -> Texts:
    """The texts of a field with its own format, pictures and languages."""
    if element is None:
        return draft.texts(added, names_of(draft)) if added else {}
    html, names = raw(element, draft)
    return draft.texts(html + added, names | names_of(draft) if added else names, spread=spread)


def raw(element: Element, draft: Draft) -> tuple[str, dict[str, str]]:
    """The HTML of a field, not yet cleaned, and the names of its pictures as written → as kept."""
    names: dict[str, str] = {}
    for file in element.iterfind("file"):
        path = (file.get("path") or "/").strip("/")
        written = f"{path}/{file.get('name', '')}".lstrip("/")
        kept = draft.attach(written, _decoded(file.text or "")) if file.get("encoding") == "base64" else None
        if kept:
            names[written] = kept
    text = text_of(element)
    form = element.get("format", "html")
    if form == "markdown":
        return markup.from_markdown(text), names
    if form in ("plain_text", "plain"):
        return markup.from_plain(text), names
    if form == "moodle_auto_format" and "<" not in text:
        # HTML without tags: entities count, and lines stay lines
        return text.strip().replace("\n", "<br>"), names
    return text.replace(_PLUGIN_FILE, markup.MEDIA), {unquote(name): kept for name, kept in names.items()}


def text_of(element: Element | None) -> str:
    if element is None:
        return ""
    inner = element.find("text")
    return (element.text if inner is None else inner.text) or ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def old_image(element: Element, draft: Draft) -> str:
    """The picture of Moodle 1.9, which stood beside the text."""
    name, content = (element.findtext("image") or "").strip(), element.findtext("image_base64") or ""
    if not name or not content.strip():
        return ""
    kept = draft.attach(name, _decoded(content))
    return f'<p><img src="{markup.media_address(kept)}" alt=""></p>' if kept else ""


def names_of(draft: Draft) -> dict[str, str]:
    return {name: name for name in draft.media}
