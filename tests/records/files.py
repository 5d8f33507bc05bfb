"""Files of case records for tests, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from familyflow.problems import InputError, Problem, Problems
from familyflow.records.cases import Records, Words
from familyflow.records.read import read_records

TODAY = date(2026, 6, 30)
WORDS = Words(
    sources=("schools", "health", "police"),
    needs=("domestic_abuse", "substance_misuse", "domestic_abuse+substance_misuse"),
    levels=("universal", "child_in_need", "child_protection"),
)
NEEDED = ("family", "referred", "allocated", "started", "ended", "ending")
CLOSED = {
    "family": "F0001", "referred": "2025-01-06", "allocated": "2025-01-20",
    "started": "2025-02-03", "ended": "2025-07-14", "ending": "planned",
}  # fmt: skip
OPEN = {**CLOSED, "ended": "", "ending": ""}
FULL = {
    **CLOSED, "source": "schools", "needs": "domestic_abuse", "children": "2",
    "level": "child_in_need", "minority_ethnic": "no", "interpreter": "no", "hours": "61.5",
    "meetings_offered": "20", "meetings_held": "17", "risks_at_entry": "9", "risks_at_exit": "5",
    "strengths_at_entry": "4", "strengths_at_exit": "8", "difficulties_at_entry": "17.5",
    "difficulties_at_exit": "14", "wellbeing_at_entry": "38", "wellbeing_at_exit": "45",
}  # fmt: skip
Row = Mapping[str, str]


def csv_text(rows: Sequence[Row], separator: str = ",", end: str = "\n") -> str:
    """The columns of the first row as a header, and each row; cells are written as they are."""
    names = list(rows[0])
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "".join(separator.join(cells) + end for cells in lines)


def kept(folder: Path, held: str | bytes) -> Path:
    path = folder / "cases.csv"
    path.write_bytes(held.encode() if isinstance(held, str) else held)
    return path


def told(path: Path, as_of: date | None = None) -> list[Problem]:
    """Every mistake that is told of a file; it gives records if and only if there is none."""
    problems = Problems()
    records = read_records(path, WORDS, problems, as_of=as_of, today=TODAY)
    assert (records is None) == bool(problems.found)
    return sorted(problems.found)


def mistakes(folder: Path, held: str | bytes) -> list[tuple[int, int, str]]:
    """Line, column and what of every mistake in a file of this text."""
    return [(one.line, one.column, one.what) for one in told(kept(folder, held))]


def of_rows(folder: Path, *rows: Row) -> list[tuple[int, int, str]]:
    return mistakes(folder, csv_text(rows))


def read(folder: Path, held: str | bytes, as_of: date | None = None) -> Records:
    problems = Problems()
    records = read_records(kept(folder, held), WORDS, problems, as_of=as_of, today=TODAY)
    problems.raise_if_any()
    assert records is not None
    return records


def shown(path: Path) -> str:
    """All that a person or a log could be shown of a file's mistakes."""
    found = told(path)
    return str(InputError(found)) + "".join(map(repr, found))
