"""Every yellow cell of a workbook against Python: one number typed in, recalculated, priced again.

python -m benchmarks.workbook [DRAWS]

For the core offer and the bid, each input is changed by itself; LibreOffice recalculates the
workbook (many files a start), and the run is priced again with the same number. Every figure of
the summary, every amount of the budget and of its posts, and each agency's saving, cash and net
where pay and prices stay, must agree to 1e-9.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from openpyxl import Workbook

from benchmarks import office
from benchmarks.measure import Row, machine, show, skipped
from benchmarks.workbook_changes import Change, changes, priced
from familyflow.experiments.run import run
from familyflow.reports.workbook import workbook_bytes
from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.summary_sheet import LABELS

SCENARIOS = ("core_offer", "reaching_communities_bid")
DRAWS, SEED = 20, 3
BOOKS_A_START = 7
CLOSE = 1e-9
KEPT = Path(__file__).parent / "results" / "workbook.json"
_AGENCIES = {
    "Fiscal saving by agency": "fiscal_saving",
    "Cash released by agency": "cashable_saving",
    "Cost by agency: paid, and given in kind": "cost",
}

_PARTS = ("total", "asked", "other", "unfunded")  # tables of the budget, in their order
_OF_A_POST = {"full_time_salary": 3, "pay": 4, "national_insurance": 5, "pension": 6, "cost": 8}


def differences(book: Workbook, folder: Path) -> Iterator[tuple[str, float]]:
    """How far each figure of a recalculated workbook lies from the run priced again, relative.

    Names that begin with 'close: ' are of what is only close while a price is one's own.
    """
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    live = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    for name, label in LABELS.items():
        figure = results["money"].get(name)
        if figure is not None and figure["mean"] is not None and label in live:
            yield name, _apart(live[label], figure["mean"])
    yield from _of_agencies(book, results["by_agency"])
    yield from budget_differences(book, folder)


def budget_differences(book: Workbook, folder: Path) -> Iterator[tuple[str, float]]:
    """How far each amount of the budget, and of its posts, lies from the run priced again."""
    with (folder / "tables" / "budget.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    tables = _tables(book["Budget"].iter_rows(values_only=True))
    by_part = tables["All years"][: len(_PARTS)]  # after them come the workings
    for part, rows in zip(_PARTS, by_part, strict=True):
        for row, found in zip(rows, expected, strict=True):
            names = [name for name in found if name.startswith(f"{part}_year_")]
            for column, name in enumerate((*names, part), start=1):
                apart = _apart(row[column], float(found[name]))
                yield f"budget, {found['heading']}, {name}", apart
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    rows = [row for table in tables["Prices of"] for row in table[:-1]]  # their sum stands last
    for place, (row, post) in enumerate(zip(rows, results["posts"], strict=True)):
        for name, column in _OF_A_POST.items():
            yield f"posts, {place}, {name}", _apart(row[column], float(post[name]))


def _tables(rows: Iterable[Sequence]) -> dict[str, list[list[Sequence]]]:
    """The rows of the tables of the budget, in their order, by the last of their heads."""
    found: dict[str, list[list[Sequence]]] = {"All years": [], "Prices of": []}
    table: list[Sequence] = []
    for row in rows:
        filled = [cell for cell in row if cell is not None]
        if filled and filled[-1] in found:
            table = []
            found[filled[-1]].append(table)
        elif filled:
            table.append(row)
        else:
            table = []  # an empty row ends a table
    return found


def _of_agencies(book: Workbook, rows: Sequence[Mapping]) -> Iterator[tuple[str, float]]:
    titles, table, total = {row["title"]: row for row in rows}, "", 0
    for cells in book["By year and agency"].iter_rows(values_only=True):
        if "Total" in cells:
            table, total = str(cells[0]), cells.index("Total")
        name = _AGENCIES.get(table)
        if name and cells[0] in titles:
            close = "close: " if name == "cost" else ""
            found = titles[cells[0]][name]["mean"]
            yield f"{close}{name}, {cells[0]}", _apart(cells[total], found)


def _apart(live: object, found: float) -> float:
    assert isinstance(live, int | float), live
    return abs(live - found) / max(1.0, abs(found))


@dataclass
class Found:
    """What inputs gave: how many, figures compared, and the largest differences.

    exact: of what must agree. close: of what is only close. Each with where it was.
    """

    inputs: int = 0
    figures: int = 0
    exact: tuple[float, str] = (0.0, "")
    close: tuple[float, str] = (0.0, "")

    def see(self, name: str, apart: float, where: str) -> None:
        """Count a figure; keep its difference where it is the largest."""
        self.figures += 1
        if name.startswith("close: "):
            self.close = max(self.close, (apart, where))
        else:
            self.exact = max(self.exact, (apart, where))

    def add(self, other: Found) -> None:
        """Count what another part gave too."""
        self.inputs, self.figures = self.inputs + other.inputs, self.figures + other.figures
        self.exact = max(self.exact, other.exact)
        self.close = max(self.close, other.close)


@dataclass(frozen=True)
class Part:
    """Inputs that go through one start of LibreOffice: of this run, the content its workbook."""

    scenario: str
    folder: Path
    content: bytes
    changes: tuple[Change, ...]


def parts_of(scenario: str, folder: Path) -> Iterator[Part]:
    """Every input of a run, a part at a time."""
    content = workbook_bytes(folder)
    asked = changes(read_kept(folder))
    for start in range(0, len(asked), BOOKS_A_START):
        yield Part(scenario, folder, content, tuple(asked[start : start + BOOKS_A_START]))


def compared(part: Part) -> Found:
    """Each input of a part, typed in by itself and priced again."""
    typed = {
        one.key: office.with_own_numbers(part.content, {one.key: one.number})
        for one in part.changes
    }
    books = office.recalculated(typed, lazily=True)
    found = Found(len(part.changes))
    for one in part.changes:
        with tempfile.TemporaryDirectory() as out:
            again = priced(part.folder, one, Path(out))
            for name, apart in differences(books[one.key], again):
                found.see(name, apart, f"{part.scenario}, {one.key}: {name}")
    return found


def measure(draws: int) -> tuple[list[Row], dict[str, object]]:
    """Every input of both scenarios; the table, and what is told of them."""
    began = time.monotonic()
    found = {name: Found() for name in SCENARIOS}
    with tempfile.TemporaryDirectory() as out, ProcessPoolExecutor(os.cpu_count()) as pool:
        folders = {
            name: run(name, draws=draws, seed=SEED, workers=1, out=Path(out)).folder
            for name in SCENARIOS
        }
        parts = [part for name, folder in folders.items() for part in parts_of(name, folder)]
        for done, (part, one) in enumerate(zip(parts, pool.map(compared, parts), strict=True)):
            found[part.scenario].add(one)
            print(f"{done + 1} of {len(parts)} parts", file=sys.stderr, flush=True)
    of = {name: sum(len(part.changes) for part in parts if part.scenario == name) for name in found}
    return table(found, of, draws, time.monotonic() - began)


def table(
    found: Mapping[str, Found], of: Mapping[str, int], draws: int, seconds: float
) -> tuple[list[Row], dict[str, object]]:
    """The rows of the table, and what else is kept. of: how many inputs there are."""
    exact = max(one.exact for one in found.values())
    close = max(one.close for one in found.values())
    inputs = {name: one.inputs for name, one in found.items()}
    rows = [
        Row("workbook: inputs changed one at a time", sum(inputs.values()), "inputs"),
        Row("workbook: largest relative difference from the run priced again", exact[0],
            most=CLOSE, note=exact[1]),
        Row("workbook: the same of what an agency pays, only close with a price of one's own",
            close[0], note=close[1]),
        Row("workbook: all of it", seconds, "s"),
    ]  # fmt: skip
    figures = {name: one.figures for name, one in found.items()}
    told = {"inputs": inputs, "of": dict(of), "figures": figures, "draws": draws}
    return rows, {**told, "seconds": round(seconds)}


def main() -> None:
    """Measure, print and keep."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    if office.OFFICE is None:
        show([skipped("workbook: inputs", "LibreOffice is not here")])
        return
    rows, told = measure(draws)
    show(rows)
    keep(rows, told)


def keep(rows: Sequence[Row], told: Mapping[str, object]) -> None:
    """Keep the table beside what is told of it."""
    held = {"machine": machine(), **told, "rows": [asdict(row) for row in rows]}
    KEPT.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
