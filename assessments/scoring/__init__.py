"""Marking answers: pure, exact, the same in every language.

A question's *key* and a learner's *response* are JSON-able mappings; each kind has a module
that turns the key into a frozen dataclass and marks a response with it. Nothing here knows
Django, time or people.

single      {"options": {id: "1", …}}                       {"choice": id}
multiple    {"options": {id: "1/2", …}, "rule": …}          {"choices": [ids]}
true_false  {"answer": true}                                {"choice": "true"}
matching    {"pairs": {prompt: answer}, "distractors": []}  {"pairs": {prompt: answer}}
ordering    {"order": [ids], "rule": …}                     {"order": [ids]}
numeric     {"value": "133000", "tolerance": "0", …}        {"value": "133.000", "unit": ""}
short       {"accepted": {"es": […]}, …}                    {"text": ""}
gap         {"gaps": {"1": {"accepted": {…}}}}              {"gaps": {"1": ""}}
words       {"words": {"1": true, "2": false}, "rule": …}   {"words": [ids]}
scenario    {"start": id, "situations": {id: {…}}}          {"path": [decisions in turn]}
essay       {"minimum_words": 150, "rubric": [{…}]}         {"text": ""}
file        {"types": [".pdf"], "largest": 5000000, …}      {"files": [{"name", "size", "sha256"}]}
survey      {"scale": [ids]}                                {"choice": id}
description {}                                              {}

A key may also hold changes for some jurisdictions; see ``jurisdictions``.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assessments.scoring import (
    essay,
    file,
    gap,
    matching,
    multiple,
    numeric,
    ordering,
    scenario,
    short,
    single,
    true_false,
    unscored,
    words,
)
from assessments.scoring.jurisdictions import for_jurisdiction, keys_by_jurisdiction
from assessments.scoring.outcome import NOT_A_NUMBER, Outcome, ResponseError, SpecError, Verdict, verdict_of

__all__ = [
    "KINDS",
    "MARKED_BY_PERSON",
    "NOT_A_NUMBER",
    "UNSCORED",
    "Key",
    "Outcome",
    "ResponseError",
    "SpecError",
    "Verdict",
    "check_key",
    "clean_response",
    "for_jurisdiction",
    "read_key",
    "score",
    "verdict_of",
]


class Key(Protocol):
    """What every kind of question can do."""

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; {} when blank; ResponseError if it does not fit."""

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """Mark a response that is clean and not blank."""


_PARSERS: dict[str, Callable[[Mapping[str, Any]], Key]] = {
    "single": single.Key.parse,
    "multiple": multiple.Key.parse,
    "true_false": true_false.Key.parse,
    "matching": matching.Key.parse,
    "ordering": ordering.Key.parse,
    "numeric": numeric.Key.parse,
    "short": short.Key.parse,
    "gap": gap.Key.parse,
    "words": words.Key.parse,
    "scenario": scenario.Key.parse,
    "essay": essay.Key.parse,
    "file": file.Key.parse,
    "survey": unscored.Survey.parse,
    "description": unscored.Description.parse,
}
KINDS = tuple(_PARSERS)
MARKED_BY_PERSON = frozenset({"essay", "file"})
# these weigh nothing on a paper
UNSCORED = frozenset({"survey", "description"})


def read_key(kind: str, spec: Mapping[str, Any]) -> Key:
    """The key of a question; SpecError when it cannot be marked by it."""
    if kind not in _PARSERS:
        raise SpecError(f"there is no kind of question {kind!r}")
    return _PARSERS[kind](spec)


def check_key(kind: str, spec: Mapping[str, Any]) -> None:
    """SpecError unless the question can be marked in every jurisdiction, each change with its source."""
    usual = read_key(kind, spec)
    for code, changed in keys_by_jurisdiction(kind, spec):
        try:
            key = read_key(kind, changed)
        except SpecError as error:
            raise SpecError(f"{code}: {error}") from error
        if key == usual:
            raise SpecError(f"{code}: the changes leave the key as it is")


def clean_response(kind: str, spec: Mapping[str, Any], response: Any) -> dict[str, Any]:
    """A response in the form in which it is stored; {} when blank.

    Raises ResponseError when it does not fit the question.
    """
    if not response:
        return {}
    if not isinstance(response, Mapping):
        raise ResponseError("the answer has to be a mapping")
    return read_key(kind, spec).clean(response)


def score(
    kind: str, spec: Mapping[str, Any], response: Mapping[str, Any] | None, *, language: str = "en"
) -> Outcome:
    """Mark one response, exactly.

    ``language`` is the one the answer was given in, with a country if known ("es-MX"); it only
    settles how an ambiguous number such as "133.000" is read. A fraction of None waits for a
    person.
    """
    key = read_key(kind, spec)
    clean = key.clean(response) if response else {}
    if kind in UNSCORED:
        return Outcome.unscored()
    return key.mark(clean, language) if clean else Outcome.blank()
