"""What a full year of a scenario should cost at its stated values, before anything is simulated.

Funding is compared with cost and never changes what happens: a cut must name what it gives up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from familyflow.economics import price
from familyflow.economics.funding import real_amounts
from familyflow.experiments.consistency import elapsed_weeks, triangulate, warnings_before
from familyflow.experiments.pricing import Parameters, ledger_inputs, quantities_in_order
from familyflow.experiments.quantities import WITH, WITHIN
from familyflow.experiments.quantity_names import quantities_of
from familyflow.parameters.drawn_values import in_one
from familyflow.parameters.draws import base_values
from familyflow.planning.advice import CHOOSE_A_FUNDER, NAME_WHAT_GOES
from familyflow.planning.calendar import terms
from familyflow.planning.dated import make_activities, make_programmes
from familyflow.planning.funding_checks import (
    ASKED_OF,
    NOBODY,
    beyond_the_term,
    names_of_funders,
)
from familyflow.planning.team import make_team
from familyflow.specification.plan import Activity, Programme
from familyflow.specification.variates import DAYS_IN_YEAR

Values = Mapping[str, Any]
TOLERANCE = 0.02  # vacancies save about as much; a closer comparison is for the run itself
THOUSAND = 1000


def warnings_of(parameters: Parameters) -> list[str]:
    """What to say of a scenario before it runs: its queue, and its cost beside its funding."""
    values = base_values(parameters)
    found = warnings_before(values)
    if not values["service.team.runs"]:
        return found
    found += beyond_the_term(values)
    asked, funders = str(values[ASKED_OF]), names_of_funders(values)
    if funders and asked not in (NOBODY, *funders):
        found.append(
            f"The budget asks nothing of any funder: {asked} is none of the funders. "
            f"{CHOOSE_A_FUNDER}"
        )
    cost, funding = cost_and_funding(parameters, values)
    short = [year for year, amount in enumerate(funding) if amount < cost * (1.0 - TOLERANCE)]
    if short:
        listed = ", ".join(str(year + 1) for year in short)
        year = values["appraisal.price_year"]
        dear, least = (f"£{round(amount, -3):,.0f}" for amount in (cost, min(funding)))
        found.append(
            f"A full year with every post filled costs about {dear} ({year} prices), more than its "
            f"funding in year {listed} (at least {least}). {NAME_WHAT_GOES}"
        )
    return found


def cost_and_funding(parameters: Parameters, values: Values) -> tuple[float, list[float]]:
    """Money cost of a full year, and the funding of each year of the term, in the price year."""
    days = int(values["appraisal.term_years"]) * DAYS_IN_YEAR
    in_term = terms(values, 0, days)
    programmes = make_programmes(values, in_term, 0, days)
    activities = make_activities(values, in_term, 0, days)
    names = quantities_of(programmes, activities)
    planned = _a_full_year(values) | _dated_in_a_year(values, programmes, activities)
    amounts = np.zeros((1, 1, 2, 1, 2, len(names)))
    for place, quantity in enumerate(names):
        amounts[0, 0, WITH, 0, WITHIN, place] = planned.get(quantity.name, 0.0)
    quantities = quantities_in_order(names, amounts)
    inputs = ledger_inputs(parameters, in_one(values), quantities, names)
    ledger = price(inputs)
    money = [row.type != "in_kind" for row in ledger.cost_rows]
    offered = [real_amounts(funder, inputs) for funder in inputs.funders]
    funding = [
        sum(by_year.get(year, 0.0) for by_year in offered) for year in range(inputs.term_years)
    ]
    return float(ledger.planned[0, 0, 0, money].sum()), funding


def _a_full_year(values: Values) -> dict[str, float]:
    """Quantities of a year with every post filled and as many families as the team can start."""
    sums, posts = triangulate(values), make_team(values).posts
    started = min(sums.wanted, sums.could_start)
    sessions = started * elapsed_weeks(values) / 2.0  # about every other week holds a session
    key = "service.key_work."
    interpreters = max(values["families.make_up.interpreter_need"].values())
    hours = float(interpreters) * float(values[key + "interpreter_hours"])
    return {
        "post_years.key_worker": sum(post.fte_thousandths for post in posts) / THOUSAND,
        "service_years": 1.0,
        "recruitments": float(values["service.team.turnover_per_year"]) * len(posts),
        "sessions": sessions,
        "family_budgets": started * float(values[key + "family_budget_take_up"]),
        "spot_purchases": started * float(values[key + "spot_purchase_share"]),
        "interpreter_hours": sessions * hours,
    }


def _dated_in_a_year(
    values: Values, programmes: Sequence[Programme], activities: Sequence[Activity]
) -> dict[str, float]:
    years = float(values["appraisal.term_years"])
    groups = {f"groups_run.{p.name}": len(p.start_days) / years for p in programmes}
    return groups | {f"activity_dates.{a.name}": len(a.days) / years for a in activities}
