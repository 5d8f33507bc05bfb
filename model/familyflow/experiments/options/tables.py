"""What a comparison found as tables, each a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from familyflow.experiments.options.closer_look import Seen, equity_by_option, served_by_option
from familyflow.experiments.options.plane import plane_of
from familyflow.experiments.options.savi import savi_tables
from familyflow.experiments.options.simulate import OptionRun

OF_FIGURE: Final = ("mean", "low", "p10", "p90", "high", "unit", "reason")


def tables_of(
    results: Mapping[str, Any], runs: Sequence[OptionRun], seen: Sequence[Seen]
) -> dict[str, pd.DataFrame]:
    """The comparison as tables, each a CSV file."""
    tables = {
        "options": _options_table(results),
        "differences": _differences_table(results),
        "given_up": pd.DataFrame(
            [{"option": row["option"], **row["means"]} for row in results["given_up"]]
        ),
        "what_differs": pd.DataFrame(
            [
                {"key": row["key"], "kind": row["kind"], **row["values"]}
                for row in results["what_differs"]
            ],
            columns=["key", "kind", *(run.name for run in runs)],
        ),
        "rankings": pd.DataFrame(
            [{"by": way["by"], **row} for way in results["rankings"] for row in way["order"]],
            columns=["by", "option", "rank", "mean", "low", "high", "unit", "reason"],
        ),
        "frontier": pd.DataFrame(list(_frontier_rows(results))),
        "extra_costs": pd.DataFrame(results["extra_costs"]),
        "stated_values": pd.DataFrame(results["stated_values"]),
        "net_flow_by_year": _flow_table(runs),
        "plane": plane_of(runs),
        "who_is_served": served_by_option(seen),
        "equity": equity_by_option(seen),
        "assumptions": _assumptions_table(runs),
        "split": _split_table(results),
        **_savi(runs),
    }
    if results["competing"]:
        tables["structures"] = pd.DataFrame(
            [
                {"kind": row["kind"], "name": row["name"], "best": row["best_on_the_mean"],
                 **row["net_present_value"]}
                for row in results["structures"]
            ]
        )  # fmt: skip
    return tables


def _assumptions_table(runs: Sequence[OptionRun]) -> pd.DataFrame:
    """Every number of every option, as tables/assumptions.csv of a run has it."""
    tables = [run.answer.tables["assumptions"].assign(option=run.name) for run in runs]
    whole = pd.concat(tables, ignore_index=True)
    return whole[["option", *(name for name in whole if name != "option")]]


def _options_table(results: Mapping[str, Any]) -> pd.DataFrame:
    rows = []
    for option in results["options"]:
        for part in ("flow", "money"):
            for name, figure in option[part].items():
                kept = {
                    key: figure.get(key)
                    for key in ("mean", "low", "p10", "p90", "high", "unit", "reason")
                }
                rows.append({"option": option["option"], "part": part, "figure": name, **kept})
    return pd.DataFrame(rows)


def _differences_table(results: Mapping[str, Any]) -> pd.DataFrame:
    columns = (
        "mean",
        "low",
        "p10",
        "p90",
        "high",
        "monte_carlo_low",
        "monte_carlo_high",
        "unit",
        "reason",
    )
    rows = [
        {"option": row["option"], "less": row["less"], "part": part, "figure": name,
         **{column: figure.get(column) for column in columns}}
        for row in results["differences"]
        for part in ("flow", "money")
        for name, figure in row[part].items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _frontier_rows(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for axis in results["frontier"]:
        for point in axis["points"]:
            yield {
                "axis": axis["axis"],
                "unit": axis["unit"],
                "at": point["at"],
                "best_on_the_mean": point["best_on_the_mean"],
                "frontier": point["frontier"],
                **{f"best: {name}": share for name, share in point["probability_best"].items()},
            }


def _split_table(results: Mapping[str, Any]) -> pd.DataFrame:
    parts = ("parameters", "families", "chance")
    return pd.DataFrame(
        [
            {
                "figure": row["figure"],
                "of": row["of"],
                "total_sd": row["total_sd"],
                **{
                    f"{part}_{key}": row[part][key] if part in row else None
                    for part in parts
                    for key in ("share", "standard_error")
                },
            }
            for row in results["split"]
        ]
    )


def _flow_table(runs: Sequence[OptionRun]) -> pd.DataFrame:
    """Cumulative net flow by year of every option, as each has it alone."""
    tables = []
    for run in runs:
        table = run.answer.tables["net_flow_by_year"].copy()
        table.insert(0, "option", run.name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _savi(runs: Sequence[OptionRun]) -> dict[str, pd.DataFrame]:
    """The three tables that SAVI reads."""
    return savi_tables([run for run in runs if run.option.has_service] or list(runs))
