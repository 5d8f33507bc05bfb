"""A copy of an option is no other choice: it halves no chance of being best."""

from __future__ import annotations

import numpy as np

from familyflow.economics.decisions import probability_best_as_one
from familyflow.experiments.information.told import alike_in


def test_options_that_are_the_same_in_every_draw_are_found() -> None:
    first, other = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0])

    assert alike_in(np.column_stack([first, other, first, other])) == [0, 1, 0, 1]
    assert alike_in(np.column_stack([first, other])) == [0, 1]


def test_a_copy_leaves_the_chance_of_every_option_as_it_was() -> None:
    luck = np.random.default_rng(20261201)
    raw = luck.normal(size=(500, 2))
    alone = probability_best_as_one(raw, alike_in(raw))
    copied = raw[:, [0, 1, 0]]
    together = probability_best_as_one(copied, alike_in(copied))

    assert together.tolist() == [alone[0], alone[1], alone[0]]
