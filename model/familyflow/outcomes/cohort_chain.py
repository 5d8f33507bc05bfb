"""What is solved for one draw, in scalar arithmetic: the expected chain, and roots found with it.

The chain is that of `expected`, child by child of the same cohort, written out for the five levels
of need so that one draw costs little. Every function is plain Python on sequences of numbers and
takes arrays as well: `compiled.solving` compiles these very functions, so both give the same bits.
They stand in one module because code that numba has kept is not renewed when another changes.

A draw is a record: the numbers a solution depends on, at the places named below (`records` makes
them). Beside it stand a reference, the same for every draw, and scratch space, both in rows.

Three things make it cheap. Children of one length of stay band leave alike, so a chance of leaving
is worked out once for all of them. Rates that do not change from month to month are worked out
once. And both waits share the chances of the months after the start.
"""

from __future__ import annotations

import math
from typing import Protocol

from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR


class Numbers(Protocol):
    """A list or an array of numbers."""

    def __getitem__(self, place: int, /) -> float: ...
    def __setitem__(self, place: int, value: float, /) -> None: ...
    def __len__(self) -> int: ...


class Rows(Protocol):
    """Rows of numbers: lists in a list, or an array of two dimensions."""

    def __getitem__(self, place: int, /) -> Numbers: ...
    def __len__(self) -> int: ...


# Places of a record. Tables take as many as they have columns, from the place named.
UNIVERSAL_TO_EARLY_HELP = 0  # chances a year
UNIVERSAL_TO_CHILD_IN_NEED = 1
EARLY_HELP_TO_CHILD_IN_NEED = 2
EARLY_HELP_ENDS = 3  # a year
CHILD_IN_NEED_LEAVING = 4  # a month, by band of months in the level
CHILD_IN_NEED_LENGTHS = 9  # shares of episodes still open after LENGTHS
CHILD_IN_NEED_TO_PLAN = 13  # shares of those who leave
CHILD_IN_NEED_TO_CARE = 14
PLAN_LEAVING = 15  # a month, by band
PLAN_TO_CARE = 20
PLAN_TO_CHILD_IN_NEED = 21
CARE_LEAVING = 22  # a year, by age
CARE_LEAVES_HOME = 25
LOOKED_AFTER = 26  # the share to be reproduced
CARE_RATIO = 27
PLAN_RATIO_YEAR_1 = 28
PLAN_RATIO_YEAR_2 = 29
CHILD_IN_NEED_RATIO = 30
DETECTION = 31
DOSE_REFERENCE = 32
DOSE_THRESHOLD = 33
RETENTION = 34
GROUP_EFFECT = 35
EFFECT_CAP = 36
WEEKS_WAITED = 37
LEVELS_OF_THOSE_WHO_START = 38  # by level
LEVEL_ON_ARRIVAL = 43  # by level
FRAILTY_SPREAD = 48
YOUNGEST_AGE = 49
OLDEST_AGE = 50
PLACES = 51

# What is solved for a draw, by place.
STAY_SCALE, CARE_MULTIPLIER, CARE_LINK, PLAN_LINK, CHILD_IN_NEED_LINK = range(5)
MISSED = 5  # the largest distance of a total from the one wanted, relative to it
OUTCOME = 6  # SOLVED, or the target that nothing reproduces
CHAINS = 7  # how often the links to care and plans were tried
SOLVED_PLACES = 8
SOLVED, NO_STAY_SCALE, NO_CARE_MULTIPLIER = range(3)

LEVELS = 5  # the placements in care together: they differ in price, not in rates
BANDS = 5
AGES = 3
MONTHS = 24
FIRST_YEAR = 12
COUNTED_FROM = 18  # children looked after on any day in months 19 to 24
LENGTHS = (3, 6, 12, 24)  # months at which survival in an episode is published
FRAILTY_SHARES = (1 / 6, 2 / 3, 1 / 6)
KINDS = 3
DAYS_IN_MONTH = DAYS_IN_YEAR / 12

BELOW, KNOWN, ALL, IN_CARE = range(4)  # who is followed: by level on the day of the referral
GROUPS = 2  # those below child in need, and those known: each has its own dose

PLACES_KEPT = 6  # solved numbers are rounded to so many decimals
ONE_KEPT = 10.0**PLACES_KEPT
TOLERANCE = 1e-9  # a total further from its goal is not reached
ENOUGH = 1e-11  # where the search stops: far below what rounding can see
MOST_ROUNDS = 60
LONGEST_STEP_IN_LOG = 1.0
LONGEST_STEP = 0.5
LOWEST_RATIO = 0.01
HIGHEST_RATIO = 5.0
NONE_AT_ALL = 1e-12  # has a logarithm, and solves nothing
LAST_STEP = 1e-8  # what so short a step leaves to be found is below anything that shows
# Where the search for the links begins: by how much a typical draw's totals follow its rates, in
# logarithms. They decide how long the search takes, and nothing else.
CARE_BY_CARE, CARE_BY_PLAN, PLANS_BY_CARE, PLANS_BY_PLAN = 0.83, 0.17, -0.04, 0.76
CARE_BY_NEED, PLANS_BY_NEED = 0.2, 0.4

# Places of work[RATES]: per day, or shares of those who leave.
_UNIVERSAL_EARLY, _UNIVERSAL_NEED, _EARLY_NEED, _EARLY_UNIVERSAL = range(4)
_NEED_PLAN, _NEED_CARE, _NEED_EARLY, _PLAN_CARE, _PLAN_NEED, _PLAN_EARLY = range(4, 10)
_CARE_NEED, _CARE_UNIVERSAL, _CARE_SPEED = range(10, 13)
_STAYS, _INTO_CARE = 13, 14  # the two multipliers
_WAIT, _SHARE_WAITING, _SHARE_LONGER = 15, 16, 17
_YEARS_OF_AGE, _WIDTH = 18, 19  # how many; and how long rows by month are
_RATES_HELD = 20

# A row of chances for one kind of child and one month. First the levels below child in need ...
_ALL_MONTH, _HALF, _THIRD, _UP, _ON = range(5)  # leaving universal; to early help, child in need
_EARLY = 5  # the same of early help; to child in need, universal
_LOW_PLACES = 10
# ... then child in need and plans, by how long the child has been there.
_N_HALF, _N_THIRD, _N_PLAN, _N_CARE, _N_EARLY = range(5)
_P_HALF, _P_THIRD, _P_CARE, _P_NEED, _P_EARLY = range(5, 10)
_HIGH_PLACES = 10
LOW_ROWS = GROUPS * KINDS * MONTHS + KINDS + 1  # by group, kind, month; without, by kind; none move
_UNCHANGED_LOW = GROUPS * KINDS * MONTHS
_NOBODY_MOVES = LOW_ROWS - 1
HIGH_ROWS = MONTHS + 1
_UNCHANGED_HIGH = MONTHS
_NEVER = 1_000_000  # a month in which nothing is closed

