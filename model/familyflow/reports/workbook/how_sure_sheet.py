"""The sheet that says how sure it is: percentiles and chances over draws, with cells to set."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.experiments.options.best import WEEKS_IN_YEAR
from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.draws_layout import (
    CARE,
    CARE_SHRUNK,
    COST,
    NET,
    NET_SHRUNK,
    SAVING,
    WITH_CARE,
    DrawsLayout,
)
from familyflow.reports.workbook.how_sure import (
    AXIS,
    CHANCES,
    EXCEED,
    FIGURES,
    FOUND,
    IN_USE,
    INNER,
    KEEPS,
    MEAN,
    NAME,
    OWN,
    PERCENTILES,
    SHARE,
    SINGLE,
    STATISTICS,
    TYPED_IN_USE,
    WEEK,
    WORTH_IN_USE,
    YEAR,
    column_of,
    doubt_of,
)
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.too_few import IN_ITS_PLACE, is_too_few, too_few
from familyflow.reports.workbook.typed import Range

_SAID: Final = {
    "low": "2.5th percentile",
    "p10": "10th percentile",
    "median": "Median",
    "p90": "90th percentile",
    "high": "97.5th percentile",
}
_NOTES = (
    "Percentiles and chances follow discount rates and the yellow cells here, not your prices: "
    "each draw has unit costs of its own. For prices: familyflow run --reprice.",
    "The expected value: what is only chance between draws is taken out, by mean + (percentile - "
    "mean) x square root of (1 - share of chance). The share is a value of the run.",
)
_ASKED = {
    WEEK: "Worth of a child's week in care avoided, in itself, GBP",
    YEAR: f"Worth of a child's year in care avoided ({WEEKS_IN_YEAR} weeks), in itself, GBP",
    EXCEED: "Net saving that is to be exceeded, GBP",
}


class Pair(NamedTuple):
    """A live figure beside what the run found."""

    label: str
    live: Cell
    live_value: float
    run: Cell
    run_value: float


class Typed(NamedTuple):
    """A yellow cell of the sheet and what it may hold."""

    label: str
    cell: Cell
    allowed: Range


class Sums(NamedTuple):
    """Where means over draws stand, and their values: cost and fiscal saving.

    pairs: what is live beside what the run found. typed: the yellow cells.
    """

    cost: Cell
    cost_value: float
    saving: Cell
    saving_value: float
    pairs: tuple[Pair, ...]
    typed: tuple[Typed, ...]


def write_how_sure(
    book: Book, layout: DrawsLayout, inputs: Inputs, discount: Mapping[str, Floats]
) -> Sums:
    """Write the sheet; returns where its means and what the run found stand."""
    shown = f"{layout.shown.draws:,}"
    which = f"all {shown} draws" if layout.is_whole else f"the first {shown} draws of the run"
    sheet = book.sheet(NAME, f"How sure: over {which}", (66, 18, 18, 18, 28))
    sheet.worksheet.set_portrait()
    sheet.notes(1, *_NOTES)
    sheet.text(3, 0, too_few(layout.kept.results), "note")
    sheet.text(OWN, 0, "Numbers of your own on Inputs that do not move the draws (not rates)")
    sheet.formula(OWN, SINGLE, inputs.count_prices, 0, "whole")
    typed = _write_asked(sheet, layout)
    values = _values(layout, discount)
    _write_statistics(sheet, layout, values)
    pairs = tuple(_write_found(sheet, layout, values))
    pairs = (*pairs, *_write_chances(sheet, layout, values))
    typed += _write_axis(sheet, layout, values)
    sheet.freeze(0)
    cost, saving = Cell(NAME, MEAN, column_of(COST)), Cell(NAME, MEAN, column_of(SAVING))
    means = float(values[COST].mean()), float(values[SAVING].mean())
    return Sums(cost, means[0], saving, means[1], pairs, tuple(typed))


def _values(layout: DrawsLayout, discount: Mapping[str, Floats]) -> dict[int, Floats]:
    """What each column of the draws gives for the run (draw,)."""
    cost = layout.present(layout.costs, discount)
    saving = layout.present(layout.savings, discount)
    return {COST: cost, SAVING: saving, NET: saving - cost, WITH_CARE: saving - cost}


def _write_asked(sheet: Sheet, layout: DrawsLayout) -> list[Typed]:
    """The cells that a reader may set, each with what of it is in use."""
    sheet.heads(WEEK - 1, ("Set here", "Your number", "In use"), numbers=1)
    typed, worth = [], layout.kept.worth
    ranges = {WEEK: worth, YEAR: worth, EXCEED: Range(-worth.most, worth.most)}
    for row, label in _ASKED.items():
        sheet.text(row, 0, label)
        sheet.worksheet.write_blank(row, SINGLE, None, sheet.formats["input_price"])
        cell, allowed = Cell(NAME, row, SINGLE), ranges[row]
        sheet.formula(row, TYPED_IN_USE, allowed.in_use(cell, 0.0), 0.0, "price")
        allowed.allow(sheet, cell)
        typed.append(Typed(label, cell, allowed))
    sheet.text(IN_USE, 0, "Worth of a week in care avoided, in use, GBP")
    week, year = Cell(NAME, WEEK, TYPED_IN_USE), Cell(NAME, YEAR, TYPED_IN_USE)
    sheet.formula(IN_USE, SINGLE, f"{week}+{year}/{WEEKS_IN_YEAR}", 0.0, "price")
    return typed


def _write_statistics(sheet: Sheet, layout: DrawsLayout, values: Mapping[int, Floats]) -> None:
    """Mean and percentiles of the draws as they are, and with chance taken out."""
    heads = [label for label, _ in FIGURES.values()]
    sheet.heads(STATISTICS, ("One service: the draws, chance included", *heads), numbers=1)
    sheet.heads(INNER, ("The expected value: chance taken out", *heads), numbers=1)
    sheet.text(MEAN, 0, "Mean")
    sheet.text(SHARE, 0, "Share of chance in the variance between draws")
    sheet.text(KEEPS, 0, "What it leaves of a distance from the mean")
    for place, name in enumerate(PERCENTILES, start=1):
        sheet.text(MEAN + place, 0, _SAID[name])
        sheet.text(INNER + place, 0, _SAID[name])
    for column in FIGURES:
        _write_figure(sheet, layout, column, values[column])


def _write_figure(sheet: Sheet, layout: DrawsLayout, of_draws: int, values: Floats) -> None:
    block, column = layout.column(of_draws), column_of(of_draws)
    middle = float(values.mean())
    mean = sheet.formula(MEAN, column, f"AVERAGE({block})", middle)
    share = _share(layout, of_draws)
    told = sheet.number(SHARE, column, share, "ratio")
    keeps = math.sqrt(1.0 - share)
    root = sheet.formula(KEEPS, column, f"SQRT(1-{told})", keeps, "ratio")
    if is_too_few(layout.kept.results):
        for row in (*range(1, len(PERCENTILES) + 1), *range(INNER - MEAN + 1, FOUND - MEAN - 1)):
            sheet.text(MEAN + row, column, IN_ITS_PLACE, "right")
        return
    for place, rank in enumerate(PERCENTILES.values(), start=1):
        found = float(np.percentile(values, 100 * rank))
        plain = sheet.formula(MEAN + place, column, f"PERCENTILE({block},{rank})", found)
        inner = f"{mean}+({plain}-{mean})*{root}"
        sheet.formula(INNER + place, column, inner, middle + (found - middle) * keeps)


def _share(layout: DrawsLayout, of_draws: int) -> float:
    """The share of chance: of the cost its own, of all that rests on savings theirs."""
    return layout.shown.chance["cost" if of_draws == COST else "fiscal_saving"].used


def _write_found(sheet: Sheet, layout: DrawsLayout, values: Mapping[int, Floats]) -> Iterator[Pair]:
    """What the run found, as values; paired with what is live where every draw is shown."""
    money = layout.kept.results["money"]
    names = [(column, name) for column, (_, name) in FIGURES.items() if name]
    heads = [FIGURES[column][0] for column, _ in names]
    sheet.heads(FOUND, ("The run found (values)", *heads), numbers=1)
    ends = {"mean": "Mean", **{name: _SAID[name] for name in PERCENTILES if name != "median"}}
    for row, (end, label) in enumerate(ends.items(), start=FOUND + 1):
        sheet.text(row, 0, label)
        for of_draws, name in names:
            if end != "mean" and is_too_few(layout.kept.results):
                sheet.text(row, column_of(of_draws), IN_ITS_PLACE, "right")
                continue
            run = sheet.number(row, column_of(of_draws), money[name][end], "money")
            live, value = _live(layout, of_draws, values[of_draws], end)
            yield Pair(f"{FIGURES[of_draws][0]}, {label}", live, value, run, money[name][end])


def _live(layout: DrawsLayout, of_draws: int, values: Floats, end: str) -> tuple[Cell, float]:
    """The cell that works the same out, and its value for the run."""
    middle, column = float(values.mean()), column_of(of_draws)
    if end == "mean":
        return Cell(NAME, MEAN, column), middle
    place, rank = 1 + list(PERCENTILES).index(end), PERCENTILES[end]
    keeps = math.sqrt(1.0 - _share(layout, of_draws))
    found = float(np.percentile(values, 100 * rank))
    return Cell(NAME, INNER + place, column), middle + (found - middle) * keeps


def _write_chances(
    sheet: Sheet, layout: DrawsLayout, values: Mapping[int, Floats]
) -> Iterator[Pair]:
    """The chance of a net saving, of more than is asked, and with care weeks counted."""
    sheet.heads(CHANCES, ("Chances that the expected value", "Live", "The run found"), numbers=1)
    net = values[NET]
    shrunk = doubt_of(layout).shrunk(net)
    chance, plain = float((shrunk > 0).mean()), float((net > 0).mean())
    exceed = f'">"&{Cell(NAME, EXCEED, TYPED_IN_USE)}'
    rows = (
        ("is a net saving", NET_SHRUNK, '">0"', chance),
        ("exceeds the net saving to be exceeded", NET_SHRUNK, exceed, chance),
        ("exceeds it with care weeks counted at their worth", CARE_SHRUNK, exceed, chance),
        ("(of one service, chance included) is a net saving", NET, '">0"', plain),
    )
    for row, (label, column, above, value) in enumerate(rows, start=CHANCES + 1):
        sheet.text(row, 0, label)
        if is_too_few(layout.kept.results):
            sheet.text(row, SINGLE, IN_ITS_PLACE, "right")
            continue
        block = layout.column(column)
        formula = f"COUNTIF({block},{above})/COUNT({block})"
        live = sheet.formula(row, SINGLE, formula, value, "share")
        if row == CHANCES + 1:
            found = layout.kept.results["money"]["probability_net_saving"]["mean"]
            run = sheet.number(row, SINGLE + 1, found, "share")
            yield Pair("The chance of a net saving", live, value, run, found)


def _write_axis(sheet: Sheet, layout: DrawsLayout, values: Mapping[int, Floats]) -> list[Typed]:
    """The chance along what a year in care avoided is worth in itself; worths may be changed."""
    sheet.heads(
        AXIS,
        ("If a year in care avoided is worth, GBP (change the yellow numbers)",
         "Worth", "Chance to exceed", "Mean net saving", "Worth in use"),
        numbers=1,
    )  # fmt: skip
    net, care = values[NET], layout.shown.care_weeks
    keeps = math.sqrt(1.0 - layout.shown.chance["fiscal_saving"].used)
    columns = layout.column(NET), layout.column(CARE)
    root, exceed = Cell(NAME, KEEPS, column_of(NET)), Cell(NAME, EXCEED, TYPED_IN_USE)
    typed, allowed = [], layout.kept.worth
    for row, worth in enumerate(layout.kept.care_year_values, start=AXIS + 1):
        sheet.text(row, 0, "a point on an axis, not an estimate")
        own = sheet.number(row, SINGLE, worth, "input_money")
        allowed.allow(sheet, own)
        typed.append(Typed(f"a year in care is worth, row {row + 1}", own, allowed))
        year = sheet.formula(row, WORTH_IN_USE, allowed.in_use(own, worth), worth)
        each = f"{year}/{WEEKS_IN_YEAR}"
        counted = net + care * worth / WEEKS_IN_YEAR
        middle = float(counted.mean())
        mean = sheet.formula(
            row, SINGLE + 2, f"AVERAGE({columns[0]})+AVERAGE({columns[1]})*{each}", middle
        )
        above = f"{mean}+({columns[0]}+{columns[1]}*{each}-{mean})*{root}>{exceed}"
        if is_too_few(layout.kept.results):
            sheet.text(row, SINGLE + 1, IN_ITS_PLACE, "right")
            continue
        chance = float((middle + (counted - middle) * keeps > 0).mean())
        formula = f"SUMPRODUCT(1*({above}))/COUNT({columns[0]})"
        sheet.formula(row, SINGLE + 1, formula, chance, "share")
    return typed
