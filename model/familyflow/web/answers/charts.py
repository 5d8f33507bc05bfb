"""The charts of a finished run with their alternative text and the numbers they were drawn from."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from familyflow.reports.documents.clean import clean
from familyflow.reports.documents.kept import MOST_IN_ALT_TEXT
from familyflow.reports.documents.reached import DRAWS as DRAWS_SEEN
from familyflow.reports.words import MINUS, significant
from familyflow.store import Manifest
from familyflow.web.answers.size import size_of

Results = Mapping[str, Any]
ALT_TEXT: Final = "figures/alt_text.json"
MOST_ROWS: Final = 60  # shown on a page: the file has all of them
MOST_IN_A_CELL: Final = 160
FIGURES: Final = 4  # significant ones of a number in a table
# how the name of a chart begins -> what it is called, and the table it was drawn from
OF: Final = {
    "cost_and_care_weeks": ("Cost beside weeks in care avoided", "options"),
    "chance_of_being_best": ("How likely each option is to be best", "frontier"),
    "payback": ("When each option pays back", "net_flow_by_year"),
    "who_is_served": ("Who is served, and who is not", "who_is_served"),
    "tornado": ("What moves the result most, one number at a time", "bars"),
    "switching": ("Where the answer would turn", "switches"),
    "worth_knowing": ("What it is worth to know each number", "evppi"),
    "studies": ("What each study would be worth", "evsi"),
}
SERVED: Final = "who_is_served"  # its table is worked out of the first draws alone
_SEVERAL: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")  # words joined as a machine writes them
_OF_AN_OPTION: Final = ": "  # between what a column holds and the option that it is of


@dataclass(frozen=True)
class Numbers:
    """The first rows of a table, as they are read. file: its name; rows_in_all: of the file."""

    file: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rows_in_all: int


@dataclass(frozen=True)
class Drawn:
    """A chart: its file's name, what it is called, its words, and its numbers where it has any.

    size: its width and height; None where its file does not tell them. caution: how its numbers
    differ from those that stand elsewhere on the page.
    """

    name: str
    title: str
    alt_text: str
    numbers: Numbers | None
    size: tuple[int, int] | None
    caution: str = ""


def charts_of(
    folder: Path, manifest: Manifest, called: Mapping[str, str], results: Results
) -> list[Drawn]:
    """The charts in the folder of a run, in the order in which they were drawn.

    called: what options are called, by their names in the tables. results: those of the run.
    """
    if ALT_TEXT not in manifest.files:
        return []
    words = json.loads((folder / ALT_TEXT).read_text(encoding="utf-8"))
    drawn = [_drawn(folder, manifest, name, told, called) for name, told in words.items()]
    return [replace(one, caution=_caution(one.name, results)) for one in drawn]


def _caution(name: str, results: Results) -> str:
    """That a table is of fewer draws than the rest of the page, where it is."""
    if not name.startswith(SERVED) or DRAWS_SEEN not in results:
        return ""
    seen, draws = results[DRAWS_SEEN], results["draws"]
    if seen >= draws:
        return ""
    return (
        f"These numbers, and those of the file, are of the first {seen:,} of {draws:,} draws "
        "alone, so they differ a little from the chart and from the tables above."
    )


def _drawn(
    folder: Path, manifest: Manifest, name: str, words: str, called: Mapping[str, str]
) -> Drawn:
    start = next((one for one in OF if name.startswith(one)), None)
    title, table = OF[start] if start else (name.replace("_", " ").capitalize(), "")
    file = f"tables/{table}.csv"
    numbers = numbers_in(folder / file, called) if file in manifest.files else None
    size = size_of(folder / "figures" / f"{name}.svg")
    return Drawn(name, title, clean(str(words), MOST_IN_ALT_TEXT), numbers, size)


def numbers_in(file: Path, called: Mapping[str, str]) -> Numbers | None:
    """The first rows of a table; None where it has none."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    if len(rows) < 2:
        return None
    heads, *held = rows
    told = tuple(tuple(called.get(one) or cell(one) for one in row) for row in held[:MOST_ROWS])
    return Numbers(file.name, _heads(heads, called), told, len(held))


def _heads(names: Sequence[str], called: Mapping[str, str]) -> tuple[str, ...]:
    """What columns hold, in words; of an option by what it is called."""
    told = []
    for name in names:
        what, of, option = name.partition(_OF_AN_OPTION)
        held = f"{what}{of}{called.get(option, option)}" if of else name
        told.append(clean(held.replace("_", " "), MOST_IN_A_CELL))
    return tuple(told)


def cell(text: str) -> str:
    """A cell of a table as people read it: numbers to four figures, words apart and harmless.

    >>> cell("1438682.4892"), cell("0.5450001"), cell("families_started"), cell("2024")
    ('1,439,000', '0.545', 'families started', '2024')
    """
    try:
        number = float(text)
    except ValueError:
        plain = text.replace("_", " ") if _SEVERAL.fullmatch(text) else text
        return clean(plain, MOST_IN_A_CELL)
    if not math.isfinite(number) or len(text) <= FIGURES:
        return text
    size = significant(abs(number), FIGURES)
    told = f"{size:,.0f}" if size >= 10**FIGURES else f"{size:,.6g}"
    return f"{MINUS}{told}" if number < 0 and size else told
