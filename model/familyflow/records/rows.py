"""One row of records made a case: dates and endings that fit together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

from familyflow.parameters.nearest import listed
from familyflow.records.cases import Case, Measures
from familyflow.records.cells import NOT_READ, Reading, read_cell
from familyflow.records.columns import BEFORE_WORK, BY_NAME

_DAYS: Final = ("referred", "allocated", "started", "ended")
_SCORES: Final = ("risks", "strengths", "difficulties", "wellbeing")


def case_of(line: int, cells: list[str], reading: Reading) -> Case | None:
    """The case of a row; None, with every mistake noted, where it cannot be used."""
    before = len(reading.problems.found)
    held: dict[str, Any] = dict.fromkeys(BY_NAME)
    for name in reading.places:
        held[name] = read_cell(line, name, cells, reading)
    for name in ("family", "referred"):
        if held[name] is None:
            reading.wrong(line, name, "it is empty", "Every row needs it.")
    _check_order(line, held, reading)
    _check_ending(line, held, reading)
    _check_meetings(line, held, reading)
    unread = held["family"] is None or held["referred"] is None or NOT_READ in held.values()
    if unread or len(reading.problems.found) > before:
        return None
    scores: dict[str, Any] = {name: _measures(held, name) for name in _SCORES}
    plain = {name: held[name] for name in Case.__slots__ if name in held and name != "family"}
    family = reading.families.setdefault(held["family"], len(reading.families))
    return Case(row=line, family=family, returns=0, **plain, **scores)


def _check_order(line: int, held: Mapping[str, Any], reading: Reading) -> None:
    days = [(name, held[name]) for name in _DAYS if isinstance(held[name], date)]
    for (before, earlier), (name, day) in pairwise(days):
        if day < earlier:
            reading.wrong(line, name, f"it lies before the day of '{before}'", "Check both days.")


def _check_ending(line: int, held: Mapping[str, Any], reading: Reading) -> None:
    ending, ended = held["ending"], held["ended"]
    if NOT_READ in (ending, ended, held["started"], held["allocated"]):
        return
    if ended is not None and ending is None:
        reading.wrong(line, "ending", "there is a last day and no ending", "Say how it ended.")
    if ending is not None and ended is None:
        reading.wrong(line, "ended", "there is an ending and no last day", "Give the day.")
    worked = next((name for name in ("started", "allocated") if held[name] is not None), None)
    if ending in BEFORE_WORK and held["started"] is not None:
        reading.wrong(
            line, "ending", "it ended before work began, but there is a first meeting",
            "Choose an ending of work, or empty 'started'.",
        )  # fmt: skip
    if ending is not None and ending not in BEFORE_WORK and worked is None:
        reading.wrong(
            line, "ending", "it is an ending of work, but nobody was allocated",
            f"Give 'allocated', or choose one of {listed(BEFORE_WORK)}.",
        )  # fmt: skip


def _check_meetings(line: int, held: Mapping[str, Any], reading: Reading) -> None:
    offered, taken = held["meetings_offered"], held["meetings_held"]
    if isinstance(offered, int) and isinstance(taken, int) and taken > offered:
        reading.wrong(line, "meetings_held", "more were held than were offered", "Check both.")


def _measures(held: Mapping[str, Any], name: str) -> Measures:
    return held[f"{name}_at_entry"], held[f"{name}_at_exit"]
