"""Who pays and who saves as a table with bars: cashable solid, the rest of a saving hatched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from familyflow.reports.documents.clean import MOST_OF_A_NAME, clean
from familyflow.reports.documents.lines import Line, line
from familyflow.reports.documents.page import bars
from familyflow.reports.documents.page.bars import Scale, scale_of
from familyflow.reports.documents.page.columns import Column, heads, spread
from familyflow.reports.documents.page.parts import (
    CASH,
    NOT_CASH,
    PAID,
    Bar,
    Block,
    Cell,
    Row,
    Table,
    cell_of,
    reasons,
)
from familyflow.reports.documents.parties import LEAST, MOST_ROWS, left_out
from familyflow.reports.words import payer, pounds

Results = Mapping[str, Any]
NOTHING: Final = Cell("\N{EN DASH}")
KEY: Final = ((PAID, "paid"), (CASH, "saved, cashable"), (NOT_CASH, "saved, not cashable"))


@dataclass(frozen=True)
class _Sum:
    """What a party pays or saves in one option. cash: the cashable part; since: its first year."""

    line: Line
    cash: Line | None = None
    since: int | None = None


@dataclass(frozen=True)
class _Party:
    """A funder or an agency with a sum for each column, None where the option has none of it."""

    name: str
    sums: tuple[_Sum | None, ...]

    @property
    def largest(self) -> float:
        """The largest sum in pounds, whatever its sign."""
        return max((abs(one.line.exact or 0.0) for one in self.sums if one), default=0.0)


def who_block(results: Results, columns: Sequence[Column]) -> Block:
    """Who pays and who saves, under a heading that says the price base."""
    base = f"present value, {results['price_year']} prices"
    return Block("who", f"Who pays and who saves: {base}", (who_table(results, columns),))


def who_table(results: Results, columns: Sequence[Column]) -> Table:
    """What each funder pays and each agency saves, the largest sums first, a column an option."""
    pays = _parties(columns, results, "by_funder", "funder", _pays)
    saves = _parties(columns, results, "by_agency", "title", _saves)
    shown = (*pays[:MOST_ROWS], *saves[:MOST_ROWS])
    scale = scale_of([one.line.exact or 0.0 for party in shown for one in party.sums if one])
    rows = (*_rows(pays, scale, _paid), Row("Saves", is_mark=True), *_rows(saves, scale, _saved))
    cash = [one.cash for party in saves for one in party.sums if one and one.cash]
    more = (left_out(pays, "by_funder"), left_out(saves, "by_agency"))
    return Table(
        f"Who pays and who saves, present value, {results['price_year']} prices",
        ("Pays", *heads(columns)),
        rows,
        (*reasons(cash), *(told for told in more if told)),
        KEY,
        is_options=len(columns) > 1,
        is_said=True,
        bars_beneath=len(columns) == 1,
    )


def _parties(
    columns: Sequence[Column], results: Results, table: str, named: str,
    sum_of: Callable[[Results, Column, int], _Sum],
) -> list[_Party]:  # fmt: skip
    """Those with a sum worth telling in some option, the largest first."""
    held: dict[str, list[_Sum | None]] = {}
    for number, column in enumerate(columns):
        for place, row in enumerate(column.rows(results, table)):
            sums = held.setdefault(str(row[named]), [None] * len(columns))
            sums[number] = sum_of(results, column, place)
    parties = [_Party(name, tuple(sums)) for name, sums in held.items()]
    told = (party for party in parties if party.largest >= LEAST)
    return sorted(told, key=lambda party: -party.largest)


def _pays(results: Results, column: Column, place: int) -> _Sum:
    return _Sum(line(results, "", column.path(f"by_funder.{place}.paid"), pounds))


def _saves(results: Results, column: Column, place: int) -> _Sum:
    title = str(column.rows(results, "by_agency")[place]["title"])
    first = {str(row["party"]): row["first_cash_year"] for row in column.rows(results, "who_pays")}
    path = column.path(f"by_agency.{place}")
    return _Sum(
        line(results, "", f"{path}.fiscal_saving", pounds),
        line(results, "", f"{path}.cashable_saving", pounds),
        first.get(title),
    )


def _rows(parties: Sequence[_Party], scale: Scale, bar: Callable[[Scale, _Sum], Bar]) -> list[Row]:
    """A row a party, and beneath a saver how much of it is cashable."""
    rows = []
    for party in parties[:MOST_ROWS]:
        name = clean(payer(party.name), MOST_OF_A_NAME)
        rows.append(Row(name, spread([_cell(one, scale, bar) for one in party.sums])))
        cash = [one.cash if one else None for one in party.sums]
        if any(cash):
            cells = spread([cell_of(one) if one else NOTHING for one in cash])
            rows.append(Row(f"of which cashable{_since(party)}", cells, is_within=True))
    return rows or [Row("Nobody")]


def _since(party: _Party) -> str:
    """From which year some of it can be cash, where that is one and the same for all options."""
    years = {one.since for one in party.sums if one and one.cash and one.cash.exact is not None}
    year = years.pop() if len(years) == 1 else None
    return "" if year is None else f", from year {year + 1}"


def _cell(one: _Sum | None, scale: Scale, bar: Callable[[Scale, _Sum], Bar]) -> Cell:
    if one is None or one.line.exact is None:
        return NOTHING
    told = one.line
    return Cell(told.value, told.exact, told.path, told.between, bar(scale, one))


def _paid(scale: Scale, one: _Sum) -> Bar:
    return bars.paid(scale, one.line.exact or 0.0)


def _saved(scale: Scale, one: _Sum) -> Bar:
    cash = one.cash.exact if one.cash else None
    return bars.saved(scale, one.line.exact or 0.0, cash)
