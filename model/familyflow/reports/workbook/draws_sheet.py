"""The sheet of draws: pounds by year are values, present values and net savings are formulas."""

from __future__ import annotations

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.draws_layout import (
    CARE,
    CARE_SHRUNK,
    COST,
    DRAW,
    FIRST,
    HEAD,
    NAME,
    NET,
    NET_SHRUNK,
    SAVING,
    WITH_CARE,
    DrawsLayout,
    Flow,
)
from familyflow.reports.workbook.how_sure import Doubt
from familyflow.reports.workbook.present_sheet import Discount

_HEADS = (
    "Draw", "Cost", "Fiscal saving", "Net saving", "Care weeks avoided",
    "Net saving with care weeks", "Net saving, chance out", "With care weeks, chance out",
)  # fmt: skip
_NOTES = (
    "Values of the simulation: care weeks, and the pounds of each year at each draw's own prices, "
    "not discounted. Live: present values (discount rates of Inputs), net savings (How sure).",
    "No other number of your own moves these draws, because each draw has unit costs of its own: "
    "with a price or a salary, price the run again (familyflow run --reprice).",
    "Chance out: drawn in towards the mean, as the intervals of the run are.",
)


def write_draws(book: Book, layout: DrawsLayout, discount: Discount, doubt: Doubt) -> None:
    """Write the sheet, a row a draw."""
    shown, year = layout.shown, layout.kept.inputs.price_year
    which = "every draw" if layout.is_whole else f"the first {shown.draws:,} draws"
    sheet = book.sheet(NAME, f"Draws: {which} of the run, present value, {year} prices", (8,))
    sheet.worksheet.set_column(1, CARE_SHRUNK, 14)
    sheet.notes(1, *_NOTES)
    sheet.heads(HEAD, _HEADS, numbers=1)
    for flow in layout.flows:
        _write_flow(sheet, flow)
    _write_values(sheet, layout)
    _write_formulas(sheet, layout, discount, doubt)
    sheet.freeze(HEAD)
    sheet.pages_wide(2)


def _write_flow(sheet: Sheet, flow: Flow) -> None:
    """Pounds by year of every draw, as they are."""
    heads = [f"{flow.label}, year {year + 1}" for year in range(flow.years)]
    sheet.heads(HEAD, heads, column=flow.column, numbers=0)
    sheet.worksheet.set_column(flow.column, flow.column + flow.years - 1, 12)
    form, write = sheet.formats["money"], sheet.worksheet.write_number
    for row, pounds in enumerate(flow.pounds.tolist(), start=FIRST):
        for column, amount in enumerate(pounds, start=flow.column):
            write(row, column, amount, form)


def _write_values(sheet: Sheet, layout: DrawsLayout) -> None:
    for draw, weeks in enumerate(layout.shown.care_weeks.tolist()):
        sheet.number(FIRST + draw, DRAW, draw, "whole")
        sheet.number(FIRST + draw, CARE, weeks, "amount")


def _write_formulas(sheet: Sheet, layout: DrawsLayout, discount: Discount, doubt: Doubt) -> None:
    """What each draw comes to; cells of the same sheet are named without it: files stay small."""
    cost = layout.present(layout.costs, discount.value)
    saving = layout.present(layout.savings, discount.value)
    net = saving - cost
    values = np.column_stack([cost, saving, net, net, doubt.shrunk(net), doubt.shrunk(net)])
    columns = (COST, SAVING, NET, WITH_CARE, NET_SHRUNK, CARE_SHRUNK)
    centres = (doubt.mean_net, doubt.mean_with_care)
    for draw, given in enumerate(values.tolist()):
        row = FIRST + draw
        at = {column: xl_rowcol_to_cell(row, column) for column in (*columns, CARE)}
        formulas = (
            _present(row, layout.costs, discount),
            _present(row, layout.savings, discount),
            f"{at[SAVING]}-{at[COST]}",
            f"{at[NET]}+{at[CARE]}*{doubt.week}",
            _drawn_in(at[NET], centres[0], doubt.keeps),
            _drawn_in(at[WITH_CARE], centres[1], doubt.keeps),
        )
        for column, formula, value in zip(columns, formulas, given, strict=True):
            sheet.formula(row, column, formula, value)


def _present(row: int, flows: tuple[Flow, ...], discount: Discount) -> str:
    """The years of a draw times the discount factors of their schedules."""
    if not flows:
        return "0"
    parts = [
        f"SUMPRODUCT({xl_rowcol_to_cell(row, flow.column)}:"
        f"{xl_rowcol_to_cell(row, flow.column + flow.years - 1)},"
        f"{discount.block(flow.schedule, flow.years)})"
        for flow in flows
    ]
    return "+".join(parts)


def _drawn_in(value: str, middle: Cell, keeps: Cell) -> str:
    return f"{middle}+({value}-{middle})*{keeps}"
