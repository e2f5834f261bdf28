"""QTI 2 and QTI 3 say the same in other letters: ``simpleChoice`` and ``qti-simple-choice``."""

import re
from xml.etree.ElementTree import Element

from assessments.interchange.xml import local

_DASH = re.compile(r"-([a-z])")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def camel(name: str) -> str:
    """A name of QTI 3 as QTI 2 writes it."""
    return _DASH.sub(lambda found: found[1].upper(), name)


def in_one_spelling(root: Element) -> Element:
    """The tree with the names of QTI 2 throughout; XHTML is as it was."""
    for element in root.iter():
        name = local(element.tag)
        element.tag = camel(name.removeprefix("qti-")) if name.startswith("qti-") else name
        attributes = {
            key if key == XML_LANGUAGE or key.startswith("data-") else camel(local(key)): value
            for key, value in element.attrib.items()
        }
        element.attrib.clear()
        element.attrib.update(attributes)
    return root


def words(element: Element | None) -> str:
    """All text within an element."""
    return "" if element is None else "".join(element.itertext()).strip()
