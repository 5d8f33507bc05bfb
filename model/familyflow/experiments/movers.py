"""The uncertain numbers that the net saving moves with most, found among the draws of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, Final

import pandas as pd

from familyflow.experiments.sensitivity.ranks import Ranked, ranked
from familyflow.parameters.parameter import Parameter

TARGET: Final = "money.net_saving"
CHANCE: Final = 0.01  # that any number at all would be named by luck alone
FEWEST_DRAWS: Final = 20  # below which no number is named
COLUMNS: Final = (
    "key", "part", "label", "unit", "rank_correlation", "by_luck", "by_luck_of_any",
    "lowest_fifth_ends_at", "highest_fifth_begins_at",
    "net_saving_in_lowest_fifth", "net_saving_in_highest_fifth",
)  # fmt: skip


def moved(
    draws: pd.DataFrame, parameters: Mapping[str, Parameter], outside: Set[str] = frozenset()
) -> list[dict[str, Any]]:
    """Every number that was drawn, with how it went with the net saving, strongest first.

    draws: a row a draw, as in draws.parquet. A rank correlation sees what moves up or down
    throughout, and nothing that is the same in every draw. by_luck: the chance that luck alone
    shows as much of this number; by_luck_of_any: of any of them (Bonferroni). Of a table only the
    part that tells most is named. None where the draws are too few or the answer never moves.
    outside: keys of those that cannot touch the net saving, so that luck alone could name them.
    """
    if len(draws) < FEWEST_DRAWS:
        return []
    can = parameters.keys() - outside
    names = [str(name) for name in draws if key_of(name) in can]
    found = ranked(draws[names], draws[TARGET])
    return [_row(one, parameters[key_of(one.name)], len(found)) for one in _one_a_number(found)]


def movers_of(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that move the net saving more than luck would, so that few draws name few numbers."""
    return [row for row in rows if row["by_luck_of_any"] < CHANCE]


def movers_table(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """What movers.csv holds: every number, or a header alone."""
    return pd.DataFrame(rows, columns=list(COLUMNS))


def key_of(column: object) -> str:
    """The number's name; a table's parts are drawn as name[part]."""
    return str(column).partition("[")[0]


def _one_a_number(found: Sequence[Ranked]) -> list[Ranked]:
    """Strongest first, each number once; the order of the draws settles what is equal."""
    strongest: dict[str, Ranked] = {}
    for one in sorted(found, key=lambda one: -abs(one.correlation)):
        strongest.setdefault(key_of(one.name), one)
    return list(strongest.values())


def _row(one: Ranked, parameter: Parameter, looked_at: int) -> dict[str, Any]:
    key, _, part = one.name.partition("[")
    told = (
        key, part.removesuffix("]"), parameter.label, parameter.unit, one.correlation,
        one.by_luck, min(1.0, one.by_luck * looked_at), one.low, one.high, one.at_low, one.at_high,
    )  # fmt: skip
    return dict(zip(COLUMNS, told, strict=True))
