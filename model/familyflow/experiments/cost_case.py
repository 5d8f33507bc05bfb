"""What a bid and a budget holder need beside the headline: posts, budget, nets, what is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from familyflow.economics.appraisal import Ledger
from familyflow.economics.bid import BudgetRow, budget_costs, offers, shared_rows
from familyflow.economics.break_even import value_needed
from familyflow.economics.staff import EmployerContributions, Post, loaded_cost, national_insurance
from familyflow.economics.uplift import Uplift
from familyflow.economics.who_pays import nets, parties
from familyflow.experiments.per_draw import Gathered
from familyflow.experiments.pricing import STAFF, Parameters
from familyflow.experiments.readings import NET_YEARS
from familyflow.experiments.statistics import Floats
from familyflow.planning.funding_checks import ASKED_OF, NOBODY, names_of_funders
from familyflow.planning.team import CENTRAL_POSTS, posts_in_order

KEY_WORKER: Final = STAFF + "key_worker_salary"
# What nobody has priced, or only on weaker evidence: name, and whether less of it is the good.
UNPRICED: Final = (
    ("families_improved", False),
    ("families_completed", False),
    ("children_supported", False),
    ("domestic_abuse_incidents", True),
    ("child_years.child_difficulties", True),
    ("care_entries", True),
)


def costs_of(ledger: Ledger, values: Mapping[str, Any]) -> dict[str, Floats]:
    """The budget's cost of each heading by year in nominal pounds, in the funder's order.

    Growth of pay and prices is taken at its stated value, `values`, not at that of one draw.
    """
    headings = [str(heading) for heading in values["funding.headings"]]
    return budget_costs(ledger, headings, _uplift(ledger, values))


def budget_of(
    costs: Mapping[str, Floats], ledger: Ledger, values: Mapping[str, Any]
) -> list[BudgetRow]:
    """The budget whose headings cost so much: who pays which part. ledger: of any draws."""
    asked_of = str(values[ASKED_OF])
    if asked_of not in names_of_funders(values):
        asked_of = NOBODY
    return shared_rows(costs, offers(ledger, _uplift(ledger, values)), asked_of)


def _uplift(ledger: Ledger, values: Mapping[str, Any]) -> Uplift:
    return replace(ledger.inputs.uplift, pay=float(values["economy.growth.pay_per_year"]))


def posts_of(parameters: Parameters, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every post with its pay, national insurance and pension for a year, at stated values.

    In the prices of the salary's own year; the overheads that follow pay stand in the budget.
    """
    rule = values[STAFF + "national_insurance"]
    contributions = EmployerContributions(
        float(rule["rate"]), float(rule["threshold"]), float(values[STAFF + "pension"])
    )
    listed = [
        (str(post["agency"]), "Key worker", KEY_WORKER, float(str(post["fte"])))
        for post in posts_in_order(values)
    ]
    if values["service.team.runs"]:
        listed += [
            ("", str(post["role"]).capitalize(), str(post["pay"]), float(post["fte"]))
            for post in values[CENTRAL_POSTS]
        ]
    return [_post_row(parameters, values, contributions, *row) for row in listed]


def _post_row(
    parameters: Parameters,
    values: Mapping[str, Any],
    contributions: EmployerContributions,
    agency: str,
    role: str,
    key: str,
    share: float,
) -> dict[str, Any]:
    pay = float(values[key]) * share
    return {
        "agency": agency,
        "role": role,
        "full_time_share": share,
        "full_time_salary": float(values[key]),
        "pay": pay,
        "national_insurance": float(national_insurance(pay, contributions)),
        "pension": pay * float(contributions.pension),
        "cost": float(loaded_cost(Post(role, float(values[key]), share), contributions)),
        "price_year": str(parameters[key].price_year),
        "pay_key": key,
    }


def nets_of(figures: Gathered, mean: Ledger) -> list[dict[str, Any]]:
    """Savings less payments of each group of budgets: in all, in the term, and by year.

    Each sum has its own share of chance: what falls within the term holds more of it.
    """
    return [
        {
            "budgets": net.name,
            **{name: figures.figure(f"net.{net.name}.{name}", {}) for name in NET_YEARS},
            "by_year": [float(pounds) for pounds in net.by_year.mean(axis=(0, 1))],
        }
        for net in nets(mean)
    ]


def parties_of(ledger: Ledger, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each payer and saver by year, with when its cash could be released and who must act."""
    rows = []
    for party in parties(ledger):
        rows.append(
            {
                "party": titles.get(party.name, party.name),
                "role": party.role,
                "by_year": _plain(party.by_year),
                "total": float(party.by_year.sum()),
                "cash": float(party.cash.sum()),
                "cash_by_year": _plain(party.cash),
                "first_cash_year": party.first_cash_year,
            }
        )
    return rows


def needed_of(ledger: Ledger) -> list[dict[str, Any]]:
    """What one unit of each unpriced outcome would have to be worth for the service to pay."""
    known = set(ledger.inputs.quantities.names)
    asked = [(name, less) for name, less in UNPRICED if name in known]
    return [
        {
            "quantity": needed.quantity,
            "amount": needed.amount,
            "value_needed": needed.value.value,
            "reason": needed.value.reason,
        }
        for needed in value_needed(ledger, asked)
    ]


def _plain(pounds: Floats) -> list[float]:
    return [float(one) for one in pounds]
