"""Values with their units as people read them: £1,020 per child-week, 45%, 26 weeks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from familyflow.reports.words import FIGURES, MINUS, pounds, significant

_MONEY: Final = "GBP"
_SHARES: Final = ("table of share", "share", "chance", "change")
_BARE: Final = ("ratio", "")
_MOST_FIGURES: Final = 6


def is_share(unit: str) -> bool:
    """Whether a value of the unit is told as a percentage."""
    return unit.startswith(_SHARES)


def figure(value: float, unit: str, figures: int = FIGURES) -> str:
    """The value alone: '£1,020', '45%', '26'.

    >>> figure(0.0075, "chance per week"), figure(26.0, "weeks"), figure(1016.0, "GBP per hour")
    ('0.75%', '26', '£1,020')
    """
    if unit.startswith(_MONEY):
        return pounds(value, figures)
    size = significant(abs(value) * (100 if is_share(unit) else 1), figures)
    sign = MINUS if value < 0 and size else ""
    plain = f"{Decimal(str(size)).normalize():,f}"
    return f"{sign}{plain}{'%' if is_share(unit) else ''}"


def unit_after(unit: str) -> str:
    """What follows the figure, with a space before it: ' per child-week', ' weeks', or nothing.

    >>> unit_after("GBP per hour"), unit_after("share of salary"), unit_after("ratio")
    (' per hour', ' of salary', '')
    """
    if unit in _BARE:
        return ""
    for start in (_MONEY, *_SHARES):
        if unit.startswith(start):
            return unit.removeprefix(start)
    return f" {unit}"


def amount(value: float, unit: str, figures: int = FIGURES) -> str:
    """The value with its unit: '£1,020 per child-week', '45% of salary', '26 weeks'."""
    return figure(value, unit, figures) + unit_after(unit)


def figures_apart(values: Sequence[float], unit: str) -> int:
    """How many figures tell different values apart; few where few do, and six at most.

    >>> figures_apart([1016.0, 1017.0], "GBP per hour"), figures_apart([1.0, 2.0], "weeks")
    (4, 3)
    """
    for figures in range(FIGURES, _MOST_FIGURES):
        if len({figure(value, unit, figures) for value in values}) == len(set(values)):
            return figures
    return _MOST_FIGURES
