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


def movers(kept: Kept) -> list[Mover]:
    """The uncertain numbers that move the net saving more than luck would, strongest first.

    A rank correlation over the draws, tested for each number with the chance shared among all
    (Bonferroni), so that few draws name few numbers. It sees what moves up or down throughout, and
    nothing that is the same in every draw.
    """
    draws, assumed = kept.draws, _by_key(kept)
    if TARGET not in draws or len(draws) < FEWEST or draws[TARGET].nunique() < 2:
        return []
    columns = [name for name in draws if _key(name) in assumed and draws[name].nunique() > 1]
    found: dict[str, float] = {}
    for name in columns:
        told = spearmanr(draws[name], draws[TARGET])
        if told.pvalue * len(columns) < CHANCE:
            key = _key(name)
            found[key] = max(found.get(key, 0.0), float(told.statistic), key=abs)
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
