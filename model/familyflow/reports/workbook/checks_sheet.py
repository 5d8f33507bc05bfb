"""The sheet of checks: TRUE where the workbook holds together, FALSE where a reader must look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from familyflow.reports.workbook.agencies_sheet import Totals
from familyflow.reports.workbook.budget_sheet import BudgetSums
from familyflow.reports.workbook.cash_flow_sheet import FIRST_ROW, Money
from familyflow.reports.workbook.cash_flow_sheet import NAME as CASH_FLOW
from familyflow.reports.workbook.cells import Book, Cell, reference
from familyflow.reports.workbook.draws_layout import DrawsLayout
from familyflow.reports.workbook.how_sure_sheet import Sums
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.manchester_links import Links
from familyflow.reports.workbook.summary_sheet import Headline
from familyflow.reports.workbook.typed import REFUSED

NAME = "Checks"
CLOSE = 1e-9  # relative: sums in another order differ in the last digits only
_AGENCIES = {"saving": "fiscal_saving", "cash": "cashable_saving", "whole_cost": "cost",
             "net": "net_saving"}  # fmt: skip


class Check(NamedTuple):
    """What is checked, the formula that does it, and whether it holds as the run left it."""

    label: str
    formula: str
    holds: bool


def write_checks(
    book: Book,
    money: Money,
    inputs: Inputs,
    headline: Headline,
    totals: Totals,
    budget: BudgetSums | None,
    layout: DrawsLayout,
    sure: Sums,
    links: Links,
) -> tuple[Cell, bool]:
    """Write the sheet; returns the cell that says whether all hold, and whether they do."""
    return write_list(
        book,
        [
            *_sums(headline, totals),
            *_shares(money),
            *_typed(inputs, sure),
            *_as_run(inputs, headline),
            *_budget(inputs, budget),
            *_agencies(inputs, totals),
            *_draws(inputs, layout, headline, sure),
            *_links(inputs, links),
        ],
    )


def write_list(book: Book, checks: Sequence[Check]) -> tuple[Cell, bool]:
    """Write checks on their sheet; returns the cell that says whether all hold, and if they do."""
    sheet = book.sheet(NAME, "Checks", (100, 12))
    sheet.text(1, 0, "All of these hold")
    sheet.heads(2, ("Check", "Holds"))
    for row, check in enumerate(checks, start=3):
        sheet.text(row, 0, check.label)
        sheet.formula(row, 1, check.formula, check.holds, "plain")
    block = reference(NAME, (3, 1), (2 + len(checks), 1))
    every = all(check.holds for check in checks)
    sheet.freeze(2, 0)
    return sheet.formula(1, 1, f"COUNTIF({block},TRUE)=ROWS({block})", every, "plain"), every


def _sums(headline: Headline, totals: Totals) -> Iterator[Check]:
    """Parts add up to the whole, by whichever way they are added."""
    live, value = headline.live, headline.live_value
    formula = close(totals.cost, live["cost"])
    holds = is_close(totals.cost_value, value["cost"])
    yield Check("The years of cost add up to the cost", formula, holds)
    for side, name in _AGENCIES.items():
        if side in totals.of_agencies:
            label = f"The agencies' shares add up to the {name.replace('_', ' ')}"
            formula = close(totals.of_agencies[side], live[name])
            yield Check(label, formula, is_close(totals.of_agencies_value[side], value[name]))


def _shares(money: Money) -> Iterator[Check]:
    """Each line's shares add up to the whole."""
    first, last = money.share_column, money.share_column + len(money.agencies) - 1
    for place, term in enumerate(money.kept.terms):
        if term.side == "saving":
            row = FIRST_ROW + place
            formula = close(f"SUM({reference(CASH_FLOW, (row, first), (row, last))})", 1)
            label = f"The agencies' shares add up to 1: {term.label}"
            yield Check(label, formula, is_close(sum(term.shares.values()), 1.0))


