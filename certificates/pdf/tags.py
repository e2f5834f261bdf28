"""The structure tree of a finished file: what is text, picture or link, and what is decoration."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from certificates.pdf import drawn_lines
from certificates.pdf.typesetting import Element, Mark, Page, Pages

_PATH = {"m", "l", "c", "v", "y", "h", "re", "W", "W*"}
_SHOW = {"Tj", "TJ", "'", '"'}

Instruction = tuple[list[Any], Operator]


class Untold(RuntimeError):
    """The drawn page has other texts than were composed."""


@dataclass
class Tree:
    """The structure tree of one file while it is being built."""

    pdf: pikepdf.Pdf
    root: pikepdf.Object = field(init=False)
    document: pikepdf.Object = field(init=False)
    numbers: Array = field(init=False)
    next_key: int = 0

    def __post_init__(self) -> None:
        self.numbers = Array([])
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array([]))
        )
        self.root.K = Array([self.document])

    def element(self, role: str, parent: pikepdf.Object | None = None, **more: Any) -> pikepdf.Object:
        """Add an element under the document, or under another, in reading order."""
        above = self.document if parent is None else parent
        made = self.pdf.make_indirect(
            Dictionary(**{"Type": Name.StructElem, "S": Name(f"/{role}"), "P": above, "K": Array([]), **more})
        )
        above.K.append(made)
        return made

    def number(self, target: pikepdf.Object) -> int:
        """Enter an object into the parent tree; returns its key."""
        key, self.next_key = self.next_key, self.next_key + 1
        self.numbers.append(key)
        self.numbers.append(target)
        return key

    def close(self) -> None:
        """Write the tree into the file's catalogue."""
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self.numbers))
        self.root.ParentTreeNextKey = self.next_key
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


def mark_text(page: pikepdf.Page, composed: Page) -> bytes:
    """The content of a page drawn by `ShapingCanvas`, all that is not told marked as decoration.

    Raises Untold when it does not hold as many marked texts as were composed.
    """
    content, roles = marked(page, composed.repeated)
    if len(roles) != composed.texts:
        raise Untold(f"{len(roles)} lines of text were drawn, {composed.texts} were composed")
    return content


def marked(page: pikepdf.Page, repeated: Set[int] = frozenset()) -> tuple[bytes, list[tuple[str, int]]]:
    """The content of a page with all decoration marked as such, and the (role, mark) of its texts.

    Texts whose marks are `repeated` stand on every page, and become decoration too.
    """
    if "/Trans" in page.obj:  # ReportLab writes an empty one
        del page.obj["/Trans"]
    if read := drawn_lines.read(page, repeated):
        return read
    content, roles = _mark_decoration(_without_idle_fonts(page), repeated)
    return pikepdf.unparse_content_stream(content), roles


def tag_page(tree: Tree, page: pikepdf.Page, title: str) -> bytes:
    """Tag a page of which no structure was composed, text by text; returns its new content."""
    content, roles = marked(page)
    elements = Array([])
    for role, mark in sorted(roles, key=itemgetter(1)):
        elements.append(tree.element(role, Pg=page.obj, K=Array([mark])))
    _settle(tree, page, elements, title)
    return content


def tag(tree: Tree, pages: Pages) -> None:
    """Write the composed structure, and the links of the pages, into the tree."""
    drawn = list(tree.pdf.pages)
    marked: list[dict[int, pikepdf.Object]] = [{} for _page in drawn]
    for element in pages.structure:
        _tag(tree, pages, element, None, marked)
    for page, elements in zip(drawn, marked, strict=True):
        listed = Array([elements.get(mark) for mark in range(max(elements, default=-1) + 1)])
        _settle(tree, page, listed)


