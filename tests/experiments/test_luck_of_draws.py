"""Every draw is simulated once, and each replication of it with luck of its own."""

from types import SimpleNamespace

import pytest

from familyflow.experiments.blocks import BLOCK
from familyflow.experiments.sampling import firsts, in_block, luck_of


@pytest.mark.parametrize("draws", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 1])
def test_blocks_hold_every_draw_once(draws: int) -> None:
    settings = SimpleNamespace(draws=draws)

    held = [
        first + place for first in firsts(settings) for place in range(in_block(first, settings))
    ]

    assert held == list(range(draws))


def test_no_draw_or_replication_shares_its_luck_but_where_draws_are_to() -> None:
    apart, common = (SimpleNamespace(seed=7, common_luck=common) for common in (False, True))
    every = [(draw, replication) for draw in range(3) for replication in range(3)]

    assert len({luck_of(apart, *each) for each in every}) == 9
    assert {luck_of(common, *each) for each in every} == {luck_of(apart, 0, r) for r in range(3)}
