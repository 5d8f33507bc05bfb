"""The sheets of words: the assumptions log, and what this workbook is and how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from familyflow.reports.commands import commands
from familyflow.reports.workbook.cells import Book
from familyflow.reports.workbook.kept import Kept

LOG, ABOUT = "Assumptions log", "About"
_ABOUT_WIDTH = 110
_LOG_NOTE = (
    "Values as stated; an uncertain number has another in every draw. A cell of the sheet Inputs "
    "changes nothing here."
)
_WIDTHS = (76, 64, 24, 20, 10, 10, 8, 12, 50, 20, 30, 80)

_WHAT_IS_LIVE = {
    "Values": (
        "What the simulation found: every number of the sheets Quantities and Outcomes, the pounds "
        "by year of each draw (Draws), the means of uncertain numbers on Inputs, pay above the "
        "insurance threshold while a salary keeps its doubt, shares between agencies, the links of "
        "the Greater Manchester layout, and everything said to be as the run found it."
    ),
    "Live": (
        "All arithmetic of money: prices and uplift, national insurance and pension, overheads, "
        "discount factors, cash, sums by line, year, agency and funder, present values of every "
        "draw with their percentiles and chances (How sure), the whole budget with its posts, its "
        "uplift and who pays which part of it, and the figures of the summary."
    ),
    "Not here": (
        "Intervals and chances with a price or a salary of your own: each draw has unit costs of "
        "its own, so draws follow discount rates only. The part of the real cost that no funder "
        "covers (Funders) is close, not exact, with a price of your own. Council figures, other "
        "windows and scopes. Price the run again with the same number to have them: familyflow run "
        "--reprice."
    ),
    "Numbers of your own": (
        "A number in a yellow cell holds in every draw and has no doubt of its own. It changes "
        "money only: what changes who is supported or how families fare needs a new simulation. "
        "It keeps the correction for optimism that its evidence grade had in the run."
    ),
}


def write_assumptions(book: Book, kept: Kept) -> None:
    """Every parameter of the run with its value, source, grade, status and who chose it."""
    path = kept.folder / "tables" / "assumptions.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    sheet = book.sheet(LOG, "Assumptions log: every number of the run", _WIDTHS)
    sheet.notes(1, _LOG_NOTE)
    sheet.heads(3, [name.replace("_", " ").capitalize() for name in table.columns])
    for row, texts in enumerate(table.itertuples(index=False), start=4):
        sheet.texts(row, texts)
    sheet.freeze(3)
    sheet.worksheet.autofilter(3, 0, 3 + len(table), len(table.columns) - 1)


def write_about(book: Book, kept: Kept) -> None:
    """Which run this is, what is live and what is not, and how to make it again."""
    write_pairs(book, _about(kept))


def write_pairs(book: Book, pairs: Iterable[tuple[str, object]]) -> None:
    """Write what is told about the workbook, each thing with its name."""
    sheet = book.sheet(ABOUT, "About this workbook", (36, _ABOUT_WIDTH))
    for row, (what, told) in enumerate(pairs, start=2):
        sheet.text(row, 0, what)
        sheet.long_text(row, 1, told, _ABOUT_WIDTH)


def _about(kept: Kept) -> Iterator[tuple[str, object]]:
    results, manifest = kept.results, kept.manifest
    yield "Run", results["run_id"]
    yield "Scenario", f"{results['title']} ({results['scenario']})"
    yield "Finished", manifest.finished
    for name, version in manifest.versions.items():
        yield f"Version of {name}", version
    yield "Model's code (hash)", manifest.source
    yield "Seed", results["seed"]
    yield "Draws and replications", f"{results['draws']} and {results['replications']}"
    for command in commands(manifest.asked):
        yield "To make it again", command
    yield from _WHAT_IS_LIVE.items()
    yield "Warnings of the run", "\n".join(results["warnings"]) or "none"
