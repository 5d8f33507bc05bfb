"""The sheet of present values by year and agency: who pays, who saves, what is cash, the net."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.reports.words import payer
from familyflow.reports.workbook.cash_flow_sheet import Money, sides_shown
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.flows import Flows, weights_of
from familyflow.reports.workbook.funders_sheet import Paid
from familyflow.reports.workbook.quantities_sheet import year_heads

NAME = "By year and agency"
_FIRST = 1  # column of year 1
_TOTAL_OF = {"saving": "Fiscal saving", "cash": "Cash released", "cost": "Given in kind"}
_MARKS = {"saving": ("fiscal", "headline"), "cash": ("fiscal", "headline"), "cost": ("in_kind",)}
_NOTE = (
    "Evidence with a comparison group, as in the headline. Cost: what each funder pays in the name "
    "of its agency (Funders), and what is given in kind. Net: saving less cost."
)
COUNTS = {"saving": "fiscal", "cash": "fiscal", "cost": "in_kind"}


@dataclass(frozen=True)
class _Row:
    """An agency's pounds by year: the formula of each year and what it gives."""

    formulas: Sequence[str]
    values: Floats


@dataclass
class Totals:
    """Where totals stand: of agencies by what is counted, and of cost over all years.

    net, so_far: saving less cost by year, and added up. savers: each agency's fiscal saving.
    pairs: an agency's live total beside what the run found: label, cell, value, cell, value.
    """

    of_agencies: dict[str, Cell] = field(default_factory=dict)
    of_agencies_value: dict[str, float] = field(default_factory=dict)
    cost: Cell = field(init=False)
    cost_value: float = 0.0
    net: list[Cell] = field(default_factory=list)
    so_far: list[Cell] = field(default_factory=list)
    net_value: Floats = field(init=False)
    savers: dict[str, tuple[Cell, float]] = field(default_factory=dict)
    pairs: list[tuple[str, Cell, float, Cell, float]] = field(default_factory=list)


def write_agencies(book: Book, money: Money, flows: Flows, paid: Paid) -> Totals:
    """Write the sheet; returns where its totals stand."""
    kept = money.kept
    title = f"Present value by year and agency, {kept.inputs.price_year} prices"
    sheet = book.sheet(NAME, title, (52,))
    sheet.worksheet.set_column(_FIRST, _FIRST + kept.years + 1, 13)
    sheet.notes(1, _NOTE)
    made = _Maker(sheet, money, flows, paid)
    made.years()
    given = made.sides()
    made.cost_and_net(given)
    sheet.freeze(3)
    return made.totals


