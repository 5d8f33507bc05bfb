"""The waiting list, the episode of key work, and who the families are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from familyflow.parameters.parameter import Varies
from familyflow.parameters.shapes import make
from familyflow.planning.values import (
    LENGTHS,
    Values,
    days_of_weeks,
    minutes,
    number,
    spread,
    weeks_as_days,
)
from familyflow.specification.by_draw import as_number, whole
from familyflow.specification.plan import (
    LEVEL_NAMES,
    NEED_NAMES,
    KeyWork,
    MakeUp,
    Measures,
    Waiting,
)
from familyflow.specification.variates import Spread, cumulate, weekly_rate, yearly_rate

_QUANTILES = 1000
_KEY = "service.key_work."
HOURS_PER_WEEK = _KEY + "hours_per_week"


def make_waiting(values: Values) -> Waiting:
    """Screening, the offer, patience and coming back."""
    screening = values["families.referrals.screening"]
    return Waiting(
        screening=cumulate([screening[k] for k in ("accepted", "signposted", "passed_up")]),
        passed_up_anyway=number(values, "families.referrals.passed_up_anyway"),
        declines=number(values, "service.waiting.declines"),
        patience_days=days_of_weeks(values, "service.waiting.patience"),
        widen_after_days=weeks_as_days(values, "service.waiting.widen_after_weeks"),
        hold_after_days=weeks_as_days(values, "service.waiting.hold_after_weeks"),
        stop_offers_days=weeks_as_days(values, "service.waiting.stop_offers_weeks"),
        return_chance=number(values, "families.referrals.repeat_share"),
        days_until_return=days_of_weeks(values, "families.referrals.weeks_until_return"),
    )


def make_key_work(values: Values) -> KeyWork:
    """One episode, from the first meeting to closing."""
    weeks_of_sessions = spread(values, _KEY + "weeks_of_sessions")
    extra = _by_level(values[_KEY + "extra_weeks_by_level"])
    return KeyWork(
        introductory_slots=spread(values, _KEY + "introductory_weeks"),
        sessions=weeks_of_sessions,
        extra_sessions_by_level=extra,
        fewest_sessions=_bound(weeks_of_sessions, weeks_of_sessions.low),
        most_sessions=_bound(weeks_of_sessions, weeks_of_sessions.high, extra=max(extra)),
        closing_weeks=spread(values, _KEY + "closing_weeks"),
        minutes_introductory=minutes(values, _KEY + "hours_introductory"),
        minutes_closing=minutes(values, _KEY + "hours_closing"),
        minutes_gap=minutes(values, _KEY + "hours_in_gaps"),
        minutes_parent_support=minutes(values, _KEY + "hours_of_parent_support"),
        minutes_per_further_child=minutes(values, _KEY + "hours_per_further_child"),
        attendance=number(values, _KEY + "attendance"),
        disengaging=weekly_rate(number(values, _KEY + "disengaging_per_week")),
        disengaging_large_family=number(values, _KEY + "disengaging_large_family"),
        disengaging_on_plan=number(values, _KEY + "disengaging_on_plan"),
        ended_by_service=weekly_rate(number(values, _KEY + "ended_by_service_per_week")),
        ends_when_referred_up=number(values, _KEY + "ends_when_referred_up"),
        parent_support_share=number(values, _KEY + "parent_support_share"),
        weeks_of_parent_support=spread(values, _KEY + "weeks_of_parent_support"),
        limit_of_parent_support_weeks=whole(values[_KEY + "limit_of_parent_support_weeks"]),
        outside_wait_share=number(values, _KEY + "outside_wait_share"),
        weeks_of_outside_wait=spread(values, _KEY + "weeks_of_outside_wait"),
        family_budget_take_up=number(values, _KEY + "family_budget_take_up"),
        spot_purchase_share=number(values, _KEY + "spot_purchase_share"),
        interpreter_minutes=minutes(values, _KEY + "interpreter_hours"),
    )


def _bound(sessions: Spread, end: float, extra: int = 0) -> int:
    """The end of the range that also bounds sessions by need; one fixed number bounds nothing."""
    return whole(sessions.mode) + extra if sessions.shape == "constant" else whole(end)


def make_make_up(values: Values) -> MakeUp:
    """Who is referred: needs drawn jointly, children, level, complexity and frailty."""
    combinations = values["families.needs.combinations"]
    needs = [[NEED_NAMES.index(need) for need in key.split("+")] for key in combinations]
    level = values["families.make_up.level_on_arrival"]
    weekdays = values["families.make_up.session_weekday"]
    return MakeUp(
        children=cumulate(list(values["families.make_up.children"].values())),
        needs=cumulate(list(combinations.values())),
        needs_masks=tuple(sum(1 << need for need in listed) for listed in needs),
        needs_leading=tuple(listed[0] for listed in needs),
        level=cumulate([level.get(name, 0.0) for name in LEVEL_NAMES[:4]]),
        youngest_years=whole(values["families.make_up.youngest_age"]),
        oldest_years=whole(values["families.make_up.oldest_age"]),
        outside_age_range=number(values, "families.make_up.sibling_outside_age_range"),
        frailty_sd=number(values, "families.make_up.frailty_spread"),
        weekdays=cumulate(list(weekdays.values())),
        moves_away=yearly_rate(number(values, "families.make_up.moves_per_year")),
        minority_ethnic=_by_year(values["families.make_up.minority_ethnic"]),
        interpreter=_by_year(values["families.make_up.interpreter_need"]),
        usual_support=number(values, "outcomes.usual_support.share"),
        minutes_per_week=_quantiles_of_minutes(values),
        complexity_per_need=number(values, "families.needs.complexity_per_need"),
        complexity_by_level=_floats_by_level(values["families.needs.complexity_by_level"]),
        complexity_per_year=number(values, "families.needs.complexity_per_year"),
        complexity_mean=mean_complexity(values),
        complexity_year=whole(values["families.needs.complexity_stated_for_year"]),
    )


def mean_complexity(values: Values) -> float:
    """Mean complexity on arrival before it is scaled: hours in the parameters are for that mean."""
    combinations = values["families.needs.combinations"]
    level = values["families.make_up.level_on_arrival"]
    by_level = values["families.needs.complexity_by_level"]
    further = sum(as_number(share) * key.count("+") for key, share in combinations.items())
    arrived = sum(
        as_number(share) * as_number(by_level.get(name, 0.0)) for name, share in level.items()
    )
    per_need = number(values, "families.needs.complexity_per_need")
    mean: float = as_number(1.0 + per_need * further + arrived)
    return mean


def make_measures(values: Values) -> Measures:
    """Scores at entry and the change by exit (change, never effect)."""
    keys = ("mean", "sd", "lowest", "highest", "change", "sd_of_change")
    tables = [
        values[f"outcomes.measures.{name}"]
        for name in ("risk_indicators", "difficulties", "wellbeing")
    ]
    risk, difficulties, wellbeing = ([as_number(table[key]) for key in keys] for table in tables)
    return Measures(_six(risk), _six(difficulties), _six(wellbeing))


def _six(scores: list[float]) -> tuple[float, float, float, float, float, float]:
    mean, sd, lowest, highest, change, sd_of_change = scores
    return mean, sd, lowest, highest, change, sd_of_change


def _by_level(table: dict[str, float]) -> tuple[int, ...]:
    return tuple(whole(table.get(name, 0)) for name in LEVEL_NAMES)


def _floats_by_level(table: dict[str, float]) -> tuple[float, ...]:
    return tuple(as_number(table.get(name, 0.0)) for name in LEVEL_NAMES)


def _by_year(table: dict[str, float]) -> tuple[float, ...]:
    return tuple(as_number(table[year]) for year in sorted(table, key=int))


def _quantiles_of_minutes(values: Values) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Weekly minutes of the session phase at evenly spread uniforms, ascending."""
    hours = values[HOURS_PER_WEEK]
    if not isinstance(hours, Varies) or hours.shape in LENGTHS:
        return _in_minutes(spread(values, HOURS_PER_WEEK))
    return _in_minutes((hours.shape, *sorted(hours.settings.items())))


@lru_cache(maxsize=64)  # most draws share it
def _in_minutes(
    hours: Spread | tuple[Any, ...],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    middle = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    if isinstance(hours, Spread):
        quantiles = np.array([hours.at(uniform) for uniform in middle.tolist()])
    else:
        shape, *settings = hours
        quantiles = np.asarray(make(shape, dict(settings)).quantile(middle))
    minutes = np.asarray(np.floor(quantiles * 60 + 0.5))
    minutes.flags.writeable = False
    return minutes
