"""Many finished files bound into one for the printer, page by page, in memory that does not grow.

What is drawn stays what it was: each content stream, font and picture is copied byte for byte, and those
that several files share stand in the bound file once. Signatures and attachments belong to the single
files and are left out: a bound file is for paper. Tags are kept, and each file gets a bookmark.
"""

from __future__ import annotations

import hashlib
import io
from array import array
from collections import deque
from decimal import Decimal
from typing import IO, Any

import pikepdf
from pikepdf import Dictionary, Name

from certificates.pdf.metadata import PRODUCER

_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_CATALOGUE, _PAGES, _TREE, _DOCUMENT = 1, 2, 3, 4


class Binder:
    """Writes the bound file as the files come; of what is written only numbers are remembered."""

    def __init__(self, out: IO[bytes], *, title: str, language: str) -> None:
        self._out, self._title, self._language = out, title, language
        self._offsets = array("Q", [0] * (_DOCUMENT + 1))
        self._known: dict[bytes, int] = {}  # what several files share, by its digest
        self._pages: list[int] = []
        self._parts: list[int] = []
        self._leaves: list[int] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._next_key = 0
        self._at = 0
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, pdf: bytes, bookmark: str) -> None:
        """Append the pages of a file under a bookmark."""
        with pikepdf.open(io.BytesIO(pdf)) as source:
            copied = _Copy(self, source)
            first = len(self._pages)
            self._pages += copied.pages()
            self._bookmarks.append((bookmark, self._pages[first]))
            part, leaf, keys = copied.structure(self._next_key)
            if part:
                self._parts.append(part)
                self._leaves.append(leaf)
                self._next_key += keys

    def close(self) -> int:
        """Write what holds the pages together; returns how many pages there are."""
        kids = self._references(self._pages)
        self.write(_PAGES, b"<</Type/Pages/Count %d/Kids%s>>" % (len(self._pages), kids))
        parts, leaves = self._references(self._parts), self._references(self._leaves)
        tree = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree<</Kids%s>>/ParentTreeNextKey %d>>"
        self.write(_TREE, tree % (_DOCUMENT, leaves, self._next_key))
        self.write(_DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K%s>>" % (_TREE, parts))
        catalogue = b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>" % (
            _PAGES,
            _TREE,
        )
        catalogue += b"/Lang%s/ViewerPreferences<</DisplayDocTitle true>>" % _text(self._language)
        catalogue += b"/PageMode/UseOutlines/Outlines %d 0 R>>" % self._outline()
        self.write(_CATALOGUE, catalogue)
        info = self.number()
        self.write(info, b"<</Title%s/Producer%s>>" % (_text(self._title), _text(PRODUCER)))
        self._finish(info)
        return len(self._pages)

    def number(self) -> int:
        """A number for an object that is yet to be written."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def write(self, number: int, body: bytes) -> None:
        """Write an object under its number."""
        self._offsets[number] = self._at
        self._put(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def shared(self, body: bytes) -> int:
        """The number of an object that refers to nothing but its like: written once, whoever has it."""
        digest = hashlib.blake2b(body, digest_size=16).digest()
        if digest not in self._known:
            self._known[digest] = self.number()
            self.write(self._known[digest], body)
        return self._known[digest]

    def _outline(self) -> int:
        root = self.number()
        first = len(self._offsets)
        for _one in self._bookmarks:
            self.number()
        last = first + len(self._bookmarks) - 1
        for number, (title, page) in enumerate(self._bookmarks, first):
            body = b"<</Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]" % (_text(title), root, page)
            body += b"/Prev %d 0 R" % (number - 1) if number > first else b""
            body += b"/Next %d 0 R" % (number + 1) if number < last else b""
            self.write(number, body + b">>")
        self.write(
            root,
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(self._bookmarks)),
        )
        return root

    def _finish(self, info: int) -> None:
        begins = self._at
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets))
        for offset in self._offsets[1:]:
            self._put(b"%010d 00000 n \n" % offset)
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        self._put(trailer % (len(self._offsets), _CATALOGUE, info, begins))

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)

    @staticmethod
    def _references(numbers: list[int]) -> bytes:
        return b"[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)


class _Copy:
    """One file on its way into the bound one: which of its objects have which number there."""

    def __init__(self, binder: Binder, source: pikepdf.Pdf) -> None:
        self.binder, self.source = binder, source
        self.numbers: dict[tuple[int, int], int] = {source.Root.Pages.objgen: _PAGES}
        self.waiting: deque[pikepdf.Object] = deque()
        self.tree: Any = source.Root.get("/StructTreeRoot")
        if self.tree is not None:
            self.numbers[self.tree.objgen] = _DOCUMENT  # what was a document becomes a part of the bound one
            self._forget_signature()

    def pages(self) -> list[int]:
        """Begin with the pages; returns their numbers. They are written by `structure`."""
        numbers = []
        for page in self.source.pages:
            _settle(page.obj, self.source.Root.Pages)
            numbers.append(self._number(page.obj))
        return numbers

    def structure(self, base: int) -> tuple[int, int, int]:
        """Write all that is left: the number of the part, of the leaf of the parent tree, its keys."""
        if self.tree is None:
            self._write_waiting()
            return 0, 0, 0
        part = self.tree.K[0] if isinstance(self.tree.K, pikepdf.Array) else self.tree.K
        part.S = Name.Part
        if "/Lang" in self.source.Root:
            part.Lang = self.source.Root.Lang
        self._shift(base)
        nums = list(self.tree.ParentTree.Nums)
        pairs = [(int(key) + base, value) for key, value in zip(nums[::2], nums[1::2], strict=True)]
        number = self._number(part)
        written = b" ".join(b"%d %s" % (key, self._value(value)) for key, value in pairs)
        leaf = self.binder.number()
        self.binder.write(leaf, b"<</Limits[%d %d]/Nums[%s]>>" % (pairs[0][0], pairs[-1][0], written))
        self._write_waiting()
        return number, leaf, int(self.tree.ParentTreeNextKey)

    def _shift(self, base: int) -> None:
        for page in self.source.pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + base
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + base

    def _forget_signature(self) -> None:
        """Take out the invisible field of the signature, with its place in the structure."""
        for page in self.source.pages:
            kept = [one for one in page.obj.get("/Annots", []) if one.get("/Subtype") != Name.Widget]
            page.obj.Annots = pikepdf.Array(kept)
            if not kept:
                del page.obj.Annots
        document = self.tree.K[0]
        document.K = pikepdf.Array([one for one in document.K if not _is_form(one)])
        nums = list(self.tree.ParentTree.Nums)
        pairs = [pair for pair in zip(nums[::2], nums[1::2], strict=True) if not _is_form(pair[1])]
        self.tree.ParentTree.Nums = pikepdf.Array([one for pair in pairs for one in pair])

    def _number(self, obj: pikepdf.Object) -> int:
        """The number of an object in the bound file; what has none yet gets one and waits."""
        key = obj.objgen
        if key not in self.numbers:
            if _is_resource(obj):
                self.numbers[key] = self.binder.shared(self._body(obj))
            else:
                self.numbers[key] = self.binder.number()
                self.waiting.append(obj)
        return self.numbers[key]

    def _write_waiting(self) -> None:
        while self.waiting:
            obj = self.waiting.popleft()
            self.binder.write(self.numbers[obj.objgen], self._body(obj))

    def _body(self, obj: pikepdf.Object) -> bytes:
        if not isinstance(obj, pikepdf.Stream):
            return self._inside(obj)
        data = obj.read_raw_bytes()
        entries = [(key, value) for key, value in obj.items() if key != "/Length"]
        head = b"".join(b"%s %s" % (_name(key), self._value(value)) for key, value in entries)
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)

    def _value(self, value: Any) -> bytes:
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            return b"%d 0 R" % self._number(value)
        return self._inside(value)

    def _inside(self, value: Any) -> bytes:
        match value:
            case bool():
                return b"true" if value else b"false"
            case None:
                return b"null"
            case int() | Decimal():
                return format(value, "f" if isinstance(value, Decimal) else "d").encode()
            case pikepdf.Array():
                return b"[%s]" % b" ".join(self._value(one) for one in value)
            case Dictionary():
                pairs = (b"%s %s" % (_name(key), self._value(one)) for key, one in value.items())
                return b"<<%s>>" % b"".join(pairs)
        return value.unparse()


def _settle(page: pikepdf.Object, pages: pikepdf.Object) -> None:
    """Give a page what it had from what stands above it, and hang it right under the root of all pages."""
    above = page.get("/Parent")
    while above is not None:
        for key in _INHERITED:
            if key in above and key not in page:
                page[key] = above[key]
        above = above.get("/Parent")
    page.Parent = pages


def _is_resource(obj: pikepdf.Object) -> bool:
    """Whether an object is drawn with: it knows nothing of the pages it stands on, and may be shared."""
    if isinstance(obj, pikepdf.Stream):
        return True
    kind = obj.get("/Type") if isinstance(obj, Dictionary) else None
    return kind in (Name.Font, Name.FontDescriptor, Name.ExtGState)


def _is_form(element: Any) -> bool:
    return isinstance(element, Dictionary) and element.get("/S") == Name.Form


def _name(key: str) -> bytes:
    return Name(key).unparse()


def _text(words: str) -> bytes:
    return b"<%s>" % (b"\xfe\xff" + words.encode("utf-16-be")).hex().upper().encode()