@dataclass
class _Maker:
    """Writes the tables of the sheet below one another; row: the last that is written."""

    sheet: Sheet
    money: Money
    flows: Flows
    paid: Paid
    totals: Totals = field(default_factory=Totals)
    row: int = 3

    @property
    def _count(self) -> int:
        return self.money.kept.years

    @property
    def _agencies(self) -> list[str]:
        """Savers in the order of their lines, then those who only pay."""
        return list(dict.fromkeys((*self.money.agencies, *self.paid.agencies.values())))

    def years(self) -> None:
        """Cost, saving, their difference and what has added up so far."""
        kept, row, sheet = self.money.kept, self.row, self.sheet
        self._head("All agencies")
        for place, label in enumerate(("Cost", "Fiscal saving", "Net saving", "So far"), start=1):
            sheet.text(row + place, 0, label)
        cost = self.flows.present_of(weights_of(kept, "cost"))
        saving = self.flows.present_of(weights_of(kept, "saving", "fiscal"))
        for year in range(kept.years):
            column = _FIRST + year
            cells = [Cell(NAME, row + line, column) for line in range(1, 5)]
            sheet.formula(row + 1, column, self._sum("cost", year, ()), cost[year])
            marked = self._sum("saving", year, _MARKS["saving"])
            sheet.formula(row + 2, column, marked, saving[year])
            sheet.formula(row + 3, column, f"{cells[1]}-{cells[0]}", saving[year] - cost[year])
            before = f"{Cell(NAME, row + 4, column - 1)}+" if year else ""
            self.totals.net.append(cells[2])
            self.totals.so_far.append(cells[3])
            so_far = float((saving - cost)[: year + 1].sum())
            sheet.formula(row + 4, column, f"{before}{cells[2]}", so_far)
        for line, by_year in ((1, cost), (2, saving), (3, saving - cost)):
            total = self._across(row + line, float(by_year.sum()))
            if line == 1:
                self.totals.cost, self.totals.cost_value = total, float(by_year.sum())
        self.totals.net_value = saving - cost
        self.row = row + 4

    def sides(self) -> dict[str, Mapping[str, _Row]]:
        """Savings, cash and what is given in kind; returns the rows of each as they stand."""
        kept, found = self.money.kept, dict[str, Mapping[str, _Row]]()
        for side in sides_shown(kept):
            rows = {
                agency: _Row(
                    [self._sum(side, year, _MARKS[side], agency) for year in range(kept.years)],
                    self.flows.present_of(weights_of(kept, side, COUNTS[side], agency)),
                )
                for agency in self.money.agencies
            }
            found[side] = self._table(f"{_TOTAL_OF[side]} by agency", side, rows)
        return found

    def cost_and_net(self, given: Mapping[str, Mapping[str, _Row]]) -> None:
        """What each agency pays and gives, and its saving less that."""
        in_kind, saving = given.get("cost", {}), given.get("saving", {})
        costs = {}
        for agency in self._agencies:
            names = [name for name, of in self.paid.agencies.items() if of == agency]
            parts = [_Row(list(map(str, self.paid.cells[name])), self.paid.values[name])
                     for name in names]  # fmt: skip
            parts += [in_kind[agency]] if agency in in_kind else []
            costs[agency] = self._added(parts)
        rows = self._table("Cost by agency: paid, and given in kind", "whole_cost", costs)
        nets = {}
        for agency in self._agencies:
            saved = saving.get(agency, _Row(["0"] * self._count, np.zeros(self._count)))
            formulas = [
                f"{plus}-{minus}"
                for plus, minus in zip(saved.formulas, rows[agency].formulas, strict=True)
            ]
            nets[agency] = _Row(formulas, saved.values - rows[agency].values)
        self._table("Net by agency: fiscal saving less cost", "net", nets)

    def _added(self, parts: Sequence[_Row]) -> _Row:
        """The sum of rows, over every year shown."""
        formulas, values = [], np.zeros(self._count)
        for part in parts:
            values[: len(part.values)] += part.values
        for year in range(self._count):
            cells = [part.formulas[year] for part in parts if year < len(part.formulas)]
            formulas.append("+".join(cells) or "0")
        return _Row(formulas, values)

    def _table(self, title: str, name: str, rows: Mapping[str, _Row]) -> dict[str, _Row]:
        """A row for each agency, and their sum; returns the rows as references to the cells."""
        self.row += 2
        self._head(title, "The run found")
        first, together, found = self.row + 1, np.zeros(self._count), {}
        for agency, row in rows.items():
            self.row += 1
            self.sheet.text(self.row, 0, self._title(agency))
            cells = []
            for year, formula in enumerate(row.formulas):
                value = float(row.values[year])
                cells.append(str(self.sheet.formula(self.row, _FIRST + year, formula, value)))
            total = self._across(self.row, float(row.values.sum()))
            if name == "saving":
                self.totals.savers[agency] = total, float(row.values.sum())
            self._beside(name, agency, total, float(row.values.sum()))
            together = together + row.values
            found[agency] = _Row(cells, row.values)
        self._sums(name, first, together)
        return found

    def _sums(self, name: str, first: int, together: Floats) -> None:
        self.row += 1
        self.sheet.text(self.row, 0, "Sum of agencies", "head")
        for year in range(self._count + 1):
            column = _FIRST + year
            block = reference(NAME, (first, column), (self.row - 1, column))
            value = together.sum() if year == self._count else together[year]
            cell = self.sheet.formula(self.row, column, f"SUM({block})", float(value), "total")
        self.totals.of_agencies[name] = cell
        self.totals.of_agencies_value[name] = float(together.sum())

    def _beside(self, name: str, agency: str, total: Cell, value: float) -> None:
        """What the run found for the agency, where it tells of it."""
        key = {"whole_cost": "cost", "saving": "fiscal_saving", "cash": "cashable_saving",
               "net": "net"}.get(name, "of_which_in_kind")  # fmt: skip
        for row in self.money.kept.results["by_agency"]:
            if row["agency"] == agency and row[key]["mean"] is not None:
                found = float(row[key]["mean"])
                cell = self.sheet.number(self.row, _FIRST + self._count + 1, found, "money")
                label = f"{key.replace('_', ' ')}, {self._title(agency)}"
                self.totals.pairs.append((label, total, value, cell, found))

    def _title(self, agency: str) -> str:
        return payer(self.money.kept.titles.get(agency, agency))

    def _head(self, title: str, last: str = "") -> None:
        self.sheet.text(self.row, 0, title, "head")
        year_heads(self.sheet, self.row, self._count, _FIRST)
        self.sheet.text(self.row, _FIRST + self._count, "Total", "head_number")
        self.sheet.text(self.row, _FIRST + self._count + 1, last, "head_number")

    def _sum(self, side: str, year: int, marks: tuple[str, ...], agency: str = "") -> str:
        """Present values of a side in a year, times marks and an agency's shares."""
        blocks = [self.money.present(side, year)]
        blocks += [self.money.mark(side, name) for name in marks]
        blocks += [self.money.shares(side, agency)] if agency else []
        return f"SUMPRODUCT({','.join(blocks)})"

    def _across(self, row: int, value: float) -> Cell:
        """The sum of the years of a row."""
        block = reference(NAME, (row, _FIRST), (row, _FIRST + self._count - 1))
        return self.sheet.formula(row, _FIRST + self._count, f"SUM({block})", value, "sum")
