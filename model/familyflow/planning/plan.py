"""Makes the plan of one draw, or of a block, from parameter values and solved effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from familyflow.outcomes.levels_of_need import make_chain
from familyflow.outcomes.solve import Solved
from familyflow.planning.calendar import terms
from familyflow.planning.dated import make_activities, make_programmes
from familyflow.planning.key_work import make_key_work, make_make_up, make_measures, make_waiting
from familyflow.planning.outcomes import make_outcomes
from familyflow.planning.sources import sources
from familyflow.planning.team import make_team
from familyflow.planning.values import Values, number, weeks_as_days
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_YEAR

Thing = TypeVar("Thing")


class Part(Protocol):
    """Makes a part of a plan, or hands over one that was made of the same values before."""

    def __call__(self, name: str, make: Callable[[], Thing], *, is_solved: bool = False) -> Thing:
        """The part. is_solved: what is solved for the draw enters it, beside values."""


def made_anew(name: str, make: Callable[[], Thing], *, is_solved: bool = False) -> Thing:
    """Every part made for this plan alone."""
    return make()


def make_plan(values: Values, solved: Solved, part: Part = made_anew) -> Plan:
    """The frozen inputs of both engines for one draw.

    values: every parameter by name, decisions included; solved: the calibrated multipliers and
    link ratios of this draw. part: may hand over parts of plans that were made before.
    Of a block of draws both may hold columns (`specification.by_draw`); where they do, so does the
    plan, and a table has the draws along its first axis. ValueError or TypeError where the draws
    differ in something that shapes a plan: then each has one of its own.
    """
    running = values["appraisal.start"] == "running"
    first_day = weeks_as_days(values, "appraisal.warm_up_weeks") if running else 0
    last_day = first_day + int(values["appraisal.term_years"]) * DAYS_IN_YEAR
    in_term = terms(values, first_day, last_day)
    return Plan(
        has_service=bool(values["service.team.runs"]),
        first_day=first_day,
        last_day=last_day,
        follow_up_days=int(values["appraisal.follow_up_years"]) * DAYS_IN_YEAR,
        in_term=in_term,
        usual_support_displaced=number(values, "outcomes.usual_support.displaced"),
        sources=part("sources", lambda: sources(values, in_term, first_day, last_day)),
        make_up=part("make_up", lambda: make_make_up(values)),
        waiting=part("waiting", lambda: make_waiting(values)),
        team=part("team", lambda: make_team(values)),
        key_work=part("key_work", lambda: make_key_work(values)),
        programmes=part(
            "programmes", lambda: make_programmes(values, in_term, first_day, last_day)
        ),
        activities=part(
            "activities", lambda: make_activities(values, in_term, first_day, last_day)
        ),
        chain=part("chain", lambda: make_chain(values, solved), is_solved=True),
        outcomes=part("outcomes", lambda: make_outcomes(values)),
        measures=part("measures", lambda: make_measures(values)),
    )
