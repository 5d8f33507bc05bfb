"""Every kernel of the compiled engine, in one module.

numba keeps compiled code by the file that it stands in and does not notice a change in another one,
so what calls one another stands together. The sections follow the readable engine, which is the
specification: luck and arithmetic, the journal, children's levels, other outcomes, the arm without
the service, the calendar, families, the journey, the team, groups, the run, and sums.

A function takes `plan` (records.PLAN, read only) and `world` (records.WORLD: all that changes),
each one record that says where everything else stands: to hand over the forty arrays themselves
would take minutes to compile. A family, child or post is its place in the world's records. Nothing
is allocated here. Where memory is too small, or the luck has no room, the first error is kept in
`world` and the run stops.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from familyflow.compiled import records
from familyflow.compiled.access import element, element_of_list
from familyflow.compiled.cache import kernel, step
from familyflow.luck import CHILD, FAMILY, POST
from familyflow.specification import decisions
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import NOBODY, Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import (
    CARRIED_OVER,
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    FOSTER,
    LARGE_FAMILY,
    MENTAL_ILL_HEALTH,
    UNIVERSAL,
    WHOLE_FAMILY,
)
from familyflow.specification.variates import (
    DAYS_IN_WEEK,
    DAYS_IN_YEAR,
    HIGHEST_RATE,
    NEVER,
    ONE,
)

Record = Any

# What can stop a run: `world.error`, with numbers in `world.details`
NO_ERROR, TOO_SMALL, NO_OCCURRENCE, NO_INDEX, TOO_MANY_PEOPLE, NO_ENTITY, OUT_OF_ORDER = range(7)
# The memory that was too small
ROWS, FAMILIES, CHILDREN, STEPS, EXPOSURES, MEMBERS, GROUPS = range(7)

MOST_PEOPLE = 16  # in one post within the term: what the luck of absences has room for

# frozen when compiled: plain whole numbers, because an enumeration is slow to compile
(
    _CALENDAR,
    _CHILDREN,
    _POSTS,
    _ENDINGS,
    _GIVING_UP,
    _REFERRALS,
    _GROUPS,
    _ALLOCATION,
    _OBSERVATION,
) = (int(phase) for phase in Phase)
_PHASES = len(Phase)

_REFERRED = int(Event.REFERRED)
_ACCEPTED = int(Event.ACCEPTED)
_SIGNPOSTED = int(Event.SIGNPOSTED)
_PASSED_UP = int(Event.PASSED_UP)
_DECLINED = int(Event.DECLINED)
_GAVE_UP_WAITING = int(Event.GAVE_UP_WAITING)
_LEFT_LIST = int(Event.LEFT_LIST)
_ALLOCATED = int(Event.ALLOCATED)
_RE_ALLOCATED = int(Event.RE_ALLOCATED)
_RETURNED = int(Event.RETURNED)
_WAITED = int(Event.WAITED)
_STARTED = int(Event.STARTED)
_SESSION_HELD = int(Event.SESSION)
_PLAY_SESSION = int(Event.PLAY_SESSION)
_MISSED_SESSION = int(Event.MISSED_SESSION)
_KEY_WORK = int(Event.KEY_WORK)
_INTERPRETER = int(Event.INTERPRETER)
_FAMILY_BUDGET = int(Event.FAMILY_BUDGET)
_SPOT_PURCHASE = int(Event.SPOT_PURCHASE)
_CLOSED_PLANNED = int(Event.CLOSED_PLANNED)
_CLOSED_DISENGAGED = int(Event.CLOSED_DISENGAGED)
_CLOSED_DISENGAGED_ON_CHANGE = int(Event.CLOSED_DISENGAGED_ON_CHANGE)
_CLOSED_BY_SERVICE = int(Event.CLOSED_BY_SERVICE)
_CLOSED_MOVED_AWAY = int(Event.CLOSED_MOVED_AWAY)
_CLOSED_REFERRED_UP = int(Event.CLOSED_REFERRED_UP)
_CLOSED_TERM_ENDED = int(Event.CLOSED_TERM_ENDED)
_REFERRED_UP = int(Event.REFERRED_UP)
_EPISODE_DAYS = int(Event.EPISODE_DAYS)
_CHILD_SUPPORTED = int(Event.CHILD_SUPPORTED)
_POST_FILLED = int(Event.POST_FILLED)
_POST_VACANT = int(Event.POST_VACANT)
_HOURS_AVAILABLE = int(Event.HOURS_AVAILABLE)
_PLACES_AVAILABLE = int(Event.PLACES_AVAILABLE)
_LEFT_POST = int(Event.LEFT_POST)
_RECRUITED = int(Event.RECRUITED)
_ABSENT = int(Event.ABSENT)
_SERVICE_RUNS = int(Event.SERVICE_RUNS)
_GROUP_INVITED = int(Event.GROUP_INVITED)
_GROUP_ACCEPTED = int(Event.GROUP_ACCEPTED)
_GROUP_STARTED = int(Event.GROUP_STARTED)
_GROUP_MEETING = int(Event.GROUP_MEETING)
_GROUP_ATTENDED = int(Event.GROUP_ATTENDED)
_GROUP_COMPLETED = int(Event.GROUP_COMPLETED)
_GROUP_NOT_RUN = int(Event.GROUP_NOT_RUN)
_ACTIVITY_HELD = int(Event.ACTIVITY_HELD)
_ACTIVITY_ATTENDED = int(Event.ACTIVITY_ATTENDED)
_VOLUNTEER = int(Event.VOLUNTEER)
_FACILITATION = int(Event.FACILITATION)
_RISK_AT_ENTRY = int(Event.RISK_AT_ENTRY)
_RISK_AT_EXIT = int(Event.RISK_AT_EXIT)
_DIFFICULTIES_AT_ENTRY = int(Event.DIFFICULTIES_AT_ENTRY)
_DIFFICULTIES_AT_EXIT = int(Event.DIFFICULTIES_AT_EXIT)
_WELLBEING_AT_ENTRY = int(Event.WELLBEING_AT_ENTRY)
_WELLBEING_AT_EXIT = int(Event.WELLBEING_AT_EXIT)
_IMPROVED = int(Event.IMPROVED)
_MEASURED_PARENTS = int(Event.MEASURED_PARENTS)
_MEASURED_CHILDREN = int(Event.MEASURED_CHILDREN)
_STEP = int(Event.STEP)
_CHILD_DAYS = int(Event.CHILD_DAYS)
_DETECTED = int(Event.DETECTED)
_REFERRED_UP_AT_SCREENING = int(Event.REFERRED_UP_AT_SCREENING)
_ENTERED_CARE_FIRST = int(Event.ENTERED_CARE_FIRST)
_USUAL_SUPPORT = int(Event.USUAL_SUPPORT)
_USUAL_SUPPORT_DISPLACED = int(Event.USUAL_SUPPORT_DISPLACED)
_OUTCOME_COUNT = int(Event.OUTCOME_COUNT)
_OUTCOME_DAYS = int(Event.OUTCOME_DAYS)
_WAITING_SEEN = int(Event.WAITING)
_CASELOAD = int(Event.CASELOAD)
_POSTS_PRESENT = int(Event.POSTS_PRESENT)

_GAP = DECISIONS["gap before the family"]
_NUMBER_OF_CHILDREN = DECISIONS["number of children"]
_NEEDS = DECISIONS["needs"]
_LEVEL_ON_ARRIVAL = DECISIONS["level on arrival"]
_AGE_OF_CHILD = DECISIONS["age of child"]
_CHILD_OUTSIDE = DECISIONS["child outside the age range"]
_FRAILTY = DECISIONS["frailty"]
_WEEKDAY = DECISIONS["weekday"]
_MOVES_AWAY = DECISIONS["moves away"]
_ETHNIC_GROUP = DECISIONS["ethnic group"]
_NEEDS_INTERPRETER = DECISIONS["interpreter"]
_HAS_USUAL_SUPPORT = DECISIONS["usual support"]
_HOURS_PER_WEEK = DECISIONS["hours per week"]
_RISK_DRAWN = DECISIONS["risk indicators at entry"]
_DIFFICULTIES_DRAWN = DECISIONS["difficulties at entry"]
_WELLBEING_DRAWN = DECISIONS["wellbeing at entry"]
_SCREENING = DECISIONS["screening"]
_PASSED_UP_ANYWAY = DECISIONS["passed up anyway"]
_DECLINES = DECISIONS["declines"]
_PATIENCE = DECISIONS["patience"]
_INTRODUCTORY_WEEKS = DECISIONS["introductory weeks"]
_WEEKS_OF_SESSIONS = DECISIONS["weeks of sessions"]
_CLOSING_WEEKS = DECISIONS["closing weeks"]
_HAS_PARENT_SUPPORT = DECISIONS["parent support"]
_WEEKS_OF_PARENT_SUPPORT = DECISIONS["weeks of parent support"]
_OUTSIDE_SUPPORT = DECISIONS["outside mental health support"]
_WEEKS_OF_OUTSIDE_WAIT = DECISIONS["weeks of outside wait"]
_DISENGAGES = DECISIONS["disengages"]
_ENDED_BY_SERVICE = DECISIONS["ended by the service"]
_ENDS_REFERRED_UP = DECISIONS["ends when referred up"]
_RETURNS = DECISIONS["returns"]
_UNTIL_RETURN = DECISIONS["weeks until return"]
_MISSES = DECISIONS["misses a session"]
_ON_CHANGE = DECISIONS["disengages on change of worker"]
_TAKES_UP_BUDGET = DECISIONS["takes up the family budget"]
_HAS_SPOT_PURCHASE = DECISIONS["spot purchase"]
_DISPLACED = DECISIONS["usual support displaced"]
_CHANGE_IN_RISK = DECISIONS["change in risk indicators"]
_CHANGE_IN_DIFFICULTIES = DECISIONS["change in difficulties"]
_CHANGE_IN_WELLBEING = DECISIONS["change in wellbeing"]
_TENURE = DECISIONS["tenure"]
_VACANCY = DECISIONS["vacancy"]
_ABSENCE = DECISIONS["absence"]
_LENGTH_OF_ABSENCE = DECISIONS["length of absence"]
_ACCEPTS_PROGRAMME = decisions.ACCEPTS_PROGRAMME
_COMPLETES_PROGRAMME = decisions.COMPLETES_PROGRAMME
_ATTENDS_GROUP = decisions.ATTENDS_GROUP
_ATTENDS_ACTIVITY = decisions.ATTENDS_ACTIVITY
_COUNT_CODE = decisions.COUNT_OUTCOME
_STATE_BEGINS = decisions.STATE_BEGINS
_STATE_ENDS = decisions.STATE_ENDS
_STATE_AT_START = decisions.STATE_AT_START

(
    _OF_PATIENCE, _OF_RETURN, _OF_INTRODUCTORY, _OF_SESSIONS, _OF_CLOSING, _OF_PARENT_SUPPORT,
    _OF_OUTSIDE_WAIT, _OF_VACANCY, _OF_ABSENCE,
) = range(len(records.SPREADS))  # fmt: skip
_RISK, _DIFFICULTIES, _WELLBEING = range(len(records.SCALES))
_CONSTANT, _UNIFORM, _WHOLE_NUMBERS, _EXPONENTIAL, _TRIANGULAR = range(len(records.SHAPES))
_LEVELS, _MOST_STEPS = records.LEVELS, records.MOST_STEPS

_WITHOUT, _WITH = 0, 1  # arms
_AWAY, _WAITS, _WORKS, _GONE = range(4)  # status of a journey
_IS_ALLOCATED, _HAS_DECLINED, _HAS_GIVEN_UP, _HAS_LEFT = range(4)  # how a wait ended
_INTRODUCTORY, _SESSION, _PARENT_SUPPORT, _CLOSING = range(4)  # kinds of meeting
_FIRST_MEETING_EVENT = int(Event.INTRODUCTORY_MEETING)
_PARENT_MEETING_EVENT = int(Event.PARENT_SUPPORT_MEETING)
_CLOSING_MEETING_EVENT = int(Event.CLOSING_MEETING)
_WHOLE_LOAD = 1_000_000
_BYTES = 8  # of a whole number
_KEY_BITS = 25  # of a family's key: source (4 bits) and number (21)
_DECISION_BITS = 12  # of counter word 1; the inner index stands above them
_HAPPENS, _ENDS = 0, 1  # the two clocks of another outcome
_PATH_BYTES, _OUTCOME_BYTES = records.PATH.itemsize, records.OUTCOME_PATH.itemsize


# Where things stand: the k-th family, child, post ... of `world` or `plan`


family_at = element("families_address", records.FAMILY)
child_at = element("children_address", records.CHILD)
journey_at = element("journeys_address", records.JOURNEY)
followed_at = element("followed_address", records.FOLLOWED)
path_at = element("paths_address", records.PATH)
own_path_at = element("own_path_address", records.PATH)
renewed_at = element("renewed_address", records.RENEWED)
again_at = element("again_address", records.PATH)
outcome_path_at = element("outcome_paths_address", records.OUTCOME_PATH)
step_at = element("steps_address", records.STEP)
exposure_at = element("exposures_address", records.EXPOSURE)
group_at = element("groups_address", records.GROUP)
member_at = element("members_address", records.MEMBER)
place_at = element("places_address", records.PLACE)
worker_at = element("workers_address", records.WORKER)
post_year_at = element("post_years_address", records.POST_YEAR)
thing_at = element("things_address", records.THING)
moment_at = element("moments_address", records.MOMENT)
wait_at = element("waits_address", records.WAIT)
row_at = element("rows_address", records.ROW)
waiting_at = element("waiting_address", records.WHOLE)
lost_at = element("lost_address", records.WHOLE)
in_reach_at = element("in_reach_address", records.WHOLE)
order_at = element("order_address", records.WHOLE)
accepted_at = element("accepted_address", records.WHOLE)
accepted_count_at = element("accepted_count_address", records.WHOLE)
asked_at = element("asked_address", records.WHOLE)
by_week_at = element("by_week_address", records.WHOLE)
summed_at = element("summed_address", records.SUMMED)
cell_at = element("cells_address", records.WHOLE)
dates_offered_at = element("dates_offered_address", records.WHOLE)
spread_at = element("spreads_address", records.SPREAD)
scale_at = element("scales_address", records.SCALE)
source_at = element("sources_address", records.SOURCE)
post_at = element("posts_address", records.POST)
programme_at = element("programmes_address", records.PROGRAMME)
activity_at = element("activities_address", records.ACTIVITY)
level_at = element("levels_address", records.LEVEL)
outcome_at = element("outcomes_address", records.OUTCOME)
in_term_at = element("in_term_address", records.WHOLE)
whole_at = element("whole_address", records.WHOLE)
real_at = element("real_address", records.REAL)
listed_at = element_of_list(records.WHOLE)  # by the address of a list


# Luck (familyflow.luck is the specification)


_MASK, _SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)
_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_BUMP_0, _BUMP_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LEFT_20, _RIGHT_12 = np.uint64(20), np.uint64(12)
_LUCK_STEP = 2.0**-52


@step
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> tuple[Any, Any]:
    """The first two output words of Philox4x32-10; every word a uint64 below 2^32."""
    for _ in range(10):
        first, second = c0 * _MULTIPLY_0, c2 * _MULTIPLY_1
        c0, c1, c2, c3 = (
            (second >> _SHIFT) ^ c1 ^ k0,
            second & _MASK,
            (first >> _SHIFT) ^ c3 ^ k1,
            first & _MASK,
        )
        k0, k1 = (k0 + _BUMP_0) & _MASK, (k1 + _BUMP_1) & _MASK
    return c0, c1


@step
def uniform_of(world: Record, entity: int, word: int) -> float:
    """The uniform of counter words 0 and 1, under the luck of the run."""
    first, second = philox(
        np.uint64(entity),
        np.uint64(word),
        np.uint64(world.draw),
        np.uint64(world.replication),
        np.uint64(world.key_0),
        np.uint64(world.key_1),
    )
    whole = np.int64((first << _LEFT_20) | (second >> _RIGHT_12))
    return (float(whole) + 0.5) * _LUCK_STEP


@kernel
def uniforms(worlds: Any, entities: Any, words: Any, found: Any) -> None:
    """Fill `found` with the uniforms of words 0 and 1 (int64 arrays of one length): for tests."""
    for k in range(len(entities)):
        found[k] = uniform_of(worlds[0], entities[k], words[k])


@step
def uniform(world: Record, entity: int, decision: int, occurrence: int) -> float:
    """The uniform that settles this decision for this entity, the occurrence-th time."""
    if occurrence >= 65536:
        fail(world, NO_OCCURRENCE, decision, occurrence)
        occurrence = 0
    return uniform_of(world, entity, (decision << 16) | occurrence)


@step
def nth_uniform(world: Record, entity: int, decision: int, referral: int, index: int) -> float:
    """The uniform of the index-th time within a referral (of a family) or a person (in a post)."""
    if referral >= 16 or index >= 4096:
        fail(world, NO_INDEX, referral, index)
        referral, index = 0, 0
    return uniform_of(world, entity, (decision << 16) | (referral << 12) | index)


@step
def fail(world: Record, error: int, first: int, second: int) -> None:
    """Keep the first error of the run; the run stops at the next event."""
    if world.error == NO_ERROR:
        world.error = error
        world.details[0], world.details[1] = first, second


# Arithmetic (familyflow.specification.variates is the specification)


@step
def threshold(uniform: float) -> int:
    """The units a clock must spend before it rings."""
    return int(-math.log(uniform) * ONE) + 1


@step
def threshold_of(world: Record, entity: int, decision: int, occurrence: int) -> int:
    """The threshold of a clock, the occurrence-th time."""
    return threshold(uniform(world, entity, decision, occurrence))


@step
def units(rate: float) -> int:
    """A daily rate in whole units."""
    whole = rate * ONE + 0.5
    return HIGHEST_RATE if whole >= HIGHEST_RATE else int(whole)


@step
def days_until(remaining: int, rate: int) -> int:
    """The first number of days, at least 1, in which the rate spends what remains (at least 1).

    Both lie below 2^52, so the division of floats, which is quicker, is exact: a quotient that is
    not whole lies further from the next whole number than it is rounded.
    """
    return int(float(remaining + rate - 1) / float(rate)) if rate > 0 else NEVER


@step
def whole_days(days: float) -> int:
    """A length in whole days: the nearest, at least 1."""
    return max(1, math.floor(days + 0.5))


@step
def choice(plan: Record, uniform: float, shares: Any) -> int:
    """The first place whose cumulated share passes the uniform. shares: a stretch of the pool."""
    for place in range(shares[0], shares[1] - 1):
        if uniform < real_at(plan, place).value:
            return place - shares[0]
    return shares[1] - 1 - shares[0]


@step
def length_at(spread: Record, uniform: float) -> float:
    """The length at this uniform."""
    shape, low, mode, high = spread.shape, spread.low, spread.mode, spread.high
    if shape == _CONSTANT:
        return mode
    if shape == _UNIFORM:
        return low + (high - low) * uniform
    if shape == _WHOLE_NUMBERS:
        return low + math.floor(uniform * (high - low + 1.0))
    if shape == _EXPONENTIAL:
        return -math.log(1.0 - uniform) * mode
    span = high - low
    if span == 0.0:
        return mode
    if uniform < (mode - low) / span:
        return low + math.sqrt(uniform * span * (mode - low))
    return high - math.sqrt((1.0 - uniform) * span * (high - mode))


@step
def _polynomial(
    x: float, a: float, b: float, c: float, d: float, e: float, f: float, g: float, h: float
) -> float:
    """The polynomial in Horner form, the highest power first."""
    return ((((((a * x + b) * x + c) * x + d) * x + e) * x + f) * x + g) * x + h


@step
def inverse_normal(p: float) -> float:
    """The standard normal quantile: statistics.NormalDist().inv_cdf, operation by operation.

    Wichura's algorithm AS 241 (Applied Statistics, 1988), in Horner form as CPython has it.
    """
    q = p - 0.5
    if math.fabs(q) <= 0.425:
        r = 0.180625 - q * q
        top = _polynomial(
            r,
            2.5090809287301226727e3,
            3.3430575583588128105e4,
            6.7265770927008700853e4,
            4.5921953931549871457e4,
            1.3731693765509461125e4,
            1.9715909503065514427e3,
            1.3314166789178437745e2,
            3.3871328727963666080e0,
        )
        bottom = _polynomial(
            r,
            5.2264952788528545610e3,
            2.8729085735721942674e4,
            3.9307895800092710610e4,
            2.1213794301586595867e4,
            5.3941960214247511077e3,
            6.8718700749205790830e2,
            4.2313330701600911252e1,
            1.0,
        )
        return top * q / bottom
    r = p if q <= 0.0 else 1.0 - p
    r = math.sqrt(-math.log(r))
    if r <= 5.0:
        r = r - 1.6
        top = _polynomial(
            r,
            7.74545014278341407640e-4,
            2.27238449892691845833e-2,
            2.41780725177450611770e-1,
            1.27045825245236838258e0,
            3.64784832476320460504e0,
            5.76949722146069140550e0,
            4.63033784615654529590e0,
            1.42343711074968357734e0,
        )
        bottom = _polynomial(
            r,
            1.05075007164441684324e-9,
            5.47593808499534494600e-4,
            1.51986665636164571966e-2,
            1.48103976427480074590e-1,
            6.89767334985100004550e-1,
            1.67638483018380384940e0,
            2.05319162663775882187e0,
            1.0,
        )
    else:
        r = r - 5.0
        top = _polynomial(
            r,
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            1.24266094738807843860e-3,
            2.65321895265761230930e-2,
            2.96560571828504891230e-1,
            1.78482653991729133580e0,
            5.46378491116411436990e0,
            6.65790464350110377720e0,
        )
        bottom = _polynomial(
            r,
            2.04426310338993978564e-15,
            1.42151175831644588870e-7,
            1.84631831751005468180e-5,
            7.86869131145613259100e-4,
            1.48753612908506148525e-2,
            1.36929880922735805310e-1,
            5.99832206555887937690e-1,
            1.0,
        )
    x = top / bottom
    return -x if q < 0.0 else x


@step
def score(uniform: float, mean: float, sd: float, lowest: float, highest: float) -> int:
    """A whole-point score: normal, kept within the scale."""
    value = mean + sd * inverse_normal(uniform) if sd > 0.0 else mean
    return int(min(highest, max(lowest, math.floor(value + 0.5))))


@kernel
def arithmetic(spreads: Any, given: Any, found: Any) -> None:
    """found[k]: the inverse normal (k = 0) and each spread (k = 1 ...) at `given`: for tests."""
    for k in range(len(given)):
        found[0, k] = inverse_normal(given[k])
        for s in range(len(spreads)):
            found[1 + s, k] = length_at(spreads[s], given[k])


# The journal


@step
def note(
    world: Record, arm: int, day: int, phase: int, event: int, source: int, family: int,
    child: int, worker: int, group: int, quantity: int,
) -> None:  # fmt: skip
    """A row of the journal of an arm, or of both: kept, or added up, or both."""
    keep(world, arm, day, phase, event, source, family, child, worker, group, quantity)
    if world.in_both:
        keep(world, _WITH, day, phase, event, source, family, child, worker, group, quantity)
    if world.adds_up:
        add(world, arm, place_of(world, day, event, source, family, worker, group), quantity)


@step
def keep(
    world: Record, arm: int, day: int, phase: int, event: int, source: int, family: int,
    child: int, worker: int, group: int, quantity: int,
) -> None:  # fmt: skip
    """Count a row of an arm, and keep it where the journal is wanted and memory has room."""
    number = world.rows[arm]
    world.rows[arm] = number + 1
    if world.keeps_rows and number < world.rows_room:
        row = row_at(world, arm * world.rows_room + number)
        row.day, row.phase, row.event = day, phase, event
        row.source, row.family, row.child = source, family, child
        row.worker, row.group, row.quantity = worker, group, quantity


@step
def note_of_family(
    world: Record, f: int, day: int, phase: int, event: int, worker: int, group: int, quantity: int
) -> None:
    """A row about a family in the arm with the service."""
    family = family_at(world, f)
    note(
        world, _WITH, day, phase, event, family.source, family.number,
        NOBODY, worker, group, quantity,
    )  # fmt: skip


@step
def note_of_service(
    world: Record, day: int, phase: int, event: int, worker: int, group: int, quantity: int
) -> None:
    """A row about nobody's family."""
    note(world, _WITH, day, phase, event, NOBODY, NOBODY, NOBODY, worker, group, quantity)


