"""What a run leaves in its folder: tables as CSV, the answer as JSON, the numbers as Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from familyflow.experiments.answer import Answer
from familyflow.experiments.blocks import Block
from familyflow.experiments.quantities import ARMS, Floats
from familyflow.experiments.quantity_names import Quantity
from familyflow.specification.journal import COLUMNS, UNITS, Event
from familyflow.store import RunFolder, json_text

DRAWS, QUANTITIES, TWICE = "draws.parquet", "quantities.parquet", "quantities_twice.parquet"
BY_MONTH, SINGLE_FIGURES = "quantities_by_month.parquet", "single_figures.parquet"
JOURNAL = "journal.parquet"


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV with full precision and one kind of line end.

    A text that a spreadsheet would run as a formula is kept a text by an apostrophe.
    """
    harmless = table.map(lambda cell: f"'{cell}" if _is_formula(cell) else cell)
    return harmless.to_csv(index=False, lineterminator="\n")


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables that a finished run or experiment keeps, by name; one without columns is empty."""
    found = {}
    for path in sorted((folder / "tables").glob("*.csv")):
        empty = not path.read_text(encoding="utf-8").strip()
        found[path.stem] = pd.DataFrame() if empty else pd.read_csv(path)
    return found


class Table:
    """A Parquet file written a block of draws at a time, with page checksums."""

    def __init__(self, path: Path) -> None:
        self._path, self.rows = path, 0
        self._writer: pq.ParquetWriter | None = None

    def add(self, block: pa.Table) -> None:
        """Write one more block, as a row group of its own."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, block.schema, write_page_checksum=True)
        self._writer.write_table(block, row_group_size=max(1, block.num_rows))
        self.rows += block.num_rows

    def close(self) -> int:
        """Finish the file; returns the rows written."""
        if self._writer is not None:
            self._writer.close()
        return self.rows


def write_table(path: Path, table: pa.Table) -> int:
    """Write a table at once; returns its rows."""
    whole = Table(path)
    whole.add(table)
    return whole.close()


def write_answer(folder: RunFolder, answer: Answer) -> dict[str, int]:
    """Write what pricing found: results, summary, tables and draws; returns the rows written."""
    folder.write("results.json", json_text(answer.results))
    folder.write("summary.csv", csv_text(answer.summary))
    for name, table in answer.tables.items():
        folder.write(f"tables/{name}.csv", csv_text(table))
    table = pa.Table.from_pandas(answer.draws, preserve_index=False)
    return {DRAWS: write_table(folder.place(DRAWS), table)}


class Keeper:
    """Writes what was simulated as it comes, all that pricing reads, block by block."""

    def __init__(
        self,
        folder: RunFolder,
        scenario: str,
        quantities: Sequence[Quantity],
        *,
        journal: bool,
        months: bool,
        twice: bool,
    ) -> None:
        self._scenario, self._quantities = scenario, quantities
        wanted = {
            QUANTITIES: True, TWICE: twice, BY_MONTH: months, JOURNAL: journal,
        }  # fmt: skip
        self._tables = {
            name: Table(folder.place(name)) for name, is_wanted in wanted.items() if is_wanted
        }
        self._folder = folder
        self._figures: list[tuple[int, int, Mapping[str, Floats]]] = []
        self._again: list[tuple[int, int, Mapping[str, Floats]]] = []

    def add(self, block: Block) -> None:
        """Write one block of draws."""
        first = block.first
        self._write(QUANTITIES, quantity_table(block.quantities, first, 0, self._quantities))
        self._figures.append((first, 0, block.figures))
        if block.again is not None:
            again = quantity_table(block.again.quantities, first, 1, self._quantities)
            self._write(TWICE, again)
            self._again.append((first, 1, block.again.figures))
        if block.by_month is not None:
            months = quantity_table(block.by_month, first, 0, self._quantities, months=True)
            self._write(BY_MONTH, months)
        for draw, journals in enumerate(block.journals or (), start=first):
            for replication, arms in enumerate(journals):
                for arm, rows in zip(ARMS, arms, strict=True):
                    table = _journal_table(rows, self._scenario, arm, draw, replication)
                    self._write(JOURNAL, table)

    def close(self) -> dict[str, int]:
        """Finish every file; returns the rows written, by file."""
        rows = {name: table.close() for name, table in self._tables.items()}
        figures = single_figure_table([*self._figures, *self._again])
        return rows | {SINGLE_FIGURES: write_table(self._folder.place(SINGLE_FIGURES), figures)}

    def _write(self, name: str, table: pa.Table) -> None:
        self._tables[name].add(table)


