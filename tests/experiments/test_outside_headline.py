"""What is held to be outside the headline does not touch the net saving, and the rest may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from familyflow.experiments.outside_headline import outside_headline
from familyflow.parameters.parameter import Parameter


@dataclass(frozen=True)
class Stated:
    """As much of the drawn values as the scope of unit costs takes."""

    stated: dict[str, Any]


def price(name: str, kind: str = "fiscal") -> Parameter:
    return Parameter(name=name, label=name, value=5.0, unit="GBP per week", kind=kind)


def line(name: str, unit_cost: Any, evidence: str | None, **fields: Any) -> Parameter:
    return Parameter(
        name=name, label=name, quantity="weeks", unit_cost=unit_cost, evidence=evidence, **fields
    )


BY_SCOPE = {"all_spend": "unit_costs.whole", "case_time": "unit_costs.time"}
STUDIED = "comparison_group"
LISTED = (
    price("unit_costs.whole"),
    price("unit_costs.time"),
    price("unit_costs.harm", kind="social"),
    price("unit_costs.weak"),
    price("unit_costs.both"),
    price("unit_costs.by_nobody"),
    line("costs.sessions", "unit_costs.session", None),
    line("benefits.care", BY_SCOPE, STUDIED, share="unit_costs.bought",
         cashable={"share": "adjustments.cash"}),
    line("benefits.harm", "unit_costs.harm", STUDIED),
    line("benefits.weak", "unit_costs.weak", "weaker", share="outcomes.escalation.share"),
    line("benefits.also_weak", "unit_costs.both", "weaker", chain={"impact": "adjustments.impact"}),
    line("benefits.ungraded", "unit_costs.weak", None, share={"rest_of": "unit_costs.bought"}),
    line("costs.both", "unit_costs.both", None),
)  # fmt: skip
PARAMETERS = {one.name: one for one in LISTED}


def outside(scope: str) -> frozenset[str]:
    return outside_headline(PARAMETERS, Stated({"costs.scope": scope}))  # type: ignore[arg-type]


def test_only_what_no_counted_line_names_is_outside() -> None:
    # not: what a cost or a studied saving of public money names; what outcomes read before prices;
    # what no line names
    assert outside("all_spend") == {
        "unit_costs.time", "unit_costs.harm", "unit_costs.weak", "adjustments.cash",
        "adjustments.impact",
    }  # fmt: skip


def test_the_scope_of_unit_costs_settles_which_price_counts() -> None:
    assert outside("case_time") - outside("all_spend") == {"unit_costs.whole"}
    assert outside("all_spend") - outside("case_time") == {"unit_costs.time"}
