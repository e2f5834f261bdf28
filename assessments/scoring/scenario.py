"""A scenario on the bench: situations, decisions, their consequences, and what follows.

The key is a graph. Each decision taken is scored, and leads to the next situation or to the end.
The words of situations, decisions and consequences are not for scoring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import exact, mapping_in

# a bench scenario has a dozen situations; a key beyond this is a mistake or an attack
MOST_SITUATIONS = 200
MOST_TIMES = 10
LONGEST_PATH = 1_000


@dataclass(frozen=True)
class Decision:
    """What a decision is worth, 0..1, where it leads ("" is the end), how often it can be taken.

    ``times`` 0 is as often as one comes by. Only a decision with a bound may lead back.
    """

    worth: Fraction
    next: str
    times: int


@dataclass(frozen=True)
class Situation:
    """The decisions that can be taken; none in a situation that only tells how it ended."""

    weight: Fraction
    decisions: Mapping[str, Decision]


@dataclass(frozen=True)
class Walk:
    """A learner's way through: each decision with its situation, and where that has led.

    ``at`` is "" once the scenario has ended; ``open`` are the decisions that can be taken next.
    """

    taken: tuple[tuple[str, str], ...]
    at: str
    open: tuple[str, ...]

    @property
    def ended(self) -> bool:
        """Whether no decision is left to be taken."""
        return not self.open


@dataclass(frozen=True)
class Key:
    """The graph, checked: all of it can be reached, every way ends, one way is right throughout."""

    start: str
    situations: Mapping[str, Situation]
    fewest: Mapping[str, Fraction]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read a key such as::

            {"start": "s1", "situations": {
                "s1": {"decisions": {"d1": {"worth": "1", "next": "s2"},
                                     "d2": {"worth": "0", "next": "s1", "times": 1}}},
                "s2": {"weight": "2", "decisions": {"d3": {"worth": "1"}}}}}

        SpecError when a situation cannot be reached, a way goes round without a bound or stops
        short of an end, or no way from start to end is right throughout.
        """
        entries = mapping_in(data, "situations")
        if len(entries) > MOST_SITUATIONS:
            raise SpecError(f"a scenario has at most {MOST_SITUATIONS} situations")
        situations = {str(name): _situation(entry) for name, entry in entries.items()}
        start = str(data.get("start", ""))
        if start not in situations or not situations[start].decisions:
            raise SpecError("a scenario starts in one of its situations, with a decision")
        order = _checked_order(start, situations)
        key = cls(start, situations, _fewest(order, situations))
        if not key._can_be_all_right():
            raise SpecError("some way from the start to an end has to be right throughout")
        return key

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form: the decisions in turn; empty when none was taken.

        ResponseError for a decision that was not to be taken there.
        """
        path = response.get("path") or ()
        if not isinstance(path, Sequence) or isinstance(path, str) or len(path) > LONGEST_PATH:
            raise ResponseError("the answer has to be a list of decisions")
        walk = self.walk([str(decision) for decision in path])
        return {"path": [decision for _, decision in walk.taken]} if walk.taken else {}

    def walk(self, path: Sequence[str]) -> Walk:
        """Where these decisions lead; ResponseError for one that was not to be taken there."""
        at = self.start
        taken: list[tuple[str, str]] = []
        for name in path:
            if name not in self._open(at, taken):
                raise ResponseError(f"the decision {name!r} cannot be taken there")
            taken.append((at, name))
            at = self.situations[at].decisions[name].next
        return Walk(tuple(taken), at, self._open(at, taken))

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The mean worth of all decisions taken, by the weight of their situations.

        On a way that was left before its end, the fewest decisions still to come count zero.
        Parts are numbered: the first decision taken, the second, and so on.
        """
        walk = self.walk(response["path"])
        earned, weights, parts = ZERO, self.fewest.get(walk.at, ZERO), {}
        for number, (at, name) in enumerate(walk.taken, start=1):
            situation = self.situations[at]
            worth = situation.decisions[name].worth
            parts[str(number)] = worth
            earned += worth * situation.weight
            weights += situation.weight
        return Outcome.of(earned / weights if weights else ZERO, parts)

    def right_path(self) -> tuple[str, ...]:
        """The shortest way from start to end on which every decision is worth everything."""
        ways: dict[str, tuple[str, ...]] = {self.start: ()}
        queue = [self.start]
        for at in queue:
            for name, decision in self.situations[at].decisions.items():
                way = (*ways[at], name)
                if decision.worth < ONE:
                    continue
                if not decision.next or not self.situations[decision.next].decisions:
                    return way
                if decision.next not in ways:
                    ways[decision.next] = way
                    queue.append(decision.next)
        return ()

    def _can_be_all_right(self) -> bool:
        path = self.right_path()
        walk = self.walk(path)
        return bool(path) and any(self.situations[at].weight for at, _ in walk.taken)

    def _open(self, at: str, taken: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        if not at:
            return ()
        return tuple(
            name
            for name, decision in self.situations[at].decisions.items()
            if not decision.times or taken.count((at, name)) < decision.times
        )


def _situation(entry: Any) -> Situation:
    if not isinstance(entry, Mapping):
        raise SpecError("a situation has to be a mapping")
    weight = exact(entry.get("weight", 1))
    if weight < ZERO:
        raise SpecError("a situation cannot weigh less than nothing")
    decisions = entry.get("decisions") or {}
    if not isinstance(decisions, Mapping):
        raise SpecError("'decisions' has to be a mapping")
    return Situation(weight, {str(name): _decision(value) for name, value in decisions.items()})


def _decision(entry: Any) -> Decision:
    if not isinstance(entry, Mapping):
        raise SpecError("a decision has to be a mapping")
    worth, times = exact(entry.get("worth", 0)), entry.get("times") or 0
    if not ZERO <= worth <= ONE:
        raise SpecError("a decision is worth from 0 to 1")
    if isinstance(times, bool) or not isinstance(times, int) or not 0 <= times <= MOST_TIMES:
        raise SpecError(f"a decision can be taken up to {MOST_TIMES} times")
    return Decision(worth, str(entry.get("next") or ""), times)


def _checked_order(start: str, situations: Mapping[str, Situation]) -> list[str]:
    """All situations, each after those it leads to without a bound; SpecError if there is no such order."""
    for situation in situations.values():
        for decision in situation.decisions.values():
            if decision.next and decision.next not in situations:
                raise SpecError(f"a decision leads to an unknown situation {decision.next!r}")
        if situation.decisions and all(decision.times for decision in situation.decisions.values()):
            raise SpecError("in every situation some decision has to remain open")
    reached = [start]
    for name in reached:
        follow = (decision.next for decision in situations[name].decisions.values())
        reached += [other for other in dict.fromkeys(follow) if other and other not in reached]
    if len(reached) < len(situations):
        lost = ", ".join(sorted(set(situations) - set(reached)))
        raise SpecError(f"no way leads to the situations {lost}")
    order: list[str] = []
    waiting = {name: _follow_unbounded(situation) for name, situation in situations.items()}
    while waiting:
        ready = [name for name, follow in waiting.items() if not follow & waiting.keys()]
        if not ready:
            raise SpecError(f"a way goes round without a bound: {', '.join(sorted(waiting))}")
        order += ready
        for name in ready:
            del waiting[name]
    return order


def _follow_unbounded(situation: Situation) -> set[str]:
    decisions = situation.decisions.values()
    return {decision.next for decision in decisions if decision.next and not decision.times}


def _fewest(order: Sequence[str], situations: Mapping[str, Situation]) -> dict[str, Fraction]:
    """The least weight of decisions that remains to be taken from each situation on."""
    fewest: dict[str, Fraction] = {}
    for name in order:
        situation = situations[name]
        unbounded = [decision for decision in situation.decisions.values() if not decision.times]
        rest = [fewest.get(decision.next, ZERO) for decision in unbounded]
        fewest[name] = situation.weight + min(rest) if rest else ZERO
    return fewest
