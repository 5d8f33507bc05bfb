"""The assumptions log and the parameters as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Final

from familyflow.reports.documents.clean import clean
from familyflow.reports.review.log import MOST_OF_A_VALUE, OWNER, Assumption

Column = Callable[[Assumption], object]

ASSUMPTIONS: Final[Mapping[str, Column]] = {
    "id": lambda one: one.id,
    "key": lambda one: one.key,
    "statement": lambda one: one.label,
    "value": lambda one: one.exact,
    "in_words": lambda one: one.value,
    "unit": lambda one: one.unit,
    "price_year": lambda one: one.price_year,
    "distribution": lambda one: one.doubt,
    "source": lambda one: one.source,
    "grade": lambda one: one.grade,
    "status": lambda one: one.status,
    "owner": lambda one: OWNER,
    "quality": lambda one: one.quality.colour,
    "quality_why": lambda one: one.quality.why,
    "impact": lambda one: one.impact.colour,
    "impact_why": lambda one: one.impact.why,
    "sensitivity_rank": lambda one: "" if one.rank is None else one.rank,
    "rank_correlation": lambda one: "" if one.moves is None else one.moves,
    "chosen_by": lambda one: one.chosen,
    "chosen_at": lambda one: one.place,
    "because": lambda one: one.because,
    "note": lambda one: one.note,
}
_OF_A_PARAMETER: Final = (
    "key", "statement", "value", "unit", "price_year", "distribution", "source", "grade", "status",
    "chosen_at",
)  # fmt: skip
PARAMETERS: Final[Mapping[str, Column]] = {
    {"chosen_at": "file_and_line"}.get(name, name): ASSUMPTIONS[name] for name in _OF_A_PARAMETER
}


def csv_bytes(log: Sequence[Assumption], columns: Mapping[str, Column]) -> bytes:
    """A row a number under these columns, in UTF-8; what begins like a formula calculates nothing.

    With a mark at its beginning, so that spreadsheets read £ as £.
    """
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(columns)
    for one in log:
        rows.writerow([clean(str(cell(one)), MOST_OF_A_VALUE) for cell in columns.values()])
    return text.getvalue().encode("utf-8-sig")
