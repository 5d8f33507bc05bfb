"""The documents of a finished run, written beside it: each whole or not there at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import Problems
from familyflow.store import write_file
from familyflow.store.machine import machine_errors

FOLDER: Final = "reports"  # inside the run's own


def _one_page(run: Path) -> bytes:
    from familyflow.reports.documents.one_page import one_page

    return one_page(run).encode("utf-8")


def _cost_case(run: Path) -> bytes:
    from familyflow.reports.documents.cost_case import cost_case

    return cost_case(run)


def _workbook(run: Path) -> bytes:
    from familyflow.reports.workbook import workbook_bytes

    return workbook_bytes(run)


MADE: Final[Mapping[str, tuple[str, Callable[[Path], bytes]]]] = {
    "html": ("one_page.html", _one_page),
    "docx": ("cost_case.docx", _cost_case),
    "xlsx": ("workbook.xlsx", _workbook),
}


def kinds_in(text: str) -> list[str]:
    """The kinds of document that are meant, each once: 'html,xlsx'. Raises InputError."""
    problems = Problems()
    kinds = [one.strip().lower() for one in text.split(",") if one.strip()]
    for kind in kinds or [text]:
        if kind not in MADE:
            to_do = did_you_mean(kind, MADE, otherwise=f"There are: {', '.join(MADE)}.")
            problems.add("--to", 0, 0, f"there is no document {kind!r}", to_do)
    problems.raise_if_any()
    return list(dict.fromkeys(kinds))


def write_documents(run: Path, kinds: Sequence[str]) -> list[Path]:
    """Make these documents of the run in this folder; returns where they stand.

    Every one is made before the first is written, so that one that cannot be made leaves those
    of before as they are. The same run gives the same bytes. Raises InputError, RefusedError,
    MachineError.
    """
    made = {MADE[kind][0]: MADE[kind][1](run) for kind in kinds}
    folder = run / FOLDER
    with machine_errors(run):
        folder.mkdir(exist_ok=True)
    for name, data in made.items():
        write_file(folder / name, data)
    return [folder / name for name in made]
