"""The council's own saving less what it pays, year by year, with the grant's end marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from familyflow.reports.documents.lines import found, line
from familyflow.reports.documents.page import bars
from familyflow.reports.documents.page.bars import Scale, scale_of
from familyflow.reports.documents.page.columns import Column
from familyflow.reports.documents.page.parts import (
    GAIN,
    LOSS,
    Block,
    Cell,
    Row,
    Table,
    Words,
    cell_of,
)
from familyflow.reports.documents.parties import LEAST
from familyflow.reports.words import pounds

Results = Mapping[str, Any]
BUDGETS: Final = "council"
KEY: Final = ((GAIN, "saves more than it pays"), (LOSS, "pays more; not discounted"))
PARTS: Final = (
    ("In the term", "within_the_term"), ("After it", "after_the_term"), ("Together", "total"),
)  # fmt: skip


def council_blocks(
    results: Results, columns: Sequence[Column], words: Sequence[str] = ()
) -> tuple[Block, ...]:
    """The council's years with words beneath, under a heading that says the price base."""
    years = years_table(results, columns)
    said = (Words(tuple(words)),) if words else ()
    parts = (*((years,) if years else ()), *said)
    heading = f"Council (children's services), net: {results['price_year']} prices"
    return (Block("council", heading, parts),) if parts else ()


def years_table(results: Results, columns: Sequence[Column]) -> Table | None:
    """A bar a budget year and option; None where the council neither pays nor saves."""
    places = {column: _place(results, column) for column in columns}
    told = {column: column.path(place) for column, place in places.items() if place}
    flows = {path: list(found(results, f"{path}.by_year")) for path in told.values()}
    last = max((_years(flow) for flow in flows.values()), default=0)
    if not last:
        return None
    term = int(results["term_years"])
    shown = max(last, term)
    scale = scale_of([pounds for flow in flows.values() for pounds in flow[:shown]])
    years = [
        Row(f"Year {year + 1}", tuple(_cell(f"{path}.by_year", flow, year, scale)
            for path, flow in flows.items()))
        for year in range(shown)
    ]  # fmt: skip
    return Table(
        f"What the council saves less what it pays, by budget year, not discounted, "
        f"{results['price_year']} prices",
        ("Year", *(column.title or "How much" for column in told)),
        (*years[:term], Row(f"The funding term ends with year {term}", is_mark=True), *years[term:],
         *_sums(results, tuple(flows))),
        key=KEY,
        is_options=len(columns) > 1,
        is_said=True,
    )  # fmt: skip


def _sums(results: Results, paths: Sequence[str]) -> tuple[Row, ...]:
    """Within the term, after it and together, of options; a run tells this in a sentence."""
    if len(paths) < 2:
        return ()
    rows = (
        Row(label, tuple(_sum(results, f"{path}.{part}") for path in paths), is_sum=True)
        for label, part in PARTS
    )
    return tuple(rows)


def _place(results: Results, column: Column) -> str:
    """Where the council's budget stands among the nets; nothing where there is none."""
    rows = column.rows(results, "nets")
    return next((f"nets.{n}" for n, row in enumerate(rows) if row["budgets"] == BUDGETS), "")


def _years(flow: Sequence[float]) -> int:
    """How many years there are until the last in which anything is paid or saved."""
    return max((year + 1 for year, pounds in enumerate(flow) if abs(pounds) >= LEAST), default=0)


def _cell(path: str, flow: Sequence[float], year: int, scale: Scale) -> Cell:
    if year >= len(flow):
        return Cell(pounds(0.0))
    bar = bars.net(scale, flow[year])
    return Cell(pounds(flow[year]), flow[year], f"{path}.{year}", bar=bar, is_year=True)


def _sum(results: Results, path: str) -> Cell:
    return cell_of(line(results, "", path, pounds), is_brief=True)