@step
def end_of_year(day: int, first_day: int) -> int:
    """The first day of the next year of the service."""
    return day + DAYS_IN_YEAR - (day - first_day) % DAYS_IN_YEAR


@step
def note_days(
    plan: Record, world: Record, arm: int, event: int, f: int, child: int, group: int,
    start: int, end: int,
) -> None:  # fmt: skip
    """The days start ... end - 1 of a family: a row for each year and each side of the window."""
    family = family_at(world, f)
    window_end = family.referred + plan.follow_up_days
    cell = -1
    if world.adds_up:
        cell = cell_of_family(world, event, family.source, group)
    year_end = end_of_year(start, plan.first_day)
    while start < end:
        stop = end_of_interval(start, end, year_end, window_end)
        if world.keeps_rows:
            note(
                world, arm, start, _CALENDAR, event, family.source, family.number, child,
                NOBODY, group, stop - start,
            )  # fmt: skip
        else:
            world.rows[arm] += 1
            world.rows[_WITH] += world.in_both
            if cell >= 0 and start >= world.first_day:
                is_within = int(start < window_end)
                add(world, arm, place_in(world, start, is_within, cell), stop - start)
        start = stop
        year_end += DAYS_IN_YEAR if stop == year_end else 0


@step
def end_of_interval(start: int, end: int, year_end: int, window_end: int) -> int:
    """Where the first piece of the days start ... end - 1 ends: at a year, the window, the end."""
    stop = min(year_end, end)
    if start < window_end < stop:
        stop = window_end
    return stop


# Children's levels of need (familyflow.outcomes.levels_path and step_rates)


@step
def followed_until(plan: Record, referred: int, age_days: int) -> int:
    """The day before which a child's follow-up ends."""
    return referred + min(plan.follow_days, 18 * DAYS_IN_YEAR - age_days)


@step
def start_path(plan: Record, world: Record, path: Record, f: int, c: int, arm: int) -> None:
    """A child's path from its family's referral day on, unexposed."""
    family, child = family_at(world, f), child_at(world, c)
    path.arm, path.source, path.family, path.child = arm, family.source, family.number, child.number
    path.tells = 1
    path.family_at, path.child_at, path.word, path.frailty = f, c, child.word, family.frailty
    path.age_on_day_0 = child.age_days - family.referred
    path.stop = followed_until(plan, family.referred, child.age_days)
    path.window_end = family.referred + plan.follow_up_days
    path.sessions, path.first_session, path.last_session, path.group_done = 0, -1, -1, 0
    path.in_care, path.escalated, path.has_owed, path.since = 0, 0, 0, family.referred
    path.inner = 0
    followed_at(world, c).entered_care[arm] = -1
    for level in range(_LEVELS):
        path.drawn[level] = path.has_ahead[level] = 0
        for place in range(_MOST_STEPS):
            path.times[level, place] = 0
    enter(plan, world, path, family.level, family.referred)


@step
def begun_by(plan: Record, starts: Any, at: int) -> tuple[int, int]:
    """How many of these starts have begun by `at`, and how far it is to the next."""
    for place in range(starts[0], starts[1]):
        if whole_at(plan, place).value > at:
            return place - starts[0], whole_at(plan, place).value - at
    return starts[1] - starts[0], NEVER


@step
def years_faded(last_session: int, day: int, most: int) -> tuple[int, int]:
    """Whole years since the last session, at most `most`, and how many days that holds."""
    if last_session < 0:
        return 0, NEVER
    since = day - last_session
    years = since // DAYS_IN_YEAR
    if years >= most:
        return most, NEVER
    return years, (years + 1) * DAYS_IN_YEAR - since


@step
def rates_on(plan: Record, path: Record, day: int, rates: Any, owed: Any) -> tuple[int, int]:
    """Fill in the rates of the level's steps on a day, and what of them is owed to detection.

    Returns for how many days they hold, and whether anything may be owed. The products stand in
    their one order: base, frailty, what the effect leaves, detection.
    """
    level = level_at(plan, path.level)
    band, holds = begun_by(plan, level.band_starts, day - path.entered)
    age, days = begun_by(plan, level.age_starts, path.age_on_day_0 + day)
    holds = min(holds, days)
    effect_at, detection, frailty = plan.effect_at, 1.0, path.frailty
    if level.feels_effect:
        sessions = min(path.sessions, plan.most_sessions_felt)
        years, days = years_faded(path.last_session, day, plan.most_years_felt)
        holds = min(holds, days)
        row = sessions * (plan.most_years_felt + 1) + years
        effect_at += row * 2 + path.group_done
    if level.feels_detection and path.first_session >= 0:
        begun, days = begun_by(plan, plan.detection_days, day - path.first_session)
        holds = min(holds, days)
        if begun > 0:
            detection = real_at(plan, plan.detection[0] + begun - 1).value
    base_at = level.rates_at + (band * level.ages + age) * level.steps
    for place in range(level.steps):
        rate = real_at(plan, base_at + place).value
        if level.upward[place]:
            rate = rate * frailty
        link = level.link[place]
        if link >= 0:
            rate = rate * (1.0 - real_at(plan, effect_at + link).value)
        rates[place] = units(rate)
        owed[place] = 0
        if detection != 1.0 and level.detected[place]:
            owed[place] = units(rate * detection) - rates[place]
            rates[place] += owed[place]
    return holds, int(detection != 1.0)


@step
def first_within(left: Any, rates: Any, steps: int, days: int) -> int:
    """The days until the first of these clocks rings, if at most so many; NEVER otherwise.

    A product says whether a clock rings in time; only for one that does is the division made. It
    stays below 2^63: rates lie below 2^49 and a follow-up takes less than 2^14 days.
    """
    first = NEVER
    for place in range(steps):
        if left[place] <= rates[place] * days:
            first = days = days_until(left[place], rates[place])
    return first


@step
def begin(plan: Record, path: Record, day: int) -> None:
    """Run the clocks at the rates of `day`: when does one ring, if it does while they hold?"""
    level = path.level
    holds, path.has_owed = rates_on(plan, path, day, path.running, path.owed)
    if path.has_owed and not path.has_ahead[level]:
        path.has_ahead[level] = 1
        for place in range(_MOST_STEPS):
            path.ahead[level, place] = 0
    path.since, path.change = day, day + holds
    steps, days = level_at(plan, level).steps, min(path.change, path.stop - 1) - day
    first = first_within(path.left[level], path.running, steps, days)
    path.rings = day + first if first < NEVER else NEVER


@step
def spend_to(plan: Record, path: Record, day: int) -> None:
    """Spend the days before `day` that are not spent yet."""
    level, days = path.level, day - path.since
    for place in range(level_at(plan, level).steps):
        path.left[level, place] -= path.running[place] * days
        if path.has_owed:
            path.ahead[level, place] += path.owed[place] * days
    path.since = day


@step
def enter(plan: Record, world: Record, path: Record, level: int, day: int) -> None:
    """Be at this level from `day` on; its clocks go on from what was left of them."""
    of_level = level_at(plan, level)
    path.level, path.entered = level, day
    for place in range(of_level.steps):
        if not path.drawn[level] or path.left[level, place] == 0:
            if path.inner:  # a follow-up that is told again
                path.left[level, place] = renewed_threshold(plan, world, path, level, place)
            else:
                path.left[level, place] = threshold_of(
                    world, path.word, of_level.code[place], path.times[level, place]
                )
            path.ahead[level, place] = 0
    path.drawn[level] = 1
    begin(plan, path, day)


@step
def settle(plan: Record, world: Record, path: Record, until: int) -> None:
    """Settle all days before `until`, and the steps up to and on that day."""
    until = min(until, path.stop)
    while True:
        if path.rings <= path.change:
            if path.rings > until:
                break
            ring(plan, world, path, path.rings)
        elif path.change < until:
            spend_to(plan, path, path.change)
            begin(plan, path, path.change)
        else:
            break


