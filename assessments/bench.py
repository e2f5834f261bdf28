"""A scenario on the bench as its page shows it: one decision at a time, and the path so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.choices import OptionRole
from assessments.models import QuestionVersion
from assessments.paper import PaperSlot
from assessments.scoring import read_key
from assessments.scoring.scenario import Key
from assessments.texts import piece
from translation.reading import Reading


@dataclass(frozen=True)
class Taken:
    """A decision that was taken, where, and what came of it."""

    situation: Reading
    decision: Reading
    consequence: Reading


@dataclass(frozen=True)
class Scene:
    """Where one stands: the path so far, the situation now, and what can be decided."""

    path: tuple[Taken, ...]
    situation: Reading | None
    decisions: tuple[tuple[str, Reading], ...]

    @property
    def ended(self) -> bool:
        """Whether no decision is left to be taken."""
        return not self.decisions

    @property
    def last(self) -> Taken | None:
        """The decision taken last."""
        return self.path[-1] if self.path else None

    @property
    def number(self) -> int:
        """Which decision is to be taken, counted from 1."""
        return len(self.path) + 1


def scene_of(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> Scene:
    """The scenario after the decisions of a response."""
    situations = {str(row.key): row for row in version.of_role(OptionRole.SITUATION)}
    decisions = {str(row.key): row for row in version.of_role(OptionRole.DECISION)}
    walk = key_of(slot).walk(response.get("path", ()))
    shown = [name for name in slot.options if name in walk.open]
    return Scene(
        path=tuple(
            Taken(
                piece(version, situations[at], "text"),
                piece(version, decisions[name], "text"),
                piece(version, decisions[name], "feedback"),
            )
            for at, name in walk.taken
        ),
        situation=piece(version, situations[walk.at], "text") if walk.at else None,
        decisions=tuple((name, piece(version, decisions[name], "text")) for name in shown),
    )


def key_of(slot: PaperSlot) -> Key:
    """The graph of a scenario."""
    key = read_key("scenario", slot.spec)
    if not isinstance(key, Key):
        raise TypeError("only a scenario has a way through it")
    return key
