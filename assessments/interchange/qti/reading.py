"""QTI 2.1, 2.2 and 3: a package (zip with manifest and media), or one item as an XML file."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element

from assessments.interchange import markup
from assessments.interchange.archive import Archive, joined
from assessments.interchange.draft import Draft
from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.item import Item, Skipped, Source
from assessments.interchange.limits import MEGABYTE, USUAL, Limits
from assessments.interchange.qti.body import Body
from assessments.interchange.qti.items import item_of
from assessments.interchange.qti.names import in_one_spelling, words
from assessments.interchange.qti.reader import Reader
from assessments.interchange.xml import document

FORMAT = "qti"
MANIFEST = "imsmanifest.xml"
_LARGEST_ITEM = 5 * MEGABYTE
# a file that is only broken is named and left out; anything else refuses the package
_BROKEN = ("not_well_formed", "encoding", "missing_file")
_DIFFICULTIES = {"very easy": "easy", "easy": "easy", "medium": "medium"}
_DIFFICULTIES |= {"difficult": "hard", "very difficult": "hard", "hard": "hard"}


def read_item(stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL) -> Iterator[Item | Skipped]:
    """Yield the one item of an XML file."""
    data = stream.read(_LARGEST_ITEM + 1)
    if len(data) > _LARGEST_ITEM:
        raise InterchangeError("too_large", most=_LARGEST_ITEM // MEGABYTE)
    root = _item_root(data, limits, "")
    yield item_of(Reader(root, Draft(FORMAT, Place(), language, limits), None, ""))


def read_package(
    stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL
) -> Iterator[Item | Skipped]:
    """Yield the items of a package in the order of its manifest."""
    archive = Archive(stream, limits)
    manifests = [name for name in archive.names if name.rpartition("/")[2] == MANIFEST]
    if not manifests:
        raise InterchangeError("no_manifest")
    manifest = min(manifests, key=len)
    folder = manifest.rpartition("/")[0]
    root = in_one_spelling(document(BytesIO(archive.read(manifest, _LARGEST_ITEM)), limits, file=manifest))
    resources = [one for one in root.iter("resource") if one.get("href")]
    if any("xmlv1p" in one.get("type", "") for one in resources):
        raise InterchangeError("qti_1")
    tests = [one for one in resources if one.get("type", "").startswith("imsqti_test")]
    listed = [one for one in resources if one.get("type", "").startswith(("imsqti_item", "imsqti_apipitem"))]
    if not listed:
        listed = [one for test in tests for one in _referred(archive, folder, test, limits)]
    for count, resource in enumerate(listed, 1):
        if count > limits.questions:
            raise InterchangeError("too_many", most=limits.questions)
        name = joined(folder, resource.get("href", ""))
        if name is None:
            raise InterchangeError("zip_name", name=resource.get("href", "")[:100])
        draft = Draft(FORMAT, Place(name), language, limits)
        if tests:
            draft.say("test")
            tests = []
        _metadata(resource, draft)
        try:
            yield _packaged(archive, name, draft)
        except InterchangeError as error:
            if error.code not in _BROKEN:
                raise
            notice = Notice("file_skipped", {"name": name, "detail": str(error)})
            yield Skipped(resource.get("identifier", ""), (notice,), Source(FORMAT, error.place))


def _referred(archive: Archive, folder: str, test: Element, limits: Limits) -> Iterator[Element]:
    """The items that a test names, where the manifest does not."""
    name = joined(folder, test.get("href", "")) or ""
    root = in_one_spelling(document(BytesIO(archive.read(name, _LARGEST_ITEM)), limits, file=name))
    for reference in root.iter("assessmentItemRef"):
        path = joined(name.rpartition("/")[0], reference.get("href", ""))
        if path is None:
            raise InterchangeError("zip_name", Place(name), name=reference.get("href", "")[:100])
        from_folder = path.removeprefix(f"{folder}/") if folder else path
        yield Element("resource", {"identifier": reference.get("identifier", ""), "href": from_folder})


def _packaged(archive: Archive, name: str, draft: Draft) -> Item | Skipped:
    root = _item_root(archive.read(name, _LARGEST_ITEM), draft.limits, name)
    folder = name.rpartition("/")[0]
    reader = Reader(root, draft, archive, folder)
    for reference in root.iter("assessmentStimulusRef"):
        shared = joined(folder, reference.get("href", ""))
        if shared is None or shared not in archive:
            raise InterchangeError("missing_file", Place(name), name=reference.get("href", "")[:100])
        data = BytesIO(archive.read(shared, _LARGEST_ITEM))
        stimulus = in_one_spelling(document(data, draft.limits, file=shared))
        body = Body(draft, archive, shared.rpartition("/")[0])
        texts = body.texts(stimulus.find("stimulusBody"))
        reader.stimulus += next(iter(texts.values()), "")
    return item_of(reader)


def _item_root(data: bytes, limits: Limits, name: str) -> Element:
    root = in_one_spelling(document(BytesIO(data), limits, file=name))
    if root.tag == "questestinterop":
        raise InterchangeError("qti_1", Place(name))
    if root.tag != "assessmentItem":
        raise InterchangeError("unknown_format", Place(name))
    return root


def _metadata(resource: Element, draft: Draft) -> None:
    """Keywords, the place in a classification and the difficulty, from the manifest."""
    keywords = [markup.line(words(one)) for one in resource.iter("keyword")]
    path = next(resource.iter("taxonPath"), None)
    taxa = [] if path is None else [markup.line(words(one.find("entry"))) for one in path.iterfind("taxon")]
    draft.fields["tags"] = tuple(dict.fromkeys(filter(None, keywords)))
    draft.fields["category"] = tuple(filter(None, taxa))
    difficulty = next(resource.iter("difficulty"), None)
    value = words(None if difficulty is None else difficulty.find("value")).lower()
    draft.fields["difficulty"] = _DIFFICULTIES.get(value, "")
