"""Sums up a programme the way published evaluations do: totals, difference, ratio, and a label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from familyflow.economics.payback import Found
from familyflow.problems import bad_input

Measured = Literal["comparison_group", "before_after"]


@dataclass(frozen=True)
class ProgrammeSummary:
    """What a programme's savings and cost come to, per participant or in all.

    cost below zero is a saving in running the programme. `label` says in capitals when savings
    are gross or were measured before and after, with nothing to compare with.
    """

    total: float
    cost: float
    label: str

    @property
    def net(self) -> float:
        """Savings less cost."""
        return self.total - self.cost

    @property
    def ratio(self) -> Found:
        """Savings over cost; not defined where the programme itself costs nothing."""
        if self.cost <= 0:
            return Found(None, "n/a: the programme has no net cost")
        return Found(self.total / self.cost)


def summarise(
    savings: Mapping[str, float], cost: float, *, measured: Measured, gross: bool = False
) -> ProgrammeSummary:
    """Add up savings by who gains (GBP) and set them against the cost.

    >>> summarise({"taxpayers": 30.0, "participants": 12.0}, 21.0, measured="comparison_group").net
    21.0
    """
    if measured not in get_args(Measured):
        raise bad_input(f"measured is {measured!r}", "It is comparison_group or before_after.")
    words = ["GROSS" if gross else "", "BEFORE/AFTER" if measured == "before_after" else ""]
    return ProgrammeSummary(sum(savings.values()), cost, ", ".join(word for word in words if word))


def provenance_problem(first: ProgrammeSummary, second: ProgrammeSummary, of: str) -> str:
    """A sentence when two publications give different figures for one programme; else ""."""
    if (first.total, first.cost) == (second.total, second.cost):
        return ""
    return (
        f"{of}: one source says {first.total:,.0f} for {first.cost:,.0f}, another "
        f"{second.total:,.0f} for {second.cost:,.0f}; cite the one that is used"
    )
