"""``compare``: two options or more under the same luck, down to the same family, side by side."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from familyflow.experiments.blocks import Block
from familyflow.experiments.comparison import comparison_of, tables_of
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.engines import DEFAULT_DRAWS, announce
from familyflow.experiments.follow_up import EXPECTED_INNER
from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.keep import (
    DRAWS,
    QUANTITIES,
    Table,
    csv_text,
    quantity_table,
    write_table,
)
from familyflow.experiments.options.axes import at_rates, net_flows
from familyflow.experiments.options.load import Option, load_options
from familyflow.experiments.options.simulate import OptionRun, draw_options, run_option
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.run import OUTPUTS, inputs_of, silent, unheard
from familyflow.experiments.workers import default_workers
from familyflow.store import Made, RunFolder, content_hash, find_run, identity, json_text, open_run
from familyflow.store import run_id as id_of

FILES = ("results.json", DRAWS, QUANTITIES)
Finish = Callable[[RunFolder, Mapping[str, Any], Mapping[str, pd.DataFrame]], None]


@dataclass(frozen=True)
class CompareResult:
    """A finished comparison: where it is kept and what it found."""

    folder: Path
    results: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
    already_there: bool = False
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def compare(
    scenarios: Sequence[str],
    *,
    draws: int | None = None,
    replications: int = 1,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    price_year: str | None = None,
    engine: str = DEFAULT_ENGINE,
    workers: int | None = None,
    out: Path | str | None = None,
    common_luck: bool = False,
    follow_up: str = "sampled",
    inner: int = EXPECTED_INNER,
    structures: bool = True,
    progress: Progress | None = None,
    finish: Finish | None = None,
    say: Callable[[str], object] = unheard,
) -> CompareResult:
    """Simulate and price options under the same luck, and keep what they give side by side.

    scenarios: two or more; the first is what the others are set against. price_year: the year in
    whose prices every option is told, whatever its own. The rest is as in `run`. Raises InputError
    (bad input; nothing written), RefusedError (other terms or price years), MachineError.
    """
    began = time.monotonic()
    check_engine(engine)
    show, count = progress or silent, default_workers() if workers is None else workers
    files = [Path(file) for file in parameter_files]
    options = load_options(scenarios, sets, files, price_year)
    settings = Settings(
        draws=DEFAULT_DRAWS[engine] if draws is None else draws,
        replications=replications,
        seed=options[0].resolved.seed if seed is None else seed,
        common_luck=common_luck,
        threads=count,
        follow_up=follow_up,
        inner=inner,
    )
    settings.check()
    made_of = {**inputs_of_options(options, settings), "structures": structures}
    fingerprint = content_hash(identity(made_of))
    folder = Path(out or OUTPUTS)
    name = id_of("compare_" + "_".join(option.name for option in options), fingerprint)
    if find_run(folder, name, fingerprint, FILES) is not None:
        return _kept(folder / name, options)
    asked: dict[str, Any] = {
        "compare": list(scenarios),
        "draws": settings.draws,
        "replications": replications,
        "seed": settings.seed,
        "common_luck": common_luck,
        **settings.told_of_follow_up(),
        "sets": list(sets),
        "parameter_files": [str(file) for file in files],
        "price_year": price_year,
        "structures": structures,
    }
    announce(engine, say, follow_up)
    inputs = draw_options(options, settings, show, engine)
    with open_run(folder, name) as run_folder:
        keeper = _Keeper(run_folder)
        rates = inputs[0].base["decision.discount_rates"]
        runs = [
            run_option(
                option,
                one,
                name,
                engine,
                count,
                show,
                (at_rates(rates), net_flows),
                keeper.of(option.name, one.base),
            )
            for option, one in zip(options, inputs, strict=True)
        ]
        results = comparison_of(name, runs, asked, settings, engine, count, show)
        tables = tables_of(results, runs)
        run_folder.write("results.json", json_text(results))
        for table, frame in tables.items():
            run_folder.write(f"tables/{table}.csv", csv_text(frame))
        rows = {**keeper.close(), DRAWS: write_table(run_folder.place(DRAWS), draws_table(runs))}
        if finish is not None:
            finish(run_folder, results, tables)
        made = Made(fingerprint, asked, made_of, engine, count, rows, results["warnings"], began)
        place = run_folder.finish(made)
    return CompareResult(place, results, _warnings(options, results), False, tables)


def inputs_of_options(options: Sequence[Option], settings: Settings) -> dict[str, Any]:
    """Everything that settles a comparison; `parameters` tells apart what differs by option."""
    each = {option.name: inputs_of(option.resolved, settings) for option in options}
    parameters = {name: one.pop("parameters") for name, one in each.items()}
    shared: dict[str, Any] = {}
    for name, values in parameters.items():
        for key, value in values.items():
            alike = all(other.get(key) == value for other in parameters.values())
            shared[key if alike else f"{key} in {name}"] = value
    return {"options": each, "parameters": shared}


def draws_table(runs: Sequence[OptionRun]) -> pa.Table:
    """draws.parquet of a comparison: the draws of each option one below the other."""
    frames = []
    for run in runs:
        frame = run.answer.draws.copy()
        frame.insert(0, "option", run.name)
        frames.append(frame)
    return pa.Table.from_pandas(pd.concat(frames, ignore_index=True), preserve_index=False)


class _Keeper:
    """Writes the quantities of every option, a block at a time, with the option's name."""

    def __init__(self, folder: RunFolder) -> None:
        self._table = Table(folder.place(QUANTITIES))

    def of(self, name: str, values: Mapping[str, Any]) -> Callable[[Block], None]:
        """What writes the blocks of one option."""
        quantities = quantities_in(values)

        def add(block: Block) -> None:
            found = quantity_table(block.quantities, block.first, 0, quantities)
            column = pa.DictionaryArray.from_arrays(
                pa.array([0] * found.num_rows, pa.int32()), pa.array([name])
            )
            self._table.add(found.add_column(0, "option", column))

        return add

    def close(self) -> dict[str, int]:
        """Finish the file; the rows written."""
        return {QUANTITIES: self._table.close()}


def _kept(folder: Path, options: Sequence[Option]) -> CompareResult:
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    tables = {path.stem: pd.read_csv(path) for path in sorted((folder / "tables").glob("*.csv"))}
    return CompareResult(folder, results, _warnings(options, results), True, tables)


def _warnings(options: Sequence[Option], results: Mapping[str, Any]) -> tuple[str, ...]:
    loaded = (warning for option in options for warning in option.resolved.warnings)
    return tuple(dict.fromkeys((*loaded, *results["warnings"])))
