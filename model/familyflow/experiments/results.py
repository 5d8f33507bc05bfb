"""The answer of a run as one dictionary: what results.json holds and every document reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from familyflow.economics import statements, targets
from familyflow.economics.appraisal import Ledger
from familyflow.economics.funding import real_amounts
from familyflow.experiments.quantities import WITH, WITHIN, WITHOUT
from familyflow.experiments.statistics import (
    NO_CHANCE,
    Chance,
    Floats,
    estimate,
    probability,
    share_of_chance,
    undefined,
)

SCHEMA = 1
SUMS_OF_FLOW = (
    ("families_referred", "families", ("families_referred",)),
    ("families_accepted", "families", ("families_accepted",)),
    ("families_signposted", "families", ("families_signposted",)),
    ("families_started", "families", ("families_started",)),
    ("families_completed", "families", ("families_completed",)),
    ("families_declined", "families", ("families_declined",)),
    ("families_gave_up_waiting", "families", ("families_gave_up_waiting",)),
    ("families_turned_away", "families", ("families_left_list", "families_signposted")),
    ("families_referred_up", "families", ("families_referred_up",)),
    ("families_improved", "families", ("families_improved",)),
    ("children_supported", "children", ("children_supported",)),
    ("sessions_held", "sessions", ("sessions",)),
    ("contact_hours", "hours", ("key_work_hours",)),
    ("escalations_detected", "steps", ("escalations_detected",)),
)
FIGURES_OF_FLOW = (
    ("mean_wait_weeks", "weeks"),
    ("mean_wait_weeks_of_all", "weeks"),
    ("families_started_minority_ethnic", "families"),
    ("families_started_with_interpreter", "families"),
    ("p90_wait_weeks", "weeks"),
    ("caseload_utilisation", "share"),
    ("children_looked_after_avoided", "children"),
    ("of_which_delayed", "children"),
)
# Counted child by child inside the simulation, so they know no window but the follow-up.
OF_FOLLOW_UP = ("children_looked_after_avoided", "of_which_delayed")
MONEY = tuple(targets.TARGETS)


@dataclass(frozen=True)
class Sample:
    """One set of simulations: priced, and with the figures that no sum gives.

    figures[name] is an array (draw, replication). outcomes names the quantities that say how
    children and families fare: they are counted in the headline's window.
    """

    ledger: Ledger
    figures: Mapping[str, Floats]
    outcomes: frozenset[str]

    def total(self, name: str, arm: int = WITH) -> Floats:
        """A quantity (draw, replication) over every year; outcomes in the headline's window."""
        if name in self.outcomes:
            counted: Floats = self.ledger.happened([name])[:, :, arm, :, 0].sum(axis=-1)
            return counted
        quantities = self.ledger.inputs.quantities
        place = quantities.position(name, "results")
        total: Floats = quantities.amounts[:, :, arm, :, WITHIN, place].sum(axis=-1)
        return total


@dataclass(frozen=True)
class Samples:
    """The main sample, and the draws that were simulated twice to measure chance."""

    main: Sample
    twice: Sample | None

    def of(self, read: Callable[[Sample], Floats]) -> Chance:
        """The share of chance in the variance between draws of what `read` gives."""
        values = read(self.main)
        pairs = read(self.twice) if self.twice is not None else values
        if pairs.shape[1] < 2:
            return NO_CHANCE
        middle = values.mean(axis=1)
        known, twice_known = np.isfinite(middle), np.isfinite(pairs[:, :2]).all(axis=1)
        twice_known &= known[: len(pairs)]
        # draws that were simulated twice first, as `share_of_chance` wants them
        order = np.argsort(~np.pad(twice_known, (0, len(middle) - len(pairs))), kind="stable")
        ordered = middle[order][known[order]]
        return share_of_chance(
            ordered, pairs[twice_known, 0], pairs[twice_known, 1], values.shape[1]
        )

    def estimate(self, read: Callable[[Sample], Floats], unit: str) -> dict[str, Any]:
        """The figure of a quantity that adds up; draws in which it is unknown are left out."""
        values = read(self.main).mean(axis=1)
        known = values[np.isfinite(values)]
        if not len(known):
            return undefined(unit, "it never happens in this scenario")
        return estimate(known, unit, self.of(read))


def flow_of(samples: Samples) -> dict[str, Any]:
    """Families, waits and children: everything that is not money."""
    flow = {
        name: samples.estimate(partial(_sum, parts=parts), unit)
        for name, unit, parts in SUMS_OF_FLOW
    }
    for name, unit in FIGURES_OF_FLOW:
        flow[name] = samples.estimate(partial(_figure, name=name), unit)
    flow |= {name: flow[name] | _own_window(samples) for name in OF_FOLLOW_UP}
    care = samples.estimate(lambda s: targets.care_weeks_avoided(s.ledger), "weeks")
    return {**flow, "care_weeks_avoided": care}


def _own_window(samples: Samples) -> dict[str, str]:
    """What to say of a figure counted in the follow-up window when the headline counts another."""
    inputs = samples.main.ledger.inputs
    if inputs.window == "follow_up":
        return {}
    years = inputs.follow_up_years
    return {"note": f"within {years} years of each family's referral, whatever the window"}


def money_of(samples: Samples) -> dict[str, Any]:
    """Every money target, with payback and the chance of a net saving.

    All figures that rest on the savings share one share of chance, so that parts and totals of
    one page are drawn in alike.
    """
    savings = chance_of_savings(samples)
    money = {
        name: _target(samples, name, savings if targets.rests_on_savings(name) else None)
        for name in MONEY
    }
    ledger = samples.main.ledger
    saving = targets.by_draw(ledger, "net_saving")
    money["probability_net_saving"] = probability(saving, savings)
    money["payback_years"] = _payback(ledger)
    return money


