"""The structure tree of a book, written from the record of its drawing."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from certificates.pdf.book_record import Link, Record, Spot, Step
from certificates.pdf.tags import marked

# Cells are drawn from the left; in a right-to-left text they are read as they were written.
ROWS = frozenset({"TR", "TOCI"})


class Structure:
    """Tags every page of a file: elements in reading order, text and links in them."""

    def __init__(self, pdf: pikepdf.Pdf, record: Record, language: str) -> None:
        self.pdf, self.record, self.language = pdf, record, language
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array([]))
        )
        self.root.K = Array([self.document])
        self.made: dict[tuple[str, int], pikepdf.Object] = {}
        self.rows: dict[tuple[str, int], dict[int, pikepdf.Object]] = {}
        self.numbers = Array([])
        self.next_key = 0

    def write(self) -> None:
        """Tag all pages and enter the tree into the file's catalogue."""
        marks: dict[int, list[Spot]] = {}
        for mark in self.record.marks:
            marks.setdefault(mark.page, []).append(mark.spot)
        links: dict[int, list[Link]] = {}
        for link in self.record.links:
            links.setdefault(link.page, []).append(link)
        for number, page in enumerate(self.pdf.pages, 1):
            _own_fonts(page)
            page.Contents = self.pdf.make_stream(marked(page)[0])
            page.obj.Tabs = Name.S
            self._texts(page, marks.get(number, []))
            self._links(page, links.get(number, []))
        for row, cells in self.rows.items():
            self.made[row].K = Array([cells[key] for key in sorted(cells)])
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self.numbers))
        self.root.ParentTreeNextKey = self.next_key
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _texts(self, page: pikepdf.Page, spots: list[Spot]) -> None:
        """Enter the pieces of a page, which are numbered as they come."""
        parents = Array([])
        for number, spot in enumerate(spots):
            element = self._element(page, spot)
            here = element.Pg.objgen == page.obj.objgen
            element.K.append(number if here else Dictionary(Type=Name.MCR, Pg=page.obj, MCID=number))
            parents.append(element)
        page.obj.StructParents = self._number(self.pdf.make_indirect(parents))

    def _links(self, page: pikepdf.Page, links: list[Link]) -> None:
        found = [a for a in page.obj.get("/Annots", []) if a.get("/Subtype") == Name.Link]
        for link in links:
            annotation = found[link.place]
            address = _address(annotation) or link.words
            element = self._add(page, self._element(page, link.spot), Step("Link", 0))
            element.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj))
            element.Alt = String(address)
            annotation.StructParent = self._number(element)
            annotation.Contents = String(address)
            annotation.F = 4  # printed

    def _element(self, page: pikepdf.Page, spot: Spot) -> pikepdf.Object:
        """The element of a text, made with those around it when it is met first."""
        parent: pikepdf.Object = self.document
        above = ("Document", 0)
        for step in spot.steps:
            name = (step.role, step.key)
            if name not in self.made:
                self.made[name] = self._add(page, parent, step)
                if step is spot.steps[-1]:
                    self._describe(self.made[name], spot)
                if above[0] in ROWS:
                    self.rows.setdefault(above, {})[step.key] = self.made[name]
            parent, above = self.made[name], name
        return parent

    def _add(self, page: pikepdf.Page, parent: pikepdf.Object, step: Step) -> pikepdf.Object:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{step.role}"), P=parent, Pg=page.obj, K=Array([]))
        )
        if step.scope:
            element.A = Dictionary(O=Name.Table, Scope=Name(f"/{step.scope}"))
        parent.K.append(element)
        return element

    def _describe(self, element: pikepdf.Object, spot: Spot) -> None:
        if spot.spoken and spot.spoken != self.language:
            element.Lang = String(spot.spoken)
        if spot.alt:
            element.Alt = String(spot.alt)
        if spot.box:
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(spot.box))

    def _number(self, target: pikepdf.Object) -> int:
        key, self.next_key = self.next_key, self.next_key + 1
        self.numbers.append(key)
        self.numbers.append(target)
        return key


def _own_fonts(page: pikepdf.Page) -> None:
    """ReportLab lists the fonts of all pages once; what is idle on one page may draw on another."""
    resources = Dictionary(dict(page.Resources.items()))
    resources.Font = Dictionary(dict(page.Resources.get("/Font", Dictionary()).items()))
    page.obj.Resources = resources


def _address(annotation: pikepdf.Object) -> str:
    return str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""
