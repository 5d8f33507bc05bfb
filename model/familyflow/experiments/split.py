"""What makes draws differ: the numbers drawn, who the families are, or what happens to them.

A draw is simulated three times: with its own families and events, with the same families and other
events, and with other families and other events. Half the mean squared difference between the
first two is the variance of chance among the same families; between the first and the third, that
of families and chance together (analysis of variance of nested chance). The rest of the variance
between draws is doubt about the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEAST_DRAWS = 3
TOTAL, PARAMETERS, FAMILIES, CHANCE = range(4)


@dataclass(frozen=True)
class Part:
    """A part of the variance between draws: as measured, and as used, which is never below 0.

    variance and its standard error are in the square of the figure's unit. Shares are of the
    variance between draws; those measured add up to 1, and so do those used. None where nothing
    varies. Standard errors are of what was measured, by jackknife over draws.
    """

    variance: float
    standard_error: float
    share: float | None
    share_standard_error: float | None
    used: float
    used_share: float | None


@dataclass(frozen=True)
class Split:
    """The variance between draws of one figure, and its three parts."""

    total: Part
    parameters: Part  # what is believed: the numbers drawn
    families: Part  # who is referred, and when
    chance: Part  # what happens to the same families
    draws: int
    same_families: int  # draws simulated again with the same families
    again: int  # draws simulated again with other families


def split_variance(values: Floats, same_families: Floats, again: Floats) -> Split | None:
    """Split the variance between draws of one figure; None with fewer than 3 draws of any kind.

    values: one simulation of each draw, each with a luck of its own. same_families: the first draws
    again with the same families and other events; again: the first draws again with other families
    and other events.
    """
    if min(len(values), len(same_families), len(again)) < LEAST_DRAWS:
        return None
    together = _half_squares(values, again)
    within = _half_squares(values, same_families)
    variances = _parts(
        np.var(values, ddof=1, keepdims=True),
        within.mean(keepdims=True),
        together.mean(keepdims=True),
    )[:, 0]
    draws = len(values)
    left_out = _parts(
        _variances_without(values), _means_without(within, draws), _means_without(together, draws)
    )
    errors, total = _jackknife(left_out), float(variances[TOTAL])
    share_errors = _jackknife(_shares(left_out))
    used = _used(variances)
    total_part, parameters, families, chance = (
        Part(
            variance=float(variances[part]),
            standard_error=float(errors[part]),
            share=_share(float(variances[part]), total),
            share_standard_error=float(share_errors[part]) if total > 0 else None,
            used=float(used[part]),
            used_share=_share(float(used[part]), total),
        )
        for part in (TOTAL, PARAMETERS, FAMILIES, CHANCE)
    )
    return Split(
        total=total_part,
        parameters=parameters,
        families=families,
        chance=chance,
        draws=draws,
        same_families=len(same_families),
        again=len(again),
    )


def _half_squares(values: Floats, others: Floats) -> Floats:
    """Half the squared differences of draws that were simulated twice: variances of chance."""
    halves: Floats = (values[: len(others)] - others) ** 2 / 2.0
    return halves


def _parts(total: Floats, within: Floats, together: Floats) -> Floats:
    """Total, parameters, families and chance: (4, estimate)."""
    return np.stack([total, total - together, together - within, within])


def _used(variances: Floats) -> Floats:
    """None below 0, and no more of families and chance than there is variance."""
    total, _, families, chance = np.maximum(variances, 0.0)
    most = min(1.0, total / (families + chance)) if families + chance > 0 else 1.0
    families, chance = families * most, chance * most
    return np.array([total, max(0.0, total - families - chance), families, chance])


def _variances_without(values: Floats) -> Floats:
    """The variance between the other draws, leaving out each in turn."""
    draws, off = len(values), values - values.mean()
    found: Floats = (np.sum(off**2) - off**2 * draws / (draws - 1)) / (draws - 2)
    return found


def _means_without(squares: Floats, draws: int) -> Floats:
    """The mean of the other squares, leaving out each of the draws, which may be more, in turn."""
    means = np.full(draws, squares.mean())
    means[: len(squares)] = (squares.sum() - squares) / (len(squares) - 1)
    return means


def _shares(parts: Floats) -> Floats:
    total = parts[TOTAL]
    shares: Floats = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return shares


def _share(part: float, total: float) -> float | None:
    return part / total if total > 0 else None


def _jackknife(left_out: Floats) -> Floats:
    """Standard errors of estimates (estimate, draw left out)."""
    draws = left_out.shape[1]
    off = left_out - left_out.mean(axis=1, keepdims=True)
    errors: Floats = np.sqrt((draws - 1) / draws * np.sum(off**2, axis=1))
    return errors
