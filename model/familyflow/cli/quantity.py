"""An uncertain quantity of ``results.json`` in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WHOLE_FROM = 100


def quantity_in_words(value: object) -> str:
    """The mean, its unit and its 95% interval; or the reason why there is none.

    >>> quantity_in_words({"mean": 1234.5, "low": 900.0, "high": 1500.0, "unit": "GBP"})
    '£1,234 (£900 to £1,500)'
    >>> quantity_in_words({"mean": 60.0, "low": 55.0, "high": 65.5, "unit": "families"})
    '60 families (55 to 65.5)'
    """
    if not isinstance(value, Mapping):
        return str(value)
    mean = value.get("mean")
    if mean is None:
        return f"not defined: {value.get('reason', 'no reason given')}"
    unit = str(value.get("unit") or "")
    middle = number_in_words(mean, unit)
    low, high = value.get("low"), value.get("high")
    if low is None or high is None:
        return middle
    alone = "GBP" if unit.startswith("GBP") else ""
    return f"{middle} ({number_in_words(low, alone)} to {number_in_words(high, alone)})"


def number_in_words(value: Any, unit: str = "") -> str:
    """A number with its unit: pounds with their sign, shares and small numbers with digits.

    >>> number_in_words(-2500.0, "GBP"), number_in_words(0.25, "share")
    ('-£2,500', '0.25 share')
    """
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return str(value)
    size = f"{abs(value):,.0f}" if abs(value) >= _WHOLE_FROM else f"{abs(value):,.3g}"
    sign = "-" if value < 0 else ""
    if unit == "GBP" or unit.startswith("GBP "):
        return f"{sign}£{size}{unit.removeprefix('GBP')}"
    return f"{sign}{size} {unit}".rstrip()
