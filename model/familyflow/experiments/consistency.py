"""Whether the team, the referrals and the episodes fit together, before anything is simulated."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from familyflow.parameters.parameter import Varies
from familyflow.parameters.shapes import make
from familyflow.planning.advice import CHOOSE_A_TEAM, ROUGH_SUM
from familyflow.planning.calendar import terms
from familyflow.planning.heaviest import too_heavy
from familyflow.planning.team import make_team
from familyflow.problems import bad_input
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

Values = Mapping[str, Any]

WEEKS_IN_YEAR = DAYS_IN_YEAR / DAYS_IN_WEEK
MONTHS_IN_YEAR = 12
LOW_LOAD = 0.6  # below this a list hardly forms, and waits say nothing
_KEY = "service.key_work."


@dataclass(frozen=True)
class Triangulation:
    """How referrals, team and length of support fit at base values.

    wanted: families a year that would take up an offer; places: families the team can hold;
    elapsed_weeks: mean length of an episode; could_start: families a year that the places allow.
    """

    wanted: float
    places: float
    elapsed_weeks: float
    could_start: float

    @property
    def load(self) -> float:
        """Families wanted over families that could start."""
        return self.wanted / self.could_start if self.could_start else math.inf


def triangulate(values: Values) -> Triangulation:
    """The rough sums a commissioner would do, from the base values (no queue, no luck)."""
    declines = float(values["service.waiting.declines"])
    wanted = float(values["families.referrals.suitable_per_year"]) * (1.0 - declines)
    weeks = elapsed_weeks(values)
    places = _places(values)
    term = float(values["appraisal.term_years"]) * WEEKS_IN_YEAR
    offering = max(0.0, 1.0 - float(values["service.waiting.stop_offers_weeks"]) / term)
    return Triangulation(wanted, places, weeks, offering * places * WEEKS_IN_YEAR / weeks)


def warnings_before(values: Values) -> list[str]:
    """What to say before a run whose queue would mean nothing."""
    if not values["service.team.runs"]:
        return []
    if not int(values["service.team.key_workers"]):
        return [
            "The service runs without a key worker: families are screened, passed up or wait, and "
            "nobody is supported. What it then costs others is what its screening passes up. "
            f"{CHOOSE_A_TEAM}"
        ]
    for mistake in too_heavy(values):
        raise bad_input(mistake.what, mistake.to_do, where=mistake.key)
    sums = triangulate(values)
    published = float(values["economy.checks.no_start_share"])
    suitable = float(values["families.referrals.suitable_per_year"])
    never = max(0.0, 1.0 - sums.could_start / suitable) if suitable else 0.0
    rough = (
        f"{ROUGH_SUM} about {sums.wanted:.0f} families a year would take up an offer and the team "
        f"could start about {sums.could_start:.0f}"
    )
    if sums.load < LOW_LOAD:
        return [f"The waiting list will hardly form, so waits mean little. {rough}."]
    if sums.load > 1.0 and never > published:
        return [
            f"The waiting list is held only by families giving up. {rough}, so of the "
            f"{suitable:.0f} suitable families a year some {never:.0%} never start "
            f"(published: {published:.0%}, for every reason)."
        ]
    return []


def elapsed_weeks(values: Values) -> float:
    """Mean weeks from allocation to ending, with holidays, missed meetings and early endings."""
    meetings = sum(
        _mean(values[_KEY + part])
        for part in ("introductory_weeks", "weeks_of_sessions", "closing_weeks")
    )
    support = float(values[_KEY + "parent_support_share"]) * min(
        _mean(values[_KEY + "weeks_of_parent_support"]),
        float(values[_KEY + "limit_of_parent_support_weeks"]),
    )
    held = _share_of_weeks_held(values)
    planned = (meetings + support) / held
    leaving = (
        float(values[_KEY + "disengaging_per_week"])
        + float(values[_KEY + "ended_by_service_per_week"])
        + float(values["families.make_up.moves_per_year"]) / WEEKS_IN_YEAR
    )
    return (1.0 - math.exp(-leaving * planned)) / leaving if leaving > 0 else planned


def _share_of_weeks_held(values: Values) -> float:
    """The share of weeks in which a meeting is held: in term, the worker there, the family too."""
    term = sum(terms(values, 0, DAYS_IN_YEAR - 1)) / DAYS_IN_YEAR
    absent = (
        float(values["service.team.absences_per_year"])
        * _mean(values["service.team.days_of_absence"])
        / DAYS_IN_YEAR
    )
    return term * (1.0 - absent) * float(values[_KEY + "attendance"])


def _places(values: Values) -> float:
    """Families the filled posts can hold at once, by cap and by hours."""
    weekly = (
        _mean(values[_KEY + "hours_per_week"])
        + float(values[_KEY + "hours_per_further_child"]) * (mean_children(values) - 1.0)
    ) * _mean_complexity(values)
    leaving = float(values["service.team.turnover_per_year"])
    years_vacant = _mean(values["service.team.months_to_recruit"]) / MONTHS_IN_YEAR
    filled = (
        1.0 / (1.0 + leaving * years_vacant) if values["service.team.refill_vacancies"] else 1.0
    )
    posts = make_team(values).posts
    return filled * sum(min(post.cap, post.weekly_minutes / 60 / weekly) for post in posts)


def mean_children(values: Values) -> float:
    """Children of a family, on average."""
    shares = values["families.make_up.children"]
    return sum(int(count) * float(share) for count, share in shares.items())


def _mean_complexity(values: Values) -> float:
    """At the middle of the term; it is 1 by definition in the year for which hours are stated."""
    drift = float(values["families.needs.complexity_per_year"])
    middle = (float(values["appraisal.term_years"]) - 1.0) / 2.0
    return 1.0 + drift * (middle - float(values["families.needs.complexity_stated_for_year"]))


def _mean(value: Any) -> float:
    if not isinstance(value, Varies):
        return float(value)
    settings = value.settings
    if value.shape in ("constant", "exponential"):
        return float(settings.get("mean", settings.get("value", 0.0)))
    if value.shape in ("uniform", "whole_numbers"):
        return (float(settings["low"]) + float(settings["high"])) / 2.0
    return float(make(value.shape, dict(settings)).mean)
