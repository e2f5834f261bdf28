"""An item as rows of the bank, in memory; nothing is stored here."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.conf import settings

from assessments.choices import Difficulty, Kind, OptionRole, TextForm
from assessments.importing.languages import spoken
from assessments.importing.names import Names, renamed
from assessments.importing.words import plain_of
from assessments.interchange import Item, Notice
from assessments.interchange import Option as Given
from assessments.interchange.item import Texts
from assessments.interchange.markup import from_plain
from assessments.keys import SETTINGS
from assessments.models import Option, Question, QuestionVersion
from assessments.scoring.multiple import even_fractions

ONE, ZERO = Fraction(1), Fraction(0)
LONGEST_NAME, LONGEST_TAG, LONGEST_OBJECTIVE = 200, 60, 80
# not stored where the question has them
USUAL_RULES = {Kind.MULTIPLE: "partial", Kind.ORDERING: "exact"}


@dataclass
class Rows:
    """One question, ready to be stored; ``notices`` say what the bank could not take as it was."""

    question: Question
    version: QuestionVersion
    options: list[Option] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def rows_of(item: Item) -> Rows:
    """The rows of an item, with new keys; status and category are for the caller."""
    item, lost = spoken(item, dict(settings.LANGUAGES))
    return _Maker(item).rows(lost)


def usual_weight(kind: str, spec: Mapping[str, Any]) -> Fraction:
    """The mark of a question that states none, as files give it."""
    if kind == Kind.GAP:
        return sum((Fraction(str(gap.get("weight", 1))) for gap in spec["gaps"].values()), ZERO)
    return ZERO if kind == Kind.DESCRIPTION else ONE


class _Maker:
    """Makes the rows of one item; texts are set last, when it is known whether all of them are plain."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.kind = Kind(item.kind)
        self.options: list[Option] = []
        self.texts: list[tuple[Any, str, Texts, bool]] = []
        self.names = Names(
            options={option.key: str(uuid.uuid4()) for option in item.options},
            answers={answer.key: str(uuid.uuid4()) for answer in item.answers},
            gaps={gap: {one.key: str(uuid.uuid4()) for one in entries} for gap, entries in item.gaps.items()},
        )
        self.spec = renamed(item.spec, self.names)
        self.marking: dict[str, Any] = {}

    def rows(self, lost: Iterable[Notice]) -> Rows:
        item = self.item
        question, notices = _question(item)
        version = QuestionVersion(question=question, kind=item.kind, source_language=item.language)
        for name, texts in (
            ("stem", item.stem),
            ("passage", item.passage),
            ("feedback", item.feedback),
            ("reason", item.reason),
            ("source", item.authority),
        ):
            self._say(version, name, texts, in_line=name == "passage")
        self._pieces_of_the_kind()
        self._common_pieces()
        self._settings()
        version.marking = self.marking
        version.text_form = self._set_texts()
        tags = tuple(dict.fromkeys(tag[:LONGEST_TAG].strip() for tag in item.tags))
        return Rows(question, version, self.options, tuple(filter(None, tags)), (*lost, *notices))

    def _say(self, record: Any, name: str, texts: Texts, *, in_line: bool = False) -> None:
        self.texts.append((record, name, texts, in_line))

    def _add(self, role: OptionRole, key: str = "", belongs_to: str = "", **fields: Any) -> Option:
        row = Option(
            key=uuid.UUID(key) if key else uuid.uuid4(),
            role=role,
            belongs_to=belongs_to,
            sort_order=len(self.options),
            source_language=self.item.language,
            **fields,
        )
        self.options.append(row)
        return row

    def _option(self, given: Given, role: OptionRole = OptionRole.OPTION, **fields: Any) -> Option:
        row = self._add(role, self.names.option(given.key), **fields)
        # a situation may be of several paragraphs
        self._say(row, "text", given.text, in_line=role != OptionRole.SITUATION)
        self._say(row, "feedback", given.feedback)
        if given.worth is not None:
            self.marking.setdefault("given", {})[str(row.key)] = str(given.worth)
        return row

    def _pieces_of_the_kind(self) -> None:
        match self.kind:
            case Kind.SINGLE:
                for given in self.item.options:
                    self._option(given, **_worth(self.item.spec["options"][given.key]))
            case Kind.MULTIPLE:
                self._shares()
            case Kind.TRUE_FALSE:
                self._truth()
            case Kind.MATCHING:
                self._matching()
            case Kind.ORDERING:
                for key in self.item.spec["order"]:
                    self._option(next(one for one in self.item.options if one.key == key))
            case Kind.GAP:
                self._entries()
            case Kind.SCENARIO:
                self._scenario()
            case Kind.ESSAY | Kind.FILE:
                self._criteria()
            case _:
                for given in self.item.options:
                    self._option(given)

    def _shares(self) -> None:
        worths = {key: Fraction(str(value)) for key, value in self.item.spec["options"].items()}
        usual = even_fractions({key: worth > ZERO for key, worth in worths.items()})
        for given in self.item.options:
            worth = worths[given.key]
            own = None if usual[given.key] == worth else worth
            self._option(given, correct=worth > ZERO, fraction=own)

    def _truth(self) -> None:
        if any(option.text or option.feedback for option in self.item.options):
            options = {option.key: option for option in self.item.options}
            for key in ("true", "false"):
                right = (key == "true") is self.spec["answer"]
                self._option(options.get(key, Given(key, {})), correct=right)

    def _matching(self) -> None:
        answers = {answer.key: answer for answer in self.item.answers}
        pairs = [(given, self.item.spec["pairs"][given.key]) for given in self.item.options]
        pairs += [(Given("", {}), key) for key in self.item.spec.get("distractors", ())]
        for given, key in pairs:
            row = self._option(given, match_key=uuid.UUID(self.names.answer(key)))
            self._say(row, "match_text", answers[key].text, in_line=True)

    def _entries(self) -> None:
        for gap, entries in self.item.gaps.items():
            for given in entries:
                worth = self.item.spec["gaps"][gap]["options"][given.key]
                row = self._add(OptionRole.GAP_ENTRY, self.names.entry(gap, given.key), gap, **_worth(worth))
                self._say(row, "text", given.text, in_line=True)
                self._say(row, "feedback", given.feedback)

    def _scenario(self) -> None:
        options = {option.key: option for option in self.item.options}
        graph: dict[str, Any] = {"situations": {}, "decisions": {}}
        for name, situation in self.item.spec["situations"].items():
            row = self._option(options.get(name, Given(name, {})), OptionRole.SITUATION)
            own = {key: value for key, value in situation.items() if key != "decisions"}
            if own:
                graph["situations"][str(row.key)] = own
            for key, decision in situation.get("decisions", {}).items():
                given = options.get(key, Given(key, {}))
                worth = _worth(decision.get("worth", 0))
                made = self._option(given, OptionRole.DECISION, belongs_to=str(row.key), **worth)
                leads = {entry: value for entry, value in decision.items() if entry != "worth" and value}
                if "next" in leads:
                    leads["next"] = self.names.option(leads["next"])
                if leads:
                    graph["decisions"][str(made.key)] = leads
        if self.item.spec["start"] != next(iter(self.item.spec["situations"])):
            graph["start"] = self.spec["start"]
        if graph := {name: value for name, value in graph.items() if value}:
            self.marking["scenario"] = graph

    def _criteria(self) -> None:
        for line in self.item.spec.get("rubric") or ():
            row = self._add(OptionRole.CRITERION, fraction=Fraction(str(line["points"])))
            words = {code: from_plain(text) for code, text in (line.get("text") or {}).items()}
            self._say(row, "text", words, in_line=True)

    def _common_pieces(self) -> None:
        item = self.item
        for role, texts in (
            (OptionRole.WHEN_RIGHT, item.when_right),
            (OptionRole.WHEN_PARTLY, item.when_partly),
            (OptionRole.WHEN_WRONG, item.when_wrong),
            (OptionRole.MARKER_NOTES, item.marker_notes),
        ):
            if texts:
                self._say(self._add(role), "text", texts)
        for hint in item.hints:
            row = self._add(OptionRole.HINT)
            self._say(row, "text", hint.text)
            flags = {"clears_wrong": hint.clears_wrong, "counts_right": hint.counts_right}
            if any(flags.values()):
                said = {name: True for name, on in flags.items() if on}
                self.marking.setdefault("hints", {})[str(row.key)] = said
        for reply in item.replies:
            row = self._add(OptionRole.REPLY, belongs_to=reply.gap, fraction=reply.fraction)
            # an answer to be compared with, the same in every form of text
            setattr(row, f"text_{item.language}", reply.text)
            self._say(row, "feedback", reply.feedback)
            if reply.tolerance is not None:
                self.marking.setdefault("replies", {})[str(row.key)] = {"tolerance": str(reply.tolerance)}

    def _settings(self) -> None:
        item, kept = self.item, {}
        said = self.kind == Kind.TRUE_FALSE and any(row.role == OptionRole.OPTION for row in self.options)
        named = {*SETTINGS[self.kind], "jurisdictions"} - ({"answer"} if said else set())
        for name, value in self.spec.items():
            if name == "gaps":
                kept[name] = {
                    gap: {key: one for key, one in entries.items() if key != "options"}
                    for gap, entries in value.items()
                }
            elif name in named and not (name == "rule" and value == USUAL_RULES.get(self.kind)):
                kept[name] = value
        self.marking |= kept
        if item.weight != usual_weight(item.kind, item.spec):
            self.marking["weight"] = str(item.weight)
        if item.penalty:
            self.marking["penalty"] = str(item.penalty)
        if not item.shuffle:
            self.marking["shuffle"] = False
        if item.identifier:
            self.marking["identifier"] = item.identifier

    def _set_texts(self) -> TextForm:
        found: list[tuple[Any, str, str, str | None]] = []
        for record, name, texts, in_line in self.texts:
            for code, html in texts.items():
                if html:
                    # the last paragraph of a stem is the question itself, which is no list
                    ends_in_list = name == "stem" and html.endswith(("</ul>", "</ol>"))
                    text = None if ends_in_list else plain_of(html, in_line=in_line)
                    found.append((record, f"{name}_{code}", html, text))
        plain = all(text is not None for *_html, text in found)
        for record, column, html, text in found:
            setattr(record, column, text if plain else html)
        return TextForm.PLAIN if plain else TextForm.HTML


def _worth(value: Any) -> dict[str, Any]:
    worth = Fraction(str(value))
    return {"correct": worth == ONE, "fraction": None if worth in (ZERO, ONE) else worth}


def _question(item: Item) -> tuple[Question, list[Notice]]:
    """What is said about the question as a whole, in the lengths that the bank has."""
    known = item.difficulty if item.difficulty in Difficulty.values else ""
    question = Question(
        name=item.name[:LONGEST_NAME], objective=item.objective[:LONGEST_OBJECTIVE], difficulty=known
    )
    limits = [(item.name, LONGEST_NAME), (item.objective, LONGEST_OBJECTIVE)]
    limits += [(tag, LONGEST_TAG) for tag in item.tags]
    notices = [Notice("shortened", {"name": text[:60]}) for text, most in limits if len(text) > most]
    if item.difficulty and not known:
        notices.append(Notice("settings", {"name": item.difficulty[:60]}))
    return question, notices
