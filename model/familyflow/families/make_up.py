"""Who each family is: its needs, children, level, complexity and frailty, from its own luck."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

from familyflow.families.family import Child, Family
from familyflow.families.referrals import referral_days
from familyflow.luck import Luck, child_word, family_word
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.plan import MakeUp, Measures, Plan
from familyflow.specification.variates import (
    DAYS_IN_YEAR,
    choice,
    days_until,
    threshold,
)

_NORMAL = NormalDist()
_OF_FAMILY = (
    "number of children",
    "needs",
    "level on arrival",
    "frailty",
    "weekday",
    "moves away",
    "ethnic group",
    "interpreter",
    "usual support",
    "hours per week",
    "risk indicators at entry",
    "wellbeing at entry",
)
_OF_CHILD = ("age of child", "child outside the age range", "difficulties at entry")


def families_of(plan: Plan, luck: Luck) -> list[Family]:
    """Every family referred in this draw, by source and number (the order of its luck)."""
    families: list[Family] = []
    for source in plan.sources:
        days = referral_days(source, luck)
        families.extend(_families(plan, source.code, days, luck))
    return families


def score(uniform: float, mean: float, sd: float, lowest: float, highest: float) -> int:
    """A whole-point score: normal, kept within the scale."""
    value = mean + sd * _NORMAL.inv_cdf(uniform) if sd > 0 else mean
    return int(min(highest, max(lowest, math.floor(value + 0.5))))


def _families(plan: Plan, source: int, days: list[int], luck: Luck) -> Iterator[Family]:
    if not days:
        return
    words = [family_word(source, k) for k in range(len(days))]
    block = np.array(words, dtype=np.uint64)
    uniforms = luck.blocks(block, [(DECISIONS[name], 0) for name in _OF_FAMILY]).tolist()
    drawn = dict(zip(_OF_FAMILY, uniforms, strict=True))
    counts = [1 + choice(u, plan.make_up.children) for u in drawn["number of children"]]
    child_luck = _children_luck(source, counts, luck)
    for k, day in enumerate(days):
        of_family = {name: drawn[name][k] for name in _OF_FAMILY}
        children = tuple(
            _child(plan.make_up, plan.measures, i, next(child_luck)) for i in range(counts[k])
        )
        yield _family(plan, source, k, words[k], day, children, of_family)


def _children_luck(source: int, counts: list[int], luck: Luck) -> Iterator[tuple[int, list[float]]]:
    words = [child_word(source, k, i) for k, count in enumerate(counts) for i in range(count)]
    block = np.array(words, dtype=np.uint64)
    columns = luck.blocks(block, [(DECISIONS[name], 0) for name in _OF_CHILD]).tolist()
    for word, *uniforms in zip(words, *columns, strict=True):
        yield word, uniforms


def _child(
    make_up: MakeUp, measures: Measures, number: int, luck: tuple[int, list[float]]
) -> Child:
    word, (age, outside, difficulties) = luck
    years = make_up.oldest_years + 1 - make_up.youngest_years
    mean, sd, lowest, highest, _, _ = measures.difficulties
    return Child(
        number=number,
        in_scope=number == 0 or outside >= make_up.outside_age_range,
        age_days=make_up.youngest_years * DAYS_IN_YEAR + math.floor(age * years * DAYS_IN_YEAR),
        word=word,
        difficulties=score(difficulties, mean, sd, lowest, highest),
    )


def _family(
    plan: Plan,
    source: int,
    number: int,
    word: int,
    day: int,
    children: tuple[Child, ...],
    luck: dict[str, float],
) -> Family:
    make_up = plan.make_up
    year = max(0, (day - plan.first_day) // DAYS_IN_YEAR)
    place = choice(luck["needs"], make_up.needs)
    level = choice(luck["level on arrival"], make_up.level)
    minutes = make_up.minutes_per_week
    minority = _by_year(make_up.minority_ethnic, year)
    interpreters = _by_year(make_up.interpreter, year)  # a share of all families
    minority_ethnic = luck["ethnic group"] < minority
    clock = days_until(threshold(luck["moves away"]), make_up.moves_away)
    return Family(
        source=source,
        number=number,
        word=word,
        referred=day,
        children=children,
        needs=make_up.needs_masks[place],
        leading_need=make_up.needs_leading[place],
        level=level,
        complexity=_complexity(make_up, place, level, year),
        frailty=_frailty(luck["frailty"], make_up.frailty_sd),
        weekday=choice(luck["weekday"], make_up.weekdays),
        session_minutes=int(minutes[math.floor(luck["hours per week"] * len(minutes))]),
        interpreter=minority_ethnic and luck["interpreter"] * minority < interpreters,
        minority_ethnic=minority_ethnic,
        usual_support=luck["usual support"] < make_up.usual_support,
        moves_on=day + clock,
        risk_indicators=score(luck["risk indicators at entry"], *plan.measures.risk_indicators[:4]),
        wellbeing=score(luck["wellbeing at entry"], *plan.measures.wellbeing[:4]),
    )


def _complexity(make_up: MakeUp, needs_place: int, level: int, year: int) -> float:
    further_needs = make_up.needs_masks[needs_place].bit_count() - 1
    by_need = make_up.complexity_per_need * further_needs
    base = 1.0 + by_need + make_up.complexity_by_level[level]
    years = year - make_up.complexity_year
    return base / make_up.complexity_mean * (1.0 + make_up.complexity_per_year * years)


def _frailty(uniform: float, sd: float) -> float:
    return math.exp(sd * _NORMAL.inv_cdf(uniform) - sd * sd / 2.0) if sd > 0 else 1.0


def _by_year(shares: tuple[float, ...], year: int) -> float:
    return shares[min(year, len(shares) - 1)]
