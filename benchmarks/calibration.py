"""How often intervals learnt from records hold the numbers that made the records.

python -m benchmarks.calibration [SERVICES [SEED]]; `keep` as a last word keeps the result in
benchmarks/results/calibration.json.

Each service has its own numbers, drawn from the doubt that is shipped, and is lived through by the
compiled engine for three years; its records are cut at the end of them with cases still open. What
`calibrate` learns is set beside the numbers that were drawn: the 95 % interval of records and
shipped numbers together must hold them in 95 % of services (drawn so, that is exact), and the
interval of the records alone should. Counted for every single number and every row of a table.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import machine
from familyflow.experiments.inputs import (
    REFERENCE,
    Settings,
    draw_numbers,
    load_inputs,
    reference_values,
)
from familyflow.experiments.synthetic_records import synthetic_file
from familyflow.experiments.synthetic_service import service_of
from familyflow.outcomes.solve import solve
from familyflow.records.estimates import estimates_of

SERVICES, SEED = 1_000, 1
NOMINAL, Z = 0.95, 3.890592  # the 99.99 % band of a binomial, by its normal
BEGINS, AS_OF = date(2023, 4, 3), date(2026, 3, 31)
KEPT = Path(__file__).parent / "results" / "calibration.json"


@dataclass
class Held:
    """Of one number: in how many services it was learnt, and was held by each interval."""

    learnt: int = 0
    both: int = 0
    told_alone: int = 0
    alone: int = 0

    def as_row(self) -> dict[str, Any]:
        """Shares, and whether the first lies in the band in which chance alone leaves it."""
        share = self.both / self.learnt
        band = Z * math.sqrt(NOMINAL * (1 - NOMINAL) / self.learnt)
        alone = self.alone / self.told_alone if self.told_alone else None
        return {"services": self.learnt, "both": round(share, 4), "band": round(band, 4),
                "within": abs(share - NOMINAL) <= band,
                "alone": None if alone is None else round(alone, 4)}  # fmt: skip


def rows_of(value: object) -> dict[str, float]:
    """The number as a row, or the rows of a table of shares."""
    if isinstance(value, Mapping):
        return {str(row): float(share) for row, share in value.items()}
    return {"": float(str(value))}


def measure(services: int, seed: int) -> dict[str, Held]:
    """Over so many services, for every number and row that was learnt."""
    resolved = load_inputs(REFERENCE)
    drawn = draw_numbers(resolved, Settings(draws=services, replications=1, seed=seed))
    reference = reference_values(resolved)
    held: dict[str, Held] = defaultdict(Held)
    for place in range(services):
        values = drawn.values[place]
        (solved,) = solve([values], reference)
        records = synthetic_file(service_of(values, solved, BEGINS), seed + place, AS_OF)
        for one in estimates_of(records, resolved.parameters).known:
            truth = rows_of(values[one.key])
            for row, figure in one.posterior.items():
                note(held[f"{one.key} {row}".strip()], truth[row], figure, one.alone.get(row))
    return dict(held)


def note(held: Held, truth: float, both: Any, alone: Any) -> None:
    """Count whether each interval holds the truth."""
    held.learnt += 1
    held.both += both.low <= truth <= both.high
    if alone is not None:
        held.told_alone += 1
        held.alone += alone.low <= truth <= alone.high


def main(words: list[str]) -> None:
    """Measure, print, and keep if asked."""
    keep = words[-1:] == ["keep"]
    numbers = [int(word) for word in words if word.isdecimal()]
    services, seed = (*numbers, *(SERVICES, SEED)[len(numbers) :])
    began = time.monotonic()
    rows = {name: held.as_row() for name, held in measure(services, seed).items()}
    for name, row in rows.items():
        alone = "" if row["alone"] is None else f"{row['alone']:.3f}"
        mark = "" if row["within"] else f"outside {NOMINAL} +- {row['band']:.3f}"
        print(f"{name:75} {row['services']:5} {row['both']:.3f} {alone:6} {mark}")
    print(f"{time.monotonic() - began:.0f} s")
    if keep:
        told = {"services": services, "seed": seed, "machine": machine(), "numbers": rows}
        KEPT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
