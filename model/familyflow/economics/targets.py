"""The money targets of a run: what each is, its unit, and when it is not defined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import Ledger
from familyflow.economics.payback import Found, never_pays_back, payback
from familyflow.economics.quantities import WITH, WITHOUT
from familyflow.problems import bad_input

GBP = "GBP"
RISES_WITH_FAMILIES = ("per_family", "per_session", "per_child")


@dataclass(frozen=True)
class Sum:
    """A target that adds up: pounds (draw, replication).

    of_savings: it rests on the headline's savings, as every such figure of a page must alike.
    """

    pounds: Callable[[Ledger], Floats]
    unit: str = GBP
    of_savings: bool = False


@dataclass(frozen=True)
class Ratio:
    """A target that divides: its mean is the ratio of means, times a third mean where given.

    Not defined, for the `reason`, where the mean below the line is not above zero.
    """

    above: Callable[[Ledger], Floats]
    below: Callable[[Ledger], Floats]
    reason: str
    unit: str = "ratio"
    times: Callable[[Ledger], Floats] | None = None
    of_savings: bool = False


def _fiscal(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("fiscal"))


def _cost(ledger: Ledger) -> Floats:
    return ledger.total_cost


def _public_value(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("public_value"))


def _public_value_with_weaker(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("public_value", weaker=True))


def _fiscal_with_weaker(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("fiscal", weaker=True))


def _weighted(ledger: Ledger, *, weaker: bool) -> Floats:
    """Public value in which what falls to families counts by their distributional weight."""
    weights = ledger.weights("public_value", weaker=weaker)
    theirs = ledger.agencies.get(ledger.inputs.families, np.zeros_like(weights))
    return ledger.total_saving(weights * (1.0 + (ledger.inputs.family_weight - 1.0) * theirs))


def _variable_cost(ledger: Ledger) -> Floats:
    """Present value of the cost lines that rise with families, sessions and children."""
    rises = np.array([row.behaves in RISES_WITH_FAMILIES for row in ledger.cost_rows], dtype=bool)
    flow = ledger.counted(ledger.cost[..., rises].sum(axis=-1)) * ledger.cost_discount
    return np.asarray(flow.sum(axis=-1))


def _cashable(ledger: Ledger) -> Floats:
    return ledger.total_cashable(ledger.weights("fiscal"))


def _in_budget(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("fiscal"), "budget")


def _within_term(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("fiscal"), "within_term")


def _after_term(ledger: Ledger) -> Floats:
    return ledger.total_saving(ledger.weights("fiscal"), "after_term")


def _cost_in_budget(ledger: Ledger) -> Floats:
    return np.asarray(ledger.cost_by_year()[:, :, : ledger.inputs.term_years].sum(axis=-1))


def _public_cost(ledger: Ledger) -> Floats:
    return ledger.total_paid(public=True)


def _council_saving(ledger: Ledger) -> Floats:
    weights = ledger.weights("fiscal")
    council = sum(
        (shares for name, shares in ledger.agencies.items() if _is_council(ledger, name)),
        start=np.zeros_like(weights),
    )
    return ledger.total_saving(weights * council)


def _is_council(ledger: Ledger, agency: str) -> bool:
    return agency in ledger.inputs.council_agencies


def _count(name: str) -> Callable[[Ledger], Floats]:
    return lambda ledger: ledger.inputs.quantities.with_service(name)


def care_weeks_avoided(ledger: Ledger) -> Floats:
    """Weeks looked after avoided in the headline's window (draw, replication), not discounted."""
    weeks = _in_care(ledger).sum(axis=(-1, -2))
    return np.asarray(weeks[:, :, WITHOUT] - weeks[:, :, WITH])


def care_weeks_by_year(ledger: Ledger) -> Floats:
    """Weeks looked after in the headline's window (draw, replication, arm, year)."""
    return np.asarray(_in_care(ledger).sum(axis=-1))


def _in_care(ledger: Ledger) -> Floats:
    """Weeks in each placement in the headline's window (draw, replication, arm, year, kind)."""
    names = ledger.inputs.quantities.names
    of_care = [name for name in names if name.startswith(ledger.inputs.placements.weeks)]
    return ledger.happened(of_care)


