"""The rows of the printed answer: a label, a figure and its interval, in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.reports.words import MINUS, interval

WIDTH = 42
NOTHING = 0.005  # of a pound, which is shown as nothing


def figure_row(label: str, figure: Mapping[str, Any], form: Any) -> str:
    """A figure with its label and interval, or why it is not defined."""
    if figure["mean"] is None:
        return f"  {label:{WIDTH}} not defined: {figure['reason']}"
    return f"  {label:{WIDTH}} {form(figure['mean']):>14}   ({interval(dict(figure), form)})"


def ratio(value: float) -> str:
    """Pounds for each pound."""
    return f"{MINUS if value < -NOTHING else ''}£{abs(value):.2f}"


def is_loss(returned: float) -> bool:
    """Whether a return for each pound is below nothing by as much as is shown of it."""
    return returned < -NOTHING


def about(returned: float) -> str:
    """A return for each pound that is no loss, after a verb: 'about £0.65', or 'nothing'."""
    return "nothing" if returned < NOTHING else f"about {ratio(returned)}"


def years(value: float) -> str:
    """Years with a decimal."""
    return f"{value:.1f} years"
