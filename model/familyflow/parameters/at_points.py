"""Values at the points of a sweep: some numbers at places in their belief, the rest as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from familyflow.parameters.correlations import Correlation
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution, special
from familyflow.parameters.drawn_values import DrawnValues, Floats
from familyflow.parameters.draws import Columns, column_name, correlated, draws_from_columns
from familyflow.parameters.parameter import Parameter

_HALVINGS = 60  # of the stretch from 0 to 1: as far as numbers of 64 bits tell places apart
_NEXT_TO_END = 2.0**-53


def values_at(
    parameters: Mapping[str, Parameter],
    uniforms: Mapping[str, Floats],
    count: int,
    correlations: Sequence[Correlation] = (),
) -> DrawnValues:
    """The values at these points: each number at the quantile of its uniform, NaN for as stated.

    uniforms: by the names of `uncertain`, an array (point,) each, strictly between 0 and 1 or NaN;
    a name without an array stays as stated. Correlations turn uniforms into correlated ones at
    points where a whole block moves. Shares of a table: at a point where all of them move they
    are drawn together; where one alone does, it stands at its own quantile and the others share
    what is left in proportion. Raises ValueError where some move and some do not.
    """
    given = correlated(uniforms, correlations)
    columns: Columns = {}
    for name, parameter in parameters.items():
        belief = parameter.distribution
        if isinstance(belief, Distribution) and name in given:
            columns[name] = _quantiles(belief, given[name], float(str(parameter.value)))
        elif isinstance(belief, Dirichlet):
            columns |= _shares(parameter, belief, given, count)
    return draws_from_columns(parameters, columns, count)


def place_of(parameter: Parameter, element: str | None = None, value: float | None = None) -> float:
    """The uniform at which a number has this value; next to an end where the value is beyond it.

    element: the share of a table that is meant. value: by default the stated one.
    """
    low, high = 0.0, 1.0
    wanted = stated_value(parameter, element) if value is None else value
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if quantile_of(parameter, middle, element) < wanted:
            low = middle
        else:
            high = middle
    return min(max((low + high) / 2.0, _NEXT_TO_END), 1.0 - _NEXT_TO_END)


def quantile_of(parameter: Parameter, uniform: float, element: str | None = None) -> float:
    """The value at a uniform of the belief about one number, or about one share by itself."""
    belief = parameter.distribution
    if isinstance(belief, Distribution):
        return belief.quantile(uniform)
    assert isinstance(belief, Dirichlet)
    return float(_alone(belief, _place(parameter, element), np.array([uniform]))[0])


def stated_value(parameter: Parameter, element: str | None = None) -> float:
    """The stated value of a number, or of one share of a table."""
    if isinstance(parameter.distribution, Dirichlet):
        return parameter.distribution.shares[_place(parameter, element)]
    return float(str(parameter.value))


def _place(parameter: Parameter, element: str | None) -> int:
    return [str(one) for one in parameter.table].index(str(element))


def _quantiles(belief: Distribution, uniforms: Floats, stated: float) -> Floats:
    moved = np.isfinite(uniforms)
    found = np.full(len(uniforms), stated)
    if moved.any():
        found[moved] = belief.quantile(uniforms[moved])
    return found


def _shares(
    parameter: Parameter, belief: Dirichlet, given: Mapping[str, Floats], count: int
) -> Columns:
    names = {place: column_name(parameter, place) for place in belief.drawn}
    if not any(name in given for name in names.values()):
        return {}
    nowhere = np.full(count, np.nan)
    uniforms = np.array([given.get(name, nowhere) for name in names.values()])
    moved = np.isfinite(uniforms)
    parts = np.tile(np.array(belief.shares)[:, np.newaxis], count)
    together, number = moved.all(axis=0), moved.sum(axis=0)
    if together.any():
        of_place = {place: uniforms[row, together] for row, place in enumerate(names)}
        parts[:, together] = np.array(belief.parts(of_place))
    for row, place in enumerate(names):
        alone = moved[row] & (number == 1) & ~together
        if alone.any():
            share = _alone(belief, place, uniforms[row, alone])
            rest = (1.0 - share) / (1.0 - belief.shares[place])
            parts[:, alone] *= rest
            parts[place, alone] = share
    if ((number > 1) & ~together).any():
        raise ValueError(f"some shares of {parameter.name} move and others do not")
    return {column_name(parameter, place): part for place, part in enumerate(parts)}


def _alone(belief: Dirichlet, place: int, uniforms: Floats) -> Floats:
    """One share by itself: a beta, whatever the others are."""
    weight = belief.shares[place] * belief.concentration
    rest = sum(belief.shares) * belief.concentration - weight
    return np.asarray(special().betaincinv(weight, rest, uniforms), dtype=np.float64)
