"""The rows of the printed answer: a label, a figure and its interval, in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.reports.words import MINUS, interval

WIDTH = 42


def figure_row(label: str, figure: Mapping[str, Any], form: Any) -> str:
    """A figure with its label and interval, or why it is not defined."""
    if figure["mean"] is None:
        return f"  {label:{WIDTH}} not defined: {figure['reason']}"
    return f"  {label:{WIDTH}} {form(figure['mean']):>14}   ({interval(dict(figure), form)})"


def ratio(value: float) -> str:
    """Pounds for each pound."""
    return f"{MINUS if value < -0.005 else ''}£{abs(value):.2f}"


def years(value: float) -> str:
    """Years with a decimal."""
    return f"{value:.1f} years"
