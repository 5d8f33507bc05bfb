"""The numbers of every draw: each uncertain one at its own luck, everything else as stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

import numpy as np

from familyflow.luck import Words, parameter_uniforms, parameter_word
from familyflow.parameters.correlations import Correlation, blocks
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution, special
from familyflow.parameters.drawn_values import DrawnValues, Floats
from familyflow.parameters.parameter import Parameter, Varies
from familyflow.parameters.references import names_drawn
from familyflow.specification.by_draw import as_number

Columns = dict[str, Floats]


def base_values(parameters: Mapping[str, Parameter]) -> dict[str, object]:
    """Every parameter at its stated value (not its mean): number, text, table, Varies or line."""
    values: dict[str, object] = {}
    for name, parameter in parameters.items():
        if parameter.is_line:
            values[name] = parameter.line()
        elif parameter.table is not None:
            values[name] = _copy(parameter.table)
        elif parameter.varies is None:
            values[name] = parameter.value
    for name, parameter in parameters.items():
        if parameter.varies is not None:
            values[name] = _resolved(parameter.varies, values)
    return {name: values[name] for name in parameters}


def drawn_values(
    parameters: Mapping[str, Parameter],
    seed: int,
    draw: int,
    correlations: Sequence[Correlation] = (),
) -> Mapping[str, Any]:
    """Every parameter in one draw."""
    return every_draw(parameters, seed, [draw], correlations)[0]


def every_draw(
    parameters: Mapping[str, Parameter],
    seed: int,
    draws: Iterable[int],
    correlations: Sequence[Correlation] = (),
    threads: int = 1,
) -> DrawnValues:
    """Every parameter in these draws: uncertain ones at the luck of their name, the rest as stated.

    No draw depends on the others, nor on the threads that share the work by number.
    """
    wanted = list(draws)
    uniforms = _independent(parameters, seed, wanted)
    return draws_from_uniforms(parameters, uniforms, correlations, len(wanted), threads)


def drawn_uniforms(
    parameters: Mapping[str, Parameter],
    seed: int,
    draws: Iterable[int],
    correlations: Sequence[Correlation] = (),
) -> dict[str, Floats]:
    """The uniform at which each number of `uncertain` stands in these draws, (draw,) each."""
    return correlated(_independent(parameters, seed, list(draws)), correlations)


def _independent(
    parameters: Mapping[str, Parameter], seed: int, draws: Sequence[int]
) -> dict[str, Floats]:
    names = tuple(uncertain(parameters))
    luck = parameter_uniforms(_words(names), np.array(draws, dtype=np.uint64), seed)
    return dict(zip(names, luck, strict=True))


def correlated(
    uniforms: Mapping[str, Floats], correlations: Sequence[Correlation]
) -> dict[str, Floats]:
    """The uniforms with those of each block correlated, where all of the block have one (not NaN).

    uniforms: an array (draw,) by name.
    """
    ready = dict(uniforms)
    for block in blocks(correlations):
        if not all(key in ready for key in block.keys):
            continue
        stacked = np.array([ready[key] for key in block.keys])
        together = np.isfinite(stacked).all(axis=0)
        if together.any():
            stacked[:, together] = block.uniforms(list(stacked[:, together]))
            ready.update(zip(block.keys, stacked, strict=True))
    return ready


def draw_from_uniforms(
    parameters: Mapping[str, Parameter],
    uniforms: Mapping[str, float],
    correlations: Sequence[Correlation] = (),
) -> Mapping[str, Any]:
    """Every parameter with the uncertain ones at these uniforms; those without one stay as stated.

    Names are those of `uncertain`; uniforms lie strictly between 0 and 1.
    """
    columns = {name: np.array([uniform]) for name, uniform in uniforms.items()}
    return draws_from_uniforms(parameters, columns, correlations, 1)[0]


def draws_from_uniforms(
    parameters: Mapping[str, Parameter],
    uniforms: Mapping[str, Floats],
    correlations: Sequence[Correlation],
    count: int,
    threads: int = 1,
) -> DrawnValues:
    """Draws whose uncertain numbers stand at these uniforms, an array (draw,) for each name.

    Correlations turn the uniforms of their keys into correlated ones, where a uniform is given for
    all of a block.
    """
    ready = correlated(uniforms, correlations)
    columns: Columns = {}
    for made in _in_threads(list(_work(parameters, ready)), threads):
        columns |= made
    return draws_from_columns(parameters, columns, count)


def draws_from_columns(
    parameters: Mapping[str, Parameter], columns: Columns, count: int
) -> DrawnValues:
    """Draws in which these names have these values, an array (draw,) each, and the rest is stated.

    Names are those of `uncertain`, with every share of a table that varies.
    """
    base = base_values(parameters)
    numbers = [name for name in columns if name in base]
    tables = {
        name: {element: f"{name}[{element}]" for element in parameter.table}
        for name, parameter in parameters.items()
        if isinstance(parameter.distribution, Dirichlet) and column_name(parameter, 0) in columns
    }
    varying = [
        (name, parameter.varies)
        for name, parameter in parameters.items()
        if parameter.varies is not None and not columns.keys().isdisjoint(_keys(parameter.varies))
    ]
    return DrawnValues(count, base, columns, partial(_complete, base, numbers, tables, varying))


def uncertain(parameters: Mapping[str, Parameter]) -> list[str]:
    """The names that are drawn: `key`, or `key[element]` for the shares of a table.

    The last share of a table takes what is left and has no name of its own.
    """
    return [name for parameter in parameters.values() for name in names_drawn(parameter)]


@cache
def _words(names: tuple[str, ...]) -> Words:
    return np.array([parameter_word(name) for name in names], dtype=np.uint64)


def _work(
    parameters: Mapping[str, Parameter], uniforms: Mapping[str, Floats]
) -> Iterator[Callable[[], Columns]]:
    """A piece of work for each number or table that has its uniforms."""
    for name, parameter in parameters.items():
        distribution = parameter.distribution
        if isinstance(distribution, Distribution) and name in uniforms:
            yield partial(_number, name, distribution, uniforms[name])
        elif isinstance(distribution, Dirichlet):
            given = {place: uniforms.get(column_name(parameter, place))
                     for place in distribution.drawn}  # fmt: skip
            there = {place: column for place, column in given.items() if column is not None}
            if len(there) == len(given):
                yield partial(_shares, name, parameter, distribution, there)


def _in_threads(work: Sequence[Callable[[], Columns]], threads: int) -> Iterable[Columns]:
    if threads == 1:
        return [piece() for piece in work]
    special()  # imported once, before threads ask for it
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda piece: piece(), work))


def _number(name: str, distribution: Distribution, uniforms: Floats) -> Columns:
    return {name: distribution.quantile(uniforms)}


def _shares(
    name: str, parameter: Parameter, distribution: Dirichlet, uniforms: Mapping[int, Floats]
) -> Columns:
    parts = distribution.parts(uniforms)
    return {column_name(parameter, place): part for place, part in enumerate(parts)}


def column_name(parameter: Parameter, place: int) -> str:
    """What the share at a place of a table is called among what is drawn."""
    return f"{parameter.name}[{list(parameter.table)[place]}]"


def _complete(
    base: Mapping[str, Any],
    numbers: Sequence[str],
    tables: Mapping[str, Mapping[str, str]],
    varying: Sequence[tuple[str, Varies]],
    drawn: Mapping[str, Any],
) -> dict[str, Any]:
    """A whole mapping from what is drawn in one draw, or from columns of it for several.

    What is not drawn is the same object in all.

    tables: the names of what is drawn, by element.
    """
    values = dict(base)
    for name in numbers:
        values[name] = drawn[name]
    for name, elements in tables.items():
        values[name] = {element: drawn[column] for element, column in elements.items()}
    for name, varies in varying:
        values[name] = _resolved(varies, values)
    return values


def _keys(varies: Varies) -> list[str]:
    """The parameters that its settings are."""
    return [setting for setting in varies.settings.values() if isinstance(setting, str)]


def _resolved(varies: Varies, values: Mapping[str, Any]) -> Varies:
    settings = {
        name: as_number(values[setting] if isinstance(setting, str) else setting)
        for name, setting in varies.settings.items()
    }
    return Varies(varies.by, varies.shape, settings)


def _copy(table: Any) -> Any:
    if isinstance(table, dict):
        return {name: _copy(value) for name, value in table.items()}
    if isinstance(table, list):
        return [_copy(value) for value in table]
    return table
