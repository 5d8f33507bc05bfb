"""The table of who is reached: families of each group, and the share that starts as a formula."""

from __future__ import annotations

from typing import Final

from familyflow.reports.documents.reached import Reached, draws_in_words, reached
from familyflow.reports.words import in_years
from familyflow.reports.workbook.cells import Sheet
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.too_few import IN_ITS_PLACE, is_too_few

TITLE: Final = "Who the service reaches"
HEADS: Final = (
    "Group of families", "Unit", "Referred", "Who start", "Share who start", "95% from", "95% to",
    "End as planned",
)  # fmt: skip
_NOTE: Final = (
    "95%: how well so many draws know the share. Where two overlap, neither is surely lower."
)


def write_reached(sheet: Sheet, row: int, kept: Kept) -> None:
    """Write it from this row on; nothing where the run does not tell."""
    groups, results = reached(kept.served), kept.results
    if not groups:
        return
    sheet.text(row, 0, f"{TITLE}, over {in_years(results['term_years'])}", "head")
    sheet.notes(row + 1, f"Families: {draws_in_words(results)}. {_NOTE}")
    sheet.heads(row + 2, HEADS, numbers=2)
    for place, group in enumerate(groups, start=row + 3):
        _write(sheet, place, group, few=is_too_few(results))


def _write(sheet: Sheet, row: int, group: Reached, *, few: bool) -> None:
    sheet.texts(row, (group.label, "families"))
    referred = sheet.number(row, 2, group.referred, "amount")
    started = sheet.number(row, 3, group.started, "amount")
    sheet.formula(row, 4, f"{started}/{referred}", group.started / group.referred, "share")
    for column, end in ((5, group.low), (6, group.high)):
        if few or end is None:
            sheet.text(row, column, IN_ITS_PLACE, "right")
        else:
            sheet.number(row, column, end, "share")
    sheet.number(row, 7, group.completed, "amount")