# Places of work[TOTALS].
(
    WITHOUT_LOOKED_AFTER,  # of all who start
    WITHOUT_CARE,  # of those who start below care
    WITHOUT_PLANS_YEAR_1,
    WITHOUT_PLANS_YEAR_2,
    WITHOUT_CHILD_IN_NEED,
    WITH_CARE,
    WITH_PLANS_YEAR_1,
    WITH_PLANS_YEAR_2,
    WITH_CHILD_IN_NEED,
) = range(9)
OPEN = 9  # episodes still open after LENGTHS
TOTALS_HELD = 13


# Rows of a reference: what is the same for every draw.
SESSIONS = 0  # [group, years since the last session, sessions attended, month]: share of children
COMPLETED = 1  # [group, years since the last session, month]: share who completed a group
DETECTED = 2  # [group, month]: how much of the extra detection acts
BAND_BEGINS = 3  # the day on which each band of time in a level begins
BIRTHDAYS = 4  # the day of life on which each age begins
COUNTS = 5  # how many counts of sessions there are, from none
REFERENCE_ROWS = 6

# Rows of the scratch space of a draw: nothing in it outlives the draw.
RATES = 0
START = 1  # [level]: shares of those who start on the day of the referral
FRAILTY = 2  # [kind]
DOSE = 3  # [group, month]: mean dose, faded
GROUP_DOSE = 4  # [group, month]: what completed groups take off, faded
SEEN = 5  # [group, month]: mean detection
NEED_CAME = 6  # [months since]: a month's spending of the rate of leaving by who came meanwhile
NEED_FIRST = 7  # [months since]: by who was there on the day of the referral
PLAN_CAME = 8
PLAN_FIRST = 9
CARE_LEAVES = 10  # [month, year of age]: chance of leaving care
CARE_AGAIN = 11  # [month, move]: of who came within the month
LOW = 12  # [row, place]: chances at the levels below child in need
HIGH = 13  # [row, place]: chances of children in need and on a plan
NEED_LEAVES = 14  # [row, months since]: chances of leaving
NEED_FIRST_LEAVES = 15
PLAN_LEAVES = 16
PLAN_FIRST_LEAVES = 17
IN_LOW = 18  # children at universal and in early help
IN_NEED = 19  # [month they came]: children in need
ON_PLAN = 20
CARE = 21  # [year of age]: children in care
STARTED = 22  # [month]: plans
KEPT = 23  # [state]: children put by
TRAIL = 24  # the last three places tried, and the gaps found there
GAPS = 25  # of the two totals
TOTALS = 26
SLOPES = 27  # of the two gaps by the two links
WORK_ROWS = 28


def months_to_follow(weeks_waited: float) -> int:
    """The months in a draw's chain: the longer of its waits, and then two years."""
    return MONTHS + int(_months(weeks_waited)) + 1


def work_sizes(months: int, ages: int) -> list[int]:
    """How much each row of the scratch space holds, for chains so long and years of age so many."""
    width = months + 2
    by_month, leaves = GROUPS * MONTHS, HIGH_ROWS * width
    kept = 2 * GROUPS * KINDS * (2 + 2 * width + ages)
    sizes = [_RATES_HELD, LEVELS, KINDS, by_month, by_month, by_month]
    sizes += [width, width, width, width, width * ages, width * 2]
    sizes += [LOW_ROWS * _LOW_PLACES, HIGH_ROWS * _HIGH_PLACES, leaves, leaves, leaves, leaves]
    sizes += [2, width, width, ages, width, kept, 6, 2, TOTALS_HELD, 4]
    return sizes


def solve_draws(records: Rows, reference: Rows, work: Rows, solved: Rows) -> None:
    """Solve draw after draw: rows of `solved`, in the places named above."""
    for draw in range(len(records)):
        solve_draw(records[draw], reference, work, solved[draw])


def solve_draw(record: Numbers, reference: Rows, work: Rows, solved: Numbers) -> None:
    """Solve one draw. Each number is found, rounded and held before the next is looked for."""
    prepare(record, reference, work)
    for place in range(SOLVED_PLACES):
        solved[place] = 0.0
    stays = find_stay_scale(record, work)
    if stays == 0.0:
        solved[OUTCOME] = float(NO_STAY_SCALE)
        return
    stays = _rounded(stays)
    hold_stays(work, stays)
    solved[STAY_SCALE] = stays
    into_care = find_care_multiplier(record, work)
    if into_care == 0.0:
        solved[OUTCOME] = float(NO_CARE_MULTIPLIER)
        return
    into_care = _rounded(into_care)
    work[RATES][_INTO_CARE] = into_care
    solved[CARE_MULTIPLIER] = into_care
    if _is_neutral(record):
        for link in range(CARE_LINK, CHILD_IN_NEED_LINK + 1):
            solved[link] = 1.0
        return
    _note_without(work)
    _wait(work)
    _find_child_in_need_link(record, work, solved)
    _find_care_and_plan_links(record, work, solved)
    for link in range(CARE_LINK, CHILD_IN_NEED_LINK + 1):
        solved[link] = _rounded(solved[link])


def total_up(record: Numbers, reference: Rows, work: Rows, solved: Numbers) -> None:
    """Fill work[TOTALS] with what the chain gives at these solved numbers, neutral or not."""
    prepare(record, reference, work)
    hold_stays(work, solved[STAY_SCALE])
    _follow_episodes(work)
    work[RATES][_INTO_CARE] = solved[CARE_MULTIPLIER]
    _note_without(work)
    _wait(work)
    universal, early = _below_at_the_start(work)
    _note_without_below(work, universal, early)
    link = solved[CHILD_IN_NEED_LINK]
    work[TOTALS][WITH_CHILD_IN_NEED] = _child_in_need_within_a_year(
        record, work, link, universal, early
    )
    _fill_low_rows(record, work, link)
    care, plans_1, plans_2 = _with_the_service(record, work, solved[CARE_LINK], solved[PLAN_LINK])
    work[TOTALS][WITH_CARE] = care
    work[TOTALS][WITH_PLANS_YEAR_1] = plans_1
    work[TOTALS][WITH_PLANS_YEAR_2] = plans_2


# What a draw's numbers come to before anything is solved


