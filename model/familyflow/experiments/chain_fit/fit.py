"""Draws of the chain weighed by how near they come to the targets: importance sampling.

Each draw of the uncertain numbers has the weight of a normal distance between what it gives and
what is published. Few numbers move the targets, so a few thousand draws are plenty; how many they
are worth after weighing is told, and too few are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from familyflow.experiments.chain_fit.targets import Target
from familyflow.parameters.distributions import Distribution
from familyflow.parameters.parameter import Parameter
from familyflow.problems import bad_input
from familyflow.records.arrays import Floats, Ints

DRAWS: Final = 4_000
LEAST_WORTH: Final = 200.0  # draws that the weighed ones must be worth
MOVED: Final = 0.1  # of its prior spread: a mean that moves by less is as it was, or luck
NARROWED: Final = 0.95  # a spread that keeps more than this share is as it was
INFORMED: Final = 1.0  # of the targets' information about a direction, to the prior's own
_CHAIN: Final = "outcomes.escalation."
_HELD: Final = _CHAIN + "looked_after_months_19_24"
SURE: Final = 1.959964


@dataclass(frozen=True)
class Belief:
    """A number of the chain before and after: means and standard deviations."""

    key: str
    before: float
    sd_before: float
    after: float
    sd_after: float

    @property
    def kept(self) -> float:
        """The share of its spread that is left: 1 where the targets tell nothing of it."""
        return self.sd_after / self.sd_before

    @property
    def is_learnt(self) -> bool:
        """Whether the targets move or narrow it."""
        moved = abs(self.after - self.before) > MOVED * self.sd_before
        return moved or self.kept < NARROWED


@dataclass(frozen=True)
class Fit:
    """How one target is met: its value and what the chain gives, before and after, with sd."""

    target: Target
    before: float
    sd_before: float
    after: float
    sd_after: float

    @property
    def apart(self) -> float:
        """How far the calibrated chain lies from it, in standard deviations of both together."""
        spread = float(np.hypot(self.target.sd, self.sd_after))
        return (self.after - self.target.value) / spread if spread else 0.0


@dataclass(frozen=True)
class ChainFit:
    """What came of it. worth: how many equal draws the weighed ones are worth, of `draws`.

    directions: what the targets tell of each direction among the numbers, as times the prior's own
    information, largest first, each with the numbers that it is mostly of. chosen: draws that
    stand for the posterior, all alike (systematic resampling). samples: the numbers, [draw, key].
    """

    draws: int
    worth: float
    beliefs: tuple[Belief, ...]
    fits: tuple[Fit, ...]
    directions: tuple[tuple[float, tuple[str, ...]], ...]
    chosen: Ints
    samples: Floats

    @property
    def learnt(self) -> tuple[Belief, ...]:
        """The numbers of which the targets tell something."""
        return tuple(one for one in self.beliefs if one.is_learnt)

    @property
    def year(self) -> int:
        """The year of the newest published figure among the targets."""
        return max(one.target.year for one in self.fits)

    @property
    def informed(self) -> int:
        """How many directions the targets tell more about than was believed before."""
        return sum(size > INFORMED for size, _ in self.directions)


def uncertain(parameters: Mapping[str, Parameter]) -> list[str]:
    """The uncertain single numbers of the chain, but for the baseline that is held exactly."""
    return [
        key for key, one in parameters.items()
        if key.startswith(_CHAIN) and key != _HELD and isinstance(one.distribution, Distribution)
        and one.value is not None
    ]  # fmt: skip


def fitted(
    keys: Sequence[str],
    values: Sequence[Mapping[str, Any]],
    outputs: Mapping[str, Floats],
    targets: Sequence[Target],
) -> ChainFit:
    """Weigh draws by the targets that are fitted. outputs: by name, [draw] or [draw, row].

    Raises InputError where so few draws come near them that nothing can be said.
    """
    samples = np.array([[float(one[key]) for key in keys] for one in values])
    given = [_column(outputs, target, targets) for target in targets]
    far = sum(
        ((column - target.value) / target.sd) ** 2
        for column, target in zip(given, targets, strict=True) if target.is_fit
    )  # fmt: skip
    weights = np.exp(-0.5 * (far - np.min(far)))
    weights = weights / weights.sum()
    worth = float(1.0 / (weights**2).sum())
    if worth < LEAST_WORTH:
        raise bad_input(
            f"the {len(values):,} draws are worth {worth:.0f} after weighing, too few to tell",
            "Look at the targets beside the parameters given: hardly a belief comes near them.",
            where="--chain",
        )
    beliefs = tuple(
        Belief(key, *_moments(column, None), *_moments(column, weights))
        for key, column in zip(keys, samples.T, strict=True)
    )
    fits = tuple(
        Fit(target, *_moments(column, None), *_moments(column, weights))
        for column, target in zip(given, targets, strict=True)
    )
    return ChainFit(
        len(values), worth, beliefs, fits, _directions(keys, samples, given, targets),
        resampled(weights), samples,
    )  # fmt: skip


def _column(outputs: Mapping[str, Floats], target: Target, targets: Sequence[Target]) -> Floats:
    output = outputs[target.told.output]
    if output.ndim == 1:
        return output
    rows = [one.row for one in targets if one.name == target.name]
    return np.asarray(output[:, rows.index(target.row)])


def _moments(column: Floats, weights: Floats | None) -> tuple[float, float]:
    mean = float(np.average(column, weights=weights))
    return mean, float(np.sqrt(np.average((column - mean) ** 2, weights=weights)))


def resampled(weights: Floats) -> Ints:
    """Places of draws, as many as there are, each as often as its weight: no chance in it.

    >>> resampled(np.array([0.5, 0.25, 0.0, 0.25]))
    array([0, 0, 1, 3])
    """
    at = (np.arange(len(weights)) + 0.5) / len(weights)
    return np.asarray(np.searchsorted(np.cumsum(weights), at), dtype=np.int64)


def _directions(
    keys: Sequence[str], samples: Floats, given: Sequence[Floats], targets: Sequence[Target]
) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The targets' information about standardised numbers, by its own directions.

    Outputs are taken as linear in the numbers: their regression on these. A direction of size 1 is
    told as much by the targets as it was believed before: its variance halves.
    """
    spread = samples.std(axis=0)
    standard = (samples - samples.mean(axis=0)) / spread
    moves = np.array([
        np.linalg.lstsq(standard, column - column.mean(), rcond=None)[0] / target.sd
        for column, target in zip(given, targets, strict=True) if target.is_fit
    ])  # fmt: skip
    sizes, vectors = np.linalg.eigh(moves.T @ moves)
    found = []
    for place in np.argsort(sizes)[::-1]:
        shares = vectors[:, place] ** 2
        most = [keys[one] for one in np.argsort(shares)[::-1] if shares[one] > 0.1]
        found.append((float(max(sizes[place], 0.0)), tuple(most)))
    return tuple(found)
