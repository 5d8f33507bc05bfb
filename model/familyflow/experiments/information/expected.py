"""Expected net benefit of each option in each draw: quantities smoothed, then priced exactly.

Every option is regressed on the same columns with the same penalty, so that the luck that options
share falls out of their difference as it does before.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from familyflow.economics import price, targets
from familyflow.experiments.blocks import Block
from familyflow.experiments.engines import blocks_of
from familyflow.experiments.gathering import Gathering
from familyflow.experiments.information.basis import Basis, fit_basis, strength
from familyflow.experiments.information.kept_blocks import KeptBlocks
from familyflow.experiments.information.smoothing import LIGHT, Smoothed, Smoother, share_foretold
from familyflow.experiments.inputs import Inputs, Progress
from familyflow.experiments.options.load import Option
from familyflow.experiments.per_draw import Figures
from familyflow.experiments.priced_only import is_priced_only
from familyflow.experiments.pricing import ledger_inputs, quantities_in_order
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.statistics import Floats

FIGURE = "net_present_value"
_SPARE = 4  # draws at least for each column of the basis


@dataclass(frozen=True)
class Expected:
    """Net benefit of options, as simulated and as expected.

    names, x: what is uncertain and its draws (draw, parameter). raw, smoothed: (draw, option).
    twice: two replications of the draws that were simulated twice (2, draw, option), or None.
    r2: of each option's net benefit, the share of the variance between draws that is foretold.
    columns: of the regression.
    """

    names: tuple[str, ...]
    x: Floats
    raw: Floats
    smoothed: Floats
    twice: Floats | None
    families: Floats
    r2: Floats
    columns: int


def expected_of(
    options: Sequence[Option],
    inputs: Sequence[Inputs],
    engine: str,
    workers: int,
    progress: Progress,
) -> Expected:
    """Simulate every option, smooth its quantities and price them with each draw's own prices."""
    names, x = uncertain_numbers(inputs)
    with ExitStack() as stack:
        kept = [stack.enter_context(KeptBlocks()) for _ in options]
        figures = [
            _simulated(option, one, blocks, engine, workers, progress)
            for option, one, blocks in zip(options, inputs, kept, strict=True)
        ]
        raw = np.stack([_net(main) for main, _ in figures], axis=1)
        simulated = [j for j, name in enumerate(names) if not is_priced_only(_key(name))]
        own = x[:, simulated]
        basis = _basis(own, raw)
        smoothed = np.stack(
            [
                _priced(one, blocks, _smoothed(basis, own, blocks), own)
                for one, blocks in zip(inputs, kept, strict=True)
            ],
            axis=1,
        )
    progress("smoothing", 1, 1)
    return Expected(
        tuple(names),
        x,
        raw,
        smoothed,
        _twice([twice for _, twice in figures]),
        np.stack([_families(main) for main, _ in figures], axis=1),
        share_foretold(raw, smoothed),
        basis.size,
    )


def uncertain_numbers(inputs: Sequence[Inputs]) -> tuple[list[str], Floats]:
    """Every number that varies between draws, and its draws (draw, parameter).

    One that differs between options stands once for each.
    """
    columns: dict[str, Floats] = {}
    for number, one in enumerate(inputs, start=1):
        for name, column in one.values.columns.items():
            if np.ptp(column) == 0.0:
                continue
            known = columns.setdefault(name, column)
            if (known != column).any():
                columns[f"{name} (option {number})"] = column
    return list(columns), np.stack(list(columns.values()), axis=1)


def _key(name: str) -> str:
    return name.partition("[")[0].partition(" (")[0]


def _simulated(
    option: Option,
    inputs: Inputs,
    blocks: KeptBlocks,
    engine: str,
    workers: int,
    progress: Progress,
) -> tuple[Figures, Figures | None]:
    def show(stage: str, done: int, of: int) -> None:
        progress(f"{stage} {option.name}" if stage == "simulating" else stage, done, of)

    gathering = Gathering(inputs.resolved.parameters, inputs.values, quantities_in(inputs.base))
    block: Block
    for block in blocks_of(inputs, engine, workers, show, journal=False, months=False):
        blocks.add(block.first, block.quantities)
        gathering.add(block.first, block.summed, block.again)
    figures = gathering.priced().figures
    return figures.main, figures.twice


def _basis(x: Floats, raw: Floats) -> Basis:
    """Lines, with splines and pairs for the strongest where there are draws enough for them."""
    gains = raw - raw[:, [int(raw.mean(axis=0).argmax())]]
    spare = len(x) // _SPARE - x.shape[1]
    crossed = 5 if spare > 40 else 0
    curved = min(10, max(0, (spare - crossed * (crossed - 1) // 2) // 3))
    return fit_basis(x, strength(x, gains), curved=curved, crossed=crossed)


def _smoothed(basis: Basis, x: Floats, blocks: KeptBlocks) -> Smoothed:
    smoother = Smoother(basis)
    for first, quantities in blocks:
        draws = len(quantities)
        smoother.feed(x[first : first + draws], quantities.reshape(draws, -1), first)
    return smoother.fit(LIGHT)


def _priced(inputs: Inputs, blocks: KeptBlocks, smoothed: Smoothed, x: Floats) -> Floats:
    """Net benefit (draw,) of the expected quantities, each draw at its own prices."""
    names, found = quantities_in(inputs.base), []
    for first, quantities in blocks:
        last = first + len(quantities)
        amounts = smoothed.predict(x[first:last], first).reshape(quantities.shape)
        told = quantities_in_order(names, amounts[:, np.newaxis])
        made = ledger_inputs(inputs.resolved.parameters, inputs.values[first:last], told, names)
        found.append(targets.by_draw(price(made), FIGURE))
    return np.concatenate(found)


def _net(figures: Figures) -> Floats:
    return figures[f"money.{FIGURE}"].by_draw()


def _families(figures: Figures) -> Floats:
    return figures["flow.families_referred"].by_draw()


def _twice(figures: Sequence[Figures | None]) -> Floats | None:
    """Two replications of net benefit (2, draw, option)."""
    pairs = [None if one is None else one[f"money.{FIGURE}"].by_replication() for one in figures]
    known = [pair for pair in pairs if pair is not None]
    if len(known) < len(pairs) or not known:
        return None
    return np.moveaxis(np.stack(known, axis=-1), 1, 0)[:2]
