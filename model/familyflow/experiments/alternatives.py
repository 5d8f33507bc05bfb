"""The same simulations under other rules of appraisal, each named, side by side, never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, cast

from familyflow.economics import price, price_again, statements, targets
from familyflow.economics.adjustments import Mode
from familyflow.economics.appraisal import Ledger
from familyflow.economics.discounting import flat
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.windows import WINDOWS, Headline
from familyflow.experiments.case_tables import ECONOMIC, FINANCIAL, PAYBACK
from familyflow.experiments.per_draw import Gathered
from familyflow.experiments.pricing import Parameters, Values, ledger_inputs
from familyflow.experiments.quantity_names import Quantity
from familyflow.experiments.statistics import Chance, probability, undefined

FIGURES: Final = tuple(dict.fromkeys((*FINANCIAL, *ECONOMIC)))
PLAIN = "none"  # the schedule that discounts nothing
WINDOW, DISCOUNTING, SCOPE, OPTIMISM = "window", "discounting", "scope", "optimism bias"


class Rule(NamedTuple):
    """One rule of appraisal that differs from the headline's; every other is kept."""

    kind: str
    name: str

    @property
    def key(self) -> str:
        """Its name among the figures."""
        return f"{self.kind}.{self.name}"


def other_rules(parameters: Parameters, values: Values) -> list[Rule]:
    """The alternatives to the headline's rules."""
    stated = values.stated
    rules = [Rule(WINDOW, one) for one in WINDOWS if one != stated["appraisal.window"]]
    rules.append(Rule(DISCOUNTING, "undiscounted"))
    scopes = parameters["costs.scope"].options
    rules += [Rule(SCOPE, one) for one in scopes if one != stated["costs.scope"]]
    if stated["appraisal.optimism_bias"] != "haircut":
        rules.append(Rule(OPTIMISM, "haircut"))
    return rules


def priced_under(
    rule: Rule,
    ledger: Ledger,
    parameters: Parameters,
    values: Values,
    names: Sequence[Quantity],
) -> Ledger:
    """A block of draws priced again under one other rule. values: of the same draws."""
    inputs = ledger.inputs
    if rule.kind == WINDOW:
        return price_again(ledger, replace(inputs, window=cast(Headline, rule.name)))
    if rule.kind == DISCOUNTING:
        return price_again(ledger, _undiscounted(inputs))
    if rule.kind == OPTIMISM:
        bias = replace(inputs.optimism_bias, mode=cast(Mode, rule.name))
        return price(replace(inputs, optimism_bias=bias))
    chosen = values.choosing("costs.scope", rule.name)
    return price(ledger_inputs(parameters, chosen, inputs.quantities, names))


def chance_of_saving(gathered: Gathered, start: str, savings: Chance) -> float:
    """The share of draws with a net saving, chance taken out."""
    net = gathered.main[start + "net_saving"].by_draw()
    return float(probability(net, savings)["mean"])


def payback_figure(mean: Ledger, share_never: float) -> dict[str, Any]:
    """Payback of the mean flow, discounted as the ledger is; share_never: of draws, chance out."""
    found = targets.payback_of(mean).years
    if found.value is None:
        return undefined("years", found.reason) | {"share_never": share_never}
    same = dict.fromkeys(("mean", "low", "p10", "p90", "high"), found.value)
    return {**same, "unit": "years", "of": "the mean flow", "share_never": share_never}


def _undiscounted(inputs: LedgerInputs) -> LedgerInputs:
    lines = tuple(replace(line, discount="") for line in inputs.benefit_lines)
    schedules = {**inputs.schedules, PLAIN: flat(0.0)}
    return replace(inputs, schedules=schedules, schedule=PLAIN, benefit_lines=lines)


def alternatives_of(
    gathered: Gathered, headline: Ledger, others: Sequence[tuple[Rule, Ledger]]
) -> list[dict[str, Any]]:
    """One row for each alternative, the headline first. Ledgers are those of the mean."""
    rows = [_row("headline", "as chosen", "money.", gathered, headline)]
    for rule, ledger in others:
        rows.append(_row(*rule, f"rule.{rule.key}.", gathered, ledger))
    return rows


def _row(kind: str, name: str, start: str, gathered: Gathered, mean: Ledger) -> dict[str, Any]:
    """The figures under one rule, and each agency's part of them (means over draws)."""
    savings = gathered.chance(start + "fiscal_saving")
    return {
        "kind": kind,
        "name": name,
        "money": {
            **{one: gathered.figure(start + one, {"savings": savings}) for one in FIGURES},
            PAYBACK: payback_figure(mean, 1.0 - chance_of_saving(gathered, start, savings)),
        },
        "by_agency": [
            {
                "agency": row.agency,
                "cost": float(row.cost.mean()),
                "of_which_in_kind": float(row.in_kind.mean()),
                "fiscal_saving": float(row.fiscal_saving.mean()),
                "cashable_saving": float(row.cashable_saving.mean()),
            }
            for row in statements.by_agency(mean)
        ],
    }
