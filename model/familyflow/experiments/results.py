"""The answer of a run as one dictionary: what results.json holds and every document reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from familyflow.economics.appraisal import Ledger
from familyflow.economics.funding import IN_KIND, UNFUNDED, real_amounts
from familyflow.experiments.alternatives import payback_figure
from familyflow.experiments.gathering import Priced
from familyflow.experiments.per_draw import Gathered, Share
from familyflow.experiments.quantities import WITH, WITHOUT
from familyflow.experiments.readings import (
    CARE_WEEKS,
    FIGURES_OF_FLOW,
    MONEY,
    SUMS_OF_FLOW,
    all_zero,
    outcomes_priced,
)
from familyflow.experiments.statistics import Chance, probability

SCHEMA = 1
# Counted child by child inside the simulation, so they know no window but the follow-up.
OF_FOLLOW_UP = ("children_looked_after_avoided", "of_which_delayed")
Shared = Mapping[Share, Chance]


def shared_chance(figures: Gathered) -> Shared:
    """The share of chance in the savings and in the cost, for every figure that rests on them.

    So parts and totals of one page are drawn in alike.
    """
    return {
        "savings": figures.chance("money.fiscal_saving"),
        "cost": figures.chance("money.cost"),
    }


def flow_of(priced: Priced) -> dict[str, Any]:
    """Families, waits and children: everything that is not money."""
    names = [name for name, *_ in (*SUMS_OF_FLOW, *FIGURES_OF_FLOW)]
    flow = {name: priced.figures.figure(f"flow.{name}", {}) for name in (*names, CARE_WEEKS)}
    return flow | {name: flow[name] | _own_window(priced.mean) for name in OF_FOLLOW_UP}


def _own_window(ledger: Ledger) -> dict[str, str]:
    """What to say of a figure counted in the follow-up window when the headline counts another."""
    inputs = ledger.inputs
    if inputs.window == "follow_up":
        return {}
    years = inputs.follow_up_years
    return {"note": f"within {years} years of each family's referral, whatever the window"}


def money_of(priced: Priced, shared: Shared) -> dict[str, Any]:
    """Every money target, with payback and the chance of a net saving."""
    money = {name: priced.figures.figure(f"money.{name}", shared) for name in MONEY}
    saving = priced.figures.main["money.net_saving"].by_draw()
    money["probability_net_saving"] = probability(saving, shared["savings"])
    chance = money["probability_net_saving"]["mean"]
    money["payback_years"] = payback_figure(priced.mean, 1.0 - chance)
    return money


def one_service_of(figures: Gathered) -> dict[str, float]:
    """What the accounts of one such service could show, chance included."""
    net = figures.main["money.net_saving"].by_replication().ravel()
    low, high = np.percentile(net, [2.5, 97.5])
    return {
        "net_saving_low": float(low),
        "net_saving_high": float(high),
        "probability_net_saving": float(np.mean(net > 0)),
    }


def by_agency(figures: Gathered, shared: Shared, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Who pays and who saves: present values; net is saving less cost. titles: for people."""
    rows = []
    for agency in _named(figures, "agency.", ".cost"):
        start = f"agency.{agency}."
        cost, saving = figures.main[start + "cost"], figures.main[start + "fiscal_saving"]
        if all_zero([cost, saving]):
            continue
        of_net: Shared = {"savings": shared["cost"]} if all_zero([saving]) else shared
        rows.append(
            {
                "agency": agency,
                "title": titles.get(agency, agency),
                **{
                    name: figures.figure(start + name, shared)
                    for name in ("cost", "of_which_in_kind", "fiscal_saving", "cashable_saving")
                },
                "net": figures.figure(start + "net", of_net),
            }
        )
    return rows


def by_funder(priced: Priced, shared: Shared) -> list[dict[str, Any]]:
    """What each funder pays, present value; what is given or unfunded where it is not nothing."""
    return [
        {
            "funder": row.name,
            "public": row.public,
            "council": row.council,
            "paid": priced.figures.figure(f"funder.{row.name}", shared),
        }
        for row in priced.mean.funder_rows
        if row.name not in (IN_KIND, UNFUNDED)
        or not all_zero([priced.figures.main[f"funder.{row.name}"]])
    ]


def by_year(priced: Priced, shared: Shared) -> list[dict[str, Any]]:
    """Cost and fiscal saving of each year from the first of the term, present value."""
    inputs, figures = priced.mean.inputs, priced.figures
    rows = []
    for year in range(inputs.quantities.years):
        names = [f"year.{year}.{part}" for part in ("cost", "fiscal_saving")]
        shown = year < inputs.term_years + inputs.follow_up_years
        if shown or not all_zero([figures.main[name] for name in names]):
            rows.append(
                {
                    "year": year,
                    "cost": figures.figure(names[0], shared),
                    "fiscal_saving": figures.figure(names[1], shared),
                    "in_budget_window": year < inputs.term_years,
                }
            )
    return rows


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


def funding_gap_of(ledger: Ledger) -> dict[str, float]:
    """Funding left over and cost not funded, each in its own years: never set off (undiscounted).

    The mean of draws, real pounds of the price year, over the term. either_way: the part of each
    that is there only because draws differ. In a year the two differ by what the mean cost differs
    from the offer, so the lesser of them is what the mean itself does not show.
    """
    term = ledger.inputs.term_years
    unfunded = [place for place, row in enumerate(ledger.funder_rows) if row.name == UNFUNDED]
    left_over = ledger.surplus[0, 0, :term]
    not_funded = ledger.paid[0, 0, :term, unfunded].sum(axis=0)
    return {
        "left_over": float(left_over.sum()),
        "not_funded": float(not_funded.sum()),
        "either_way": float(np.minimum(left_over, not_funded).sum()),
    }


def levels_of(priced: Priced) -> list[dict[str, Any]]:
    """Outcome quantities in the headline's window, with and without, and the difference."""
    ledger = priced.mean
    rows = []
    for name in outcomes_priced(ledger):
        counted = ledger.happened([name])[0, 0, :, :, 0].sum(axis=-1)
        fewer = priced.figures.figure(f"fewer.{name}", {})
        rows.append(
            {
                "quantity": name,
                "unit": fewer["unit"],
                "without": float(counted[WITHOUT]),
                "with": float(counted[WITH]),
                "fewer": fewer,
            }
        )
    return rows


def _named(figures: Gathered, start: str, end: str) -> list[str]:
    names = [name for name in figures.main if name.startswith(start) and name.endswith(end)]
    return [name.removeprefix(start).removesuffix(end) for name in names]


def _in_term(by_year: Mapping[int, float], term_years: int) -> float:
    return sum(pounds for year, pounds in by_year.items() if year < term_years)
