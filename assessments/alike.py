"""Questions that say nearly the same: compared by the runs of words that they share. Pure.

Each text becomes the set of its pairs of neighbouring words. Two are alike when the share of pairs
that they have in common reaches a bound. Only texts that share one of their rarest pairs are compared
at all (prefix filtering), so the work grows with the questions, not with the pairs of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from assessments.scoring.wording import normal_form

BOUND = 0.5


@dataclass(frozen=True)
class Pair:
    """Two texts, by their names, and how much they share, 0..1."""

    first: int
    second: int
    share: float


def pairs_alike(texts: Mapping[int, Sequence[str]], bound: float = BOUND) -> list[Pair]:
    """The pairs of names of which a text of one is like a text of the other, the most alike first.

    A name may have several texts, such as one in each language; each is one that ``joined`` gave.
    """
    named = [(name, _runs(text)) for name, own in texts.items() for text in own]
    named = [(name, runs) for name, runs in named if runs]
    often = Counter(run for _name, runs in named for run in runs)
    best: dict[tuple[int, int], float] = {}
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for place, (name, runs) in enumerate(named):
        rarest = sorted(runs, key=lambda run: (often[run], run))
        # two sets that share enough share one of these
        prefix = rarest[: len(rarest) - ceil(bound * len(rarest)) + 1]
        for other in {one for run in prefix for one in holding[run]}:
            other_name, other_runs = named[other]
            if other_name == name:
                continue
            share = _share(runs, other_runs)
            pair = (min(name, other_name), max(name, other_name))
            if share >= bound and share > best.get(pair, 0):
                best[pair] = share
        for run in prefix:
            holding[run].append(place)
    found = [Pair(first, second, share) for (first, second), share in best.items()]
    return sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second))


def joined(parts: Iterable[str]) -> str:
    """The words of a question as one text: what is asked, then its options in any order."""
    first, *rest = [normal_form(part) for part in parts] or [""]
    return " ".join([first, *sorted(rest)]).strip()


def _runs(text: str) -> frozenset[str]:
    words = text.split()
    return frozenset(f"{one} {other}" for one, other in pairwise(["", *words])) if words else frozenset()


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)
