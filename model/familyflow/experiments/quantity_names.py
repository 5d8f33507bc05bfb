"""The quantities that the journal is summed into, by name: what economics prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from familyflow.planning.calendar import terms
from familyflow.planning.dated import make_activities, make_programmes
from familyflow.planning.outcomes import NAMES as OUTCOME_NAMES
from familyflow.planning.values import Values
from familyflow.specification.journal import Event
from familyflow.specification.plan import (
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    FOSTER,
    LEVEL_NAMES,
    RESIDENTIAL,
    Activity,
    Programme,
)
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

MINUTES_IN_HOUR = 60
THOUSANDTH_DAYS_IN_YEAR = 1000 * DAYS_IN_YEAR


@dataclass(frozen=True)
class Quantity:
    """One quantity: which journal rows it sums, and what a unit of it is.

    `divide` turns the journal's whole numbers into the unit. `by_child` quantities depend on how
    the family fares: they exist in both arms and are cut at the end of the follow-up window.
    """

    name: str
    unit: str
    event: Event
    divide: int = 1
    from_levels: tuple[int, ...] | None = None  # STEP: level before (column worker)
    groups: tuple[int, ...] | None = None  # column group: level, programme, activity, outcome
    is_outcome: bool = False
    less: Event | None = None  # rows of this event are taken away


_COUNTED = (
    ("families_referred", "families", Event.REFERRED),
    ("families_accepted", "families", Event.ACCEPTED),
    ("families_signposted", "families", Event.SIGNPOSTED),
    ("families_passed_up", "families", Event.PASSED_UP),
    ("families_declined", "families", Event.DECLINED),
    ("families_gave_up_waiting", "families", Event.GAVE_UP_WAITING),
    ("families_left_list", "families", Event.LEFT_LIST),
    ("families_allocated", "families", Event.ALLOCATED),
    ("families_re_allocated", "families", Event.RE_ALLOCATED),
    ("families_returned", "families", Event.RETURNED),
    ("families_started", "families", Event.STARTED),
    ("families_completed", "families", Event.CLOSED_PLANNED),
    ("families_disengaged", "families", Event.CLOSED_DISENGAGED),
    ("families_disengaged_on_change", "families", Event.CLOSED_DISENGAGED_ON_CHANGE),
    ("families_ended_by_service", "families", Event.CLOSED_BY_SERVICE),
    ("families_moved_away", "families", Event.CLOSED_MOVED_AWAY),
    ("families_closed_referred_up", "families", Event.CLOSED_REFERRED_UP),
    ("families_closed_term_ended", "families", Event.CLOSED_TERM_ENDED),
    ("families_referred_up", "families", Event.REFERRED_UP),
    ("families_improved", "families", Event.IMPROVED),
    ("children_supported", "children", Event.CHILD_SUPPORTED),
    ("introductory_meetings", "meetings", Event.INTRODUCTORY_MEETING),
    ("sessions", "sessions", Event.SESSION),
    ("play_sessions", "child sessions", Event.PLAY_SESSION),
    ("missed_sessions", "sessions", Event.MISSED_SESSION),
    ("parent_support_meetings", "meetings", Event.PARENT_SUPPORT_MEETING),
    ("closing_meetings", "meetings", Event.CLOSING_MEETING),
    ("family_budgets", "families", Event.FAMILY_BUDGET),
    ("spot_purchases", "packages", Event.SPOT_PURCHASE),
    ("recruitments", "recruitments", Event.RECRUITED),
    ("people_left", "people", Event.LEFT_POST),
    ("measured_parents", "families", Event.MEASURED_PARENTS),
    ("measured_children", "children", Event.MEASURED_CHILDREN),
    ("risk_at_entry", "points", Event.RISK_AT_ENTRY),
    ("risk_at_exit", "points", Event.RISK_AT_EXIT),
    ("difficulties_at_entry", "points", Event.DIFFICULTIES_AT_ENTRY),
    ("difficulties_at_exit", "points", Event.DIFFICULTIES_AT_EXIT),
    ("wellbeing_at_entry", "points", Event.WELLBEING_AT_ENTRY),
    ("wellbeing_at_exit", "points", Event.WELLBEING_AT_EXIT),
    ("usual_support_displaced", "episodes", Event.USUAL_SUPPORT_DISPLACED),
)
_DIVIDED = (
    ("post_years.key_worker", "full-time years", Event.POST_FILLED, THOUSANDTH_DAYS_IN_YEAR),
    ("vacant_post_years", "full-time years", Event.POST_VACANT, THOUSANDTH_DAYS_IN_YEAR),
    ("service_years", "years", Event.SERVICE_RUNS, DAYS_IN_YEAR),
    ("days_absent", "days", Event.ABSENT, 1),
    ("key_work_hours", "hours", Event.KEY_WORK, MINUTES_IN_HOUR),
    ("hours_available", "hours", Event.HOURS_AVAILABLE, MINUTES_IN_HOUR),
    ("interpreter_hours", "hours", Event.INTERPRETER, MINUTES_IN_HOUR),
    ("facilitation_hours", "hours", Event.FACILITATION, MINUTES_IN_HOUR),
    ("volunteer_hours", "hours", Event.VOLUNTEER, MINUTES_IN_HOUR),
    ("place_weeks_available", "weeks", Event.PLACES_AVAILABLE, DAYS_IN_WEEK),
    ("episode_weeks", "weeks", Event.EPISODE_DAYS, DAYS_IN_WEEK),
    ("wait_weeks", "weeks", Event.WAITED, DAYS_IN_WEEK),
    ("waiting_weeks_observed", "weeks", Event.WAITING, 1),
    ("caseload_weeks_observed", "weeks", Event.CASELOAD, 1),
)
_BY_PROGRAMME = (
    ("groups_run", "groups", Event.GROUP_STARTED),
    ("groups_not_run", "groups", Event.GROUP_NOT_RUN),
    ("group_meetings", "meetings", Event.GROUP_MEETING),
    ("group_invited", "families", Event.GROUP_INVITED),
    ("group_accepted", "families", Event.GROUP_ACCEPTED),
    ("group_attended", "attendances", Event.GROUP_ATTENDED),
    ("group_completed", "families", Event.GROUP_COMPLETED),
)
_BELOW_STATUTORY = (0, 1)
_AT_HOME = (0, 1, 2, 3)
_IN_CARE = (FOSTER, RESIDENTIAL)


def quantities_of(
    programmes: Sequence[Programme], activities: Sequence[Activity]
) -> tuple[Quantity, ...]:
    """Every quantity of a plan with these, in a fixed order that does not depend on the draw."""
    return (*_of_service(programmes, activities), *_of_children(), *_of_outcomes())


def quantities_in(values: Values) -> tuple[Quantity, ...]:
    """Every quantity of a draw's plan, from its values alone."""
    days = int(values["appraisal.term_years"]) * DAYS_IN_YEAR
    in_term = terms(values, 0, days)
    programmes = make_programmes(values, in_term, 0, days)
    return quantities_of(programmes, make_activities(values, in_term, 0, days))


