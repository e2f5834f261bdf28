"""A form of a question as a browser sends it: read from the page, changed, sent."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """The fields of the one form that writes a question, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.inside = False
        self.select = self.area = ""
        self.text = ""
        self.first: str | None = None
        self.chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        if tag == "form":
            self.inside = "data-author" in said
        if not self.inside:
            return
        if tag == "input" and said.get("name"):
            ticked = said.get("type") not in ("checkbox", "radio") or "checked" in said
            if ticked:
                self.fields.append((said["name"], said.get("value") or ("on" if "checked" in said else "")))
        elif tag == "select":
            self.select, self.chosen, self.first = said["name"], None, None
        elif tag == "option" and self.select:
            # a browser sends the first one where none is chosen
            self.first = said.get("value", "") if self.first is None else self.first
            if "selected" in said:
                self.chosen = said.get("value", "")
        elif tag == "textarea":
            self.area, self.text = said["name"], ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            self.fields.append((self.select, (self.first if self.chosen is None else self.chosen) or ""))
            self.select = ""
        elif tag == "textarea" and self.area:
            self.fields.append((self.area, self.text.removeprefix("\n")))
            self.area = ""


def sent(page: str, **changes: Any) -> dict[str, Any]:
    """What the form on a page sends, with some fields changed (None: left out)."""
    parser = _Fields()
    parser.feed(page)
    found: dict[str, Any] = {}
    for name, value in parser.fields:
        found.setdefault(name, []).append(value)
    for name, value in changes.items():
        found[name] = value if isinstance(value, list) else [value]
        if value is None:
            del found[name]
    return found
