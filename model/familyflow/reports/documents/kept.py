"""Reads from a run's folder what the documents tell, and refuses what is no run or is damaged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from familyflow.problems import bad_input
from familyflow.reports.documents.clean import MOST_OF_A_NAME, MOST_OF_A_TITLE, clean, cleaned
from familyflow.store import Manifest, read_manifest, what_is_wrong

RESULTS: Final = "results.json"
RUN: Final = "run"  # kinds of what a folder holds
COMPARISON: Final = "comparison"
TABLES: Final = ("assumptions", "budget", "costs", "movers", "savings")
SERVED: Final = "who_is_served"  # a table that not every run has
FIGURES: Final = (  # in the order in which a document shows them
    "cost_and_savings", "journey", "waiting_and_caseload", "in_care", "payback",
    "break_even_curve",
    "movers",
)  # fmt: skip
DRAWS: Final = "draws.parquet"
QUANTITIES: Final = "quantities.parquet"
MEASURED: Final = (
    "measured_parents", "measured_children", "risk_at_entry", "risk_at_exit",
    "difficulties_at_entry", "difficulties_at_exit", "wellbeing_at_entry", "wellbeing_at_exit",
)  # fmt: skip
MOST_NAMED: Final = 5  # files in one message
MOST_IN_ALT_TEXT: Final = 2_000  # characters: every bar of a chart is told

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """A figure of the run: SVG as text, PNG as bytes, and its alternative text."""

    name: str
    svg: str
    png: bytes
    alt_text: str


@dataclass(frozen=True)
class Kept:
    """What a run keeps, every text made harmless.

    results: as results.json. parameters: key -> value, unit, table ... of the run's inputs.
    tables: rows of tables/<name>.csv. draws: a row a draw, as draws.parquet. measured: a row a
    draw, the sums of scores of those measured twice, as in quantities.parquet. pictures: the charts
    that were made.
    """

    results: Mapping[str, Any]
    parameters: Mapping[str, Any]
    finished: str
    tables: Mapping[str, list[Row]] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    draws: pd.DataFrame = field(default_factory=pd.DataFrame)
    measured: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_kept(folder: Path) -> Kept:
    """A finished run of one scenario.

    Raises InputError where the folder holds no such run, or one whose files were changed.
    """
    manifest = read_manifest(folder)
    if kind_of(manifest) != RUN:
        raise bad_input(
            "that is no run of one scenario, so no such document is made of it",
            "Give the folder of a run that `familyflow run` has left.",
            where=str(folder),
        )
    results = _sound_results(folder, manifest)
    return Kept(
        results={**cleaned(results), "title": clean(str(results["title"]), MOST_OF_A_TITLE)},
        parameters=cleaned(manifest.inputs["parameters"]),
        finished=manifest.finished,
        tables={name: rows_of(folder / "tables" / f"{name}.csv") for name in TABLES}
        | {SERVED: served_rows(folder, manifest)},
        pictures=tuple(_pictures(folder, manifest)),
        draws=pd.read_parquet(folder / DRAWS),
        measured=_measured(folder / QUANTITIES),
    )


def table_of(kept: Kept, key: str) -> Mapping[str, float]:
    """A table of the run's inputs by its keys, or nothing."""
    held = kept.parameters.get(key, {}).get("table", {})
    return held if isinstance(held, Mapping) else {}


def kind_of(manifest: Manifest) -> str:
    """What a folder holds: RUN, COMPARISON, or nothing that a document is made of."""
    asked = set(manifest.asked)
    if {"scenario", "reprice"} & asked:
        return RUN
    return COMPARISON if "compare" in asked else ""


def has_cost_case(folder: Path, manifest: Manifest) -> bool:
    """Whether a cost case is made of the run: not of one without a service.

    True of what is no run, which is refused elsewhere. Raises InputError where it is damaged.
    """
    if kind_of(manifest) != RUN:
        return True
    results = _sound_results(folder, manifest)
    return is_paid_for(results, rows_of(folder / "tables" / "budget.csv"))


def is_paid_for(results: Mapping[str, Any], budget: Sequence[Row]) -> bool:
    """Whether there is a service that costs anything, and a budget of it."""
    return bool(results["money"]["cost"]["mean"]) and bool(budget)


def read_comparison(folder: Path) -> Kept:
    """A finished comparison: its results, with the numbers and draws of all options below another.

    Raises InputError where the folder holds none, or one whose files were changed.
    """
    manifest = read_manifest(folder)
    if kind_of(manifest) != COMPARISON:
        raise bad_input(
            "that is no comparison of options",
            "Give the folder that `familyflow compare` has left.",
            where=str(folder),
        )
    results = cleaned(_sound_results(folder, manifest))
    titled = [{**row, "title": clean(str(row["title"]), MOST_OF_A_NAME)}
              for row in results["options"]]  # fmt: skip
    return Kept(
        results={**results, "options": titled},
        parameters=cleaned(manifest.inputs["parameters"]),
        finished=manifest.finished,
        tables={"assumptions": rows_of(folder / "tables" / "assumptions.csv")},
        draws=pd.read_parquet(folder / DRAWS),
    )


def of_option(kept: Kept, name: str) -> Kept:
    """What a comparison keeps of one option, as a run of it would have kept it."""
    results = next(row for row in kept.results["options"] if row["option"] == name)
    rows = [row for row in kept.tables["assumptions"] if row["option"] == name]
    draws = kept.draws[kept.draws["option"] == name].drop(columns="option")
    return Kept(results, kept.parameters, kept.finished, {"assumptions": rows}, (), draws)


def _sound_results(folder: Path, manifest: Manifest) -> Any:
    """What results.json holds; refused where a file is not as it was written."""
    wrong = what_is_wrong(folder, manifest)
    if wrong:
        raise bad_input(
            f"the run is damaged: {'; '.join(wrong[:MOST_NAMED])}",
            "Run it again.",
            where=str(folder),
        )
    return json.loads((folder / RESULTS).read_text(encoding="utf-8"))


def rows_of(file: Path) -> list[Row]:
    """The rows of a table of the run, every text made harmless."""
    if not file.read_text(encoding="utf-8").strip():
        return []  # a table without rows has no header either
    table = pd.read_csv(file, keep_default_na=False)
    return [cleaned(row) for row in table.to_dict("records")]


def served_rows(folder: Path, manifest: Manifest) -> list[Row]:
    """Who is served, group by group; no rows of a run without a service, or made before."""
    file = f"tables/{SERVED}.csv"
    return rows_of(folder / file) if file in manifest.files else []


def _measured(file: Path) -> pd.DataFrame:
    """What was measured of families with the service, by draw and quantity."""
    rows = pd.read_parquet(
        file,
        columns=["draw", "event", "quantity"],
        filters=[("event", "in", MEASURED), ("arm", "==", "with")],
    )
    return rows.pivot_table(
        index="draw", columns="event", values="quantity", aggfunc="sum", fill_value=0.0
    )


def _pictures(folder: Path, manifest: Manifest) -> list[Picture]:
    """The charts that were made; a run may have none."""
    if "figures/alt_text.json" not in manifest.files:
        return []
    figures = folder / "figures"
    words = json.loads((figures / "alt_text.json").read_text(encoding="utf-8"))
    return [
        Picture(
            name,
            (figures / f"{name}.svg").read_text(encoding="utf-8"),
            (figures / f"{name}.png").read_bytes(),
            clean(words[name], MOST_IN_ALT_TEXT),
        )
        for name in FIGURES
        if name in words
    ]
