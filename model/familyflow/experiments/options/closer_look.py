"""A closer look at each option: who is served, and what its spread between draws is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from familyflow.experiments.closer import closer_look
from familyflow.experiments.family_groups import GROUPS
from familyflow.experiments.first_draws import MOST_DRAWS
from familyflow.experiments.gathering import Gathering
from familyflow.experiments.inputs import Progress
from familyflow.experiments.options.simulate import OptionRun
from familyflow.experiments.per_draw import Figures
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.served_tables import equity, served_table
from familyflow.experiments.split import Part, split_variance
from familyflow.experiments.statistics import Floats
from familyflow.experiments.who_is_served import Served

# Whose spread is taken apart: what options are ranked by, and what commissioners ask of first.
TAKEN_APART: Final = (
    ("money.net_present_value", "net public value"),
    ("money.cost", "cost"),
    ("money.fiscal_saving", "public spending avoided"),
    ("flow.families_started", "families started"),
    ("flow.care_weeks_avoided", "care weeks avoided"),
)


Three = tuple[Floats, Floats, Floats]


@dataclass(frozen=True)
class Seen:
    """One option seen closer: who is served, and its first draws with the same families again."""

    run: OptionRun
    served: Served
    same_families: Figures


def look_closer(
    runs: Sequence[OptionRun], engine: str, workers: int, progress: Progress
) -> list[Seen]:
    """Simulate the first draws of every option again, for what a run's sums do not tell."""
    seen = []
    for run in runs:
        look = closer_look(run.inputs, engine, workers, MOST_DRAWS, progress)
        draws = len(look.same_families.quantities)
        gathering = Gathering(
            run.inputs.resolved.parameters,
            run.inputs.values[:draws],
            quantities_in(run.inputs.base),
        )
        gathering.add(0, look.same_families)
        seen.append(Seen(run, look.served, gathering.priced().figures.main))
    return seen


def split_of(seen: Sequence[Seen]) -> list[dict[str, Any]]:
    """The variance between draws of each figure, of every option and of its difference.

    Parts: parameters (what is believed), families (who is referred) and chance (what happens to the
    same families). Structure is not among them: it is not drawn, and stands beside (`structures`).
    """
    rows = []
    for name, label in TAKEN_APART:
        for one in seen:
            rows.append(_split_row(label, one.run.name, _three(one, name)))
        for one in seen[1:]:
            about = f"{one.run.name} less {seen[0].run.name}"
            rows.append(_split_row(label, about, _less(_three(one, name), _three(seen[0], name))))
    return rows


def served_by_option(seen: Sequence[Seen]) -> pd.DataFrame:
    """Who is served, group by group, of every option."""
    tables = []
    for one in seen:
        table = served_table(one.served)
        table.insert(0, "option", one.run.name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def shares_served(seen: Sequence[Seen]) -> list[dict[str, Any]]:
    """Of the families of each group who are referred: the share that starts, by option."""
    referred, started = ([one.served.of(what) for one in seen] for what in ("referred", "started"))
    rows = []
    for place, (grouping, group) in enumerate(GROUPS):
        came = [float(amount[:, place].sum()) for amount in referred]
        served = [float(amount[:, place].sum()) for amount in started]
        shares = {
            one.run.name: part / whole if whole else None
            for one, part, whole in zip(seen, served, came, strict=True)
        }
        rows.append({"grouping": grouping, "group": group, "share_starting": shares})
    return rows


def equity_by_option(seen: Sequence[Seen]) -> pd.DataFrame:
    """Of each group, the share of families referred who start, beside the first option."""
    tables = [_empty_equity(seen[0])] if len(seen) == 1 else []
    for one in seen[1:]:
        table = equity(one.served, seen[0].served)
        table.insert(0, "less", seen[0].run.name)
        table.insert(0, "option", one.run.name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _empty_equity(one: Seen) -> pd.DataFrame:
    return equity(one.served, one.served).iloc[:0]


def _three(one: Seen, name: str) -> Three:
    """By draw: as it was, with the same families again, and with other families."""
    own = one.run.main[name].by_replication()
    twice = one.run.twice
    again = own[:, 1:2] if twice is None else twice[name].by_replication()[:, 1:2]
    return own[:, 0], one.same_families[name].by_replication()[:, 0], again.reshape(-1)


def _less(one: Three, other: Three) -> Three:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _split_row(figure: str, about: str, three: Three) -> dict[str, Any]:
    row: dict[str, Any] = {"figure": figure, "of": about}
    split = None
    if all(np.isfinite(values).all() for values in three):
        split = split_variance(*three)
    if split is None:
        reason = "too few draws, or none of them simulated twice"
        return {**row, "total_sd": None, "reason": reason}
    return {
        **row,
        "total_sd": float(np.sqrt(max(0.0, split.total.variance))),
        "parameters": _part(split.parameters),
        "families": _part(split.families),
        "chance": _part(split.chance),
        "draws": split.draws,
    }


def _part(part: Part) -> Mapping[str, float | None]:
    return {
        "share": part.used_share,
        "share_measured": part.share,
        "standard_error": part.share_standard_error,
    }
