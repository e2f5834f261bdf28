"""Questions that open one after the other. Pure."""

from assessments.folding import State
from assessments.paper import Paper
from assessments.scoring import UNSCORED


def is_reachable(paper: Paper, state: State, number: int) -> bool:
    """Whether a question may be opened: where it goes in order, all before it are answered.

    A text that asks nothing and an item that is not scored hold nobody back.
    """
    asked = paper.slot(number)
    if asked is None or asked.like or not paper.goes_in_order(asked):
        return asked is not None
    return all(
        slot.kind in UNSCORED or state.is_answered(slot.number)
        for slot in paper.slots[: number - 1]
        if slot.section == asked.section and not slot.like
    )
