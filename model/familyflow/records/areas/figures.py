"""Published figures of areas, read from CSV; every mistake of the file told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.problems import Problems
from familyflow.records.csv_table import check_names, read_table
from familyflow.records.row_form import is_whole

NEEDED: Final = ("area", "measure", "year", "value", "source", "where", "grade", "status")
COLUMNS: Final = (*NEEDED[:1], "code", "region", "measure", "row", "year", "value", "unit",
                  *NEEDED[4:], "note")  # fmt: skip
BANDS: Final = ("0-3", "3-6", "6-12", "12-24", "24+")
CARE_AGES: Final = ("5-9", "10-15")
# Every measure: its unit, and the rows that it has where it is a table.
MEASURES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "children": ("children", ()),
    "children_in_need": ("children", ()),
    "children_in_need_rate": ("per 10000 children", ()),
    "referrals": ("referrals", ()),
    "re_referral_share": ("share", ()),
    "children_referred": ("children", ()),
    "no_further_action_share": ("share", ()),
    "not_in_need_share": ("share", ()),
    "plan_starts": ("plans", ()),
    "repeat_plan_share": ("share", ()),
    "plan_length_share": ("share", BANDS),
    "plans_ended": ("plans", ()),
    "open_plan_length_share": ("share", BANDS),
    "episode_length_share": ("share", BANDS),
    "episodes_ended": ("episodes", ()),
    "care_starts": ("children", ()),
    "care_starts_not_alone": ("children", ()),
    "interim_care_order_share": ("share", ()),
    "in_care": ("children", CARE_AGES),
    "care_ended": ("children", CARE_AGES),
}
HIDDEN: Final = frozenset({"", "c", "k", "low", "u", "x", "z", ":", "..", "-"})  # as DfE writes it
GRADES: Final = tuple("ABCDE")
STATUSES: Final = ("verified", "derived", "recalled", "assumed")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST: Final = 1e9
_NAME: Final = re.compile(r"\w{1,60}")
_ROUNDING: Final = 0.005


@dataclass(frozen=True)
class Figure:
    """One published figure: a count, a share (0 to 1) or a rate, of one year and, if a table, row.

    year: the one in which the statistical year ended.
    """

    area: str
    region: str
    measure: str
    row: str
    year: int
    value: float
    source: str
    where: str
    grade: str
    status: str
    note: str = ""


def read_figures(path: Path, problems: Problems) -> tuple[Figure, ...]:
    """All figures of a file that are known; what is hidden or missing in it is no figure.

    Mistakes are noted with line and column, and nothing is then to be used.
    """
    table = read_table(path, problems, row="figure")
    if table is None:
        return ()
    before = len(problems.found)
    check_names(path, table.names, COLUMNS, NEEDED, problems)
    if len(problems.found) > before:
        return ()
    names = [name.casefold() for name in table.names]
    found: list[Figure] = []
    lines: dict[tuple[str, str, str, int], int] = {}
    for line, cells in table.rows:
        if not is_whole(str(path), line, cells, len(names), problems):
            continue
        row = dict(zip(names, (cell.strip() for cell in cells), strict=True))
        one = _Row(str(path), line, names, row, problems).figure()
        if one is None:
            continue
        key = (one.area, one.measure, one.row, one.year)
        if key in lines:
            told = f"the same figure stands in line {lines[key]}"
            problems.add(str(path), line, 0, told, "Keep one.")
        lines[key] = line
        found.append(one)
    _check_sums(path, found, problems)
    _check_regions(path, found, problems)
    return tuple(found)


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    names: Sequence[str]
    cells: Mapping[str, str]
    problems: Problems

    def figure(self) -> Figure | None:
        """The figure of this row; None if it is hidden, or wrong and noted."""
        before = len(self.problems.found)
        area, region = self._name("area"), self._name("region", may_be_empty=True)
        measure = self._one_of("measure", tuple(MEASURES))
        row = self._row_of(measure)
        year = self._number("year", FIRST_YEAR, LAST_YEAR)
        hidden = self.cells["value"].casefold() in HIDDEN
        most = 1.0 if measure and MEASURES[measure][0] == "share" else MOST
        value = 0.0 if hidden else self._number("value", 0.0, most)
        self._unit(measure)
        grade, status = self._one_of("grade", GRADES), self._one_of("status", STATUSES)
        source, where = self._text("source"), self._text("where")
        if year != int(year):
            self._wrong("year", "this is no year", "Write the year in which it ended, as 2025.")
        if hidden or len(self.problems.found) > before:
            return None
        note = self.cells.get("note", "")
        return Figure(
            area, region, measure, row, int(year), value, source, where, grade, status, note
        )

    def _name(self, column: str, *, may_be_empty: bool = False) -> str:
        name = plain(self.cells.get(column, ""))
        if not (name or may_be_empty):
            self._wrong(column, "the area has no name", "Write it in small letters.")
        elif name and not _NAME.fullmatch(name):
            to_do = "Letters, digits and spaces alone, 60 at most: a folder is named by it."
            self._wrong(column, "this cannot be the name of an area", to_do)
        return name

    def _one_of(self, column: str, known: tuple[str, ...]) -> str:
        given = self.cells[column]
        if given in known:
            return given
        to_do = did_you_mean(given, known, otherwise=f"Known are {listed(known)}.")
        self._wrong(column, f"there is no {column} '{given}'", to_do)
        return ""

    def _row_of(self, measure: str) -> str:
        given, rows = self.cells.get("row", ""), MEASURES[measure][1] if measure else ()
        if measure and given not in (rows or ("",)):
            to_do = f"Known are {listed(rows)}." if rows else "Leave 'row' empty."
            self._wrong("row", f"{measure} has no row '{given}'", to_do)
        return given

    def _number(self, column: str, low: float, high: float) -> float:
        given = self.cells[column]
        try:
            value = float(given)
        except ValueError:
            self._wrong(column, f"'{given}' is no number", "Digits alone, with a point: 0.184.")
            return 0.0
        if not low <= value <= high:
            to_do = f"It must be between {low:g} and {high:g}."
            if high == 1.0 and 1.0 < value <= 100.0:
                to_do += f" Did you mean {value / 100:g}?"
            self._wrong(column, f"{given} is out of range", to_do)
        return value

    def _unit(self, measure: str) -> None:
        given = self.cells.get("unit", "")
        if measure and given and given != MEASURES[measure][0]:
            due = MEASURES[measure][0]
            self._wrong("unit", f"{measure} is not in '{given}'", f"Its unit is '{due}'.")

    def _text(self, column: str) -> str:
        given = self.cells[column]
        if not given:
            self._wrong(column, f"'{column}' is missing", "Say where the figure was read.")
        return given

    def _wrong(self, column: str, what: str, to_do: str) -> None:
        place = self.names.index(column) + 1 if column in self.names else 0
        self.problems.add(self.file, self.line, place, what, to_do)


def plain(name: str) -> str:
    """The name of an area as it is kept: small letters, with _ between words.

    >>> plain("North West")
    'north_west'
    """
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _check_sums(path: Path, figures: Sequence[Figure], problems: Problems) -> None:
    """Shares by length are of all, so they sum to 1 but for rounding; some of them are no table."""
    sums: dict[tuple[str, str, int], list[float]] = {}
    for one in figures:
        if MEASURES[one.measure] == ("share", BANDS):
            sums.setdefault((one.area, one.measure, one.year), []).append(one.value)
    for (area, measure, year), shares in sums.items():
        if len(shares) == len(BANDS) and abs(sum(shares) - 1.0) > _ROUNDING:
            told = f"the rows of {measure} of {area} in {year} sum to {sum(shares):.3f}"
            problems.add(str(path), 0, 0, told, "Shares of all by length sum to 1.")


def _check_regions(path: Path, figures: Sequence[Figure], problems: Problems) -> None:
    """An area has one region throughout, and no region leads back to where it came from."""
    regions: dict[str, set[str]] = {}
    for one in figures:
        regions.setdefault(one.area, set()).add(one.region)
    for area, named in regions.items():
        if len(named) > 1:
            problems.add(str(path), 0, 0, f"{area} has several regions", "Give it one throughout.")
    if not problems.found:
        for area in regions:
            if area in chain_of(area, figures)[1:]:
                problems.add(str(path), 0, 0, f"{area} is within itself", "Mend its regions.")


def chain_of(area: str, figures: Sequence[Figure]) -> list[str]:
    """The area, its region, and so on: whose figures stand in where its own are not known."""
    regions = {one.area: one.region for one in figures}
    found = [area]
    while (wider := regions.get(found[-1], "")) and len(found) <= len(regions):
        found.append(wider)
    return found
