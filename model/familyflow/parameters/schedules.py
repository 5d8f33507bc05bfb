"""Discount schedules: rows of {from_year, rate}, years rising from 0, rates as shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.parameters.numerals import neat
from familyflow.parameters.parameter import Parameter
from familyflow.parameters.yaml_tree import Place, Section, at
from familyflow.problems import Problems

SCHEDULES = "economy.discounting."
LOWEST_RATE, HIGHEST_RATE = 0.0, 0.5  # shares a year


def check_schedules(
    parameters: Mapping[str, Parameter], sections: Mapping[str, Section], problems: Problems
) -> None:
    """Note every row of a schedule that cannot be."""
    for name, parameter in parameters.items():
        if name.startswith(SCHEDULES) and isinstance(parameter.table, list):
            _check(parameter, sections[name], problems)


def _check(schedule: Parameter, section: Section, problems: Problems) -> None:
    def note(place: Place, what: str, to_do: str) -> None:
        problems.add(*place, f"{schedule.name}: {what}", to_do)

    if not schedule.table:
        note(section.place, "the schedule has no row", "Begin with {from_year: 0, rate: 0.035}.")
    before = -1
    for number, row in enumerate(schedule.table):
        place = at(section, ("table", number))
        if not isinstance(row, dict) or set(row) != {"from_year", "rate"}:
            note(place, "each row is {from_year, rate}", "For example {from_year: 0, rate: 0.035}.")
            continue
        year, rate = row["from_year"], row["rate"]
        if not isinstance(year, int) or year <= before or (number == 0 and year != 0):
            shown = at(section, ("table", number, "from_year"))
            note(
                shown, f"from_year = {year}: years begin at 0 and rise", "Check the order of rows."
            )
        else:
            before = year
        _check_rate(rate, at(section, ("table", number, "rate")), note)


def _check_rate(rate: Any, place: Place, note: Any) -> None:
    if not isinstance(rate, (int, float)) or isinstance(rate, bool):
        note(place, f"rate = {rate}: a number is due", "")
    elif rate < LOWEST_RATE:
        note(
            place,
            f"rate = {neat(rate)}: a discount rate is 0 or more",
            f"Did you mean {neat(-rate)}?",
        )
    elif rate > HIGHEST_RATE:
        hint = f"Did you mean {neat(rate / 100)}?" if rate < 50.0 else ""
        note(place, f"rate = {neat(rate)}: a discount rate is a share, such as 0.035", hint)
