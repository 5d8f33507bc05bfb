"""The same inputs by two plainer calculations, beside the simulation: care avoided and its price.

The cohort follows expected children month by month, with no queue and no luck: the very chain on
which effects are solved. The chain multiplies single numbers in the way of Greater Manchester's
workbook: no queue, no levels of need, no spread. All three take one price of a week in care, so
that only quantities differ. Undiscounted, within the follow-up of each family.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from familyflow.economics.adjustments import Deadweight
from familyflow.economics.chain import ChainLine
from familyflow.economics.chain_view import implied_chains
from familyflow.experiments.consistency import (
    MONTHS_IN_YEAR,
    WEEKS_IN_YEAR,
    elapsed_weeks,
    mean_children,
    triangulate,
)
from familyflow.experiments.published.simulated import Nothing
from familyflow.experiments.published.world import World
from familyflow.outcomes.cohort import CARE, Cohort, make_cohort
from familyflow.outcomes.dose import START_GROUPS, dose_curves
from familyflow.outcomes.effect_table import EFFECTS
from familyflow.outcomes.effects import exposure, influence, nothing_acts
from familyflow.outcomes.expected import (
    Grid,
    Influence,
    after_waiting,
    follow,
    monthly_grid,
)
from familyflow.outcomes.records import CARE_KEY
from familyflow.outcomes.solve import Solved
from familyflow.specification.plan import Floats
from familyflow.specification.variates import DAYS_IN_WEEK

CROSS: Final = (
    "simulated.families", "simulated.children", "simulated.weeks", "simulated.saving",
    "simulated.weeks_each", "simulated.errors_from_cohort",
    "cohort.children", "cohort.weeks", "cohort.saving", "cohort.weeks_each",
    "cohort.weeks_each_as_stated",
    "chain.families", "chain.children", "chain.weeks", "chain.saving", "chain.weeks_each",
)  # fmt: skip
_IN_CARE: Final = "child_weeks_looked_after."
_LAG_YEARS: Final = 1  # children were counted in care in the second year after joining
_SUPPORTED: Final = "flow.children_supported"
_AVOIDED: Final = "flow.care_weeks_avoided"


def cross(_: Nothing, world: World) -> dict[str, float]:
    """Children supported, child-weeks in care avoided and GBP saved on them, three ways."""
    price = _price_of_a_week(world)
    children = world.priced.figures.main[_SUPPORTED].by_draw()
    weeks = world.priced.figures.main[_AVOIDED].by_draw()
    inputs = world.inputs
    expected = children * care_weeks_avoided(world, [*inputs.values], inputs.solved)
    stated = care_weeks_avoided(world, [inputs.base], [inputs.base_solved])
    ways = {
        "simulated": _means(children, weeks, price) | _luck(weeks - expected),
        "cohort": _means(children, expected, price),
        "chain": _chain(world, price),
    }
    ways["simulated"]["families"] = world.figure("flow.families_started")
    ways["chain"]["families"] = ways["chain"]["children"] / _children(world.base)
    ways["cohort"]["weeks_each_as_stated"] = float(stated[0])
    return {f"{way}.{name}": value for way, told in ways.items() for name, value in told.items()}


def _price_of_a_week(world: World) -> float:
    """GBP for a week in care avoided, at the mix of placements of the simulation."""
    lines = {line.name: line.quantity for line in world.ledger.inputs.benefit_lines}
    care = [
        chain for chain in implied_chains(world.ledger) if lines[chain.line].startswith(_IN_CARE)
    ]
    weeks = sum(chain.units_avoided for chain in care)
    return sum(chain.saving for chain in care) / weeks if weeks else np.nan


def _means(children: Floats, weeks: Floats, price: float) -> dict[str, float]:
    """Means over draws, and the weeks of a child as the ratio of means."""
    return _told(float(children.mean()), float(weeks.mean()), price)


def _told(children: float, weeks: float, price: float) -> dict[str, float]:
    each = weeks / children if children else np.nan
    return {"children": children, "weeks": weeks, "saving": weeks * price, "weeks_each": each}


def _luck(less: Floats) -> dict[str, float]:
    """Simulation less cohort, draw by draw: the mean over its own standard error."""
    error = float(less.std(ddof=1) / np.sqrt(len(less))) if len(less) > 1 else 0.0
    return {"errors_from_cohort": float(less.mean()) / error if error else np.nan}


def care_weeks_avoided(
    world: World, draws: Sequence[Mapping[str, Any]], solved: Sequence[Solved]
) -> Floats:
    """Expected weeks in care avoided for a child of a family that starts, from its referral [draw].

    draws: values by name, with what was solved for each.
    """
    reference = world.inputs.reference
    cohort = make_cohort(
        draws,
        np.array([one.stay_scale for one in solved]),
        np.array([one.care_multiplier for one in solved]),
    )
    grid = monthly_grid(MONTHS_IN_YEAR * int(world.base["appraisal.follow_up_years"]))
    links = np.array([(one.care_link, one.plan_link, one.child_in_need_link) for one in solved]).T
    acting = [
        _fading(influence(links, exposure(draws, curve, reference, grid)), grid, draws, world)
        for curve in dose_curves(reference)
    ]
    without = _weeks_in_care(cohort, nothing_acts(len(cohort), grid), grid)
    return without - _weeks_in_care(cohort, acting, grid)


def _weeks_in_care(cohort: Cohort, acting: list[Influence], grid: Grid) -> Floats:
    """Expected weeks in care within the grid, which begins with the referral: [draw]."""
    weeks = np.zeros(len(cohort))
    for months, share in cohort.waits:
        for levels, one in zip(START_GROUPS, acting, strict=True):
            later, _ = after_waiting(one, grid, months)
            start = np.zeros_like(cohort.start)
            start[:, list(levels)] = cohort.start[:, list(levels)]
            in_care = follow(replace(cohort, start=start), later, grid).occupancy[:, :, CARE]
            days = grid.days * (in_care[:, 1:] + in_care[:, :-1]).sum(axis=1) / 2.0
            weeks += share * days / DAYS_IN_WEEK
    return weeks


def _fading(
    acting: Influence, grid: Grid, draws: Sequence[Mapping[str, Any]], world: World
) -> Influence:
    """The curves of exposure know the first year after the last session; later years fade here."""
    ends = elapsed_weeks(world.base) / WEEKS_IN_YEAR
    years = grid.edges[:-1] / (grid.days * grid.steps_in_month * MONTHS_IN_YEAR) - ends
    beyond = np.maximum(0.0, np.floor(years) - 1.0)
    kept = np.array([float(values[EFFECTS + "retention_per_year"]) for values in draws])
    left = kept[:, np.newaxis] ** beyond
    return replace(acting, links=1.0 - (1.0 - acting.links) * left)


def _chain(world: World, price: float) -> dict[str, float]:
    """The chain of single numbers, all as stated."""
    line = care_chain(world.base, price)
    years = int(world.base["appraisal.follow_up_years"])
    saving = float(line.saving_by_year(years).sum())
    return _told(line.steps().engaged, saving / price if price else np.nan, price)


def care_chain(base: Mapping[str, Any], price: float) -> ChainLine:
    """Children of suitable families, those who start, and those kept from care, as one chain.

    The published ratio is net of what happens anyway, so there is no deadweight left to take off.
    price: GBP for a week in care.
    """
    suitable = float(base["families.referrals.suitable_per_year"])
    years, follow_up = (int(base[f"appraisal.{name}_years"]) for name in ("term", "follow_up"))
    sums = triangulate(base)
    return ChainLine(
        name="care",
        population=suitable * years * _children(base),
        prevalence=1.0,
        engagement=min(1.0, sums.wanted / suitable, sums.could_start / suitable),
        retained=1.0,
        impact=float(base[CARE_KEY]) * (1.0 - float(base[EFFECTS + "care_ratio"])),
        deadweight=Deadweight("proportional", 0.0),
        unit_value=price,
        units_each=WEEKS_IN_YEAR,
        lag_years=_LAG_YEARS,
        saving_years=max(0, follow_up - _LAG_YEARS),
        drop_off=1.0 - float(base[EFFECTS + "retention_per_year"]),
        falls_on={"local_authority_childrens_services": 1.0},
    )


def _children(base: Mapping[str, Any]) -> float:
    """Children of the ages served in a family, by the stated shares."""
    others = mean_children(base) - 1.0
    return 1.0 + others * (1.0 - float(base["families.make_up.sibling_outside_age_range"]))
