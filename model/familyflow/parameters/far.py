"""Whether a new number is so far from the one before that it is more likely of another unit."""

from __future__ import annotations

from familyflow.parameters.numerals import neat

FAR = 100.0
FAR_FOR_A_PRICE = 10.0  # a price ten times the one before is more likely for another unit
_PRICES = "unit_costs."


def is_far(key: str, before: float, after: float) -> bool:
    """Whether one is many times the other; nothing is said of a number that is or was 0."""
    small, large = sorted((abs(before), abs(after)))
    return small > 0.0 and large / small >= (FAR_FOR_A_PRICE if key.startswith(_PRICES) else FAR)


def far_from(key: str, before: float, after: float, place: object, unit: str) -> str:
    """The warning: where the number before stands, and the unit to check."""
    where = f" in {place}" if str(place) else ""
    return f"{key} = {neat(after)} is far from {neat(before)}{where}: check the unit ({unit})"
