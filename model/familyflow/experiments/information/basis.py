"""Columns made of the sampled parameters, on which quantities and net benefit are regressed.

A straight line for every parameter, a natural cubic spline for the strongest, and products of pairs
of the very strongest (Strong, Oakley and Brennan, Medical Decision Making 2014, use the like).
Parameters are scaled by their standard deviation, not by normal scores: most quantities are in
proportion to a parameter, which a straight line then holds exactly; a natural spline is straight
beyond its outer knots, so that long tails have little leverage; and a row can be mapped without
keeping the other rows. The columns of one parameter are orthonormal on the rows they were fitted
to, so that one ridge penalty means the same for each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from familyflow.economics.decisions import same_draws
from familyflow.problems import bad_input

Floats = npt.NDArray[np.float64]

CURVED, CROSSED = 10, 5
_KNOTS = (0.05, 0.275, 0.5, 0.725, 0.95)  # Harrell, Regression Modeling Strategies, table 2.3
_NOTHING = 1e-9  # of a standard deviation: what is left of a column that others already hold


@dataclass(frozen=True)
class Curve:
    """The columns of one parameter: a straight line, then those of a spline if it has knots."""

    parameter: int
    mean: float
    sd: float
    knots: Floats
    scale: Floats  # raw columns (1, line, spline ...) times this are orthonormal

    def columns(self, values: Floats) -> Floats:
        """(row, column) for values (row,) of the parameter."""
        line = (values - self.mean) / self.sd
        return np.asarray(_raw(line, self.knots) @ self.scale)


@dataclass(frozen=True)
class Basis:
    """Maps rows of parameters (row, parameter) to columns (row, column); the first is 1.

    members: for each column the parameters it is made of; none for the first.
    """

    parameters: int
    curves: tuple[Curve, ...]
    pairs: tuple[tuple[int, int], ...]
    pair_scale: Floats  # (pair, 2): mean and standard deviation
    members: tuple[frozenset[int], ...]

    @property
    def size(self) -> int:
        """How many columns, the first included."""
        return len(self.members)

    def columns(self, x: Floats) -> Floats:
        """The columns (row, column) of rows of parameters (row, parameter); any block of rows."""
        table = checked_rows(x)
        if table.shape[1] != self.parameters:
            raise bad_input(f"rows have {table.shape[1]} parameters, not {self.parameters}")
        parts = [np.ones((len(table), 1))]
        parts += [curve.columns(table[:, curve.parameter]) for curve in self.curves]
        if self.pairs:
            products = _products(_lines(self.curves, table), self.pairs)
            parts.append((products - self.pair_scale[:, 0]) / self.pair_scale[:, 1])
        return np.hstack(parts)

    def within(self, parameters: Collection[int]) -> npt.NDArray[np.intp]:
        """The places of the columns made of these parameters only, with the first.

        So nested sets of parameters have nested sets of columns.
        """
        wanted = set(parameters)
        return np.array([k for k, made_of in enumerate(self.members) if made_of <= wanted])


def fit_basis(
    x: Floats, strengths: Floats | None = None, *, curved: int = CURVED, crossed: int = CROSSED
) -> Basis:
    """The basis for parameters x (draw, parameter); those that do not vary are left out.

    strengths (parameter,): the `curved` strongest get a spline and every pair of the `crossed`
    strongest a product. Without strengths there are straight lines only.
    """
    table = checked_rows(x)
    varies = _varying(table)
    strongest = _strongest(strengths, varies, table.shape[1])
    bent = set(strongest[:curved])
    curves = tuple(_fit_curve(j, table[:, j], bent=j in bent) for j in varies)
    pairs, scale = _fit_pairs(curves, table, sorted(strongest[:crossed]))
    members = [frozenset[int]()]
    members += [frozenset({c.parameter}) for c in curves for _ in range(c.scale.shape[1])]
    members += [frozenset(pair) for pair in pairs]
    return Basis(table.shape[1], curves, pairs, scale, tuple(members))


def strength(x: Floats, y: Floats) -> Floats:
    """How strong each parameter is (parameter,); 0 for one that does not vary.

    The share of the variance of y (draw, output) that a spline in it alone holds, summed over the
    outputs.
    """
    table, outputs = checked_rows(x), np.asarray(y, dtype=np.float64).reshape(len(y), -1)
    same_draws(parameters=len(table), outputs=len(outputs))
    off = outputs - outputs.mean(axis=0)
    varying = off[:, off.std(axis=0) > 0]
    scaled = varying / varying.std(axis=0)
    found = np.zeros(table.shape[1])
    for j in _varying(table):
        columns = _fit_curve(j, table[:, j], bent=True).columns(table[:, j])
        found[j] = np.sum((columns.T @ scaled / len(table)) ** 2)
    return found


def checked_rows(x: Floats) -> Floats:
    """Parameters as an array (row, parameter); InputError if empty, or a number is missing."""
    table = np.asarray(x, dtype=np.float64)
    if table.ndim != 2 or table.size == 0:
        raise bad_input(f"sampled parameters have shape {table.shape}", "One row for each draw.")
    if not np.isfinite(table).all():
        row = int(np.flatnonzero(~np.isfinite(table).all(axis=1))[0])
        raise bad_input(f"row {row} of the sampled parameters has a missing or infinite number")
    return table


def _varying(table: Floats) -> list[int]:
    spread, size = table.std(axis=0), np.abs(table).max(axis=0)
    return [int(j) for j in np.flatnonzero(spread > 1e-12 * size)]


def _strongest(strengths: Floats | None, varies: Sequence[int], parameters: int) -> list[int]:
    if strengths is None:
        return []
    if np.shape(strengths) != (parameters,):
        raise bad_input(f"there are {np.size(strengths)} strengths for {parameters} parameters")
    return sorted(varies, key=lambda j: (-strengths[j], j))


def _fit_curve(parameter: int, values: Floats, *, bent: bool) -> Curve:
    mean, sd = float(values.mean()), float(values.std())
    line = (values - mean) / sd
    knots = np.unique(np.quantile(line, _KNOTS)) if bent else np.empty(0)
    if len(knots) < 3:
        knots = np.empty(0)
    return Curve(parameter, mean, sd, knots, _orthonormal(_raw(line, knots)))


def _raw(line: Floats, knots: Floats) -> Floats:
    """1, the straight line, and the natural cubic spline of these knots (row, column).

    Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, equation 5.4.
    """
    parts = [np.ones_like(line), line]
    if knots.size:
        beyond = np.maximum(line[:, np.newaxis] - knots, 0.0) ** 3
        slopes = (beyond[:, :-1] - beyond[:, -1:]) / (knots[-1] - knots[:-1])
        parts += list((slopes[:, :-1] - slopes[:, -1:]).T)
    return np.column_stack(parts)


def _orthonormal(raw: Floats) -> Floats:
    """What turns raw columns into orthonormal ones, without the constant.

    Each in turn is freed of those before it, and left out if nothing remains.
    """
    left = np.abs(np.diagonal(np.linalg.qr(raw, mode="r")))
    keep = np.flatnonzero(left > _NOTHING * np.linalg.norm(raw, axis=0))
    triangle = np.asarray(np.linalg.qr(raw[:, keep], mode="r"))
    triangle *= np.sign(np.diagonal(triangle))[:, np.newaxis]  # so that a line keeps its sign
    scale = np.zeros((raw.shape[1], len(keep) - 1))
    scale[keep] = np.linalg.inv(triangle)[:, 1:] * np.sqrt(len(raw))
    return scale


def _lines(curves: Sequence[Curve], table: Floats) -> dict[int, Floats]:
    return {c.parameter: (table[:, c.parameter] - c.mean) / c.sd for c in curves}


def _products(lines: dict[int, Floats], pairs: Sequence[tuple[int, int]]) -> Floats:
    return np.column_stack([lines[a] * lines[b] for a, b in pairs])


def _fit_pairs(
    curves: Sequence[Curve], table: Floats, strongest: Sequence[int]
) -> tuple[tuple[tuple[int, int], ...], Floats]:
    pairs = list(combinations(strongest, 2))
    if not pairs:
        return (), np.empty((0, 2))
    products = _products(_lines(curves, table), pairs)
    mean, sd = products.mean(axis=0), products.std(axis=0)
    varies = sd > _NOTHING
    kept = tuple(pair for pair, used in zip(pairs, varies, strict=True) if used)
    return kept, np.column_stack([mean, sd])[varies]
