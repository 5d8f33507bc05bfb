"""Small worlds made to collide: few days, high hazards, and everything that can happen at once."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import numpy as np
from tests.service.worlds import chain, constant, post, world

from familyflow.specification.plan import (
    CARRIED_OVER,
    WHOLE_FAMILY,
    Activity,
    Measures,
    Outcome,
    Plan,
    Programme,
    Source,
)
from familyflow.specification.variates import DAYS_IN_YEAR, NEVER, Spread, cumulate, units

SHARES = (0.0, 0.3, 0.7, 1.0)
CROWDED = 8  # of so many worlds, one is crowded


def colliding_world(seed: int) -> Plan:
    """The world of this seed: a term of some weeks and a handful of families."""
    chance = random.Random(seed)
    last_day = chance.choice((10, 14, 21, 35))
    first_day = chance.choice((0, 0, 7))
    last_day += first_day
    in_term = tuple(chance.random() < 0.85 or day % 7 == 0 for day in range(last_day + 1))
    programmes = tuple(_programme(chance, k, last_day) for k in range(chance.randint(0, 3)))
    parts = _make_up(chance) | _waiting(chance) | _team(chance) | _key_work(chance)
    if seed % CROWDED == 0:
        programmes, parts = _crowded(chance, last_day, parts)
    return world(
        last_day=last_day,
        first_day=first_day,
        in_term=in_term,
        follow_up_days=chance.choice((10, 30, 400)),
        usual_support_displaced=chance.choice(SHARES),
        sources=_sources(chance, first_day, last_day),
        chain=_chain(chance),
        programmes=programmes,
        activities=tuple(_activity(chance, k, last_day) for k in range(chance.randint(0, 2))),
        outcomes=tuple(_outcome(chance, k) for k in range(chance.randint(0, 4))),
        measures=Measures(*(_scale(chance) for _ in range(3))),
        **parts,
    )


def _crowded(
    chance: random.Random, last_day: int, parts: dict[str, Any]
) -> tuple[tuple[Programme, ...], dict[str, Any]]:
    """Families finish soon and come back at once, to wait in vain while their groups meet."""
    plain = _programme(chance, 0, last_day)
    programme = dataclasses.replace(
        plain, start_days=tuple(range(last_day)), need=WHOLE_FAMILY, meetings=chance.randint(1, 2),
        least=1, greatest=8, accepts=1.0, attends=1.0, linger_days=40,
    )  # fmt: skip
    changes = {
        "waiting__screening": (1.0, 1.0, 1.0),
        "waiting__declines": 0.0,
        "waiting__return_chance": 1.0,
        "waiting__days_until_return": constant(1),
        "waiting__patience_days": _length(chance, 1, 8),
        "team__posts": (post(cap=1),),
        "make_up__youngest_years": 5,
        "make_up__oldest_years": 11,
        "make_up__moves_away": 0,
        "key_work__introductory_slots": constant(0),
        "key_work__sessions": constant(1),
        "key_work__closing_weeks": constant(0),
        "key_work__disengaging": 0,
    }
    return (programme,), parts | changes


def _sources(chance: random.Random, first_day: int, last_day: int) -> tuple[Source, ...]:
    days = tuple(chance.randrange(first_day, last_day + 3) for _ in range(3))  # few distinct days
    listed = Source("listed", 3, None, tuple(chance.choice(days) for _ in range(4)))
    rate = units(chance.choice((0.05, 0.15)))
    late = tuple(rate * max(0, day - first_day) for day in range(last_day + 1))
    early = tuple(rate * min(day, first_day) for day in range(last_day + 1))
    steady = Source("steady", 1, late, None)
    if first_day:
        return (Source("steady", CARRIED_OVER + 1, early, None), steady, listed)
    return (listed, steady)


def _length(chance: random.Random, low: int, high: int) -> Spread:
    shape = chance.choice(("constant", "uniform", "whole_numbers", "triangular", "exponential"))
    return Spread(shape, float(low), (low + high) / 2, float(high))


def _rate(chance: random.Random) -> int:
    return units(chance.choice((0.0, 0.02, 0.1, 0.7)))


def _chain(chance: random.Random) -> Any:
    pairs = [(a, b) for a in range(6) for b in range(6) if a != b and chance.random() < 0.5]
    plain = chain(dict.fromkeys(pairs, 0.0))
    follow_days = chance.choice((15, 30, 50, 400))
    # children who are followed for long step seldom: thousands of rows would show nothing new
    steps_a_day = (0.0, 0.004, 0.01) if follow_days > 50 else (0.0, 0.01, 0.05, 0.3, 16.0)
    bands, ages = chance.randint(1, 3), chance.randint(1, 2)
    links = chance.randint(1, 3)
    rates = tuple(
        tuple(
            tuple(tuple(chance.choice(steps_a_day) for _ in steps) for _ in range(ages))
            for _ in range(bands)
        )
        for steps in plain.steps
    )
    detection = chance.choice(((1.0,), (2.0, 1.0), (0.5, 1.5, 1.0)))
    days = sorted(chance.sample(range(1, 40), len(detection) - 1))
    effect = np.array([chance.choice((0.0, 0.3, 0.6)) for _ in range(links * 4 * 3 * 2)])
    return chain(
        dict.fromkeys(pairs, 0.0),
        rates=rates,
        band_starts=(0, *range(5, 5 * bands, 5)),
        age_starts=(0, *range(6 * DAYS_IN_YEAR, 6 * DAYS_IN_YEAR + ages - 1)),
        link=tuple(tuple(chance.randint(-1, links - 1) for _ in steps) for steps in plain.steps),
        effect=effect.reshape(links, 4, 3, 2),
        detection=detection,
        detection_days=(0, *days),
        follow_days=follow_days,
    )


def _programme(chance: random.Random, number: int, last_day: int) -> Programme:
    return Programme(
        name=f"programme {number}",
        need=chance.choice((WHOLE_FAMILY, WHOLE_FAMILY, 0, 1)),
        start_days=tuple(chance.randrange(last_day + 4) for _ in range(6)),
        meetings=chance.choice((0, 1, 1, 2, 3)),
        least=chance.choice((0, 1, 2)),
        greatest=chance.choice((1, 2, 8)),
        accepts=chance.choice((0.5, 1.0)),
        attends=0.7,
        completes=0.7,
        facilitation_minutes=60,
        linger_days=chance.choice((0, 7, 40)),
    )


def _activity(chance: random.Random, number: int, last_day: int) -> Activity:
    days = tuple(chance.randrange(last_day + 4) for _ in range(8))
    minutes = chance.choice((0, 90))
    return Activity(f"activity {number}", days, 0.6, minutes, 90 - minutes, chance.choice((0, 30)))


def _outcome(chance: random.Random, code: int) -> Outcome:
    is_state = chance.random() < 0.5
    effect = np.array([chance.choice((0.0, 0.5)) for _ in range(3 * 2)]).reshape(3, 2)
    return Outcome(
        name=f"outcome {code}",
        code=code,
        of_child=chance.random() < 0.5,
        is_state=is_state,
        needs=chance.choice((0, 1, 4)),
        share_at_start=chance.choice(SHARES) if is_state else 0.0,
        happens=chance.choice((0.0, 0.01, 0.03, 0.2)),
        ends=chance.choice((0.0, 0.05)) if is_state else 0.0,
        effect=effect * chance.choice((0.0, 1.0)),
    )


def _scale(chance: random.Random) -> tuple[float, float, float, float, float, float]:
    return (10.0, chance.choice((0.0, 4.0)), 0.0, 20.0, -1.5, chance.choice((0.0, 3.0)))


def _make_up(chance: random.Random) -> dict[str, Any]:
    youngest = chance.choice((5, 11, 17))
    return {
        "make_up__children": cumulate((0.3, 0.4, 0.3)),
        "make_up__needs": (0.4, 0.7, 1.0),
        "make_up__needs_masks": (1, 6, 7),
        "make_up__needs_leading": (0, 2, 1),
        "make_up__level": chance.choice(((0.5, 1.0), (0.2, 0.5, 0.8, 1.0))),
        "make_up__youngest_years": youngest,
        "make_up__oldest_years": youngest + chance.choice((0, 6)),
        "make_up__outside_age_range": chance.choice((0.0, 0.4)),
        "make_up__frailty_sd": chance.choice((0.0, 0.8)),
        "make_up__weekdays": chance.choice(((1.0,), (0.5, 1.0))),
        "make_up__moves_away": _rate(chance),
        "make_up__minority_ethnic": (0.3, 0.5),
        "make_up__interpreter": (0.2, 0.4),
        "make_up__usual_support": chance.choice(SHARES),
        "make_up__minutes_per_week": np.array([120.0, 180.0, 260.0]),
        "make_up__complexity_per_need": 0.1,
        "make_up__complexity_by_level": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
        "make_up__complexity_per_year": 0.03,
    }


def _waiting(chance: random.Random) -> dict[str, Any]:
    return {
        "waiting__screening": chance.choice(((1.0, 1.0, 1.0), (0.7, 0.85, 1.0))),
        "waiting__passed_up_anyway": chance.choice(SHARES),
        "waiting__declines": chance.choice((0.0, 0.3)),
        "waiting__patience_days": _length(chance, 1, 20),
        "waiting__widen_after_days": chance.choice((0, 3, 10)),
        "waiting__hold_after_days": chance.choice((0, 5, NEVER)),
        "waiting__stop_offers_days": chance.choice((0, 5)),
        "waiting__return_chance": chance.choice((0.0, 0.8, 1.0)),
        "waiting__days_until_return": _length(chance, 1, 6),
    }


def _team(chance: random.Random) -> dict[str, Any]:
    posts = tuple(
        post(
            specialism=chance.choice((WHOLE_FAMILY, 0, 1, 2)),
            cap=chance.randint(1, 3),
            weekly_minutes=chance.choice((300, 600, 5_000)),
            induction_minutes=chance.choice((150, 300)),
        )
        for _ in range(chance.randint(1, 4))
    )
    return {
        "team__posts": posts,
        "team__leaving": units(chance.choice((0.0, 0.02, 0.1))),
        "team__refills": chance.random() < 0.8,
        "team__vacancy_days": _length(chance, 4, 10),
        "team__induction_days": chance.choice((0, 4)),
        "team__falls_ill": _rate(chance),
        "team__absence_days": _length(chance, 1, 5),
        "team__disengages_on_change": chance.choice((0.0, 0.4)),
    }


def _key_work(chance: random.Random) -> dict[str, Any]:
    share = chance.choice(SHARES)
    return {
        "key_work__introductory_slots": _length(chance, 0, 2),
        "key_work__sessions": _length(chance, 0, 4),
        "key_work__extra_sessions_by_level": (0, 0, 1, 2, 2, 2),
        "key_work__closing_weeks": _length(chance, 0, 1),
        "key_work__attendance": chance.choice((0.6, 1.0)),
        "key_work__disengaging": units(chance.choice((0.0, 0.01, 0.1))),
        "key_work__disengaging_large_family": 1.5,
        "key_work__disengaging_on_plan": 2.0,
        "key_work__ended_by_service": units(chance.choice((0.0, 0.03))),
        "key_work__ends_when_referred_up": chance.choice(SHARES),
        "key_work__parent_support_share": share,
        "key_work__weeks_of_parent_support": _length(chance, 0, 2),
        "key_work__limit_of_parent_support_weeks": 1,
        "key_work__outside_wait_share": 1.0 - share,
        "key_work__weeks_of_outside_wait": _length(chance, 0, 2),
        "key_work__family_budget_take_up": 0.5,
        "key_work__spot_purchase_share": 0.5,
        "key_work__interpreter_minutes": 60,
    }
