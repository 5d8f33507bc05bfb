"""Toys with a known value of information, seen through heavy chance: for benchmarks and tests.

Quantities are shown once a draw, as the expected quantity under its parameters plus chance. Truth
is by closed form or by quadrature over the parameters. Chance is keyed by seed and draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from familyflow.economics.decisions import value_of_perfect_normal
from familyflow.luck import parameter_uniforms, parameter_word

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Draws of a toy: parameters x (draw, parameter), and what two simulations of each show.

    quantities (replication 0 or 1, draw, output). price (draw,) and cost (GBP) turn the sum of the
    outputs into net benefit against doing nothing.
    """

    x: Floats
    quantities: Floats
    price: Floats
    cost: float

    def net_benefit(self, quantities: Floats) -> Floats:
        """(draw, option): nothing, and the service, from quantities (draw, output)."""
        service = self.price * quantities.sum(axis=1) - self.cost
        return np.column_stack([np.zeros_like(service), service])


def normals(names: list[str], draws: int, seed: int) -> Floats:
    """Independent standard normals (draw, name), keyed by seed, draw and name."""
    words = np.array([parameter_word(name) for name in names], dtype=np.uint64)
    return np.asarray(ndtri(parameter_uniforms(words, np.arange(draws, dtype=np.uint64), seed))).T


# Two normal parameters that add up: 500 + a + b


A_SD, B_SD, MEAN = 1_600.0, 1_200.0, 500.0
SUM_TRUTH = value_of_perfect_normal(MEAN, 2_000.0)
A_TRUTH, B_TRUTH = (value_of_perfect_normal(MEAN, sd) for sd in (A_SD, B_SD))


def sums(draws: int, seed: int, noise_sd: float = 4_000.0, useless: int = 3) -> Sample:
    """INB = 500 + a + b, with more chance than there is doubt, and parameters that do nothing."""
    names = ["a", "b", *(f"useless {k}" for k in range(useless))]
    x = normals(names, draws, seed) * [A_SD, B_SD, *[1.0] * useless]
    chance = normals(["chance 0", "chance 1"], draws, seed) * noise_sd
    quantities = (x[:, :2].sum(axis=1)[:, np.newaxis] + chance).T[:, :, np.newaxis]
    return Sample(x, quantities, np.ones(draws), -MEAN)


# Price times quantity: price lognormal, quantity q(t) = 5 + 3 t0 + 2 (t1^2 - 1)


PRICE, PRICE_SIGMA, COST = 100.0, 0.5, 800.0
QUANTITY, SLOPE, BEND = 5.0, 3.0, 2.0
USUAL = max(0.0, PRICE * QUANTITY - COST)


def products(draws: int, seed: int, noise_sd: float = 8.0, useless: int = 3) -> Sample:
    """Price times an expected quantity that bends, with chance on the quantity only."""
    names = ["price", "t0", "t1", *(f"useless {k}" for k in range(useless))]
    x = normals(names, draws, seed)
    x[:, 0] = _price(x[:, 0])
    chance = normals(["chance 0", "chance 1"], draws, seed) * noise_sd
    quantities = (_quantity(x[:, 1], x[:, 2])[:, np.newaxis] + chance).T[:, :, np.newaxis]
    return Sample(x, quantities, x[:, 0], COST)


def product_truths() -> dict[str, float]:
    """EVPI and EVPPI of the product toy, GBP.

    By quadrature over price and t1, and in closed form over t0, in which net benefit is normal.
    """
    nodes = np.linspace(-8.0, 8.0, 1_601)
    weights = np.exp(-(nodes**2) / 2)
    weights /= weights.sum()
    prices, by_t1 = _price(nodes), _quantity(np.zeros_like(nodes), nodes)
    known = _above_zero(np.outer(prices, by_t1) - COST, prices[:, np.newaxis] * SLOPE)
    given = {
        "price": np.maximum(prices * QUANTITY - COST, 0.0),
        "t0": np.maximum(PRICE * (QUANTITY + SLOPE * nodes) - COST, 0.0),
        "t1": np.maximum(PRICE * by_t1 - COST, 0.0),
        "t0 and t1": _above_zero(PRICE * by_t1 - COST, np.full_like(nodes, PRICE * SLOPE)),
        "price and t0": _above_zero(prices * QUANTITY - COST, prices * SLOPE),
        "all": known @ weights,
    }
    return {name: float(weights @ value) - USUAL for name, value in given.items()}


def _price(z: Floats) -> Floats:
    return np.asarray(PRICE * np.exp(PRICE_SIGMA * z - PRICE_SIGMA**2 / 2))


def _quantity(t0: Floats, t1: Floats) -> Floats:
    return np.asarray(QUANTITY + SLOPE * t0 + BEND * (t1**2 - 1.0))


def _above_zero(mean: Floats, sd: Floats) -> Floats:
    """E max(0, N(mean, sd)), where sd is above 0."""
    density = np.exp(-((mean / sd) ** 2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(mean * ndtr(mean / sd) + sd * density)
