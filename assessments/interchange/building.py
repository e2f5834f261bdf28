"""From what a file says to an item: the same for every format.

A reader fills a ``Draft`` and calls one of the functions below; each says in notices what it had to
change so that ``assessments.scoring`` can mark the question, and ``Unusable`` when nothing helps.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.interchange import markup, numbers
from assessments.interchange.draft import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.item import Item, Option, Reply, Skipped, Texts
from assessments.scoring.wording import normal_form


def choice(
    draft: Draft, rows: Sequence[Row], *, single: bool, rule: str = "partial", most: int = 0
) -> Item | Skipped:
    """A question with options, whatever their weights; ``most`` is how many can be chosen."""
    rows = [row for row in rows if row.text]
    if len(rows) < 2:
        raise Unusable("too_few_options")
    if single:
        full = sum(row.fraction >= ONE for row in rows)
        if full > 1:
            draft.say("several_right")
            share = Fraction(1, full)
            even = [Row(row.text, share if row.fraction >= ONE else ZERO, row.feedback) for row in rows]
            return _multiple(draft, even, rule, most)
        return _single(draft, rows)
    return _multiple(draft, rows, rule, most)


def _single(draft: Draft, rows: Sequence[Row]) -> Item | Skipped:
    if not any(row.fraction >= ONE for row in rows):
        raise Unusable("no_right_answer")
    worths = [min(ONE, max(ZERO, row.fraction)) for row in rows]
    if any(row.fraction < ZERO for row in rows):
        draft.say("negative_fraction")
    return _chosen(draft, "single", rows, worths, {})


def _multiple(draft: Draft, rows: Sequence[Row], rule: str, most: int) -> Item | Skipped:
    right = [row.fraction > ZERO for row in rows]
    if not any(right):
        raise Unusable("no_right_answer")
    even = numbers.even(right)
    if rule == "all_or_nothing":
        limit = {"most": most} if sum(right) <= most < len(rows) else {}
        return _chosen(draft, "multiple", rows, even, {"rule": rule, **limit})
    total = sum(row.fraction for row in rows if row.fraction > ZERO)
    worths = [row.fraction for row in rows]
    if total != ONE:
        draft.say("fractions_not_one")
        worths = [worth / total if worth > ZERO else worth for worth in worths]
    more: dict[str, Any] = {"rule": "weights" if ZERO in worths else rule}
    if sum(worths) == ONE and not all(right):
        # or ticking everything would earn full marks
        if most != sum(right):
            draft.say("most_choices")
        more["most"] = sum(right)
    elif sum(right) <= most < len(rows):
        more["most"] = most
    return _chosen(draft, "multiple", rows, worths, more)


def _chosen(
    draft: Draft, kind: str, rows: Sequence[Row], worths: Sequence[Fraction], more: Mapping[str, Any]
) -> Item | Skipped:
    keeps = more.get("rule") != "all_or_nothing"
    options = tuple(
        Option(str(place), row.text, row.feedback, row.fraction if keeps and row.fraction != worth else None)
        for place, (row, worth) in enumerate(zip(rows, worths, strict=True), 1)
    )
    weights = {option.key: str(worth) for option, worth in zip(options, worths, strict=True)}
    return draft.item(kind, {"options": weights, **more}, options=options)


def truth(draft: Draft, answer: bool, feedback: Mapping[bool, Texts]) -> Item | Skipped:
    """A statement that is true or false, with what is said to either choice."""
    options = tuple(Option(str(value).lower(), {}, feedback.get(value, {})) for value in (True, False))
    return draft.item("true_false", {"answer": answer}, options=options)


def short(draft: Draft, rows: Sequence[Row], *, case: bool) -> Item | Skipped:
    """A question answered in a few words; accents count, as in the products that files come from."""
    if any(row.plain == "*" and row.fraction >= ONE for row in rows):
        draft.say("catch_all")
        return draft.item("essay", {})
    wordings, replies = typed(draft, rows)
    spec = {"accepted": wordings, "case": case, "accents": True}
    return draft.item("short", spec, replies=tuple(replies))


def typed(draft: Draft, rows: Sequence[Row], gap: str = "") -> tuple[dict[str, Any], list[Reply]]:
    """Accepted forms in the words of ``scoring``, and what is said to particular answers."""
    forms: list[Any] = []
    replies: list[Reply] = []
    for row in rows:
        worth = min(ONE, row.fraction)
        says_something = bool(normal_form(row.plain.replace("*", "")))
        if worth > ZERO and says_something:
            forms.append(row.plain if worth == ONE else {"text": row.plain, "fraction": str(worth)})
        elif worth > ZERO:
            draft.say("form_dropped", name=row.plain)
        if row.feedback or worth <= ZERO:
            replies.append(Reply(row.plain, worth, row.feedback, gap=gap))
    if not any(isinstance(form, str) for form in forms):
        raise Unusable("no_right_answer")
    return {draft.language: forms}, sorted(replies, key=lambda reply: reply.fraction <= ZERO)


def numeric(draft: Draft, rows: Sequence[Row], unit: Mapping[str, Any] | None = None) -> Item | Skipped:
    """A question answered by a number."""
    spec, replies = numbered(rows)
    return draft.item("numeric", {**spec, "unit": unit} if unit else spec, replies=tuple(replies))


def numbered(rows: Sequence[Row], gap: str = "") -> tuple[dict[str, Any], list[Reply]]:
    """Accepted numbers in the words of ``scoring``, and what is said to particular ones.

    The first that is worth everything is the right one; ``*`` is any other answer.
    """
    right: dict[str, Any] = {}
    also: list[dict[str, Any]] = []
    replies: list[Reply] = []
    for row in rows:
        value, tolerance = numbers.number(row.plain), abs(row.tolerance or ZERO)
        if value is None and row.plain != "*":
            raise Unusable("bad_number", name=row.plain[:40])
        worth = min(ONE, row.fraction)
        if value is not None and worth > ZERO:
            entry = {"value": numbers.exact(value), "tolerance": numbers.exact(tolerance)}
            entry["tolerance_kind"] = "absolute"
            if worth == ONE and not right:
                right = entry
            else:
                also.append(entry | {"fraction": str(worth)})
        if row.feedback or worth <= ZERO:
            words = row.plain if value is None else numbers.exact(value)
            replies.append(Reply(words, worth, row.feedback, None if value is None else tolerance, gap))
    if not right:
        raise Unusable("no_right_answer")
    # the right one, other accepted ones, and then those that earn nothing
    first = (right["value"], Fraction(right["tolerance"]))
    replies.sort(key=lambda reply: (reply.fraction <= ZERO, (reply.text, reply.tolerance) != first))
    return right | {"also": also} if also else right, replies


def matching(draft: Draft, pairs: Sequence[tuple[Texts, Texts]]) -> Item | Skipped:
    """Prompts and answers; a pair without a prompt is a wrong answer more."""
    answers: dict[str, Option] = {}
    prompts: list[tuple[Texts, str]] = []
    distractors: list[str] = []
    for prompt, answer in pairs:
        if not answer:
            continue
        words = markup.line(markup.plain(next(iter(answer.values())))) or next(iter(answer.values()))
        option = answers.setdefault(words, Option(f"a{len(answers) + 1}", answer))
        if prompt:
            prompts.append((prompt, option.key))
        elif option.key not in distractors:
            distractors.append(option.key)
    if not prompts or len(prompts) + len(answers) < 3:
        raise Unusable("too_few_options")
    used = {key for _prompt, key in prompts}
    options = tuple(Option(str(place), prompt) for place, (prompt, _key) in enumerate(prompts, 1))
    spec = {
        "pairs": {option.key: key for option, (_prompt, key) in zip(options, prompts, strict=True)},
        "distractors": [key for key in distractors if key not in used],
    }
    return draft.item("matching", spec, options=options, answers=tuple(answers.values()))


def ordering(draft: Draft, texts: Sequence[Texts], rule: str) -> Item | Skipped:
    """Items in their right order."""
    options = tuple(Option(str(place), text) for place, text in enumerate(filter(None, texts), 1))
    if len(options) < 2:
        raise Unusable("too_few_options")
    return draft.item(
        "ordering", {"order": [option.key for option in options], "rule": rule}, options=options
    )


def chosen_gap(
    draft: Draft, name: str, rows: Sequence[Row], lists: dict[str, tuple[Option, ...]]
) -> dict[str, Any]:
    """A gap filled from a list; its entries go into ``lists``."""
    rows = [row for row in rows if row.text]
    if len(rows) < 2:
        raise Unusable("too_few_answers")
    if not any(row.fraction >= ONE for row in rows):
        raise Unusable("no_right_answer")
    if any(row.fraction < ZERO for row in rows):
        draft.say("negative_fraction")
    worths = [min(ONE, max(ZERO, row.fraction)) for row in rows]
    if worths.count(ONE) > 1:
        raise Unusable("gap_type", name="several right entries")
    options = tuple(Option(str(place), row.text, row.feedback) for place, row in enumerate(rows, 1))
    lists[name] = options
    return {"options": {option.key: str(worth) for option, worth in zip(options, worths, strict=True)}}


def stem_and_passage(html: str) -> tuple[str, str]:
    """Divide a clean text with gaps: whole paragraphs before the first gap are the question."""
    first = html.find("{{")
    for end in ("</p>", "</h5>", "</h4>", "</h3>", "</h2>", "</div>"):
        at = html.rfind(end, 0, max(first, 0))
        if at < 0:
            continue
        before, after = html[: at + len(end)].strip(), html[at + len(end) :].strip()
        if markup.clean(before) == before and markup.clean(after) == after:
            return before, after
    return "", html
