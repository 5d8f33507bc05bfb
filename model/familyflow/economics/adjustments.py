"""Corrections to a claim: what would have happened anyway, what others did, fading, optimism."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from familyflow.economics.amounts import Amount, Floats, within
from familyflow.problems import bad_input

Mode = Literal["none", "haircut", "spread"]
DeadweightMode = Literal["proportional", "percentage_point"]


@dataclass(frozen=True)
class OptimismBias:
    """The one correction for weak evidence in force; it is printed on every output.

    none: nothing. haircut: costs raised and savings cut by a fixed share for the evidence grade
    of their line (shares by grade letter). spread: by that share times `reach`, a number of each
    draw around 1, so that results are both lower and wider. The one reach of a draw holds for all
    lines: optimism is a habit of whoever writes the case, not of a line.
    """

    mode: Mode = "none"
    on_costs: Mapping[str, float] = field(default_factory=dict)
    on_savings: Mapping[str, float] = field(default_factory=dict)
    reach: Amount = 1.0

    def cost_factor(self, grade: str) -> Amount:
        """What a cost is multiplied by: 1 or more."""
        return 1 + self._share(self.on_costs, grade)

    def saving_factor(self, grade: str) -> Amount:
        """What a saving is multiplied by: 1 or less. The same for losses, so sums stay in order."""
        return 1 - self._share(self.on_savings, grade)

    def _share(self, shares: Mapping[str, float], grade: str) -> Amount:
        if self.mode == "none":
            return 0.0
        if grade not in shares:
            raise bad_input(
                f"there is no optimism bias for grade {grade!r}",
                f"Grades with one: {', '.join(sorted(shares)) or 'none'}.",
                where="optimism bias",
            )
        return shares[grade] * self.reach if self.mode == "spread" else shares[grade]


def one_mode(asked: Sequence[str]) -> Mode:
    """The optimism-bias mode asked for; a haircut *and* a spread would correct twice."""
    modes = {mode for mode in asked if mode != "none"}
    for mode in modes:
        if mode not in get_args(Mode):
            raise bad_input(f"there is no optimism bias {mode!r}", "It is none, haircut or spread.")
    if len(modes) > 1:
        raise bad_input(
            "optimism bias is asked for both as a haircut and as a spread",
            "They correct the same doubt twice: choose one.",
        )
    return "haircut" if "haircut" in modes else "spread" if "spread" in modes else "none"


@dataclass(frozen=True)
class Deadweight:
    """What would have happened anyway; the mode has no default.

    Typing one as the other is the classic error.
    proportional: share of *those who achieve the outcome* who would have done so anyway.
    percentage_point: share of *all who take part* who would have achieved it anyway.
    """

    mode: DeadweightMode
    value: Amount

    def __post_init__(self) -> None:
        if self.mode not in get_args(DeadweightMode):
            raise bad_input(
                f"deadweight without a mode (found {self.mode!r})",
                "Say proportional (of achievers) or percentage_point (of all who take part).",
                where="deadweight",
            )
        check_share(self.value, "deadweight")


def after_deadweight(engaged: Amount, impact: Amount, deadweight: Deadweight) -> Amount:
    """Outcomes that would not have happened anyway. Negative where more would have: harm is kept.

    >>> round(after_deadweight(100, 0.60, Deadweight("percentage_point", 0.20)), 6)
    40.0
    """
    if deadweight.mode == "proportional":
        return engaged * impact * (1 - deadweight.value)
    return engaged * (impact - deadweight.value)


def proportional_from_rate(rate_without: float, impact: float) -> float:
    """The share of achievers who would have achieved anyway, from the rate among all."""
    if impact <= 0:
        raise bad_input(
            "deadweight as a share of achievers needs an impact above 0",
            "Give the rate among all who take part (percentage_point) instead.",
            where="deadweight",
        )
    return rate_without / impact


def deadweight_problem(impact: float, deadweight: Deadweight, rate_without: float) -> str:
    """A sentence when a proportional deadweight disagrees with the known rate without; else "".

    20 % of all typed where 20 % of achievers is meant overstates the net outcome.
    """
    if deadweight.mode != "proportional" or impact <= 0:
        return ""
    right, typed = proportional_from_rate(rate_without, impact), float(np.mean(deadweight.value))
    if abs(right - typed) < 1e-3:
        return ""
    return (
        f"deadweight is {typed:.3g} of achievers, but {rate_without:.3g} of all who "
        f"take part would have achieved it anyway: that is {right:.3g} of achievers"
    )


def after_attribution(amount: Amount, attribution: Amount) -> Amount:
    """What is due to the service rather than to others; attribution is a share.

    Leave it at 1 where the effect comes from a comparison with usual support: it is net already.
    """
    check_share(attribution, "attribution")
    return amount * attribution


def fading(drop_off: float, years: int, form: str = "geometric") -> Floats:
    """What is left of an effect in its 1st, 2nd ... year; drop-off starts in the second."""
    check_share(drop_off, "drop-off")
    year = np.arange(years)
    if form == "geometric":
        return np.asarray((1 - drop_off) ** year, dtype=np.float64)
    if form == "linear":
        return np.asarray(np.maximum(0.0, 1 - drop_off * year), dtype=np.float64)
    raise bad_input(f"there is no fading {form!r}", "It is geometric or linear.", where="drop-off")


Overlap = Literal["independent", "nested", "disjoint"]


def either(first: float, second: float, overlap: Overlap) -> float:
    """Share of people with at least one of two outcomes; never simply their sum unless disjoint.

    >>> [round(either(0.3, 0.2, how), 2) for how in ("independent", "nested", "disjoint")]
    [0.44, 0.3, 0.5]
    """
    check_share(first, "overlap")
    check_share(second, "overlap")
    if overlap == "independent":
        return first + second - first * second
    if overlap == "nested":
        return max(first, second)
    check_share(first + second, "overlap")
    return first + second


def check_share(value: Amount, where: str) -> None:
    """Refuse what is not a share; nothing is ever cut to fit."""
    if not within(value, 0.0, 1.0):
        raise bad_input(f"{value} is not a share", "It lies between 0 and 1.", where=where)
