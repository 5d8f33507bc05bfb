"""One row of care histories made an episode: a day or a code in each cell that is read.

A mistake names the line and the column and what may stand there, never what stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from familyflow.parameters.nearest import listed
from familyflow.problems import Problems
from familyflow.records.care import CareEpisode
from familyflow.records.care_columns import CARE_GOES_ON, KNOWN, LEGAL, SHAPES
from familyflow.records.dates import WRITE, NotADate, Strokes, parsed


@dataclass
class CareReading:
    """What the reading of all rows shares.

    at: the place of a column among the cells taken; in_file: its place in the file; both from 0.
    unlisted: by column, how many codes have the shape of one but are not on the list.
    """

    file: str
    at: Mapping[str, int]
    in_file: Mapping[str, int]
    problems: Problems
    until: date
    strokes: Strokes = field(default_factory=Strokes)
    unlisted: Counter[str] = field(default_factory=Counter)

    def wrong(self, line: int, column: str, what: str, to_do: str = "") -> None:
        """Note a mistake of a cell."""
        place = self.in_file[column] + 1
        self.problems.add(self.file, line, place, f"{column}: {what}", to_do)


def episode_of(line: int, cells: list[str], reading: CareReading) -> CareEpisode | None:
    """The episode of a row; None, with every mistake noted, where it cannot be used."""
    before = len(reading.problems.found)
    child = _needed(line, "CHILD", cells, reading)
    began, ended = _day(line, "DECOM", cells, reading), _day(line, "DEC", cells, reading)
    if not _cell("DECOM", cells, reading):
        reading.wrong(line, "DECOM", "it is empty", "Every row needs it.")
    placement = _code(line, "PLACE", cells, reading)
    legal = _code(line, "LS", cells, reading)
    for column in ("PLACE", "LS"):
        _needed(line, column, cells, reading)
    provider = _code(line, "PLACE_PROVIDER", cells, reading)
    starts, ends = _code(line, "RNE", cells, reading), _code(line, "REC", cells, reading)
    _check_order(line, began, ended, reading)
    _check_end(line, ends, cells, reading)
    if len(reading.problems.found) > before:
        return None
    assert began is not None  # or it is among the problems
    assert placement is not None
    return CareEpisode(int(child), began, ended, placement, provider, ends, legal, starts, line)


def _cell(column: str, cells: list[str], reading: CareReading) -> str:
    place = reading.at.get(column)
    return "" if place is None or place >= len(cells) else cells[place].strip()


def _needed(line: int, column: str, cells: list[str], reading: CareReading) -> str:
    text = _cell(column, cells, reading)
    if not text:
        reading.wrong(line, column, "it is empty", "Every row needs it.")
    return text


def _day(line: int, column: str, cells: list[str], reading: CareReading) -> date | None:
    text = _cell(column, cells, reading)
    if not text:
        return None
    try:
        day, shown = parsed(text)
    except NotADate as why:
        reading.wrong(line, column, str(why), WRITE)
        return None
    if shown is False:
        reading.strokes.undecided.append(line)
    reading.strokes.day_first |= shown is True
    if day > reading.until:
        reading.wrong(
            line, column, "it lies after the day that the records tell of", "Check it, or --as-of."
        )
    return day


def _code(line: int, column: str, cells: list[str], reading: CareReading) -> str | None:
    text = _cell(column, cells, reading).upper()
    if not text:
        return None
    if not SHAPES[column].fullmatch(text):
        reading.wrong(line, column, "it is not a code of the return", _known(column))
        return None
    if column in KNOWN and text not in KNOWN[column]:
        reading.unlisted[column] += 1
    return text


def _known(column: str) -> str:
    if column == "REC":
        return f"{CARE_GOES_ON} where care goes on, else E and a number, as in the guide."
    known = LEGAL if column == "LS" else KNOWN[column]
    return f"Known: {listed(known)}; other codes of the same shape count as other."


def _check_order(line: int, began: date | None, ended: date | None, reading: CareReading) -> None:
    if began is not None and ended is not None and ended < began:
        reading.wrong(line, "DEC", "it lies before the day of DECOM", "Check both days.")


def _check_end(line: int, ends: str | None, cells: list[str], reading: CareReading) -> None:
    has_day = bool(_cell("DEC", cells, reading))
    if ends is not None and not has_day:
        reading.wrong(line, "DEC", "there is a reason and no last day", "Give the day.")
    if has_day and "REC" in reading.at and not _cell("REC", cells, reading):
        reading.wrong(line, "REC", "there is a last day and no reason", "Say why it ended.")
