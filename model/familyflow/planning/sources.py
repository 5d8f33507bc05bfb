"""Referral sources and their cumulative rates, day by day."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from familyflow.planning.values import Values, number
from familyflow.problems import bad_input
from familyflow.specification.plan import CARRIED_OVER, Ints, Source
from familyflow.specification.variates import DAYS_IN_YEAR, units


def sources(
    values: Values, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> tuple[Source, ...]:
    """Every source of the funding term and, where there is a warm-up, its carried-over twin."""
    made = []
    for code, name in enumerate(values["families.referrals.share_by_source"]):
        days = values["families.referrals.listed_days"].get(name)
        if days is not None:
            term = last_day - first_day
            outside = [day for day in days if not 0 <= int(day) < term]
            if outside:
                raise bad_input(
                    f"{name} lists day {outside[0]}, outside the term of {term} days",
                    f"Days count from 0 to {term - 1}.",
                    where="families.referrals.listed_days",
                )
            listed = tuple(first_day + int(day) for day in days)
            made.append(Source(name, code, None, listed))
            continue
        rates = _daily_units(values, name, in_term, first_day, last_day)
        is_early = np.arange(last_day) < first_day
        if first_day:
            early = np.where(is_early, rates, 0)
            made.append(Source(name, CARRIED_OVER + code, _running_sums(early), None))
        late = np.where(is_early, 0, rates)
        made.append(Source(name, code, _running_sums(late), None))
    return tuple(made)


def referrals_per_year(values: Values) -> float:
    """All referrals a year: the suitable ones over the share that screening accepts."""
    accepted = float(values["families.referrals.screening"]["accepted"])
    return number(values, "families.referrals.suitable_per_year") / accepted


def _daily_units(
    values: Values, name: str, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> Ints:
    """Whole units of referrals on each day."""
    share = float(values["families.referrals.share_by_source"][name])
    yearly = referrals_per_year(values) * share
    growth = number(values, "families.referrals.growth_per_year")
    holiday = float(values["families.referrals.holiday_factor"][name])
    term_days = sum(in_term[:DAYS_IN_YEAR])
    season = (term_days + holiday * (DAYS_IN_YEAR - term_days)) / DAYS_IN_YEAR
    open_days = _as_array(in_term)
    rates = []
    for start in range(first_day % DAYS_IN_YEAR - DAYS_IN_YEAR, last_day, DAYS_IN_YEAR):
        year = max(0, (start - first_day) // DAYS_IN_YEAR)
        level = (
            yearly / DAYS_IN_YEAR * max(0.0, 1.0 + growth * year) / season if season > 0 else 0.0
        )
        of_year = open_days[max(0, start) : max(0, start + DAYS_IN_YEAR)]
        rates.append(np.where(of_year, units(level), units(level * holiday)))
    return np.concatenate(rates)[:last_day].astype(np.int64)


def _running_sums(rates: Ints) -> Ints:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(rates)])


@lru_cache(maxsize=64)
def _as_array(in_term: tuple[bool, ...]) -> npt.NDArray[np.bool_]:
    return np.array(in_term)
