"""Case records drawn by plain numpy from stated numbers, with everything that hides an ending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from familyflow.records.cases import Case, Records
from familyflow.records.columns import COLUMNS

FIRST = date(2024, 1, 1)
ALL_COLUMNS = tuple(column.name for column in COLUMNS)
WEEK, YEAR = 7.0, 365.0


@dataclass(frozen=True)
class Truth:
    """The numbers that records are drawn from. Rates: per week, or per year where said."""

    suitable_per_year: float = 80.0
    screening: tuple[float, float, float] = (0.85, 0.10, 0.05)
    declines: float = 0.15
    patience_weeks: float = 20.0
    mean_wait_weeks: float = 6.0
    disengaging: float = 0.015
    large: float = 1.0
    on_plan: float = 1.0
    change: float = 0.0  # stop at a change of key worker, for each that stops otherwise
    ended_by_service: float = 0.008
    moves_per_year: float = 0.3
    returns: float = 0.2
    attendance: float = 0.9
    minority: float = 0.3
    interpreter: float = 0.12
    children: tuple[float, ...] = (0.3, 0.35, 0.2, 0.1, 0.05)
    sources: Mapping[str, float] = field(
        default_factory=lambda: {
            "schools": 0.3, "childrens_services": 0.25, "health": 0.1, "police": 0.06,
            "partner_organisations": 0.1, "self": 0.19,
        }
    )  # fmt: skip
    needs: Mapping[str, float] = field(
        default_factory=lambda: {
            "domestic_abuse": 0.33, "domestic_abuse+mental_ill_health": 0.26,
            "domestic_abuse+substance_misuse": 0.13,
            "domestic_abuse+mental_ill_health+substance_misuse": 0.1, "mental_ill_health": 0.08,
            "substance_misuse": 0.05, "mental_ill_health+substance_misuse": 0.05,
        }
    )  # fmt: skip
    levels: Mapping[str, float] = field(
        default_factory=lambda: {
            "universal": 0.17, "early_help": 0.51, "child_in_need": 0.25, "child_protection": 0.07,
        }
    )  # fmt: skip


Course = tuple[float | None, float, str, int]  # allocated, ended, how, meetings offered


@dataclass
class _Family:
    number: int
    referred: float
    moves: float
    source: str
    level: str
    children: int
    minority: bool
    interpreter: bool
    needs: str


def records(truth: Truth, seed: int, years: float, warm_up: float = 0.0) -> Records:
    """A file of so many years, ending with open cases.

    warm_up: years before it, of which only what was still open on the first day is in the file.
    """
    luck = np.random.default_rng(seed)
    until = round(years * YEAR) - 1.0
    per_year = truth.suitable_per_year / truth.screening[0]
    number = luck.poisson(per_year * (years + warm_up))
    days = np.floor(luck.uniform(-warm_up * YEAR, until + 1.0, number))
    cases: list[Case] = []
    for place, day in enumerate(np.sort(days)):
        cases += _cases(_family(place, day, truth, luck), until, truth, luck)
    return Records(tuple(cases), FIRST + timedelta(until), FIRST, ALL_COLUMNS, ())


def _family(number: int, day: float, truth: Truth, luck: np.random.Generator) -> _Family:
    return _Family(
        number,
        day,
        day + np.ceil(luck.exponential(YEAR / truth.moves_per_year)),
        _choice(truth.sources, luck),
        _choice(truth.levels, luck),
        1 + int(luck.choice(len(truth.children), p=truth.children)),
        bool(luck.uniform() < truth.minority),
        bool(luck.uniform() < truth.interpreter),
        _choice(truth.needs, luck),
    )


def _choice(shares: Mapping[str, float], luck: np.random.Generator) -> str:
    return str(list(shares)[luck.choice(len(shares), p=list(shares.values()))])


def _cases(family: _Family, until: float, truth: Truth, luck: np.random.Generator) -> list[Case]:
    found, day, returns = [], family.referred, 0
    while day <= until and day < family.moves:
        allocated, ended, ending, meetings = _one(family, day, truth, luck)
        if ended >= 0:  # what was over before the period is not in the file
            last = (allocated, ended, ending, meetings)
            found.append(_seen(family, returns, day, last, until, truth, luck))
            returns += 1
        if ending == "passed_up" or luck.uniform() >= truth.returns:
            break
        day = ended + np.floor(WEEK * luck.uniform(4.0, 52.0) + 0.5)
    return found


def _one(family: _Family, day: float, truth: Truth, luck: np.random.Generator) -> Course:
    made = luck.choice(3, p=truth.screening)
    if made:
        return None, day, ("signposted", "passed_up")[made - 1], 0
    offer = day + np.ceil(luck.exponential(WEEK * truth.mean_wait_weeks))
    gives_up = day + np.ceil(luck.exponential(WEEK * truth.patience_weeks))
    if min(family.moves, gives_up) <= offer:
        moved = family.moves <= gives_up
        return None, min(family.moves, gives_up), "left_list" if moved else "gave_up_waiting", 0
    if luck.uniform() < truth.declines:
        return None, offer, "declined", 0
    times = truth.large if family.children >= 3 else 1.0
    times *= truth.on_plan if family.level == "child_protection" else 1.0
    ends = {
        "moved_away": family.moves - offer,
        "disengaged": _days(truth.disengaging, times + truth.change, luck),
        "ended_by_service": _days(truth.ended_by_service, 1.0, luck),
        "planned": np.ceil(WEEK * luck.uniform(12.0, 30.0)),
    }
    ending = min(ends, key=lambda name: ends[name])
    return offer, offer + ends[ending], ending, int(ends[ending] // WEEK)


def _days(chance: float, times: float, luck: np.random.Generator) -> float:
    return float(np.ceil(luck.exponential(WEEK / (-np.log1p(-chance) * times))))


def _seen(
    family: _Family,
    returns: int,
    day: float,
    course: Course,
    until: float,
    truth: Truth,
    luck: np.random.Generator,
) -> Case:
    allocated, ended, ending, meetings = course
    is_open = ended > until
    taken_on = None if allocated is None or allocated > until else _date(allocated)
    return Case(
        row=1,
        family=family.number,
        returns=returns,
        referred=_date(day),
        allocated=taken_on,
        started=taken_on,
        ended=None if is_open else _date(ended),
        ending=None if is_open else ending,
        source=family.source,
        needs=family.needs,
        children=family.children,
        level=family.level,
        minority_ethnic=family.minority,
        interpreter=family.interpreter,
        meetings_offered=meetings,
        meetings_held=int(luck.binomial(meetings, truth.attendance)),
    )


def _date(day: float) -> date:
    return FIRST + timedelta(day)