@step
def ring(plan: Record, world: Record, path: Record, day: int) -> None:
    """The clock that rings on the day before `day` takes the child to another level."""
    level = path.level
    of_level = level_at(plan, level)
    spend_to(plan, path, day - 1)
    first, part = 0, float(NEVER)
    for place in range(of_level.steps):
        if path.running[place] > 0:
            instant = float(path.left[level, place]) / float(path.running[place])
            if instant < part:
                first, part = place, instant
    detected = path.has_ahead[level] and is_detected(path, first)
    for place in range(of_level.steps):
        rate = path.running[place]
        spent = int(part * float(rate))
        path.left[level, place] = max(1, path.left[level, place] - spent)
        if path.has_owed:
            path.ahead[level, place] += spent - int(part * float(rate - path.owed[place]))
    path.left[level, first] = 0
    path.times[level, first] += 1
    to_level = of_level.to[first]
    if level < CHILD_IN_NEED <= to_level:
        path.escalated = 1
    if detected:
        note_of_child(world, path, day, _DETECTED, NOBODY, to_level)
    go(plan, world, path, day, to_level)


@step
def is_detected(path: Record, place: int) -> bool:
    """Whether this clock, ringing today, would not have rung by today without detection."""
    left = path.left[path.level, place] + path.ahead[path.level, place]
    rate = path.running[place]
    return left > (rate - path.owed[place] if path.has_owed else rate)


@step
def go(plan: Record, world: Record, path: Record, day: int, to_level: int) -> None:
    """The child steps to another level on this day."""
    if path.arm == _WITHOUT:
        remember_step(world, day, path.level, to_level)
    if path.tells:
        path.in_care = tell_step(
            plan, world, path.arm, path.family_at, path.child_at, path.in_care, path.entered,
            path.level, day, to_level,
        )  # fmt: skip
    enter(plan, world, path, to_level, day)


@step
def tell_step(
    plan: Record, world: Record, arm: int, f: int, c: int, in_care: int, entered: int,
    level: int, day: int, to_level: int,
) -> int:  # fmt: skip
    """The rows of a step, and of the days before it; whether the child has been in care by now."""
    family, child = family_at(world, f), child_at(world, c)
    note_days(plan, world, arm, _CHILD_DAYS, f, child.number, level, entered, day)
    note(
        world, arm, day, _CHILDREN, _STEP, family.source, family.number, child.number,
        level, to_level, 1,
    )  # fmt: skip
    if in_care or to_level < FOSTER or level >= FOSTER:
        return in_care
    note(
        world, arm, day, _CHILDREN, _ENTERED_CARE_FIRST, family.source, family.number,
        child.number, NOBODY, to_level, 1,
    )  # fmt: skip
    if day >= plan.first_day and family.source < CARRIED_OVER:
        followed_at(world, c).entered_care[arm] = day - family.referred
    return 1


@step
def force(plan: Record, world: Record, path: Record, day: int, to_level: int) -> None:
    """Put the child at `to_level` from `day`: a step that no clock of its own has rung."""
    settle(plan, world, path, day)
    if to_level != path.level and day < path.stop:
        spend_to(plan, path, day)
        go(plan, world, path, day, to_level)


@step
def next_step(plan: Record, world: Record, path: Record, limit: int) -> int:
    """The day of the next step, if one comes by `limit` under today's exposure; else NEVER."""
    limit = min(limit, path.stop - 1)
    change, rings, since = path.change, path.rings, path.since
    if change < rings and change < limit:
        steps = level_at(plan, path.level).steps
        left, rates, owed = world.left_ahead, world.rates_ahead, world.owed_ahead
        for place in range(steps):
            left[place] = path.left[path.level, place]
            rates[place] = path.running[place]
        while change < rings and change < limit:
            for place in range(steps):
                left[place] -= rates[place] * (change - since)
            since = change
            holds, _ = rates_on(plan, path, since, rates, owed)
            change = since + holds
            first = first_within(left, rates, steps, min(change, limit) - since)
            rings = since + first if first < NEVER else NEVER
    return rings if rings <= limit else NEVER


@step
def expose_path(
    plan: Record, world: Record, path: Record, day: int, sessions: int, first_session: int,
    last_session: int, group_done: int,
) -> None:  # fmt: skip
    """From `day` on the family has this exposure."""
    settle(plan, world, path, day)
    if day < path.stop:
        path.sessions, path.group_done = sessions, group_done
        path.first_session, path.last_session = first_session, last_session
        spend_to(plan, path, day)
        begin(plan, path, day)


@step
def finish_path(plan: Record, world: Record, path: Record) -> None:
    """Settle everything to the end of follow-up and note the last stretch of days."""
    settle(plan, world, path, path.stop)
    if path.tells:
        note_days(
            plan, world, path.arm, _CHILD_DAYS, path.family_at, path.child, path.level,
            path.entered, path.stop,
        )  # fmt: skip


@step
def note_of_child(
    world: Record, path: Record, day: int, event: int, before: int, level: int
) -> None:
    """A row of a child's step."""
    note(
        world, path.arm, day, _CHILDREN, event, path.source, path.family, path.child,
        before, level, 1,
    )  # fmt: skip


@step
def remember_step(world: Record, day: int, from_level: int, to_level: int) -> None:
    """Keep a step of the arm without: families that the service has not touched go by it.

    Its rows are told from it too, once it is known whether the other arm has them.
    """
    if world.steps >= world.steps_room:
        fail(world, TOO_SMALL, STEPS, 0)
        return
    found = step_at(world, world.steps)
    found.day, found.from_level, found.to_level = day, from_level, to_level
    world.steps += 1


# Other outcomes (familyflow.outcomes.other_outcomes)


@step
def follow_outcomes(plan: Record, world: Record, f: int) -> None:
    """The other outcomes of a family to its end, in both arms."""
    family = family_at(world, f)
    for o in range(plan.outcomes):
        outcome = outcome_at(plan, o)
        if outcome.needs != 0 and outcome.needs & family.needs == 0:
            continue
        exposure = journey_at(world, f).first_exposure if outcome.feels_effect else -1
        if not outcome.of_child:
            follow_outcome(plan, world, outcome, f, -1, exposure)
            continue
        for c in range(family.first_child, family.first_child + family.children):
            if child_at(world, c).in_scope:
                follow_outcome(plan, world, outcome, f, c, exposure)


@step
def follow_outcome(
    plan: Record, world: Record, outcome: Record, f: int, c: int, exposure: int
) -> None:
    """One outcome of a child (or, where c is -1, of a family): once for both arms.

    From the first exposure on, if there is any, the arm with the service goes its own way.
    """
    path = outcome_path_at(world, _WITHOUT)
    world.in_both = 1
    start_outcome(plan, world, outcome, path, f, c, _WITHOUT)
    if exposure >= 0:
        settle_unexposed(plan, world, outcome, path, exposure_at(world, exposure).day)
        copy_words(
            world.outcome_paths_address + _WITHOUT * _OUTCOME_BYTES,
            world.outcome_paths_address + _WITH * _OUTCOME_BYTES,
            _OUTCOME_BYTES // _BYTES,
        )
        world.in_both = 0
    settle_unexposed(plan, world, outcome, path, path.stop)
    finish_outcome(plan, world, outcome, path)
    world.in_both = 0
    if exposure < 0:
        return
    path = outcome_path_at(world, _WITH)
    path.arm = _WITH
    if path.on < 0 and path.left > outcome.most_happens * (path.stop - path.since):
        return  # whatever the exposure, it does not happen any more
    while exposure >= 0:
        new = exposure_at(world, exposure)
        expose_outcome(plan, world, outcome, path, new.day, new.sessions, new.last_session)
        exposure = new.next
    finish_outcome(plan, world, outcome, path)


@step
def settle_unexposed(
    plan: Record, world: Record, outcome: Record, path: Record, until: int
) -> None:
    """As `settle_outcome`, of an outcome told for the first time that no exposure has moved yet.

    Its rates hold on, so that nothing but its clocks has to be looked at.
    """
    family = family_at(world, path.family_at)
    entity, who, stop = path.entity, path.who, path.stop
    on, rings, left, rate, since = path.on, path.rings, path.left, path.rate, path.since
    happened, ended = path.times[_HAPPENS], path.times[_ENDS]
    until = min(until, stop)
    while rings <= until:
        since = rings
        if not outcome.is_state:
            happened += 1
            note(
                world, path.arm, since, _CHILDREN, _OUTCOME_COUNT, family.source, family.number,
                who, NOBODY, outcome.code, 1,
            )  # fmt: skip
        elif on < 0:
            happened += 1
            on = since
        else:
            ended += 1
            note_days(
                plan, world, path.arm, _OUTCOME_DAYS, path.family_at, who, outcome.code, on, since
            )
            on = -1
        clock, times = _HAPPENS, happened
        rate = whole_at(plan, outcome.happens_at).value
        if on >= 0:
            clock, times, rate = _ENDS, ended, outcome.ends
        left = threshold_of(world, entity, code_of_outcome(outcome, clock), times)
        rings = rings_by(since, left, rate, stop - 1)
    path.on, path.rings, path.left, path.rate, path.since = on, rings, left, rate, since
    path.change = since + NEVER
    path.times[_HAPPENS], path.times[_ENDS] = happened, ended


@step
def start_outcome(
    plan: Record, world: Record, outcome: Record, path: Record, f: int, c: int, arm: int
) -> None:
    """An outcome of a child (or, where c is -1, a family) from the referral on, unexposed."""
    family = family_at(world, f)
    path.arm, path.inner, path.family_at = arm, 0, f
    path.who, path.entity = NOBODY, family.word
    path.stop = family.referred + plan.follow_days
    if c >= 0:
        child = child_at(world, c)
        path.who, path.entity = child.number, child.word
        path.stop = followed_until(plan, family.referred, child.age_days)
    path.times[_HAPPENS] = path.times[_ENDS] = 0
    path.on, path.sessions, path.last_session = -1, 0, -1
    if outcome.is_state:
        drawn = uniform(world, path.entity, _STATE_AT_START + outcome.code, 0)
        if drawn < outcome.share_at_start:
            path.on = family.referred
    wind_outcome(plan, world, outcome, path, family.referred)


@step
def wind_outcome(plan: Record, world: Record, outcome: Record, path: Record, day: int) -> None:
    """Draw the threshold of the clock that runs from `day` on."""
    clock = int(path.on >= 0)
    code, times = code_of_outcome(outcome, clock), path.times[clock]
    renewed = renewed_at(world, 0)
    if path.inner == 0 or times < renewed.outcome_rung[clock]:
        path.left = threshold_of(world, path.entity, code, times)
    else:
        path.left = fresh_threshold(world, path.entity, code, times, path.inner)
        if times == renewed.outcome_rung[clock]:
            path.left += renewed.outcome_spent[clock]
    begin_outcome(plan, outcome, path, day)


@step
def code_of_outcome(outcome: Record, clock: int) -> int:
    """The decision of the clock until the outcome happens, or until it ends."""
    if clock == _ENDS:
        return _STATE_ENDS + outcome.code
    return (_STATE_BEGINS if outcome.is_state else _COUNT_CODE) + outcome.code


@step
def begin_outcome(plan: Record, outcome: Record, path: Record, day: int) -> None:
    """Run the clock at the rate of `day`: when does it ring, if it does while the rate holds?"""
    rate, days = outcome.ends, NEVER
    if path.on < 0:
        rate, days = rate_of_outcome(plan, outcome, path.sessions, path.last_session, day)
    path.rate, path.since, path.change = rate, day, day + days
    path.rings = rings_by(day, path.left, rate, min(path.change, path.stop - 1))


@step
def rings_by(day: int, left: int, rate: int, until: int) -> int:
    """The day on which a clock rings that runs from `day` on, if by `until`; else NEVER."""
    return day + days_until(left, rate) if left <= rate * (until - day) else NEVER


@step
def settle_outcome(plan: Record, world: Record, outcome: Record, path: Record, until: int) -> None:
    """Settle all days before `until`."""
    until = min(until, path.stop)
    while True:
        if path.rings <= path.change:
            if path.rings > until:
                break
            ring_outcome(plan, world, outcome, path, path.rings)
        elif path.change < until:
            day = path.change
            path.left -= path.rate * (day - path.since)
            begin_outcome(plan, outcome, path, day)
        else:
            break


@step
def ring_outcome(plan: Record, world: Record, outcome: Record, path: Record, day: int) -> None:
    """It happens, or a state begins or ends, on this day."""
    family = family_at(world, path.family_at)
    if not outcome.is_state:
        path.times[_HAPPENS] += 1
        note(
            world, path.arm, day, _CHILDREN, _OUTCOME_COUNT, family.source, family.number,
            path.who, NOBODY, outcome.code, 1,
        )  # fmt: skip
    elif path.on < 0:
        path.times[_HAPPENS] += 1
        path.on = day
    else:
        path.times[_ENDS] += 1
        note_days(
            plan, world, path.arm, _OUTCOME_DAYS, path.family_at, path.who, outcome.code,
            path.on, day,
        )  # fmt: skip
        path.on = -1
    wind_outcome(plan, world, outcome, path, day)


@step
def expose_outcome(
    plan: Record, world: Record, outcome: Record, path: Record, day: int, sessions: int,
    last_session: int,
) -> None:  # fmt: skip
    """From `day` on the family has this exposure."""
    settle_outcome(plan, world, outcome, path, day)
    if day < path.stop:
        path.sessions, path.last_session = sessions, last_session
        path.left -= path.rate * (day - path.since)
        begin_outcome(plan, outcome, path, day)


@step
def finish_outcome(plan: Record, world: Record, outcome: Record, path: Record) -> None:
    """Settle everything to the end of follow-up and note the days of a state that holds."""
    settle_outcome(plan, world, outcome, path, path.stop)
    if path.on >= 0:
        note_days(
            plan, world, path.arm, _OUTCOME_DAYS, path.family_at, path.who, outcome.code,
            path.on, path.stop,
        )  # fmt: skip


@step
def rate_of_outcome(
    plan: Record, outcome: Record, sessions: int, last_session: int, day: int
) -> tuple[int, int]:
    """The rate of happening on this day, and for how many days it holds."""
    if not outcome.feels_effect:
        return whole_at(plan, outcome.happens_at).value, NEVER
    years, days = years_faded(last_session, day, outcome.most_years)
    row = min(sessions, outcome.most_sessions) * (outcome.most_years + 1)
    return whole_at(plan, outcome.happens_at + row + years).value, days


# The arm without the service (familyflow.outcomes.without)


@step
def screened(plan: Record, world: Record, f: int, referral: int) -> int:
    """What screening decides at this referral: 0 accepted, 1 signposted, 2 passed up."""
    drawn = uniform(world, family_at(world, f).word, _SCREENING, referral)
    return choice(plan, drawn, plan.screening)


@step
def would_be_passed_up(plan: Record, world: Record, f: int, referral: int) -> bool:
    """Whether a family that screening passes up would have gone to social care without it."""
    drawn = uniform(world, family_at(world, f).word, _PASSED_UP_ANYWAY, referral)
    return drawn < plan.passed_up_anyway


@step
def follow_without(plan: Record, world: Record) -> None:
    """Every step of a child in the arm without: what the other arm has too is not known yet."""
    path = own_path_at(world, 0)
    for f in range(world.families):
        family = family_at(world, f)
        passed_up = is_passed_up_without(plan, world, f)
        journey_at(world, f).passed_up_without = int(passed_up)
        for c in range(family.first_child, family.first_child + family.children):
            followed = followed_at(world, c)
            followed.steps_at = followed.seen = followed.steps_end = world.steps
            followed.level = family.level
            followed.entered_care[_WITHOUT] = followed.entered_care[_WITH] = -1
            if not child_at(world, c).in_scope:
                continue
            start_path(plan, world, path, f, c, _WITHOUT)
            path.tells = 0
            if passed_up and path.level < CHILD_IN_NEED:
                force(plan, world, path, family.referred, CHILD_IN_NEED)
            finish_path(plan, world, path)
            followed.steps_end = world.steps
        if world.error != NO_ERROR:
            return


@step
def is_passed_up_without(plan: Record, world: Record, f: int) -> bool:
    """Whether the family goes to social care on its referral in the arm without."""
    return screened(plan, world, f, 0) == 2 and would_be_passed_up(plan, world, f, 0)


@step
def tell_without(plan: Record, world: Record, f: int, touched: int) -> None:
    """The rows of a family's need in the arm without; of both, if the service never touched it."""
    family = family_at(world, f)
    if family.usual_support:
        world.in_both = int(not plan.has_service)
        note(
            world, _WITHOUT, family.referred, _REFERRALS, _USUAL_SUPPORT, family.source,
            family.number, NOBODY, NOBODY, NOBODY, 1,
        )  # fmt: skip
    world.in_both = int(not touched)
    if journey_at(world, f).passed_up_without:
        note(
            world, _WITHOUT, family.referred, _REFERRALS, _REFERRED_UP_AT_SCREENING,
            family.source, family.number, NOBODY, NOBODY, NOBODY, 1,
        )  # fmt: skip
    for c in range(family.first_child, family.first_child + family.children):
        if child_at(world, c).in_scope:
            tell_child(plan, world, f, c)
    world.in_both = 0


