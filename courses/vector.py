"""Vector pictures (SVG): which are taken.

An SVG file is a document that may hold scripts, pages and references to other hosts. Wagtail takes any.
Here only drawing is allowed: what is not known to be harmless is refused, and the reader of the message
can save the picture again as plain SVG.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 1024 * 1024
ELEMENTS = frozenset(
    f"{SVG}{name}"
    for name in (
        *("svg", "g", "defs", "use", "symbol", "title", "desc"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "linearGradient", "radialGradient", "stop"),
        *("clipPath", "mask", "pattern", "marker"),
    )
)
_INSTRUCTION = re.compile(rb"<\?(?!xml\s)")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding=["'](?!utf-8["'])""", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|javascript:|data:|\\", re.IGNORECASE)


def faults(content: bytes) -> Iterator[str]:
    """Yield, in sentences, why an SVG file is not taken; nothing when it only draws."""
    if len(content) > MOST_BYTES:
        yield _("The picture is larger than 1 MB.")
        return
    try:
        content.decode("utf-8")
        if _ENCODING.search(content) or _INSTRUCTION.search(content):
            raise ParseError
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError, LookupError):
        yield _("The file is not plain SVG in UTF-8 without document type and instructions.")
        return
    if root.tag != f"{SVG}svg":
        yield _("The file is not an SVG picture.")
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if element.tag not in ELEMENTS:
            yield _("The picture holds “%(name)s”, which is not drawing.") % {"name": name}
        for attribute, value in element.attrib.items():
            if _reaches_out(attribute, value):
                yield _("The picture holds a script or points to another file: “%(name)s”.") % {
                    "name": attribute.rpartition("}")[2]
                }


def _reaches_out(attribute: str, value: str) -> bool:
    name = attribute.rpartition("}")[2].lower()
    if name == "href":
        return not value.strip().startswith("#")
    return name.startswith("on") or name in ("base", "src") or bool(_OUTSIDE.search(value))


def check(content: bytes) -> None:
    """Raise ValidationError with every reason why an SVG file is not taken."""
    if found := list(dict.fromkeys(faults(content))):
        raise ValidationError(found)


class PictureForm(BaseImageForm):
    """The editor's form of a picture; Wagtail finds it through its settings."""

    def clean_file(self) -> Any:
        """Return the file; ValidationError when it is SVG that does more than draw."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data and getattr(file, "content_type", "") == "image/svg+xml":
            file.seek(0)
            check(file.read())
            file.seek(0)
        return file
