"""Nothing about one to nine people can be worked out from what is shown."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.statistics.suppression import exposes, of_groups, of_table

PEOPLE = st.one_of(st.integers(0, 12), st.integers(0, 60))
GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), min_size=1)


@st.composite
def tables(draw, *, people=PEOPLE, rows=4, columns=5):
    keys = product("RSTU"[: draw(st.integers(1, rows))], "abcdefg"[: draw(st.integers(1, columns))])
    return {at: draw(people) for at in keys}


def test_nothing_is_hidden_where_every_group_is_large():
    counts = {"es": 30, "en": 10, "fr": 12}
    assert of_groups(counts) == {"es", "en", "fr"}
    table = {(sex, place): 10 for sex in ("f", "m") for place in ("PE", "CO", "BR")}
    shown = of_table(table)
    assert shown.cells == set(table)
    assert shown.rows == {"f", "m"}
    assert shown.columns == {"PE", "CO", "BR"}


def test_one_small_group_takes_the_smallest_other_with_it():
    assert of_groups({"f": 40, "m": 35, "x": 1}) == {"f"}


def test_two_small_groups_that_are_large_together_hide_each_other():
    assert of_groups({"a": 40, "b": 6, "c": 5}) == {"a"}
    assert of_groups({"a": 40, "d": 30, "b": 9, "c": 9}) == {"a"}


def test_two_small_groups_that_are_small_together_take_a_third_with_them():
    assert of_groups({"a": 40, "b": 12, "c": 2, "d": 3}) == {"a"}


def test_a_group_with_nobody_in_it_is_left_out():
    assert of_groups({"a": 40, "b": 0}) == {"a"}


def test_nothing_is_shown_of_fewer_than_ten_people():
    shown = of_table({("f", "PE"): 5, ("m", "PE"): 4})
    assert not shown.rows
    assert not shown.columns
    assert not shown.cells


def test_a_small_cell_hides_a_block_of_cells_and_no_margin():
    table = {
        ("f", "PE"): 3,
        ("f", "CO"): 20,
        ("m", "PE"): 20,
        ("m", "CO"): 20,
        ("f", "BR"): 30,
        ("m", "BR"): 31,
    }
    shown = of_table(table)
    assert shown.rows == {"f", "m"}
    assert shown.columns == {"PE", "CO", "BR"}
    assert shown.cells == {("f", "BR"), ("m", "BR")}


def test_two_breakdowns_that_differ_by_one_person_are_not_shown_together():
    # all women but one are in Peru, and nobody else is: women less Peru is one judge
    table = {("f", "PE"): 20, ("f", "CO"): 1, ("m", "CO"): 30}
    assert exposes(table)
    shown = of_table(table)
    assert shown.rows == {"f", "m"}
    assert not shown.columns


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError):
        of_table({("f", "PE"): -1, ("m", "PE"): 30})


def test_many_groups_on_both_sides_are_refused():
    table = {(row, column): 10 for row in range(7) for column in range(7)}
    with pytest.raises(ValueError):
        of_table(table)


@given(tables(rows=2, columns=7))
def test_which_side_stands_in_rows_makes_no_difference(table):
    assume(len({row for row, _ in table}) != len({column for _, column in table}))
    shown = of_table(table)
    turned = of_table({(column, row): people for (row, column), people in table.items()})
    assert (shown.rows, shown.columns) == (turned.columns, turned.rows)
    assert shown.cells == {(row, column) for column, row in turned.cells}


@given(tables())
def test_what_is_shown_is_of_ten_people(table):
    shown = of_table(table)
    rows, columns = _margins(table)
    assert all(rows[row] >= 10 for row in shown.rows)
    assert all(columns[column] >= 10 for column in shown.columns)
    assert all(table[at] >= 10 for at in shown.cells)


@given(GROUPS)
def test_the_hidden_groups_are_together_two_groups_and_ten_people_or_everybody(counts):
    shown = of_groups(counts)
    hidden = counts.keys() - shown
    people = sum(counts[key] for key in hidden)
    assert not hidden or not shown or (len(hidden) >= 2 and people >= 10)


@given(GROUPS)
def test_an_attacker_who_knows_the_total_cannot_bound_a_hidden_group_to_a_single_value(counts):
    shown = of_groups(counts)
    _assert_ambiguous({("all", key): people for key, people in counts.items()}, {"all"}, shown, set())


@given(tables())
def test_an_attacker_with_all_margins_cannot_bound_a_hidden_cell_to_a_single_value(table):
    shown = of_table(table)
    _assert_ambiguous(table, shown.rows, shown.columns, shown.cells)


def _assert_ambiguous(table, rows, columns, cells):
    """Each hidden cell of a shown table can go up or down by one with all that is shown unchanged.

    Shown lines and the whole are equations. Margins that are hidden are unknowns beside the
    cells, and an alternating cycle through a cell is a change that keeps every equation.
    """
    total = sum(table.values())
    if total < 10:
        return
    all_rows, all_columns = _margins(table)
    unknown = {at: table[at] for at in product(all_rows, all_columns) if at not in cells}
    # a hidden margin is a cell of the line "margin" that counts the other way
    margins = {(row, None): people for row, people in all_rows.items() if row not in rows}
    margins |= {(None, column): people for column, people in all_columns.items() if column not in columns}
    if len(all_rows) == 1 or len(all_columns) == 1:
        unknown = {
            at: n
            for at, n in unknown.items()
            if not _is_a_shown_margin(at, all_rows, all_columns, rows, columns)
        }
    for at in unknown:
        assert _can_change(at, unknown, margins), (table, rows, columns, cells, at)


def _is_a_shown_margin(at, all_rows, all_columns, rows, columns):
    """A table of one line repeats its margin."""
    return (len(all_rows) == 1 and at[1] in columns) or (len(all_columns) == 1 and at[0] in rows)


def _can_change(at, unknown, margins):
    edges = {}
    for (row, column), people in unknown.items():
        _edge(edges, ("row", row), ("column", column), (row, column))
        if people:
            _edge(edges, ("column", column), ("row", row), (row, column))
    for (row, column), people in margins.items():
        # a larger margin is a smaller cell of the line of margins, and the other way round
        _edge(edges, ("column", column), ("row", row), (row, column))
        if people > 1:  # the line is named, so somebody is in it
            _edge(edges, ("row", row), ("column", column), (row, column))
    row, column = at
    start, end = ("column", column), ("row", row)
    up = _reaches(edges, start, end, without=at)
    down = unknown[at] > 0 and _reaches(edges, end, start, without=at)
    return up or down


def _edge(edges, start, end, at):
    edges.setdefault(start, []).append((end, at))


def _reaches(edges, start, end, *, without):
    found, waiting = {start}, [start]
    while waiting:
        for place, at in edges.get(waiting.pop(), ()):
            if at != without and place not in found:
                found.add(place)
                waiting.append(place)
    return end in found


@given(tables(rows=3, columns=4))
def test_an_attacker_who_adds_and_subtracts_never_gets_a_figure_about_one_to_nine_people(table):
    shown = of_table(table)
    _assert_no_small_group(table, shown, smallest=10)


@given(tables(people=st.integers(0, 6), rows=3, columns=4))
def test_the_same_holds_for_another_smallest_group(table):
    _assert_no_small_group(table, of_table(table, smallest=4), smallest=4)


def _assert_no_small_group(table, shown, smallest):
    """No group of one to nine is a sum of shown figures with any factors, by elimination."""
    atoms = [at for at, people in table.items() if people]
    if sum(table.values()) < smallest:
        assert not shown.rows | shown.columns
        return
    published = [[1] * len(atoms)]
    published += [[int(row == at[0]) for at in atoms] for row in shown.rows]
    published += [[int(column == at[1]) for at in atoms] for column in shown.columns]
    published += [[int(cell == at) for at in atoms] for cell in shown.cells]
    basis = _eliminated(published)
    for group in _small_groups(atoms, table, smallest):
        vector = [int(at in group) for at in atoms]
        assert any(_reduced(vector, basis)), (table, shown, group)


def _small_groups(atoms, table, smallest):
    small = [at for at in atoms if table[at] < smallest]
    for size in range(1, len(small) + 1):
        for group in combinations(small, size):
            if sum(table[at] for at in group) < smallest:
                yield set(group)


def _eliminated(vectors):
    basis = []
    for vector in vectors:
        rest = _reduced(vector, basis)
        lead = next((place for place, value in enumerate(rest) if value), None)
        if lead is not None:
            basis.append((lead, [Fraction(value) / rest[lead] for value in rest]))
    return basis


def _reduced(vector, basis):
    rest = [Fraction(value) for value in vector]
    for lead, row in basis:
        factor = rest[lead]
        if factor:
            rest = [value - factor * other for value, other in zip(rest, row, strict=True)]
    return rest


@pytest.mark.parametrize(("smallest", "most"), [(3, 14), (4, 17)])
def test_an_attacker_who_knows_the_rule_cannot_tell_a_hidden_group_either(smallest, most):
    """Every way to split some people over four groups, sorted by what is then seen of it."""
    by_picture = {}
    for counts in product(range(1, 9), repeat=4):
        shown = of_groups(dict(zip("abcd", counts, strict=True)), smallest=smallest)
        if shown and sum(counts) <= most:
            seen = tuple(n if key in shown else None for key, n in zip("abcd", counts, strict=True))
            by_picture.setdefault((sum(counts), seen), []).append(counts)
    assert len(by_picture) > 100
    for (_, seen), possible in by_picture.items():
        for place, value in enumerate(seen):
            assert value is not None or len({counts[place] for counts in possible}) > 1, (seen, possible)


def _margins(table):
    rows, columns = Counter(), Counter()
    for (row, column), people in table.items():
        if people:
            rows[row] += people
            columns[column] += people
    return rows, columns
