"""What the form of a cost case says beside its fields: units, ranges, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from familyflow.parameters.draws import base_values
from familyflow.parameters.numerals import neat
from familyflow.parameters.parameter import Parameter
from familyflow.planning.team import POSTS
from familyflow.scenarios.resolve import Resolved
from familyflow.web.cases import form
from familyflow.web.cases.team import SALARY, SPECIALISMS
from familyflow.web.levers import BUDGET
from familyflow.web.levers import POSTS as KEY_WORKERS

KEYS: Final = {
    "years": form.YEARS,
    "first_year": form.FIRST_YEAR,
    "paid_as": form.PAID_AS,
    "funders": "funding.funders",
    "overhead": form.OVERHEAD,
    "referrals": form.REFERRALS,
    "key_workers": KEY_WORKERS,
    "posts": POSTS,
    "budget": BUDGET,
    "salary": SALARY,
}


@dataclass(frozen=True)
class Facts:
    """keys: of the numbers behind fields, by field. overhead, referrals: those of the start."""

    keys: dict[str, str]
    years: str
    price_year: str
    overhead: str
    referrals: str
    agencies: list[tuple[str, str]]
    key_workers: str
    salary: str
    specialisms: tuple[tuple[str, str], ...] = SPECIALISMS


def facts(start: Resolved) -> Facts:
    """What is so in the scenario that the form begins with."""
    parameters = start.parameters
    values: dict[str, Any] = base_values(parameters)
    percent = f"{neat(100 * float(values[form.OVERHEAD]))}%"
    share, families = parameters[form.OVERHEAD], parameters[form.REFERRALS]
    return Facts(
        keys=KEYS,
        years=_range(parameters[form.YEARS]),
        price_year=str(values[form.PRICE_YEAR]),
        overhead="As the scenario has it"
        if form.OVERHEAD in start.choices
        else f"As published for like services: {percent}{_spread(share, 100)}",
        referrals=f"{neat(values[form.REFERRALS])}{_spread(families, 1)}",
        agencies=form.agencies(start),
        key_workers=_range(parameters[KEY_WORKERS]),
        salary=f"{neat(values[SALARY])}{_spread(parameters[SALARY], 1)}",
    )


def _range(parameter: Parameter) -> str:
    """Unit and range: 'years, from 1 to 50'."""
    low, high = parameter.lowest, parameter.highest
    ends = [f"from {neat(low)}"] if low is not None else []
    ends += [f"to {neat(high)}"] if high is not None else []
    return ", ".join(one for one in (parameter.unit, " ".join(ends)) if one)


def _spread(parameter: Parameter, times: int) -> str:
    """How far the number may be off, where that is said: ' (from 10 to 25)'."""
    told = {} if parameter.distribution is None else parameter.distribution.settings
    low, high = told.get("low"), told.get("high")
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return ""
    return f" (between {neat(times * low)} and {neat(times * high)})"