@step
def tell_child(plan: Record, world: Record, f: int, c: int) -> None:
    """The rows of a child's steps in the arm without, and of the days between them."""
    family, child, followed = family_at(world, f), child_at(world, c), followed_at(world, c)
    entered, level, in_care = family.referred, family.level, 0
    for place in range(followed.steps_at, followed.steps_end):
        found = step_at(world, place)
        in_care = tell_step(
            plan, world, _WITHOUT, f, c, in_care, entered, level, found.day, found.to_level
        )
        entered, level = found.day, found.to_level
    stop = followed_until(plan, family.referred, child.age_days)
    note_days(plan, world, _WITHOUT, _CHILD_DAYS, f, child.number, level, entered, stop)


# The calendar: a list of who is due for each day and phase
#
# Every day is visited, so a list for each day and phase gives the order of a heap without sorting.
# A thing (family, post, programme, activity or group) is due at one moment at most. Within a phase
# no row depends on the order; where one is needed (groups, allocation) it is by key.


@step
def due(world: Record, node: int, day: int, phase: int) -> None:
    """This thing is next due in this phase of this day; it must lie ahead."""
    forget(world, node)
    moment = day * _PHASES + phase
    if moment <= world.moment or moment >= world.moments:
        fail(world, OUT_OF_ORDER, day, phase)
        return
    thing, after = thing_at(world, node), moment_at(world, moment).first
    thing.moment, thing.before, thing.after = moment, -1, after
    if after >= 0:
        thing_at(world, after).before = node
    moment_at(world, moment).first = node


@step
def forget(world: Record, node: int) -> None:
    """This thing is not due any more."""
    thing = thing_at(world, node)
    moment, before, after = thing.moment, thing.before, thing.after
    if moment < 0:
        return
    if before >= 0:
        thing_at(world, before).after = after
    else:
        moment_at(world, moment).first = after
    if after >= 0:
        thing_at(world, after).before = before
    thing.moment = -1


@step
def ask_desk(plan: Record, world: Record, day: int) -> None:
    """Look through the waiting list in ALLOCATION of that day."""
    if day < plan.last_day:
        asked_at(world, day).value = 1


# Who the families are (familyflow.families)


@kernel
def make_families(plans: Any, worlds: Any) -> None:
    """Draw every family referred in this draw, with its children."""
    plan, world = plans[0], worlds[0]
    world.error = NO_ERROR
    world.families = world.children = 0
    for s in range(plan.sources):
        source = source_at(plan, s)
        world.first_of_source[source.code] = world.families
        if source.is_listed:
            for place in range(source.numbers[0], source.numbers[1]):
                family_of(plan, world, s, place - source.numbers[0], whole_at(plan, place).value)
        else:
            refer_by_rate(plan, world, s)
        if world.error != NO_ERROR:
            return


@step
def refer_by_rate(plan: Record, world: Record, s: int) -> None:
    """Families of a source with a rate: the cumulative rate is inverted over exponential gaps."""
    source = source_at(plan, s)
    start, stop = source.numbers[0], source.numbers[1]
    spent, number, place = 0, 0, start
    while True:
        entity = (FAMILY << 29) | (source.code << 25) | (number << 4)
        spent += threshold_of(world, entity, _GAP, 0)
        if spent > whole_at(plan, stop - 1).value or world.error != NO_ERROR:
            return
        while (
            whole_at(plan, place).value < spent
        ):  # within the day whose end is the first to have spent it
            place += 1
        family_of(plan, world, s, number, place - start - 1)
        number += 1


