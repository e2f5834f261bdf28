"""The fields of Moodle XML, written: texts with their pictures, numbers, weights."""

import base64
from fractions import Fraction
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from assessments.interchange import markup, numbers
from assessments.interchange.item import Texts
from assessments.interchange.noting import Noting


def plain_text(element: Element, words: str) -> None:
    """A field of plain text."""
    SubElement(element, "text").text = words


def html_field(noting: Noting, parent: Element, tag: str, texts: Texts, **attributes: str) -> Element:
    """A field of HTML with its pictures beside it, all languages in it if Moodle's filter can tell them."""
    element = SubElement(parent, tag, {"format": "html", **attributes})
    html = markup.in_one_field(texts, noting.item.language)
    html = noting.one(texts) if html is None else html
    plain_text(element, markup.readdressed(html, lambda name: "@@PLUGINFILE@@/" + quote(name)))
    contents = {media.name: media.content for media in noting.item.media}
    for name in dict.fromkeys(markup.media_names(html)):
        if name in contents:
            file = SubElement(element, "file", name=name, path="/", encoding="base64")
            file.text = base64.b64encode(contents[name]).decode()
    return element


def number_field(noting: Noting, element: Element, tag: str, value: Fraction) -> None:
    """A number in decimals, noted where that is not exact."""
    written = numbers.decimal(value, 7)
    back = numbers.number(written)
    if (
        back is None
        or (tag == "penalty" and numbers.written(back) != value)
        or (tag != "penalty" and back != value)
    ):
        noting.say("not_decimal")
    SubElement(element, tag).text = written


def share(noting: Noting, value: Fraction) -> str:
    """A weight as Moodle takes it."""
    near = numbers.nearest_weight(value)
    if near != value:
        noting.say("fraction_rounded", given=str(value), taken=numbers.percentage(near))
    return numbers.percentage(near)
