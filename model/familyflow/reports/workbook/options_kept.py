"""Reads a finished comparison back as what its workbook holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from familyflow.problems import bad_input
from familyflow.reports.documents.kept import MOST_NAMED, Row, rows_of
from familyflow.store import Manifest, read_manifest, what_is_wrong

Results = Mapping[str, Any]
COMPARED = "compare"  # what results.json says it is


@dataclass(frozen=True)
class Compared:
    """Everything that the workbook of a comparison shows."""

    folder: Path
    manifest: Manifest
    results: Results

    @property
    def options(self) -> Sequence[Results]:
        """Each option as the results of a run have it; the first is what others are set against."""
        options: Sequence[Results] = self.results["options"]
        return options

    @property
    def titles(self) -> dict[str, str]:
        """What each option is called, by its name; names stand behind titles that are alike."""
        named = {option["option"]: str(option["title"]) for option in self.options}
        alike = [title for title in named.values() if list(named.values()).count(title) > 1]
        return {
            name: f"{title} ({name})" if title in alike else title for name, title in named.items()
        }

    def table(self, name: str) -> list[Row]:
        """The rows of a table of the comparison; none where it left no such table."""
        file = self.folder / "tables" / f"{name}.csv"
        return rows_of(file) if file.exists() else []

    def parts(self, of: str, key: str) -> list[str]:
        """Names in a list of every option (`by_funder`, say), each once, in their order."""
        return list(dict.fromkeys(name for name, _ in self._rows(of, key)))

    def amounts(self, of: str, key: str, name: str, figure: str) -> list[float]:
        """The mean of a figure of one of them in every option; 0 where an option has none."""
        return [
            sum(
                float(row[figure]["mean"] or 0.0)
                for row in option[of]
                if row[key] == name and row[figure] is not None
            )
            for option in self.options
        ]

    def _rows(self, of: str, key: str) -> Iterator[tuple[str, Results]]:
        for option in self.options:
            for row in option[of]:
                yield str(row[key]), row


def is_comparison(folder: Path) -> bool:
    """Whether the folder holds a finished comparison."""
    file = folder / "results.json"
    return file.is_file() and json.loads(file.read_text(encoding="utf-8")).get("kind") == COMPARED


def read_compared(folder: Path) -> Compared:
    """A finished comparison. Raises InputError where the folder is damaged."""
    manifest = read_manifest(folder)
    wrong = what_is_wrong(folder, manifest)
    if wrong:
        raise bad_input(
            f"the comparison is damaged: {'; '.join(wrong[:MOST_NAMED])}",
            "Compare the scenarios again.",
            where=str(folder),
        )
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return Compared(folder, manifest, results)
