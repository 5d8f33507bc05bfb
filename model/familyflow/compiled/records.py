"""How the kernels hold things in memory: one record for each family, child, post and so on.

All whole numbers but those of a row are int64, and all others float64. A yes is 1. Days are engine
days, rates whole units a day, as in `specification.plan`. A pair (start, stop) is a stretch of the
pools of `tables.Tables`: `whole` for whole numbers, `real` for the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from familyflow.specification.journal import COLUMNS

LEVELS = 6
MOST_STEPS = 6  # from one level, more than there can be

I8, F8 = np.int64, np.float64
_SHORT = ("phase", "event", "source", "child")  # of a row: each has less than a hundred values
PAIR: Any = (I8, (2,))


def _dtype(whole: str = "", real: str = "", **others: Any) -> np.dtype[np.void]:
    fields = [(name, I8) for name in whole.split()] + [(name, F8) for name in real.split()]
    return np.dtype([*fields, *((name, *kind) for name, kind in others.items())], align=True)


def _pairs(names: str) -> dict[str, tuple[Any, ...]]:
    return dict.fromkeys(names.split(), PAIR)


# The plan

PLAN = _dtype(
    whole="""
        sources posts programmes activities outcomes
        spreads_address scales_address sources_address posts_address programmes_address
        activities_address levels_address outcomes_address in_term_address whole_address
        real_address
        has_service first_day last_day follow_up_days follow_days
        widen_after_days hold_after_days stop_offers_days
        leaving refills induction_days falls_ill
        fewest_sessions most_sessions minutes_introductory minutes_closing minutes_gap
        minutes_parent_support minutes_per_further_child disengaging ended_by_service
        limit_of_parent_support_weeks interpreter_minutes
        youngest_years oldest_years moves_away complexity_year
        effect_at most_sessions_felt most_years_felt longest_linger_days
    """,
    real="""
        usual_support_displaced passed_up_anyway declines return_chance disengages_on_change
        attendance disengaging_large_family disengaging_on_plan ends_when_referred_up
        parent_support_share outside_wait_share family_budget_take_up spot_purchase_share
        outside_age_range frailty_sd usual_support
        complexity_per_need complexity_per_year complexity_mean
    """,
    extra_sessions_by_level=(I8, (LEVELS,)),
    complexity_by_level=(F8, (LEVELS,)),
    **_pairs(
        "screening children needs needs_masks needs_leading level weekdays minority_ethnic "
        "interpreter minutes_per_week detection detection_days"
    ),
)
SPREAD = _dtype("shape", "low mode high")
SHAPES = ("constant", "uniform", "whole_numbers", "exponential", "triangular")
SPREADS = (
    "patience",
    "until_return",
    "introductory",
    "sessions",
    "closing",
    "parent_support",
    "outside_wait",
    "vacancy",
    "absence",
)
SCALE = _dtype(real="mean sd lowest highest change sd_of_change")
SCALES = ("risk_indicators", "difficulties", "wellbeing")
SOURCE = _dtype("code is_listed", numbers=PAIR)
POST = _dtype("specialism fte_thousandths weekly_minutes induction_minutes cap")
PROGRAMME = _dtype(
    "need meetings least greatest facilitation_minutes linger_days",
    "accepts attends completes",
    days=PAIR,
)
ACTIVITY = _dtype("staff_minutes volunteer_minutes linger_days", "attends", days=PAIR)
LEVEL = _dtype(
    "steps rates_at ages feels_effect feels_detection",
    to=(I8, (MOST_STEPS,)),
    code=(I8, (MOST_STEPS,)),
    upward=(I8, (MOST_STEPS,)),
    detected=(I8, (MOST_STEPS,)),
    link=(I8, (MOST_STEPS,)),
    band_starts=PAIR,
    age_starts=PAIR,
)
OUTCOME = _dtype(
    """
        code of_child is_state needs ends feels_effect happens_at most_happens
        most_sessions most_years
    """,
    "share_at_start",
)

# Who the families are: the same in both arms

FAMILY = _dtype(
    """
        source number key word referred first_child children in_scope needs leading_need level
        weekday session_minutes interpreter minority_ethnic usual_support moves_on
        risk_indicators wellbeing
    """,
    "complexity frailty",
)
CHILD = _dtype("number in_scope age_days word difficulties")

# What becomes of a child: its path in one arm, and what the other arm needs to know of it

PATH = _dtype(
    """
        arm inner source family child family_at child_at word age_on_day_0 stop window_end
        level entered since change rings in_care escalated has_owed tells
        sessions first_session last_session group_done
    """,
    "frailty",
    running=(I8, (MOST_STEPS,)),  # units a day of the clocks of the level
    owed=(I8, (MOST_STEPS,)),  # of that, what is owed to detection
    drawn=(I8, (LEVELS,)),  # whether the clocks of a level were ever drawn
    has_ahead=(I8, (LEVELS,)),
    left=(I8, (LEVELS, MOST_STEPS)),  # what is left of each clock; 0: rung, not yet drawn again
    ahead=(I8, (LEVELS, MOST_STEPS)),  # spent of each clock owing to detection
    times=(I8, (LEVELS, MOST_STEPS)),  # how often each clock has rung
)
FOLLOWED = _dtype(
    "steps_at steps_end seen level",
    entered_care=(I8, (2,)),  # by arm: days from referral to the first entry; -1 none that counts
)
STEP = _dtype("day from_level to_level")
EXPOSURE = _dtype("day sessions first_session last_session group_done next")

# A follow-up that is told again: the thresholds of one child, of one outcome, and its path

RENEWED = _dtype(
    rung=(I8, (LEVELS, MOST_STEPS)),  # by release, in the arm in which it rang more often
    spent=(I8, (LEVELS, MOST_STEPS)),  # of the next threshold, in the arm that spent more
    drawn=(I8, (LEVELS, MOST_STEPS)),  # that threshold in the present follow-up; 0: not yet drawn
    outcome_rung=(I8, (2,)),  # as above, of the clock until it happens and of that until it ends
    outcome_spent=(I8, (2,)),
)
OUTCOME_PATH = _dtype(
    """
        arm inner family_at who entity stop on left since rate change rings
        sessions last_session
    """,
    times=(I8, (2,)),  # it has happened, and has ended
)

# What becomes of a family, a post and a group in the arm with the service

JOURNEY = _dtype(
    """
        status touched passed_up passed_up_on passed_up_without ended_on
        referral referred_on gives_up level sort_key
        has_plan steps outside_weeks place
        has_episode episode_referral allocated_on worker disengages_on ended_by_service_on settled
        worker_left_on changes slots done started sessions outside_until referred_up
        ends_referred_up_on closed_on closed_as_planned in_reach
        all_sessions first_session last_session group_done first_exposure last_exposure
        supported_before displaced_before
    """,
    counts=(I8, (4,)),
    minutes=(I8, (4,)),
)
WORKER = _dtype(
    """
        filled absent minutes families minutes_held kept since
        person starts leaves inducted ill back absences full_minutes
    """
)
GROUP = _dtype("programme held members_at members day")
MEMBER = _dtype("family serial referral")
PLACE = _dtype("serial referral accepted_on completed is_waiting")  # in a programme, of a family
POST_YEAR = _dtype("filled vacant minutes places")  # sums over days
WAIT = _dtype("days how")  # a wait that ended within the term

# The calendar, the journal and the whole memory of a run

MOMENT = _dtype("first")  # the first thing that is due in a phase of a day; -1 none
THING = _dtype("moment before after dates")  # its moment (-1 never) and neighbours, dates so far
# The memory of most runs is rows: they are as short as their numbers allow
_ROW = dict.fromkeys(COLUMNS, np.int32) | dict.fromkeys(_SHORT, np.int16) | {"quantity": I8}
ROW = np.dtype(list(_ROW.items()), align=True)
WHOLE, REAL = _dtype("value"), _dtype(real="value")
WORLD = _dtype(
    """
        key_0 key_1 draw replication
        error moment serial keeps_rows adds_up times in_both first_day follow_up_days
        families children steps exposures members groups waiting lost in_reach waits weeks
        cells periods in_a_year
        rows_room families_room children_room steps_room exposures_room members_room groups_room
        moments years started_minority_ethnic started_with_interpreter
        families_address children_address journeys_address followed_address paths_address
        own_path_address steps_address exposures_address groups_address members_address
        places_address workers_address post_years_address things_address moments_address
        rows_address waiting_address lost_address in_reach_address order_address
        accepted_address accepted_count_address asked_address dates_offered_address
        renewed_address again_address outcome_paths_address
        waits_address by_week_address summed_address cells_address
    """,
    rows=(I8, (2,)),  # noted, by arm
    details=(I8, (2,)),  # of the error
    first_of_source=(I8, (16,)),  # the place of each source's first family
    left_ahead=(I8, (MOST_STEPS,)),  # the clocks of one child, looked ahead
    rates_ahead=(I8, (MOST_STEPS,)),
    owed_ahead=(I8, (MOST_STEPS,)),
)

# How rows are summed: which cell a row of an event adds to, and which cells make a quantity

ALL_TOGETHER, BY_GROUP, BY_STEP = range(3)
SUMMED = _dtype("first kind size is_work")  # by event; size 0: its rows are not summed
