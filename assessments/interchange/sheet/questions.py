"""The lines of our spreadsheet as items."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from assessments.interchange import markup
from assessments.interchange.draft import ONE, ZERO, Unusable
from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.item import Hint, Item, Option, Skipped, Texts
from assessments.interchange.moodle.reading import category_path
from assessments.interchange.sheet.cells import Cells
from assessments.interchange.sheet.columns import PARTS, worth
from assessments.interchange.sheet.kinds import KINDS
from assessments.interchange.sheet.lines import Line


class Question(Cells):
    """Makes the item that the lines of one question describe."""

    def item(self) -> Item | Skipped:
        """The item, or why it is left out."""
        draft, head = self.draft, self.head
        draft.name = markup.line(head.get(("name", ""), ""))
        kind = head["kind", ""].strip().lower()
        try:
            self._common()
            item = KINDS[kind](self) if kind in KINDS else self._other()
            return self._exact(item) if isinstance(item, Item) else self._exact_or(item, kind)
        except Unusable as error:
            return draft.skipped(error.notice)

    def _common(self) -> None:
        head, fields = self.head, self.draft.fields
        fields |= {
            "stem": self.texts(head, "text"),
            "feedback": self.texts(head, "feedback"),
            "reason": self.texts(head, "reason"),
            "authority": self.texts(head, "source"),
            "category": category_path(head.get(("category", ""), "")),
            "tags": _list(head.get(("tags", ""), "")),
            "objective": markup.line(head.get(("objective", ""), "")),
            "difficulty": head.get(("difficulty", ""), "").strip().lower(),
            "identifier": markup.line(head.get(("identifier", ""), "")),
            "weight": self.share(head, "worth", ONE),
            "penalty": self.share(head, "penalty", ZERO),
            "shuffle": head.get(("shuffle", ""), "").strip().lower() not in ("no", "false", "0"),
        }
        for name, part in (("when_right", "right"), ("when_partly", "partly"), ("when_wrong", "wrong")):
            fields[name] = self._part(part)
        fields["passage"] = self._part("passage")
        fields["marker_notes"] = self._part("notes")
        fields["hints"] = tuple(self._hint(line) for _number, line in self.parts("hint"))

    def _part(self, part: str) -> Texts:
        lines = self.parts(part)
        return self.texts(lines[0][1], "text") if lines else {}

    def _hint(self, line: Line) -> Hint:
        flags = line.get(("settings", ""), "").lower()
        return Hint(self.texts(line, "text"), "clear" in flags, "count" in flags)

    def _other(self) -> Item | Skipped:
        """A kind that only its exact line describes."""
        options = tuple(Option(str(at), row.text, row.feedback) for at, row in enumerate(self.rows(), 1))
        kind = self.head["kind", ""].strip().lower()
        data = self._exact_data()
        return self.draft.item(kind, data["spec"] if data else {}, options=options)

    def _exact_data(self) -> dict[str, Any] | None:
        lines = self.parts("exact")
        if not lines:
            return None
        number, line = lines[0]
        try:
            data = json.loads(line.get(("settings", ""), ""))
            checked = isinstance(data, dict) and isinstance(data.get("spec"), dict)
        except (ValueError, RecursionError):
            checked = False
        if not checked:
            raise InterchangeError("bad_cell", Place("", number), name="settings", value="exact")
        return dict(data)

    def _exact(self, item: Item) -> Item | Skipped:
        """The key and names as they were exported, as long as the parts are still the same in number."""
        data = self._exact_data()
        if data is None:
            return item
        options = _renamed(item.options, data.get("options"), data.get("worths"))
        answers = _renamed(item.answers, data.get("answers"))
        lists = data.get("gaps") or {}
        gaps = {name: _renamed(entries, lists.get(name)) for name, entries in item.gaps.items()}
        if options is None or answers is None or None in gaps.values():
            return item
        named = {name: entries for name, entries in gaps.items() if entries is not None}
        checked = self.draft.item(item.kind, data["spec"])
        if isinstance(checked, Skipped):
            return checked
        return replace(item, spec=data["spec"], options=options, answers=answers, gaps=named)

    def _exact_or(self, skipped: Skipped, kind: str) -> Item | Skipped:
        return self._other() if self.parts("exact") and kind not in KINDS else skipped


def _renamed(options: tuple[Option, ...], keys: Any, worths: Any = None) -> tuple[Option, ...] | None:
    if not isinstance(keys, list) or len(keys) != len(options):
        return None
    given = worths if isinstance(worths, list) and len(worths) == len(keys) else [None] * len(keys)
    shares = [None if one is None else worth(str(one)) for one in given]
    return tuple(
        replace(option, key=str(key), worth=share)
        for option, key, share in zip(options, keys, shares, strict=True)
    )


def _list(text: str) -> tuple[str, ...]:
    parts = text.replace(",,", "\0").split(",")
    return tuple(filter(None, (markup.line(part.replace("\0", ",")) for part in parts)))


def grouped(lines: Iterable[tuple[int, Line]]) -> Iterable[list[tuple[int, Line]]]:
    """The lines of each question together; "more" is joined to the line above."""
    group: list[tuple[int, Line]] = []
    for number, line in lines:
        part = line.get(("part", ""), "").strip().lower()
        if part not in PARTS:
            raise InterchangeError("unknown_part", Place("", number), name=part[:60])
        if line.get(("kind", ""), "").strip():
            if group:
                yield group
            group = [(number, line)]
        elif not group:
            raise InterchangeError("no_question", Place("", number))
        elif part == "more":
            above = group[-1][1]
            for key, text in line.items():
                if key[0] != "part":
                    above[key] = above.get(key, "") + text
        else:
            group.append((number, line))
    if group:
        yield group
