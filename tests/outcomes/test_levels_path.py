"""A child's path, held to the rules worked day by day, and to the laws that follow from them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.families.family import Child, Family
from familyflow.luck import Luck, child_word, family_word
from familyflow.outcomes.clocks import Cuts, Thresholds
from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure
from familyflow.outcomes.levels_path import LevelPath
from familyflow.outcomes.step_rates import FamilyStepRates, StepRates
from familyflow.specification.decisions import step_code
from familyflow.specification.journal import Event, as_rows
from familyflow.specification.phases import Phase
from familyflow.specification.plan import (
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    EARLY_HELP,
    FOSTER,
    RESIDENTIAL,
    UNIVERSAL,
    Chain,
)
from familyflow.specification.variates import threshold, units

STEPS = (
    (EARLY_HELP, CHILD_IN_NEED),
    (CHILD_IN_NEED, UNIVERSAL),
    (CHILD_PROTECTION, FOSTER, RESIDENTIAL, EARLY_HELP),
    (FOSTER, RESIDENTIAL, CHILD_IN_NEED, EARLY_HELP),
    (RESIDENTIAL, CHILD_IN_NEED, UNIVERSAL),
    (FOSTER, CHILD_IN_NEED, UNIVERSAL),
)
REFERRED, ADULT, YEAR = 40, 18 * 365, 365


def a_chain(
    *,
    rate: float = 0.01,
    rates=None,
    effect=None,
    detection=(1.0,),
    detection_days=(0,),
    follow_days: int = 700,
) -> Chain:
    """Steps up to child in need have link 0, to a plan 1, into care 2; the first two detected."""
    upward = tuple(tuple(to > level for to in ends) for level, ends in enumerate(STEPS))
    entering = [[to == CHILD_IN_NEED, to == CHILD_PROTECTION, to >= FOSTER] for to in range(6)]
    link = tuple(
        tuple(
            entering[to].index(True) if up and any(entering[to]) and level < FOSTER else -1
            for to, up in zip(ends, ups, strict=True)
        )
        for level, (ends, ups) in enumerate(zip(STEPS, upward, strict=True))
    )
    if rates is None:
        rates = tuple(((tuple(rate for _ in ends),),) for ends in STEPS)
    return Chain(
        steps=STEPS,
        upward=upward,
        detected=tuple(tuple(row in (0, 1) for row in rows) for rows in link),
        link=link,
        rates=rates,
        band_starts=(0, 30, 90)[: len(rates[0])],
        age_starts=(0, 10 * YEAR)[: len(rates[0][0])],
        effect=np.zeros((3, 1, 1, 2)) if effect is None else effect,
        detection=detection,
        detection_days=detection_days,
        follow_days=follow_days,
    )


def a_family(*, level: int = EARLY_HELP, frailty: float = 1.0, age_days: int = 9 * YEAR) -> Family:
    child = Child(1, True, age_days, child_word(3, 17, 1), 0)
    return Family(
        source=3, number=17, word=family_word(3, 17), referred=REFERRED, children=(child,),
        needs=1, leading_need=0, level=level, complexity=1.0, frailty=frailty, weekday=0,
        session_minutes=180, interpreter=False, minority_ethnic=False, usual_support=False,
        moves_on=100_000, risk_indicators=0, wellbeing=0,
    )  # fmt: skip


def a_path(chain: Chain, family: Family, rows: list, seed: int = 1) -> LevelPath:
    rates = FamilyStepRates(StepRates(chain), family.frailty)
    cuts = Cuts(first_day=0, window_end=400)
    return LevelPath(rates, family, family.children[0], Thresholds(Luck(seed)), cuts, rows.append)


def followed(chain, family, seed=1, exposures=(), looks=()) -> np.ndarray:
    """The rows of a path that is looked at on these days and exposed on those."""
    rows: list = []
    path = a_path(chain, family, rows, seed)
    for day, exposure in sorted(
        [*exposures, *((look, None) for look in looks)], key=lambda x: x[0]
    ):
        if exposure is None:
            path.advance(day)
            path.next_step(day + 50)
        else:
            path.expose(day, exposure)
    path.finish()
    return as_rows(rows)


def steps_in(rows) -> list[tuple[int, int, int]]:
    return [(row[0], row[6], row[7]) for row in rows.tolist() if row[2] == Event.STEP]


def worked_by_day(chain, family, seed, exposures) -> list[tuple[int, int, int, bool]]:
    """The rules as they are said, a day at a time: (day, from, to, detected)."""
    child, luck = family.children[0], Luck(seed)
    level, entered, exposure = family.level, family.referred, NOT_EXPOSED
    left, plain, times, found = {}, {}, {}, []
    exposed = dict(exposures)
    stop = family.referred + min(chain.follow_days, ADULT - child.age_days)
    for day in range(family.referred, stop):
        exposure = exposed.get(day, exposure)
        h, g = {}, {}
        for place, to in enumerate(chain.steps[level]):
            key = (level, to)
            if left.get(key) is None:
                j = times.get(key, 0)
                left[key] = plain[key] = threshold(luck.of(child.word, step_code(level, to), j))
            h[key], g[key] = rates_of(chain, family, level, place, day - entered, day, exposure)
        ringing = {key: left[key] / h[key] for key in h if h[key] and left[key] <= h[key]}
        if not ringing:
            for key in h:
                left[key] -= h[key]
                plain[key] -= g[key]
            continue
        winner = min(ringing, key=ringing.get)
        if day + 1 >= stop:
            break
        up = winner[1] > level and chain.detected[level][chain.steps[level].index(winner[1])]
        found.append((day + 1, *winner, up and plain[winner] > g[winner]))
        for key in h:
            left[key] = max(1, left[key] - int(ringing[winner] * h[key]))
            plain[key] = max(1, plain[key] - int(ringing[winner] * g[key]))
        left[winner] = None
        times[winner] = times.get(winner, 0) + 1
        level, entered = winner[1], day + 1
    return found


def rates_of(chain, family, level, place, days_in_level, day, exposure) -> tuple[int, int]:
    """Units a day with detection and without it."""
    age = family.children[0].age_days + day - family.referred
    band = max(k for k, start in enumerate(chain.band_starts) if start <= days_in_level)
    old = max(k for k, start in enumerate(chain.age_starts) if start <= age)
    rate, effect, detection = chain.rates[level][band][old][place], 0.0, 1.0
    if chain.upward[level][place]:
        rate *= family.frailty
        link = chain.link[level][place]
        if link >= 0:
            _, most_sessions, most_years, _ = (n - 1 for n in chain.effect.shape)
            since = 0 if exposure.last_session < 0 else (day - exposure.last_session) // YEAR
            effect = float(
                chain.effect[
                    link,
                    min(exposure.sessions, most_sessions),
                    min(since, most_years),
                    int(exposure.group_done),
                ]
            )
        if chain.detected[level][place] and exposure.first_session >= 0:
            since = day - exposure.first_session
            begun = [k for k, start in enumerate(chain.detection_days) if start <= since]
            detection = chain.detection[begun[-1]]
    return units(rate * (1.0 - effect) * detection), units(rate * (1.0 - effect))


@st.composite
def chains(draw) -> Chain:
    bands, ages = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    rate = st.sampled_from([0.0, 0.002, 0.01, 0.05, 0.4])
    rates = tuple(
        tuple(tuple(tuple(draw(rate) for _ in ends) for _ in range(ages)) for _ in range(bands))
        for ends in STEPS
    )
    seed = draw(st.integers(0, 1_000))
    # any numbers do, below 0 for harm; an arm that is not served has no effect
    effect = np.random.default_rng(seed).uniform(-0.5, 0.9, size=(3, 4, 3, 2))
    effect[:, 0] = 0.0
    top = draw(st.sampled_from([1.0, 1.3, 2.5]))
    return a_chain(
        rates=rates,
        effect=effect,
        detection=(top, (top + 1.0) / 2.0, 1.0),
        detection_days=(0, 60, 100),
        follow_days=draw(st.sampled_from([1, 90, 700])),
    )


@st.composite
def families(draw) -> Family:
    return a_family(
        level=draw(st.sampled_from([UNIVERSAL, EARLY_HELP, CHILD_IN_NEED, CHILD_PROTECTION])),
        frailty=draw(st.sampled_from([0.5, 1.0, 2.3])),
        age_days=draw(st.sampled_from([5 * YEAR, 10 * YEAR - 200, ADULT - 150])),
    )


@st.composite
def exposed(draw) -> list[tuple[int, Exposure]]:
    """Sessions on some days after the referral."""
    days = sorted(draw(st.sets(st.integers(REFERRED, REFERRED + 400), max_size=6)))
    group = draw(st.integers(0, 6))
    return [(day, Exposure(n + 1, days[n // 3 * 3], day, n >= group)) for n, day in enumerate(days)]


seeds = st.integers(0, 10_000)


@given(chains(), families(), seeds, exposed())
def test_a_path_is_the_rules_worked_day_by_day(chain, family, seed, exposures):
    rows = followed(chain, family, seed, exposures)

    expected = worked_by_day(chain, family, seed, exposures)

    assert steps_in(rows) == [step[:3] for step in expected]
    detected = [(row[0], row[7]) for row in rows.tolist() if row[2] == Event.DETECTED]
    assert detected == [(day, to) for day, _, to, flag in expected if flag]


@given(chains(), families(), seeds, exposed(), st.sets(st.integers(0, 900), max_size=12))
def test_when_a_path_is_looked_at_changes_no_row(chain, family, seed, exposures, looks):
    plain = followed(chain, family, seed, exposures)

    assert np.array_equal(followed(chain, family, seed, exposures, looks), plain)


@given(chains(), families(), seeds, exposed(), st.integers(REFERRED, 900), st.integers(0, 500))
def test_the_next_step_is_foreseen_without_being_taken(chain, family, seed, exposures, day, ahead):
    path = a_path(chain, family, [], seed)
    for start, exposure in exposures:
        if start <= day:
            path.expose(start, exposure)
    path.advance(day)
    level = path.level

    foreseen = path.next_step(day + ahead)

    assert (path.day, path.level) == (min(day, path.stop), level)
    steps = path.advance(day + ahead)
    assert foreseen == (steps[0].day if steps else None)


@given(chains(), families(), seeds, exposed())
def test_every_followed_day_of_a_child_is_at_one_level(chain, family, seed, exposures):
    rows = followed(chain, family, seed, exposures)

    days = rows[rows[:, 2] == Event.CHILD_DAYS]
    stop = REFERRED + min(chain.follow_days, ADULT - family.children[0].age_days)
    assert days[:, 8].sum() == stop - REFERRED
    assert (days[:, 1] == Phase.CALENDAR).all()
    covered = [d for first, n in days[:, [0, 8]].tolist() for d in range(first, first + n)]
    assert covered == list(range(REFERRED, stop))


@given(families(), seeds, exposed())
def test_a_service_without_effect_or_detection_changes_no_row(family, seed, exposures):
    chain = a_chain(rate=0.01, effect=np.zeros((3, 4, 3, 2)))

    assert np.array_equal(followed(chain, family, seed, exposures), followed(chain, family, seed))


@given(chains(), families(), seeds, exposed())
def test_nothing_is_detected_where_detection_is_one(chain, family, seed, exposures):
    chain = a_chain(rates=chain.rates, effect=chain.effect)

    assert Event.DETECTED not in followed(chain, family, seed, exposures)[:, 2]


def only(level: int, to: int, rate: float):
    """Rates at which nothing but one step happens."""
    return tuple(
        ((tuple(rate if (start, end) == (level, to) else 0.0 for end in ends),),)
        for start, ends in enumerate(STEPS)
    )


@pytest.mark.parametrize("day", [REFERRED, REFERRED + 1, REFERRED + 60])
@pytest.mark.parametrize("seed", range(6))
def test_a_rate_that_changes_on_a_day_counts_from_that_day(day, seed):
    effect = np.zeros((3, 2, 1, 2))
    effect[0, 1] = 0.5
    chain = a_chain(rates=only(EARLY_HELP, CHILD_IN_NEED, 0.005), effect=effect)
    family = a_family()
    left = threshold(
        Luck(seed).of(family.children[0].word, step_code(EARLY_HELP, CHILD_IN_NEED), 0)
    )
    before, after = units(0.005), units(0.005 * 0.5)

    steps = steps_in(followed(chain, family, seed, [(day, Exposure(1, day, day, False))]))

    quick = -(-left // before)
    if quick > day - REFERRED:  # not spent by then
        quick = day - REFERRED + -(-(left - (day - REFERRED) * before) // after)
    expected = REFERRED + quick
    assert steps == ([(expected, EARLY_HELP, CHILD_IN_NEED)] if expected < REFERRED + 700 else [])


def test_two_clocks_that_ring_on_one_day_are_settled_by_the_instant_and_not_by_the_table():
    chain, family = a_chain(rate=3.0), a_family(level=CHILD_IN_NEED)
    word = family.children[0].word
    firsts = set()
    for seed in range(40):
        luck = Luck(seed)
        clocks = [-math.log(luck.of(word, step_code(CHILD_IN_NEED, to))) for to in STEPS[2]]
        _, start, to = steps_in(followed(chain, family, seed))[0]
        assert start == CHILD_IN_NEED
        assert to == STEPS[2][clocks.index(min(clocks))]
        firsts.add(to)
    assert firsts == set(STEPS[2])


def test_a_child_leaves_on_its_eighteenth_birthday():
    chain = a_chain(rate=0.5)
    rows = followed(chain, a_family(age_days=ADULT - 10), seed=2)

    assert rows[:, 0].max() < REFERRED + 10
    assert rows[rows[:, 2] == Event.CHILD_DAYS][:, 8].sum() == 10


def test_a_step_that_would_fall_on_the_last_day_of_follow_up_does_not_happen():
    chain = a_chain(rates=only(EARLY_HELP, CHILD_IN_NEED, 0.01), follow_days=3_000)
    ((day, _, _),) = steps_in(followed(chain, a_family()))

    cut = a_chain(rates=chain.rates, follow_days=day - REFERRED)
    reached = a_chain(rates=chain.rates, follow_days=day - REFERRED + 1)

    assert steps_in(followed(cut, a_family())) == []
    assert steps_in(followed(reached, a_family())) == [(day, EARLY_HELP, CHILD_IN_NEED)]


def test_longer_follow_up_changes_no_earlier_step():
    short = steps_in(followed(a_chain(rate=0.02, follow_days=300), a_family()))
    long = steps_in(followed(a_chain(rate=0.02, follow_days=900), a_family()))

    assert short
    assert long[: len(short)] == short


def test_frailty_hastens_steps_up_and_leaves_steps_down_alone():
    def first(level, to, frailty):
        chain = a_chain(rates=only(level, to, 0.01), follow_days=5_000)
        return steps_in(followed(chain, a_family(level=level, frailty=frailty)))[0][0]

    assert first(EARLY_HELP, CHILD_IN_NEED, 2.0) < first(EARLY_HELP, CHILD_IN_NEED, 1.0)
    assert first(EARLY_HELP, UNIVERSAL, 2.0) == first(EARLY_HELP, UNIVERSAL, 1.0)


def test_a_clock_keeps_what_is_left_while_the_child_is_elsewhere():
    # early help to universal and back by fast clocks; to child in need by a slow one
    rates = list(a_chain(rate=0.0).rates)
    rates[UNIVERSAL] = (((1.0, 0.0),),)
    rates[EARLY_HELP] = (((0.005, 0.05),),)
    chain = a_chain(rates=tuple(rates), follow_days=5_000)
    family = a_family()

    rows = followed(chain, family, seed=5)

    days = rows[(rows[:, 2] == Event.CHILD_DAYS) & (rows[:, 7] == EARLY_HELP)][:, 8].sum()
    visits = sum(start == EARLY_HELP for _, start, _ in steps_in(rows))
    left = threshold(Luck(5).of(family.children[0].word, step_code(EARLY_HELP, CHILD_IN_NEED), 0))
    assert visits > 3
    # each other departure uses part of its last day only
    assert days - visits <= -(-left // units(0.005)) <= days


def test_an_effect_on_one_link_leaves_the_other_clocks_alone():
    effect = np.zeros((3, 2, 1, 2))
    effect[2, 1] = 0.9
    chain = a_chain(rate=0.004, effect=effect, follow_days=3_000)
    exposure = [(REFERRED, Exposure(1, REFERRED, REFERRED, False))]

    for seed in range(30):
        without = steps_in(followed(chain, a_family(), seed))
        with_service = steps_in(followed(chain, a_family(), seed, exposure))
        common = next((n for n, step in enumerate(without) if step[2] >= FOSTER), len(without))
        assert with_service[:common] == without[:common]


def test_an_effect_fades_by_whole_years_since_the_last_session():
    effect = np.zeros((3, 2, 3, 2))
    effect[0, 1] = [[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]]  # full for two years, then none
    chain = a_chain(rates=only(EARLY_HELP, CHILD_IN_NEED, 16.0), effect=effect, follow_days=3_000)
    last = REFERRED + 20
    path = a_path(chain, a_family(), [])

    path.expose(REFERRED, Exposure(1, REFERRED, REFERRED, False))
    path.expose(last, Exposure(1, REFERRED, last, False))

    assert path.next_step(5_000) == last + 2 * YEAR + 1


def test_an_effect_that_comes_later_is_felt_though_it_changes_nothing_yet():
    effect = np.zeros((3, 2, 2, 2))
    effect[0, 1, 1] = 1.0  # none in the first year since the last session, full after it
    rate = 1.0 / (4 * YEAR)
    chain = a_chain(rates=only(EARLY_HELP, CHILD_IN_NEED, rate), effect=effect, follow_days=9_000)
    served = [(REFERRED, Exposure(1, REFERRED, REFERRED, False))]

    for seed in range(20):
        ((day, _, _),) = steps_in(followed(chain, a_family(age_days=0), seed)) or [(9_999, 0, 0)]
        steps = steps_in(followed(chain, a_family(age_days=0), seed, served))
        assert len(steps) == (day <= REFERRED + YEAR)


def test_a_completed_group_has_its_own_column():
    effect = np.zeros((3, 2, 1, 2))
    effect[0, :, :, 1] = 1.0
    chain = a_chain(rates=only(EARLY_HELP, CHILD_IN_NEED, 16.0), effect=effect)
    path = a_path(chain, a_family(), [])

    assert path.next_step(5_000) == REFERRED + 1
    path.expose(REFERRED, Exposure(0, -1, -1, True))
    assert path.next_step(5_000) is None


def test_a_step_that_detection_brings_forward_is_noted_as_detected():
    chain = a_chain(
        rates=only(EARLY_HELP, CHILD_IN_NEED, 0.01), detection=(2.0,), follow_days=5_000
    )
    first = REFERRED
    rows = followed(chain, a_family(), exposures=[(first, Exposure(1, first, first, False))])

    ((day, _, to),) = steps_in(rows)

    ((later, _, _),) = steps_in(followed(chain, a_family()))
    assert day < later
    ((noted, phase, _, source, family, child, worker, group, quantity),) = rows[
        rows[:, 2] == Event.DETECTED
    ].tolist()
    assert (noted, phase, source, family, child) == (day, Phase.CHILDREN, 3, 17, 1)
    assert (worker, group, quantity) == (-1, to, 1)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_detected_counts_the_parts_of_days_too(seed):
    chain = a_chain(rate=0.4, detection=(2.5,), follow_days=300)
    exposures = [(REFERRED, Exposure(1, REFERRED, REFERRED, False))]

    rows = followed(chain, a_family(), seed, exposures)

    expected = worked_by_day(chain, a_family(), seed, exposures)
    detected = [(row[0], row[7]) for row in rows.tolist() if row[2] == Event.DETECTED]
    assert detected == [(day, to) for day, _, to, flag in expected if flag]


def test_only_the_first_entry_to_care_is_noted_as_the_first():
    rates = list(a_chain(rate=0.0).rates)
    rates[CHILD_PROTECTION] = (((0.1, 0.0, 0.0, 0.0),),)
    rates[FOSTER] = (((0.1, 0.1, 0.0),),)
    rates[RESIDENTIAL] = (((0.1, 0.1, 0.0),),)
    rates[CHILD_IN_NEED] = (((0.1, 0.0, 0.1, 0.0),),)

    rows = followed(a_chain(rates=tuple(rates)), a_family(level=CHILD_PROTECTION))

    steps = steps_in(rows)
    entries = [day for day, start, to in steps if to >= FOSTER > start]
    assert len(entries) > 1
    assert any(start >= FOSTER and to >= FOSTER for _, start, to in steps)
    assert rows[rows[:, 2] == Event.ENTERED_CARE_FIRST][:, [0, 7]].tolist() == [
        [entries[0], FOSTER]
    ]


def test_a_move_within_care_is_no_entry_to_it():
    rates = only(FOSTER, RESIDENTIAL, 0.1)

    rows = followed(a_chain(rates=rates), a_family(level=FOSTER))

    assert len(steps_in(rows)) == 1
    assert Event.ENTERED_CARE_FIRST not in rows[:, 2]


def test_a_child_passed_up_is_at_the_new_level_from_that_day_and_its_clocks_stay():
    chain, rows = a_chain(rate=0.01, follow_days=3_000), []
    path = a_path(chain, a_family(level=UNIVERSAL), rows)

    path.force(REFERRED, CHILD_IN_NEED)
    path.finish()

    rows = as_rows(rows)
    assert steps_in(rows)[0] == (REFERRED, UNIVERSAL, CHILD_IN_NEED)
    # thereafter as a child who came at that level, whose luck is the same
    started_there = steps_in(followed(chain, a_family(level=CHILD_IN_NEED)))
    assert steps_in(rows)[1:] == started_there
    assert rows[rows[:, 2] == Event.CHILD_DAYS][:, 8].sum() == 3_000


def test_steps_found_while_exposing_are_kept_for_whoever_advances():
    chain = a_chain(rate=0.05)
    one, other = a_path(chain, a_family(), []), a_path(chain, a_family(), [])

    one.expose(REFERRED + 300, NOT_EXPOSED)

    steps = one.advance(REFERRED + 300)
    assert steps
    assert steps == other.advance(REFERRED + 300)
    assert one.advance(REFERRED + 300) == []
