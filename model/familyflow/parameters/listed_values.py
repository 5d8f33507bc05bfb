"""Doubt told by a list: a few values with their shares, or the values seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from familyflow.parameters.distributions import Distribution, U, like


@dataclass(frozen=True)
class Discrete(Distribution):
    """One of a few values, each with its share."""

    values: tuple[float, ...]
    shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean of the belief."""
        return math.fsum(v * s for v, s in zip(self.values, self.shares, strict=True))

    @property
    def extent(self) -> tuple[float, float]:
        """The least and the greatest value."""
        return min(self.values), max(self.values)

    def quantile(self, u: U) -> U:
        """The value below which the share u of the belief lies."""
        order = np.argsort(self.values, kind="stable")
        cumulated = np.cumsum(np.asarray(self.shares)[order])[:-1]
        return like(u, np.asarray(self.values)[order][np.searchsorted(cumulated, u, side="right")])


@dataclass(frozen=True)
class Empirical(Distribution):
    """One of the values seen, each as likely as the others."""

    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean of the belief."""
        return math.fsum(self.values) / len(self.values)

    @property
    def extent(self) -> tuple[float, float]:
        """The least and the greatest value."""
        return min(self.values), max(self.values)

    def quantile(self, u: U) -> U:
        """The value below which the share u of the belief lies."""
        ranks = np.floor(np.asarray(u) * len(self.values)).astype(np.int64)
        return like(u, np.sort(self.values)[np.minimum(ranks, len(self.values) - 1)])
