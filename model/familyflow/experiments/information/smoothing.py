"""Expected quantities of each draw, learnt from all draws, without the chance of one simulation.

What a draw's simulation shows is the expected quantity under its parameters plus chance. Quantities
are regressed on the parameters, with a ridge penalty, and each draw's expected ones are read off a
fit to the other folds only (draw number modulo 5): a draw's own chance has no part in them. Price
the smoothed quantities exactly afterwards: a fit in pounds cannot hold price times quantity.

Draws come block by block and are not kept. Sums are kept instead, for each fold: columns by columns
and columns by quantities. Other blocks add them in another order, which moves the last digits only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from familyflow.economics.decisions import same_draws
from familyflow.experiments.information.basis import Basis, Floats
from familyflow.problems import bad_input

FOLDS = 5
RIDGES = (1e-6, 1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
LIGHT = (0.01,)  # for the value of information: spreads as far as it must (`spread`)
_MOST_JUDGED = 500
_ROUNDING = 1e-12  # of the squares: what is left of a constant

Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Smoothed:
    """The fits: coefficients (fold, column, output), each of the draws of the other folds.

    ridge: the penalty used, as a multiple of the variance of a column. r2 (output,): the share of
    the variance between draws, chance included, that draws of other folds foretell; below 0 where
    the mean does better, and 0 for what does not vary. target_r2: that of the target.
    """

    basis: Basis
    ridge: float
    coefficients: Floats
    r2: Floats
    target_r2: float

    def predictor(self, fold: int) -> Floats:
        """Coefficients (column, output) for draws of this fold."""
        return np.asarray(self.coefficients[fold])

    def predict(self, x: Floats, first_draw: int = 0) -> Floats:
        """Expected quantities (draw, output) of parameters x (draw, parameter), out of fold.

        first_draw: the number of the first row, as it was when the draws were fed.
        """
        columns = self.basis.columns(x)
        made = np.empty((len(columns), self.coefficients.shape[2]))
        for fold in range(FOLDS):
            rows = _rows_of(fold, first_draw)
            made[rows] = columns[rows] @ self.coefficients[fold]
        return made


class Smoother:
    """Collects what is needed of blocks of draws; `fit` then makes the fits.

    target (output,): weights of the sum of quantities by which the penalty is chosen, e.g. their
    mean prices; without it all quantities count alike, each in its own standard deviations. Where
    there are many, at most 500 of them are judged, evenly spaced.
    """

    def __init__(self, basis: Basis, target: Floats | None = None) -> None:
        self.basis = basis
        self._target = None if target is None else np.asarray(target, dtype=np.float64)
        self._counts = np.zeros(FOLDS)
        self._gram = np.zeros((FOLDS, basis.size, basis.size))
        self._cross: Floats = np.empty((FOLDS, basis.size, 0))
        self._squares: Floats = np.empty((FOLDS, 0))

    def feed(self, x: Floats, quantities: Floats, first_draw: int = 0) -> None:
        """Add draws first_draw, first_draw + 1 ...: x (draw, parameter), quantities (draw, output).

        InputError if the two differ in draws, or the outputs from those of earlier blocks.
        """
        columns, amounts = self.basis.columns(x), self._with_target(quantities)
        same_draws(parameters=len(columns), quantities=len(amounts))
        if not self._counts.any():
            self._cross = np.zeros((FOLDS, self.basis.size, amounts.shape[1]))
            self._squares = np.zeros((FOLDS, amounts.shape[1]))
        if amounts.shape[1] != self._cross.shape[2]:
            raise bad_input("a block of draws has other quantities than the first")
        for fold in range(FOLDS):
            rows = _rows_of(fold, first_draw)
            some, here = columns[rows], amounts[rows]
            self._counts[fold] += len(some)
            self._gram[fold] += some.T @ some
            self._cross[fold] += some.T @ here
            self._squares[fold] += np.einsum("ij,ij->j", here, here)

    def fit(self, ridges: Sequence[float] = RIDGES) -> Smoothed:
        """The fits with the penalty that foretells best; InputError with fewer than 10 draws.

        What foretells best is drawn in too far for the value of information where draws are few:
        fit with LIGHT for that, and let `spread.matched` take out the chance it took in.
        """
        if self._counts.min() < 2:
            raise bad_input(f"{int(self._counts.sum())} draws are too few to smooth", "Give 10.")
        judged = self._judged()
        left = [self._left_over(self._solved(ridge, judged), judged) for ridge in ridges]
        scores = [float(np.mean(self._r2(each, judged))) for each in left]
        ridge = ridges[int(np.argmax(scores))]
        everything = np.arange(self._cross.shape[2])
        coefficients = self._solved(ridge, everything)
        r2 = self._r2(self._left_over(coefficients, everything), everything)
        outputs = len(r2) - (self._target is not None)
        return Smoothed(self.basis, ridge, coefficients[:, :, :outputs], r2[:outputs], max(scores))

    def _with_target(self, quantities: Floats) -> Floats:
        """The quantities, with the target as one more where there is one."""
        amounts = np.asarray(quantities, dtype=np.float64)
        if amounts.ndim != 2 or not np.isfinite(amounts).all():
            raise bad_input("quantities must be a table (draw, output) without gaps")
        if self._target is None:
            return amounts
        if self._target.shape != amounts.shape[1:]:
            raise bad_input(f"{self._target.size} weights for {amounts.shape[1]} quantities")
        return np.column_stack([amounts, amounts @ self._target])

    def _judged(self) -> Places:
        """The outputs by which the penalty is chosen: the target, or some that vary."""
        outputs = self._cross.shape[2]
        if self._target is not None:
            return np.array([outputs - 1])
        varying = np.flatnonzero(self._about_mean(np.arange(outputs)) > 0)
        if not varying.size:
            return np.arange(outputs)
        return varying[:: -(-varying.size // _MOST_JUDGED)]

    def _solved(self, ridge: float, outputs: Places) -> Floats:
        """Coefficients (fold, column, output): each fold from the sums of all the others."""
        gram, cross = self._gram.sum(axis=0), self._cross[:, :, outputs].sum(axis=0)
        penalty = np.full(self.basis.size, ridge)
        penalty[0] = 0.0
        return np.stack(
            [
                np.linalg.solve(
                    gram
                    - self._gram[fold]
                    + np.diag(penalty * (self._counts.sum() - self._counts[fold])),
                    cross - self._cross[fold][:, outputs],
                )
                for fold in range(FOLDS)
            ]
        )

    def _left_over(self, coefficients: Floats, outputs: Places) -> Floats:
        """Squared errors of the draws of every fold, foretold by the others, summed (output,)."""
        left = np.zeros(len(outputs))
        for fold in range(FOLDS):
            fit, cross = coefficients[fold], self._cross[fold][:, outputs]
            left += self._squares[fold][outputs]
            left += np.einsum("kj,kj->j", fit, self._gram[fold] @ fit - 2.0 * cross)
        return left

    def _about_mean(self, outputs: Places) -> Floats:
        """Sum of squares about the mean of all draws (output,); exactly 0 for what is constant."""
        squares = self._squares[:, outputs].sum(axis=0)
        mean = self._cross[:, 0, outputs].sum(axis=0) / self._counts.sum()
        about = squares - self._counts.sum() * mean**2
        return np.where(about > _ROUNDING * squares, about, 0.0)

    def _r2(self, left: Floats, outputs: Places) -> Floats:
        about = self._about_mean(outputs)
        return np.where(about > 0, 1.0 - left / np.where(about > 0, about, 1.0), 0.0)


def share_foretold(raw: Floats, smoothed: Floats) -> Floats:
    """The share of the variance of raw values (draw, ...) that smoothed ones hold; by column.

    With smoothed values out of fold, priced exactly, this is the R2 of net benefit itself.
    """
    same_draws(raw=len(raw), smoothed=len(smoothed))
    left = ((raw - smoothed) ** 2).sum(axis=0)
    about = ((raw - raw.mean(axis=0)) ** 2).sum(axis=0)
    return np.where(about > 0, 1.0 - left / np.where(about > 0, about, 1.0), 0.0)


def _rows_of(fold: int, first_draw: int) -> slice:
    """The rows of a block that belong to a fold, where the block begins with this draw."""
    return slice((fold - first_draw) % FOLDS, None, FOLDS)
