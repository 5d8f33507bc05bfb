"""Rules on unit costs: transfers, prices of long ago, figures past their date, sums of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from familyflow.economics.lint.facts import Facts, Finding
from familyflow.economics.prices import financial_year
from familyflow.economics.unit_costs import roll_up_problems
from familyflow.problems import InputError

_PAYMENTS = re.compile(r"\b(benefits?|allowances?|credits?|tax(es)?)\b", re.IGNORECASE)


def one_sided_transfer(facts: Facts) -> Iterator[Finding]:
    """What one side gains in a transfer the other loses: a gain alone is no value."""
    transfers = [claim for claim in facts.claims if claim.line.unit_cost.transfer]
    paid = {c.line.quantity for c in transfers if c.line.unit_cost.kind == "fiscal"}
    for claim in transfers:
        cost = claim.line.unit_cost
        if cost.kind != "fiscal" and claim.line.quantity not in paid:
            yield Finding(
                cost.key,
                ("transfer",),
                f"a transfer of kind {cost.kind} without the agency that pays it: "
                f"{claim.line.name} would count one side only",
                "Make it fiscal and let it fall on who pays, or add a line for that side.",
                wrong=True,
            )


def transfer_unsaid(facts: Facts) -> Iterator[Finding]:
    """A name that sounds like a benefit payment or a tax, and not a word on whether it is one."""
    for key, cost in facts.unit_costs.items():
        found = _PAYMENTS.search(cost.label)
        if found and key not in facts.said_of_transfer:
            yield Finding(
                key,
                ("label",),
                f"'{found[0]}' sounds like a payment that only changes hands, which is no public "
                "value",
                "Add 'transfer: yes', or 'transfer: no' where something is really used up.",
            )


def old_prices(facts: Facts) -> Iterator[Finding]:
    """Prices of long ago, moved by the general price level alone."""
    horizon = facts.horizon
    if horizon is None:
        return
    for key, cost in {c.line.unit_cost.key: c.line.unit_cost for c in facts.claims}.items():
        years = _year(horizon.price_year) - _year(cost.price_year)
        if years > horizon.oldest_years and not facts.has_passed(key):  # one warning is enough
            yield Finding(
                key,
                ("price_year",),
                f"prices of {cost.price_year} are moved {years} years to {horizon.price_year} by "
                "the general price level alone",
                "Look for a newer figure; an edition of the database can be dropped in.",
            )


def past_sunset(facts: Facts) -> Iterator[Finding]:
    """A figure that was to be looked at again by now."""
    for key, (_, written) in facts.sunsets.items():
        if facts.has_passed(key):
            yield Finding(
                key,
                ("sunset",),
                f"was to be looked at again after {written}",
                "Look for a newer figure, or move the date and say in 'note' why it still holds.",
            )


def not_the_sum_of_its_parts(facts: Facts) -> Iterator[Finding]:
    """A unit cost that says it is the sum of others and is more than a pound away from it."""
    for key, cost in facts.unit_costs.items():
        parts = [facts.unit_costs[part] for part in cost.composed_of if part in facts.unit_costs]
        try:
            problems = roll_up_problems([cost, *parts])
        except InputError as error:
            problems = [problem.what for problem in error.problems]
        for problem in problems:
            what = problem.removeprefix(f"{key}: ")
            yield Finding(key, ("composed_of",), what, "Correct the sum, or name other parts.")


def _year(text: str) -> int:
    return int(financial_year(text)[:4])
