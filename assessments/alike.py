"""Questions that say nearly the same: compared by the runs of words that they share. Pure.

Each text becomes the set of its pairs of neighbouring words. Two are alike when the share of pairs
that they have in common reaches a bound. Only texts that share one of their rarest pairs are compared
at all (prefix filtering), so the work grows with the questions, not with the pairs of them. Where
nearly all say the same that does not help, and the work is bounded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from assessments.scoring.wording import normal_form

BOUND = 0.5
# so many comparisons take about a second; only questions that nearly all say the same need more
MOST_COMPARED = 100_000


@dataclass(frozen=True)
class Pair:
    """Two texts, by their names, and how much they share, 0..1."""

    first: int
    second: int
    share: float


@dataclass(frozen=True)
class Found:
    """The pairs that are alike, the most alike first; ``is_cut`` where not all were compared."""

    pairs: Sequence[Pair]
    is_cut: bool


def pairs_alike(texts: Mapping[int, Sequence[str]], bound: float = BOUND, most: int = MOST_COMPARED) -> Found:
    """The pairs of names of which a text of one is like a text of the other.

    A name may have several texts, such as one in each language; each is one that ``joined`` gave. Of
    equal texts each is paired with the first, which alone is compared with the others. After ``most``
    comparisons the texts that come later are left out.
    """
    named, best = _apart(texts)
    often = Counter(run for _name, runs in named for run in runs)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    compared = 0
    for place, (name, runs) in enumerate(named):
        rarest = sorted(runs, key=lambda run: (often[run], run))
        # two sets that share enough share one of these
        prefix = rarest[: len(rarest) - ceil(bound * len(rarest)) + 1]
        others = {one for run in prefix for one in holding[run]}
        compared += len(others)
        if compared > most:
            break
        for other in others:
            other_name, other_runs = named[other]
            share = _share(runs, other_runs)
            if share >= bound:
                _keep(best, name, other_name, share)
        for run in prefix:
            holding[run].append(place)
    pairs = [Pair(first, second, share) for (first, second), share in best.items()]
    pairs.sort(key=lambda pair: (-pair.share, pair.first, pair.second))
    return Found(pairs, is_cut=compared > most)


def _apart(
    texts: Mapping[int, Sequence[str]],
) -> tuple[list[tuple[int, frozenset[str]]], dict[tuple[int, int], float]]:
    """The runs of each text with the first name that has them, and the pairs of names that have the same."""
    first: dict[frozenset[str], int] = {}
    same: dict[tuple[int, int], float] = {}
    for name, own in texts.items():
        for runs in filter(None, map(_runs, own)):
            _keep(same, name, first.setdefault(runs, name), 1)
    return [(name, runs) for runs, name in first.items()], same


def _keep(best: dict[tuple[int, int], float], name: int, other: int, share: float) -> None:
    pair = (min(name, other), max(name, other))
    if name != other and share > best.get(pair, 0):
        best[pair] = share


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