def _of_service(
    programmes: Sequence[Programme], activities: Sequence[Activity]
) -> Iterator[Quantity]:
    for name, unit, event in _COUNTED:
        yield Quantity(name, unit, event)
    for name, unit, event, divide in _DIVIDED:
        yield Quantity(name, unit, event, divide)
    for name, unit, event in _BY_PROGRAMME:
        for place, programme in enumerate(programmes):
            yield Quantity(f"{name}.{programme.name}", unit, event, groups=(place,))
    for place, activity in enumerate(activities):
        held, attended = f"activity_dates.{activity.name}", f"activity_attended.{activity.name}"
        yield Quantity(held, "dates", Event.ACTIVITY_HELD, groups=(place,))
        yield Quantity(attended, "families", Event.ACTIVITY_ATTENDED, groups=(place,))


def _of_children() -> Iterator[Quantity]:
    for level, name in enumerate(LEVEL_NAMES):
        kind = "child_weeks_" + name.replace("after_", "after.")
        kind = kind if level in _IN_CARE else "child_weeks." + name
        yield Quantity(
            kind, "weeks", Event.CHILD_DAYS, DAYS_IN_WEEK, groups=(level,), is_outcome=True
        )
    steps = (
        ("assessments", _BELOW_STATUTORY, (CHILD_IN_NEED,)),
        ("plans_started", _AT_HOME, (CHILD_PROTECTION,)),
        ("care_entries", _AT_HOME, _IN_CARE),
        ("care_leavers", _IN_CARE, _AT_HOME),
        ("returns_home", _IN_CARE, (CHILD_IN_NEED,)),
    )
    for name, before, after in steps:
        yield Quantity(name, "children", Event.STEP, 1, before, after, is_outcome=True)
    firsts = Event.ENTERED_CARE_FIRST
    yield Quantity("first_care_entries", "children", firsts, is_outcome=True)
    yield Quantity("escalations_detected", "steps", Event.DETECTED, is_outcome=True)
    passed_up = Event.REFERRED_UP_AT_SCREENING
    yield Quantity("passed_up_at_screening", "families", passed_up, is_outcome=True)


def _of_outcomes() -> Iterator[Quantity]:
    support = Event.USUAL_SUPPORT
    less = Event.USUAL_SUPPORT_DISPLACED
    yield Quantity("usual_support_episodes", "episodes", support, is_outcome=True, less=less)
    for code, name in OUTCOME_NAMES.items():
        known_as = {"domestic_abuse": "domestic_abuse_incidents"}.get(name, name)
        if code in _STATES_OF_CHILDREN or code in _STATES_OF_FAMILIES:
            kind = "child_years" if code in _STATES_OF_CHILDREN else "family_years"
            event, divide, unit = Event.OUTCOME_DAYS, DAYS_IN_YEAR, "years"
            known_as = f"{kind}.{name}"
        else:
            event, divide, unit = Event.OUTCOME_COUNT, 1, "times"
        yield Quantity(known_as, unit, event, divide, groups=(code,), is_outcome=True)


_STATES_OF_FAMILIES = (0, 1)
_STATES_OF_CHILDREN = (2,)