def prepare(record: Numbers, reference: Rows, work: Rows) -> None:
    """Fill the scratch space with what a draw's numbers come to before anything is solved."""
    _set_rates(record, work)
    _set_start(record, work)
    _set_spends(record, reference, work)
    _set_care(record, reference, work)
    _set_influence(record, reference, work)
    _fill_low_row(work, _NOBODY_MOVES, 0.0, 0.0, 0.0, 0.0)
    for kind in range(KINDS):
        frail = work[FRAILTY][kind]
        _fill_low_row_of(work, _UNCHANGED_LOW + kind, frail, 1.0)


def hold_stays(work: Rows, scale: float) -> None:
    """Hold the factor on the rate of leaving child in need."""
    work[RATES][_STAYS] = scale


def _set_rates(record: Numbers, work: Rows) -> None:
    rates = work[RATES]
    rates[_UNIVERSAL_EARLY] = _daily(record[UNIVERSAL_TO_EARLY_HELP])
    rates[_UNIVERSAL_NEED] = _daily(record[UNIVERSAL_TO_CHILD_IN_NEED])
    rates[_EARLY_NEED] = _daily(record[EARLY_HELP_TO_CHILD_IN_NEED])
    rates[_EARLY_UNIVERSAL] = record[EARLY_HELP_ENDS] / DAYS_IN_YEAR
    to_plan, to_care = record[CHILD_IN_NEED_TO_PLAN], record[CHILD_IN_NEED_TO_CARE]
    rates[_NEED_PLAN], rates[_NEED_CARE] = to_plan, to_care
    rates[_NEED_EARLY] = 1.0 - to_plan - to_care
    to_care, to_need = record[PLAN_TO_CARE], record[PLAN_TO_CHILD_IN_NEED]
    rates[_PLAN_CARE], rates[_PLAN_NEED] = to_care, to_need
    rates[_PLAN_EARLY] = 1.0 - to_care - to_need
    home = record[CARE_LEAVES_HOME]
    away = 1.0 - home
    speed = home + away
    rates[_CARE_NEED] = home / speed
    rates[_CARE_UNIVERSAL] = away / speed
    rates[_CARE_SPEED] = speed
    rates[_STAYS] = 1.0
    rates[_INTO_CARE] = 1.0
    rates[_YEARS_OF_AGE] = record[OLDEST_AGE] - record[YOUNGEST_AGE] + 1.0
    months = _months(record[WEEKS_WAITED])
    whole = int(months)
    rates[_WAIT] = float(whole)
    rates[_WIDTH] = float(MONTHS + whole + 3)
    rates[_SHARE_LONGER] = months - whole
    rates[_SHARE_WAITING] = 1.0 - (months - whole)


def _set_start(record: Numbers, work: Rows) -> None:
    """Shares by level of those who start, and how fragile the kinds are, on average 1."""
    everyone = 0.0
    for level in range(LEVELS):
        share = record[LEVEL_ON_ARRIVAL + level] * record[LEVELS_OF_THOSE_WHO_START + level]
        work[START][level] = share
        everyone += share
    for level in range(LEVELS):
        work[START][level] = work[START][level] / everyone
    apart = record[FRAILTY_SPREAD] * math.sqrt(3.0)
    work[FRAILTY][0] = math.exp(-apart)
    work[FRAILTY][1] = 1.0
    work[FRAILTY][2] = math.exp(apart)
    mean = 0.0
    for kind in range(KINDS):
        mean += work[FRAILTY][kind] * FRAILTY_SHARES[kind]
    for kind in range(KINDS):
        work[FRAILTY][kind] = work[FRAILTY][kind] / mean


def _set_spends(record: Numbers, reference: Rows, work: Rows) -> None:
    """What children spend of their rate of leaving a level in a month, by months there.

    Who comes within a month comes half-way through it.
    """
    bands = reference[BAND_BEGINS]
    for months in range(_months_followed(work) + 1):
        first = months * DAYS_IN_MONTH
        came = first - 0.5 * DAYS_IN_MONTH
        work[NEED_FIRST][months] = _spent(record, CHILD_IN_NEED_LEAVING, bands, first)
        work[PLAN_FIRST][months] = _spent(record, PLAN_LEAVING, bands, first)
        if months > 0:
            work[NEED_CAME][months] = _spent(record, CHILD_IN_NEED_LEAVING, bands, came)
            work[PLAN_CAME][months] = _spent(record, PLAN_LEAVING, bands, came)
    # the first band is longer than a month and a half, so this is also at its rate alone
    work[NEED_CAME][0] = work[NEED_FIRST][0]
    work[PLAN_CAME][0] = work[PLAN_FIRST][0]


def _spent(record: Numbers, leaving: int, bands: Numbers, since: float) -> float:
    """Spent of a rate of leaving by band, a month's, in the month that begins so many days since.

    Within one band it is that band's rate exactly, so that equal spends are seen to be equal.
    """
    until = since + DAYS_IN_MONTH
    spent = 0.0
    for band in range(BANDS):
        begins = bands[band]
        ends = bands[band + 1] if band + 1 < BANDS else math.inf
        if begins <= since and until <= ends:
            return record[leaving + band]
        days = min(until, ends) - max(since, begins)
        if days > 0.0:
            spent += record[leaving + band] * (days / DAYS_IN_MONTH)
    return spent


def _set_care(record: Numbers, reference: Rows, work: Rows) -> None:
    """Chances of leaving care in a month, by year of age at the start: spread evenly over it."""
    ages = int(work[RATES][_YEARS_OF_AGE])
    youngest = int(record[YOUNGEST_AGE])
    speed = work[RATES][_CARE_SPEED]
    for month in range(_months_followed(work)):
        middle = month * DAYS_IN_MONTH + DAYS_IN_MONTH / 2.0
        total, last, chance = 0.0, -1.0, 0.0
        for age in range(ages):
            born = middle + (youngest + age) * float(DAYS_IN_YEAR)
            spend = _spent_in_care(record, reference[BIRTHDAYS], born)
            total += spend
            if spend != last:
                chance = -math.expm1(-spend * speed)
                last = spend
            work[CARE_LEAVES][month * ages + age] = chance
        sixth = math.expm1(-(total / ages) * speed / 6.0)
        work[CARE_AGAIN][2 * month] = _half(sixth)
        work[CARE_AGAIN][2 * month + 1] = _third(sixth)


def _spent_in_care(record: Numbers, birthdays: Numbers, youngest: float) -> float:
    """Spent of the rate of leaving care in a month by children within a year of this many days."""
    spent, after = 0.0, 0.0
    for age in range(AGES - 1, -1, -1):
        past = (youngest + DAYS_IN_YEAR - birthdays[age]) / DAYS_IN_YEAR
        past = min(max(past, 0.0), 1.0)
        spent += record[CARE_LEAVING + age] * (past - after)
        after = past
    return spent * (DAYS_IN_MONTH / DAYS_IN_YEAR)