def placement_cost(ledger: Ledger) -> Floats:
    """Present value of all weeks looked after without the service, in the headline's window."""
    quantities, start = ledger.inputs.quantities, ledger.inputs.placements.weeks
    total = np.zeros((quantities.draws, quantities.replications))
    for column, line in enumerate(ledger.inputs.benefit_lines):
        if line.quantity.startswith(start) and line.unit_cost.kind == "fiscal":
            weeks = ledger.happened([line.quantity])[:, :, WITHOUT, :, 0]
            discounted = weeks * ledger.saving_discount[: quantities.years, column]
            total += discounted.sum(axis=-1) * ledger.saving_prices[:, column, np.newaxis]
    return total


def entries_without(ledger: Ledger) -> Floats:
    """Entries to care without the service, in the headline's window (draw, replication)."""
    entries = ledger.happened([ledger.inputs.placements.entries])
    return np.asarray(entries[:, :, WITHOUT].sum(axis=(-1, -2)))


def _undiscounted(ledger: Ledger) -> Floats:
    """Cost as a budget shows it: money only, not discounted, not corrected for optimism."""
    return np.asarray(ledger.planned_by_year().sum(axis=-1))


def _saving(pounds: Callable[[Ledger], Floats]) -> Sum:
    return Sum(pounds, of_savings=True)


_NO_COST = "the service has no cost above zero, so no ratio to it is defined"

TARGETS: Final[dict[str, Sum | Ratio]] = {
    "cost": Sum(_cost),
    "cost_in_money": Sum(lambda ledger: ledger.cost_by_year(in_kind=False).sum(axis=-1)),
    "cost_undiscounted": Sum(_undiscounted),
    "fiscal_saving": _saving(_fiscal),
    "cashable_saving": _saving(_cashable),
    "public_value": _saving(_public_value),
    "net_saving": _saving(lambda ledger: _fiscal(ledger) - _cost(ledger)),
    "net_present_budget_impact": _saving(lambda ledger: _public_cost(ledger) - _fiscal(ledger)),
    "net_present_value": _saving(lambda ledger: _public_value(ledger) - _cost(ledger)),
    "council_net_saving": _saving(
        lambda ledger: _council_saving(ledger) - ledger.total_paid(council=True)
    ),
    "public_net_saving": _saving(lambda ledger: _fiscal(ledger) - _public_cost(ledger)),
    # parts of the savings (and all within the term) hold another share of chance than the whole
    "saving_within_term": Sum(_within_term),
    "saving_after_budget_window": Sum(_after_term),
    "saving_in_budget_window": Sum(_in_budget),
    "cost_in_budget_window": Sum(_cost_in_budget),
    "net_present_value_with_weaker_evidence": Sum(
        lambda ledger: _public_value_with_weaker(ledger) - _cost(ledger)
    ),
    "net_present_value_weighted": _saving(
        lambda ledger: _weighted(ledger, weaker=False) - _cost(ledger)
    ),
    "net_present_value_weighted_with_weaker_evidence": Sum(
        lambda ledger: _weighted(ledger, weaker=True) - _cost(ledger)
    ),
    "fiscal_return": Ratio(_fiscal, _cost, _NO_COST, of_savings=True),
    "fiscal_return_with_weaker_evidence": Ratio(_fiscal_with_weaker, _cost, _NO_COST),
    "cashable_fiscal_return": Ratio(_cashable, _cost, _NO_COST, of_savings=True),
    "benefit_cost_ratio": Ratio(_public_value, _cost, _NO_COST, of_savings=True),
    "benefit_cost_ratio_with_weaker_evidence": Ratio(_public_value_with_weaker, _cost, _NO_COST),
    "cost_per_family_started": Ratio(
        _cost, _count("families_started"), "no family starts", "GBP per family"
    ),
    "cost_per_family_started_undiscounted": Ratio(
        _undiscounted, _count("families_started"), "no family starts", "GBP per family"
    ),
    "cost_per_family_completed": Ratio(
        _cost, _count("families_completed"), "no family completes", "GBP per family"
    ),
    "cost_per_family_improved": Ratio(
        _cost, _count("families_improved"), "no family improves", "GBP per family"
    ),
    "cost_per_contact_hour": Ratio(
        _cost, _count("key_work_hours"), "no hour is worked with a family", "GBP per hour"
    ),
    "marginal_cost_per_family": Ratio(
        _variable_cost, _count("families_started"), "no family starts", "GBP per family"
    ),
    "cost_per_child": Ratio(
        _cost, _count("children_supported"), "no child is supported", "GBP per child"
    ),
    "cost_per_care_week_avoided": Ratio(
        _cost, care_weeks_avoided, "no care weeks are avoided", "GBP per week"
    ),
    "break_even_placements": Ratio(
        _cost,
        placement_cost,
        "no child enters care without the service, so a placement has no average cost",
        "placements",
        times=entries_without,
    ),
    "break_even_effect": Ratio(
        _cost, _fiscal, "there is no fiscal saving to scale", "times the simulated saving"
    ),
}


