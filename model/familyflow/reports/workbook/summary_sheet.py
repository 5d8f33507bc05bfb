"""The first sheet: the headline as formulas, beside what the run found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from familyflow.reports.answer import OPTIMISM
from familyflow.reports.documents.sentences import discounting
from familyflow.reports.words import window
from familyflow.reports.workbook.cash_flow_sheet import Money
from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.flows import Flows, weights_of
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.too_few import is_too_few, too_few

NAME = "Summary"
FIRST_ROW = 7
LIVE, RUN = 1, 2
_LIVE = (
    "The column 'Live' is worked out in this workbook from the sheets Inputs and Quantities. "
    "Quantities, and the column 'The run found', are values."
)
NONE_REFUSED = "none is refused"
REFUSED = " of your numbers cannot be used: see Inputs"
NOT_DEFINED = "not defined: there is no cost"
LABELS = {
    "cost": "Cost of the service, whoever pays",
    "fiscal_saving": "Fiscal saving: public spending that does not happen",
    "cashable_saving": "Cashable saving: the part that could really be taken out",
    "public_value": "Public value: fiscal, economic and social, without transfers",
    "net_saving": "Net saving: fiscal saving less cost",
    "net_present_value": "Net present value: public value less cost",
    "fiscal_return": "Fiscal return: fiscal saving for each pound of cost",
    "benefit_cost_ratio": "Benefit-cost ratio: public value for each pound of cost",
    "public_value_with_weaker_evidence": "Public value, including weaker evidence",
    "net_present_value_with_weaker_evidence": "Net present value, including weaker evidence",
    "benefit_cost_ratio_with_weaker_evidence": "Benefit-cost ratio, including weaker evidence",
}
_SUMS = {  # side, mark, whether only the headline's evidence counts
    "cost": ("cost", "", False),
    "fiscal_saving": ("saving", "fiscal", True),
    "cashable_saving": ("cash", "fiscal", True),
    "public_value": ("saving", "public_value", True),
    "public_value_with_weaker_evidence": ("saving", "public_value", False),
}
_DIFFERENCES = {
    "net_saving": ("fiscal_saving", "cost"),
    "net_present_value": ("public_value", "cost"),
    "net_present_value_with_weaker_evidence": ("public_value_with_weaker_evidence", "cost"),
}
_RATIOS = {
    "fiscal_return": ("fiscal_saving", "cost"),
    "benefit_cost_ratio": ("public_value", "cost"),
    "benefit_cost_ratio_with_weaker_evidence": ("public_value_with_weaker_evidence", "cost"),
}


@dataclass(frozen=True)
class Headline:
    """Where the figures stand, live and as the run found them (where it did), and their values."""

    live: dict[str, Cell]
    run: dict[str, Cell]
    live_value: dict[str, float | str]
    run_value: dict[str, float]


def write_summary(sheet: Sheet, money: Money, flows: Flows, inputs: Inputs) -> Headline:
    """Fill the sheet; returns where its figures are."""
    results, kept = money.kept.results, money.kept
    sheet.notes(1, results["question"], _by_which_rules(kept), _LIVE)
    told = [] if kept.has_cash else ["Cash is left out: " + _why_no_cash(results)]
    told += [too_few(results)] if is_too_few(results) else []
    sheet.notes(4, " ".join(told))
    sheet.text(5, 0, "Numbers of your own in force (the two columns then differ)")
    sheet.formula(5, LIVE, inputs.count, 0, "whole")
    refused = f'IF({inputs.refused}>0,{inputs.refused}&"{REFUSED}","{NONE_REFUSED}")'
    sheet.formula(5, RUN, refused, NONE_REFUSED, "strong")
    sheet.heads(FIRST_ROW - 1, ("Figure", "Live", "The run found", "Unit"))
    names = [name for name in LABELS if kept.has_cash or name != "cashable_saving"]
    place = {name: Cell(NAME, FIRST_ROW + row, LIVE) for row, name in enumerate(names)}
    values = live_values(money, flows)
    found = {}
    for name in names:
        row = place[name].row
        sheet.text(row, 0, LABELS[name])
        form = "ratio" if name in _RATIOS else "money"
        sheet.formula(row, LIVE, _formula(money, name, place), values[name], form)
        sheet.text(row, 3, "ratio" if name in _RATIOS else f"GBP, {results['price_year']} prices")
        mean = results["money"].get(name, {}).get("mean")
        if mean is not None:
            found[name] = sheet.number(row, RUN, mean, form)
    run_values = {name: float(results["money"][name]["mean"]) for name in found}
    return Headline(place, found, values, run_values)


def say_whether_all_holds(sheet: Sheet, check: Cell, holds: bool) -> None:
    """The outcome of the sheet of checks, which is written last."""
    row = FIRST_ROW + len(LABELS) + 1
    sheet.text(row, 0, "All checks hold (sheet Checks)")
    sheet.formula(row, LIVE, str(check), holds, "plain")


def _why_no_cash(results: Mapping[str, Any]) -> str:
    return str(results["money"]["cashable_saving"]["reason"]).rstrip(".") + "."


def _by_which_rules(kept: Kept) -> str:
    results = kept.results
    return (
        f"{results['price_year']} prices, present value ({discounting(kept.case)}); counted is "
        f"what falls {window(results)}; optimism bias: {OPTIMISM[results['optimism_bias']]}. "
        f"Means of {results['draws']:,} draws; compared with {results['comparator']}."
    )


def start_summary(book: Book, title: str) -> Sheet:
    """The sheet with its title: the first of the workbook, filled when the others are there."""
    return book.sheet(NAME, title, (64, 18, 18, 22))


def live_values(money: Money, flows: Flows) -> dict[str, float | str]:
    """What the formulas of the summary give for the run's own numbers."""
    sums = {name: _value(money, flows, *of) for name, of in _SUMS.items()}
    differences = {name: sums[a] - sums[b] for name, (a, b) in _DIFFERENCES.items()}
    ratios: dict[str, float | str] = {
        name: sums[a] / sums[b] if sums[b] > 0 else NOT_DEFINED for name, (a, b) in _RATIOS.items()
    }
    return {**sums, **differences, **ratios}


def _value(money: Money, flows: Flows, side: str, mark: str, headline: bool) -> float:
    counts = mark if headline or not mark else f"{mark}+weaker"
    return float(flows.present_of(weights_of(money.kept, side, counts)).sum())


def _formula(money: Money, name: str, place: dict[str, Cell]) -> str:
    if name in _DIFFERENCES:
        above, below = (place[part] for part in _DIFFERENCES[name])
        return f"{above}-{below}"
    if name in _RATIOS:
        above, below = (place[part] for part in _RATIOS[name])
        return f'IF({below}>0,{above}/{below},"{NOT_DEFINED}")'
    side, mark, headline = _SUMS[name]
    return _sum_of(money, side, [*([mark] if mark else []), *(["headline"] if headline else [])])


def _sum_of(money: Money, side: str, marks: list[str]) -> str:
    """The totals of present value of a side, times marks; 0 where there is no such line."""
    if all(term.side != side for term in money.kept.terms):
        return "0"
    totals = money.present(side, money.kept.years)  # they stand after the last year
    blocks = [totals, *(money.mark(side, name) for name in marks)]
    return f"SUMPRODUCT({','.join(blocks)})"
