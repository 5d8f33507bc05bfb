"""How much of the service a family has had, and how that builds up on average.

`dose` is what both engines use for one family. `dose_curve` is the mean of a reference scenario
by week since a family started, for the cohort on which effects are solved: no simulation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from familyflow.outcomes.readings import number, records, shares_by_length, table
from familyflow.outcomes.starting import levels_at_start
from familyflow.specification.by_draw import across
from familyflow.specification.plan import LARGE_FAMILY, LEVEL_NAMES, Floats
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

WEEKS_IN_YEAR = 52
WEEKS_FOLLOWED = 2 * WEEKS_IN_YEAR + 1  # two years, and the day that 104 weeks leave over
# Levels at the start: children known to social care have more sessions, and only those below can
# still be referred up, which ends many an episode.
START_GROUPS = BELOW, KNOWN = (0, 1), (2, 3)
EVERY_LEVEL = (*BELOW, *KNOWN)
_KEY = "service.key_work."
_MAKE_UP = "families.make_up."
_EFFECTS = "outcomes.effects."
_ESCALATION = "outcomes.escalation."


@dataclass(frozen=True)
class DoseCurve:
    """Shares of children of families who start, by week: arrays [.., WEEKS_FOLLOWED + 1].

    The first axis is whole years since the last session, so that a draw's own retention can be
    applied; the shares by sessions attended let it apply its own dose. Values hold at the end of
    week 0, 1, 2 ...; between them the curve is straight.
    """

    sessions: Floats  # [years since the last session, sessions attended, week]: share of children
    group: Floats  # [years since the last session, week]: share who completed a group
    met: Floats  # [week]: share of families with the first session held
    first_met: Floats  # [week]: share of families whose first session fell in that week

    def mean_dose(self, values: Mapping[str, object]) -> Floats:
        """The mean dose before it fades: [years since the last session, week]."""
        full = doses(self.sessions.shape[1] - 1, values)
        mean: Floats = (self.sessions * full[:, None]).sum(axis=1)
        return mean


def dose(sessions: float, values: Mapping[str, object]) -> float:
    """The dose of so many sessions: none below the threshold, then in proportion, at most 1."""
    return float(doses_of(np.array([sessions]), values)[0])


def doses(most_sessions: int, values: Mapping[str, object]) -> Floats:
    """The dose of 0, 1 ... most_sessions sessions."""
    return doses_of(np.arange(most_sessions + 1), values)


def doses_of(sessions: npt.NDArray[Any], values: Mapping[str, object]) -> Floats:
    """`dose` of each of these numbers of sessions: [.., session], by draw if draws differ."""
    full = across(number(values, _EFFECTS + "dose_reference"), 1)
    threshold = across(number(values, _EFFECTS + "dose_threshold"), 1)
    found: Floats = np.where(sessions < threshold, 0.0, np.minimum(1.0, sessions / full))
    return found


def retained(values: Mapping[str, object], years: int) -> Floats:
    """The share of an effect that is left 0, 1 ... years after the last session: [.., year].

    Every form leaves 1 in the first year and `retention_per_year` in the second, which is as far as
    studies look; what comes after is a choice of structure, not a number.
    """
    left = across(number(values, _EFFECTS + "retention_per_year"), 1)
    form, since = values[_EFFECTS + "retention_form"], np.arange(years + 1, dtype=np.float64)
    by_year: Floats = np.where(since == 0.0, 1.0, left)
    if form == "held":
        return by_year
    fading: Floats = np.multiply.accumulate(by_year, axis=-1)
    if form == "linear":
        fading = np.maximum(0.0, 1.0 - (1.0 - left) * since)
    return fading


def dose_curves(reference: Mapping[str, object]) -> list[DoseCurve]:
    """The curve of each group of START_GROUPS."""
    return [dose_curve(reference, levels) for levels in START_GROUPS]


def dose_curve(reference: Mapping[str, object], levels: Sequence[int] = EVERY_LEVEL) -> DoseCurve:
    """The mean dose of the reference scenario by week since a family was allocated.

    Of children who were at one of these levels then; larger families count by their children.
    Week by week: the family leaves, or its meeting is offered (a term week, the worker there) and
    attended; introductory slots, which count once offered, come first, then its sessions.
    Approximated: term weeks and absences fall at random; within these levels leaving does not
    depend on what becomes of a child, so nobody who steps up has had less; a change of worker is a
    chance of leaving without a pause; a repeat episode adds nothing; closing weeks, which hold no
    session, are left out.
    """
    lengths = _lengths(reference, levels)
    most = max(introductory + sessions for introductory, sessions, _ in lengths)
    shape = most + 1, WEEKS_FOLLOWED + 1
    ended, running = np.zeros(shape), np.zeros(shape)
    for introductory in dict.fromkeys(first for first, *_ in lengths):
        own = [row for row in lengths if row[0] == introductory]
        now, left = _progress(reference, levels, introductory, most)
        add_ended, add_running = _by_sessions(now, left, own)
        ended, running = ended + add_ended, running + add_running
    faded = _since(ended, WEEKS_IN_YEAR)
    stopped = faded.sum(axis=0)
    completed = _completed_a_group(reference)
    met = (ended + running)[1:].sum(axis=0)
    return DoseCurve(
        sessions=np.stack([ended - faded + running, faded]),
        group=np.stack([completed * (1.0 - stopped), completed * stopped]),
        met=met,
        first_met=np.diff(met, prepend=0.0),
    )


def _progress(
    values: Mapping[str, object], levels: Sequence[int], introductory: int, most: int
) -> tuple[Floats, Floats]:
    """Families still there, and gone, by steps of the plan done and week since they started."""
    offered, leaves = _meeting_offered(values), _leaving_a_week(values, levels)
    held = _meeting_held(values)
    moves_on = np.where(np.arange(most + 1) < introductory, offered, held)
    now, left = np.zeros((2, most + 1, WEEKS_FOLLOWED + 1))
    now[0, 0] = 1.0
    for week in range(1, WEEKS_FOLLOWED + 1):
        left[:, week] = left[:, week - 1] + now[:, week - 1] * leaves
        there = now[:, week - 1] * (1.0 - leaves)
        step = there * moves_on
        now[:, week] = there - step
        now[1:, week] += step[:-1]
        now[-1, week] += step[-1]
    return now, left


def _meeting_held(values: Mapping[str, object]) -> float:
    """The chance that a week holds a meeting: it is offered, and the family is there."""
    return _meeting_offered(values) * number(values, _KEY + "attendance")


def _meeting_offered(values: Mapping[str, object]) -> float:
    """The chance that a week offers a meeting: a term week, and the worker there."""
    holidays = values.get("service.calendar.school_holidays")
    weeks = (
        sum(float(row[1]) for row in holidays.values()) if isinstance(holidays, Mapping) else 0.0
    )
    absent = (
        number(values, "service.team.absences_per_year")
        * number(values, "service.team.mean_days_of_absence")
        / DAYS_IN_YEAR
    )
    in_term = 1.0 - weeks / WEEKS_IN_YEAR
    return in_term * max(0.0, 1.0 - absent)


def _leaving_a_week(values: Mapping[str, object], levels: Sequence[int]) -> float:
    """The chance that a child's family leaves in a week, all endings but the planned one."""
    large = sum(share for count, share in _family_sizes(values) if count >= LARGE_FAMILY)
    on_plan = _level_shares(values, levels)[3]
    disengages = -math.log1p(-number(values, _KEY + "disengaging_per_week"))
    disengages *= 1.0 + large * (number(values, _KEY + "disengaging_large_family") - 1.0)
    disengages *= 1.0 + on_plan * (number(values, _KEY + "disengaging_on_plan") - 1.0)
    ended = -math.log1p(-number(values, _KEY + "ended_by_service_per_week"))
    a_year = (
        number(values, _MAKE_UP + "moves_per_year")
        + number(values, "service.team.turnover_per_year")
        * number(values, "service.team.disengages_on_change")
        + _referred_up_a_year(values, levels) * number(values, _KEY + "ends_when_referred_up")
    )
    return -math.expm1(-(disengages + ended + a_year * DAYS_IN_WEEK / DAYS_IN_YEAR))


