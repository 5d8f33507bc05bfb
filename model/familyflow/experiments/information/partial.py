"""What certainty about one parameter, or a group of them, would be worth (EVPPI).

The gain of each option over the one that is best on the mean is regressed on the columns of one
basis that are made of the group's parameters only. One basis for all, so that a larger group has
every column of a smaller one, and knowing more is worth no less (up to chance). All regressions
come from one table of sums, so that hundreds of parameters take seconds.

A fit spreads too far: p columns add p x (variance left over) / n to the variance of what it fits,
which makes a useless parameter look worth something. Fits are drawn in towards their mean until
their variance is what is left without that (`uncorrected` is the value before). What chance still
leaves is measured with parameters that cannot matter: their own values, given to other draws.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from familyflow.economics.decisions import best_on_the_mean, checked, same_draws
from familyflow.experiments.information.basis import (
    CROSSED,
    Basis,
    Floats,
    checked_rows,
    fit_basis,
    strength,
)
from familyflow.experiments.information.perfect import standard_error, valued
from familyflow.problems import bad_input

_DRAWS_A_COLUMN = 8  # fewer draws than this for each column, and weak parameters get no spline
_SHRINK = 1e-9  # of the variance of a column: steadies columns that say the same
BINS = 20


class Part(NamedTuple):
    """EVPPI of a group in pounds, its standard error, and the value before correction.

    explained: the share of the variance of the gain (all options together) that the group holds.
    """

    value: float
    se: float
    uncorrected: float
    explained: float
    columns: int


@dataclass(frozen=True)
class Fit:
    """Expected gain of each option over the usual one (draw, option), given the group's parameters.

    As fitted, and as corrected for the spread that fitting adds. explained and columns: see `Part`.
    """

    uncorrected: Floats
    corrected: Floats
    explained: float
    columns: int


class Parts:
    """EVPPI of any group of parameters from one set of draws.

    nb: smoothed net benefit (draw, option), GBP, with a light penalty. x: parameters (draw,
    parameter). raw: net benefit as simulated, one replication or a mean; with it, correction and
    standard errors count the chance of the simulation, which went into the smoothing. basis:
    `best_basis` unless given.
    """

    def __init__(
        self, nb: Floats, x: Floats, raw: Floats | None = None, basis: Basis | None = None
    ) -> None:
        table, expected = checked_rows(x), checked(nb)
        simulated = expected if raw is None else checked(raw)
        same_draws(parameters=len(table), net_benefit=len(expected), raw=len(simulated))
        usual = best_on_the_mean(expected)
        self.gain = expected - expected[:, [usual]]
        self.raw_gain = simulated - simulated[:, [usual]]
        self.basis = best_basis(table, self.gain) if basis is None else basis
        self.columns = np.asfortranarray(self.basis.columns(table))
        self.gram = self.columns.T @ self.columns
        self.cross = self.columns.T @ self.gain

    def fit(self, parameters: Collection[int]) -> Fit:
        """The regression for a group, given by the places of its parameters in a row of x."""
        self._check(parameters)
        return self._fitted(parameters, self.cross, self.gain, self.raw_gain)

    def of(self, parameters: Collection[int]) -> Part:
        """EVPPI of a group."""
        return part(self.fit(parameters), self.raw_gain)

    def singles(self) -> list[Part]:
        """EVPPI of every parameter by itself, in their order."""
        return [self.of([parameter]) for parameter in range(self.basis.parameters)]

    def floor(self, shifts: int = 3, quantile: float = 0.95) -> float:
        """What useless parameters look worth after correction, GBP.

        This quantile over all parameters, each with the net benefit of draws a fixed way back: as
        simulated, since smoothing took in chance through the parameters of their own draws. One
        worth less than this is not distinguishable from one worth nothing.
        """
        draws, found = len(self.gain), []
        for shift in range(1, shifts + 1):
            gain = np.roll(self.raw_gain, shift * draws // (shifts + 1) + 1, axis=0)
            cross = self.columns.T @ gain
            for parameter in range(self.basis.parameters):
                found.append(worth(self._fitted([parameter], cross, gain, gain).corrected))
        return float(np.quantile(found, quantile))

    def _fitted(
        self, parameters: Collection[int], cross: Floats, gain: Floats, raw_gain: Floats
    ) -> Fit:
        own = self.basis.within(parameters)
        gram = self.gram[np.ix_(own, own)]
        return regressed(self.columns[:, own], gain, raw_gain, gram, cross[own])

    def _check(self, parameters: Collection[int]) -> None:
        unknown = sorted(set(parameters) - set(range(self.basis.parameters)))
        if unknown:
            raise bad_input(f"there is no parameter {unknown[0]} of {self.basis.parameters}")


def best_basis(x: Floats, gain: Floats, crossed: int = CROSSED) -> Basis:
    """As many splines as the draws bear, the strongest first, and pairs of the five strongest."""
    strengths = strength(x, gain)
    spare = len(x) // _DRAWS_A_COLUMN - x.shape[1] - crossed * (crossed - 1) // 2
    return fit_basis(x, strengths, curved=max(crossed, spare // 3), crossed=crossed)


def regressed(
    columns: Floats,
    gain: Floats,
    raw_gain: Floats,
    gram: Floats | None = None,
    cross: Floats | None = None,
) -> Fit:
    """Gains (draw, option) regressed on columns (draw, column), of which the first is 1.

    raw_gain: what the gains were learnt from; the variance it has beyond the fit says how far the
    fit spreads by itself. gram and cross: the sums over draws, where they are at hand.
    """
    gram = columns.T @ columns if gram is None else gram
    cross = columns.T @ gain if cross is None else cross
    draws, size = columns.shape
    steadied = gram + np.diag(np.r_[0.0, np.full(size - 1, _SHRINK * draws)])
    fitted = columns @ np.linalg.solve(steadied, cross)
    middle = fitted.mean(axis=0)
    off = fitted - middle
    left = ((raw_gain - fitted) ** 2).sum(axis=0) / max(1, draws - size)
    spread = (off**2).mean(axis=0)
    added = (size - 1) * left / draws
    kept = np.where(spread > 0, 1.0 - added / np.where(spread > 0, spread, 1.0), 0.0)
    total = float(gain.var(axis=0).sum())
    explained = float(spread.sum()) / total if total > 0 else 0.0
    corrected = middle + off * np.sqrt(np.maximum(kept, 0.0))
    return Fit(fitted, corrected, explained, size - 1)


def part(fit: Fit, raw_gain: Floats) -> Part:
    """The value of a fit, with the standard error of what its choices gain, draw by draw.

    Delta method, as for EVPI: a draw's influence is the gain of the option that is chosen knowing
    the group alone.
    """
    gained = valued(raw_gain, fit.corrected.argmax(axis=1))
    return Part(
        worth(fit.corrected),
        standard_error(gained),
        worth(fit.uncorrected),
        fit.explained,
        fit.columns,
    )


def worth(expected_gain: Floats) -> float:
    """E[max] - max E of fitted gains (draw, option), GBP; never below 0."""
    usual = best_on_the_mean(expected_gain)
    return float((expected_gain.max(axis=1) - expected_gain[:, usual]).mean())


def binned(nb: Floats, values: Floats, bins: int = BINS) -> float:
    """EVPPI of one parameter (draw,) by groups of equal count: a cross-check without a curve.

    The mean of each bin is taken for what is expected there: too low with few bins, and too high
    with many, in which means are uncertain (Strong and Oakley, Medical Decision Making 2013).
    """
    table = checked(nb)
    same_draws(net_benefit=len(table), parameter=len(values))
    if not 1 <= bins <= len(table):
        raise bad_input(f"there are {bins} bins for {len(table)} draws")
    order = np.argsort(values, kind="stable")
    edges = np.arange(bins) * len(table) // bins
    sums = np.add.reduceat(table[order], edges, axis=0)
    usual = best_on_the_mean(table)
    return float((sums.max(axis=1) - sums[:, usual]).sum() / len(table))
