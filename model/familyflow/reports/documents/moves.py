"""The numbers that the answer moves with most, found among the draws of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scipy.stats import spearmanr

from familyflow.reports.answer import FEWEST
from familyflow.reports.documents.kept import Kept, Row
from familyflow.reports.units import figure, unit_after

TARGET: Final = "money.net_saving"
CHANCE: Final = 0.01  # that any number at all would be named by luck alone
MOST: Final = 6


@dataclass(frozen=True)
class Mover:
    """A number with what is known of it. moves: rank correlation with the net saving, -1 to 1."""

    label: str
    value: str
    grade: str
    status: str
    source: str
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

    Of a table whose parts are drawn, the part that went with it most. Empty where the draws are
    too few, or the answer never moves, to tell anything.
    """
    draws, assumed = kept.draws, _by_key(kept)
    if TARGET not in draws or len(draws) < FEWEST or draws[TARGET].nunique() < 2:
        return {}
    columns = [name for name in draws if _key(name) in assumed and draws[name].nunique() > 1]
    found: dict[str, Moved] = {}
    for name in columns:
        told, key = spearmanr(draws[name], draws[TARGET]), _key(name)
        chance = float(told.pvalue)
        one = Moved(float(told.statistic), chance, min(1.0, chance * len(columns)))
        if key not in found or abs(one.moves) > abs(found[key].moves):
            found[key] = one
    return found


def movers(kept: Kept) -> list[Mover]:
    """The uncertain numbers that move the net saving more than luck would, strongest first.

    A rank correlation over the draws, tested for each number with the chance shared among all
    (Bonferroni), so that few draws name few numbers. It sees what moves up or down throughout, and
    nothing that is the same in every draw.
    """
    assumed = _by_key(kept)
    found = {key: one.moves for key, one in moved_of(kept).items() if one.is_told_apart}
    strongest = sorted(found, key=lambda key: -abs(found[key]))[:MOST]
    return [_mover(assumed[key], found[key]) for key in strongest]


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
    said = [str(row[name]) for name in ("label", "grade", "status", "source")]
    label, grade, status, source = said
    return Mover(label, value_of(row), grade, status, source or "none: assumed", moves)


def _by_key(kept: Kept) -> dict[str, Row]:
    return {str(row["key"]): row for row in kept.tables["assumptions"]}


def _key(column: object) -> str:
    """The number's name; a table's parts are drawn as name[part]."""
    return str(column).partition("[")[0]
