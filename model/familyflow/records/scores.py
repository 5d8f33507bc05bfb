"""Scores at entry and at exit: what a before-and-after comparison tells, which is no effect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from familyflow.records.cases import Case, Records
from familyflow.records.shares import z_of
from familyflow.records.suppress import FEWEST_CASES, in_words

MEASURES: Final = {
    "risks": "Risk indicators ticked",
    "strengths": "Strength indicators ticked",
    "difficulties": "Total difficulties (SDQ)",
    "wellbeing": "Wellbeing of the parent (WEMWBS)",
}
COLUMNS: Final = ("score", "at entry", "families", "at entry, of those with both", "at exit",
                  "change (95 % interval)", "families with both")  # fmt: skip
NOTE: Final = (
    "Of those who finished and were measured twice. Who comes in a bad time is better later in any "
    "case, and who left early was not measured again: this is no effect, and nothing of it goes "
    "into the parameter file."
)
_HIDDEN: Final = "too few"


def rows_of_scores(records: Records) -> tuple[tuple[str, ...], ...]:
    """A row for each score that FEWEST_CASES families or more have at entry; means alone."""
    rows = (_row(name, label, records.cases) for name, label in MEASURES.items())
    return tuple(row for row in rows if row)


def _row(name: str, label: str, cases: Sequence[Case]) -> tuple[str, ...]:
    scores = [getattr(case, name) for case in cases]
    entry = [first for first, _ in scores if first is not None]
    both = [(first, last) for first, last in scores if first is not None and last is not None]
    if len(entry) < FEWEST_CASES:
        return ()
    told = (label, f"{np.mean(entry):.1f}", in_words(len(entry)))
    if len(both) < FEWEST_CASES:
        return (*told, _HIDDEN, _HIDDEN, _HIDDEN, in_words(len(both)))
    first, last = np.array(both).T
    change, half = change_of(both)
    interval = f"{change:+.1f} ({change - half:+.1f} to {change + half:+.1f})"
    return (*told, f"{first.mean():.1f}", f"{last.mean():.1f}", interval, in_words(len(both)))


def change_of(both: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The mean change from entry to exit of the same families, and half its 95 % interval.

    >>> change_of([(5.0, 3.0), (5.0, 3.0)])
    (-2.0, 0.0)
    """
    changes = np.array([last - first for first, last in both])
    spread = float(changes.std(ddof=1)) if len(changes) > 1 else math.nan
    return float(changes.mean()), z_of() * spread / math.sqrt(len(changes))
