"""Referral sources and their cumulative rates, day by day."""

from __future__ import annotations

from itertools import accumulate

from familyflow.planning.values import Values, number
from familyflow.problems import bad_input
from familyflow.specification.plan import CARRIED_OVER, Source
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
        if first_day:
            early = rates[:first_day] + [0] * (last_day - first_day)
            made.append(Source(name, CARRIED_OVER + code, _running_sums(early), None))
        late = [0] * first_day + rates[first_day:]
        made.append(Source(name, code, _running_sums(late), None))
    return tuple(made)


def referrals_per_year(values: Values) -> float:
    """All referrals a year: the suitable ones over the share that screening accepts."""
    accepted = float(values["families.referrals.screening"]["accepted"])
    return number(values, "families.referrals.suitable_per_year") / accepted


def _daily_units(
    values: Values, name: str, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> list[int]:
    share = float(values["families.referrals.share_by_source"][name])
    yearly = referrals_per_year(values) * share
    growth = number(values, "families.referrals.growth_per_year")
    holiday = float(values["families.referrals.holiday_factor"][name])
    term_days = sum(in_term[:DAYS_IN_YEAR])
    season = (term_days + holiday * (DAYS_IN_YEAR - term_days)) / DAYS_IN_YEAR
    by_season = {True: 1.0, False: holiday}
    rates: list[int] = []
    for start in range(first_day % DAYS_IN_YEAR - DAYS_IN_YEAR, last_day, DAYS_IN_YEAR):
        year = max(0, (start - first_day) // DAYS_IN_YEAR)
        level = (
            yearly / DAYS_IN_YEAR * max(0.0, 1.0 + growth * year) / season if season > 0 else 0.0
        )
        a_day = {term: units(level * factor) for term, factor in by_season.items()}
        rates += [a_day[term] for term in in_term[max(0, start) : max(0, start + DAYS_IN_YEAR)]]
    return rates[:last_day]


def _running_sums(rates: list[int]) -> tuple[int, ...]:
    return tuple(accumulate(rates, initial=0))
