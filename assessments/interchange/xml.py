"""Reading XML from strangers: no document types, no entities, bounded, one question at a time."""

from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.limits import Limits

_CHUNK = 64 * 1024


class _Records(TreeBuilder):
    """Builds the elements that are wanted and lets go of each when it has been handed over."""

    def __init__(self, wanted: Collection[str], limits: Limits, file: str) -> None:
        super().__init__()
        self.wanted, self.limits, self.file = wanted, limits, file
        self.ready: deque[tuple[Element, int]] = deque()
        self.root: str = ""
        self.parser: DefusedXMLParser | None = None
        self._open: list[tuple[Element, int]] = []

    @property
    def number(self) -> int:
        """The line that the parser is in."""
        return int(self.parser.parser.CurrentLineNumber) if self.parser else 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        if len(self._open) >= self.limits.xml_depth:
            raise InterchangeError("too_deep", Place(self.file, self.number), most=self.limits.xml_depth)
        element = super().start(tag, attrs)
        self.root = self.root or local(tag)
        self._open.append((element, self.number))
        return element

    def end(self, tag: str) -> Element:
        element = super().end(tag)
        _element, number = self._open.pop()
        if local(tag) in self.wanted:
            self.ready.append((element, number))
            if self._open:
                self._open[-1][0].remove(element)
        return element


def local(tag: str) -> str:
    """The name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def records(
    stream: IO[bytes], wanted: Collection[str], limits: Limits, *, roots: Collection[str] = (), file: str = ""
) -> Iterator[tuple[Element, int]]:
    """Yield each wanted element with its line, and forget it; the file is never in memory as a whole.

    InterchangeError, with the line where it is known, for everything that is wrong with the XML.
    ``roots`` names what the outermost element may be.
    """
    builder = _Records(wanted, limits, file)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser
    taken = 0
    with _faults_told(builder):
        while chunk := stream.read(_CHUNK):
            taken += len(chunk)
            if taken > limits.file_bytes:
                raise InterchangeError("too_large", Place(file), most=limits.file_bytes // 2**20)
            parser.feed(chunk)
            if roots and builder.root and builder.root not in roots:
                raise InterchangeError("not_moodle", Place(file))
            while builder.ready:
                yield builder.ready.popleft()
        parser.close()
    while builder.ready:
        yield builder.ready.popleft()


def document(stream: IO[bytes], limits: Limits, *, file: str = "") -> Element:
    """The root of a small document, such as one item of a package."""
    root: Element | None = None
    builder = _Records((), limits, file)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser
    with _faults_told(builder):
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
        root = parser.close()
    assert root is not None
    return root


_ENCODINGS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
}
_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]


@contextmanager
def _faults_told(builder: _Records) -> Iterator[None]:
    """Tell what the parser finds wrong as an InterchangeError."""
    try:
        yield
    except InterchangeError:
        raise
    except DefusedXmlException as error:
        raise InterchangeError("declarations", Place(builder.file, builder.number)) from error
    except (ParseError, expat.ExpatError) as error:
        raise _fault(error, builder.file) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise InterchangeError("encoding", Place(builder.file, builder.number)) from error


def _fault(error: Exception, file: str) -> InterchangeError:
    number = int(getattr(error, "position", (getattr(error, "lineno", 0), 0))[0])
    code = getattr(error, "code", 0)
    if code in _ENCODINGS:
        return InterchangeError("encoding", Place(file, number))
    detail = expat.ErrorString(code) if code else str(error)
    return InterchangeError("not_well_formed", Place(file, number), detail=detail)
