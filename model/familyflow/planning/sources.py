"""Referral sources and their cumulative rates, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np

from familyflow.planning.values import Values, number
from familyflow.problems import bad_input
from familyflow.specification.by_draw import as_number, each, settled, stacked
from familyflow.specification.plan import CARRIED_OVER, Ints, Source
from familyflow.specification.variates import DAYS_IN_YEAR, units_of

_GROWTH = "families.referrals.growth_per_year"


def sources(
    values: Values, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> tuple[Source, ...]:
    """Every source of the funding term and, where there is a warm-up, its carried-over twin."""
    names = list(values["families.referrals.share_by_source"])
    rates = _units_a_day(values, names, in_term, first_day, last_day)
    before, within = _kinds_of_days(in_term, first_day, last_day)
    carried_over = _running_sums(rates, before) if first_day else None
    of_term = _running_sums(rates, within)
    made = []
    for code, name in enumerate(names):
        listed = values["families.referrals.listed_days"].get(name)
        if listed is not None:
            made.append(Source(name, code, None, _listed(name, listed, first_day, last_day)))
            continue
        if carried_over is not None:
            made.append(Source(name, CARRIED_OVER + code, carried_over[..., code, :], None))
        made.append(Source(name, code, of_term[..., code, :], None))
    return tuple(made)


def _listed(name: str, days: Iterable[Any], first_day: int, last_day: int) -> tuple[int, ...]:
    term = last_day - first_day
    outside = [day for day in days if not 0 <= int(day) < term]
    if outside:
        raise bad_input(
            f"{name} lists day {outside[0]}, outside the term of {term} days",
            f"Days count from 0 to {term - 1}.",
            where="families.referrals.listed_days",
        )
    return tuple(first_day + int(day) for day in days)


def referrals_per_year(values: Values) -> float:
    """All referrals a year: the suitable ones over the share that screening accepts."""
    accepted: float = as_number(values["families.referrals.screening"]["accepted"])
    return number(values, "families.referrals.suitable_per_year") / accepted


def _years(first_day: int, last_day: int) -> list[range]:
    """The days of each year; years count from the first day of the term, backwards too."""
    starts = range(first_day % DAYS_IN_YEAR - DAYS_IN_YEAR, last_day, DAYS_IN_YEAR)
    return [range(max(0, start), min(last_day, start + DAYS_IN_YEAR)) for start in starts]


def _units_a_day(
    values: Values, names: Sequence[str], in_term: tuple[bool, ...], first_day: int, last_day: int
) -> Ints:
    """Whole units of referrals a day: [source, for each year in term, then in holidays; 0 last].

    Of a block of draws that differ in them, [draw, source, ...].
    """
    shares = values["families.referrals.share_by_source"]
    factors = values["families.referrals.holiday_factor"]
    suitable, growth = referrals_per_year(values), number(values, _GROWTH)
    term_days = sum(in_term[:DAYS_IN_YEAR])
    starts = [days.start - first_day for days in _years(first_day, last_day)]
    grown = [
        each(partial(max, 0.0), 1.0 + growth * max(0, start // DAYS_IN_YEAR)) for start in starts
    ]
    rates = []
    for name in names:
        daily, holiday = suitable * as_number(shares[name]) / DAYS_IN_YEAR, float(factors[name])
        season = (term_days + holiday * (DAYS_IN_YEAR - term_days)) / DAYS_IN_YEAR
        comes = settled(season > 0)
        levels = [daily * level / season if comes else 0.0 for level in grown]
        rates.append(
            stacked([rate for level in levels for rate in (level, level * holiday)] + [0.0])
        )
    return units_of(stacked(rates, axis=-2))


@lru_cache(maxsize=8)  # the same in nearly every draw
def _kinds_of_days(in_term: tuple[bool, ...], first_day: int, last_day: int) -> tuple[Ints, Ints]:
    """For each day the place of its rate among `_units_a_day`: of the warm-up, and of the term."""
    kinds = np.zeros(last_day, dtype=np.int64)
    for year, days in enumerate(_years(first_day, last_day)):
        is_holiday = ~np.array(in_term[days.start : days.stop], dtype=np.bool_)
        kinds[days.start : days.stop] = 2 * year + is_holiday
    none = 2 * len(_years(first_day, last_day))
    is_early = np.arange(last_day) < first_day
    return np.where(is_early, kinds, none), np.where(is_early, none, kinds)


def _running_sums(rates: Ints, kinds: Ints) -> Ints:
    """Referrals before each day [.., source, day] from rates by kind and the kind of each day."""
    sums = np.zeros((*rates.shape[:-1], len(kinds) + 1), dtype=np.int64)
    np.cumsum(rates.take(kinds, axis=-1), axis=-1, out=sums[..., 1:])  # `take` is quicker than []
    return sums
