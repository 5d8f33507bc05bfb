"""Luck by name: one uniform number for each decision, the same in every arm, option and engine.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
as 1, 2, 3", SC11, 2011). Its key is the study seed; its counter says whose decision this is:

====== ==========================================================================
word 0 kind (3 bits), source (4), number (21), child (4)
word 1 inner index (4 bits), decision (12), occurrence (16)
word 2 draw
word 3 replication
====== ==========================================================================

Nothing else enters, so a decision keeps its luck whatever else is added, moved or removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

FAMILY, CHILD, POST, PARAMETER = 0, 1, 2, 7

_MASK = 0xFFFFFFFF
_MULTIPLY_0, _MULTIPLY_1 = 0xD2511F53, 0xCD9E8D57
_BUMP_0, _BUMP_1 = 0x9E3779B9, 0xBB67AE85
_ROUNDS = 10
_STEP = 2.0**-52
_LOW, _HALF = np.uint64(_MASK), np.uint64(32)
_MULTIPLIERS = np.array([_MULTIPLY_1, _MULTIPLY_0], dtype=np.uint64)

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """The four output words (32 bits each) of Philox4x32-10 for one counter and key."""
    for key_0, key_1 in _keys_of_rounds(k0, k1):
        first, second = c0 * _MULTIPLY_0, c2 * _MULTIPLY_1
        c0, c1, c2, c3 = (
            (second >> 32) ^ c1 ^ key_0,
            second & _MASK,
            (first >> 32) ^ c3 ^ key_1,
            first & _MASK,
        )
    return c0, c1, c2, c3


def philox_block(
    c0: Words, c1: Words, c2: int | Words, c3: int, k0: int, k1: int
) -> tuple[Words, Words]:
    """The first two output words for arrays of counter words 0 and 1 (same shape, uint64).

    Word 2 is one number or an array of the same shape.
    """
    # words 2 and 0 as two rows, 1 and 3 below them: few calls of numpy, which small arrays wait for
    even, odd, product = (np.empty((2, *c0.shape), dtype=np.uint64) for _ in range(3))
    even[0], even[1], odd[0], odd[1] = c2, c0, c1, c3
    across = (2,) + (1,) * c0.ndim
    multipliers = _MULTIPLIERS.reshape(across)
    for keys in _keys_of_rounds(k0, k1):
        np.multiply(even, multipliers, out=product)
        np.right_shift(product, _HALF, out=even)
        even ^= odd
        even ^= np.array(keys, dtype=np.uint64).reshape(across)
        even = even[::-1]  # what was made of word 2 is word 0 of the next round
        np.bitwise_and(product, _LOW, out=odd)
    return even[1], odd[0]


@lru_cache(maxsize=16)
def _keys_of_rounds(k0: int, k1: int) -> tuple[tuple[int, int], ...]:
    """Both words of the key in each round."""
    return tuple(
        ((k0 + times * _BUMP_0) & _MASK, (k1 + times * _BUMP_1) & _MASK) for times in range(_ROUNDS)
    )


def parameter_uniforms(words: Words, draws: Words, seed: int) -> Floats:
    """The uniform of each parameter (by its word 0) in each of these draws: (parameter, draw).

    As ``Luck(seed, draw).of(word, 0)``, bit for bit.
    """
    first, second = np.meshgrid(words, draws, indexing="ij")
    nothing = np.zeros_like(first)
    made = philox_block(first, nothing, second, 0, seed & _MASK, seed >> 32)
    return _uniforms(*made)


def family_word(source: int, number: int) -> int:
    """Counter word 0 of a family: number `number` of referral source `source`."""
    return _entity(FAMILY, source, number, 0)


def child_word(source: int, number: int, child: int) -> int:
    """Counter word 0 of a child (0, 1, 2 ... within the family)."""
    return _entity(CHILD, source, number, child)


def post_word(number: int) -> int:
    """Counter word 0 of a post in the team, by its place in the list of posts."""
    return _entity(POST, 0, number, 0)


def parameter_word(name: str) -> int:
    """Counter word 0 of a parameter: kind 7 and 29 bits of the SHA-256 of its name."""
    digest = hashlib.sha256(name.encode("utf-8")).digest()
    return (PARAMETER << 29) | (int.from_bytes(digest[:4], "big") >> 3)


def decision_word(decision: int, occurrence: int = 0, inner: int = 0) -> int:
    """Counter word 1: which decision, which time it is taken, and the inner index."""
    if not (0 <= inner < 16 and 0 <= decision < 4096 and 0 <= occurrence < 65536):
        raise OverflowError(
            f"luck has no room for inner {inner}, decision {decision}, occurrence {occurrence}"
        )
    return (inner << 28) | (decision << 16) | occurrence


@dataclass(frozen=True)
class Luck:
    """The luck of one study seed, draw and replication.

    ``of`` gives a float strictly between 0 and 1 that depends on nothing but the arguments.
    """

    seed: int
    draw: int = 0
    replication: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.seed < 2**64:
            raise OverflowError(f"the seed is {self.seed}; it must lie between 0 and 2^64 - 1")
        if not (0 <= self.draw <= _MASK and 0 <= self.replication <= _MASK):
            raise OverflowError("draw and replication must lie between 0 and 2^32 - 1")

    @classmethod
    def of_column(cls, seed: int, column: float) -> Luck:
        """The luck that a number from 0 up to 1 picks, of 2^31: for luck as a factor of a sweep.

        Never that of a draw: those have the lower half of word 2.
        """
        if not 0.0 <= column < 1.0:
            raise OverflowError(f"the luck column is {column}; it must lie between 0 and 1")
        return cls(seed, 2**31 + int(column * 2**31))

    def of(self, entity: int, decision: int, occurrence: int = 0, inner: int = 0) -> float:
        """The uniform that settles this decision for this entity (a word 0 made above)."""
        word0, word1, _, _ = philox(
            entity,
            decision_word(decision, occurrence, inner),
            self.draw,
            self.replication,
            self.seed & _MASK,
            self.seed >> 32,
        )
        return ((word0 << 20 | word1 >> 12) + 0.5) * _STEP

    def block(self, entities: Words, decision: int, occurrence: int = 0) -> Floats:
        """The same uniforms as ``of``, bit for bit, for an array of entities."""
        uniforms: Floats = self.blocks(entities, [(decision, occurrence)])[0]
        return uniforms

    def blocks(self, entities: Words, decisions: Sequence[tuple[int, int]]) -> Floats:
        """The same of several decisions, each with its occurrence: (decision, entity)."""
        words = np.array([decision_word(*each) for each in decisions], dtype=np.uint64)
        first = np.empty((len(words), len(entities)), dtype=np.uint64)
        second = np.empty_like(first)
        first[:], second[:] = entities, words[:, np.newaxis]
        made = philox_block(
            first, second, self.draw, self.replication, self.seed & _MASK, self.seed >> 32
        )
        return _uniforms(*made)


def _uniforms(first: Words, second: Words) -> Floats:
    whole = (first << np.uint64(20)) | (second >> np.uint64(12))
    uniforms: Floats = (whole.astype(np.float64) + 0.5) * _STEP
    return uniforms


def _entity(kind: int, source: int, number: int, child: int) -> int:
    if not (0 <= kind < 8 and 0 <= source < 16 and 0 <= number < 2**21 and 0 <= child < 16):
        raise OverflowError(
            f"luck has no room for kind {kind}, source {source}, number {number}, child {child}"
        )
    return (kind << 29) | (source << 25) | (number << 4) | child
