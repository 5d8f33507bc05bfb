"""The compiled spelling of luck and of its arithmetic is the plain one, bit for bit."""

from statistics import NormalDist

import numpy as np
from tests.test_luck import KNOWN_ANSWERS

from familyflow.compiled import kernels, records
from familyflow.compiled.tables import _records, _spread
from familyflow.luck import Luck, decision_word
from familyflow.specification.variates import Spread

MILLION = 1_000_000


def compiled_uniforms(seed: int, draw: int, replication: int, entities, words) -> np.ndarray:
    world = np.zeros(1, records.WORLD)
    world["key_0"], world["key_1"] = seed & 0xFFFFFFFF, seed >> 32
    world["draw"], world["replication"] = draw, replication
    found = np.empty(len(entities))
    kernels.uniforms(world, np.asarray(entities, np.int64), np.asarray(words, np.int64), found)
    return found


def test_the_compiled_generator_gives_the_published_answers() -> None:
    for (c0, c1, c2, c3), (k0, k1), (first, second, _, _) in KNOWN_ANSWERS:
        found = compiled_uniforms(k1 << 32 | k0, c2, c3, [c0], [c1])
        assert found[0] == ((first << 20 | second >> 12) + 0.5) * 2.0**-52


def test_a_million_uniforms_are_those_of_the_plain_spelling() -> None:
    entities = np.arange(0, 2**32, 2**32 // MILLION, dtype=np.uint64)[:MILLION]
    luck = Luck(seed=2**63 + 5, draw=2**31 + 7, replication=3)
    words = np.full(MILLION, decision_word(255, 4099))

    found = compiled_uniforms(luck.seed, luck.draw, luck.replication, entities, words)

    assert np.array_equal(found, luck.block(entities, 255, 4099))


def test_normal_quantiles_and_lengths_are_those_of_the_plain_arithmetic() -> None:
    """At a million uniforms of seed 9, and at both ends of what luck can give."""
    uniforms = Luck(seed=9).block(np.arange(MILLION, dtype=np.uint64), 3)
    uniforms[:4] = 2.0**-53, 1.0 - 2.0**-53, 1e-12, 0.925
    spreads = [
        Spread("constant", 0.0, 3.5, 0.0),
        Spread("uniform", 2.0, 0.0, 7.3),
        Spread("whole_numbers", 8.0, 0.0, 14.0),
        Spread("exponential", 0.0, 26.0, 0.0),
        Spread("triangular", 2.4, 3.0, 4.5),
        Spread("triangular", 3.0, 3.0, 3.0),
    ]
    found = np.empty((1 + len(spreads), MILLION))

    (of_one_draw,) = _records(records.SPREAD, [_spread(one) for one in spreads], 1)
    kernels.arithmetic(of_one_draw, uniforms, found)

    plain = uniforms.tolist()
    assert found[0].tolist() == [NormalDist().inv_cdf(u) for u in plain]
    for spread, compiled in zip(spreads, found[1:], strict=True):
        assert compiled[:100_000].tolist() == [spread.at(u) for u in plain[:100_000]]
