"""Distance travelled: what was measured at the start and at the end. A change, not an effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from familyflow.reports.answer import FEWEST
from familyflow.reports.documents.kept import Kept
from familyflow.reports.units import figure
from familyflow.reports.words import count

UNIT: Final = "points"
ENDS: Final = (0.1, 0.9)  # of an interval of 80 %
_MEASURES: Final = (  # quantity, whose measure it is, what it is called
    ("risk", "measured_parents", "Risk indicators of a family (fewer is better)"),
    ("difficulties", "measured_children", "Children's difficulties, SDQ total (lower is better)"),
    ("wellbeing", "measured_parents", "Parents' wellbeing, WEMWBS (higher is better)"),
)


@dataclass(frozen=True)
class Distance:
    """A measure at entry and at exit, points for each measured, as read, with the change."""

    label: str
    at_entry: str
    at_exit: str
    change: str
    between: str


@dataclass(frozen=True)
class Travelled:
    """The measures, and how many families and children were measured twice (means of draws)."""

    measures: tuple[Distance, ...] = ()
    families: str = "0"
    children: str = "0"


def travelled(kept: Kept) -> Travelled:
    """The measures of those measured twice; nothing where nobody was."""
    sums = kept.measured
    if sums.empty or not {"measured_parents", "measured_children"} <= set(sums):
        return Travelled()
    told = [
        _distance(sums, name, base, label, enough=len(sums) >= FEWEST)
        for name, base, label in _MEASURES
        if {f"{name}_at_entry", f"{name}_at_exit"} <= set(sums) and sums[base].sum() > 0
    ]
    times = kept.results["draws"] * kept.results["replications"]
    families, children = (
        count(sums[base].sum() / times) for base in ("measured_parents", "measured_children")
    )
    return Travelled(tuple(told), families, children)


def _distance(sums: pd.DataFrame, name: str, base: str, label: str, *, enough: bool) -> Distance:
    entry, end, measured = sums[f"{name}_at_entry"], sums[f"{name}_at_exit"], sums[base]
    # as everywhere, the mean of a ratio is the ratio of means
    change = (end.sum() - entry.sum()) / measured.sum()
    some = measured > 0
    each = ((end - entry)[some] / measured[some]).quantile(list(ENDS))
    return Distance(
        label,
        _points(entry.sum() / measured.sum()),
        _points(end.sum() / measured.sum()),
        _points(change),
        f"{_points(each[ENDS[0]])} to {_points(each[ENDS[1]])}"
        if enough
        else "too few draws to tell",
    )


def _points(value: float) -> str:
    return figure(value, UNIT)