def _family_sizes(values: Mapping[str, object]) -> list[tuple[int, float]]:
    """Children in a family, and the share of all children who live in such a family."""
    families = [(int(n), share) for n, share in table(values, _MAKE_UP + "children").items()]
    mean = sum(count * share for count, share in families)
    return [(count, count * share / mean) for count, share in families]


def _referred_up_a_year(values: Mapping[str, object], levels: Sequence[int]) -> float:
    """The rate a year at which the first of a family's children steps up to a statutory level."""
    mean_children = sum(count * share for count, share in _family_sizes(values))
    mean_children -= (mean_children - 1.0) * number(values, _MAKE_UP + "sibling_outside_age_range")
    # a child who is in need already is known to social care: only the levels below step up to it
    by_level = (
        -math.log1p(-number(values, _ESCALATION + "universal_to_child_in_need")),
        -math.log1p(-number(values, _ESCALATION + "early_help_to_child_in_need")),
    )
    shares = _level_shares(values, levels)
    return mean_children * sum(a * b for a, b in zip(shares[:2], by_level, strict=True))


def _level_shares(values: Mapping[str, object], levels: Sequence[int]) -> list[float]:
    """Of children who start at these levels, the share at each level (all at one if nobody is)."""
    every = levels_at_start(values)
    total = sum(every[level] for level in levels)
    if not total:
        return [float(level == levels[0]) for level in EVERY_LEVEL]
    return [every[level] / total if level in levels else 0.0 for level in EVERY_LEVEL]


