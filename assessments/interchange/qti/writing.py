"""QTI 3: a package with manifest, one file for each item, and the media."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Written
from assessments.interchange.noting import NotExported, Noting
from assessments.interchange.qti.interactions import WRITERS
from assessments.interchange.qti.items import OURS
from assessments.interchange.qti.parts import Parts

_ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_DIFFICULTIES = {"easy": "easy", "medium": "medium", "hard": "difficult"}
_DATE = (2020, 1, 1, 0, 0, 0)


def write(items: Iterable[Item]) -> Written:
    """A package of all questions, in order; the same questions give the same bytes."""
    stream = BytesIO()
    notices: dict[int, tuple[Notice, ...]] = {}
    manifest = Element("manifest", {"xmlns": _PACKAGE, "identifier": "aula-questions"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTI Package"
    SubElement(metadata, "schemaversion").text = "3.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, item in enumerate(items):
            noting = Noting(item)
            identifier = f"aula-item-{place + 1}"
            try:
                root = element(noting, identifier)
            except (NotExported, ParseError):  # a gap that stands across two elements, for instance
                notices[place] = (Notice("not_exported", {"name": item.kind}),)
                continue
            _put(archive, f"{identifier}.xml", _bytes(root))
            for media in item.media:
                _put(archive, f"media/{identifier}/{media.name}", media.content)
            _resource(resources, item, identifier)
            if noting.notices:
                notices[place] = tuple(noting.notices)
        _put(archive, "imsmanifest.xml", _bytes(manifest))
    return Written(stream.getvalue(), "questions-qti3.zip", "application/zip", notices)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _bytes(root: Element) -> bytes:
    document: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + document


def element(noting: Noting, identifier: str) -> Element:
    """The document of one item; NotExported when QTI has no such kind."""
    item = noting.item
    if item.kind not in WRITERS:
        raise NotExported
    root = Element(
        "qti-assessment-item",
        {
            "xmlns": _ITEM,
            "identifier": identifier,
            "title": item.name,
            "adaptive": "false",
            "time-dependent": "false",
            "xml:lang": item.language,
        },
    )
    if item.identifier:
        root.set("label", item.identifier)
        if OURS.fullmatch(item.identifier):
            noting.say("details", name="identifier")
    parts = Parts(noting, lambda name: f"media/{identifier}/{quote(name)}")
    WRITERS[item.kind](parts)
    _overall_feedback(parts)
    root.extend(parts.responses)
    root.extend(_outcomes(noting, parts))
    root.append(parts.body)
    root.append(parts.processing())
    root.extend(parts.modal)
    if item.kind == "gap" and not item.shuffle:
        noting.say("details", name="shuffle")
    noting.leave("replies", "reason", "authority", "hints", "penalty", "objective")
    return root


def _outcomes(noting: Noting, parts: Parts) -> list[Element]:
    score = Element("qti-outcome-declaration", identifier="SCORE", cardinality="single")
    score.set("base-type", "float")
    highest = Element("qti-outcome-declaration", identifier="MAXSCORE", cardinality="single")
    highest.set("base-type", "float")
    value = SubElement(SubElement(highest, "qti-default-value"), "qti-value")
    value.text = parts.decimal(noting.item.weight)
    if noting.item.kind != "description" and noting.item.weight <= 0:
        noting.say("weight")
    found = [score, highest]
    for name, cardinality in (("FEEDBACK", parts.feedback_cardinality), ("OVERALL", "multiple")):
        if any(one.get("outcome-identifier") == name for one in parts.modal):
            outcome = Element("qti-outcome-declaration", identifier=name, cardinality=cardinality)
            outcome.set("base-type", "identifier")
            found.append(outcome)
    return found


def _overall_feedback(parts: Parts) -> None:
    item = parts.noting.item
    texts = {
        "correct": item.when_right,
        "partial": item.when_partly,
        "incorrect": item.when_wrong,
        "general": item.feedback,
    }
    for name, said in texts.items():
        if said:
            parts.say_to(name, said, "OVERALL")


def _resource(resources: Element, item: Item, identifier: str) -> None:
    href = f"{identifier}.xml"
    resource = SubElement(resources, "resource", identifier=identifier, type="imsqti_item_xmlv3p0", href=href)
    if item.tags or item.category or item.difficulty:
        lom = SubElement(SubElement(resource, "metadata"), "lom", xmlns=_LOM)
        general = SubElement(lom, "general")
        for tag in item.tags:
            SubElement(SubElement(general, "keyword"), "string", language=item.language).text = tag
        if item.difficulty in _DIFFICULTIES:
            level = SubElement(SubElement(lom, "educational"), "difficulty")
            SubElement(level, "source").text = "LOMv1.0"
            SubElement(level, "value").text = _DIFFICULTIES[item.difficulty]
        if item.category:
            path = SubElement(SubElement(lom, "classification"), "taxonPath")
            for part in item.category:
                entry = SubElement(SubElement(path, "taxon"), "entry")
                SubElement(entry, "string", language=item.language).text = part
    SubElement(resource, "file", href=href)
    for media in item.media:
        SubElement(resource, "file", href=f"media/{identifier}/{quote(media.name)}")
