"""How a workbook is made and what its properties say: fixed, so that bytes do not change."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from xlsxwriter import Workbook

from familyflow.reports.workbook.cells import plain_text

LONGEST: Final = 250  # characters that a property may hold
OPTIONS: Final[dict[str, Any]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def describe(workbook: Workbook, title: str, subject: str, finished: datetime) -> None:
    """Write the properties: what it is, of which run, and when that was finished."""
    workbook.set_properties(
        {
            "title": plain_text(title)[:LONGEST],
            "subject": plain_text(subject)[:LONGEST],
            "author": "familyflow",
            "keywords": "cost-benefit, families, key workers",
            "created": finished,
        }
    )