def parts(ledger: Ledger, name: str) -> tuple[Floats, ...]:
    """What a target is made of, by draw and replication: (pounds,) or (above, below[, times])."""
    target = _named(name)
    if isinstance(target, Sum):
        return (target.pounds(ledger),)
    made_of = [target.above, target.below, *([target.times] if target.times else [])]
    return tuple(part(ledger) for part in made_of)


def by_replication(ledger: Ledger, name: str) -> Floats:
    """A target by draw and replication; NaN where a ratio is not defined."""
    return combined(parts(ledger, name))


def by_draw(ledger: Ledger, name: str) -> Floats:
    """A target by draw, replications averaged first (a ratio is one of averages)."""
    return combined(tuple(part.mean(axis=1) for part in parts(ledger, name)))


def mean(ledger: Ledger, name: str) -> Found:
    """The mean over all draws and replications; a ratio is the ratio of means, or has a reason."""
    value = float(combined(tuple(np.asarray(part.mean()) for part in parts(ledger, name))))
    if np.isnan(value):
        return Found(None, reason(name))
    return Found(value)


def unit(name: str) -> str:
    """The unit of a target."""
    return _named(name).unit


def reason(name: str) -> str:
    """Why a target is not defined, where it is not."""
    target = _named(name)
    return target.reason if isinstance(target, Ratio) else "not a number"


def rests_on_savings(name: str) -> bool:
    """Whether a target is made of the headline's savings."""
    return _named(name).of_savings


@dataclass(frozen=True)
class Payback:
    """Years until the mean flow has paid back, and the share of draws that never do."""

    years: Found
    share_never: float


def payback_of(ledger: Ledger, *, discounted: bool = True) -> Payback:
    """Payback of the mean flow (fiscal saving less cost, in the headline's window)."""
    saving = ledger.saving_by_year(ledger.weights("fiscal"), discounted=discounted)
    cost = ledger.cost_by_year(discounted=discounted)
    flows = np.asarray((saving - cost).mean(axis=1))
    is_cost = cost.mean(axis=(0, 1)).sum() > 0
    years = payback(flows.mean(axis=0)) if is_cost else Found(None, "there is no cost to pay back")
    return Payback(years, float(never_pays_back(flows).mean()))


def _named(name: str) -> Sum | Ratio:
    if name not in TARGETS:
        raise bad_input(f"there is no target {name!r}", f"There are: {', '.join(TARGETS)}.")
    return TARGETS[name]


def combined(made_of: tuple[Floats, ...]) -> Floats:
    """A figure from its parts: a sum, or a ratio (times a third); NaN where it is undefined."""
    if len(made_of) == 1:
        return made_of[0]
    above, below = made_of[0], np.asarray(made_of[1])
    above = above * made_of[2] if len(made_of) == 3 else above
    empty = np.full(np.shape(above), np.nan)
    defined = below > 0
    if len(made_of) == 3:
        defined = defined & (made_of[2] > 0)
    return np.asarray(np.divide(above, below, out=empty, where=defined))
