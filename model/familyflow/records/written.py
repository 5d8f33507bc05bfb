"""Case records as the text of a file: the template's columns, one line a referral."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from familyflow.records.cases import Case, Measures
from familyflow.records.columns import COLUMNS

Cell = str | float | bool | date | None


def csv_text(cases: Iterable[Case]) -> str:
    """The file: a line of column names, then a line a case, in the order given.

    Dates are written 2026-04-30, numbers with at most two decimals; what is not known is empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    writer.writerows(cells(case) for case in cases)
    return text.getvalue()


def cells(case: Case) -> list[str]:
    """The cells of a case, in the order of the template.

    >>> day = date(2026, 4, 30)
    >>> case = Case(2, 7, 0, day, None, None, day, "signposted", interpreter=False)
    >>> cells(case)[:6], cells(case)[11]
    (['F0007', '2026-04-30', '', '', '2026-04-30', 'signposted'], 'no')
    """
    known = _by_column(case)
    return [_cell(known[column.name]) for column in COLUMNS]


def _by_column(case: Case) -> dict[str, Cell]:
    return {
        "family": f"F{case.family:04d}",
        "referred": case.referred,
        "allocated": case.allocated,
        "started": case.started,
        "ended": case.ended,
        "ending": case.ending,
        "source": case.source,
        "needs": case.needs,
        "children": case.children,
        "level": case.level,
        "minority_ethnic": case.minority_ethnic,
        "interpreter": case.interpreter,
        "hours": case.hours,
        "meetings_offered": case.meetings_offered,
        "meetings_held": case.meetings_held,
        **_measured("risks", case.risks),
        **_measured("strengths", case.strengths),
        **_measured("difficulties", case.difficulties),
        **_measured("wellbeing", case.wellbeing),
    }


def _measured(name: str, measures: Measures) -> dict[str, Cell]:
    at_entry, at_exit = measures
    return {f"{name}_at_entry": at_entry, f"{name}_at_exit": at_exit}


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")
