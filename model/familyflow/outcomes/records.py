"""A draw as a row of numbers: what a solution depends on, at the places of `cohort_chain`.

A row is made from the values of one draw, or all rows at once from columns of drawn numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from familyflow.outcomes import cohort_chain as chain
from familyflow.outcomes.effect_table import EFFECTS
from familyflow.outcomes.levels_of_need import AGES, BANDS, ESCALATION, daily_rates
from familyflow.outcomes.readings import number, table
from familyflow.outcomes.starting import LEVELS, levels_at_start, months_waited
from familyflow.problems import bad_input
from familyflow.specification.plan import Floats

CARE_KEY = ESCALATION + "looked_after_months_19_24"
LENGTHS_KEY = ESCALATION + "child_in_need_lengths"
RESIDENTIAL_KEY = ESCALATION + "residential_share"
_MAKE_UP = "families.make_up."
_LENGTHS = tuple(str(months) for months in chain.LENGTHS)

# Each key with its first place and, if it is a table, its columns.
HEADER: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (chain.UNIVERSAL_TO_EARLY_HELP, ESCALATION + "universal_to_early_help", ()),
    (chain.UNIVERSAL_TO_CHILD_IN_NEED, ESCALATION + "universal_to_child_in_need", ()),
    (chain.EARLY_HELP_TO_CHILD_IN_NEED, ESCALATION + "early_help_to_child_in_need", ()),
    (chain.EARLY_HELP_ENDS, ESCALATION + "early_help_ends", ()),
    (chain.CHILD_IN_NEED_LEAVING, ESCALATION + "child_in_need_leaving", BANDS),
    (chain.CHILD_IN_NEED_LENGTHS, LENGTHS_KEY, _LENGTHS),
    (chain.CHILD_IN_NEED_TO_PLAN, ESCALATION + "child_in_need_to_plan", ()),
    (chain.CHILD_IN_NEED_TO_CARE, ESCALATION + "child_in_need_to_care", ()),
    (chain.PLAN_LEAVING, ESCALATION + "plan_leaving", BANDS),
    (chain.PLAN_TO_CARE, ESCALATION + "plan_to_care", ()),
    (chain.PLAN_TO_CHILD_IN_NEED, ESCALATION + "plan_to_child_in_need", ()),
    (chain.CARE_LEAVING, ESCALATION + "care_leaving", AGES),
    (chain.CARE_LEAVES_HOME, ESCALATION + "care_leaves_home", ()),
    (chain.LOOKED_AFTER, CARE_KEY, ()),
    (chain.CARE_RATIO, EFFECTS + "care_ratio", ()),
    (chain.PLAN_RATIO_YEAR_1, EFFECTS + "plan_ratio_year_1", ()),
    (chain.PLAN_RATIO_YEAR_2, EFFECTS + "plan_ratio_year_2", ()),
    (chain.CHILD_IN_NEED_RATIO, EFFECTS + "child_in_need_ratio", ()),
    (chain.DETECTION, EFFECTS + "detection", ()),
    (chain.DOSE_REFERENCE, EFFECTS + "dose_reference", ()),
    (chain.DOSE_THRESHOLD, EFFECTS + "dose_threshold", ()),
    (chain.RETENTION, EFFECTS + "retention_per_year", ()),
    (chain.GROUP_EFFECT, EFFECTS + "group_effect", ()),
    (chain.EFFECT_CAP, EFFECTS + "effect_cap", ()),
    (chain.WEEKS_WAITED, EFFECTS + "weeks_waited_by_those_who_start", ()),
    (chain.LEVELS_OF_THOSE_WHO_START, EFFECTS + "levels_of_those_who_start", LEVELS),
    (chain.LEVEL_ON_ARRIVAL, _MAKE_UP + "level_on_arrival", LEVELS),
    (chain.FRAILTY_SPREAD, _MAKE_UP + "frailty_spread", ()),
    (chain.YOUNGEST_AGE, _MAKE_UP + "youngest_age", ()),
    (chain.OLDEST_AGE, _MAKE_UP + "oldest_age", ()),
)
_MAY_BE_ABSENT = {chain.LEVELS_OF_THOSE_WHO_START, chain.LEVEL_ON_ARRIVAL}  # columns, for none
_WHOLE = [chain.YOUNGEST_AGE, chain.OLDEST_AGE]

# What drawing hands over for a key: a number a draw, or for a table such a column by its columns.
Column = Floats | Sequence[float] | Mapping[str, Floats | Sequence[float]]


def record_of(values: Mapping[str, object]) -> Floats:
    """The record of one draw, from its values by name. Raises InputError."""
    record: Floats = records_from([values])[0]
    return record


def records_from(draws: Sequence[Mapping[str, object]]) -> Floats:
    """The records of draws [draw, place], each from its values by name. Raises InputError."""
    records = np.array([_read(values) for values in draws]).reshape(-1, chain.PLACES)
    return _checked(records)


def records_of(columns: Mapping[str, Column], base: Mapping[str, object]) -> Floats:
    """The records of many draws [draw, place], from columns of drawn numbers. Raises InputError.

    columns: by key; a table is a column by the name of each of its columns, or they stand beside
    the others as `key[column]`. Keys that no solution depends on are passed over. base: the value
    in every draw of whatever has no column.
    """
    drawn = dict(_places(columns))
    draws = max((len(column) for column in drawn.values()), default=1)
    records = np.empty((draws, chain.PLACES))
    records[:] = _read(base)
    for place, column in drawn.items():
        records[:, place] = column
    return _checked(records)


def rows_of_work(records: Floats) -> Floats:
    """Scratch space for any of these records, as an array of rows."""
    months = max(map(chain.months_to_follow, records[:, chain.WEEKS_WAITED].tolist()))
    ages = records[:, chain.OLDEST_AGE] - records[:, chain.YOUNGEST_AGE] + 1.0
    sizes = chain.work_sizes(months, int(ages.max()))
    return np.zeros((len(sizes), max(sizes)))


def values_of(record: Sequence[float] | Floats) -> dict[str, Any]:
    """The values by name that a record was made of."""
    values: dict[str, Any] = {}
    for place, key, columns in HEADER:
        if columns:
            cells = record[place : place + len(columns)]
            values[key] = {name: float(cell) for name, cell in zip(columns, cells, strict=True)}
        else:
            values[key] = float(record[place])
    return values


def _read(values: Mapping[str, object]) -> list[float]:
    record = [0.0] * chain.PLACES
    for place, key, columns in HEADER:
        if not columns:
            record[place] = number(values, key)
            continue
        given = table(values, key)
        missing = [name for name in columns if name not in given]
        if missing and place not in _MAY_BE_ABSENT:
            raise bad_input(f"{key} has no {', '.join(missing)}", "Give every band.", where=key)
        for column, name in enumerate(columns):
            record[place + column] = given.get(name, 0.0)
    return record


def _places(columns: Mapping[str, Column]) -> list[tuple[int, Floats]]:
    """The place of each column that matters, with its numbers."""
    found: list[tuple[int, Floats]] = []
    for first, key, names in HEADER:
        whole = columns.get(key)
        if whole is not None and not names:
            found.append((first, np.asarray(whole, dtype=np.float64)))
        for place, name in enumerate(names, start=first):
            part = whole.get(name) if isinstance(whole, Mapping) else columns.get(f"{key}[{name}]")
            if part is not None:
                found.append((place, np.asarray(part, dtype=np.float64)))
    return found


def _checked(records: Floats) -> Floats:
    records[:, _WHOLE] = np.trunc(records[:, _WHOLE])
    for draw in np.flatnonzero(~_sound(records)):
        _check({**values_of(records[draw]), RESIDENTIAL_KEY: 0.0})  # of no matter here
    return records


def _check(values: Mapping[str, object]) -> None:
    """Refuse, in words, what no chain can be made of."""
    daily_rates(values)
    levels_at_start(values)
    months_waited(values)
    share = number(values, CARE_KEY)
    if not 0.0 < share < 1.0:
        raise bad_input(f"{CARE_KEY} is {share}", "Give a share between 0 and 1.", where=CARE_KEY)


def _sound(records: Floats) -> npt.NDArray[np.bool_]:
    """By draw, whether `_check` has nothing to say."""

    def table_at(place: int) -> Floats:
        return records[:, place : place + len(LEVELS)]

    chances = records[:, chain.UNIVERSAL_TO_EARLY_HELP : chain.EARLY_HELP_TO_CHILD_IN_NEED + 1]
    of_need = records[:, [chain.CHILD_IN_NEED_TO_PLAN, chain.CHILD_IN_NEED_TO_CARE]]
    of_plan = records[:, [chain.PLAN_TO_CARE, chain.PLAN_TO_CHILD_IN_NEED]]
    start = table_at(chain.LEVEL_ON_ARRIVAL) * table_at(chain.LEVELS_OF_THOSE_WHO_START)
    share = records[:, chain.LOOKED_AFTER]
    sound: npt.NDArray[np.bool_] = np.logical_and.reduce(
        [
            np.all((chances >= 0.0) & (chances < 1.0), axis=1),
            np.all(of_need >= 0.0, axis=1) & (of_need.sum(axis=1) <= 1.0),
            np.all(of_plan >= 0.0, axis=1) & (of_plan.sum(axis=1) <= 1.0),
            start.sum(axis=1) > 0.0,
            records[:, chain.WEEKS_WAITED] >= 0.0,
            (share > 0.0) & (share < 1.0),
        ]
    )
    return sound