def _settle(tree: Tree, page: pikepdf.Page, elements: Array, title: str = "") -> None:
    """Enter the elements of a page by their marks, and let it be read in the order of its structure."""
    page.obj.StructParents = tree.number(tree.pdf.make_indirect(elements))
    page.obj.Tabs = Name.S
    for annotation in page.obj.get("/Annots", []):
        if annotation.get("/Subtype") == Name.Link:
            _tag_link(tree, page, annotation, title)


def _tag(
    tree: Tree,
    pages: Pages,
    element: Element,
    parent: pikepdf.Object | None,
    marked: list[dict[int, pikepdf.Object]],
) -> None:
    made = tree.element(element.role, parent)
    if element.language:
        made.Lang = String(element.language)
    if element.alt:
        made.Alt = String(element.alt)
    if element.scope:
        made.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    for mark in element.marks:
        number = _mcid(pages, mark)
        made.Pg = tree.pdf.pages[mark.page].obj
        made.K.append(number)
        marked[mark.page][number] = made
        if mark.is_picture:
            made.A = _box_of(pages, mark)
    for kid in element.kids:
        _tag(tree, pages, kid, made, marked)


def _mcid(pages: Pages, mark: Mark) -> int:
    """Pictures are numbered after the texts of their page."""
    return mark.number + pages.pages[mark.page].texts * mark.is_picture


def _box_of(pages: Pages, mark: Mark) -> Dictionary:
    image = pages.pages[mark.page].images[mark.number]
    bottom = pages.height - image.top - image.height
    box = [image.left, bottom, image.left + image.width, bottom + image.height]
    return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([round(edge, 2) for edge in box]))


def _tag_link(tree: Tree, page: pikepdf.Page, annotation: pikepdf.Object, title: str) -> None:
    """Links inside the file are named by its title."""
    address = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else title
    element = tree.element("Link", Alt=String(address), Pg=page.obj)
    element.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj))
    annotation.StructParent = tree.number(element)
    annotation.Contents = String(address)
    annotation.F = 4  # printed


def _without_idle_fonts(page: pikepdf.Page) -> list[Instruction]:
    """Drop the unembedded font that ReportLab selects on every page and does not draw with."""
    instructions = [
        (list(instruction.operands), instruction.operator)
        for instruction in pikepdf.parse_content_stream(page)
    ]
    fonts = page.Resources.get("/Font", Dictionary())
    idle = {name for name, font in fonts.items() if font.get("/Subtype") == Name.Type1}
    current = ""
    for operands, operator in instructions:
        if str(operator) == "Tf":
            current = str(operands[0])
        elif str(operator) in _SHOW:
            idle.discard(current)
    for key in idle:
        del fonts[key]
    return [
        (operands, operator)
        for operands, operator in instructions
        # pages may share their fonts: the page before has then dropped it
        if not (str(operator) == "Tf" and str(operands[0]) not in fonts)
    ]


def _mark_decoration(
    instructions: list[Instruction], repeated: Set[int]
) -> tuple[list[Instruction], list[tuple[str, int]]]:
    """Make what carries no mark, or a repeated one, an artifact; returns (role, mark) pairs, too."""
    begin: Instruction = ([Name.Artifact], Operator("BMC"))
    end: Instruction = ([], Operator("EMC"))
    out: list[Instruction] = []
    roles: list[tuple[str, int]] = []
    depth, artifact = 0, ""
    for operands, operator in instructions:
        name = str(operator)
        if name == "BDC" and depth == 0 and Name.MCID in operands[1]:
            roles.append((str(operands[0])[1:], int(operands[1].MCID)))
            if roles[-1][1] in repeated:
                operands = [Name.Artifact, Dictionary(Type=Name.Pagination)]
        bare = depth == 0 and not artifact
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif bare and (name in _PATH or name == "BT"):
            artifact = "text" if name == "BT" else "path"
            out.append(begin)
        out.append((operands, operator))
        closes = name == "ET" if artifact == "text" else name not in _PATH
        if artifact and depth == 0 and closes:
            out.append(end)
            artifact = ""
    return out, roles
