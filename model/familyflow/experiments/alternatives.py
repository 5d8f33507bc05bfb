"""The same simulations under other rules of appraisal, each named, side by side, never averaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from familyflow.economics import price, statements
from familyflow.economics.discounting import flat
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.windows import WINDOWS, Headline
from familyflow.experiments.case_tables import ECONOMIC, FINANCIAL
from familyflow.experiments.pricing import Parameters, Values, ledger_inputs
from familyflow.experiments.quantity_names import Quantity
from familyflow.experiments.results import Sample, Samples, figure_of

FIGURES: Final = tuple(dict.fromkeys((*FINANCIAL, *ECONOMIC)))
PLAIN = "none"  # the schedule that discounts nothing


def alternatives_of(
    samples: Samples, parameters: Parameters, values: Values, names: Sequence[Quantity]
) -> list[dict[str, Any]]:
    """One row for each alternative to the headline's rules, the headline first.

    kind says which rule differs: window, discounting, scope of unit costs, optimism bias. Each
    keeps every other rule of the headline.
    """
    rows = [_row("headline", "as chosen", samples)]
    for kind, name, changed in _changed(samples, parameters, values, names):
        rows.append(_row(kind, name, changed))
    return rows


def _changed(
    samples: Samples, parameters: Parameters, values: Values, names: Sequence[Quantity]
) -> Iterator[tuple[str, str, Samples]]:
    inputs = samples.main.ledger.inputs
    for window in WINDOWS:
        if window != inputs.window:
            yield "window", window, _again(samples, partial(_in_window, window))
    yield "discounting", "undiscounted", _again(samples, _undiscounted)
    for scope in parameters["costs.scope"].options:
        if scope != values.stated["costs.scope"]:
            yield "scope", scope, _told(samples, parameters, values, names, "costs.scope", scope)
    if values.stated["appraisal.optimism_bias"] != "haircut":
        key = "appraisal.optimism_bias"
        yield "optimism bias", "haircut", _told(samples, parameters, values, names, key, "haircut")


def _in_window(window: Headline, inputs: LedgerInputs) -> LedgerInputs:
    return replace(inputs, window=window)


def _undiscounted(inputs: LedgerInputs) -> LedgerInputs:
    lines = tuple(replace(line, discount="") for line in inputs.benefit_lines)
    schedules = {**inputs.schedules, PLAIN: flat(0.0)}
    return replace(inputs, schedules=schedules, schedule=PLAIN, benefit_lines=lines)


def _again(samples: Samples, change: Callable[[LedgerInputs], LedgerInputs]) -> Samples:
    """Priced again with other inputs of the ledger; each sample has draws of its own."""

    def one(sample: Sample) -> Sample:
        return replace(sample, ledger=price(change(sample.ledger.inputs)))

    return Samples(one(samples.main), one(samples.twice) if samples.twice else None)


def _told(
    samples: Samples,
    parameters: Parameters,
    values: Values,
    names: Sequence[Quantity],
    key: str,
    value: str,
) -> Samples:
    """Priced again with another choice for one parameter."""

    def one(sample: Sample) -> Sample:
        amounts = sample.ledger.inputs.quantities.amounts
        chosen = values[: len(amounts)].choosing(key, value)
        return replace(sample, ledger=price(ledger_inputs(parameters, chosen, amounts, names)))

    return Samples(one(samples.main), one(samples.twice) if samples.twice else None)


def _row(kind: str, name: str, samples: Samples) -> dict[str, Any]:
    """The figures under one rule, and each agency's part of them (means over draws)."""
    return {
        "kind": kind,
        "name": name,
        "money": {figure: figure_of(samples, figure) for figure in FIGURES},
        "by_agency": [
            {
                "agency": row.agency,
                "cost": float(row.cost.mean()),
                "of_which_in_kind": float(row.in_kind.mean()),
                "fiscal_saving": float(row.fiscal_saving.mean()),
                "cashable_saving": float(row.cashable_saving.mean()),
            }
            for row in statements.by_agency(samples.main.ledger)
        ],
    }
