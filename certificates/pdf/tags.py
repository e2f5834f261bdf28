"""The structure tree of a finished page: what is text, what is a link, what is decoration."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

_PATH = {"m", "l", "c", "v", "y", "h", "re", "W", "W*"}
_SHOW = {"Tj", "TJ", "'", '"'}

Instruction = tuple[list[Any], Operator]


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

    def element(self, role: str, page: pikepdf.Page, kids: Any, **more: Any) -> pikepdf.Object:
        """Add an element under the document, in reading order."""
        made = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name(f"/{role}"),
                P=self.document,
                Pg=page.obj,
                K=kids,
                **more,
            )
        )
        self.document.K.append(made)
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


def tag_page(tree: Tree, page: pikepdf.Page, title: str) -> bytes:
    """Tag one page drawn by `ShapingCanvas`; returns its new content."""
    content, roles = marked(page)
    elements = Array([tree.element(role, page, mark) for role, mark in sorted(roles, key=_mark)])
    page.obj.StructParents = tree.number(tree.pdf.make_indirect(elements))
    tidy(page)
    for annotation in page.obj.get("/Annots", []):
        if annotation.get("/Subtype") == Name.Link:
            _tag_link(tree, page, annotation, title)
    return content


def marked(page: pikepdf.Page) -> tuple[bytes, list[tuple[str, int]]]:
    """The content of a page with all decoration marked as such, and the (role, mark) of its texts."""
    content, roles = _mark_decoration(_without_idle_fonts(page))
    return pikepdf.unparse_content_stream(content), roles


def tidy(page: pikepdf.Page) -> None:
    """Let a page be read in the order of its structure."""
    page.obj.Tabs = Name.S
    if "/Trans" in page.obj:  # ReportLab writes an empty one
        del page.obj["/Trans"]


def _mark(role: tuple[str, int]) -> int:
    return role[1]


def _tag_link(tree: Tree, page: pikepdf.Page, annotation: pikepdf.Object, title: str) -> None:
    address = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else title
    reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)
    element = tree.element("Link", page, reference, Alt=String(address))
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
        if not (str(operator) == "Tf" and str(operands[0]) in idle)
    ]


def _mark_decoration(
    instructions: list[Instruction],
) -> tuple[list[Instruction], list[tuple[str, int]]]:
    """Wrap what carries no mark as an artifact; returns the content and (role, mark) pairs."""
    begin: Instruction = ([Name.Artifact], Operator("BMC"))
    end: Instruction = ([], Operator("EMC"))
    out: list[Instruction] = []
    roles: list[tuple[str, int]] = []
    depth, artifact = 0, ""
    for operands, operator in instructions:
        name = str(operator)
        if name == "BDC" and depth == 0 and Name.MCID in operands[1]:
            roles.append((str(operands[0])[1:], int(operands[1].MCID)))
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
