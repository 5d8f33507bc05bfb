"""Figures of blocks of draws, put in their places as they come, are those of all draws at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from familyflow.experiments.per_draw import Growing, PerDraw

VALUES = st.sampled_from([0.0, -0.0, 1.0, 2.5, float("nan")])
NAMES = ("a", "b", "c")


def figures_of(parts: dict[str, np.ndarray], draws: slice) -> dict[str, PerDraw]:
    """A sum, and two ratios that divide by one and the same thing."""
    cut = {name: part[draws] for name, part in parts.items()}
    return {
        "sum": PerDraw((cut["a"],), "GBP"),
        "one": PerDraw((cut["a"], cut["b"]), "ratio"),
        "two": PerDraw((cut["c"], cut["b"]), "ratio"),
    }


@settings(max_examples=200, deadline=None)
@given(st.data(), st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(1, 2))
def test_all_blocks_together_hold_what_each_held(
    data: st.DataObject, sizes: list[int], replications: int
) -> None:
    draws = sum(sizes)
    count = draws * replications
    lists = st.lists(VALUES, min_size=count, max_size=count)
    parts = {name: np.array(data.draw(lists)).reshape(draws, replications) for name in NAMES}
    growing, first = Growing(draws + 3), 0
    for size in sizes:
        growing.add(figures_of(parts, slice(first, first + size)))
        first += size

    made = growing.figures()

    for name, figure in figures_of(parts, slice(None)).items():
        assert made[name].unit == figure.unit
        for one, other in zip(made[name].parts, figure.parts, strict=True):
            assert one.tobytes() == other.tobytes()
            assert one.shape == other.shape


def test_what_is_equal_in_every_draw_is_held_once() -> None:
    same, other = np.ones((2, 1)), np.array([[1.0], [2.0]])
    growing = Growing(4)
    for _ in range(2):
        growing.add({"one": PerDraw((same, other), "x"), "two": PerDraw((same.copy(),), "x")})

    made = growing.figures()

    assert made["one"].parts[0] is made["two"].parts[0]
    assert made["one"].parts[1] is not made["two"].parts[0]


def test_nothing_is_made_of_no_blocks() -> None:
    assert Growing(5).figures() == {}
