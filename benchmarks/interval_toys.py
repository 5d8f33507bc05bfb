"""Three toys whose truth is known exactly, shaped as the model's figures: for benchmarks.coverage.

Each draw has an expected value, as believed, and one or more replications that chance scatters
about it. The part of the variance between draws that is chance is set, not measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Floats = npt.NDArray[np.float64]
Random = np.random.Generator


class Sample(NamedTuple):
    """What a scenario and the one it is compared with gave: parts, each (draw, replication)."""

    one: tuple[Floats, ...]
    other: tuple[Floats, ...] | None = None


@dataclass(frozen=True)
class Toy:
    """A figure with a known truth.

    mean: the expected value over all belief. held: the share of belief between two ends. sample:
    from a source of chance, draws and the share of chance, two replications of each draw.
    """

    name: str
    mean: float
    held: Callable[[float, float], float]
    sample: Callable[[Random, int, float], Sample]


# Net present value: normal belief, normal chance.

_NPV, _NPV_SD = -700_000.0, 250_000.0


def _net_present_value(random: Random, draws: int, chance: float) -> Sample:
    expected = random.normal(_NPV, _NPV_SD, (draws, 1))
    scatter = _NPV_SD * math.sqrt(chance / (1.0 - chance))
    return Sample((expected + scatter * random.standard_normal((draws, 2)),))


# Fiscal saving: a lognormal saving a case times the cases of all families, of whom few have any.
# The more a case saves, the more chance moves.

_SAVING, _OF_FAMILIES, _CASES = 2_000_000.0, 240, 2.0
_SIGMA, _WIDE_SIGMA = 0.3, 0.6


def _fiscal_saving(random: Random, draws: int, chance: float, sigma: float = _SIGMA) -> Sample:
    expected = _SAVING * random.lognormal(-(sigma**2) / 2.0, sigma, (draws, 1))
    return Sample((expected * _cases(random, (draws, 2), chance, sigma),))


def _cases(random: Random, shape: tuple[int, int], chance: float, sigma: float) -> Floats:
    """Cases over their mean: most families have none, the others Poisson, as scattered as asked."""
    if chance == 0.0:
        return np.ones(shape)
    spread = math.exp(sigma**2)
    variance = chance / (1.0 - chance) * (spread - 1.0) / spread
    any_case = (1.0 + 1.0 / _CASES) / (1.0 + variance * _OF_FAMILIES)
    families = random.binomial(_OF_FAMILIES, any_case, shape)
    return random.poisson(_CASES * families) / (_OF_FAMILIES * any_case * _CASES)


# Cost per family, of one scenario less another: ratios whose families go with the belief about the
# cost of each. What both share is skewed and falls out.

_PER_FAMILY, _LOG_SD, _LESS, _LESS_SD = 6_000.0, 0.3, -400.0, 500.0
_FAMILIES, _FAMILIES_SD, _LOADING = 240.0, 0.2, -0.1


def _cost_per_family(random: Random, draws: int, chance: float) -> Sample:
    believed = random.standard_normal((draws, 1))
    shared = _PER_FAMILY * np.exp(_LOG_SD * believed - _LOG_SD**2 / 2.0)
    less = random.normal(_LESS, _LESS_SD, (draws, 1))
    scatter = _LESS_SD * math.sqrt(chance / (1.0 - chance) / 2.0)
    found = []
    for per_family in (shared + less, shared):
        families = _families(random, believed)
        moved = per_family + scatter * random.standard_normal((draws, 2))
        found.append((moved * families, families))
    return Sample(found[0], found[1])


def _families(random: Random, believed: Floats) -> Floats:
    """More where they cost less, scattered by chance, (draw, 2)."""
    chance = _FAMILIES_SD * random.standard_normal((len(believed), 2))
    return np.asarray(_FAMILIES * np.exp(_LOADING * believed + chance))


def _of_normal(mean: float, sd: float, low: float, high: float) -> float:
    return float(ndtr((high - mean) / sd) - ndtr((low - mean) / sd))


def _of_saving(sigma: float, low: float, high: float) -> float:
    ends = [math.log(max(end, 1e-300) / _SAVING) / sigma + sigma / 2.0 for end in (low, high)]
    return float(ndtr(ends[1]) - ndtr(ends[0]))


# The goal is for figures as skewed as those of the core offer, whose saving has a skewness of 0.6
# over draws (here 1.1); the last toy shows what becomes of it where doubt is twice as wide.
TOYS = (
    Toy("net present value", _NPV, partial(_of_normal, _NPV, _NPV_SD), _net_present_value),
    Toy("fiscal saving", _SAVING, partial(_of_saving, _SIGMA), _fiscal_saving),
    # the difference does not go with families, so the difference of ratios of means is its mean
    Toy("cost per family, A less B", _LESS, partial(_of_normal, _LESS, _LESS_SD), _cost_per_family),
)
VERY_SKEWED = Toy(
    "very skewed saving",
    _SAVING,
    partial(_of_saving, _WIDE_SIGMA),
    partial(_fiscal_saving, sigma=_WIDE_SIGMA),
)