def _set_influence(record: Numbers, reference: Rows, work: Rows) -> None:
    """The reference's own mean dose, groups and detection, at this draw's beliefs, by month."""
    counts = int(reference[COUNTS][0])
    retention = record[RETENTION]
    of_groups = max(0.0, record[GROUP_EFFECT])
    full, threshold = record[DOSE_REFERENCE], record[DOSE_THRESHOLD]
    for group in range(GROUPS):
        for month in range(MONTHS):
            here = group * MONTHS + month
            now = group * 2 * MONTHS + month
            both = reference[COMPLETED][now] + retention * reference[COMPLETED][now + MONTHS]
            work[GROUP_DOSE][here] = both * of_groups
            seen = reference[DETECTED][here]
            work[SEEN][here] = 1.0 + (record[DETECTION] - 1.0) * seen
            work[DOSE][here] = 0.0
        for count in range(counts):
            if count < threshold:
                continue
            dose = 1.0 if count >= full else count / full
            now = (group * 2 * counts + count) * MONTHS
            faded = now + counts * MONTHS
            for month in range(MONTHS):
                share = reference[SESSIONS][now + month]
                share += retention * reference[SESSIONS][faded + month]
                work[DOSE][group * MONTHS + month] += dose * share


# Chances of leaving, row by row


def _fill_low_row_of(work: Rows, row: int, frail: float, acting: float) -> None:
    """The row of a kind of child: acting multiplies its steps up to child in need."""
    rates = work[RATES]
    _fill_low_row(
        work,
        row,
        rates[_UNIVERSAL_EARLY] * frail,
        rates[_UNIVERSAL_NEED] * frail * acting,
        rates[_EARLY_NEED] * frail * acting,
        rates[_EARLY_UNIVERSAL],
    )


def _fill_low_row(
    work: Rows, row: int, to_early: float, to_need: float, early_to_need: float, ends: float
) -> None:
    low, at = work[LOW], row * _LOW_PLACES
    for level in range(2):
        up = to_early if level == 0 else early_to_need
        on = to_need if level == 0 else ends
        speed = up + on
        sixth = math.expm1(-speed * DAYS_IN_MONTH / 6.0)
        half = _half(sixth)
        low[at + _ALL_MONTH] = half * (2.0 - half)
        low[at + _HALF] = half
        low[at + _THIRD] = _third(sixth)
        low[at + _UP] = up / speed if speed > 0.0 else 0.0
        low[at + _ON] = on / speed if speed > 0.0 else 0.0
        at += _EARLY


def _fill_low_rows(record: Numbers, work: Rows, link: float) -> None:
    """Every month of every kind of child, with this ratio on the link to child in need."""
    cap = record[EFFECT_CAP]
    for group in range(GROUPS):
        for month in range(MONTHS):
            acting = _acting(work, group * MONTHS + month, link, cap)
            acting *= work[SEEN][group * MONTHS + month]
            for kind in range(KINDS):
                row = (group * KINDS + kind) * MONTHS + month
                _fill_low_row_of(work, row, work[FRAILTY][kind], acting)


def _acting(work: Rows, at: int, link: float, cap: float) -> float:
    """What multiplies a link in a month: key work and groups together, at most the cap."""
    key_work = (1.0 - link) * work[DOSE][at]
    both = key_work + work[GROUP_DOSE][at] * (1.0 - key_work)
    return 1.0 - min(both, cap)


def _fill_high_row(
    work: Rows, row: int, frail: float, care: float, plan: float, most: int, first: int, last: int
) -> None:
    """The chances of children in need and on a plan: care and plan multiply those steps.

    most: months that a child can have been there; first to last: the months that children who
    were there on the day of the referral have been there.
    """
    rates, high, at = work[RATES], work[HIGH], row * _HIGH_PLACES
    into_care = frail * care * rates[_INTO_CARE]
    to_plan = rates[_NEED_PLAN] * frail * plan
    to_care = rates[_NEED_CARE] * into_care
    speed = to_plan + to_care + rates[_NEED_EARLY]
    pace = speed * rates[_STAYS]
    sixth = math.expm1(-work[NEED_CAME][0] * pace / 6.0)
    half = _half(sixth)
    high[at + _N_HALF] = half
    high[at + _N_THIRD] = _third(sixth)
    high[at + _N_PLAN] = to_plan / speed if speed > 0.0 else 0.0
    high[at + _N_CARE] = to_care / speed if speed > 0.0 else 0.0
    high[at + _N_EARLY] = rates[_NEED_EARLY] / speed if speed > 0.0 else 0.0
    line = row * int(rates[_WIDTH])
    _fill_leaves(work, NEED_CAME, NEED_LEAVES, line, pace, half * (2.0 - half), most, first, last)
    to_care = rates[_PLAN_CARE] * into_care
    speed = to_care + rates[_PLAN_NEED] + rates[_PLAN_EARLY]
    sixth = math.expm1(-work[PLAN_CAME][0] * speed / 6.0)
    half = _half(sixth)
    high[at + _P_HALF] = half
    high[at + _P_THIRD] = _third(sixth)
    high[at + _P_CARE] = to_care / speed if speed > 0.0 else 0.0
    high[at + _P_NEED] = rates[_PLAN_NEED] / speed if speed > 0.0 else 0.0
    high[at + _P_EARLY] = rates[_PLAN_EARLY] / speed if speed > 0.0 else 0.0
    _fill_leaves(work, PLAN_CAME, PLAN_LEAVES, line, speed, half * (2.0 - half), most, first, last)


def _fill_leaves(
    work: Rows,
    spends_row: int,
    leaves_row: int,
    line: int,
    pace: float,
    at_first: float,
    most: int,
    first: int,
    last: int,
) -> None:
    """Chances of leaving within a month by months since a child came: worked out once a band.

    at_first: the chance in the first band. The rows that follow those named are of the children
    who were there from the beginning.
    """
    spends, leaves = work[spends_row], work[leaves_row]
    spent, chance = spends[0], at_first
    for since in range(1, most + 1):
        spend = spends[since]
        if spend != spent:
            spent, chance = spend, -math.expm1(-spend * pace)
        leaves[line + since] = chance
    spends_first, leaves_first = work[spends_row + 1], work[leaves_row + 1]
    for since in range(first, last + 1):
        spend = spends_first[since]
        if spend != spent:
            if since > 0 and spend == spends[since]:
                chance = leaves[line + since]
            else:
                chance = -math.expm1(-spend * pace)
            spent = spend
        leaves_first[line + since] = chance