def chance_of_savings(samples: Samples) -> Chance:
    """The share of chance in the fiscal saving, used for every figure that rests on savings."""
    return samples.of(lambda s: targets.by_replication(s.ledger, "fiscal_saving"))


def chance_of_cost(samples: Samples) -> Chance:
    """The share of chance in the cost."""
    return samples.of(lambda s: targets.by_replication(s.ledger, "cost"))


def one_service_of(samples: Samples) -> dict[str, float]:
    """What the accounts of one such service could show, chance included."""
    net = targets.by_replication(samples.main.ledger, "net_saving").ravel()
    low, high = np.percentile(net, [2.5, 97.5])
    return {
        "net_saving_low": float(low),
        "net_saving_high": float(high),
        "probability_net_saving": float(np.mean(net > 0)),
    }


def by_agency(
    ledger: Ledger, savings: Chance, cost: Chance, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Who pays and who saves: present values; net is saving less cost. titles: for people."""
    return [
        {
            "agency": row.agency,
            "title": titles.get(row.agency, row.agency),
            "cost": estimate(row.cost, "GBP", cost),
            "of_which_in_kind": estimate(row.in_kind, "GBP", cost),
            "fiscal_saving": estimate(row.fiscal_saving, "GBP", savings),
            "cashable_saving": estimate(row.cashable_saving, "GBP", savings),
            "net": estimate(row.net, "GBP", savings if row.fiscal_saving.any() else cost),
        }
        for row in statements.by_agency(ledger)
    ]


def by_funder(ledger: Ledger, cost: Chance) -> list[dict[str, Any]]:
    """What each funder pays, present value."""
    return [
        {
            "funder": row.funder,
            "public": row.public,
            "council": row.council,
            "paid": estimate(row.paid, "GBP", cost),
        }
        for row in statements.by_funder(ledger)
    ]


def by_year(ledger: Ledger, savings: Chance, cost: Chance) -> list[dict[str, Any]]:
    """Cost and fiscal saving of each year from the first of the term, present value."""
    return [
        {
            "year": row.year,
            "cost": estimate(row.cost, "GBP", cost),
            "fiscal_saving": estimate(row.fiscal_saving, "GBP", savings),
            "in_budget_window": row.in_budget_window,
        }
        for row in statements.by_year(ledger)
    ]


def funding_of(ledger: Ledger) -> list[dict[str, Any]]:
    """What each funder offers over the term, undiscounted, in the price year of the run.

    cash: the pounds that an award in cash names; null where it is told in pounds of a price year.
    """
    inputs = ledger.inputs
    return [
        {
            "funder": funder.name,
            "offered": _in_term(real_amounts(funder, inputs), inputs.term_years),
            "cash": _in_term(funder.by_year, inputs.term_years) if funder.in_cash else None,
        }
        for funder in inputs.funders
    ]


def _in_term(by_year: Mapping[int, float], term_years: int) -> float:
    return sum(pounds for year, pounds in by_year.items() if year < term_years)


def levels_of(samples: Samples, names: Sequence[str]) -> list[dict[str, Any]]:
    """Outcome quantities in the headline's window, with and without, and the difference."""
    rows = []
    quantities = samples.main.ledger.inputs.quantities
    for name in names:
        unit = quantities.units[quantities.position(name, "results")]
        without = samples.main.total(name, WITHOUT).mean(axis=1)
        with_service = samples.main.total(name, WITH).mean(axis=1)
        fewer = samples.estimate(partial(_fewer, name=name), unit)
        rows.append(
            {
                "quantity": name,
                "unit": unit,
                "without": float(without.mean()),
                "with": float(with_service.mean()),
                "fewer": fewer,
            }
        )
    return rows


def _sum(sample: Sample, parts: Sequence[str]) -> Floats:
    total: Floats = sum((sample.total(part) for part in parts), start=np.zeros(1))
    return total


def _figure(sample: Sample, name: str) -> Floats:
    return sample.figures[name]


def _fewer(sample: Sample, name: str) -> Floats:
    return sample.total(name, WITHOUT) - sample.total(name, WITH)


def figure_of(samples: Samples, name: str) -> dict[str, Any]:
    """A money target with its interval; those that rest on savings share one share of chance."""
    shared = chance_of_savings(samples) if targets.rests_on_savings(name) else None
    return _target(samples, name, shared)


def _target(samples: Samples, name: str, shared: Chance | None) -> dict[str, Any]:
    ledger, unit = samples.main.ledger, targets.unit(name)
    found = targets.mean(ledger, name)
    if found.value is None:
        return undefined(unit, found.reason)
    values = targets.by_draw(ledger, name)
    known = values[np.isfinite(values)]
    share = shared or samples.of(lambda s: targets.by_replication(s.ledger, name))
    figure = estimate(known, unit, share, mean=found.value)
    if len(known) < len(values):
        figure["draws_undefined"] = len(values) - len(known)
    return figure


def _payback(ledger: Ledger) -> dict[str, Any]:
    found = targets.payback_of(ledger)
    if found.years.value is None:
        return undefined("years", found.years.reason) | {"share_never": found.share_never}
    years = found.years.value
    same = dict.fromkeys(("mean", "low", "p10", "p90", "high"), years)
    return {**same, "unit": "years", "of": "the mean flow", "share_never": found.share_never}
