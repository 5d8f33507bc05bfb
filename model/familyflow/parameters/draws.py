"""The numbers of one draw: each uncertain one at its own luck, everything else as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from familyflow.luck import Luck, Words, parameter_word
from familyflow.parameters.correlations import Correlation, blocks
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution
from familyflow.parameters.parameter import Parameter, Varies
from familyflow.parameters.references import names_drawn


def base_values(parameters: Mapping[str, Parameter]) -> dict[str, object]:
    """Every parameter at its stated value (not its mean): number, text, table, Varies or line."""
    return _complete(parameters, {})


def drawn_values(
    parameters: Mapping[str, Parameter],
    seed: int,
    draw: int,
    correlations: Sequence[Correlation] = (),
) -> dict[str, object]:
    """Every parameter in one draw: uncertain ones at the luck of their name, the rest as stated."""
    names = tuple(uncertain(parameters))
    luck = Luck(seed, draw, 0).block(_words(names), 0).tolist()
    uniforms = dict(zip(names, luck, strict=True))
    return draw_from_uniforms(parameters, uniforms, correlations)


def draw_from_uniforms(
    parameters: Mapping[str, Parameter],
    uniforms: Mapping[str, float],
    correlations: Sequence[Correlation] = (),
) -> dict[str, object]:
    """Every parameter with the uncertain ones at these uniforms; those without one stay as stated.

    Names are those of `uncertain`. Uniforms lie strictly between 0 and 1. Correlations turn the
    uniforms of their keys into correlated ones, where a uniform is given for all of a block.
    """
    ready = dict(uniforms)
    for block in blocks(correlations):
        if all(key in ready for key in block.keys):
            correlated = block.uniforms([ready[key] for key in block.keys])
            ready.update(zip(block.keys, correlated, strict=True))
    drawn: dict[str, object] = {}
    for name, parameter in parameters.items():
        distribution = parameter.distribution
        if isinstance(distribution, Distribution) and name in ready:
            drawn[name] = distribution.quantile(ready[name])
        elif isinstance(distribution, Dirichlet):
            table = _shares(parameter, distribution, ready)
            if table is not None:
                drawn[name] = table
    return _complete(parameters, drawn)


def uncertain(parameters: Mapping[str, Parameter]) -> list[str]:
    """The names that are drawn: `key`, or `key[element]` for the shares of a table.

    The last share of a table takes what is left and has no name of its own.
    """
    return [name for parameter in parameters.values() for name in names_drawn(parameter)]


@cache
def _words(names: tuple[str, ...]) -> Words:
    return np.array([parameter_word(name) for name in names], dtype=np.uint64)


def _shares(
    parameter: Parameter, distribution: Dirichlet, uniforms: Mapping[str, float]
) -> dict[str, float] | None:
    elements = list(parameter.table)
    names = {place: f"{parameter.name}[{elements[place]}]" for place in distribution.drawn}
    if not all(name in uniforms for name in names.values()):
        return None
    parts = distribution.parts({place: uniforms[name] for place, name in names.items()})
    return dict(zip(elements, parts, strict=True))


def _complete(
    parameters: Mapping[str, Parameter], drawn: Mapping[str, object]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, parameter in parameters.items():
        if name in drawn:
            values[name] = drawn[name]
        elif parameter.is_line:
            values[name] = parameter.line()
        elif parameter.table is not None:
            values[name] = _copy(parameter.table)
        elif parameter.varies is None:
            values[name] = parameter.value
    for name, parameter in parameters.items():
        if parameter.varies is not None:
            values[name] = _resolved(parameter.varies, values)
    return {name: values[name] for name in parameters}


def _resolved(varies: Varies, values: Mapping[str, Any]) -> Varies:
    settings = {
        name: float(values[setting] if isinstance(setting, str) else setting)
        for name, setting in varies.settings.items()
    }
    return Varies(varies.by, varies.shape, settings)


def _copy(table: Any) -> Any:
    if isinstance(table, dict):
        return {name: _copy(value) for name, value in table.items()}
    if isinstance(table, list):
        return [_copy(value) for value in table]
    return table
