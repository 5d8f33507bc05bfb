"""Published sums put to the economics code: nothing is simulated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import numpy as np
from pydantic import BeforeValidator, Field

from familyflow.economics.amounts import Floats
from familyflow.economics.costs import CostLine, GroupCost, costs_by_year
from familyflow.economics.quantities import IN_FOLLOW_UP, WITH, Quantities
from familyflow.economics.staff import EmployerContributions, national_insurance
from familyflow.economics.summary import Measured, summarise
from familyflow.economics.unit_costs import UnitCost, value_per
from familyflow.experiments.published.form import Numbers, Row, Rows
from familyflow.parameters import conversions, numerals
from familyflow.parameters.models import Model, Number, Text
from familyflow.parameters.yaml_tree import Wrong

Figures = dict[str, float]
_GROUPS: Final = "groups_run"
_MONTHS_IN_YEAR: Final = 12
_PERCENT: Final = 100.0


class Programme(Model):
    """What a programme cost and what it saved, seen in one or several ways."""

    cost: Number = Field(description="Cost, in the unit of the savings.", gt=0)
    savings: Numbers = Field(description="Gross savings by the way of seeing them.")
    measured: Annotated[Measured, BeforeValidator(numerals.text)] = Field(
        description="comparison_group or before_after."
    )


def programme(inputs: Programme) -> Figures:
    """Ratio and net of each way of seeing the savings."""
    found: Figures = {}
    for name, saved in inputs.savings.items():
        summary = summarise({name: saved}, inputs.cost, measured=inputs.measured)
        assert summary.ratio.value is not None  # the cost is above zero
        found |= {f"ratio.{name}": summary.ratio.value, f"net.{name}": summary.net}
    return found


class ImpliedCost(Model):
    """Printed nets and ratios of one cost, and half of the last place of each."""

    net: Numbers = Field(description="Net benefit by the way of seeing it, as printed.")
    ratio: Numbers = Field(description="Ratio by the same names, as printed.")
    half_net: Number = Field(description="Half of the last place of net.", ge=0)
    half_ratio: Number = Field(description="Half of the last place of ratio.", ge=0)


def implied_cost_mistakes(inputs: ImpliedCost) -> Iterator[tuple[str, Wrong]]:
    """Names that do not match, and ratios from which no cost follows."""
    if inputs.net.keys() != inputs.ratio.keys():
        yield "ratio", Wrong("has other names than net", "Give each a net and a ratio.")
    if any(ratio - inputs.half_ratio <= 1.0 for ratio in inputs.ratio.values()):
        yield "ratio", Wrong("holds a ratio of 1 or less", "Net over ratio less 1 gives the cost.")
    if any(net <= inputs.half_net for net in inputs.net.values()):
        yield "net", Wrong("holds a net that may be 0", "Net over ratio less 1 gives the cost.")


def implied_cost(inputs: ImpliedCost) -> Figures:
    """The costs that round to what was printed: cost = net / (ratio - 1), in its own sums.

    The model has no such step, because it knows the cost.
    """
    lows, highs = {}, {}
    for name, net in inputs.net.items():
        over = inputs.ratio[name] - 1.0
        lows[name] = (net - inputs.half_net) / (over + inputs.half_ratio)
        highs[name] = (net + inputs.half_net) / (over - inputs.half_ratio)
    lows["all"], highs["all"] = max(lows.values()), min(highs.values())
    named = {"low": lows, "high": highs}
    return {f"{end}.{name}": cost for end, ends in named.items() for name, cost in ends.items()}


class Groups(Model):
    """What groups of one programme cost at several sites, line by line."""

    sites: Annotated[list[str], BeforeValidator(conversions.texts)] = Field(
        description="The names of the sites."
    )
    groups: Row = Field(description="Groups run at each site.")
    lines: Rows = Field(description="GBP of each line, a number a site.")
    families: Numbers = Field(description="Families a group: those who attend, say.")
    price_year: Text = Field(description="The financial year of the prices, like 2010/11.")


def groups_mistakes(inputs: Groups) -> Iterator[tuple[str, Wrong]]:
    """Lists of unlike lengths, sites without a group."""
    count = len(inputs.sites)
    for name, row in {"groups": inputs.groups, **inputs.lines}.items():
        if len(row) != count:
            field = "groups" if name == "groups" else "lines"
            yield field, Wrong(f"{name} has {len(row)} numbers for {count} sites")
    if count < 2 or len(set(inputs.sites)) < count:
        yield "sites", Wrong("a mean and its spread need two sites or more, each its own name")
    if min(inputs.groups) <= 0 or min(inputs.families.values()) <= 0:
        yield "groups", Wrong("groups and families a group are above 0")
    if sum(map(sum, inputs.lines.values())) <= 0:
        yield "lines", Wrong("the lines come to nothing, so no share of them is defined")


def groups(inputs: Groups) -> Figures:
    """Totals of sites and lines, cost of a group and of a family, by the ledger's cost lines."""
    by_site = _by_site(inputs)
    totals, count = by_site.sum(axis=1), np.array(inputs.groups)
    each = totals / count
    together = GroupCost(
        dict(zip(inputs.lines, by_site.sum(axis=0).tolist(), strict=True)), float(count.sum())
    )
    mean, spread = float(each.mean()), float(each.std(ddof=1))
    one = GroupCost({"all": mean}, 1.0)
    found = {f"line.{name}": float(np.sum(pounds)) for name, pounds in together.parts.items()}
    found |= {f"percent.{line}": _PERCENT * float(together.share(line)) for line in inputs.lines}
    for name, total, a_group in zip(inputs.sites, totals.tolist(), each.tolist(), strict=True):
        found |= {f"total.{name}": total, f"group.{name}": a_group}
    for name, families in inputs.families.items():
        found |= {f"family.{name}": float(one.per_family(families))}
        found |= {f"family_sd.{name}": spread / families}
    return found | {
        "groups": together.groups,
        "total": float(together.total),
        "group": float(together.per_group),
        "mean_of_sites": mean,
        "sd_of_sites": spread,
    }


