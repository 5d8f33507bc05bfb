"""Reads back from a run's folder what was simulated and solved, exactly as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from familyflow.experiments.answer import Unpriced
from familyflow.experiments.inputs import Drawn, Settings
from familyflow.experiments.keep import QUANTITIES, SINGLE_FIGURES, TWICE
from familyflow.experiments.quantities import ARMS, Floats
from familyflow.experiments.quantity_names import Quantity, quantities_in
from familyflow.experiments.sampling import draws_twice
from familyflow.experiments.summed import Summed

UNPRICED = ("weekly", "calibration", "solved_effects")  # tables that no price touches


def read_summed(folder: Path, drawn: Drawn) -> Summed:
    """All that pricing reads, as it was simulated. drawn: draws of the same plan and settings."""
    settings, values = drawn.settings, drawn.base
    years = int(values["appraisal.term_years"]) + int(values["appraisal.watched_years"])
    names = quantities_in(values)
    shape = (settings.draws, settings.replications, len(ARMS), years, 2, len(names))
    figures, figures_again = _single_figures(folder / SINGLE_FIGURES, settings)
    main = Summed(_quantities(folder / QUANTITIES, shape, names), figures)
    twice = draws_twice(settings)
    if not twice:
        return main
    again = _quantities(folder / TWICE, (twice, 1, *shape[2:]), names, first_replication=1)
    both = {
        name: np.concatenate([figures[name][:twice, :1], figures_again[name]], axis=1)
        for name in figures
    }
    pairs = np.concatenate([main.quantities[:twice, :1], again], axis=1)
    return replace(main, twice=Summed(pairs, both))


def read_unpriced(folder: Path) -> Unpriced:
    """The tables and the account of solving, which a price cannot change."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    tables = {name: _table(folder / "tables" / f"{name}.csv") for name in UNPRICED}
    return Unpriced(tables, results["calibration"])


def _table(path: Path) -> pd.DataFrame:
    """A table with every number exactly as it was written: pandas' own reader may miss a digit."""
    texts = pd.read_csv(path, dtype=str)
    return pd.DataFrame({name: _numbers(list(texts[name])) for name in texts})


def _numbers(texts: list[Any]) -> list[Any]:
    """Whole numbers or decimals where all are (blanks are 'not a number' already), else text."""
    for kind in (int, float):
        try:
            return [kind(text) for text in texts]
        except ValueError:
            continue
    return texts


def _quantities(
    path: Path, shape: tuple[int, ...], names: Sequence[Quantity], first_replication: int = 0
) -> Floats:
    """Quantities (draw, replication, arm, year, window, quantity); what has no row is zero."""
    rows = pq.read_table(path).to_pandas()
    amounts = np.zeros(shape)
    arms = rows["arm"].map({arm: place for place, arm in enumerate(ARMS)})
    places = rows["event"].map({quantity.name: place for place, quantity in enumerate(names)})
    columns = (
        rows["draw"],
        rows["replication"] - first_replication,
        arms,
        rows["year"],
        rows["in_follow_up"],
        places,
    )
    where = tuple(column.to_numpy(dtype=np.int64) for column in columns)
    amounts[where] = rows["quantity"].to_numpy()
    return amounts


def _single_figures(path: Path, settings: Settings) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Figures by name (draw, replication), and those of the draws simulated twice (draw, 1)."""
    rows = pq.read_table(path).to_pandas()
    names = list(dict.fromkeys(rows["figure"]))
    values = rows["value"].to_numpy(dtype=np.float64).reshape(-1, len(names))
    simulated = settings.draws * settings.replications
    main = values[:simulated].reshape(settings.draws, settings.replications, len(names))
    again = values[simulated:].reshape(-1, 1, len(names))
    return _by_name(names, main), _by_name(names, again)


def _by_name(names: Sequence[str], values: Floats) -> dict[str, Floats]:
    # laid out afresh, so that sums are added in the order in which they were added first
    return {name: np.ascontiguousarray(values[..., place]) for place, name in enumerate(names)}
