"""Where the pages of a book end: a heading goes on with at least the first lines of what it heads.

ReportLab keeps a heading with the whole of what follows, and leaves half a page empty before a long
table or case. Here only as much is kept as a reader needs.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from reportlab.platypus.doctemplate import ActionFlowable, FrameBreak, _ktAllow
from reportlab.platypus.flowables import Flowable, _listWrapOn
from xhtml2pdf.xhtml2pdf_reportlab import PmlBaseDoc

ENDLESS = 0xFFFFFF  # a height that makes a frame ask for a split


class HeadedFlowable(Flowable):
    """Headings and what they head, until it is known what of it fits on the page."""

    def __init__(self, heads: list[Flowable], body: Flowable) -> None:
        super().__init__()
        self.heads, self.body = heads, body

    def getSpaceBefore(self) -> float:
        return float(self.heads[0].getSpaceBefore())

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return aW, ENDLESS

    def split(self, aW: float, aH: float) -> list[Flowable]:
        everything = [*self.heads, self.body]
        _width, whole = _listWrapOn(everything, aW, self.canv)
        if whole <= aH or getattr(self._frame, "_atTop", False):
            return everything
        _width, heads = _listWrapOn(self.heads, aW, self.canv)
        between = max(self.body.getSpaceBefore(), self.heads[-1].getSpaceAfter())
        room = aH - heads - between - 1
        parts = self.body.splitOn(self.canv, aW, room) if room > 0 else []
        if len(parts) < 2:
            return [FrameBreak(), *everything]
        return [*self.heads, *parts]


class BookDoc(PmlBaseDoc):
    """A document that keeps headings with the beginning of what follows."""

    def handle_keepWithNext(self, flowables: list[Any]) -> None:
        heads = list(takewhile(lambda f: f.getKeepWithNext() and _ktAllow(f), flowables))
        following = flowables[len(heads) : len(heads) + 1]
        if not heads or not following or isinstance(following[0], ActionFlowable):
            return
        if not _ktAllow(following[0]):
            super().handle_keepWithNext(flowables)
            return
        for head in heads:
            head.__dict__["keepWithNext"] = 0  # it may be the style that says so
        flowables[: len(heads) + 1] = [HeadedFlowable(heads, following[0])]