def _half(sixth: float) -> float:
    """The chance of leaving in half a month, from expm1 of a sixth of what a month spends."""
    return -sixth * (3.0 + sixth * (3.0 + sixth))


def _third(sixth: float) -> float:
    return -sixth * (2.0 + sixth)


# The chain


def _walk(
    work: Rows, first: int, last: int, closed: int, low_row: int, high_row: int, forward: int
) -> None:
    """Take the children held in `work` from the beginning of month `first` to that of month `last`.

    low_row, high_row: the rows of the first of these months; forward: 1 where every month has a row
    of its own, 0 where all share one. From the month `closed` on nobody leaves care.
    """
    low, high, need, plan, care = work[LOW], work[HIGH], work[IN_NEED], work[ON_PLAN], work[CARE]
    need_leaves, plan_leaves = work[NEED_LEAVES], work[PLAN_LEAVES]
    care_leaves, care_again = work[CARE_LEAVES], work[CARE_AGAIN]
    width, ages = int(work[RATES][_WIDTH]), int(work[RATES][_YEARS_OF_AGE])
    from_need, from_universal = work[RATES][_CARE_NEED], work[RATES][_CARE_UNIVERSAL]
    universal, early = work[IN_LOW][0], work[IN_LOW][1]
    for month in range(first, last):
        row = high_row * width
        at = low_row * _LOW_PLACES
        to = high_row * _HIGH_PLACES
        # who leaves, of those who were there at the beginning of the month
        leave_universal = universal * low[at]
        leave_early = early * low[at + 5]
        universal -= leave_universal
        early -= leave_early
        leave_need, leave_plan, leave_care = 0.0, 0.0, 0.0
        if need[0] > 0.0:
            leave_need = need[0] * work[NEED_FIRST_LEAVES][row + month]
            need[0] -= leave_need
        if plan[0] > 0.0:
            leave_plan = plan[0] * work[PLAN_FIRST_LEAVES][row + month]
            plan[0] -= leave_plan
        since = row + month + 1
        for came in range(1, month + 1):
            gone = need[came] * need_leaves[since - came]
            need[came] -= gone
            leave_need += gone
            gone = plan[came] * plan_leaves[since - came]
            plan[came] -= gone
            leave_plan += gone
        half_care, third_care = 0.0, 0.0
        if month < closed:
            for age in range(ages):
                gone = care[age] * care_leaves[month * ages + age]
                care[age] -= gone
                leave_care += gone
            half_care, third_care = care_again[2 * month], care_again[2 * month + 1]
        # where they go; and who goes on from there within the month, and once more
        come_need, come_plan, come_care = 0.0, 0.0, 0.0
        started = 0.0
        for move in range(3):
            to_universal = leave_early * low[at + 9] + leave_care * from_universal
            to_early = leave_universal * low[at + 3]
            to_early += leave_need * high[to + 4] + leave_plan * high[to + 9]
            to_need = leave_universal * low[at + 4] + leave_early * low[at + 8]
            to_need += leave_plan * high[to + 8] + leave_care * from_need
            to_plan = leave_need * high[to + 2]
            to_care = leave_need * high[to + 3] + leave_plan * high[to + 7]
            started += to_plan
            if move < 2:
                leave_universal = to_universal * low[at + 1 + move]
                leave_early = to_early * low[at + 6 + move]
                leave_need = to_need * high[to + move]
                leave_plan = to_plan * high[to + 5 + move]
                leave_care = to_care * (half_care if move == 0 else third_care)
                to_universal -= leave_universal
                to_early -= leave_early
                to_need -= leave_need
                to_plan -= leave_plan
                to_care -= leave_care
            universal += to_universal
            early += to_early
            come_need += to_need
            come_plan += to_plan
            come_care += to_care
        need[month + 1] = come_need
        plan[month + 1] = come_plan
        come_care /= ages
        for age in range(ages):
            care[age] += come_care
        work[STARTED][month] = started
        low_row += forward
        high_row += forward
    work[IN_LOW][0], work[IN_LOW][1] = universal, early


def _put(work: Rows, who: int, share: float) -> None:
    """Put children where they are on the day of the referral: share times those of a group."""
    start, ages = work[START], int(work[RATES][_YEARS_OF_AGE])
    low = share if who in (BELOW, ALL) else 0.0
    high = share if who in (KNOWN, ALL) else 0.0
    work[IN_LOW][0], work[IN_LOW][1] = start[0] * low, start[1] * low
    work[IN_NEED][0], work[ON_PLAN][0] = start[2] * high, start[3] * high
    in_care = start[4] * share / ages if who == IN_CARE else 0.0
    for age in range(ages):
        work[CARE][age] = in_care


def _keep(work: Rows, place: int, month: int) -> None:
    """Put by the children as they are at the beginning of a month."""
    kept = work[KEPT]
    at = place * (2 + 2 * int(work[RATES][_WIDTH]) + int(work[RATES][_YEARS_OF_AGE]))
    kept[at], kept[at + 1] = work[IN_LOW][0], work[IN_LOW][1]
    at += 2
    for came in range(month + 1):
        kept[at], kept[at + 1] = work[IN_NEED][came], work[ON_PLAN][came]
        at += 2
    for age in range(int(work[RATES][_YEARS_OF_AGE])):
        kept[at + age] = work[CARE][age]


def _bring_back(work: Rows, place: int, month: int) -> None:
    kept = work[KEPT]
    at = place * (2 + 2 * int(work[RATES][_WIDTH]) + int(work[RATES][_YEARS_OF_AGE]))
    work[IN_LOW][0], work[IN_LOW][1] = kept[at], kept[at + 1]
    at += 2
    for came in range(month + 1):
        work[IN_NEED][came], work[ON_PLAN][came] = kept[at], kept[at + 1]
        at += 2
    for age in range(int(work[RATES][_YEARS_OF_AGE])):
        work[CARE][age] = kept[at + age]


def _in_care(work: Rows) -> float:
    total = 0.0
    for age in range(int(work[RATES][_YEARS_OF_AGE])):
        total += work[CARE][age]
    return total


def _plans(work: Rows, first: int) -> float:
    """Plans started in twelve months."""
    total = 0.0
    for month in range(first, first + FIRST_YEAR):
        total += work[STARTED][month]
    return total


# How long episodes last