@step
def family_of(plan: Record, world: Record, s: int, number: int, day: int) -> None:
    """Draw family `number` of a source, referred on `day`."""
    code = source_at(plan, s).code
    if number >= 1 << 21:
        fail(world, NO_ENTITY, code, number)
    if world.families >= world.families_room:
        fail(world, TOO_SMALL, FAMILIES, 0)
    if world.error != NO_ERROR:
        return
    family = family_at(world, world.families)
    word = (FAMILY << 29) | (code << 25) | (number << 4)
    family.source, family.number, family.word, family.referred = code, number, word, day
    family.key = (code << 21) | number
    year = max(0, (day - plan.first_day) // DAYS_IN_YEAR)
    children_of(plan, world, family)
    needs = choice(plan, uniform(world, word, _NEEDS, 0), plan.needs)
    family.needs = whole_at(plan, plan.needs_masks[0] + needs).value
    family.leading_need = whole_at(plan, plan.needs_leading[0] + needs).value
    family.level = choice(plan, uniform(world, word, _LEVEL_ON_ARRIVAL, 0), plan.level)
    family.complexity = complexity(plan, family.needs, family.level, year)
    family.frailty = frailty(uniform(world, word, _FRAILTY, 0), plan.frailty_sd)
    family.weekday = choice(plan, uniform(world, word, _WEEKDAY, 0), plan.weekdays)
    start, stop = plan.minutes_per_week[0], plan.minutes_per_week[1]
    place = math.floor(uniform(world, word, _HOURS_PER_WEEK, 0) * (stop - start))
    family.session_minutes = int(real_at(plan, start + place).value)
    minority = by_year(plan, plan.minority_ethnic, year)
    interpreters = by_year(plan, plan.interpreter, year)
    family.minority_ethnic = int(uniform(world, word, _ETHNIC_GROUP, 0) < minority)
    drawn = uniform(world, word, _NEEDS_INTERPRETER, 0)
    family.interpreter = int(family.minority_ethnic and drawn * minority < interpreters)
    drawn = uniform(world, word, _HAS_USUAL_SUPPORT, 0)
    family.usual_support = int(drawn < plan.usual_support)
    clock = days_until(threshold_of(world, word, _MOVES_AWAY, 0), plan.moves_away)
    family.moves_on = day + clock
    family.risk_indicators = at_entry(plan, _RISK, uniform(world, word, _RISK_DRAWN, 0))
    family.wellbeing = at_entry(plan, _WELLBEING, uniform(world, word, _WELLBEING_DRAWN, 0))
    world.families += 1


@step
def children_of(plan: Record, world: Record, family: Record) -> None:
    """Draw the children of a family."""
    count = 1 + choice(plan, uniform(world, family.word, _NUMBER_OF_CHILDREN, 0), plan.children)
    family.first_child, family.children, family.in_scope = world.children, count, 0
    if count > 16:
        fail(world, NO_ENTITY, family.source, family.number)
        return
    if world.children + count > world.children_room:
        fail(world, TOO_SMALL, CHILDREN, 0)
        return
    years = plan.oldest_years + 1 - plan.youngest_years
    for number in range(count):
        child = child_at(world, world.children + number)
        word = (CHILD << 29) | (family.source << 25) | (family.number << 4) | number
        child.number, child.word = number, word
        outside = uniform(world, word, _CHILD_OUTSIDE, 0)
        child.in_scope = int(number == 0 or outside >= plan.outside_age_range)
        age = uniform(world, word, _AGE_OF_CHILD, 0)
        child.age_days = math.floor(age * years * DAYS_IN_YEAR)
        child.age_days += plan.youngest_years * DAYS_IN_YEAR
        drawn = uniform(world, word, _DIFFICULTIES_DRAWN, 0)
        child.difficulties = at_entry(plan, _DIFFICULTIES, drawn)
        family.in_scope += child.in_scope
    world.children += count


@step
def at_entry(plan: Record, scale: int, uniform: float) -> int:
    """A score at entry."""
    of = scale_at(plan, scale)
    return score(uniform, of.mean, of.sd, of.lowest, of.highest)


@step
def complexity(plan: Record, needs: int, level: int, year: int) -> float:
    """What multiplies the hours of a family."""
    further = (needs & 1) + (needs >> 1 & 1) + (needs >> 2 & 1) - 1
    by_need = plan.complexity_per_need * further
    base = 1.0 + by_need + plan.complexity_by_level[level]
    years = year - plan.complexity_year
    return base / plan.complexity_mean * (1.0 + plan.complexity_per_year * years)


@step
def frailty(uniform: float, sd: float) -> float:
    """What multiplies the rates of steps up."""
    return math.exp(sd * inverse_normal(uniform) - sd * sd / 2.0) if sd > 0.0 else 1.0


@step
def by_year(plan: Record, shares: Any, year: int) -> float:
    """The share in this year of the term; the last one holds on."""
    return real_at(plan, shares[0] + min(year, shares[1] - shares[0] - 1)).value


# What the service knows of a family (familyflow.service.record), and its children


@step
def start_journey(plan: Record, world: Record, f: int) -> None:
    """The family has not been referred yet."""
    journey = journey_at(world, f)
    journey.status, journey.touched, journey.passed_up = _AWAY, 0, 0
    journey.referral = journey.referred_on = journey.passed_up_on = journey.ended_on = -1
    journey.has_plan = journey.has_episode = 0
    journey.worker, journey.closed_on, journey.closed_as_planned = -1, -1, 0
    journey.sessions = journey.in_reach = 0
    journey.all_sessions, journey.group_done = 0, 0
    journey.first_session = journey.last_session = -1
    journey.first_exposure = journey.last_exposure = -1
    journey.supported_before = journey.displaced_before = 0
    for number in range(plan.programmes):
        place = place_at(world, f * plan.programmes + number)
        place.serial = place.completed = place.is_waiting = 0


@step
def touch(plan: Record, world: Record, f: int, day: int) -> None:
    """From today on the family fares otherwise than without the service, or may do.

    Up to here its rows are those of the other arm: they are written now, and its children's paths
    go on from where they stand.
    """
    family, journey = family_at(world, f), journey_at(world, f)
    if journey.touched:
        return
    journey.touched = 1
    for c in range(family.first_child, family.first_child + family.children):
        if child_at(world, c).in_scope:
            start_path(plan, world, path_at(world, c), f, c, _WITH)
            settle(plan, world, path_at(world, c), day)
            path_at(world, c).escalated = 0


@step
def see_children(plan: Record, world: Record, f: int, day: int) -> bool:
    """Settle the children's levels up to today: whether one stepped to a statutory level since."""
    family, journey = family_at(world, f), journey_at(world, f)
    escalated = False
    for c in range(family.first_child, family.first_child + family.children):
        if not child_at(world, c).in_scope:
            continue
        if journey.touched:
            path = path_at(world, c)
            settle(plan, world, path, day)
            escalated = escalated or path.escalated != 0
            path.escalated = 0
            continue
        followed = followed_at(world, c)
        while followed.seen < followed.steps_end and step_at(world, followed.seen).day <= day:
            found = step_at(world, followed.seen)
            escalated = escalated or found.from_level < CHILD_IN_NEED <= found.to_level
            followed.level = found.to_level
            followed.seen += 1
    return escalated


@step
def highest_level(plan: Record, world: Record, f: int, day: int) -> int:
    """The highest level among the children followed today, today's steps included."""
    family, journey = family_at(world, f), journey_at(world, f)
    highest = UNIVERSAL
    for c in range(family.first_child, family.first_child + family.children):
        child = child_at(world, c)
        if not child.in_scope:
            continue
        if journey.touched:
            path = path_at(world, c)
            settle(plan, world, path, day)
            level = path.level
        else:
            followed = followed_at(world, c)
            level, place = followed.level, followed.seen
            while place < followed.steps_end and step_at(world, place).day <= day:
                level = step_at(world, place).to_level
                place += 1
        if level > highest and day < followed_until(plan, family.referred, child.age_days):
            highest = level
    return highest


@step
def next_step_of_family(plan: Record, world: Record, f: int, day: int, limit: int) -> int:
    """The first day after today, up to `limit`, on which a child steps; NEVER if none does."""
    family, journey = family_at(world, f), journey_at(world, f)
    first = NEVER
    for c in range(family.first_child, family.first_child + family.children):
        if not child_at(world, c).in_scope:
            continue
        if journey.touched:
            found = next_step(plan, world, path_at(world, c), limit)
        else:
            followed = followed_at(world, c)
            place, found = followed.seen, NEVER
            while place < followed.steps_end and step_at(world, place).day <= day:
                place += 1
            if place < followed.steps_end and step_at(world, place).day <= limit:
                found = step_at(world, place).day
        if found < first:
            first = limit = found
    return first


@step
def expose(plan: Record, world: Record, f: int, day: int) -> None:
    """From today on the family's outcomes depend on what it has had of the service by now."""
    family, journey = family_at(world, f), journey_at(world, f)
    touch(plan, world, f, day)
    for c in range(family.first_child, family.first_child + family.children):
        if child_at(world, c).in_scope:
            expose_path(
                plan, world, path_at(world, c), day, journey.all_sessions, journey.first_session,
                journey.last_session, journey.group_done,
            )  # fmt: skip
    if world.exposures >= world.exposures_room:
        fail(world, TOO_SMALL, EXPOSURES, 0)
        return
    new = exposure_at(world, world.exposures)
    new.day, new.sessions, new.last_session = day, journey.all_sessions, journey.last_session
    new.first_session, new.group_done, new.next = journey.first_session, journey.group_done, -1
    if journey.first_exposure < 0:
        journey.first_exposure = world.exposures
    else:
        exposure_at(world, journey.last_exposure).next = world.exposures
    journey.last_exposure = world.exposures
    world.exposures += 1


@step
def pass_up(plan: Record, world: Record, f: int, day: int) -> None:
    """Screening passes the family up: children below child in need step to it today."""
    family = family_at(world, f)
    touch(plan, world, f, day)
    journey_at(world, f).passed_up_on = day
    for c in range(family.first_child, family.first_child + family.children):
        if child_at(world, c).in_scope:
            path = path_at(world, c)
            settle(plan, world, path, day)
            if path.level < CHILD_IN_NEED:
                force(plan, world, path, day, CHILD_IN_NEED)
    note_of_family(world, f, day, _REFERRALS, _REFERRED_UP_AT_SCREENING, NOBODY, NOBODY, 1)


@step
def finish_family(plan: Record, world: Record, f: int) -> None:
    """Follow the family to the end; as in the other arm where the service never touched it."""
    family, touched = family_at(world, f), journey_at(world, f).touched
    tell_without(plan, world, f, touched)
    for c in range(family.first_child, family.first_child + family.children):
        if not touched:
            followed_at(world, c).entered_care[_WITH] = followed_at(world, c).entered_care[_WITHOUT]
        elif child_at(world, c).in_scope:
            finish_path(plan, world, path_at(world, c))
    follow_outcomes(plan, world, f)


# The journey (familyflow.service.journey, screening, waiting_list, returning)


@step
def family_uniform(world: Record, f: int, decision: int) -> float:
    """The luck of a decision in the present referral of the family."""
    return uniform(world, family_at(world, f).word, decision, journey_at(world, f).referral)


@step
def family_is_due(plan: Record, world: Record, f: int, day: int, phase: int) -> None:
    """Something happens to the family in this phase of today."""
    journey = journey_at(world, f)
    if journey.status == _AWAY:
        refer(plan, world, f, day)
    elif journey.status == _WAITS:
        if phase == _CHILDREN:
            see_children(plan, world, f, day)
            journey.level = highest_level(plan, world, f, day)
            ask_desk(plan, world, day)
            wait_on(plan, world, f, day)
        elif phase == _ENDINGS:
            stop_waiting(plan, world, f, day, phase, _LEFT_LIST, _HAS_LEFT)
        else:
            stop_waiting(plan, world, f, day, phase, _GAVE_UP_WAITING, _HAS_GIVEN_UP)
    elif journey.status == _WORKS:
        if phase == _CHILDREN:
            notice_referral_up(plan, world, f, day)
        else:
            settle_the_day(plan, world, f, day)
        if journey.status == _WORKS:
            work_on(plan, world, f, day)


@step
def stir(plan: Record, world: Record, f: int, day: int) -> None:
    """Something has changed for the family: see again when it is due."""
    if journey_at(world, f).status == _WAITS:
        wait_on(plan, world, f, day)
    elif journey_at(world, f).status == _WORKS:
        work_on(plan, world, f, day)


@step
def refer(plan: Record, world: Record, f: int, day: int) -> None:
    """The family is referred today and screened."""
    family, journey = family_at(world, f), journey_at(world, f)
    journey.referral += 1
    journey.referred_on, journey.has_plan = day, 0
    first = journey.referral == 0
    note_of_family(world, f, day, _REFERRALS, _REFERRED, NOBODY, NOBODY, 1)
    if not first:
        note_of_family(world, f, day, _REFERRALS, _RETURNED, NOBODY, NOBODY, 1)
    elif family.usual_support:
        note_of_family(world, f, day, _REFERRALS, _USUAL_SUPPORT, NOBODY, NOBODY, 1)
    decided = screened(plan, world, f, journey.referral)
    if decided == 0:
        note_of_family(world, f, day, _REFERRALS, _ACCEPTED, NOBODY, NOBODY, 1)
        join_list(plan, world, f, day)
        return
    if decided == 1:
        note_of_family(world, f, day, _REFERRALS, _SIGNPOSTED, NOBODY, NOBODY, 1)
    else:
        note_of_family(world, f, day, _REFERRALS, _PASSED_UP, NOBODY, NOBODY, 1)
        journey.passed_up = 1
        # a return is the doing of the service: one that would have been passed up without it is
        # in neither arm
        if first or not would_be_passed_up(plan, world, f, journey.referral):
            pass_up(plan, world, f, day)
    come_back(plan, world, f, day)


@step
def join_list(plan: Record, world: Record, f: int, day: int) -> None:
    """An accepted family begins to wait."""
    journey = journey_at(world, f)
    patience = length_at(spread_at(plan, _OF_PATIENCE), family_uniform(world, f, _PATIENCE))
    journey.gives_up = day + whole_days(patience)
    see_children(plan, world, f, day)
    journey.level = highest_level(plan, world, f, day)
    journey.status = _WAITS
    waiting_at(world, world.waiting).value = f
    world.waiting += 1
    ask_desk(plan, world, day)
    ask_desk(plan, world, day + plan.widen_after_days)
    ask_desk(plan, world, day + plan.hold_after_days)
    wait_on(plan, world, f, day)


@step
def wait_on(plan: Record, world: Record, f: int, day: int) -> None:
    """When is a waiting family due: a child steps, patience runs out, or it leaves the list."""
    journey = journey_at(world, f)
    leaves = min(family_at(world, f).moves_on, plan.last_day)
    until, phase = journey.gives_up, _GIVING_UP
    if leaves <= journey.gives_up:
        until, phase = leaves, _ENDINGS
    steps = next_step_of_family(plan, world, f, day, until)
    if steps < NEVER:
        until, phase = steps, _CHILDREN
    due(world, f, until, phase)


@step
def stop_waiting(
    plan: Record, world: Record, f: int, day: int, phase: int, event: int, how: int
) -> None:
    """The family leaves the list without a key worker."""
    note_of_family(world, f, day, phase, event, NOBODY, NOBODY, 1)
    end_wait(world, f, day, phase, how)
    ask_desk(plan, world, day)  # key workers may have been kept for this family
    come_back(plan, world, f, day)


@step
def end_wait(world: Record, f: int, day: int, phase: int, how: int) -> None:
    """The family leaves the list, and the days that it waited are noted."""
    world.waiting = without(world.waiting_address, world.waiting, f)
    waited = day - journey_at(world, f).referred_on
    note_of_family(world, f, day, phase, _WAITED, NOBODY, how, waited)
    if day >= world.first_day and family_at(world, f).source < CARRIED_OVER:
        if world.waits >= world.rows_room:
            fail(world, TOO_SMALL, ROWS, 0)
            return
        wait = wait_at(world, world.waits)
        wait.days, wait.how = waited, how
        world.waits += 1


@step
def without(listed: int, count: int, f: int) -> int:
    """Take `f` from the list at this address, if it is there, keeping the order; the new count."""
    for place in range(count):
        if listed_at(listed, place).value == f:
            for k in range(place, count - 1):
                listed_at(listed, k).value = listed_at(listed, k + 1).value
            return count - 1
    return count


@step
def come_back(plan: Record, world: Record, f: int, day: int) -> None:
    """Decide today, as this referral ends, whether and when the family is referred again."""
    family, journey = family_at(world, f), journey_at(world, f)
    journey.status, journey.ended_on = _GONE, day
    if journey.passed_up or family_uniform(world, f, _RETURNS) >= plan.return_chance:
        return
    length = length_at(spread_at(plan, _OF_RETURN), family_uniform(world, f, _UNTIL_RETURN))
    back = day + whole_days(length)
    if back < min(family.moves_on, plan.last_day) and has_child_of_age(plan, world, f, back):
        journey.status = _AWAY
        due(world, f, back, _REFERRALS)


@step
def has_child_of_age(plan: Record, world: Record, f: int, day: int) -> bool:
    """Whether a child is still within the ages of the service."""
    family = family_at(world, f)
    too_old = (plan.oldest_years + 1) * DAYS_IN_YEAR
    since = day - family.referred
    for c in range(family.first_child, family.first_child + family.children):
        if child_at(world, c).in_scope and child_at(world, c).age_days + since < too_old:
            return True
    return False


@step
def work_on(plan: Record, world: Record, f: int, day: int) -> None:
    """When something happens in this episode next, if nobody stirs the family before."""
    family, journey = family_at(world, f), journey_at(world, f)
    ends = min(family.moves_on, plan.last_day)
    ends = min(ends, journey.ends_referred_up_on)
    ends = min(ends, min(journey.disengages_on, journey.ended_by_service_on))
    if journey.worker >= 0:
        ends = min(ends, next_weekday(journey.settled, family.weekday))
    elif journey.worker_left_on > journey.settled:
        ends = min(ends, journey.worker_left_on)  # today: the family settles it in ENDINGS
    if not journey.referred_up:
        steps = next_step_of_family(plan, world, f, day, ends)
        if steps < NEVER:
            due(world, f, steps, _CHILDREN)
            return
    due(world, f, ends, _ENDINGS)


@step
def next_weekday(settled: int, weekday: int) -> int:
    """The family's next weekday that is not settled yet."""
    tomorrow = settled + 1
    return tomorrow + (weekday - tomorrow) % DAYS_IN_WEEK


@step
def notice_referral_up(plan: Record, world: Record, f: int, day: int) -> None:
    """The first step of a child to a statutory level in the episode is a referral up."""
    journey = journey_at(world, f)
    if not see_children(plan, world, f, day):
        return
    note_of_family(world, f, day, _CHILDREN, _REFERRED_UP, journey.worker, NOBODY, 1)
    journey.referred_up = 1
    if family_uniform(world, f, _ENDS_REFERRED_UP) < plan.ends_when_referred_up:
        journey.ends_referred_up_on = day


@step
def settle_the_day(plan: Record, world: Record, f: int, day: int) -> None:
    """Today's ending, or the loss of the key worker, or the week's meeting."""
    journey = journey_at(world, f)
    ending = unplanned_ending(plan, world, f, day)
    if ending < 0:
        if journey.worker < 0:
            lost_at(world, world.lost).value = f
            world.lost += 1
            ask_desk(plan, world, day)
        elif work_this_week(plan, world, f, day):
            ending = _CLOSED_PLANNED
    if ending >= 0:
        close(plan, world, f, day, ending)
    journey.settled = day


# How an episode ends (familyflow.service.endings, measures)


@step
def unplanned_ending(plan: Record, world: Record, f: int, day: int) -> int:
    """The ending that counts today, if any but a planned one: the first in this order; else -1."""
    journey = journey_at(world, f)
    if journey.ends_referred_up_on <= day:
        return _CLOSED_REFERRED_UP
    if family_at(world, f).moves_on <= day:
        return _CLOSED_MOVED_AWAY
    if plan.last_day <= day:
        return _CLOSED_TERM_ENDED
    if journey.worker_left_on == day and disengages_on_change(plan, world, f):
        return _CLOSED_DISENGAGED_ON_CHANGE
    if journey.disengages_on <= day:
        return _CLOSED_DISENGAGED
    if journey.ended_by_service_on <= day:
        return _CLOSED_BY_SERVICE
    return -1


@step
def disengages_on_change(plan: Record, world: Record, f: int) -> bool:
    """Whether the family stops engaging because its key worker left."""
    journey = journey_at(world, f)
    change = journey.changes
    journey.changes += 1
    drawn = nth_uniform(
        world, family_at(world, f).word, _ON_CHANGE, journey.episode_referral, change
    )
    return drawn < plan.disengages_on_change


@step
def close(plan: Record, world: Record, f: int, day: int, ending: int) -> None:
    """The episode ends today, and its place is free."""
    journey = journey_at(world, f)
    worker, planned = journey.worker, ending == _CLOSED_PLANNED
    note_of_family(world, f, day, _ENDINGS, ending, worker, NOBODY, 1)
    days = day - journey.allocated_on
    note_of_family(world, f, day, _ENDINGS, _EPISODE_DAYS, NOBODY, NOBODY, days)
    if planned:
        note_measures(plan, world, f, day)
    if worker >= 0:
        worker_at(world, worker).families -= 1
        worker_at(world, worker).minutes_held -= journey.place
    else:
        world.lost = without(world.lost_address, world.lost, f)
    journey.worker, journey.closed_on, journey.closed_as_planned = -1, day, int(planned)
    ask_desk(plan, world, day)
    come_back(plan, world, f, day)


@step
def note_measures(plan: Record, world: Record, f: int, day: int) -> None:
    """Scores of the family, the parent and each child in scope: change, never effect."""
    family, word = family_at(world, f), family_at(world, f).word
    referral = journey_at(world, f).referral
    risk = family.risk_indicators
    drawn = uniform(world, word, _CHANGE_IN_RISK, referral)
    risk_at_exit = at_exit(plan, _RISK, drawn, risk)
    note_of_family(world, f, day, _ENDINGS, _RISK_AT_ENTRY, NOBODY, NOBODY, risk)
    note_of_family(world, f, day, _ENDINGS, _RISK_AT_EXIT, NOBODY, NOBODY, risk_at_exit)
    if risk_at_exit < risk:
        note_of_family(world, f, day, _ENDINGS, _IMPROVED, NOBODY, NOBODY, 1)
    drawn = uniform(world, word, _CHANGE_IN_WELLBEING, referral)
    wellbeing = at_exit(plan, _WELLBEING, drawn, family.wellbeing)
    entry, exit_ = _WELLBEING_AT_ENTRY, _WELLBEING_AT_EXIT
    note_of_family(world, f, day, _ENDINGS, entry, NOBODY, NOBODY, family.wellbeing)
    note_of_family(world, f, day, _ENDINGS, exit_, NOBODY, NOBODY, wellbeing)
    note_of_family(world, f, day, _ENDINGS, _MEASURED_PARENTS, NOBODY, NOBODY, 1)
    for c in range(family.first_child, family.first_child + family.children):
        child = child_at(world, c)
        if child.in_scope:
            drawn = uniform(world, child.word, _CHANGE_IN_DIFFICULTIES, referral)
            difficulties = at_exit(plan, _DIFFICULTIES, drawn, child.difficulties)
            note(
                world, _WITH, day, _ENDINGS, _DIFFICULTIES_AT_ENTRY, family.source, family.number,
                child.number, NOBODY, NOBODY, child.difficulties,
            )  # fmt: skip
            note(
                world, _WITH, day, _ENDINGS, _DIFFICULTIES_AT_EXIT, family.source, family.number,
                child.number, NOBODY, NOBODY, difficulties,
            )  # fmt: skip
    count = family.in_scope
    note_of_family(world, f, day, _ENDINGS, _MEASURED_CHILDREN, NOBODY, NOBODY, count)


@step
def at_exit(plan: Record, scale: int, uniform: float, entry: int) -> int:
    """A score at exit."""
    of = scale_at(plan, scale)
    return score(uniform, entry + of.change, of.sd_of_change, of.lowest, of.highest)


# The plan of a referral and its episode (familyflow.service.episode, opening)


@step
def plan_meetings(plan: Record, world: Record, f: int) -> None:
    """The plan of this referral, drawn when first asked for."""
    family, journey = family_at(world, f), journey_at(world, f)
    if journey.has_plan:
        return
    journey.has_plan = 1
    sessions = weeks_at(plan, _OF_SESSIONS, family_uniform(world, f, _WEEKS_OF_SESSIONS))
    sessions += plan.extra_sessions_by_level[family.level]
    sessions = min(plan.most_sessions, max(plan.fewest_sessions, sessions))
    introductory = family_uniform(world, f, _INTRODUCTORY_WEEKS)
    journey.counts[_INTRODUCTORY] = weeks_at(plan, _OF_INTRODUCTORY, introductory)
    journey.counts[_SESSION] = sessions
    journey.counts[_PARENT_SUPPORT] = 0
    if family_uniform(world, f, _HAS_PARENT_SUPPORT) < plan.parent_support_share:
        drawn = family_uniform(world, f, _WEEKS_OF_PARENT_SUPPORT)
        journey.counts[_PARENT_SUPPORT] = min(
            weeks_at(plan, _OF_PARENT_SUPPORT, drawn), plan.limit_of_parent_support_weeks
        )
    closing = family_uniform(world, f, _CLOSING_WEEKS)
    journey.counts[_CLOSING] = weeks_at(plan, _OF_CLOSING, closing)
    journey.outside_weeks = 0
    needs_it = family.needs >> MENTAL_ILL_HEALTH & 1
    if needs_it and family_uniform(world, f, _OUTSIDE_SUPPORT) < plan.outside_wait_share:
        drawn = family_uniform(world, f, _WEEKS_OF_OUTSIDE_WAIT)
        journey.outside_weeks = weeks_at(plan, _OF_OUTSIDE_WAIT, drawn)
    further = plan.minutes_per_further_child * (family.children - 1)
    journey.minutes[_INTRODUCTORY] = plan.minutes_introductory
    journey.minutes[_SESSION] = family.session_minutes
    journey.minutes[_PARENT_SUPPORT] = plan.minutes_parent_support
    journey.minutes[_CLOSING] = plan.minutes_closing
    journey.steps, journey.place = 0, max(plan.minutes_gap, 0)
    for kind in range(4):
        minutes = (journey.minutes[kind] + further) * family.complexity
        journey.minutes[kind] = math.floor(minutes + 0.5)
        journey.steps += journey.counts[kind]
        if journey.counts[kind] != 0:
            journey.place = max(journey.place, journey.minutes[kind])


@step
def weeks_at(plan: Record, spread: int, uniform: float) -> int:
    """A length in whole weeks."""
    return max(0, math.floor(length_at(spread_at(plan, spread), uniform) + 0.5))


@step
def open_episode(plan: Record, world: Record, f: int, worker: int, day: int) -> None:
    """The family is allocated today; its first meeting is tomorrow or later."""
    family, journey = family_at(world, f), journey_at(world, f)
    drop_lapsed(plan, world, f, day)
    rate = float(plan.disengaging)
    if family.children >= LARGE_FAMILY:
        rate *= plan.disengaging_large_family
    if highest_level(plan, world, f, day) >= CHILD_PROTECTION:
        rate *= plan.disengaging_on_plan
    rate = rate + 0.5
    disengaging = HIGHEST_RATE if rate >= HIGHEST_RATE else int(rate)
    disengages = threshold(family_uniform(world, f, _DISENGAGES))
    ended = threshold(family_uniform(world, f, _ENDED_BY_SERVICE))
    journey.status, journey.has_episode, journey.episode_referral = _WORKS, 1, journey.referral
    journey.allocated_on, journey.worker, journey.settled = day, worker, day
    journey.disengages_on = day + days_until(disengages, disengaging)
    journey.ended_by_service_on = day + days_until(ended, plan.ended_by_service)
    journey.worker_left_on = journey.outside_until = journey.closed_on = -1
    journey.changes = journey.slots = journey.done = journey.started = journey.sessions = 0
    journey.referred_up = journey.closed_as_planned = 0
    journey.ends_referred_up_on = NEVER
    for number in range(plan.activities):
        dates_offered_at(world, f * plan.activities + number).value = 0
    worker_at(world, worker).families += 1
    worker_at(world, worker).minutes_held += journey.place
    can_be_displaced = family.usual_support and not journey.displaced_before
    if can_be_displaced and family_uniform(world, f, _DISPLACED) < plan.usual_support_displaced:
        journey.displaced_before = 1
        note_of_family(world, f, day, _ALLOCATION, _USUAL_SUPPORT_DISPLACED, NOBODY, NOBODY, 1)


@step
def lingers(journey: Record, day: int, linger_days: int) -> bool:
    """Whether groups and activities are open to the family: open, or closed as planned."""
    if not journey.has_episode:
        return False
    if journey.closed_on < 0:
        return True
    return journey.closed_as_planned != 0 and day < journey.closed_on + linger_days


# A week of key work (familyflow.service.key_work)


@step
def work_this_week(plan: Record, world: Record, f: int, day: int) -> bool:
    """On the family's weekday: True when the last step of the plan is done today."""
    journey, weekday = journey_at(world, f), family_at(world, f).weekday
    if day != next_weekday(journey.settled, weekday):
        return False
    absent = worker_at(world, journey.worker).absent != 0
    kind = meeting_due(journey, day)
    offered = kind >= 0 and in_term_at(plan, day).value != 0 and not absent
    held = offered and not misses(plan, world, f, day)
    if held:
        meet(plan, world, f, day, kind)
    elif not absent:
        worker, minutes = journey.worker, plan.minutes_gap
        note_of_family(world, f, day, _ENDINGS, _KEY_WORK, worker, NOBODY, minutes)
    if kind < 0:
        return False
    # sessions and parent support are made up until they are held
    done = kind == _CLOSING or (offered if kind == _INTRODUCTORY else held)
    if not done:
        return False
    journey.done += 1
    return journey.done == journey.steps


@step
def meeting_due(journey: Record, day: int) -> int:
    """What today's meeting is for; -1 in a week of waiting for support from outside."""
    if journey.done == journey.steps:
        return -1  # a plan without meetings: the family disengages or moves
    kind, done = 0, journey.done
    while done >= journey.counts[kind]:
        done -= journey.counts[kind]
        kind += 1
    return -1 if kind > _SESSION and day <= journey.outside_until else kind


@step
def misses(plan: Record, world: Record, f: int, day: int) -> bool:
    """Whether the family misses the meeting that it is offered today."""
    journey = journey_at(world, f)
    slot = journey.slots
    journey.slots += 1
    word, referral = family_at(world, f).word, journey.episode_referral
    missed = nth_uniform(world, word, _MISSES, referral, slot) >= plan.attendance
    if missed:
        note_of_family(world, f, day, _ENDINGS, _MISSED_SESSION, journey.worker, NOBODY, 1)
    return missed


@step
def meet(plan: Record, world: Record, f: int, day: int, kind: int) -> None:
    """The meeting is held."""
    family, journey, worker = family_at(world, f), journey_at(world, f), journey_at(world, f).worker
    if not journey.started:
        journey.started = 1
        note_of_family(world, f, day, _ENDINGS, _STARTED, NOBODY, NOBODY, 1)
        if day >= plan.first_day and family.source < CARRIED_OVER:
            world.started_minority_ethnic += family.minority_ethnic
            world.started_with_interpreter += family.interpreter
        if not journey.supported_before:
            journey.supported_before = 1
            count = family.in_scope
            note_of_family(world, f, day, _ENDINGS, _CHILD_SUPPORTED, NOBODY, NOBODY, count)
    event = _SESSION_HELD
    if kind == _INTRODUCTORY:
        event = _FIRST_MEETING_EVENT
    elif kind == _PARENT_SUPPORT:
        event = _PARENT_MEETING_EVENT
    elif kind == _CLOSING:
        event = _CLOSING_MEETING_EVENT
    note_of_family(world, f, day, _ENDINGS, event, worker, NOBODY, 1)
    note_of_family(world, f, day, _ENDINGS, _KEY_WORK, worker, NOBODY, journey.minutes[kind])
    if family.interpreter:
        minutes = plan.interpreter_minutes
        note_of_family(world, f, day, _ENDINGS, _INTERPRETER, worker, NOBODY, minutes)
    if kind == _SESSION:
        hold_session(plan, world, f, day)


@step
def hold_session(plan: Record, world: Record, f: int, day: int) -> None:
    """A session: play work with each child, and a dose that outcomes feel from today."""
    family, journey = family_at(world, f), journey_at(world, f)
    first = journey.sessions == 0
    journey.sessions += 1
    worker, count = journey.worker, family.in_scope
    note_of_family(world, f, day, _ENDINGS, _PLAY_SESSION, worker, NOBODY, count)
    journey.all_sessions += 1
    journey.last_session = day
    if first:
        journey.first_session = day  # detection counts from the first one of the latest episode
    expose(plan, world, f, day)
    if journey.sessions == journey.counts[_SESSION]:
        journey.outside_until = day + DAYS_IN_WEEK * journey.outside_weeks
    if first:
        open_other_help(plan, world, f, day)


@step
def open_other_help(plan: Record, world: Record, f: int, day: int) -> None:
    """With the first session of an episode come the family's budget, spot purchase and groups."""
    journey = journey_at(world, f)
    if family_uniform(world, f, _TAKES_UP_BUDGET) < plan.family_budget_take_up:
        note_of_family(world, f, day, _ENDINGS, _FAMILY_BUDGET, NOBODY, NOBODY, 1)
    if family_uniform(world, f, _HAS_SPOT_PURCHASE) < plan.spot_purchase_share:
        note_of_family(world, f, day, _ENDINGS, _SPOT_PURCHASE, NOBODY, NOBODY, 1)
    invite(plan, world, f, day)
    if not journey.in_reach:
        journey.in_reach = 1
        in_reach_at(world, world.in_reach).value = f
        world.in_reach += 1


# Allocation (familyflow.service.allocation)


@step
def allocate(plan: Record, world: Record, day: int) -> None:
    """Families in order; one that does not fit is passed over until it has waited enough.

    From then on the key workers able to take it are kept for it: nobody further down may take
    them today.
    """
    offers_end = plan.last_day - plan.stop_offers_days
    for w in range(plan.posts):
        worker_at(world, w).kept = 0
    if not any_place(plan, world):
        return
    put_in_order(world)
    lost, everybody = world.lost, world.lost + world.waiting
    for k in range(lost):
        order_at(world, k).value = lost_at(world, k).value
    for k in range(world.waiting):
        order_at(world, lost + k).value = waiting_at(world, k).value
    for k in range(everybody):
        f = order_at(world, k).value
        waits = k >= lost
        if waits and day >= offers_end:
            break  # those whose key worker left stand before all who wait
        if not any_place(plan, world):
            break  # nobody further down can be taken on today
        waited = day - journey_at(world, f).referred_on
        widened = not waits or waited >= plan.widen_after_days
        plan_meetings(plan, world, f)
        taken_by = best_fit(plan, world, f, widened)
        if taken_by >= 0:
            offer(plan, world, f, taken_by, waits, day)
        elif not waits or waited >= plan.hold_after_days:
            for w in range(plan.posts):
                if is_able(plan, world, f, w, widened):
                    worker_at(world, w).kept = 1


@step
def put_in_order(world: Record) -> None:
    """Those whose key worker left, by that day; those who wait, by level of need and referral."""
    for k in range(world.lost):
        f = lost_at(world, k).value
        journey, family = journey_at(world, f), family_at(world, f)
        journey.sort_key = (journey.worker_left_on << _KEY_BITS) | family.key
    for k in range(world.waiting):
        f = waiting_at(world, k).value
        journey, family = journey_at(world, f), family_at(world, f)
        level = (_LEVELS - journey.level) << 32
        journey.sort_key = ((level | journey.referred_on) << _KEY_BITS) | family.key
    sort_by_key(world, world.lost_address, world.lost)
    sort_by_key(world, world.waiting_address, world.waiting)


@step
def sort_by_key(world: Record, listed: int, count: int) -> None:
    """Insertion sort of the list at this address: it is almost in order from the day before."""
    for k in range(1, count):
        f, place = listed_at(listed, k).value, k
        key = journey_at(world, f).sort_key
        while place > 0:
            previous = listed_at(listed, place - 1).value
            if journey_at(world, previous).sort_key <= key:
                break
            listed_at(listed, place).value = previous
            place -= 1
        listed_at(listed, place).value = f


@step
def is_free(worker: Record) -> bool:
    """Present and not absent: families can meet this key worker today."""
    return worker.filled != 0 and worker.absent == 0


@step
def has_place(plan: Record, world: Record, w: int, minutes: int) -> bool:
    """Whether a family that takes so many minutes a week fits in."""
    worker = worker_at(world, w)
    fits = worker.minutes_held + minutes <= worker.minutes
    return fits and worker.families < post_at(plan, w).cap


@step
def any_place(plan: Record, world: Record) -> bool:
    """Whether any key worker who is free and not kept has a place at all."""
    for w in range(plan.posts):
        worker = worker_at(world, w)
        if is_free(worker) and not worker.kept and has_place(plan, world, w, 0):
            return True
    return False


@step
def match(plan: Record, world: Record, f: int, w: int) -> int:
    """2: the family's leading need; 1: whole-family, or another of its needs; 0: neither."""
    specialism, family = post_at(plan, w).specialism, family_at(world, f)
    if specialism == WHOLE_FAMILY:
        return 1
    if specialism == family.leading_need:
        return 2
    return family.needs >> specialism & 1


@step
def is_able(plan: Record, world: Record, f: int, w: int, widened: bool) -> bool:
    """Whether a key worker may take the family on, were there a place."""
    return is_free(worker_at(world, w)) and (widened or match(plan, world, f, w) >= 1)


@step
def best_fit(plan: Record, world: Record, f: int, widened: bool) -> int:
    """The best match first, then the least loaded for the hours there are, then by number."""
    best, best_match, least = -1, -1, 0
    for w in range(plan.posts):
        worker = worker_at(world, w)
        if worker.kept or not has_place(plan, world, w, journey_at(world, f).place):
            continue  # asked first: most are full on most days
        if not is_able(plan, world, f, w, widened):
            continue
        matches = match(plan, world, f, w)
        load = worker.minutes_held * _WHOLE_LOAD // max(1, worker.minutes)
        if matches > best_match or (matches == best_match and load < least):
            best, best_match, least = w, matches, load
    return best


@step
def offer(plan: Record, world: Record, f: int, w: int, waits: bool, day: int) -> None:
    """The family is offered this key worker."""
    journey = journey_at(world, f)
    if not waits:
        world.lost = without(world.lost_address, world.lost, f)
        worker_at(world, w).families += 1
        worker_at(world, w).minutes_held += journey.place
        journey.worker, journey.settled = w, day
        note_of_family(world, f, day, _ALLOCATION, _RE_ALLOCATED, w, NOBODY, 1)
        work_on(plan, world, f, day)
    elif family_uniform(world, f, _DECLINES) < plan.declines:
        note_of_family(world, f, day, _ALLOCATION, _DECLINED, NOBODY, NOBODY, 1)
        end_wait(world, f, day, _ALLOCATION, _HAS_DECLINED)
        forget(world, f)
        come_back(plan, world, f, day)
    else:
        note_of_family(world, f, day, _ALLOCATION, _ALLOCATED, w, NOBODY, 1)
        end_wait(world, f, day, _ALLOCATION, _IS_ALLOCATED)
        open_episode(plan, world, f, w, day)
        work_on(plan, world, f, day)


# The team (familyflow.service.team, post_days)


@step
def post_uniform(world: Record, w: int, decision: int, occurrence: int) -> float:
    """The luck of a post."""
    return uniform(world, (POST << 29) | (w << 4), decision, occurrence)


@step
def absence_uniform(world: Record, w: int, decision: int) -> float:
    """The luck of the present absence of the person in a post."""
    worker = worker_at(world, w)
    entity = (POST << 29) | (w << 4)
    return nth_uniform(world, entity, decision, worker.person, worker.absences)


@step
def change_worker(
    plan: Record, world: Record, w: int, day: int, filled: int, absent: int, minutes: int
) -> None:
    """Today the post is filled or not, and its key worker here or not."""
    settle_post(plan, world, w, day)
    worker = worker_at(world, w)
    worker.filled, worker.absent, worker.minutes = filled, absent, minutes
    ask_desk(plan, world, day)


@step
def settle_post(plan: Record, world: Record, w: int, day: int) -> None:
    """Count the days before `day` as the post was on them: post_days is [post, year, sum]."""
    worker, post, first_day = worker_at(world, w), post_at(plan, w), plan.first_day
    start = worker.since
    while start < day:
        stop = end_of_interval(start, day, end_of_year(start, first_day), 0)
        year = (start - first_day) // DAYS_IN_YEAR - (-first_day) // DAYS_IN_YEAR
        sums = post_year_at(world, w * world.years + year)
        if worker.filled:
            sums.filled += post.fte_thousandths * (stop - start)
        else:
            sums.vacant += post.fte_thousandths * (stop - start)
        if is_free(worker):
            sums.minutes += worker.minutes * (stop - start)
            sums.places += post.cap * (stop - start)
        start = stop
    worker.since = max(worker.since, day)


@step
def fill_post(plan: Record, world: Record, w: int, node: int, person: int, day: int) -> None:
    """A person starts in the post today."""
    worker, post = worker_at(world, w), post_at(plan, w)
    tenure = threshold(post_uniform(world, w, _TENURE, person))
    worker.person, worker.absences = person, 0
    worker.leaves = day + days_until(tenure, plan.leaving)
    worker.inducted, worker.full_minutes = NEVER, post.weekly_minutes
    # the first people are recruited and inducted before the term
    if person > 0 and plan.induction_days != 0:
        worker.inducted, worker.full_minutes = day + plan.induction_days, post.induction_minutes
    change_worker(plan, world, w, day, 1, 0, worker.full_minutes)
    fall_ill(plan, world, w, day)
    next_change(plan, world, w, node)


@step
def fall_ill(plan: Record, world: Record, w: int, day: int) -> None:
    """Draw when the person is next absent."""
    worker = worker_at(world, w)
    drawn = threshold(absence_uniform(world, w, _ABSENCE))
    worker.ill, worker.back = day + days_until(drawn, plan.falls_ill), NEVER


@step
def next_change(plan: Record, world: Record, w: int, node: int) -> None:
    """When is the post due: somebody leaves, is inducted, falls ill or comes back."""
    worker = worker_at(world, w)
    day = min(min(worker.leaves, worker.inducted), min(worker.ill, worker.back))
    if day < plan.last_day:
        due(world, node, day, _POSTS)


@step
def post_is_due(plan: Record, world: Record, w: int, node: int, day: int) -> None:
    """Something happens in a post today."""
    worker = worker_at(world, w)
    if not worker.filled:
        note_of_service(world, day, _POSTS, _RECRUITED, w, NOBODY, 1)
        if worker.person + 1 >= MOST_PEOPLE:
            fail(world, TOO_MANY_PEOPLE, w, 0)
            return
        fill_post(plan, world, w, node, worker.person + 1, day)
        return
    if day == worker.leaves:
        leave_post(plan, world, w, node, day)
        return
    if day == worker.inducted:
        worker.full_minutes, worker.inducted = post_at(plan, w).weekly_minutes, NEVER
    if day == worker.ill:
        drawn = absence_uniform(world, w, _LENGTH_OF_ABSENCE)
        days = whole_days(length_at(spread_at(plan, _OF_ABSENCE), drawn))
        worker.ill, worker.back = NEVER, day + days
        lost = min(worker.back, min(worker.leaves, plan.last_day)) - day
        note_of_service(world, day, _POSTS, _ABSENT, w, NOBODY, lost)
    elif day == worker.back:
        worker.absences += 1
        fall_ill(plan, world, w, day)
    absent = int(worker.back != NEVER)
    change_worker(plan, world, w, day, 1, absent, worker.full_minutes)
    next_change(plan, world, w, node)


@step
def leave_post(plan: Record, world: Record, w: int, node: int, day: int) -> None:
    """The person leaves, and the families lose their key worker; each settles it in ENDINGS."""
    worker = worker_at(world, w)
    note_of_service(world, day, _POSTS, _LEFT_POST, w, NOBODY, 1)
    worker.families = worker.minutes_held = 0
    change_worker(plan, world, w, day, 0, 0, 0)
    for f in range(world.families):
        journey = journey_at(world, f)
        if journey.status == _WORKS and journey.worker == w:
            journey.worker, journey.worker_left_on = -1, day
            work_on(plan, world, f, day)
    vacancy = length_at(
        spread_at(plan, _OF_VACANCY), post_uniform(world, w, _VACANCY, worker.person)
    )
    starts = day + whole_days(vacancy)
    if plan.refills and starts < plan.last_day:
        due(world, node, starts, _POSTS)


@step
def note_posts(plan: Record, world: Record) -> None:
    """The days of the service and of every post, by year."""
    start = 0
    while start < plan.last_day:
        stop = end_of_interval(start, plan.last_day, end_of_year(start, plan.first_day), 0)
        note_of_service(world, start, _CALENDAR, _SERVICE_RUNS, NOBODY, NOBODY, stop - start)
        start = stop
    before = -plan.first_day // DAYS_IN_YEAR
    for w in range(plan.posts):
        settle_post(plan, world, w, plan.last_day)
        for year in range(world.years):
            sums = post_year_at(world, w * world.years + year)
            day = max(0, plan.first_day + (year + before) * DAYS_IN_YEAR)
            # a day is a seventh of a week's minutes
            note_sum(world, day, _POST_FILLED, w, sums.filled)
            note_sum(world, day, _POST_VACANT, w, sums.vacant)
            note_sum(world, day, _HOURS_AVAILABLE, w, sums.minutes // DAYS_IN_WEEK)
            note_sum(world, day, _PLACES_AVAILABLE, w, sums.places)


@step
def note_sum(world: Record, day: int, event: int, w: int, quantity: int) -> None:
    """A line of a post, where there is anything to note."""
    if quantity != 0:
        note_of_service(world, day, _CALENDAR, event, w, NOBODY, quantity)


# Groups and activities (familyflow.service.group_work, activities)


@step
def invite(plan: Record, world: Record, f: int, day: int) -> None:
    """Invite the family to each programme for its needs that it has no part in yet."""
    family, journey = family_at(world, f), journey_at(world, f)
    for number in range(plan.programmes):
        programme, place = programme_at(plan, number), place_at(world, f * plan.programmes + number)
        is_for_it = programme.need == WHOLE_FAMILY or (family.needs >> programme.need) & 1
        if not is_for_it or place.serial != 0 or place.completed:
            continue
        note_of_family(world, f, day, _ENDINGS, _GROUP_INVITED, NOBODY, number, 1)
        if family_uniform(world, f, _ACCEPTS_PROGRAMME + number) < programme.accepts:
            note_of_family(world, f, day, _ENDINGS, _GROUP_ACCEPTED, NOBODY, number, 1)
            world.serial += 1
            place.serial, place.referral, place.accepted_on = world.serial, journey.referral, day
            place.is_waiting = 1
            count = accepted_count_at(world, number).value
            accepted_at(world, number * world.families_room + count).value = f
            accepted_count_at(world, number).value = count + 1


@step
def drop_lapsed(plan: Record, world: Record, f: int, day: int) -> None:
    """Take from the family the places in groups that it no longer keeps."""
    for number in range(plan.programmes):
        place = place_at(world, f * plan.programmes + number)
        if place.serial == 0:
            continue
        if not lingers(journey_at(world, f), day, programme_at(plan, number).linger_days):
            place.serial = 0
            stop_waiting_for_group(plan, world, f, number)


@step
def stop_waiting_for_group(plan: Record, world: Record, f: int, number: int) -> None:
    """The family does not wait for a group of this programme any more."""
    if place_at(world, f * plan.programmes + number).is_waiting:
        place_at(world, f * plan.programmes + number).is_waiting = 0
        listed = world.accepted_address + number * world.families_room * _BYTES
        count = accepted_count_at(world, number).value
        accepted_count_at(world, number).value = without(listed, count, f)


@step
def programme_is_due(plan: Record, world: Record, number: int, node: int, day: int) -> None:
    """A start day: a group starts, if there are families for it and time to finish."""
    programme = programme_at(plan, number)
    start = day_of_meeting(plan, day)
    members = 0
    if can_finish(plan, programme.meetings, day):
        members = gather(plan, world, number, day)
    if members > 0:
        note_of_service(world, day, _GROUPS, _GROUP_STARTED, NOBODY, number, 1)
        start_group(plan, world, number, members, start, day)
    else:
        note_of_service(world, day, _GROUPS, _GROUP_NOT_RUN, NOBODY, number, 1)
    next_date(plan, world, node, programme.days)


@step
def next_date(plan: Record, world: Record, node: int, days: Any) -> None:
    """When is a programme or an activity next due, on its next date. days: a stretch of dates."""
    thing = thing_at(world, node)
    place = days[0] + thing.dates
    thing.dates += 1
    if place < days[1]:
        day = whole_at(plan, place).value
        if day < plan.last_day:
            due(world, node, day, _GROUPS)


@step
def day_of_meeting(plan: Record, day: int) -> int:
    """This day or the first in term some weeks on; NEVER where the service ends before."""
    while day < plan.last_day:
        if in_term_at(plan, day).value:
            return day
        day += DAYS_IN_WEEK
    return NEVER


@step
def can_finish(plan: Record, meetings: int, day: int) -> bool:
    """Whether so many weekly meetings in term fit in before the service ends."""
    for _ in range(meetings):
        day = day_of_meeting(plan, day)
        if day == NEVER:
            return False
        day += DAYS_IN_WEEK
    return True


@step
def gather(plan: Record, world: Record, number: int, day: int) -> int:
    """Put the families that start a group today at the head of `order`; how many they are."""
    programme = programme_at(plan, number)
    count = accepted_count_at(world, number).value
    for k in range(count):
        order_at(world, k).value = accepted_at(world, number * world.families_room + k).value
    for k in range(count):
        drop_lapsed(plan, world, order_at(world, k).value, day)
    count = accepted_count_at(world, number).value
    if count < programme.least:
        return 0
    for k in range(count):
        f = accepted_at(world, number * world.families_room + k).value
        order_at(world, k).value = f
        accepted_on = place_at(world, f * plan.programmes + number).accepted_on
        journey_at(world, f).sort_key = (accepted_on << _KEY_BITS) | family_at(world, f).key
    sort_by_key(world, world.order_address, count)
    count = min(count, programme.greatest)
    for k in range(count):
        stop_waiting_for_group(plan, world, order_at(world, k).value, number)
    return max(0, count)


@step
def start_group(
    plan: Record, world: Record, number: int, members: int, start: int, day: int
) -> None:
    """A group of the families at the head of `order`."""
    if world.groups >= world.groups_room:
        fail(world, TOO_SMALL, GROUPS, 0)
        return
    if world.members + members > world.members_room:
        fail(world, TOO_SMALL, MEMBERS, 0)
        return
    g = world.groups
    group = group_at(world, g)
    group.programme, group.held, group.members_at = number, 0, world.members
    group.members = members
    for k in range(members):
        member, f = member_at(world, world.members + k), order_at(world, k).value
        member.family, member.serial = f, place_at(world, f * plan.programmes + number).serial
        member.referral = place_at(world, f * plan.programmes + number).referral
    world.members += members
    world.groups += 1
    if programme_at(plan, number).meetings == 0:
        finish_group(plan, world, g, day)
    elif start == day:
        hold_meeting(plan, world, g, day)
    else:
        due(world, group_node(plan, world, g), start, _GROUPS)


@step
def hold_meeting(plan: Record, world: Record, g: int, day: int) -> None:
    """A group meets. A family that has lost its place leaves the group."""
    group = group_at(world, g)
    number, index = group.programme, group.held
    programme = programme_at(plan, number)
    note_of_service(world, day, _GROUPS, _GROUP_MEETING, NOBODY, number, 1)
    minutes = programme.facilitation_minutes
    note_of_service(world, day, _GROUPS, _FACILITATION, NOBODY, NOBODY, minutes)
    kept = 0
    for k in range(group.members):
        member = member_at(world, group.members_at + k)
        f, serial, referral = member.family, member.serial, member.referral
        drop_lapsed(plan, world, f, day)
        if place_at(world, f * plan.programmes + number).serial != serial:
            continue
        into = member_at(world, group.members_at + kept)
        into.family, into.serial, into.referral = f, serial, referral
        kept += 1
        word = family_at(world, f).word
        if nth_uniform(world, word, _ATTENDS_GROUP + number, referral, index) < programme.attends:
            note_of_family(world, f, day, _GROUPS, _GROUP_ATTENDED, NOBODY, number, 1)
    group.members = kept
    group.held += 1
    if group.held == programme.meetings:
        finish_group(plan, world, g, day)
    else:
        following = day_of_meeting(plan, day + DAYS_IN_WEEK)
        due(world, group_node(plan, world, g), following, _GROUPS)


@step
def finish_group(plan: Record, world: Record, g: int, day: int) -> None:
    """After the last meeting: who has completed the programme?"""
    group = group_at(world, g)
    number = group.programme
    for k in range(group.members):
        member = member_at(world, group.members_at + k)
        f = member.family
        place_at(world, f * plan.programmes + number).serial = 0
        word, code = family_at(world, f).word, _COMPLETES_PROGRAMME + number
        if uniform(world, word, code, member.referral) < programme_at(plan, number).completes:
            note_of_family(world, f, day, _GROUPS, _GROUP_COMPLETED, NOBODY, number, 1)
            place_at(world, f * plan.programmes + number).completed = 1
            journey_at(world, f).group_done = 1
            expose(plan, world, f, day)
            stir(plan, world, f, day)


@step
def activity_is_due(plan: Record, world: Record, number: int, node: int, day: int) -> None:
    """A date of an activity: held whoever comes; families within reach come by their own luck."""
    activity = activity_at(plan, number)
    note_of_service(world, day, _GROUPS, _ACTIVITY_HELD, NOBODY, number, 1)
    if activity.staff_minutes != 0:
        minutes = activity.staff_minutes
        note_of_service(world, day, _GROUPS, _FACILITATION, NOBODY, NOBODY, minutes)
    if activity.volunteer_minutes != 0:
        minutes = activity.volunteer_minutes
        note_of_service(world, day, _GROUPS, _VOLUNTEER, NOBODY, NOBODY, minutes)
    kept = 0
    for k in range(world.in_reach):
        f = in_reach_at(world, k).value
        journey = journey_at(world, f)
        if journey.sessions != 0 and lingers(journey, day, activity.linger_days):
            date = dates_offered_at(world, f * plan.activities + number).value
            dates_offered_at(world, f * plan.activities + number).value += 1
            word, code = family_at(world, f).word, _ATTENDS_ACTIVITY + number
            referral = journey.episode_referral
            if nth_uniform(world, word, code, referral, date) < activity.attends:
                note_of_family(world, f, day, _GROUPS, _ACTIVITY_ATTENDED, NOBODY, number, 1)
        # families that no activity is open to come back with another first session
        if lingers(journey, day, plan.longest_linger_days):
            in_reach_at(world, kept).value = f
            kept += 1
        else:
            journey.in_reach = 0
    world.in_reach = kept
    next_date(plan, world, node, activity.days)


# Observation (familyflow.service.observation)


@step
def observe(plan: Record, world: Record, day: int) -> None:
    """Count the waiting list, the caseload and the team at the end of a day."""
    held, present = 0, 0
    for w in range(plan.posts):
        held += worker_at(world, w).families
        if is_free(worker_at(world, w)):
            present += post_at(plan, w).fte_thousandths
    waiting = world.waiting
    note_of_service(world, day, _OBSERVATION, _WAITING_SEEN, NOBODY, NOBODY, waiting)
    note_of_service(world, day, _OBSERVATION, _CASELOAD, NOBODY, NOBODY, held)
    note_of_service(world, day, _OBSERVATION, _POSTS_PRESENT, NOBODY, NOBODY, present)
    week = (day - plan.first_day) // DAYS_IN_WEEK
    if 0 <= week < world.weeks:
        by_week_at(world, week).value += waiting
        by_week_at(world, world.weeks + week).value += held


# The run: families, posts, programmes, activities and groups are due one after the other


@step
def post_node(plan: Record, world: Record, w: int) -> int:
    """The place of a post among the things that are due."""
    return world.families + w


@step
def programme_node(plan: Record, world: Record, number: int) -> int:
    """The place of a programme among the things that are due."""
    return world.families + plan.posts + number


@step
def activity_node(plan: Record, world: Record, number: int) -> int:
    """The place of an activity among the things that are due."""
    return programme_node(plan, world, plan.programmes) + number


@step
def group_node(plan: Record, world: Record, g: int) -> int:
    """The place of a group among the things that are due."""
    return activity_node(plan, world, plan.activities) + g


@kernel
def run_arms(plans: Any, worlds: Any) -> None:
    """The rows of both arms for the families in memory. plans, worlds: one record each."""
    plan, world = plans[0], worlds[0]
    begin_run(plan, world)
    follow_without(plan, world)
    if plan.has_service and world.error == NO_ERROR:
        run_service(plan, world)
    for f in range(world.families):
        if world.error != NO_ERROR:
            return
        journey = journey_at(world, f)
        if not plan.has_service:
            journey.touched, journey.first_exposure = 0, -1
        finish_family(plan, world, f)
    if plan.has_service and world.error == NO_ERROR:
        note_posts(plan, world)
    rows = max(world.rows[_WITHOUT], world.rows[_WITH])
    if world.keeps_rows and rows > world.rows_room:
        fail(world, TOO_SMALL, ROWS, rows)


@step
def begin_run(plan: Record, world: Record) -> None:
    """Nothing has been noted yet, in either arm."""
    world.error = NO_ERROR
    world.rows[_WITHOUT] = world.rows[_WITH] = 0
    world.times, world.in_both = 1, 0
    world.steps = world.exposures = world.members = world.groups = 0
    world.waiting = world.lost = world.in_reach = world.serial = world.waits = 0
    world.started_minority_ethnic = world.started_with_interpreter = 0
    world.first_day, world.follow_up_days = plan.first_day, plan.follow_up_days
    world.weeks = (plan.last_day - plan.first_day) // DAYS_IN_WEEK
    for week in range(2 * world.weeks):
        by_week_at(world, week).value = 0


@step
def open_service(plan: Record, world: Record) -> None:
    """Nothing has happened yet: the first referral of each family, and the first dates."""
    world.moment = -1
    for moment in range((plan.last_day + 1) * _PHASES):
        moment_at(world, moment).first = -1
    for day in range(plan.last_day + 1):
        asked_at(world, day).value = 0
    for node in range(group_node(plan, world, world.groups_room)):
        thing_at(world, node).moment, thing_at(world, node).dates = -1, 0
    for place in range(plan.posts * world.years):
        sums = post_year_at(world, place)
        sums.filled = sums.vacant = sums.minutes = sums.places = 0
    for number in range(plan.programmes):
        accepted_count_at(world, number).value = 0
    for f in range(world.families):
        start_journey(plan, world, f)
        if family_at(world, f).referred < plan.last_day:
            due(world, f, family_at(world, f).referred, _REFERRALS)
    for w in range(plan.posts):
        worker = worker_at(world, w)
        worker.filled = worker.absent = worker.minutes = worker.families = 0
        worker.minutes_held = worker.since = 0
        fill_post(plan, world, w, post_node(plan, world, w), 0, 0)
    for number in range(plan.programmes):
        node, days = programme_node(plan, world, number), programme_at(plan, number).days
        next_date(plan, world, node, days)
    for number in range(plan.activities):
        node, days = activity_node(plan, world, number), activity_at(plan, number).days
        next_date(plan, world, node, days)


@step
def run_service(plan: Record, world: Record) -> None:
    """Day by day and phase by phase, whoever is due."""
    last_day = plan.last_day
    open_service(plan, world)
    for day in range(last_day + 1):
        for phase in range(_PHASES):
            world.moment = day * _PHASES + phase
            node = moment_at(world, world.moment).first
            while node >= 0:
                forget(world, node)
                happens(plan, world, node, day, phase)
                if world.error != NO_ERROR:
                    return
                node = moment_at(world, world.moment).first
            if phase == _ALLOCATION and asked_at(world, day).value:
                allocate(plan, world, day)
        if day < last_day and day % DAYS_IN_WEEK == 0:
            observe(plan, world, day)
        if world.error != NO_ERROR:
            return


@step
def happens(plan: Record, world: Record, node: int, day: int, phase: int) -> None:
    """What is due happens."""
    w = node - post_node(plan, world, 0)
    if w < 0:
        family_is_due(plan, world, node, day, phase)
        return
    programme = node - programme_node(plan, world, 0)
    if programme < 0:
        post_is_due(plan, world, w, node, day)
        return
    activity = node - activity_node(plan, world, 0)
    if activity < 0:
        programme_is_due(plan, world, programme, node, day)
        return
    g = node - group_node(plan, world, 0)
    if g < 0:
        activity_is_due(plan, world, activity, node, day)
    else:
        hold_meeting(plan, world, g, day)


# Follow-ups told again from the day of release (familyflow.outcomes.followed_again)


@kernel
def follow_again(plans: Any, worlds: Any, inner: int, entries: Any) -> None:
    """Add up how every family fares in follow-ups 1 ... inner - 1; `run_arms` added up follow-up 0.

    entries: int64 (without, with, put off), added to as by `count_entries`. No row and no entry to
    care of follow-up 0 changes.
    """
    plan, world = plans[0], worlds[0]
    keeps, rows = world.keeps_rows, (world.rows[_WITHOUT], world.rows[_WITH])
    world.keeps_rows = 0
    follow_families_again(plan, world, inner, entries)
    world.keeps_rows = keeps
    world.rows[_WITHOUT], world.rows[_WITH] = rows


@step
def follow_families_again(plan: Record, world: Record, inner: int, entries: Any) -> None:
    """Each family, from the day of its release on."""
    steps = world.steps
    for f in range(world.families):
        family, journey = family_at(world, f), journey_at(world, f)
        if family.source >= CARRIED_OVER:
            continue  # how they fare is counted in no window
        passed_up_on = -1
        if screened(plan, world, f, 0) == 2 and would_be_passed_up(plan, world, f, 0):
            passed_up_on = family.referred
        release, touched = family.referred, 0
        if plan.has_service:
            release, touched = day_of_release(world, f), journey.touched
        count_rows(world, inner - 1, not touched)
        if passed_up_on >= 0:
            note(
                world, _WITHOUT, passed_up_on, _REFERRALS, _REFERRED_UP_AT_SCREENING,
                family.source, family.number, NOBODY, NOBODY, NOBODY, 1,
            )  # fmt: skip
        if touched and journey.passed_up_on >= 0:
            day = journey.passed_up_on
            note_of_family(world, f, day, _REFERRALS, _REFERRED_UP_AT_SCREENING, NOBODY, NOBODY, 1)
        for c in range(family.first_child, family.first_child + family.children):
            if not child_at(world, c).in_scope:
                continue
            before, after = followed_at(world, c).entered_care
            follow_child_again(plan, world, f, c, release, passed_up_on, touched, inner, entries)
            followed_at(world, c).entered_care[_WITHOUT] = before
            followed_at(world, c).entered_care[_WITH] = after
            world.steps = steps
        follow_outcomes_again(plan, world, f, release, touched, inner)
        if world.error != NO_ERROR:
            return


@step
def day_of_release(world: Record, f: int) -> int:
    """The day on which the service lets a family go: after its last ending and exposure."""
    journey = journey_at(world, f)
    day = family_at(world, f).referred
    if journey.ended_on >= 0:
        day = journey.ended_on + 1
    if journey.first_exposure >= 0:
        day = max(day, exposure_at(world, journey.last_exposure).day + 1)
    return day


@step
def count_rows(world: Record, times: int, in_both: bool) -> None:
    """From now on a row counts so many times, in its own arm or in both."""
    world.times, world.in_both = times, int(in_both)


@step
def copy_words(start: int, into: int, words: int) -> None:
    """Copy a record of whole numbers and others, eight bytes each, from address to address."""
    for place in range(words):
        listed_at(into, place).value = listed_at(start, place).value


@step
def follow_child_again(
    plan: Record, world: Record, f: int, c: int, release: int, passed_up_on: int, touched: int,
    inner: int, entries: Any,
) -> None:  # fmt: skip
    """A child's further follow-ups: in both arms up to the release once, and on from there."""
    arms, journey, followed = 1 + touched, journey_at(world, f), followed_at(world, c)
    count_rows(world, inner - 1, not touched)
    path_of_child_at_release(plan, world, f, c, _WITHOUT, release, passed_up_on, -1)
    if touched:
        path_of_child_at_release(
            plan, world, f, c, _WITH, release, journey.passed_up_on, journey.first_exposure
        )
    before, after = followed.entered_care
    count_rows(world, 1, not touched)
    see_what_has_rung(plan, world, arms)
    path = again_at(world, 2)
    for number in range(1, inner):
        followed.entered_care[_WITHOUT], followed.entered_care[_WITH] = before, after
        forget_drawn(world)
        for arm in range(arms):
            copy_words(
                world.again_address + arm * _PATH_BYTES, world.again_address + 2 * _PATH_BYTES,
                _PATH_BYTES // _BYTES,
            )  # fmt: skip
            if release < path.stop:
                path.inner = number
                renew_path(plan, world, path, release)
            finish_path(plan, world, path)
        if not touched:
            followed.entered_care[_WITH] = followed.entered_care[_WITHOUT]
        count_entry(plan, followed.entered_care, entries)


@step
def path_of_child_at_release(
    plan: Record, world: Record, f: int, c: int, arm: int, release: int, passed_up_on: int,
    exposure: int,
) -> None:  # fmt: skip
    """A child's path as the run had it, with every day before the release settled and spent."""
    path = again_at(world, arm)
    start_path(plan, world, path, f, c, arm)
    while exposure >= 0 or passed_up_on >= 0:
        # on one day referrals come before groups
        if exposure >= 0 and (passed_up_on < 0 or exposure_at(world, exposure).day < passed_up_on):
            new = exposure_at(world, exposure)
            expose_path(
                plan, world, path, new.day, new.sessions, new.first_session, new.last_session,
                new.group_done,
            )  # fmt: skip
            exposure = new.next
        else:
            settle(plan, world, path, passed_up_on)
            if path.level < CHILD_IN_NEED:
                force(plan, world, path, passed_up_on, CHILD_IN_NEED)
            passed_up_on = -1
    settle(plan, world, path, release)
    if release < path.stop:
        spend_to(plan, path, release)


@step
def see_what_has_rung(plan: Record, world: Record, arms: int) -> None:
    """Of each clock of a child: how often it has rung, and what is spent of the next threshold."""
    renewed = renewed_at(world, 0)
    for level in range(_LEVELS):
        for place in range(level_at(plan, level).steps):
            rung, spent = 0, 0
            for arm in range(arms):
                path = again_at(world, arm)
                now = spent_of_clock(plan, world, path, level, place)
                if path.times[level, place] > rung:
                    rung, spent = path.times[level, place], now
                elif path.times[level, place] == rung:
                    spent = max(spent, now)
            renewed.rung[level, place], renewed.spent[level, place] = rung, spent


@step
def spent_of_clock(plan: Record, world: Record, path: Record, level: int, place: int) -> int:
    """What a path has spent of the threshold that a clock is at; 0 where it is not drawn."""
    if not path.drawn[level] or path.left[level, place] == 0:
        return 0
    code = level_at(plan, level).code[place]
    whole = threshold_of(world, path.word, code, path.times[level, place])
    return whole - path.left[level, place]


@step
def forget_drawn(world: Record) -> None:
    """Another follow-up begins, with other thresholds."""
    renewed = renewed_at(world, 0)
    for level in range(_LEVELS):
        for place in range(_MOST_STEPS):
            renewed.drawn[level, place] = 0


@step
def renewed_threshold(plan: Record, world: Record, path: Record, level: int, place: int) -> int:
    """The threshold a clock is at, in a further follow-up: as it was, or what is drawn again."""
    renewed, code = renewed_at(world, 0), level_at(plan, level).code[place]
    times, rung = path.times[level, place], renewed.rung[level, place]
    if times < rung:
        return threshold_of(world, path.word, code, times)
    if times > rung:
        return fresh_threshold(world, path.word, code, times, path.inner)
    if renewed.drawn[level, place] == 0:  # the other arm may ask for it too
        fresh = fresh_threshold(world, path.word, code, times, path.inner)
        renewed.drawn[level, place] = renewed.spent[level, place] + fresh
    return renewed.drawn[level, place]


@step
def fresh_threshold(world: Record, entity: int, code: int, times: int, inner: int) -> int:
    """The threshold of a clock at an inner index, which stands above the decision in word 1."""
    return threshold_of(world, entity, (inner << _DECISION_BITS) | code, times)


@step
def renew_path(plan: Record, world: Record, path: Record, release: int) -> None:
    """Draw again what is open of a path at its release, and let it go on from there."""
    renewed = renewed_at(world, 0)
    for level in range(_LEVELS):
        if not path.drawn[level]:
            continue
        for place in range(level_at(plan, level).steps):
            is_open = path.left[level, place] != 0
            if is_open and path.times[level, place] == renewed.rung[level, place]:
                spent = spent_of_clock(plan, world, path, level, place)
                whole = renewed_threshold(plan, world, path, level, place)
                path.left[level, place] = whole - spent
    begin(plan, path, release)


@step
def follow_outcomes_again(
    plan: Record, world: Record, f: int, release: int, touched: int, inner: int
) -> None:
    """The further follow-ups of every other outcome of a family and its children."""
    family = family_at(world, f)
    for o in range(plan.outcomes):
        outcome = outcome_at(plan, o)
        if outcome.needs != 0 and outcome.needs & family.needs == 0:
            continue
        arms = 1
        if touched and outcome.feels_effect and journey_at(world, f).first_exposure >= 0:
            arms = 2
        first, last = family.first_child, family.first_child + family.children
        if not outcome.of_child:
            first, last = -1, 0  # the family itself
        for c in range(first, last):
            if c >= 0 and not child_at(world, c).in_scope:
                continue
            follow_outcome_again(plan, world, outcome, f, c, release, arms, inner)


@step
def follow_outcome_again(
    plan: Record, world: Record, outcome: Record, f: int, c: int, release: int, arms: int,
    inner: int,
) -> None:  # fmt: skip
    """The further follow-ups of one outcome of a child (or, where c is -1, of a family)."""
    renewed = renewed_at(world, 0)
    for clock in range(2):
        renewed.outcome_rung[clock] = renewed.outcome_spent[clock] = 0
    count_rows(world, inner - 1, arms == 1)
    for arm in range(arms):
        path = outcome_path_at(world, arm)
        start_outcome(plan, world, outcome, path, f, c, arm)
        exposure = journey_at(world, f).first_exposure if arm == _WITH else -1
        while exposure >= 0:
            new = exposure_at(world, exposure)
            expose_outcome(plan, world, outcome, path, new.day, new.sessions, new.last_session)
            exposure = new.next
        settle_outcome(plan, world, outcome, path, release)
        see_what_of_outcome_has_rung(world, outcome, path, release)
    count_rows(world, 1, arms == 1)
    path = outcome_path_at(world, 2)
    for number in range(1, inner):
        for arm in range(arms):
            copy_words(
                world.outcome_paths_address + arm * _OUTCOME_BYTES,
                world.outcome_paths_address + 2 * _OUTCOME_BYTES,
                _OUTCOME_BYTES // _BYTES,
            )
            if release < path.stop:
                path.inner = number
                renew_outcome(plan, world, outcome, path, release)
            finish_outcome(plan, world, outcome, path)


@step
def see_what_of_outcome_has_rung(
    world: Record, outcome: Record, path: Record, release: int
) -> None:
    """How often its clocks have rung, and what is spent of the next threshold of the one that runs.

    The path is spent up to the release. Of the clock that does not run nothing is spent.
    """
    if release >= path.stop:
        return
    path.left -= path.rate * (release - path.since)
    path.since = release
    renewed, running = renewed_at(world, 0), int(path.on >= 0)
    for clock in range(2):
        times, spent = path.times[clock], 0
        if clock == running:
            spent = spent_of_outcome(world, outcome, path)
        if times > renewed.outcome_rung[clock]:
            renewed.outcome_rung[clock], renewed.outcome_spent[clock] = times, spent
        elif times == renewed.outcome_rung[clock]:
            renewed.outcome_spent[clock] = max(spent, renewed.outcome_spent[clock])


@step
def spent_of_outcome(world: Record, outcome: Record, path: Record) -> int:
    """What is spent of the threshold of the clock that runs."""
    clock = int(path.on >= 0)
    code = code_of_outcome(outcome, clock)
    return threshold_of(world, path.entity, code, path.times[clock]) - path.left


@step
def renew_outcome(plan: Record, world: Record, outcome: Record, path: Record, release: int) -> None:
    """Draw again what is open of the clock that runs at the release, and let it go on."""
    renewed, clock = renewed_at(world, 0), int(path.on >= 0)
    times = path.times[clock]
    if times == renewed.outcome_rung[clock]:
        spent = spent_of_outcome(world, outcome, path)
        code = code_of_outcome(outcome, clock)
        fresh = fresh_threshold(world, path.entity, code, times, path.inner)
        path.left = renewed.outcome_spent[clock] + fresh - spent
    begin_outcome(plan, outcome, path, release)


@step
def count_entry(plan: Record, since: Any, entries: Any) -> None:
    """Count a child's first entry to care, from the days from referral to it by arm."""
    within = 0 <= since[_WITHOUT] < plan.follow_up_days
    entries[0] += int(within)
    entries[1] += int(0 <= since[_WITH] < plan.follow_up_days)
    entries[2] += int(within and since[_WITH] >= plan.follow_up_days)


# Sums of the journal (familyflow.experiments.quantities and simulation are the specification)


@step
def add(world: Record, arm: int, place: int, quantity: int) -> None:
    """Add a row to a place among the cells of an arm (or both); -1 for none."""
    if place >= 0:
        size, quantity = world.periods * 2 * world.cells, world.times * quantity
        cell_at(world, arm * size + place).value += quantity
        if world.in_both:
            cell_at(world, _WITH * size + place).value += quantity


@step
def place_of(
    world: Record, day: int, event: int, source: int, family: int, worker: int, group: int
) -> int:
    """The cell [period, window, cell] that a row adds to in its arm; -1 for none.

    Nothing of the warm-up counts, and of families carried over from it only the work in the term.
    """
    summed = summed_at(world, event)
    cell = cell_of(summed, worker, group)
    if cell < 0 or day < world.first_day:
        return -1
    if source >= CARRIED_OVER and not summed.is_work:
        return -1
    return place_in(world, day, int(is_within(world, day, source, family)), cell)


@step
def place_in(world: Record, day: int, window: int, cell: int) -> int:
    """The place of a cell in the period of a day, in the follow-up or not."""
    period = (day - world.first_day) * world.in_a_year // DAYS_IN_YEAR
    return (min(period, world.periods - 1) * 2 + window) * world.cells + cell


@step
def cell_of_family(world: Record, event: int, source: int, group: int) -> int:
    """The cell of an event that a row about a family adds to; -1 for none."""
    summed = summed_at(world, event)
    if source >= CARRIED_OVER and not summed.is_work:
        return -1
    return cell_of(summed, NOBODY, group)


@step
def cell_of(summed: Record, worker: int, group: int) -> int:
    """The cell of an event that a row adds to; -1 for none."""
    place = 0
    if summed.kind == records.BY_GROUP:
        place = group
    elif summed.kind == records.BY_STEP:
        place = worker * _LEVELS + group
    return summed.first + place if 0 <= place < summed.size else -1


@step
def is_within(world: Record, day: int, source: int, family: int) -> bool:
    """Whether a day falls in the follow-up of a family; nobody's days do."""
    if family < 0:
        return True
    referred = family_at(world, world.first_of_source[source] + family).referred
    return day - referred < world.follow_up_days


@kernel
def fold(cells: Any, quantities: Any, parts: Any, found: Any) -> None:
    """found[arm, period, window, quantity] from cells.

    quantities: int64 (quantity, 4): first and last of its parts, what to divide by, whether it is
    cut at the follow-up; parts: int64 (part, 2): a cell, and 1 or -1.
    """
    for arm in range(cells.shape[0]):
        for period in range(cells.shape[1]):
            for q in range(len(quantities)):
                outside, inside = 0, 0
                for k in range(quantities[q, 0], quantities[q, 1]):
                    cell, sign = parts[k, 0], parts[k, 1]
                    outside += sign * cells[arm, period, 0, cell]
                    inside += sign * cells[arm, period, 1, cell]
                if not quantities[q, 3]:
                    outside, inside = 0, inside + outside
                # whole numbers add exactly; one division turns them into the unit
                found[arm, period, 0, q] = outside / quantities[q, 2]
                found[arm, period, 1, q] = inside / quantities[q, 2]


@kernel
def count_entries(plans: Any, worlds: Any, entries: Any) -> None:
    """Add the children who first enter care within the follow-up window.

    entries: int64 (without, with, put off), added to.
    """
    for c in range(worlds[0].children):
        count_entry(plans[0], followed_at(worlds[0], c).entered_care, entries)
