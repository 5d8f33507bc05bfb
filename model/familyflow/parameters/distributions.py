"""The shapes of doubt about a number: each has a mean, quantiles and an interval.

Monte Carlo draws, sweeps and the value of information all come through `quantile`, which takes one
uniform number (or an array of them) and gives the value below which that share of our belief lies.
"""

from __future__ import annotations

import importlib
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

U = TypeVar("U", float, npt.NDArray[np.float64])
_SIX = 6.0  # standard deviations: beyond them lies one in a thousand million
_RARE = 20.72326583694641  # -ln 1e-9


@cache
def special() -> Any:
    """scipy.special, imported when first needed: the command line must start fast."""
    return importlib.import_module("scipy.special")


@dataclass(frozen=True)
class Distribution(ABC):
    """What the shapes share. A subclass gives `mean` and `quantile`.

    `settings` are the numbers as written in the file, for messages and for telling runs apart.
    """

    settings: Mapping[str, Any] = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def shape(self) -> str:
        """The name of the shape, as written in a file."""
        return type(self).__name__.lower()

    @property
    @abstractmethod
    def mean(self) -> float:
        """The mean of the belief."""

    @abstractmethod
    def quantile(self, u: U) -> U:
        """The value below which the share u of the belief lies; u is a float or an array."""

    @property
    @abstractmethod
    def extent(self) -> tuple[float, float]:
        """Two ends that all but one draw in a thousand million lie between."""

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """The central interval that holds this share of the belief."""
        tail = (1.0 - share) / 2.0
        return self.quantile(tail), self.quantile(1.0 - tail)


@dataclass(frozen=True)
class Beta(Distribution):
    """A share between 0 and 1, with parameters a and b (both above 0)."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def extent(self) -> tuple[float, float]:
        return 0.0, 1.0

    def quantile(self, u: U) -> U:
        return like(u, special().betaincinv(self.a, self.b, u))


@dataclass(frozen=True)
class Gamma(Distribution):
    """A sum above 0 with a longer tail upwards: mean k x scale."""

    k: float
    scale: float

    @property
    def mean(self) -> float:
        return self.k * self.scale

    @property
    def extent(self) -> tuple[float, float]:
        # Laurent and Massart (2000), lemma 1: with e^-x = 1e-9, a bound on the upper tail.
        above = math.sqrt(2.0 * self.k * _RARE) + _RARE
        return 0.0, (self.k + above) * self.scale

    def quantile(self, u: U) -> U:
        return like(u, special().gammaincinv(self.k, u) * self.scale)


@dataclass(frozen=True)
class Lognormal(Distribution):
    """A ratio above 0 whose logarithm is normal with mean mu and standard deviation sigma."""

    mu: float
    sigma: float

    @property
    def mean(self) -> float:
        return math.exp(self.mu + self.sigma**2 / 2.0)

    @property
    def extent(self) -> tuple[float, float]:
        far = _SIX * self.sigma
        return math.exp(self.mu - far), math.exp(min(700.0, self.mu + far))

    def quantile(self, u: U) -> U:
        return like(u, np.exp(self.mu + self.sigma * special().ndtri(u)))


@dataclass(frozen=True)
class Pert(Distribution):
    """Between low and high, likeliest at mode: a beta stretched over the range."""

    low: float
    mode: float
    high: float

    @property
    def a(self) -> float:
        """First parameter of the beta: 1 + 4 (mode - low) / (high - low)."""
        return 1.0 + 4.0 * (self.mode - self.low) / (self.high - self.low)

    @property
    def b(self) -> float:
        """Second parameter of the beta: 1 + 4 (high - mode) / (high - low)."""
        return 1.0 + 4.0 * (self.high - self.mode) / (self.high - self.low)

    @property
    def mean(self) -> float:
        return (self.low + 4.0 * self.mode + self.high) / 6.0

    @property
    def extent(self) -> tuple[float, float]:
        return self.low, self.high

    def quantile(self, u: U) -> U:
        share = special().betaincinv(self.a, self.b, u)
        return like(u, self.low + (self.high - self.low) * share)


@dataclass(frozen=True)
class Triangular(Distribution):
    """Between low and high, falling off in straight lines from mode."""

    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.mode + self.high) / 3.0

    @property
    def extent(self) -> tuple[float, float]:
        return self.low, self.high

    def quantile(self, u: U) -> U:
        span, share = self.high - self.low, np.asarray(u)
        rising = self.low + np.sqrt(share * span * (self.mode - self.low))
        falling = self.high - np.sqrt((1.0 - share) * span * (self.high - self.mode))
        return like(u, np.where(share * span < self.mode - self.low, rising, falling))


@dataclass(frozen=True)
class Uniform(Distribution):
    """Anything between low and high, equally likely."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2.0

    @property
    def extent(self) -> tuple[float, float]:
        return self.low, self.high

    def quantile(self, u: U) -> U:
        return like(u, self.low + (self.high - self.low) * np.asarray(u))


@dataclass(frozen=True)
class Normal(Distribution):
    """As likely above the mean as below it, without end: where values below 0 make sense."""

    centre: float
    sd: float

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def extent(self) -> tuple[float, float]:
        return self.centre - _SIX * self.sd, self.centre + _SIX * self.sd

    def quantile(self, u: U) -> U:
        return like(u, self.centre + self.sd * special().ndtri(u))


def like(u: U, values: Any) -> U:
    """Values as what u was: a float for a float, an array for an array."""
    return float(values) if isinstance(u, (int, float)) else np.asarray(values, dtype=np.float64)
