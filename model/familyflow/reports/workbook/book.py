"""A finished run as a workbook whose money is live: formulas over quantities that are values."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from familyflow.reports.workbook.agencies_sheet import write_agencies
from familyflow.reports.workbook.budget_sheet import NAME as BUDGET
from familyflow.reports.workbook.budget_sheet import write_budget
from familyflow.reports.workbook.cash_flow_sheet import write_money
from familyflow.reports.workbook.cells import Book
from familyflow.reports.workbook.checks_sheet import write_checks
from familyflow.reports.workbook.draws_layout import DrawsLayout
from familyflow.reports.workbook.draws_sheet import write_draws
from familyflow.reports.workbook.flows import flows_of
from familyflow.reports.workbook.funders_sheet import write_funders
from familyflow.reports.workbook.how_sure import doubt_of
from familyflow.reports.workbook.how_sure_sheet import write_how_sure
from familyflow.reports.workbook.inputs_sheet import write_inputs
from familyflow.reports.workbook.kept import Kept, read_kept
from familyflow.reports.workbook.manchester_sheet import write_manchester
from familyflow.reports.workbook.notes_sheets import write_about, write_assumptions
from familyflow.reports.workbook.outcomes_sheet import write_outcomes
from familyflow.reports.workbook.present_sheet import write_present
from familyflow.reports.workbook.prices_sheet import write_prices
from familyflow.reports.workbook.properties import OPTIONS, describe
from familyflow.reports.workbook.quantities_sheet import write_quantities
from familyflow.reports.workbook.summary_sheet import (
    say_whether_all_holds,
    start_summary,
    write_summary,
)

SHEETS = (
    "Summary", "How sure", "Outcomes", BUDGET, "By year and agency", "Funders",
    "Greater Manchester", "Inputs",
    "Unit costs", "Quantities", "Cash flow", "Present value", "Draws", "Assumptions log", "Checks",
    "About",
)  # fmt: skip


def workbook_bytes(run_folder: Path) -> bytes:
    """The workbook (.xlsx) of a finished run; the same bytes every time.

    run_folder: what `run` or `reprice` left. Raises InputError where it is damaged or is no run
    of one scenario, RefusedError where another version of the model made it.
    """
    return bytes_of(read_kept(Path(run_folder)))


def bytes_of(kept: Kept) -> bytes:
    """The workbook of a run that has been read."""
    written = BytesIO()
    workbook = Workbook(written, OPTIONS)
    finished = datetime.fromisoformat(kept.manifest.finished).replace(tzinfo=None)
    describe(workbook, str(kept.results["title"]), str(kept.results["run_id"]), finished)
    _write(Book(workbook, sheets_of(kept)), kept)
    workbook.close()
    return written.getvalue()


def sheets_of(kept: Kept) -> list[str]:
    """The names of the sheets, in the order in which they are read."""
    return [name for name in SHEETS if name != BUDGET or kept.table("budget")]


def _write(book: Book, kept: Kept) -> None:
    """Every sheet, each after those whose cells it names."""
    flows = flows_of(kept)
    summary = start_summary(book, str(kept.results["title"]))
    inputs = write_inputs(book, kept)
    prices = write_prices(book, kept, inputs)
    blocks = write_quantities(book, kept)
    money = write_money(book, kept, flows, inputs, prices, blocks.counted)
    discount = write_present(book, kept, flows, inputs)
    layout = DrawsLayout(kept)
    paid = write_funders(book, money, flows, layout, discount, inputs)
    totals = write_agencies(book, money, flows, paid)
    write_outcomes(book, money, flows)
    budget = write_budget(book, money, flows, inputs, blocks.planned)
    sure = write_how_sure(book, layout, inputs, discount.value)
    write_draws(book, layout, discount, doubt_of(layout))
    headline = write_summary(summary, money, flows, inputs)
    links = write_manchester(book, money, flows, headline, totals)
    write_assumptions(book, kept)
    say_whether_all_holds(
        summary, *write_checks(book, money, inputs, headline, totals, budget, layout, sure, links)
    )
    write_about(book, kept)
