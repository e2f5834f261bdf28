"""Each kind of question from its cells."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assessments.interchange import building, markup, numbers
from assessments.interchange.draft import ONE, ZERO, Unusable
from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.item import Item, Option, Reply, Skipped
from assessments.interchange.sheet.cells import Cells
from assessments.interchange.sheet.columns import tolerance, worth


def single(cells: Cells) -> Item | Skipped:
    """One right option."""
    return building.choice(cells.draft, cells.rows(), single=True)


def multiple(cells: Cells) -> Item | Skipped:
    """Several right options; ticks alone share the mark."""
    rows = cells.rows()
    rule = cells.settings.get("rule", "partial")
    if sum(row.fraction == ONE for row in rows) > 1 or rule == "all_or_nothing":
        given = [row.fraction for row in rows]
        if all(value in (ZERO, ONE) for value in given) and any(given):
            even = numbers.even([bool(value) for value in given])
            rows = [replace(row, fraction=value) for row, value in zip(rows, even, strict=True)]
    most = cells.settings.get("most", 0)
    return building.choice(cells.draft, rows, single=False, rule=rule, most=most)


def truth(cells: Cells) -> Item | Skipped:
    """True or false; the setting "answer" says which."""
    answer = cells.settings.get("answer")
    if not isinstance(answer, bool):
        raise Unusable("no_right_answer")
    feedback, texts = {}, {}
    for _number, line in cells.parts(""):
        key = line.get(("match", ""), "").strip().lower() == "true"
        feedback[key], texts[str(key).lower()] = cells.texts(line, "feedback"), cells.texts(line, "text")
    item = building.truth(cells.draft, answer, feedback)
    if isinstance(item, Skipped):
        return item
    options = tuple(replace(option, text=texts.get(option.key, {})) for option in item.options)
    return replace(item, options=options)


def matching(cells: Cells) -> Item | Skipped:
    """Prompts in "text", answers in "match"; an answer alone is a wrong one more."""
    lines = [line for _number, line in cells.parts("")]
    return building.matching(
        cells.draft, [(cells.texts(one, "text"), cells.texts(one, "match")) for one in lines]
    )


def ordering(cells: Cells) -> Item | Skipped:
    """Items in their right order."""
    texts = [cells.texts(line, "text") for _number, line in cells.parts("")]
    return building.ordering(cells.draft, texts, cells.settings.get("rule", "exact"))


def survey(cells: Cells) -> Item | Skipped:
    """A scale, from the lowest point to the highest."""
    points = tuple(Option(str(at), row.text, row.feedback) for at, row in enumerate(cells.rows(), 1))
    return cells.draft.item("survey", {"scale": [point.key for point in points]}, options=points)


def short(cells: Cells) -> Item | Skipped:
    """Accepted words."""
    accepted, replies = _wordings(cells, "")
    spec = {"accepted": accepted, **cells.picked("case", "accents")}
    return cells.draft.item("short", spec, replies=tuple(replies))


def _wordings(cells: Cells, gap: str) -> tuple[dict[str, Any], list[Reply]]:
    """Accepted forms by language, each in the column of its language."""
    accepted: dict[str, list[Any]] = {}
    replies: list[Reply] = []
    for _number, line in cells.parts("accepted", gap):
        value, said = cells.share(line, "worth", ONE), cells.texts(line, "feedback")
        for (name, code), text in line.items():
            words = markup.line(text)
            if name != "text" or not words:
                continue
            if value > ZERO:
                form: Any = words if value == ONE else {"text": words, "fraction": str(value)}
                accepted.setdefault(code or cells.draft.language, []).append(form)
            if said or value <= ZERO:
                replies.append(Reply(words, value, said, gap=gap))
    if not accepted:
        raise Unusable("no_right_answer")
    return accepted, replies


def numeric(cells: Cells) -> Item | Skipped:
    """Accepted numbers."""
    spec, replies = _numbers(cells, "")
    return cells.draft.item("numeric", spec | cells.picked("unit"), replies=tuple(replies))


def _numbers(cells: Cells, gap: str) -> tuple[dict[str, Any], list[Reply]]:
    right: dict[str, Any] = {}
    also: list[dict[str, Any]] = []
    replies: list[Reply] = []
    for number, line in cells.parts("number", gap):
        text = markup.line(line.get(("text", ""), ""))
        value = worth(text)
        margin = tolerance(line.get(("tolerance", ""), ""))
        if (value is None and text != "*") or margin is None:
            raise InterchangeError("bad_cell", Place("", number), name="text", value=text[:60])
        share, said = cells.share(line, "worth", ONE), cells.texts(line, "feedback")
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


def gap(cells: Cells) -> Item | Skipped:
    """A text with gaps; each is a list, accepted words or a number."""
    names = dict.fromkeys(line.get(("gap", ""), "").strip() for _number, line in cells.lines)
    gaps: dict[str, Any] = {}
    lists: dict[str, tuple[Option, ...]] = {}
    replies: list[Reply] = []
    for name in filter(None, names):
        more = {}
        for _number, line in cells.parts("gap", name):
            more = cells.settings_of(line)
        if cells.parts("", name):
            found = building.chosen_gap(cells.draft, name, cells.rows("", name), lists)
        elif cells.parts("number", name):
            found, said = _numbers(cells, name)
            replies += said
        else:
            accepted, said = _wordings(cells, name)
            found = {"accepted": accepted}
            replies += said
        gaps[name] = found | more
    if not gaps:
        raise Unusable("no_gaps")
    return cells.draft.item("gap", {"gaps": gaps}, gaps=lists, replies=tuple(replies))


def words(cells: Cells) -> Item | Skipped:
    """Words to select, marked in the passage as {{1|words}}."""
    lines = [line for _number, line in cells.lines if line.get(("part", ""), "").strip() == "word"]
    meant = {line.get(("gap", ""), "").strip(): cells.share(line, "worth", ZERO) > ZERO for line in lines}
    return cells.draft.item("words", {"words": meant, **cells.picked("rule")})


def essay(cells: Cells) -> Item | Skipped:
    """A text or files, with its rubric."""
    kind = cells.head["kind", ""].strip().lower()
    spec = cells.picked("minimum_words", "maximum_words", "largest", "most")
    if "types" in cells.settings:
        spec["types"] = str(cells.settings["types"]).split()
    rubric = []
    for _number, line in cells.parts("criterion"):
        text = {
            code or cells.draft.language: markup.characters(words).strip()
            for (name, code), words in line.items()
            if name == "text"
        }
        rubric.append({"points": numbers.exact(cells.share(line, "worth", ZERO)), "text": text})
    if rubric:
        spec["rubric"] = rubric
    return cells.draft.item(kind, spec)


KINDS: Mapping[str, Callable[[Cells], Item | Skipped]] = {
    "single": single,
    "multiple": multiple,
    "true_false": truth,
    "matching": matching,
    "ordering": ordering,
    "survey": survey,
    "short": short,
    "numeric": numeric,
    "gap": gap,
    "words": words,
    "essay": essay,
    "file": essay,
}
