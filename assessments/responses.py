"""From the fields of a posted form to the response to a question. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assessments.paper import PaperSlot

# what is taken by the server alone, so that none of it ever waits for a connection
NEEDS_SERVER = ("file", "scenario")
# the name of what a page sends: its own, and a count, made by quiz.js
CLIENT_ID = re.compile(r"[0-9A-Za-z]{8,40}-[0-9]{1,9}")


class Fields(Protocol):
    """What is read of a posted form, in the order in which the page showed it."""

    def get(self, name: str, default: str, /) -> Any: ...
    def getlist(self, name: str, /) -> Sequence[str]: ...
    def keys(self) -> Any: ...


def response_in(slot: PaperSlot, fields: Fields, *, touched: bool) -> dict[str, Any]:
    """The response that a form holds; what does not fit is for ``clean_response`` to refuse.

    An order that the learner has not ``touched`` is no answer: merely passing by a question
    must not answer it. Scenarios and files are not read here, since what was given before
    belongs to their response: see ``decision_in`` and ``answer_files``.
    """
    match slot.kind:
        case "single" | "true_false" | "survey":
            return {"choice": fields.get("choice", "")}
        case "multiple":
            return {"choices": list(fields.getlist("choice"))}
        case "matching":
            return {"pairs": _named(fields, "pair-")}
        case "ordering":
            order = order_of_places(_named(fields, "place-"))
            return {"order": order if touched or order != list(slot.options) else []}
        case "numeric":
            return {"value": fields.get("value", ""), "unit": fields.get("unit", "")}
        case "gap":
            return {"gaps": _named(fields, "gap-")}
        case "words":
            return {"words": list(fields.getlist("word"))}
        case "description":
            return {}
    return {"text": fields.get("text", "")}


def decision_in(fields: Fields, path: Sequence[str]) -> dict[str, Any] | None:
    """The path with the decision that was taken; None for none, or for one of an older page.

    What was decided before is never read from the form: nobody goes back.
    """
    decision = fields.get("decision", "")
    if not decision or fields.get("taken", "") != str(len(path)):
        return None
    return {"path": [*path, decision]}


def certainty_in(fields: Fields) -> int | None:
    """How sure somebody says to be; None where nothing is said."""
    written = fields.get("certainty", "")
    return int(written) if written in ("1", "2", "3") else None


def order_of_places(places: Mapping[str, str]) -> list[str]:
    """The order that place numbers mean, when items were shown in the order of the mapping.

    Somebody who sets only one number means "move this one there": an item moved up goes before
    the one that holds the place, an item moved down after it.
    """
    ranked = []
    for shown, (name, written) in enumerate(places.items(), start=1):
        place = int(written) if written.isdecimal() and len(written) < 5 else shown
        moved = (place > shown) - (place < shown)
        ranked.append((place, moved, shown, name))
    return [name for _place, _moved, _shown, name in sorted(ranked)]


def _named(fields: Fields, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): fields.get(name, "")
        for name in fields.keys()  # noqa: SIM118 - a QueryDict, and its order matters
        if name.startswith(prefix)
    }
