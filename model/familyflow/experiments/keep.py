"""What a run leaves in its folder: tables as CSV, the answer as JSON, the numbers as Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from familyflow.experiments.answer import Answer
from familyflow.experiments.quantities import ARMS, Floats
from familyflow.experiments.quantity_names import Quantity
from familyflow.experiments.sampling import Simulations
from familyflow.experiments.simulation import Simulated
from familyflow.specification.journal import COLUMNS, UNITS, Event
from familyflow.store import RunFolder, json_text

DRAWS, QUANTITIES, TWICE = "draws.parquet", "quantities.parquet", "quantities_twice.parquet"
BY_MONTH, SINGLE_FIGURES = "quantities_by_month.parquet", "single_figures.parquet"
BLOCK = 64  # draws written at a time, so that memory does not grow with the draws


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV with full precision and one kind of line end.

    A text that a spreadsheet would run as a formula is kept a text by an apostrophe.
    """
    harmless = table.map(lambda cell: f"'{cell}" if _is_formula(cell) else cell)
    return harmless.to_csv(index=False, lineterminator="\n")


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r")


def write_parquet(path: Path, blocks: Iterator[pa.Table]) -> int:
    """Write blocks one after another, with page checksums; returns the rows written."""
    rows, writer = 0, None
    for block in blocks:
        if writer is None:
            writer = pq.ParquetWriter(path, block.schema, write_page_checksum=True)
        writer.write_table(block)
        rows += block.num_rows
    if writer is not None:
        writer.close()
    return rows


def write_answer(folder: RunFolder, answer: Answer) -> dict[str, int]:
    """Write what pricing found: results, summary, tables and draws; returns the rows written."""
    folder.write("results.json", json_text(answer.results))
    folder.write("summary.csv", csv_text(answer.summary))
    for name, table in answer.tables.items():
        folder.write(f"tables/{name}.csv", csv_text(table))
    return {DRAWS: write_parquet(folder.place(DRAWS), draws_blocks(answer.draws))}


def write_simulated(
    folder: RunFolder, simulations: Simulations, quantities: Sequence[Quantity], *, months: bool
) -> dict[str, int]:
    """Write what was simulated, all that pricing reads; returns the rows written, by file."""
    files = {
        QUANTITIES: quantity_blocks(simulations.main, quantities),
        SINGLE_FIGURES: single_figure_blocks(simulations),
    }
    if simulations.twice:
        again = [[one] for one in simulations.twice]
        files[TWICE] = quantity_blocks(again, quantities, first_replication=1)
    if months:
        files[BY_MONTH] = quantity_blocks(simulations.main, quantities, months=True)
    return {name: write_parquet(folder.place(name), blocks) for name, blocks in files.items()}


def quantity_blocks(
    simulated: Sequence[Sequence[Simulated]],
    quantities: Sequence[Quantity],
    *,
    first_replication: int = 0,
    months: bool = False,
) -> Iterator[pa.Table]:
    """Blocks of draws of quantities.parquet: the quantities that are not zero, a row each."""
    for first in range(0, len(simulated), BLOCK):
        draws = range(first, min(first + BLOCK, len(simulated)))
        parts = [
            _rows_of(one.by_month if months else one.quantities, draw, replication, quantities)
            for draw in draws
            for replication, one in enumerate(simulated[draw], start=first_replication)
        ]
        yield _quantity_table(parts, quantities, months=months)


def single_figure_blocks(simulations: Simulations) -> Iterator[pa.Table]:
    """single_figures.parquet: figures that no sum gives, by draw and replication.

    Replication 1 of a draw simulated twice only to measure chance stands here like any other.
    """
    again = ((draw, 1, one) for draw, one in enumerate(simulations.twice))
    main = (
        (draw, replication, one)
        for draw, ones in enumerate(simulations.main)
        for replication, one in enumerate(ones)
    )
    rows = [
        (draw, replication, name, value)
        for draw, replication, one in chain(main, again)
        for name, value in one.figures.items()
    ]
    draws, replications, names, values = zip(*rows, strict=True)
    yield pa.table(
        {
            "draw": pa.array(draws, pa.int32()),
            "replication": pa.array(replications, pa.int32()),
            "figure": pa.array(names, pa.string()),
            # what never happened in a draw has no value
            "value": pa.array(np.array(values), pa.float64(), from_pandas=True),
        }
    )


def journal_blocks(simulations: Simulations, scenario: str) -> Iterator[pa.Table]:
    """journal.parquet, a draw at a time."""
    for draw, ones in enumerate(simulations.main):
        for replication, one in enumerate(ones):
            if one.journal is None:
                continue
            for arm, rows in zip(ARMS, one.journal, strict=True):
                yield _journal_table(rows, scenario, arm, draw, replication)


def draws_blocks(table: pd.DataFrame) -> Iterator[pa.Table]:
    """draws.parquet: a row a draw."""
    yield pa.Table.from_pandas(table, preserve_index=False)


def _rows_of(
    amounts: Floats | None, draw: int, replication: int, quantities: Sequence[Quantity]
) -> Mapping[str, np.ndarray]:
    assert amounts is not None
    arm, period, window, place = np.nonzero(amounts)
    return {
        "draw": np.full(len(arm), draw),
        "replication": np.full(len(arm), replication),
        "arm": arm,
        "period": period,
        "in_follow_up": window,
        "place": place,
        "quantity": amounts[arm, period, window, place],
    }


def _quantity_table(
    parts: Sequence[Mapping[str, np.ndarray]], quantities: Sequence[Quantity], *, months: bool
) -> pa.Table:
    joined = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    names = np.array([quantity.name for quantity in quantities], dtype=object)
    units = np.array([quantity.unit for quantity in quantities], dtype=object)
    arms = np.array(ARMS, dtype=object)
    return pa.table(
        {
            "draw": pa.array(joined["draw"], pa.int32()),
            "replication": pa.array(joined["replication"], pa.int32()),
            "arm": pa.array(arms[joined["arm"]], pa.string()),
            "month" if months else "year": pa.array(joined["period"], pa.int32()),
            "in_follow_up": pa.array(joined["in_follow_up"], pa.int8()),
            "event": pa.array(names[joined["place"]], pa.string()),
            "unit": pa.array(units[joined["place"]], pa.string()),
            "quantity": pa.array(joined["quantity"], pa.float64()),
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
