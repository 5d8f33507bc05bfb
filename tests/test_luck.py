"""Luck is the published generator, keyed by name, and the same in every spelling."""

import numpy as np
import pytest

from familyflow.luck import (
    CHILD,
    FAMILY,
    PARAMETER,
    POST,
    Luck,
    child_word,
    decision_word,
    family_word,
    parameter_uniforms,
    parameter_word,
    philox,
    post_word,
)

# Random123 1.14, kat_vectors, philox4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw)
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF,) * 4,
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_the_generator_gives_its_published_answers(counter, key, answer):
    assert philox(*counter, *key) == answer


def test_blocks_are_the_plain_numbers_bit_for_bit():
    luck = Luck(seed=2**63 + 5, draw=7, replication=3)
    entities = np.arange(0, 2**32, 2**32 // 4999, dtype=np.uint64)

    block = luck.block(entities, decision=4095, occurrence=65535)

    assert block.tolist() == [luck.of(int(e), 4095, 65535) for e in entities]


def test_blocks_of_several_decisions_are_those_of_each():
    luck = Luck(seed=2**63 + 5, draw=7, replication=3)
    entities = np.arange(0, 2**32, 2**32 // 97, dtype=np.uint64)
    decisions = [(4095, 65535), (0, 0), (131, 2)]

    together = luck.blocks(entities, decisions)

    assert together.tolist() == [[luck.of(int(e), *each) for e in entities] for each in decisions]


def test_a_uniform_never_touches_zero_or_one():
    smallest = (0 + 0.5) * 2.0**-52
    largest = ((2**52 - 1) + 0.5) * 2.0**-52

    assert smallest > 0.0
    assert largest < 1.0


def test_seed_zero_is_as_good_as_any():
    uniforms = Luck(seed=0).block(np.arange(20_000, dtype=np.uint64), decision=3)

    # mean of 20,000 uniforms: standard error 0.00204; threshold 4.79 of them
    assert abs(uniforms.mean() - 0.5) < 4.79 * 0.00204


def test_every_word_of_the_counter_matters():
    base = Luck(1, 2, 3).of(family_word(1, 5), 7, 2)

    others = [
        Luck(2, 2, 3).of(family_word(1, 5), 7, 2),
        Luck(1, 1, 3).of(family_word(1, 5), 7, 2),
        Luck(1, 2, 4).of(family_word(1, 5), 7, 2),
        Luck(1, 2, 3).of(family_word(2, 5), 7, 2),
        Luck(1, 2, 3).of(family_word(1, 6), 7, 2),
        Luck(1, 2, 3).of(child_word(1, 5, 0), 7, 2),
        Luck(1, 2, 3).of(family_word(1, 5), 8, 2),
        Luck(1, 2, 3).of(family_word(1, 5), 7, 3),
        Luck(1, 2, 3).of(family_word(1, 5), 7, 2, inner=1),
        Luck(1 + 2**32, 2, 3).of(family_word(1, 5), 7, 2),
    ]

    assert len({base, *others}) == len(others) + 1


def test_the_kinds_of_entity_never_share_a_word():
    words = [family_word(15, 2**21 - 1), child_word(15, 2**21 - 1, 15), post_word(2**21 - 1)]
    kinds = [word >> 29 for word in [*words, parameter_word("service.team.turnover_per_year")]]

    assert kinds == [FAMILY, CHILD, POST, PARAMETER]


@pytest.mark.parametrize(
    "overflow",
    [
        lambda: family_word(16, 0),
        lambda: family_word(0, 2**21),
        lambda: child_word(0, 0, 16),
        lambda: decision_word(4096),
        lambda: decision_word(0, 65536),
        lambda: decision_word(0, 0, 16),
        lambda: Luck(-1),
        lambda: Luck(2**64),
        lambda: Luck(0, 2**32),
    ],
)
def test_what_does_not_fit_the_counter_is_an_error(overflow):
    with pytest.raises(OverflowError):
        overflow()


def test_luck_picked_by_a_column_is_of_the_upper_half_and_the_same_bit_for_bit():
    assert Luck.of_column(9, 0.0) == Luck(9, 2**31)
    assert Luck.of_column(9, 0.75) == Luck(9, 2**31 + 3 * 2**29)
    assert Luck.of_column(9, 1 - 2**-53) == Luck(9, 2**32 - 1)
    for wrong in (-1e-9, 1.0, float("nan")):
        with pytest.raises(OverflowError, match="luck column"):
            Luck.of_column(9, wrong)


@pytest.mark.parametrize(("decision", "occurrence", "inner"), [
    (4095, 0, 0), (0, 65535, 0), (0, 0, 15), (4095, 65535, 15), (131, 40_000, 3),
])  # fmt: skip
def test_each_part_of_a_decision_has_bits_of_its_own(decision, occurrence, inner):
    word = decision_word(decision, occurrence, inner)

    assert (word >> 28, word >> 16 & 0xFFF, word & 0xFFFF) == (inner, decision, occurrence)


@pytest.mark.parametrize(("source", "number", "child"), [
    (15, 0, 0), (0, 2**21 - 1, 0), (0, 0, 15), (15, 2**21 - 1, 15), (3, 77, 9),
])  # fmt: skip
def test_each_part_of_a_child_has_bits_of_its_own(source, number, child):
    word = child_word(source, number, child)

    assert (word >> 29, word >> 25 & 15, word >> 4 & (2**21 - 1), word & 15) == (
        CHILD, source, number, child,
    )  # fmt: skip


def test_numbers_of_every_draw_are_those_of_its_luck_at_any_seed():
    words = np.array([parameter_word(name) for name in ("a", "b")], dtype=np.uint64)
    draws = np.arange(3, dtype=np.uint64)

    for seed in (5, 2**32 + 5, 2**63 + 5):
        found = parameter_uniforms(words, draws, seed)

        assert found.tolist() == [
            [Luck(seed, draw).of(int(word), 0) for draw in range(3)] for word in words
        ]