def _typed(inputs: Inputs, sure: Sums) -> Iterator[Check]:
    """What was typed can be meant; all cells are as the run left them."""
    for key, state in inputs.state.items():
        label = f"Your number, if any, is {inputs.allowed[key].words}: {inputs.label[key]}"
        yield Check(label, f"{state}<>{REFUSED}", True)
    for label, cell, allowed in sure.typed:
        about = f"How sure: the yellow cell is empty or {allowed.words}: {label}"
        yield Check(about, f"{allowed.state(cell)}<>{REFUSED}", True)


def _as_run(inputs: Inputs, headline: Headline) -> Iterator[Check]:
    """Without numbers of one's own the workbook gives what the run found."""
    for name, found in headline.run.items():
        label = f"As the run found it, or a number of your own is in force: {name}"
        same = close(headline.live[name], found)
        holds = is_close(headline.live_value[name], headline.run_value[name])
        yield Check(label, f"OR({inputs.count}>0,{same})", holds)


def _budget(inputs: Inputs, budget: BudgetSums | None) -> Iterator[Check]:
    """The budget is that of the run, until a number of one's own is in force; payers add up."""
    if budget is None:
        return
    sums, value = budget.sums, budget.values
    for part, (cell, found) in budget.run.items():
        formula = f"OR({inputs.count}>0,{close(sums[part], cell)})"
        yield Check(f"As the run found it, of the budget: {part}", formula,
                    is_close(value[part], found))  # fmt: skip
    parts = [name for name in sums if name != "total"]
    formula = close(sums["total"], f"({'+'.join(str(sums[name]) for name in parts)})")
    holds = is_close(value["total"], sum(value[name] for name in parts))
    yield Check("What each pays adds up to the budget", formula, holds)


def _agencies(inputs: Inputs, totals: Totals) -> Iterator[Check]:
    """Each agency's totals are those of the run, until a number of one's own is in force."""
    for label, live, value, run, found in totals.pairs:
        formula = f"OR({inputs.count}>0,{close(live, run)})"
        yield Check(f"As the run found it, by agency: {label}", formula, is_close(value, found))


def _draws(inputs: Inputs, layout: DrawsLayout, headline: Headline, sure: Sums) -> Iterator[Check]:
    """The draws give the means of the summary, and the intervals and the chance of the run."""
    if not layout.is_whole:
        return
    for name, cell, value in (
        ("cost", sure.cost, sure.cost_value),
        ("fiscal_saving", sure.saving, sure.saving_value),
    ):
        same = close(cell, headline.live[name])
        label = f"The mean of the draws is that of the summary: {name.replace('_', ' ')}"
        holds = is_close(value, headline.live_value[name])
        yield Check(label, f"OR({inputs.count_prices}>0,{same})", holds)
    for pair in sure.pairs:
        formula = f"OR({inputs.count}>0,{close(pair.live, pair.run)})"
        label = f"As the run found it, from the draws: {pair.label}"
        yield Check(label, formula, is_close(pair.live_value, pair.run_value))


def _links(inputs: Inputs, links: Links) -> Iterator[Check]:
    """The layout of Greater Manchester ends at the savings of the run."""
    for label, live, value, run, found in links.pairs:
        formula = close(live, repr(run) if isinstance(run, float) else run)
        yield Check(f"Greater Manchester: {label}", formula, is_close(value, found))
    for label, live, value, cell, found in links.flat:
        formula = f"OR({inputs.count}>0,{close(live, cell)})"
        yield Check(f"Greater Manchester: the same saving, {label}", formula,
                    is_close(value, found))  # fmt: skip


def close(a: Cell | str, b: Cell | str | int) -> str:
    """A formula that says whether two are the same but for their last digits; words are not."""
    near = f"ABS({a}-{b})<={CLOSE:.0E}*MAX(1,ABS({a}),ABS({b}))"
    return f"IF(AND(ISNUMBER({a}),ISNUMBER({b})),{near},FALSE)"


def is_close(a: float | str, b: float | str) -> bool:
    """The same in Python; words are no number and close to none."""
    if isinstance(a, str) or isinstance(b, str):
        return False
    return abs(a - b) <= CLOSE * max(1.0, abs(a), abs(b))
