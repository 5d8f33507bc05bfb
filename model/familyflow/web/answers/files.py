"""Files of a run that a browser may have: those its manifest names, and its documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from familyflow.reports.take_away import FOLDER as REPORTS
from familyflow.store import Manifest
from familyflow.web.errors import NothingHereError

FIGURES: Final = "figures"
TABLES: Final = "tables"
DOCUMENTS: Final = (
    "one_page.html", "one_page.pdf", "workbook.xlsx", "cost_case.docx",
    "cost_case_own_template.docx", "journey.html",
)  # fmt: skip
KINDS: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/octet-stream",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def kind(file: Path) -> str:
    """The media type of a file, by the end of its name."""
    return KINDS[file.suffix]


def figure(folder: Path, manifest: Manifest, name: str) -> Path:
    """The chart of that name, such as payback.svg. Raises NothingHereError."""
    there = {Path(one).name: one for one in _in_folder(manifest, FIGURES)
             if one.endswith((".svg", ".png"))}  # fmt: skip
    return _standing(folder, there.get(name))


def file(folder: Path, manifest: Manifest, name: str) -> Path:
    """The results, table or document of that name. Raises NothingHereError."""
    return _standing(folder, files_by_name(manifest).get(name))


def files_by_name(manifest: Manifest) -> dict[str, str]:
    """By its bare name, where each file that may be given out stands within the run's folder."""
    data = [one for one in manifest.files if "/" not in one]
    named = [*data, *_in_folder(manifest, TABLES), *(f"{REPORTS}/{one}" for one in DOCUMENTS)]
    return {Path(one).name: one for one in named if Path(one).suffix in KINDS}


def documents_there(folder: Path, names: Iterable[str] = DOCUMENTS) -> list[str]:
    """Those documents of the run that were made, by name."""
    return [name for name in names if (folder / REPORTS / name).is_file()]


def _in_folder(manifest: Manifest, name: str) -> list[str]:
    return [one for one in manifest.files if one.startswith(f"{name}/") and one.count("/") == 1]


def _standing(folder: Path, name: str | None) -> Path:
    """The file, as long as it stands there itself and not a link to something else."""
    if name is None:
        raise NothingHereError
    found = folder / name
    if not found.is_file() or not found.resolve().is_relative_to(folder.resolve()):
        raise NothingHereError
    return found
