"""``compare``: two options or more under the same luck, down to the same family, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from familyflow.experiments.blocks import Block
from familyflow.experiments.comparison import comparison_of
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.engines import DEFAULT_DRAWS, announce
from familyflow.experiments.experiment import Asked, Experiment, Finish, Found, made_or_found
from familyflow.experiments.follow_up import EXPECTED_INNER
from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.keep import (
    DRAWS,
    QUANTITIES,
    Table,
    quantity_table,
    write_table,
)
from familyflow.experiments.options.asked import check_axes, load_structures
from familyflow.experiments.options.axes import at_rates
from familyflow.experiments.options.load import Option, load_options
from familyflow.experiments.options.pilot import draws_within
from familyflow.experiments.options.simulate import OptionRun, draw_options, run_option
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.run import OUTPUTS, inputs_of, silent, unheard
from familyflow.experiments.workers import default_workers
from familyflow.problems import bad_input
from familyflow.store import RunFolder

FILES = (DRAWS, QUANTITIES)


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
    within: float | None = None,
    progress: Progress | None = None,
    finish: Finish | None = None,
    say: Callable[[str], object] = unheard,
) -> Experiment:
    """Simulate and price options under the same luck, and keep what they give side by side.

    scenarios: two or more; the first is what the others are set against. price_year: the year in
    whose prices every option is told, whatever its own. The rest is as in `run`. Raises InputError
    (bad input; nothing written), RefusedError (other terms or price years), MachineError.
    """
    check_engine(engine)
    if within is not None and not 0.0 < within < float("inf"):
        raise bad_input(
            f"a difference is to be known to within £{within:g}",
            "Give pounds above 0, e.g. 10000.",
            where="--within",
        )
    show, count = progress or silent, default_workers() if workers is None else workers
    files = [Path(file) for file in parameter_files]
    options = load_options(scenarios, sets, files, price_year)
    check_axes(options[0])
    names = [option.name for option in options]
    others = (
        load_structures(options[0], scenarios, names, sets, files, price_year) if structures else []
    )
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
    if within is not None and draws is None:
        announce(engine, say, follow_up)
        chosen = draws_within(within, options, settings, engine, show, say)
        settings = replace(settings, draws=chosen)
    arguments = {
        "compare": list(scenarios),
        **arguments_of(settings, sets, files),
        "price_year": price_year,
        "structures": structures,
        "within": within,
    }
    asked = Asked(
        "compare_" + "_".join(names),
        made_of(options, settings, arguments),
        arguments,
        engine,
        count,
    )

    def make(folder: RunFolder, name: str) -> Found:
        announce(engine, say, follow_up)
        runs, rows = _simulated(folder, name, options, settings, engine, count, show)
        told = comparison_of(name, runs, others, within, settings, engine, count, show)
        return Found(*told, rows)

    return made_or_found(asked, Path(out or OUTPUTS), FILES, make, finish)


def arguments_of(settings: Settings, sets: Sequence[str], files: Sequence[Path]) -> dict[str, Any]:
    """The arguments that experiments share, as a manifest keeps them."""
    return {
        "draws": settings.draws,
        "replications": settings.replications,
        "seed": settings.seed,
        "common_luck": settings.common_luck,
        **settings.told_of_follow_up(),
        "sets": list(sets),
        "parameter_files": [str(file) for file in files],
    }


def _simulated(
    folder: RunFolder,
    name: str,
    options: Sequence[Option],
    settings: Settings,
    engine: str,
    workers: int,
    progress: Progress,
) -> tuple[list[OptionRun], dict[str, int]]:
    """Every option simulated, priced and kept; the rows written, by file."""
    inputs = draw_options(options, settings, progress, engine)
    keeper = _Keeper(folder)
    more = (at_rates(inputs[0].base["decision.discount_rates"]),)
    runs = [
        run_option(
            option, one, name, engine, workers, progress, more, keeper.of(option.name, one.base)
        )
        for option, one in zip(options, inputs, strict=True)
    ]
    drawn = write_table(folder.place(DRAWS), draws_table(runs))
    return runs, {**keeper.close(), DRAWS: drawn}


def made_of(
    options: Sequence[Option], settings: Settings, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything that settles a comparison."""
    own = {name: arguments[name] for name in ("structures", "within")}
    return {**inputs_of_options(options, settings), **own}


def options_asked(arguments: Mapping[str, Any]) -> list[Option]:
    """The options that a manifest says were asked for, as the files stand now."""
    return load_options(
        arguments["scenarios"],
        arguments["sets"],
        arguments["parameter_files"],
        arguments["price_year"],
    )


def inputs_of_options(options: Sequence[Option], settings: Settings) -> dict[str, Any]:
    """Everything that settles a comparison; `parameters` tells apart what differs by option."""
    each = {option.name: inputs_of(option.resolved, settings) for option in options}
    parameters = {name: one.pop("parameters") for name, one in each.items()}
    shared: dict[str, Any] = {}
    for name, values in parameters.items():
        for key, value in values.items():
            alike = all(other.get(key) == value for other in parameters.values())
            shared[key if alike else f"{key} in {name}"] = value
    # the first is what the others are set against, so their order is a part of the answer
    return {"order": list(each), "options": each, "parameters": shared}


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
