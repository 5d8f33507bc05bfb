"""What would have to be true for the service to pay: values no study gives, worked backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from familyflow.economics import targets
from familyflow.economics.appraisal import Ledger
from familyflow.economics.payback import Found
from familyflow.economics.quantities import WITH, WITHOUT


@dataclass(frozen=True)
class Needed:
    """The worth (GBP each) at which net present public value is nil, all else as it is."""

    quantity: str
    amount: float
    value: Found


def value_needed(ledger: Ledger, quantities: Sequence[tuple[str, bool]]) -> list[Needed]:
    """For each quantity, what one would have to be worth to close the gap in public value.

    quantities: name, and whether less of it is the good (incidents) or more (families improved).
    Undefined where the service is worth its cost already, or makes none of the quantity.
    """
    gap = -(targets.mean(ledger, "net_present_value").value or 0.0)
    found = []
    for name, less_is_good in quantities:
        amounts = ledger.happened([name]).sum(axis=(-1, -2)).mean(axis=(0, 1))
        more = float(amounts[WITH] - amounts[WITHOUT])
        good = -more if less_is_good else more
        found.append(Needed(name, good, _worth(gap, good)))
    return found


def _worth(gap: float, good: float) -> Found:
    if gap <= 0:
        return Found(None, "the service is worth its cost without it")
    if good <= 0:
        return Found(None, "the service makes none of it")
    return Found(gap / good)
