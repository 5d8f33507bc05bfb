"""Small worlds for tests of the service: one plain plan, and changes to any part of it."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from familyflow.families.family import Child, Family
from familyflow.families.make_up import families_of
from familyflow.luck import Luck, child_word, family_word
from familyflow.service.engine import simulate
from familyflow.specification.journal import Entry, Event
from familyflow.specification.plan import (
    WHOLE_FAMILY,
    Activity,
    Chain,
    KeyWork,
    MakeUp,
    Measures,
    Outcome,
    Plan,
    Post,
    Programme,
    Source,
    Team,
    Waiting,
)
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR, NEVER, Spread, units

LEVELS = 6
FOLLOWED_DAYS = 2 * DAYS_IN_YEAR


def constant(value: float) -> Spread:
    """The same length for everybody."""
    return Spread("constant", 0.0, float(value), 0.0)


def exponential(mean: float) -> Spread:
    """An exponential length with this mean."""
    return Spread("exponential", 0.0, float(mean), 0.0)


def whole_numbers(low: int, high: int) -> Spread:
    """Low, low + 1 ... high, each as likely."""
    return Spread("whole_numbers", float(low), (low + high) / 2, float(high))


def listed(*days: int) -> tuple[Source, ...]:
    """One source that refers families on these days."""
    return (Source("listed", 0, None, days),)


def steady(per_day: float, days: int) -> tuple[Source, ...]:
    """One source with a constant rate of referral."""
    rate = units(per_day)
    return (Source("steady", 0, tuple(rate * day for day in range(days + 1)), None),)


def post(**changes: Any) -> Post:
    """A whole-family post with one place and ample hours."""
    plain = Post("agency", WHOLE_FAMILY, 1000, 10_000, 5_000, 1)
    return dataclasses.replace(plain, **changes)


def chain(step_rates: dict[tuple[int, int], float] | None = None, **changes: Any) -> Chain:
    """A chain of levels with these steps (rate a day); without any, nobody ever steps."""
    step_rates = step_rates or {}
    steps = tuple(
        tuple(to for (start, to) in step_rates if start == level) for level in range(LEVELS)
    )
    plain = Chain(
        steps=steps,
        upward=tuple(tuple(to > level for to in steps[level]) for level in range(LEVELS)),
        detected=tuple(tuple(level < to < 4 for to in steps[level]) for level in range(LEVELS)),
        link=tuple(
            tuple(0 if to > level else -1 for to in steps[level]) for level in range(LEVELS)
        ),
        rates=tuple(
            ((tuple(step_rates[level, to] for to in steps[level]),),) for level in range(LEVELS)
        ),
        band_starts=(0,),
        age_starts=(0,),
        effect=np.zeros((1, 2, 2, 2)),
        detection=(1.0,),
        detection_days=(0,),
        follow_days=FOLLOWED_DAYS,
    )
    return dataclasses.replace(plain, **changes)


_MAKE_UP = MakeUp(
    children=(1.0,),
    needs=(1.0,),
    needs_masks=(1,),
    needs_leading=(0,),
    level=(0.0, 1.0),
    youngest_years=5,
    oldest_years=11,
    outside_age_range=0.0,
    frailty_sd=0.0,
    weekdays=(1.0,),
    moves_away=0,
    minority_ethnic=(0.0,),
    interpreter=(0.0,),
    usual_support=0.0,
    minutes_per_week=np.array([180.0]),
    complexity_mean=1.0,
    complexity_year=0,
    complexity_per_need=0.0,
    complexity_by_level=(0.0,) * LEVELS,
    complexity_per_year=0.0,
)
_WAITING = Waiting(
    screening=(1.0, 1.0, 1.0),
    passed_up_anyway=1.0,
    declines=0.0,
    patience_days=constant(100 * DAYS_IN_YEAR),
    widen_after_days=0,
    hold_after_days=NEVER,
    stop_offers_days=0,
    return_chance=0.0,
    days_until_return=constant(4 * DAYS_IN_WEEK),
)
_TEAM = Team(
    posts=(post(),),
    leaving=0,
    refills=True,
    vacancy_days=constant(90),
    induction_days=0,
    falls_ill=0,
    absence_days=constant(7),
    disengages_on_change=0.0,
)
_KEY_WORK = KeyWork(
    introductory_slots=constant(0),
    sessions=constant(2),
    extra_sessions_by_level=(0,) * LEVELS,
    fewest_sessions=0,
    most_sessions=2**40,
    closing_weeks=constant(0),
    minutes_introductory=180,
    minutes_closing=120,
    minutes_gap=30,
    minutes_parent_support=90,
    minutes_per_further_child=45,
    attendance=1.0,
    disengaging=0,
    disengaging_large_family=1.0,
    disengaging_on_plan=1.0,
    ended_by_service=0,
    ends_when_referred_up=0.0,
    parent_support_share=0.0,
    weeks_of_parent_support=constant(0),
    limit_of_parent_support_weeks=0,
    outside_wait_share=0.0,
    weeks_of_outside_wait=constant(0),
    family_budget_take_up=0.0,
    spot_purchase_share=0.0,
    interpreter_minutes=0,
)
_PARTS = {"make_up": _MAKE_UP, "waiting": _WAITING, "team": _TEAM, "key_work": _KEY_WORK}


def world(**changes: Any) -> Plan:
    """A plan in which nothing happens by chance: one post with one place, two weekly sessions.

    changes: a field of the plan (`last_day=...`), or a field of a part, named with the part
    (`key_work__attendance=...`; two underscores).
    """
    last_day = int(changes.get("last_day", DAYS_IN_YEAR))
    of_parts: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
    for name in [name for name in changes if "__" in name]:
        part, field = name.split("__")
        of_parts[part][field] = changes.pop(name)
    parts: dict[str, Any] = {
        part: dataclasses.replace(plain, **of_parts[part]) for part, plain in _PARTS.items()
    }
    score = (10.0, 0.0, 0.0, 20.0, -2.0, 0.0)
    plain = Plan(
        has_service=True,
        first_day=0,
        last_day=last_day,
        follow_up_days=FOLLOWED_DAYS,
        in_term=(True,) * (last_day + 1),
        usual_support_displaced=0.0,
        sources=listed(),
        programmes=(),
        activities=(),
        chain=chain(),
        outcomes=(),
        measures=Measures(score, score, score),
        **parts,
    )
    return dataclasses.replace(plain, **changes)


def run(plan: Plan, seed: int = 1, draw: int = 0) -> list[Entry]:
    """The journal of the arm with the service, in order of day and phase."""
    luck = Luck(seed, draw)
    return sorted(simulate(plan, families_of(plan, luck), luck))


def rows(journal: list[Entry], *events: Event) -> list[Entry]:
    """The lines of these events, in order."""
    return [entry for entry in journal if entry.event in events]


_YEARLY_STEPS = {
    (0, 1): 0.043,
    (0, 2): 0.029,
    (1, 0): 0.67,
    (1, 2): 0.16,
    (2, 0): 0.5,
    (2, 1): 0.5,
    (2, 3): 0.25,
    (2, 4): 0.05,
    (3, 1): 0.4,
    (3, 2): 0.8,
    (3, 4): 0.2,
    (4, 2): 0.1,
    (4, 5): 0.05,
    (5, 4): 0.2,
}


def busy_world(years: int = 5, per_year: float = 94.0, **changes: Any) -> Plan:
    """A world of the size of the core offer, in which everything that can happen happens."""
    last_day = years * DAYS_IN_YEAR
    holidays = {0, 1, 7, 16, 17, 18, 19, 20, 21, 30, 37, 38, 44}  # weeks of each year
    in_term = tuple(
        day % DAYS_IN_YEAR // DAYS_IN_WEEK not in holidays for day in range(last_day + 1)
    )
    rate = units(per_year / DAYS_IN_YEAR / 2)
    cumulative = tuple(rate * day for day in range(last_day + 1))
    seven = post(fte_thousandths=700, weekly_minutes=1127, induction_minutes=564, cap=5)
    specialisms = (WHOLE_FAMILY, 0, 2, 1, WHOLE_FAMILY)
    defaults: dict[str, Any] = {
        "last_day": last_day,
        "in_term": in_term,
        "usual_support_displaced": 0.5,
        "sources": tuple(Source(f"source {k}", k, cumulative, None) for k in range(2)),
        "chain": chain(
            {step: rate / DAYS_IN_YEAR for step, rate in _YEARLY_STEPS.items()},
            effect=_BUSY_EFFECT,
            detection=(1.15, 1.07, 1.0),
            detection_days=(0, 547, 577),
            follow_days=10 * DAYS_IN_YEAR,
        ),
        "programmes": tuple(
            Programme(
                name=f"programme {k}",
                need=need,
                start_days=tuple(range(60 + 30 * k, last_day, 182)),
                meetings=8,
                least=3,
                greatest=8,
                accepts=0.6,
                attends=0.85,
                completes=0.75,
                facilitation_minutes=400,
                linger_days=84,
            )
            for k, need in enumerate((WHOLE_FAMILY, 0))
        ),
        "activities": (
            Activity(
                "weekly",
                tuple(d for d in range(last_day) if d % DAYS_IN_WEEK == 2 and in_term[d]),
                0.15,
                180,
                120,
                84,
            ),
            Activity("summer", tuple(range(110, last_day, DAYS_IN_YEAR)), 0.4, 300, 300, 84),
        ),
        "outcomes": (
            Outcome("incidents", 0, False, False, 1, 0.0, 1 / 365, 0.0, _BUSY_OUTCOME),
            Outcome("difficulties", 1, True, True, 0, 0.6, 0.3 / 365, 0.5 / 365, _BUSY_OUTCOME),
        ),
        "measures": Measures(
            (6.0, 2.0, 0.0, 20.0, -1.5, 2.0),
            (17.0, 6.0, 0.0, 40.0, -2.0, 5.0),
            (40.0, 9.0, 14.0, 70.0, 4.0, 8.0),
        ),
        "team__posts": tuple(
            dataclasses.replace(seven, agency=f"agency {k}", specialism=specialism)
            for k, specialism in enumerate(specialisms)
        ),
    }
    for part, fields in _BUSY_PARTS.items():
        defaults |= {f"{part}__{name}": value for name, value in fields.items()}
    return world(**(defaults | changes))


_BUSY_EFFECT = np.zeros((1, 12, 4, 2))
_BUSY_EFFECT[0, 3:, :, :] = np.array([0.2, 0.15, 0.1, 0.05])[None, :, None]
_BUSY_OUTCOME = np.zeros((12, 4))
_BUSY_OUTCOME[3:, :] = np.array([0.25, 0.2, 0.1, 0.05])
_BUSY_PARTS: dict[str, dict[str, Any]] = {
    "make_up": {
        "children": (0.3, 0.65, 0.85, 1.0),
        "needs": (0.35, 0.65, 0.75, 0.9, 1.0),
        "needs_masks": (1, 5, 3, 4, 2),
        "needs_leading": (0, 0, 0, 2, 1),
        "level": (0.17, 0.68, 0.93, 1.0),
        "outside_age_range": 0.2,
        "frailty_sd": 0.5,
        "weekdays": (0.2, 0.4, 0.6, 0.8, 1.0),
        "moves_away": units(0.15 / DAYS_IN_YEAR),
        "minority_ethnic": (0.3,),
        "interpreter": (0.1,),
        "usual_support": 0.15,
        "minutes_per_week": np.array([150.0, 170.0, 180.0, 200.0, 260.0]),
        "complexity_per_need": 0.1,
        "complexity_by_level": (0.0, 0.0, 0.1, 0.2, 0.2, 0.2),
        "complexity_per_year": 0.03,
    },
    "waiting": {
        "screening": (0.85, 0.95, 1.0),
        "passed_up_anyway": 0.8,
        "declines": 0.1,
        "patience_days": exponential(182),
        "widen_after_days": 28,
        "hold_after_days": 56,
        "stop_offers_days": 140,
        "return_chance": 0.13,
        "days_until_return": Spread("uniform", 28.0, 196.0, 364.0),
    },
    "team": {
        "leaving": units(0.18 / DAYS_IN_YEAR),
        "vacancy_days": Spread("triangular", 60.0, 120.0, 240.0),
        "induction_days": 84,
        "falls_ill": units(2 / DAYS_IN_YEAR),
        "absence_days": exponential(7),
        "disengages_on_change": 0.1,
    },
    "key_work": {
        "introductory_slots": whole_numbers(2, 4),
        "sessions": whole_numbers(8, 14),
        "extra_sessions_by_level": (0, 0, 1, 2, 2, 2),
        "fewest_sessions": 8,
        "most_sessions": 14,
        "closing_weeks": whole_numbers(2, 4),
        "attendance": 0.9,
        "disengaging": units(0.0014),
        "disengaging_large_family": 1.18,
        "disengaging_on_plan": 1.25,
        "ended_by_service": units(0.0004),
        "ends_when_referred_up": 0.5,
        "parent_support_share": 0.3,
        "weeks_of_parent_support": exponential(6),
        "limit_of_parent_support_weeks": 6,
        "outside_wait_share": 0.25,
        "weeks_of_outside_wait": Spread("uniform", 2.0, 7.0, 12.0),
        "family_budget_take_up": 0.9,
        "spot_purchase_share": 0.3,
        "interpreter_minutes": 120,
    },
}


def family(number: int, referred: int, *, children: int = 1, **changes: Any) -> Family:
    """Family `number` of source 0, with nothing remarkable but what is changed."""
    ages = [Child(k, True, 7 * DAYS_IN_YEAR, child_word(0, number, k), 10) for k in range(children)]
    plain = Family(
        source=0,
        number=number,
        word=family_word(0, number),
        referred=referred,
        children=tuple(ages),
        needs=1,
        leading_need=0,
        level=1,
        complexity=1.0,
        frailty=1.0,
        weekday=0,
        session_minutes=180,
        interpreter=False,
        minority_ethnic=False,
        usual_support=False,
        moves_on=NEVER,
        risk_indicators=10,
        wellbeing=10,
    )
    return plain._replace(**changes)


def run_families(plan: Plan, *families: Family, seed: int = 1) -> list[Entry]:
    """The journal of these families in the arm with the service."""
    return sorted(simulate(plan, families, Luck(seed)))


def days_of(journal: list[Entry], event: Event, family: int | None = None) -> list[int]:
    """The days on which this happened (to family number `family`)."""
    return [e.day for e in rows(journal, event) if family is None or e.family == family]
