"""How one person stands in the outline of a course: what is done, open, locked, and what comes next."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from courses import rules
from courses.outline import Outline, OutlineItem, OutlineModule
from courses.rules import Lock


@dataclass(frozen=True)
class Standing:
    """One person, one outline, one day. No query: it is handed the keys of what is done."""

    outline: Outline
    done: frozenset[UUID]
    today: datetime.date
    cohort_starts: datetime.date | None = None

    @cached_property
    def _states(self) -> dict[UUID, rules.GroupState]:
        states = rules.summary(self.outline.asked, self.done).groups
        return {state.group.key: state for state in states if state.group.key}

    @cached_property
    def _finished(self) -> frozenset[UUID]:
        """Return the keys that open gates: the items done, and the modules of which enough is done."""
        return self.done | {key for key, state in self._states.items() if state.complete}

    def lock(self, item: OutlineItem) -> Lock | None:
        """Return why an item cannot be opened today; what was done once stays open."""
        if item.key in self.done:
            return None
        gate = item.gate
        if gate.after is None and gate.opens_on is None and self.cohort_starts is None:
            return None
        finished = self._finished if gate.after else self.done
        return rules.lock(gate, finished=finished, today=self.today, cohort_starts=self.cohort_starts)

    def state(self, item: OutlineItem, now: OutlineItem | None = None) -> str:
        """Return done, now, locked or todo; what is open and done counts as now while it is read."""
        if now is item:
            return "now"
        if item.key in self.done:
            return "done"
        return "locked" if self.lock(item) else "todo"

    def done_in(self, module: OutlineModule) -> int:
        """Return how many items of a module are done."""
        return sum(item.key in self.done for item in module.items)

    def is_finished(self, module: OutlineModule) -> bool:
        """Tell whether enough of a module is done; a module that asks for nothing wants all of it."""
        state = self._states.get(module.key)
        if state is None or not state.group.required:
            return self.done_in(module) == len(module.items)
        return state.complete

    def asks_some(self, module: OutlineModule) -> bool:
        """Tell whether some of a module's required items are enough ("2 of 3 passed")."""
        state = self._states.get(module.key)
        return state is not None and state.group.required < len(state.group.requirements)

    @cached_property
    def done_count(self) -> int:
        """Return how many items of the outline are done, required or not."""
        return sum(item.key in self.done for item in self.outline.items)

    def next_open(self, after: OutlineItem | None = None) -> OutlineItem | None:
        """Return the first item that is open and not done, looking behind `after` first."""
        items = self.outline.items
        if after is not None:
            items = (*self.outline.next_items(after), *items)
        return next((item for item in items if item.key not in self.done and not self.lock(item)), None)

    def resume(self, last_key: UUID | None) -> OutlineItem | None:
        """Return where to go on: where the person stopped, else the next thing that is open."""
        last = self.outline.by_key.get(last_key) if last_key else None
        if last is not None and last.key not in self.done and not self.lock(last):
            return last
        return self.next_open(last)