def _by_site(inputs: Groups) -> Floats:
    """Pounds by site and line, through the cost lines of the ledger: a site is a draw."""
    count = np.array(inputs.groups)
    amounts = np.zeros((len(count), 1, 2, 1, 2, 1))
    amounts[:, 0, WITH, 0, IN_FOLLOW_UP, 0] = count
    quantities = Quantities((_GROUPS,), ("groups",), amounts)
    lines = [_line(name, np.array(row) / count, inputs) for name, row in inputs.lines.items()]
    prices = np.column_stack([value_per(line.unit_cost, "groups") for line in lines])
    return costs_by_year(lines, quantities, prices, None)[:, 0, 0]


def _line(name: str, each: Floats, inputs: Groups) -> CostLine:
    price = UnitCost(name, name, each, "GBP per group", inputs.price_year)
    return CostLine(name, name, _GROUPS, price, "per_group")


class Months(Model):
    """A cost for each family and month, and for how many months."""

    per_month: Numbers = Field(description="GBP for a family and month, by name.")
    months: Number = Field(description="Months of support.", gt=0)
    price_year: Text = Field(description="The financial year of the prices, like 2007/08.")


def months(inputs: Months) -> Figures:
    """The cost of so many months, by the clock of the unit costs."""
    years = inputs.months / _MONTHS_IN_YEAR
    found = {}
    for name, pounds in inputs.per_month.items():
        price = UnitCost(name, name, pounds, "GBP per month", inputs.price_year)
        found[f"total.{name}"] = float(np.mean(value_per(price, "years"))) * years
    return found


class Insurance(Model):
    """A rule of employer's national insurance, and pay that it is put to."""

    rate: Number = Field(description="Share of pay above the threshold.", ge=0, le=1)
    threshold: Number = Field(description="GBP a year for each person.", ge=0)
    pay: Numbers = Field(description="GBP a year of one person, by name.")


def insurance(inputs: Insurance) -> Figures:
    """Employer's national insurance on each pay."""
    rule = EmployerContributions(inputs.rate, inputs.threshold, pension=0.0)
    owed: Mapping[str, float] = {
        name: float(np.mean(national_insurance(pay, rule))) for name, pay in inputs.pay.items()
    }
    return {f"national_insurance.{name}": pounds for name, pounds in owed.items()}
