"""Which groups of a breakdown may be shown, so that nothing about few people can be worked out.

The attacker knows how many people are in each group and even who they are, sees every figure that
is shown with the number of people behind it, and adds and subtracts. A group under ten is hidden;
then others are hidden too, until no sum of shown figures, of whatever sign, is a figure about one
to nine people. Source of the idea: Hundepool et al., Statistical Disclosure Control (2012),
chapter 4; the algorithm is our own, simple because our tables are small.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from assessments.statistics.small_groups import SMALLEST_GROUP

MOST_ON_THE_SHORTER_SIDE = 6
_REST = "\0rest"

type Cells[R: Hashable, C: Hashable] = Mapping[tuple[R, C], int]
type At = tuple[Hashable, Hashable]
type Pooled = Mapping[At, int]


@dataclass(frozen=True)
class Shown[R: Hashable, C: Hashable]:
    """What may be shown of a table: totals of rows and of columns, and cells."""

    rows: frozenset[R]
    columns: frozenset[C]
    cells: frozenset[tuple[R, C]]


def of_groups[K: Hashable](
    counts: Mapping[K, int], *, smallest: int = SMALLEST_GROUP, besides: frozenset[K] = frozenset()
) -> frozenset[K]:
    """Return the groups that may be shown beside the figure of all of them together.

    Those under ten are hidden, those in ``besides`` too, and then the smallest others until the
    hidden ones, whose sum a subtraction gives, are enough. Equal groups are treated alike, so
    that whoever knows this rule cannot tell one hidden group from another either.
    """
    people = {key: number for key, number in counts.items() if number}
    hidden = {key for key in people if people[key] < smallest or key in besides}
    while people.keys() > hidden and not _enough([people[key] for key in hidden], smallest):
        least = min(people[key] for key in people.keys() - hidden)
        hidden |= {key for key in people if people[key] == least}
    return frozenset(people.keys() - hidden)


def _enough(hidden: list[int], smallest: int) -> bool:
    """Whether hidden groups protect each other: two or more, of ten people together.

    As many people as groups would be one in each, and nine for each group nine in each.
    """
    people = sum(hidden)
    ends = (len(hidden), len(hidden) * (smallest - 1))
    return not hidden or (len(hidden) > 1 and people >= smallest and people not in ends)


def of_table[R: Hashable, C: Hashable](counts: Cells[R, C], *, smallest: int = SMALLEST_GROUP) -> Shown[R, C]:
    """Return what may be shown of a table with its margins and the figure of all.

    ValueError when more than six groups stand on both sides.
    """
    rows, columns = _sums(counts)
    if sum(rows.values()) < smallest:
        return Shown(frozenset(), frozenset(), frozenset())
    if len(rows) > len(columns):
        turned = of_table({(column, row): n for (row, column), n in counts.items()}, smallest=smallest)
        return Shown(turned.columns, turned.rows, frozenset((row, column) for column, row in turned.cells))
    shown_rows = of_groups(rows, smallest=smallest)
    shown_columns = of_groups(columns, smallest=smallest)
    pooled = _pool(counts, shown_rows, shown_columns)
    while exposes(pooled, smallest=smallest):
        least = min(shown_columns, key=lambda column: (columns[column], str(column)))
        besides = frozenset(columns) - shown_columns | {least}
        shown_columns = of_groups(columns, smallest=smallest, besides=besides)
        pooled = _pool(counts, shown_rows, shown_columns)
    hidden = _hidden(pooled, smallest)
    cells = frozenset(
        (row, column) for row in shown_rows for column in shown_columns if (row, column) not in hidden
    )
    return Shown(shown_rows, shown_columns, cells)


def exposes(cells: Pooled, *, smallest: int = SMALLEST_GROUP) -> bool:
    """Tell whether sums and differences of lines single out one to nine people.

    All lines of these cells are known, the cells are not. Adding lines, each so many times, gives
    every cell the number of its row plus that of its column. Where these are 0 and 1 only, the
    cells with 1 are a group whose figure is known. Trying all numbers for the rows is enough:
    they settle those of the columns, except that a whole column may be added.
    """
    columns: dict[Hashable, list[tuple[int, int]]] = {}
    rows = sorted({row for row, _ in cells}, key=str)
    if len(rows) > MOST_ON_THE_SHORTER_SIDE:
        raise ValueError("A table with so many groups on both sides cannot be checked.")
    place = {row: number for number, row in enumerate(rows)}
    for (row, column), people in cells.items():
        if people:
            columns.setdefault(column, []).append((place[row], people))
    if any(0 < sum(people for _, people in column) < smallest for column in columns.values()):
        return True
    held = list(columns.values())
    return any(0 < _singled_out(held, times) < smallest for times in _choices(held, len(rows)))


def _choices(columns: list[list[tuple[int, int]]], rows: int) -> Iterator[tuple[int, ...]]:
    """How many times each row may be taken: rows that share a column differ by one at most."""
    together = {pair for column in columns for pair in combinations(sorted(row for row, _ in column), 2)}
    for times in product(range(rows), repeat=rows):
        if 0 in times and all(abs(times[one] - times[other]) < 2 for one, other in together):
            yield times


def _singled_out(columns: list[list[tuple[int, int]]], times: tuple[int, ...]) -> int:
    """How many people the rows, taken so many times, leave over once columns are taken away."""
    people = 0
    for column in columns:
        least = min(times[row] for row, _ in column)
        people += sum(number for row, number in column if times[row] > least)
    return people


def _sums[R: Hashable, C: Hashable](counts: Cells[R, C]) -> tuple[dict[R, int], dict[C, int]]:
    rows: dict[R, int] = {}
    columns: dict[C, int] = {}
    for (row, column), people in counts.items():
        if people < 0:
            raise ValueError("Nobody can be counted less than no times.")
        if people:
            rows[row] = rows.get(row, 0) + people
            columns[column] = columns.get(column, 0) + people
    return rows, columns


def _pool[R: Hashable, C: Hashable](
    counts: Cells[R, C], rows: frozenset[R], columns: frozenset[C]
) -> dict[tuple[Hashable, Hashable], int]:
    """The table as its lines show it: lines that are hidden are known together only."""
    pooled: dict[tuple[Hashable, Hashable], int] = {}
    for (row, column), people in counts.items():
        if people:
            at = (row if row in rows else _REST, column if column in columns else _REST)
            pooled[at] = pooled.get(at, 0) + people
    return pooled


def _hidden(cells: Pooled, smallest: int) -> set[At]:
    """The cells to hide: the small ones, and then the smallest beside them until they are safe."""
    rows, columns = _sums(cells)
    shown = sorted(product(rows, columns), key=lambda at: (cells.get(at, 0), str(at)))
    hidden = {at for at in shown if cells.get(at, 0) < smallest}
    while len(hidden) < len(shown):
        weak = _weak_lines(cells, hidden, smallest)
        if not weak and _safe(cells, hidden, smallest):
            break
        rest = [at for at in shown if at not in hidden]
        beside = [at for at in rest if at[0] in weak or at[1] in weak] or rest
        hidden.add(beside[0])
    return hidden


def _weak_lines(cells: Pooled, hidden: set[At], smallest: int) -> set[Hashable]:
    """Lines with one hidden cell, or with hidden cells that are few people together."""
    weak: set[Hashable] = set()
    for side in (0, 1):
        lines: dict[Hashable, list[int]] = {}
        for at in hidden:
            lines.setdefault(at[side], []).append(cells.get(at, 0))
        weak |= {line for line, people in lines.items() if len(people) < 2 or sum(people) < smallest}
    return weak


def _safe(cells: Pooled, hidden: set[At], smallest: int) -> bool:
    block = {at: cells.get(at, 0) for at in hidden}
    return not exposes(block, smallest=smallest) and all(_may_differ(at, block) for at in block)


def _may_differ(at: At, cells: Pooled) -> bool:
    """Whether a hidden cell could be one more or one less with all lines as they are.

    The change goes round: one more here, one less in another cell of the same line, where there
    is somebody, one more in a cell crossing that, until it is back.
    """
    row, column = ("row", at[0]), ("column", at[1])
    ways: dict[Hashable, list[Hashable]] = {}
    for (one, other), people in cells.items():
        if (one, other) != at:
            ways.setdefault(("row", one), []).append(("column", other))
            if people:
                ways.setdefault(("column", other), []).append(("row", one))
    return _leads(ways, column, row) or (cells[at] > 0 and _leads(ways, row, column))


def _leads(ways: Mapping[Hashable, list[Hashable]], start: Hashable, end: Hashable) -> bool:
    found, waiting = {start}, [start]
    while waiting:
        for place in ways.get(waiting.pop(), ()):
            if place not in found:
                found.add(place)
                waiting.append(place)
    return end in found
