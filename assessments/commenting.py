"""What the authors say to an answer: of the options chosen, of what was typed, of how it went."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.choices import OptionRole
from assessments.models import Option, QuestionVersion
from assessments.paper import PaperSlot
from assessments.scoring import SpecError, Verdict
from assessments.scoring.numeric import Numbers
from assessments.scoring.short import Wordings
from assessments.texts import piece
from translation.reading import Reading

_BY_VERDICT = {
    Verdict.CORRECT: OptionRole.WHEN_RIGHT,
    Verdict.PARTLY: OptionRole.WHEN_PARTLY,
    Verdict.INCORRECT: OptionRole.WHEN_WRONG,
}


def comments_on(
    slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any], language: str, verdict: Verdict
) -> tuple[Reading, ...]:
    """The feedback to this answer, in the order of the question; nothing to one left blank."""
    if not response:
        return ()
    rows = [*_chosen(slot, version, response), *_typed(slot, version, response, language)]
    found = [piece(version, row, "feedback") for row in rows]
    if verdict in _BY_VERDICT:
        found += [_said_to_all(version, row) for row in version.of_role(_BY_VERDICT[verdict])]
    return tuple(comment for comment in found if comment)


def _said_to_all(version: QuestionVersion, row: Option) -> Reading:
    return piece(version, row, "feedback") or piece(version, row, "text")


def _chosen(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> Iterator[Option]:
    options = version.of_role(OptionRole.OPTION)
    chosen = {*response.get("choices", ()), response.get("choice"), *response.get("gaps", {}).values()}
    if slot.kind == "true_false" and len(options) == 2:
        chosen = {str(options[0 if response.get("choice") == "true" else 1].key)}
    for row in (*options, *version.of_role(OptionRole.GAP_ENTRY)):
        if str(row.key) in chosen:
            yield row


def _typed(
    slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any], language: str
) -> Iterator[Option]:
    """The first reply that fits what was typed, in each gap or in the one field."""
    replies = version.of_role(OptionRole.REPLY)
    typed = response.get("gaps") or {"": response.get("text") or response.get("value") or ""}
    for name, given in typed.items():
        own = (reply for reply in replies if reply.belongs_to == name)
        first = next((reply for reply in own if _fits(slot, version, reply, given, language)), None)
        if first and given:
            yield first


def _fits(slot: PaperSlot, version: QuestionVersion, reply: Option, given: str, language: str) -> bool:
    stated = ((version.marking or {}).get("replies") or {}).get(str(reply.key)) or {}
    key = slot.spec.get("gaps", {}).get(reply.belongs_to, {}) if reply.belongs_to else slot.spec
    text = reply.text or ""
    if text == "*":
        return True
    try:
        if "value" in key:
            number = Numbers.parse({"value": text, "tolerance": stated.get("tolerance") or "0"})
            return number.mark(given, "", language).fraction == 1
        kept = {name: key[name] for name in ("case", "accents") if name in key}
        return Wordings.parse({"accepted": {version.source_language: [text]}, **kept}).fraction_of(given) == 1
    except SpecError:
        # a reply to a typed answer that can never be typed
        return False