def quantity_table(
    amounts: Floats,
    first_draw: int,
    first_replication: int,
    quantities: Sequence[Quantity],
    *,
    months: bool = False,
) -> pa.Table:
    """The quantities of a block of draws that are not zero, a row each.

    amounts: (draw, replication, arm, period, window, quantity).
    """
    found = np.flatnonzero(amounts != 0.0)  # half the time of asking for places by axis
    draw, replication, arm, period, window, place = np.unravel_index(found, amounts.shape)
    names = [quantity.name for quantity in quantities]
    units = [quantity.unit for quantity in quantities]
    return pa.table(
        {
            "draw": pa.array(draw + first_draw, pa.int32()),
            "replication": pa.array(replication + first_replication, pa.int32()),
            "arm": _words(arm, ARMS),
            "month" if months else "year": pa.array(period, pa.int32()),
            "in_follow_up": pa.array(window, pa.int8()),
            "event": _words(place, names),
            "unit": _words(place, units),
            "quantity": pa.array(amounts.ravel()[found], pa.float64()),
        }
    )


def _words(places: npt.NDArray[np.intp], words: Sequence[str]) -> pa.Array:
    """The word of each place, kept once and pointed to."""
    each = list(dict.fromkeys(words))  # no word twice: a dictionary is written as it stands
    number = np.array([each.index(word) for word in words], dtype=np.int32)
    numbers = pa.array(number[places], pa.int32())
    return pa.DictionaryArray.from_arrays(numbers, pa.array(each, pa.string()))


def single_figure_table(blocks: Sequence[tuple[int, int, Mapping[str, Floats]]]) -> pa.Table:
    """single_figures.parquet: figures that no sum gives, by draw and replication.

    blocks: first draw, first replication, and figures by name (draw, replication). Replication 1
    of a draw simulated twice only to measure chance stands here like any other, after the rest.
    """
    columns: dict[str, list[Any]] = {"draw": [], "replication": [], "figure": [], "value": []}
    for first, first_replication, figures in blocks:
        names = list(figures)
        values = np.stack([figures[name] for name in names], axis=-1)  # draw, replication, figure
        draw, replication, place = np.indices(values.shape).reshape(3, -1)
        columns["draw"].append(draw + first)
        columns["replication"].append(replication + first_replication)
        columns["figure"].append(np.array(names, dtype=object)[place])
        columns["value"].append(values.ravel())
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    return pa.table(
        {
            "draw": pa.array(joined["draw"], pa.int32()),
            "replication": pa.array(joined["replication"], pa.int32()),
            "figure": pa.array(joined["figure"], pa.string()),
            # what never happened in a draw has no value
            "value": pa.array(joined["value"], pa.float64(), from_pandas=True),
        }
    )


def _journal_table(
    rows: np.ndarray, scenario: str, arm: str, draw: int, replication: int
) -> pa.Table:
    count = len(rows)
    columns = dict(zip(COLUMNS, rows.T, strict=True))
    events = [Event(code) for code in columns["event"].tolist()]
    whole = {
        name: pa.array(columns[name], pa.int64())
        for name in ("source", "family", "child", "worker", "group", "quantity")
    }
    return pa.table(
        {
            "scenario": pa.array([scenario] * count, pa.string()),
            "arm": pa.array([arm] * count, pa.string()),
            "draw": pa.array([draw] * count, pa.int32()),
            "replication": pa.array([replication] * count, pa.int32()),
            "day": pa.array(columns["day"], pa.int64()),
            "phase": pa.array(columns["phase"], pa.int64()),
            "event": pa.array([event.name.lower() for event in events], pa.string()),
            **whole,
            "unit": pa.array([UNITS[event] for event in events], pa.string()),
        }
    )
