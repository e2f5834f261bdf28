"""The lines of our spreadsheet as items."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assessments.interchange import building, markup, numbers
from assessments.interchange.building import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.item import Hint, Item, Option, Reply, Skipped, Texts
from assessments.interchange.moodle.reading import category_path
from assessments.interchange.sheet.columns import PARTS, html, tolerance, worth
from assessments.interchange.sheet.lines import Line

_SETTING = re.compile(r"\s*([a-z_]+)(?:\s+([a-z]+))?\s*(?:\[([^\[\]]*)\])?\s*=\s*(.*?)\s*\Z")
_NUMBERS = ("most", "minimum_words", "maximum_words", "largest")
_TRUTHS = ("case", "accents", "answer", "required")


class Question:
    """The lines of one question, sorted by part."""

    def __init__(
        self, lines: list[tuple[int, Line]], draft: Draft, attach: Callable[[str], bytes | None]
    ) -> None:
        self.number, self.head = lines[0]
        self.draft, self.attach = draft, attach
        self.lines = lines[1:]
        draft.language = self.head.get(("language", ""), "").strip().lower() or draft.language
        self.settings = self._settings(self.head)

    def item(self) -> Item | Skipped:
        """The item, or why it is left out."""
        draft, head = self.draft, self.head
        draft.name = markup.line(head.get(("name", ""), ""))
        kind = head["kind", ""].strip().lower()
        try:
            self._common()
            reader = _KINDS.get(kind, Question._other)
            item = reader(self)
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

    def parts(self, part: str, gap: str = "") -> list[tuple[int, Line]]:
        """The lines of one part, of one gap."""
        return [
            (number, line)
            for number, line in self.lines
            if line.get(("part", ""), "").strip().lower() == part and line.get(("gap", ""), "").strip() == gap
        ]

    def texts(self, line: Line, column: str) -> Texts:
        """The clean texts of a cell, by language."""
        found: dict[str, str] = {}
        for (name, code), value in line.items():
            if name != column or not value.strip():
                continue
            raw = html(value.strip())
            kept = {
                written: written
                for written in markup.media_names(markup.clean(raw, self.draft.limits))
                if self._attached(written)
            }
            cleaned = self.draft.texts(raw, kept, spread=False)
            for text in cleaned.values():
                found[code or self.draft.language] = text
        first = {code: found[code] for code in (self.draft.language,) if code in found}
        return first | found

    def _attached(self, name: str) -> bool:
        content = self.attach(name)
        return content is not None and self.draft.attach(name, content) is not None

    def _part(self, part: str) -> Texts:
        lines = self.parts(part)
        return self.texts(lines[0][1], "text") if lines else {}

    def _hint(self, line: Line) -> Hint:
        flags = line.get(("settings", ""), "").lower()
        return Hint(self.texts(line, "text"), "clear" in flags, "count" in flags)

    def share(self, line: Line, column: str, usual: Fraction) -> Fraction:
        """A number in a cell; a fault that names the cell when it cannot be read."""
        text = line.get((column, ""), "").strip()
        if not text:
            return usual
        value = worth(text)
        if value is None:
            place = Place("", self._number_of(line))
            raise InterchangeError("bad_cell", place, name=column, value=text[:60])
        return value

    def _number_of(self, line: Line) -> int:
        return next((number for number, one in self.lines if one is line), self.number)

    def _settings(self, line: Line) -> dict[str, Any]:
        found: dict[str, Any] = {}
        unit: dict[str, Any] = {}
        for words in line.get(("settings", ""), "").split(";"):
            if not words.strip():
                continue
            setting = _SETTING.match(words)
            if setting is None:
                place = Place("", self._number_of(line) if hasattr(self, "lines") else self.number)
                raise InterchangeError("bad_cell", place, name="settings", value=words.strip()[:60])
            name, further, key, value = setting.groups()
            if name == "unit" and key is not None:
                unit.setdefault("label", {})[key] = value
            elif name == "factor" and key is not None:
                unit.setdefault("factors", {})[key] = value
            elif name == "unit" and further:
                unit[further] = _value(further, value)
            else:
                found[name] = _value(name, value)
        return found | {"unit": unit} if unit else found

    def _picked(self, *names: str) -> dict[str, Any]:
        return {name: self.settings[name] for name in names if name in self.settings}

    def _rows(self, part: str = "", gap: str = "", usual: Fraction = ZERO) -> list[Row]:
        return [
            Row(self.texts(line, "text"), self.share(line, "worth", usual), self.texts(line, "feedback"))
            for _number, line in self.parts(part, gap)
        ]

    def single(self) -> Item | Skipped:
        """One right option."""
        return building.choice(self.draft, self._rows(), single=True)

    def multiple(self) -> Item | Skipped:
        """Several right options; ticks alone share the mark."""
        rows = self._rows()
        rule = self.settings.get("rule", "partial")
        if sum(row.fraction == ONE for row in rows) > 1 or rule == "all_or_nothing":
            given = [row.fraction for row in rows]
            if all(value in (ZERO, ONE) for value in given) and any(given):
                even = numbers.even([bool(value) for value in given])
                rows = [replace(row, fraction=value) for row, value in zip(rows, even, strict=True)]
        most = self.settings.get("most", 0)
        return building.choice(self.draft, rows, single=False, rule=rule, most=most)

    def truth(self) -> Item | Skipped:
        """True or false; the setting "answer" says which."""
        answer = self.settings.get("answer")
        if not isinstance(answer, bool):
            raise Unusable("no_right_answer")
        feedback, texts = {}, {}
        for _number, line in self.parts(""):
            key = line.get(("match", ""), "").strip().lower() == "true"
            feedback[key], texts[str(key).lower()] = self.texts(line, "feedback"), self.texts(line, "text")
        item = building.truth(self.draft, answer, feedback)
        if isinstance(item, Skipped):
            return item
        options = tuple(replace(option, text=texts.get(option.key, {})) for option in item.options)
        return replace(item, options=options)

    def matching(self) -> Item | Skipped:
        """Prompts in "text", answers in "match"; an answer alone is a wrong one more."""
        lines = [line for _number, line in self.parts("")]
        return building.matching(
            self.draft, [(self.texts(one, "text"), self.texts(one, "match")) for one in lines]
        )

    def ordering(self) -> Item | Skipped:
        """Items in their right order."""
        texts = [self.texts(line, "text") for _number, line in self.parts("")]
        return building.ordering(self.draft, texts, self.settings.get("rule", "exact"))

    def survey(self) -> Item | Skipped:
        """A scale, from the lowest point to the highest."""
        points = tuple(Option(str(at), row.text, row.feedback) for at, row in enumerate(self._rows(), 1))
        return self.draft.item("survey", {"scale": [point.key for point in points]}, options=points)

    def short(self) -> Item | Skipped:
        """Accepted words."""
        accepted, replies = self._wordings("")
        spec = {"accepted": accepted, **self._picked("case", "accents")}
        return self.draft.item("short", spec, replies=tuple(replies))

    def _wordings(self, gap: str) -> tuple[dict[str, Any], list[Reply]]:
        """Accepted forms by language, each in the column of its language."""
        accepted: dict[str, list[Any]] = {}
        replies: list[Reply] = []
        for _number, line in self.parts("accepted", gap):
            value, said = self.share(line, "worth", ONE), self.texts(line, "feedback")
            for (name, code), text in line.items():
                words = markup.line(text)
                if name != "text" or not words:
                    continue
                if value > ZERO:
                    form: Any = words if value == ONE else {"text": words, "fraction": str(value)}
                    accepted.setdefault(code or self.draft.language, []).append(form)
                if said or value <= ZERO:
                    replies.append(Reply(words, value, said, gap=gap))
        if not accepted:
            raise Unusable("no_right_answer")
        return accepted, replies

    def numeric(self) -> Item | Skipped:
        """Accepted numbers."""
        spec, replies = self._numbers("")
        return self.draft.item("numeric", spec | self._picked("unit"), replies=tuple(replies))

    def _numbers(self, gap: str) -> tuple[dict[str, Any], list[Reply]]:
        right: dict[str, Any] = {}
        also: list[dict[str, Any]] = []
        replies: list[Reply] = []
        for number, line in self.parts("number", gap):
            text = markup.line(line.get(("text", ""), ""))
            value = worth(text)
            margin = tolerance(line.get(("tolerance", ""), ""))
            if (value is None and text != "*") or margin is None:
                raise InterchangeError("bad_cell", Place("", number), name="text", value=text[:60])
            share, said = self.share(line, "worth", ONE), self.texts(line, "feedback")
            if value is not None and share > ZERO:
                entry = {"value": numbers.exact(value), "tolerance": numbers.exact(margin[1])}
                entry["tolerance_kind"] = margin[0]
                if share == ONE and not right:
                    right = entry
                else:
                    also.append(entry | {"fraction": str(share)})
            if said or share <= ZERO:
                words = text if value is None else numbers.exact(value)
                replies.append(Reply(words, share, said, None if value is None else margin[1], gap))
        if not right:
            raise Unusable("no_right_answer")
        return right | {"also": also} if also else right, replies

    def gap(self) -> Item | Skipped:
        """A text with gaps; each is a list, accepted words or a number."""
        names = dict.fromkeys(line.get(("gap", ""), "").strip() for _number, line in self.lines)
        gaps: dict[str, Any] = {}
        lists: dict[str, tuple[Option, ...]] = {}
        replies: list[Reply] = []
        for name in filter(None, names):
            more = {}
            for _number, line in self.parts("gap", name):
                more = self._settings(line)
            if self.parts("", name):
                found = building.chosen_gap(self.draft, name, self._rows("", name), lists)
            elif self.parts("number", name):
                found, said = self._numbers(name)
                replies += said
            else:
                accepted, said = self._wordings(name)
                found = {"accepted": accepted}
                replies += said
            gaps[name] = found | more
        if not gaps:
            raise Unusable("no_gaps")
        return self.draft.item("gap", {"gaps": gaps}, gaps=lists, replies=tuple(replies))

    def words(self) -> Item | Skipped:
        """Words to select, marked in the passage as {{1|words}}."""
        lines = [line for _number, line in self.lines if line.get(("part", ""), "").strip() == "word"]
        meant = {line.get(("gap", ""), "").strip(): self.share(line, "worth", ZERO) > ZERO for line in lines}
        return self.draft.item("words", {"words": meant, **self._picked("rule")})

    def essay(self) -> Item | Skipped:
        """A text or files, with its rubric."""
        kind = self.head["kind", ""].strip().lower()
        spec = self._picked("minimum_words", "maximum_words", "largest", "most")
        if "types" in self.settings:
            spec["types"] = str(self.settings["types"]).split()
        rubric = []
        for _number, line in self.parts("criterion"):
            text = {
                code or self.draft.language: markup.characters(words).strip()
                for (name, code), words in line.items()
                if name == "text"
            }
            rubric.append({"points": numbers.exact(self.share(line, "worth", ZERO)), "text": text})
        if rubric:
            spec["rubric"] = rubric
        return self.draft.item(kind, spec)

    def _other(self) -> Item | Skipped:
        """A kind that only its exact line describes."""
        options = tuple(Option(str(at), row.text, row.feedback) for at, row in enumerate(self._rows(), 1))
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
        return self._other() if self.parts("exact") and kind not in _KINDS else skipped


def _renamed(options: tuple[Option, ...], keys: Any, worths: Any = None) -> tuple[Option, ...] | None:
    if not isinstance(keys, list) or len(keys) != len(options):
        return None
    given = worths if isinstance(worths, list) and len(worths) == len(keys) else [None] * len(keys)
    shares = [None if one is None else worth(str(one)) for one in given]
    return tuple(
        replace(option, key=str(key), worth=share)
        for option, key, share in zip(options, keys, shares, strict=True)
    )


def _value(name: str, text: str) -> Any:
    if name in _TRUTHS:
        return text.strip().lower() in ("true", "yes", "1", "x")
    if name in _NUMBERS:
        return int(text) if text.strip().isdigit() and len(text.strip()) < 12 else 0
    return text


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


_KINDS: Mapping[str, Callable[[Question], Item | Skipped]] = {
    "single": Question.single,
    "multiple": Question.multiple,
    "true_false": Question.truth,
    "matching": Question.matching,
    "ordering": Question.ordering,
    "survey": Question.survey,
    "short": Question.short,
    "numeric": Question.numeric,
    "gap": Question.gap,
    "words": Question.words,
    "essay": Question.essay,
    "file": Question.essay,
}
