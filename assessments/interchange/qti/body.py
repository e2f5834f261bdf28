"""The text of a QTI item as HTML: its pictures attached, its interactions marked or left out."""

from collections.abc import Callable
from html import escape
from xml.etree.ElementTree import Element

from assessments.interchange import markup
from assessments.interchange.archive import Archive, joined
from assessments.interchange.draft import Draft
from assessments.interchange.qti.names import XML_LANGUAGE, words

_VOID = {"br", "hr", "img", "source"}
_GONE = {"stylesheet", "modalFeedback", "templateBlock", "templateInline", "catalogInfo"}
_SHOWN = {"src", "alt", "width", "height", "href", "lang", "dir", "colspan", "rowspan", "start", "type"}
_BARE = {"gapText", "simpleChoice", "hottext", "itemBody", "contentBody", "stimulusBody"}

type Place = Callable[[Element], str | None]


class Body:
    """Turns elements into HTML; ``place`` says what stands for an element, None for itself."""

    def __init__(self, draft: Draft, archive: Archive | None, folder: str) -> None:
        self.draft, self.archive, self.folder = draft, archive, folder
        self.notes: list[str] = []

    def html(self, element: Element, place: Place | None = None) -> str:
        """Raw HTML of what stands within an element; the caller has it cleaned."""
        pieces = [_words(element.text)]
        for child in element:
            pieces += [self._child(child, place), _words(child.tail)]
        return "".join(pieces)

    def texts(self, element: Element | None, place: Place | None = None) -> dict[str, str]:
        """The clean texts of what stands within an element, by language."""
        if element is None:
            return {}
        names = {name: name for name in self.draft.media}
        html = self.html(element, place)
        names |= {name: name for name in self.draft.media}
        texts = self.draft.texts(html, names, spread=False)
        return {code: unwrapped(text) for code, text in texts.items()}

    def _child(self, child: Element, place: Place | None) -> str:
        stands = place(child) if place else None
        if stands is not None:
            return stands
        name = child.tag
        if name == "rubricBlock":
            return self._rubric(child, place)
        if name in _GONE or name in ("feedbackInline", "feedbackBlock"):
            if name == "stylesheet":
                self.draft.say("stylesheet")
            elif name.startswith("feedback"):
                self.draft.say("feedback")
            return ""
        if name in ("object", "img", "audio", "video", "source"):
            return self._shown(child, place)
        if name == "math":
            self.draft.say("markup", names="math")
            return escape(words(child))
        if name == "printedVariable":
            self.draft.say("template_variables")
            return ""
        inner = self.html(child, place)
        if name in _VOID:
            return f"<{name}>"
        if name in (
            "prompt",
            "gapText",
            "simpleChoice",
            "hottext",
            "itemBody",
            "contentBody",
            "stimulusBody",
        ):
            return f"<div>{inner}</div>" if name == "prompt" else inner
        return f"<{name}{_attributes(child)}>{inner}</{name}>"

    def _rubric(self, child: Element, place: Place | None) -> str:
        view = child.get("view", "")
        if "candidate" in view.split():
            return f"<div>{self.html(child, place)}</div>"
        if "scorer" in view:
            self.notes.append(self.html(child, place))
        else:
            self.draft.say("rubric_block", name=view[:40])
        return ""

    def _shown(self, child: Element, place: Place | None) -> str:
        """A picture, recording or film; an ``object`` becomes the one that its type says."""
        name = child.tag
        address = child.get("data") or child.get("src") or ""
        if name == "object":
            kind = child.get("type", "").partition("/")[0]
            name = {"image": "img", "audio": "audio", "video": "video"}.get(kind, "")
            if not name:
                self.draft.say("markup", names="object")
                return self.html(child, place)
        src = self._address(address) if address else ""
        alt = child.get("alt") or words(child)
        parts = [f' src="{escape(src)}"'] if src else []
        parts += [f' alt="{escape(alt)}"'] if name == "img" else []
        parts += [
            f' {key}="{escape(child.get(key, ""))}"' for key in ("width", "height", "type") if child.get(key)
        ]
        parts += [' controls=""'] if name in ("audio", "video") else []
        inner = self.html(child, place) if name in ("audio", "video") and child.tag != "object" else ""
        return f"<{name}{''.join(parts)}>" + ("" if name in _VOID else f"{inner}</{name}>")

    def _address(self, address: str) -> str:
        if "://" in address or address.startswith("data:"):
            return address
        # beside the item, or, as some products write it, from the root of the package
        paths = [path for path in (joined(self.folder, address), joined("", address)) if path]
        path = next((one for one in paths if self.archive and one in self.archive), None)
        if path is None or self.archive is None:
            return markup.media_address(address)  # named as missing when the text is cleaned
        kept = self.draft.attach(path, self.archive.read(path, self.draft.limits.media_bytes))
        return markup.media_address(kept or path)


def _words(text: str | None) -> str:
    return escape(text or "", quote=False)


def _attributes(element: Element) -> str:
    pairs = {("lang" if key == XML_LANGUAGE else key): value for key, value in element.attrib.items()}
    return "".join(f' {key}="{escape(value)}"' for key, value in pairs.items() if key in _SHOWN)


def unwrapped(html: str) -> str:
    """The text without a single division around all of it, in which QTI asks to put it."""
    if html.startswith("<div>") and html.endswith("</div>"):
        inner = html[len("<div>") : -len("</div>")].strip()
        if markup.clean(inner) == inner:
            return inner
    return html
