"""Reads back from a run's folder what was simulated and solved, exactly as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
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
from familyflow.experiments.sampling import draws_twice, firsts, in_block, twice_in_block
from familyflow.experiments.served_tables import WHO_IS_SERVED
from familyflow.experiments.summed import Summed

# tables that no price touches; who is served is told only where there is a service
UNPRICED = ("weekly", "calibration", "solved_effects", WHO_IS_SERVED)


def read_blocks(folder: Path, drawn: Drawn) -> Iterator[tuple[int, Summed, Summed | None]]:
    """All that pricing reads, as it was simulated: first draw, block, and the extra replications.

    drawn: draws of the same plan and settings.
    """
    settings, values = drawn.settings, drawn.base
    years = int(values["appraisal.term_years"]) + int(values["appraisal.watched_years"])
    names = quantities_in(values)
    shape = (len(ARMS), years, 2, len(names))
    figures, figures_again = _single_figures(folder / SINGLE_FIGURES, settings)
    main = _Groups(folder / QUANTITIES, names)
    more = _Groups(folder / TWICE, names) if draws_twice(settings) else None
    for first in firsts(settings):
        draws, again = in_block(first, settings), twice_in_block(first, settings)
        block = Summed(
            main.next((draws, settings.replications, *shape), first, 0),
            {name: values[first : first + draws] for name, values in figures.items()},
        )
        extra = None
        if again and more is not None:
            extra = Summed(
                more.next((again, 1, *shape), first, 1),
                {name: values[first : first + again] for name, values in figures_again.items()},
            )
        yield first, block, extra


def read_unpriced(folder: Path) -> Unpriced:
    """The tables and the account of solving, which a price cannot change."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    files = {name: folder / "tables" / f"{name}.csv" for name in UNPRICED}
    tables = {name: _table(file) for name, file in files.items() if file.exists()}
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


class _Groups:
    """A file of quantities, read a row group (a block of draws) at a time."""

    def __init__(self, path: Path, names: Sequence[Quantity]) -> None:
        self._file = pq.ParquetFile(path)
        self._group = 0
        self._names = {quantity.name: place for place, quantity in enumerate(names)}

    def next(self, shape: tuple[int, ...], first_draw: int, first_replication: int) -> Floats:
        """Quantities (draw, replication, arm, year, window, quantity); what has no row is zero."""
        rows = self._file.read_row_group(self._group).to_pandas()
        self._group += 1
        amounts = np.zeros(shape)
        columns = (
            rows["draw"] - first_draw,
            rows["replication"] - first_replication,
            rows["arm"].map({arm: place for place, arm in enumerate(ARMS)}),
            rows["year"],
            rows["in_follow_up"],
            rows["event"].map(self._names),
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