def find_stay_scale(record: Numbers, work: Rows) -> float:
    """The factor on the rate of leaving child in need, or 0 where none reproduces the lengths."""
    target = math.log(_mean_length(record, CHILD_IN_NEED_LENGTHS))
    at, slope, points = 0.0, -1.0, 0
    for _ in range(MOST_ROUNDS):
        work[RATES][_STAYS] = math.exp(at)
        _follow_episodes(work)
        gap = math.log(_mean_length(work[TOTALS], OPEN)) - target
        points = _note(work[TRAIL], at, gap, points)
        if abs(gap) <= ENOUGH:
            return math.exp(at)
        slope = _slope(work[TRAIL], points, slope)
        at += _within(-gap / slope, LONGEST_STEP_IN_LOG)
        if points == 3 and abs(gap / slope) <= LAST_STEP:
            return math.exp(at)
    return math.exp(at) if abs(work[TRAIL][1]) <= TOLERANCE else 0.0


def _follow_episodes(work: Rows) -> None:
    """The shares of episodes still open after LENGTHS, for children of average frailty.

    At the published shares into care; an episode is closed by whoever leaves plans and care too.
    """
    _fill_high_row(work, _UNCHANGED_HIGH, 1.0, 1.0, 1.0, LENGTHS[3], 0, LENGTHS[3] - 1)
    work[IN_LOW][0], work[IN_LOW][1], work[IN_NEED][0], work[ON_PLAN][0] = 0.0, 0.0, 1.0, 0.0
    for age in range(int(work[RATES][_YEARS_OF_AGE])):
        work[CARE][age] = 0.0
    month = 0
    for place in range(4):
        _walk(work, month, LENGTHS[place], _NEVER, _NOBODY_MOVES, _UNCHANGED_HIGH, 0)
        month = LENGTHS[place]
        work[TOTALS][OPEN + place] = 1.0 - (work[IN_LOW][0] + work[IN_LOW][1])


def _mean_length(still: Numbers, place: int) -> float:
    """Mean months within the first two years, from the shares still open after LENGTHS.

    Survival falls at an even rate between the published months.
    """
    mean, before, month = 0.0, 1.0, 0
    for length in range(4):
        after = still[place + length]
        if after <= 0.0:
            area = 0.0
        elif abs(before / after - 1.0) < TOLERANCE:
            area = after
        else:
            area = (before - after) / math.log(before / after)
        mean += area * (LENGTHS[length] - month)
        before, month = after, LENGTHS[length]
    return max(mean, NONE_AT_ALL)


# Who is looked after without the service


def find_care_multiplier(record: Numbers, work: Rows) -> float:
    """The multiplier on the links into care, or 0 where none reproduces the share in care."""
    target = math.log(record[LOOKED_AFTER])
    at, slope, points = 0.0, 1.0, 0
    for _ in range(MOST_ROUNDS):
        work[RATES][_INTO_CARE] = math.exp(at)
        gap = math.log(max(_looked_after(work), NONE_AT_ALL)) - target
        points = _note(work[TRAIL], at, gap, points)
        if abs(gap) <= ENOUGH:
            return math.exp(at)
        slope = _slope(work[TRAIL], points, slope)
        at += _within(-gap / slope, LONGEST_STEP_IN_LOG)
        if points == 3 and abs(gap / slope) <= LAST_STEP:
            return math.exp(at)
    return math.exp(at) if abs(work[TRAIL][1]) <= TOLERANCE else 0.0


def _looked_after(work: Rows) -> float:
    """The share of all who start in care in months 19 to 24."""
    share, _, _ = _without(work, ALL)
    if work[START][4] > 0.0:
        already, _, _ = _without(work, IN_CARE)
        share += already
    return share


def _without(work: Rows, who: int) -> tuple[float, float, float]:
    """Of a group without the service: in care in months 19 to 24; plans in the years after."""
    wait, longer = int(work[RATES][_WAIT]), work[RATES][_SHARE_LONGER]
    sooner = work[RATES][_SHARE_WAITING]
    last = wait + MONTHS
    counted = wait + COUNTED_FROM
    care, plans_1, plans_2 = 0.0, 0.0, 0.0
    for kind in range(KINDS):
        low_row = _UNCHANGED_LOW + kind
        _fill_high_row(work, _UNCHANGED_HIGH, work[FRAILTY][kind], 1.0, 1.0, last, 0, last)
        _put(work, who, FRAILTY_SHARES[kind])
        _walk(work, 0, counted, _NEVER, low_row, _UNCHANGED_HIGH, 0)
        if longer > 0.0:
            _keep(work, 0, counted)
        _walk(work, counted, last, counted, low_row, _UNCHANGED_HIGH, 0)
        care += sooner * _in_care(work)
        plans_1 += sooner * _plans(work, wait)
        plans_2 += sooner * _plans(work, wait + FIRST_YEAR)
        if longer > 0.0:
            _bring_back(work, 0, counted)
            _walk(work, counted, last + 1, counted + 1, low_row, _UNCHANGED_HIGH, 0)
            care += longer * _in_care(work)
            plans_1 += longer * _plans(work, wait + 1)
            plans_2 += longer * _plans(work, wait + 1 + FIRST_YEAR)
    return care, plans_1, plans_2


def _note_without(work: Rows) -> None:
    """Note the totals without the service in work[TOTALS]."""
    care, plans_1, plans_2 = _without(work, ALL)
    everyone = care
    if work[START][4] > 0.0:
        already, _, _ = _without(work, IN_CARE)
        everyone += already
    work[TOTALS][WITHOUT_LOOKED_AFTER] = everyone
    work[TOTALS][WITHOUT_CARE] = care
    work[TOTALS][WITHOUT_PLANS_YEAR_1] = plans_1
    work[TOTALS][WITHOUT_PLANS_YEAR_2] = plans_2


# With the service


def _wait(work: Rows) -> None:
    """Put by the children of each wait, group and kind as they are on the day of the start."""
    wait, longer = int(work[RATES][_WAIT]), work[RATES][_SHARE_LONGER]
    for kind in range(KINDS):
        _fill_high_row(work, _UNCHANGED_HIGH, work[FRAILTY][kind], 1.0, 1.0, wait + 1, 0, wait)
        for group in range(GROUPS):
            _put(work, group, FRAILTY_SHARES[kind])
            month = 0
            for late in range(2 if longer > 0.0 else 1):
                _walk(work, month, wait + late, _NEVER, _UNCHANGED_LOW + kind, _UNCHANGED_HIGH, 0)
                month = wait + late
                _keep(work, (late * GROUPS + group) * KINDS + kind, month)


