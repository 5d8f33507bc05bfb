"""One simulated world of a kept run, event by event: read where kept, else simulated again."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from familyflow.experiments.inputs import draw_numbers, reference_values
from familyflow.experiments.keep import JOURNAL
from familyflow.experiments.kept_run import choices_of, sound_manifest
from familyflow.experiments.quantities import ARMS, Rows
from familyflow.experiments.sampling import luck_of
from familyflow.experiments.simulation import simulate_draw
from familyflow.experiments.unchanged import refuse_changed_inputs
from familyflow.outcomes.solve import solve
from familyflow.specification.journal import COLUMNS, Event
from familyflow.store import Manifest

DRAW: Final = 0
REPLICATION: Final = 0


def one_world(folder: Path, manifest: Manifest) -> tuple[Rows, Rows]:
    """The first draw's first stretch of luck, without the service and with it.

    Rows as a run keeps them (columns of the journal, days of the funding term), in order. A run
    that kept no journal has that one world simulated again: InputError where it is damaged,
    RefusedError where the code, a library or what it was made of has changed since.
    """
    if JOURNAL in manifest.files:
        return _kept(folder)
    return simulated_again(folder)


def simulated_again(folder: Path) -> tuple[Rows, Rows]:
    """The same rows from the readable engine, which has nothing to compile for a single world."""
    manifest = sound_manifest(folder)
    refuse_changed_inputs(manifest)
    chosen = choices_of(manifest.asked)
    drawn = draw_numbers(chosen.resolve(), chosen.settings)
    values = drawn.values[DRAW]
    (solved,) = solve([values], reference_values(drawn.resolved))
    luck = luck_of(chosen.settings, DRAW, REPLICATION)
    journal = simulate_draw(values, solved, luck, keep_journal=True).journal
    assert journal is not None
    return journal


def _kept(folder: Path) -> tuple[Rows, Rows]:
    without, with_service = (_arm(folder / JOURNAL, arm) for arm in ARMS)
    return without, with_service


def _arm(file: Path, arm: str) -> Rows:
    wanted = [("draw", "==", DRAW), ("replication", "==", REPLICATION), ("arm", "==", arm)]
    table = pq.read_table(file, columns=list(COLUMNS), filters=wanted)
    codes = {event.name.lower(): int(event) for event in Event}
    columns = [
        np.array([codes[name] for name in table[column].to_pylist()], dtype=np.int64)
        if column == "event"
        else table[column].to_numpy().astype(np.int64)
        for column in COLUMNS
    ]
    return np.column_stack(columns)
