"""Results remembered by what was read for them: never worked out twice, never mixed up."""

from __future__ import annotations

import numpy as np
import pytest

from familyflow.experiments.sweeps.reads import Noted, Remembered
from familyflow.parameters.drawn_values import DrawnValues
from familyflow.parameters.parameter import Parameter, Varies

PARAMETERS = {
    "a": Parameter("a", "a", value=1.0),
    "b": Parameter("b", "b", value=1.0),
    "shares": Parameter("shares", "shares", table={"x": 0.5, "y": 0.5}),
    "length": Parameter("length", "length", varies=Varies("family", "exponential", {"mean": "a"})),
}


def points(**columns):
    named = {name.replace("__", "[") + "]" if "__" in name else name: np.array(c, dtype=float)
             for name, c in columns.items()}  # fmt: skip
    base = {"a": 1.0, "b": 1.0, "shares": {"x": 0.5, "y": 0.5}, "length": "as a", "c": 3.0}

    def complete(drawn):
        table = {e: drawn.get(f"shares[{e}]", 0.5) for e in "xy"}
        return {**base, **{n: v for n, v in drawn.items() if n in base}, "shares": table,
                "length": drawn.get("a", 1.0)}  # fmt: skip

    return DrawnValues(len(next(iter(named.values()))), base, named, complete)


def test_a_key_that_is_not_read_works_nothing_out_again():
    calls = []

    def work(values, point, parts):
        calls.append(point)
        return values["a"] * 10

    found = Remembered(PARAMETERS, 100).each(
        points(a=[1, 1, 2, 1], b=[1, 2, 3, 4]), np.zeros((4, 0)), work
    )
    assert found == [10, 10, 20, 10]
    assert calls == [0, 2]


def test_what_is_read_may_depend_on_what_was_read_before():
    def work(values, *_):
        return values["b"] if values["a"] > 1.5 else -1.0

    # b matters only where a is above 1.5: remembered results must not leak from one to the other
    found = Remembered(PARAMETERS, 100).each(
        points(a=[1, 1, 2, 2, 1, 2], b=[1, 2, 3, 4, 4, 3]), np.zeros((6, 0)), work
    )
    assert found == [-1, -1, 3, 4, -1, 3]


@pytest.mark.parametrize("seed", range(20))
def test_the_same_as_without_remembering_for_any_function_and_points(seed):
    # seeds 0 to 19: a random tree of reads over random points of few values
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 3, (60, 2)).astype(float)
    cuts, names = rng.integers(0, 3, 3), rng.permutation(["a", "b", "c"])

    def work(values, *_):
        if values[names[0]] >= cuts[0]:
            return ("high", values[names[1]])
        return ("low",) if values.get(names[2]) >= cuts[1] else ("low", values[names[1]])

    values = points(a=table[:, 0], b=table[:, 1])
    also = rng.integers(0, 2, (60, 1)).astype(float)
    found = Remembered(PARAMETERS, 7).each(
        values, also, lambda v, p, _: (work(v, p), also[p, 0].item())
    )
    assert found == [(work(dict(values[p]), p), also[p, 0].item()) for p in range(60)]


def test_whatever_else_it_depends_on_tells_results_apart():
    also = np.array([[1.0], [2.0], [1.0]])
    found = Remembered(PARAMETERS, 100).each(
        points(a=[1, 1, 1]), also, lambda values, point, _: (values["a"], also[point, 0].item())
    )
    assert found == [(1, 1), (1, 2), (1, 1)]


def test_a_length_is_made_of_the_number_that_it_names():
    found = Remembered(PARAMETERS, 100).each(
        points(a=[1, 2], b=[1, 1]), np.zeros((2, 0)), lambda values, *_: values["length"]
    )
    assert found == [1, 2]


def test_every_share_of_a_table_that_is_read_counts():
    found = Remembered(PARAMETERS, 100).each(
        points(shares__x=[0.5, 0.5, 0.2], shares__y=[0.5, 0.4, 0.5]),
        np.zeros((3, 0)),
        lambda values, *_: (values["shares"]["x"], values["shares"]["y"]),
    )
    assert found == [(0.5, 0.5), (0.5, 0.4), (0.2, 0.5)]


def test_results_are_remembered_from_one_block_to_the_next_and_forgotten_when_too_many():
    calls = []

    def work(values, point, parts):
        calls.append(values["a"])
        return values["a"]

    remembered = Remembered(PARAMETERS, 3)
    for block in ([1, 2], [1, 2], [3, 4], [1]):
        found = remembered.each(points(a=block), np.zeros((len(block), 0)), work)
        assert found == block
    assert calls == [1, 2, 3, 4, 1]


@pytest.mark.parametrize("go_through", [list, dict.keys, dict.items, dict.values, dict])
def test_going_through_all_values_is_refused_or_notes_nothing_wrongly(go_through):
    noted = Noted({"a": 1.0})
    if go_through in (dict.keys, dict.items, dict.values):
        noted_method = getattr(noted, go_through.__name__)
        with pytest.raises(TypeError, match="reading them all"):
            noted_method()
    else:
        with pytest.raises(TypeError, match="reading them all"):
            go_through(noted)


def test_asking_whether_a_key_is_there_is_reading_it():
    noted = Noted({"a": 1.0})
    assert ("z" in noted, noted.get("y", 2.0)) == (False, 2.0)
    assert noted.read == {"z", "y"}


@pytest.mark.parametrize("seed", range(20))
def test_parts_are_what_they_would_be_made_anew(seed):
    # seeds 0 to 19: parts that read one number or two, the second only where the first is high
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 3, (60, 2)).astype(float)
    also = rng.integers(0, 2, (60, 1)).astype(float)

    def made(values, point, parts):
        start = values["c"]
        return (
            parts("one", lambda: (start, values["a"])),
            parts("two", lambda: values["b"] if values["a"] > 1 else "low"),
            parts("solved", lambda: also[point, 0].item(), is_solved=True),
        )

    def plain(name, make, *, is_solved=False):
        return make()

    values = points(a=table[:, 0], b=table[:, 1])
    found = Remembered(PARAMETERS, 5).each(values, also, made)
    assert found == [made(dict(values[p]), p, plain) for p in range(60)]


def test_a_part_is_made_once_for_the_same_values_however_the_others_move():
    calls = []

    def made(values, point, parts):
        return parts("of a", lambda: calls.append(point) or values["a"]), values["b"]

    found = Remembered(PARAMETERS, 100).each(
        points(a=[1, 1, 2, 2], b=[1, 2, 3, 4]), np.zeros((4, 0)), made
    )
    assert found == [(1, 1), (1, 2), (2, 3), (2, 4)]
    assert calls == [0, 2]


def test_what_was_read_before_the_first_part_belongs_to_every_part():
    def made(values, point, parts):
        start = values["a"]
        return parts("later", lambda: (start, values["b"]))

    found = Remembered(PARAMETERS, 100).each(
        points(a=[1, 2, 1], b=[1, 1, 1]), np.zeros((3, 0)), made
    )
    assert found == [(1, 1), (2, 1), (1, 1)]