def _lengths(values: Mapping[str, object], levels: Sequence[int]) -> list[tuple[int, int, float]]:
    """Introductory meetings, sessions, and the share of families with both."""
    introductory = shares_by_length(values, _KEY + "introductory_weeks")
    sessions = shares_by_length(values, _KEY + "weeks_of_sessions")
    extra = table(values, _KEY + "extra_weeks_by_level")
    by_level = zip(LEVEL_NAMES[:4], _level_shares(values, levels), strict=True)
    fewest, most = min(length for length, _ in sessions), max(length for length, _ in sessions)
    return [
        (first, min(most, max(fewest, length + int(extra.get(level, 0.0)))), a * b * share)
        for (first, a), (length, b), (level, share) in product(introductory, sessions, by_level)
    ]


def _by_sessions(
    now: Floats, left: Floats, lengths: Sequence[tuple[int, int, float]]
) -> tuple[Floats, Floats]:
    """Families by sessions attended [sessions, week]: those whose sessions ended, and the rest."""
    ended, running = np.zeros_like(now), np.zeros_like(now)
    for introductory, sessions, share in lengths:
        for meetings in range(len(now)):
            attended = min(sessions, max(0, meetings - introductory))
            ended[attended] += share * left[meetings]
            complete = meetings >= introductory + sessions
            (ended if complete else running)[attended] += share * now[meetings]
    return ended, running


def _since(curve: Floats, weeks: int) -> Floats:
    """The curve as it was so many weeks before; 0 before it began."""
    earlier = np.zeros_like(curve)
    earlier[..., weeks:] = curve[..., :-weeks]
    return earlier


def _completed_a_group(values: Mapping[str, object]) -> Floats:
    """The share of families who have completed a group, by week.

    Approximated: a family meets each programme for its needs at its next start, and those starts
    are equally likely in any week before it; programmes are independent.
    """
    weeks = np.arange(WEEKS_FOLLOWED + 1.0)
    chance = number(values, "service.group_work.accepts")
    chance *= number(values, "service.group_work.completes")
    not_yet = np.ones(WEEKS_FOLLOWED + 1)
    for programme in records(values, "service.group_work.programmes"):
        starts, meetings = programme.get("starts"), programme.get("meetings")
        if not isinstance(starts, Sequence) or not isinstance(meetings, int) or not starts:
            continue
        ramp = np.clip((weeks - meetings) * len(starts) / WEEKS_IN_YEAR, 0.0, 1.0)
        not_yet *= 1.0 - chance * _with_need(values, str(programme.get("need"))) * ramp
    return 1.0 - not_yet


def _with_need(values: Mapping[str, object], need: str) -> float:
    combinations = table(values, "families.needs.combinations")
    if need == "any":
        return 1.0
    return sum(share for names, share in combinations.items() if need in names.split("+"))