def _below_at_the_start(work: Rows) -> tuple[float, float]:
    """Of children below child in need when their family starts, those at each level."""
    wait, longer = int(work[RATES][_WAIT]), work[RATES][_SHARE_LONGER]
    universal, early = 0.0, 0.0
    state = 2 + 2 * int(work[RATES][_WIDTH]) + int(work[RATES][_YEARS_OF_AGE])
    for late in range(2 if longer > 0.0 else 1):
        share = longer if late == 1 else work[RATES][_SHARE_WAITING]
        for place in range(late * GROUPS * KINDS, (late + 1) * GROUPS * KINDS):
            universal += share * work[KEPT][place * state]
            early += share * work[KEPT][place * state + 1]
        if work[START][4] > 0.0:
            for kind in range(KINDS):
                _fill_high_row(work, _UNCHANGED_HIGH, work[FRAILTY][kind], 1.0, 1.0, wait + 1, 0, 0)
                _put(work, IN_CARE, FRAILTY_SHARES[kind])
                _walk(work, 0, wait + late, _NEVER, _UNCHANGED_LOW + kind, _UNCHANGED_HIGH, 0)
                universal += share * work[IN_LOW][0]
                early += share * work[IN_LOW][1]
    some = universal + early
    universal = universal / some if some > 0.0 else 0.0
    return universal, 1.0 - universal


def _find_child_in_need_link(record: Numbers, work: Rows, solved: Numbers) -> None:
    """The first link depends on no other. At a bound the nearest is kept, and what it misses."""
    universal, early = _below_at_the_start(work)
    without = _note_without_below(work, universal, early)
    goal = record[CHILD_IN_NEED_RATIO] * without
    low = max(LOWEST_RATIO, 1.0 - record[EFFECT_CAP])
    at, slope, points, gap = 1.0, 0.5, 0, 0.0
    for _ in range(MOST_ROUNDS):
        reached = _child_in_need_within_a_year(record, work, at, universal, early)
        gap = (reached - goal) / goal if goal != 0.0 else 0.0
        points = _note(work[TRAIL], at, gap, points)
        if abs(gap) <= ENOUGH:
            break
        slope = _slope(work[TRAIL], points, slope)
        tried = min(max(at - gap / slope, low), HIGHEST_RATIO)
        if tried == at:
            break
        at = tried
    solved[CHILD_IN_NEED_LINK] = at
    solved[MISSED] = abs(gap)
    _fill_low_rows(record, work, at)


def _note_without_below(work: Rows, universal: float, early: float) -> float:
    """Note the share who enter child in need without the service in the totals."""
    share = 0.0
    for kind in range(KINDS):
        share += FRAILTY_SHARES[kind] * _enter(work, _UNCHANGED_LOW + kind, 0, universal, early)
    work[TOTALS][WITHOUT_CHILD_IN_NEED] = share
    return share


def _child_in_need_within_a_year(
    record: Numbers, work: Rows, link: float, universal: float, early: float
) -> float:
    """Of those below child in need at the start, the share who enter it within 12 months."""
    cap = record[EFFECT_CAP]
    for month in range(FIRST_YEAR):
        acting = _acting(work, month, link, cap) * work[SEEN][month]
        for kind in range(KINDS):
            _fill_low_row_of(work, kind * MONTHS + month, work[FRAILTY][kind], acting)
    share = 0.0
    for kind in range(KINDS):
        share += FRAILTY_SHARES[kind] * _enter(work, kind * MONTHS, 1, universal, early)
    return share


def _enter(work: Rows, row: int, forward: int, universal: float, early: float) -> float:
    """The share who enter child in need within 12 months, counted once: they stay there."""
    low = work[LOW]
    need = 0.0
    for _ in range(FIRST_YEAR):
        at = row * _LOW_PLACES
        leave_universal = universal * low[at]
        leave_early = early * low[at + 5]
        universal -= leave_universal
        early -= leave_early
        for move in range(3):
            to_universal = leave_early * low[at + 9]
            to_early = leave_universal * low[at + 3]
            need += leave_universal * low[at + 4] + leave_early * low[at + 8]
            if move < 2:
                leave_universal = to_universal * low[at + 1 + move]
                leave_early = to_early * low[at + 6 + move]
                to_universal -= leave_universal
                to_early -= leave_early
            universal += to_universal
            early += to_early
        row += forward
    return need


def _find_care_and_plan_links(record: Numbers, work: Rows, solved: Numbers) -> None:
    """Both at once, because plans lead to care: Broyden's method, two by two."""
    low = max(LOWEST_RATIO, 1.0 - record[EFFECT_CAP])
    totals, gaps, slopes = work[TOTALS], work[GAPS], work[SLOPES]
    goal_care = record[CARE_RATIO] * totals[WITHOUT_CARE]
    goal_plans = record[PLAN_RATIO_YEAR_1] * totals[WITHOUT_PLANS_YEAR_1]
    goal_plans += record[PLAN_RATIO_YEAR_2] * totals[WITHOUT_PLANS_YEAR_2]
    solved[CARE_LINK], solved[PLAN_LINK] = 1.0, 1.0
    _begin(record, work, solved, goal_care, goal_plans)
    care = min(max(solved[CARE_LINK], low), HIGHEST_RATIO)
    plan = min(max(solved[PLAN_LINK], low), HIGHEST_RATIO)
    a, b, c, d = slopes[0], slopes[1], slopes[2], slopes[3]
    _find_gaps(record, work, solved, care, plan, goal_care, goal_plans)
    gap_care, gap_plan = gaps[0], gaps[1]
    for _ in range(MOST_ROUNDS):
        # each ratio gives way to the other's bound
        both = a * d - b * c
        step_plan = _kept(plan, _over(c * gap_care - a * gap_plan, both), low)
        step_care = _kept(care, -_over(gap_care + b * step_plan, a), low)
        step_plan = _kept(plan, -_over(gap_plan + c * step_care, d), low)
        care += step_care
        plan += step_plan
        if (abs(gap_care) <= TOLERANCE or step_care == 0.0) and (
            abs(gap_plan) <= TOLERANCE or step_plan == 0.0
        ):
            break  # what this last step leaves is below anything that shows
        _find_gaps(record, work, solved, care, plan, goal_care, goal_plans)
        # what the slopes did not foresee is put down to the direction of the step
        length = step_care * step_care + step_plan * step_plan
        missed = (gaps[0] - gap_care - (a * step_care + b * step_plan)) / length
        a += missed * step_care
        b += missed * step_plan
        missed = (gaps[1] - gap_plan - (c * step_care + d * step_plan)) / length
        c += missed * step_care
        d += missed * step_plan
        gap_care, gap_plan = gaps[0], gaps[1]
    solved[CARE_LINK], solved[PLAN_LINK] = care, plan
    solved[MISSED] = max(solved[MISSED], max(abs(gap_care), abs(gap_plan)))


