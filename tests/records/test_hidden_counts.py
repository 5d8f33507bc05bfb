"""No hidden count can be worked out from the shown ones: the sums are solved as an attacker would.

The attack is a search over whole numbers, or scipy's solver with a system written here.
"""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from familyflow.records.hidden_counts import FEWEST, between, in_a_line, in_a_table, suppressed

SEED = 20260430


def possible(shown, sums, most=60):
    """Every value that each hidden count can have, by trying all whole numbers."""
    hidden = [name for name, count in shown.items() if count is None]
    found = {name: set() for name in hidden}
    for values in product(range(most), repeat=len(hidden)):
        every = shown | dict(zip(hidden, values, strict=True))
        if all(every[whole] == sum(every[part] for part in parts) for whole, parts in sums):
            for name in hidden:
                found[name].add(every[name])
    return found


@pytest.mark.parametrize(
    "counts",
    [(3, 12, 40), (0, 0, 12), (1, 5), (4, 4, 30), (0, 7), (5, 6, 7), (2, 1, 1), (0, 1, 6)],
)
def test_a_line_leaves_each_hidden_count_at_least_five_apart(counts):
    parts = dict(zip("abc", counts, strict=False))
    shown = in_a_line(parts)

    if shown["all"] is not None:
        for values in possible(shown, [("all", tuple(parts))]).values():
            assert max(values) - min(values) >= FEWEST
    assert all(count is None or count >= FEWEST for count in shown.values())


def test_the_subtraction_of_the_textbook_is_closed():
    # 40 - 12 - 25 = 3
    shown = in_a_line({"a": 3, "b": 12, "c": 25})

    assert shown == {"a": None, "b": None, "c": 25, "all": 40}


def test_nothing_is_hidden_where_nothing_is_small():
    assert in_a_line({"a": 5, "b": 6}) == {"a": 5, "b": 6, "all": 11}


def test_the_attack_finds_what_primary_suppression_alone_leaves_open():
    assert between("a", {"a": None, "b": 12, "all": 15}, [("all", ("a", "b"))]) == (3, 3)


def test_a_hidden_count_in_no_sum_is_open_upwards():
    assert suppressed({"a": 2, "b": 9}) == {"a": None, "b": 9}
    assert between("a", {"a": None, "b": 9}, ()) == (0, np.inf)


def test_few_children_hide_a_large_count_and_what_gives_it_away():
    shown = suppressed({"a": 30, "b": 20, "all": 50}, [("all", "ab")], few=["a"], first=["all"])

    assert shown == {"a": None, "b": 20, "all": None}


def attacked(shown, rows, columns):
    """The least and most of each hidden cell of a table with sums, solved by its own system."""
    names = [(r, c) for r in (*rows, "all") for c in (*columns, "all")]
    lines = [([(r, c) for c in columns], (r, "all")) for r in (*rows, "all")]
    lines += [([(r, c) for r in rows], ("all", c)) for c in (*columns, "all")]
    system = np.zeros((len(lines), len(names)))
    for n, (parts, whole) in enumerate(lines):
        for part in parts:
            system[n, names.index(part)] += 1
        system[n, names.index(whole)] -= 1
    limits = [(0, None) if shown[name] is None else (shown[name],) * 2 for name in names]
    for place, name in enumerate(names):
        if shown[name] is None:
            aim = np.eye(len(names))[place]
            ends = [
                linprog(sign * aim, A_eq=system, b_eq=np.zeros(len(lines)), bounds=limits)
                for sign in (1, -1)
            ]
            yield name, ends[0].fun, np.inf if ends[1].status == 3 else -ends[1].fun


def test_no_cell_of_made_tables_can_be_worked_out():
    # seed 20260430, 15 tables of three rows and three columns with many small counts
    luck = np.random.default_rng(SEED)
    rows, columns = ("foster", "residential", "other"), ("own", "bought", "another")
    attacks = 0
    for _ in range(15):
        drawn = luck.negative_binomial(0.8, 0.06, size=(3, 3))
        counts = {(r, c): int(drawn[i, j]) for i, r in enumerate(rows)
                  for j, c in enumerate(columns)}  # fmt: skip
        shown = in_a_table(counts)
        assert all(shown[name] is None for name, count in counts.items() if count < FEWEST)
        for name, least, most in attacked(shown, rows, columns):
            attacks += 1
            assert most - least >= FEWEST - 1e-6, (counts, name)
    assert attacks > 50


def test_no_more_is_hidden_in_a_table_than_is_needed():
    counts = {("a", "x"): 3, ("a", "y"): 30, ("b", "x"): 25, ("b", "y"): 2,
              ("c", "x"): 50, ("c", "y"): 60}  # fmt: skip
    shown = in_a_table(counts)

    assert shown["c", "x"] == 50
    assert shown["all", "all"] == 170
