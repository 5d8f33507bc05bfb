"""A finished comparison as a workbook: options side by side, with live sums and differences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from familyflow.reports.documents.kept import Row
from familyflow.reports.workbook.cells import Book
from familyflow.reports.workbook.checks_sheet import Check, close, is_close, write_list
from familyflow.reports.workbook.notes_sheets import ABOUT, write_pairs
from familyflow.reports.workbook.options_kept import Compared, read_compared
from familyflow.reports.workbook.options_rows import NAME, Told
from familyflow.reports.workbook.options_sheet import write_options
from familyflow.reports.workbook.properties import OPTIONS, describe
from familyflow.reports.workbook.too_few import is_too_few, too_few
from familyflow.reports.workbook.value_table import write_table

FRONTIER = "Frontier"
_BEST = "Values. At each point: the option that is best on the mean."
TABLES = {  # name of the sheet -> table of the comparison, title, what to know of it
    FRONTIER: (
        "frontier",
        "Which option is best along what a choice hangs on",
        f"{_BEST} With it the chance that this is the right choice (frontier), and the chance of "
        "each option of being best.",
    ),
    "Who is served": (
        "who_is_served",
        "Who is served: families of each group, by option",
        "Values, means over the draws of which this was kept; low and high: the interval of the "
        "mean (95%).",
    ),
    "What differs": (
        "what_differs",
        "What differs between the options",
        "'set' is decided, 'assume' is believed.",
    ),
}
_LIVE = {
    "Values": "What each option does, what each funder pays, each agency saves, and all chances.",
    "Live": (
        "On the sheet Options: sums, nets, ratios, unit costs and differences from the first "
        "option. A price or a rate is not there: change it in the workbook of each option's own "
        "run, or compare again with --set."
    ),
}


def options_workbook_bytes(folder: Path) -> bytes:
    """The workbook (.xlsx) of a finished comparison; the same bytes every time.

    Raises InputError where the folder is damaged or holds no comparison.
    """
    return bytes_of_options(read_compared(folder))


def bytes_of_options(compared: Compared) -> bytes:
    """The workbook of a comparison that has been read."""
    written = BytesIO()
    workbook = Workbook(written, OPTIONS)
    finished = datetime.fromisoformat(compared.manifest.finished).replace(tzinfo=None)
    title = "Options side by side: " + ", ".join(compared.titles.values())
    describe(workbook, title, str(compared.results["run_id"]), finished)
    tables = {name: compared.table(of[0]) for name, of in TABLES.items()}
    names = [name for name, rows in tables.items() if rows]
    book = Book(workbook, [NAME, *names, "Checks", ABOUT])
    told = write_options(book, compared)
    for name in names:
        _, heading, note = TABLES[name]
        rows = tables[name]
        if name == FRONTIER and is_too_few(compared.results):
            note, rows = f"{_BEST} {too_few(compared.results)}", [_on_the_mean(row) for row in rows]
        write_table(book, name, heading, note, rows, compared.titles)
    write_list(book, list(_checks(told)))
    write_pairs(book, _about(compared))
    workbook.close()
    return written.getvalue()


def _on_the_mean(row: Row) -> Row:
    """A row of the frontier without its chances."""
    return {
        key: value
        for key, value in row.items()
        if key != "frontier" and not key.startswith("best:")
    }


def _checks(told: Told) -> Iterator[Check]:
    """Every live figure is what the comparison found, until a number here is changed."""
    for label, cell, value, found in told.pairs:
        yield Check(f"As the comparison found it: {label}", close(cell, repr(found)),
                    is_close(value, found))  # fmt: skip


def _about(compared: Compared) -> Iterator[tuple[str, object]]:
    results, manifest = compared.results, compared.manifest
    yield "Comparison", results["run_id"]
    yield "Options", "\n".join(f"{title} ({name})" for name, title in compared.titles.items())
    yield "Set against", compared.options[0]["title"]
    yield "Finished", manifest.finished
    for name, version in manifest.versions.items():
        yield f"Version of {name}", version
    yield "Seed", results["seed"]
    yield "Draws and replications", f"{results['draws']} and {results['replications']}"
    yield from _LIVE.items()
    yield "Warnings", "\n".join(results["warnings"]) or "none"