def _begin(
    record: Numbers, work: Rows, solved: Numbers, goal_care: float, goal_plans: float
) -> None:
    """Where the search begins: links and slopes, from how far the mean dose has to carry.

    A link that nobody takes has no slope and is left at 1.
    """
    slopes, totals = work[SLOPES], work[TOTALS]
    dose, seen = 0.0, 0.0
    for at in range(GROUPS * MONTHS):
        dose += work[DOSE][at]
        seen += work[SEEN][at]
    dose /= GROUPS * MONTHS
    seen /= GROUPS * MONTHS
    care, plan = 1.0, 1.0  # what is left of a rate at the mean dose
    if goal_care > 0.0 and goal_plans > 0.0 and dose > 0.0:
        without = totals[WITHOUT_PLANS_YEAR_1] + totals[WITHOUT_PLANS_YEAR_2]
        needed = math.log(max(record[CHILD_IN_NEED_RATIO], LOWEST_RATIO))
        of_care = math.log(goal_care / totals[WITHOUT_CARE]) - CARE_BY_NEED * needed
        of_plans = math.log(goal_plans / without) - PLANS_BY_NEED * needed
        both = CARE_BY_CARE * PLANS_BY_PLAN - CARE_BY_PLAN * PLANS_BY_CARE
        care = math.exp((PLANS_BY_PLAN * of_care - CARE_BY_PLAN * of_plans) / both)
        plan = math.exp((CARE_BY_CARE * of_plans - PLANS_BY_CARE * of_care) / both)
        plan /= max(seen, LOWEST_RATIO)
        solved[CARE_LINK] = 1.0 - (1.0 - care) / dose
        solved[PLAN_LINK] = 1.0 - (1.0 - plan) / dose
    some_care = dose if goal_care > 0.0 else 0.0
    some_plans = dose if goal_plans > 0.0 else 0.0
    slopes[0] = CARE_BY_CARE * some_care / care
    slopes[1] = CARE_BY_PLAN * some_care / plan
    slopes[2] = PLANS_BY_CARE * some_plans / care
    slopes[3] = PLANS_BY_PLAN * some_plans / plan


def _find_gaps(
    record: Numbers,
    work: Rows,
    solved: Numbers,
    care: float,
    plan: float,
    goal_care: float,
    goal_plans: float,
) -> None:
    """How far the two totals are from their goals, relative to them; 0 where none can happen."""
    reached, plans_1, plans_2 = _with_the_service(record, work, care, plan)
    plans = plans_1 + plans_2
    work[GAPS][0] = (reached - goal_care) / goal_care if goal_care != 0.0 else 0.0
    work[GAPS][1] = (plans - goal_plans) / goal_plans if goal_plans != 0.0 else 0.0
    solved[CHAINS] += 1.0


def _with_the_service(
    record: Numbers, work: Rows, care_link: float, plan_link: float
) -> tuple[float, float, float]:
    """In care in months 19 to 24 from the start, and plans in the two years from it."""
    wait, longer = int(work[RATES][_WAIT]), work[RATES][_SHARE_LONGER]
    waits = 2 if longer > 0.0 else 1
    cap = record[EFFECT_CAP]
    care, plans_1, plans_2 = 0.0, 0.0, 0.0
    for group in range(GROUPS):
        firsts = wait + waits - 1 if group == KNOWN else -1
        for kind in range(KINDS):
            frail = work[FRAILTY][kind]
            for month in range(MONTHS):
                at = group * MONTHS + month
                into_care = _acting(work, at, care_link, cap)
                on_plan = _acting(work, at, plan_link, cap) * work[SEEN][at]
                most = month + wait + waits - 1
                last = month + firsts if group == KNOWN else -1
                _fill_high_row(work, month, frail, into_care, on_plan, most, month + wait, last)
            for late in range(waits):
                month = wait + late
                share = longer if late == 1 else work[RATES][_SHARE_WAITING]
                _bring_back(work, (late * GROUPS + group) * KINDS + kind, month)
                low_row = (group * KINDS + kind) * MONTHS
                _walk(work, month, month + MONTHS, month + COUNTED_FROM, low_row, 0, 1)
                care += share * _in_care(work)
                plans_1 += share * _plans(work, month)
                plans_2 += share * _plans(work, month + FIRST_YEAR)
    return care, plans_1, plans_2


# Small arithmetic


def _is_neutral(record: Numbers) -> bool:
    """Whether the service changes no level of need."""
    neutral = record[GROUP_EFFECT] <= 0.0
    for place in range(CARE_RATIO, DETECTION + 1):
        neutral = neutral and record[place] == 1.0
    return neutral


def _months(weeks: float) -> float:
    return weeks * DAYS_IN_WEEK * 12 / DAYS_IN_YEAR


def _months_followed(work: Rows) -> int:
    return MONTHS + int(work[RATES][_WAIT]) + 1


def _daily(chance_a_year: float) -> float:
    return -math.log1p(-chance_a_year) / DAYS_IN_YEAR


def _note(trail: Numbers, at: float, gap: float, points: int) -> int:
    """Put the newest place tried, and its gap, before the two before it."""
    for place in range(5, 1, -1):
        trail[place] = trail[place - 2]
    trail[0], trail[1] = at, gap
    return min(points + 1, 3)


def _slope(trail: Numbers, points: int, guess: float) -> float:
    """The slope of the gap at the newest place: that of the parabola through the last three.

    Gaps are monotone, so a slope of the wrong sign is not taken: the last sound one stands.
    """
    if points < 2 or trail[0] == trail[2]:
        return guess
    slope = (trail[1] - trail[3]) / (trail[0] - trail[2])
    if points == 3 and trail[2] != trail[4] and trail[0] != trail[4]:
        before = (trail[3] - trail[5]) / (trail[2] - trail[4])
        bent = slope + (slope - before) / (trail[0] - trail[4]) * (trail[0] - trail[2])
        if bent * guess > 0.0:
            return bent
    return slope if slope * guess > 0.0 else guess


def _within(step: float, most: float) -> float:
    return min(max(step, -most), most)


def _kept(at: float, step: float, low: float) -> float:
    """A step made short enough, and kept within bounds."""
    return min(max(at + _within(step, LONGEST_STEP), low), HIGHEST_RATIO) - at


def _over(a: float, b: float) -> float:
    """A / b, and 0 where b is 0: a link that nobody takes is left as it is."""
    return a / b if b != 0.0 else 0.0


def _rounded(value: float) -> float:
    return math.floor(value * ONE_KEPT + 0.5) / ONE_KEPT
