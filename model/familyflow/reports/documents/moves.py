"""The numbers that the answer moves with most, as a run tells them, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from familyflow.experiments.movers import CHANCE
from familyflow.reports.documents.evidence import Evidence, evidence_of
from familyflow.reports.documents.kept import Kept, Row
from familyflow.reports.units import figure, unit_after

MOST: Final = 6


@dataclass(frozen=True)
class Mover:
    """A number with what is known of it. moves: rank correlation with the net saving, -1 to 1."""

    key: str
    label: str
    value: str
    evidence: Evidence
    moves: float


@dataclass(frozen=True)
class Moved:
    """How one number went with the answer over the draws. moves: rank correlation, -1 to 1.

    by_luck: the chance that luck alone shows as much for this number; by_luck_of_any: that it does
    so for any of the numbers looked at (Bonferroni).
    """

    moves: float
    by_luck: float
    by_luck_of_any: float

    @property
    def is_told_apart(self) -> bool:
        """Whether it can be told from luck although many numbers were looked at."""
        return self.by_luck_of_any < CHANCE


def moved_of(kept: Kept) -> dict[str, Moved]:
    """Each number that was drawn, with how it went with the net saving, by its key.

    Empty where the draws are too few, or the answer never moves, to tell anything.
    """
    columns = ("rank_correlation", "by_luck", "by_luck_of_any")
    return {
        str(row["key"]): Moved(*(float(row[name]) for name in columns))
        for row in kept.tables["movers"]
    }


def movers(kept: Kept) -> list[Mover]:
    """The uncertain numbers that move the net saving more than luck would, strongest first.

    At most six of those that the run found among its draws; of few draws it names few or none.
    """
    assumed = {str(row["key"]): row for row in kept.tables["assumptions"]}
    found = kept.results["movers"][:MOST]
    return [_mover(assumed[str(one["key"])], float(one["rank_correlation"])) for one in found]


def value_of(row: Row) -> str:
    """An assumption's value with its unit, or that it is a table."""
    try:
        value = float(row["value"])
    except ValueError:
        text = str(row["value"])
        return "several values" if text.startswith(("{", "[")) else text or "varies"
    unit = str(row["unit"])
    return figure(value, unit) + unit_after(unit)


def _mover(row: Row, moves: float) -> Mover:
    return Mover(str(row["key"]), str(row["label"]), value_of(row), evidence_of(row), moves)
