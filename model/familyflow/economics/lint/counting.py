"""Rules on counting: the same thing twice, and units that a unit cost cannot price."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from familyflow.economics.counted_once import twice_in
from familyflow.economics.lint.facts import Claim, Facts, Finding
from familyflow.economics.savings import BenefitLine
from familyflow.economics.unit_costs import is_length_of_time, value_per
from familyflow.problems import InputError

_LIFETIME = re.compile(r"\blife-?(time|long)\b", re.IGNORECASE)


def counted_twice(facts: Facts) -> Iterator[Finding]:
    """One thing in two lines: of a group, of a quantity, or in a chain and simulated as well."""
    for twice in twice_in([claim.line for claim in facts.claims]):
        first, *others = twice.lines
        yield Finding(
            first, (twice.field,), twice.what, twice.to_do, wrong=True, others=tuple(others)
        )


def several_prices_of_one_quantity(facts: Facts) -> Iterator[Finding]:
    """Lines that declare to be different things and add up to more than one price of a quantity."""
    together: dict[tuple[str, str], list[BenefitLine]] = {}
    for claim in facts.claims:
        if claim.line.chain is None:
            key = (claim.line.quantity, claim.line.unit_cost.kind)
            together.setdefault(key, []).append(claim.line)
    for (quantity, kind), lines in together.items():
        shares = float(np.max(sum((line.share for line in lines), start=np.zeros(1))))
        if len(lines) > 1 and shares > 1.0 + 1e-9 and not list(twice_in(lines)):
            first, *others = (line.name for line in lines)
            yield Finding(
                first,
                ("disjoint",),
                f"{quantity} has {len(lines)} {kind} prices, said to be of different things",
                "Make sure that no unit cost holds what another counts.",
                others=tuple(others),
            )


def units_that_do_not_meet(facts: Facts) -> Iterator[Finding]:
    """A count priced by the week, or a week by the incident."""
    for claim in facts.claims:
        if not claim.counted_in:
            continue
        try:
            value_per(claim.line.unit_cost, claim.counted_in)
        except InputError as error:
            problem = error.problems[0]
            what = f"{problem.what} ({claim.line.quantity})"
            yield Finding(claim.line.name, ("unit_cost",), what, problem.to_do, wrong=True)


def service_as_a_saving(facts: Facts) -> Iterator[Finding]:
    """What the service itself does, priced as a saving: there is more of it with the service."""
    for claim in facts.claims:
        if claim.only_with_service and claim.line.chain is None:
            yield Finding(
                claim.line.name,
                ("quantity",),
                f"{claim.line.quantity} is counted as a saving, but it happens only with the "
                "service, so it would be a loss, never a saving",
                "Use a chain, or a cost line.",
                wrong=True,
            )


def lifetime_by_the_year(facts: Facts) -> Iterator[Finding]:
    """The cost of a lifetime, saved again for every week or year of a quantity."""
    for claim in facts.claims:
        if _is_of_a_lifetime(claim) and is_length_of_time(claim.counted_in):
            yield Finding(
                claim.line.name,
                ("unit_cost",),
                f"{claim.line.unit_cost.key} is the cost of a lifetime, and it would be saved for "
                f"each of the {claim.counted_in} of {claim.line.quantity}",
                "Price the event that begins it, or give the cost of a year.",
            )


def _is_of_a_lifetime(claim: Claim) -> bool:
    cost = claim.line.unit_cost
    return bool(_LIFETIME.search(f"{cost.label} {cost.unit}"))
