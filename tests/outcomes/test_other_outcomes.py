"""Other outcomes: counts and states, held to the rules worked day by day and to their laws."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.families.family import Child, Family
from familyflow.luck import Luck, child_word, family_word
from familyflow.outcomes.clocks import Cuts, Thresholds
from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure
from familyflow.outcomes.other_outcomes import (
    OutcomePath,
    OutcomeRates,
    is_at_risk,
    is_simulated,
)
from familyflow.specification.decisions import (
    COUNT_OUTCOME,
    STATE_AT_START,
    STATE_BEGINS,
    STATE_ENDS,
)
from familyflow.specification.journal import NOBODY, Event, as_rows
from familyflow.specification.phases import Phase
from familyflow.specification.plan import Outcome
from familyflow.specification.variates import threshold, units

REFERRED, ADULT, YEAR, CODE = 40, 18 * 365, 365, 5
SEED = 20_240_902
THRESHOLD = 4.79  # two-sided, 1e-4 over 60 tests


def an_outcome(**changes) -> Outcome:
    base = Outcome(
        name="incidents", code=CODE, of_child=False, is_state=False, needs=0, share_at_start=0.0,
        happens=0.01, ends=0.0, effect=np.zeros((1, 1)),
    )  # fmt: skip
    return replace(base, **changes)


def a_state(**changes) -> Outcome:
    return an_outcome(**{"is_state": True, "ends": 0.02, "share_at_start": 0.5, **changes})


def a_family(*, number: int = 9, age_days: int = 9 * YEAR, needs: int = 1) -> Family:
    child = Child(2, True, age_days, child_word(1, number, 2), 0)
    return Family(
        source=1, number=number, word=family_word(1, number), referred=REFERRED, children=(child,),
        needs=needs, leading_need=0, level=1, complexity=1.0, frailty=1.0, weekday=0,
        session_minutes=180, interpreter=False, minority_ethnic=False, usual_support=False,
        moves_on=100_000, risk_indicators=0, wellbeing=0,
    )  # fmt: skip


def followed(
    outcome, family=None, luck=None, exposures=(), looks=(), follow_days=700, who=None
) -> np.ndarray:
    """The rows of a path that is looked at on these days and exposed on those."""
    rows: list = []
    path = OutcomePath(
        OutcomeRates(outcome), family or a_family(), who, Thresholds(luck or Luck(1)),
        Cuts(0, 400), rows.append, follow_days,
    )  # fmt: skip
    for day, exposure in sorted(
        [*exposures, *((look, None) for look in looks)], key=lambda x: x[0]
    ):
        if exposure is None:
            path.advance(day)
        else:
            path.expose(day, exposure)
    path.finish()
    return as_rows(rows)


def days_of(rows) -> list[int]:
    """The days on which the state holds, or on which an event is noted."""
    return [
        day
        for first, _, event, *_, quantity in rows.tolist()
        for day in (
            range(first, first + quantity) if event == Event.OUTCOME_DAYS else [first] * quantity
        )
    ]


def worked_by_day(outcome, family, luck, exposures, follow_days) -> list[int]:
    """The rules as they are said, a day at a time; what `days_of` should give."""
    word, stop, exposed = family.word, REFERRED + follow_days, dict(exposures)
    at_start = luck.of(word, STATE_AT_START + CODE) < outcome.share_at_start
    on, exposure, times, found = outcome.is_state and at_start, NOT_EXPOSED, {}, []
    left = None
    for day in range(REFERRED, stop):
        exposure = exposed.get(day, exposure)
        code = STATE_ENDS if on else STATE_BEGINS if outcome.is_state else COUNT_OUTCOME
        if left is None:
            left = threshold(luck.of(word, code + CODE, times.get(code, 0)))
        _, most_years = (n - 1 for n in outcome.effect.shape)
        years = 0 if exposure.last_session < 0 else (day - exposure.last_session) // YEAR
        taken_off = float(outcome.effect[min(exposure.sessions, 2), min(years, most_years)])
        left -= units(outcome.ends) if on else units(outcome.happens * (1.0 - taken_off))
        if on:
            found.append(day)
        if left <= 0:
            times[code], left = times.get(code, 0) + 1, None
            if outcome.is_state:
                on = not on
            elif day + 1 < stop:
                found.append(day + 1)
    return found


@st.composite
def outcomes(draw) -> Outcome:
    effect = np.random.default_rng(draw(st.integers(0, 500))).uniform(-0.5, 0.9, size=(3, 2))
    effect[0] = 0.0
    rate = st.sampled_from([0.0, 0.003, 0.02, 0.3, 2.0])
    make = draw(st.sampled_from([an_outcome, a_state]))
    changes = {"ends": draw(rate)} if make is a_state else {}
    return make(happens=draw(rate), effect=effect, **changes)


@st.composite
def exposed(draw) -> list[tuple[int, Exposure]]:
    days = sorted(draw(st.sets(st.integers(REFERRED, REFERRED + 300), max_size=4)))
    return [(day, Exposure(n + 1, days[0], day, False)) for n, day in enumerate(days)]


seeds = st.integers(0, 10_000)


@given(outcomes(), seeds, exposed(), st.sampled_from([1, 80, 700]))
def test_a_path_is_the_rules_worked_day_by_day(outcome, seed, exposures, follow_days):
    family, luck = a_family(), Luck(seed)

    found = followed(outcome, family, luck, exposures, follow_days=follow_days)

    assert days_of(found) == worked_by_day(outcome, family, luck, exposures, follow_days)


@given(outcomes(), seeds, exposed(), st.sets(st.integers(0, 900), max_size=10))
def test_when_a_path_is_looked_at_changes_no_row(outcome, seed, exposures, looks):
    plain = followed(outcome, luck=Luck(seed), exposures=exposures)

    looked_at = followed(outcome, luck=Luck(seed), exposures=exposures, looks=looks)

    assert np.array_equal(looked_at, plain)


@given(seeds, exposed())
def test_a_service_without_effect_changes_no_row(seed, exposures):
    outcome = a_state(effect=np.zeros((3, 2)))

    served = followed(outcome, luck=Luck(seed), exposures=exposures)

    assert np.array_equal(served, followed(outcome, luck=Luck(seed)))


def test_events_fall_on_different_days_and_carry_the_outcome_and_the_child():
    family = a_family()

    rows = followed(an_outcome(happens=5.0), family, who=family.children[0], follow_days=30)

    assert rows[:, 0].tolist() == list(range(REFERRED + 1, REFERRED + 30))
    _, phase, event, source, number, child, worker, group, quantity = rows[0].tolist()
    assert (phase, event) == (Phase.CHILDREN, Event.OUTCOME_COUNT)
    assert (source, number, child, worker) == (1, 9, 2, NOBODY)
    assert (group, quantity) == (CODE, 1)


def test_an_outcome_of_the_family_is_nobodys_child():
    assert set(followed(an_outcome(happens=0.5))[:, 5].tolist()) == {NOBODY}


def test_a_state_that_never_ends_is_noted_in_days_cut_at_years_and_at_the_window():
    rows = followed(a_state(share_at_start=1.0, ends=0.0), follow_days=700)

    assert (rows[:, 1] == Phase.CALENDAR).all()
    assert (rows[:, 2] == Event.OUTCOME_DAYS).all()
    # years from day 0, a window that ends on day 400
    assert rows[:, [0, 8]].tolist() == [[40, 325], [365, 35], [400, 330], [730, 10]]


def test_only_the_days_of_the_state_are_noted():
    assert len(followed(a_state(share_at_start=0.0, happens=0.0))) == 0


def test_an_effect_of_one_stops_events_and_leaves_what_ends_alone():
    effect = np.zeros((2, 1))
    effect[1] = 1.0
    served = [(REFERRED, Exposure(1, REFERRED, REFERRED, False))]

    assert len(followed(an_outcome(effect=effect), exposures=served)) == 0
    state = a_state(share_at_start=1.0, effect=effect)
    plain, with_service = followed(state), followed(state, exposures=served)
    first_spell = days_of(with_service)
    assert first_spell == list(range(REFERRED, REFERRED + len(first_spell)))
    assert days_of(plain)[: len(first_spell)] == first_spell


def test_a_child_leaves_on_its_eighteenth_birthday():
    family = a_family(age_days=ADULT - 10)

    rows = followed(a_state(share_at_start=1.0, ends=0.0), family, who=family.children[0])

    assert rows[:, 8].sum() == 10


def test_an_outcome_at_which_nothing_can_happen_is_not_simulated():
    assert not is_simulated(an_outcome(happens=0.0))
    assert not is_simulated(a_state(happens=0.0, ends=0.0, share_at_start=0.0))
    assert is_simulated(an_outcome(happens=0.001))
    assert is_simulated(a_state(happens=0.0, ends=0.0, share_at_start=0.1))


@pytest.mark.parametrize(
    ("mask", "needs", "at_risk"), [(0, 4, True), (1, 5, True), (2, 5, False), (6, 4, True)]
)
def test_families_are_at_risk_by_their_needs(mask, needs, at_risk):
    assert is_at_risk(an_outcome(needs=mask), a_family(needs=needs)) is at_risk


@pytest.mark.statistical
def test_events_come_at_the_chance_of_a_day():
    rate, days, families = 0.05, 200, 1_500
    outcome = an_outcome(happens=rate)

    events = sum(
        len(followed(outcome, a_family(number=k), Luck(SEED), follow_days=days + 1))
        for k in range(families)
    )

    # each day is a trial of its own: what rings in it is noted on the next
    chance, trials = -math.expm1(-rate), days * families
    spread = math.sqrt(trials * chance * (1.0 - chance))
    assert abs(events - trials * chance) / spread < THRESHOLD


@pytest.mark.statistical
def test_a_state_keeps_to_the_two_state_chain():
    begins, ends, day, families = 0.02, 0.03, 60, 5_000
    outcome = a_state(happens=begins, ends=ends, share_at_start=0.65)

    on = sum(
        REFERRED + day
        in days_of(followed(outcome, a_family(number=k), Luck(SEED), follow_days=day + 1))
        for k in range(families)
    )

    p, q = -math.expm1(-begins), -math.expm1(-ends)
    settled = p / (p + q)
    share = settled + (0.65 - settled) * (1.0 - p - q) ** day
    assert abs(on - families * share) / math.sqrt(families * share * (1.0 - share)) < THRESHOLD
