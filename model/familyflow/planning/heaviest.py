"""Whether some post can hold the heaviest family that can come: if none can, it waits for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from familyflow.parameters.parameter import Varies
from familyflow.parameters.shapes import make
from familyflow.planning.key_work import mean_complexity
from familyflow.planning.rows import Found, Mistake
from familyflow.planning.team import MINUTES_IN_HOUR, make_team
from familyflow.planning.values import Values, number

EXPONENTIAL_999 = 6.907755  # the 99.9th percentile of a unit exponential
_KEY, _NEEDS, _TEAM = "service.key_work.", "families.needs.", "service.team."
_PHASES = ("hours_introductory", "hours_closing", "hours_of_parent_support")
_OF_A_WEEK = tuple(_KEY + name for name in ("hours_per_week", *_PHASES, "hours_per_further_child"))
_OF_NEED = tuple(_NEEDS + name for name in ("complexity_per_need", "complexity_by_level"))
_OF_TIME = ("appraisal.term_years", _NEEDS + "complexity_per_year",
            _NEEDS + "complexity_stated_for_year")  # fmt: skip
_OF_POSTS = tuple(_TEAM + name for name in ("posts", "hours_for_families", "full_time_hours"))


@dataclass(frozen=True)
class Heaviest:
    """What the heaviest family takes: hours a week, times its needs, times growth over the term."""

    children: int
    hours: float
    complexity: float
    growth: float
    years: float

    @property
    def place(self) -> float:
        """Hours a week in all."""
        return self.hours * self.complexity * self.growth


def too_heavy(values: Values) -> Found:
    """The mistake, if there is one; many numbers have a part in it."""
    if not values["service.team.runs"] or not int(values["service.team.key_workers"]):
        return
    most = max((post.weekly_minutes for post in make_team(values).posts), default=0)
    hours_of_a_post, heaviest = most / MINUTES_IN_HOUR, _heaviest(values)
    if heaviest.place <= hours_of_a_post:
        return
    by_time = heaviest.place / heaviest.growth <= hours_of_a_post
    parts = (*(_OF_TIME if by_time else ()), *_OF_A_WEEK, *_OF_POSTS, *_OF_NEED)
    key = _OF_TIME[0] if by_time else _OF_POSTS[0]
    to_do = _to_do(values, by_time=by_time)
    yield Mistake(key, _told(heaviest, hours_of_a_post), to_do, (), parts)


def _heaviest(values: Values) -> Heaviest:
    hours = max(
        _most(values[_KEY + "hours_per_week"]), *(number(values, _KEY + name) for name in _PHASES)
    )
    children = max(int(count) for count in values["families.make_up.children"])
    hours += number(values, _KEY + "hours_per_further_child") * (children - 1)
    needs = max(key.count("+") for key in values[_NEEDS + "combinations"])
    by_level = values[_NEEDS + "complexity_by_level"].values()
    complexity = 1.0 + number(values, _NEEDS + "complexity_per_need") * needs
    complexity += max((float(share) for share in by_level), default=0.0)
    years = number(values, "appraisal.term_years") - 1.0
    years = max(0.0, years - number(values, _NEEDS + "complexity_stated_for_year"))
    growth = 1.0 + number(values, _NEEDS + "complexity_per_year") * years
    return Heaviest(children, hours, complexity / mean_complexity(values), growth, years)


def _told(heaviest: Heaviest, most: float) -> str:
    grown = (
        f", times {heaviest.growth:.2f} for its growth over {heaviest.years:g} years"
        if heaviest.growth > 1.0
        else ""
    )
    return (
        f"the heaviest family takes {heaviest.place:.1f} hours a week, and no post has more than "
        f"{most:.1f} for families: {heaviest.hours:.1f} hours with {heaviest.children} children, "
        f"times {heaviest.complexity:.2f} for needs and level{grown}"
    )


def _to_do(values: Values, *, by_time: bool) -> str:
    if by_time:
        years, growth = (number(values, key) for key in _OF_TIME[:2])
        return (
            f"It would wait for ever. A term of {years:g} years and growth of {growth:g} a year "
            f"({_OF_TIME[1]}) together make it so: lower one of them."
        )
    return (
        "It would wait for ever. Change the posts' hours for families (service.team.posts, "
        "full_time_hours, hours_for_families), or the hours a family takes (service.key_work)."
    )


def _most(hours: Any) -> float:
    """The greatest hours a week, or nearly so where there is no greatest."""
    if not isinstance(hours, Varies):
        return float(hours)
    settings = hours.settings
    for name in ("high", "value"):
        if name in settings:
            return float(settings[name])
    if hours.shape == "exponential":
        return float(settings["mean"]) * EXPONENTIAL_999
    return float(make(hours.shape, dict(settings)).quantile(0.999))
