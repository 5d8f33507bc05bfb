import math

import pytest
from tests.outcomes.values import BASE, changed

from familyflow.outcomes.levels_of_need import (
    AGES,
    BANDS,
    CARE_LINK,
    CHILD_IN_NEED_LINK,
    PLAN_LINK,
    Solved,
    make_chain,
)
from familyflow.problems import InputError
from familyflow.specification.plan import (
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    EARLY_HELP,
    FOSTER,
    RESIDENTIAL,
    UNIVERSAL,
)

SOLVED = Solved(1.5, 0.8, 0.6, 0.9, 0.5)
NEUTRAL = changed(
    care_ratio=1.0,
    plan_ratio_year_1=1.0,
    plan_ratio_year_2=1.0,
    child_in_need_ratio=1.0,
    detection=1.0,
)


def steps_where(chain, table):
    return {
        (level, end)
        for level, ends in enumerate(chain.steps)
        for end, flag in zip(ends, table[level], strict=True)
        if flag
    }


def test_frailty_acts_on_steps_up_alone():
    chain = make_chain(BASE, SOLVED)

    assert steps_where(chain, chain.upward) == {
        (UNIVERSAL, EARLY_HELP),
        (UNIVERSAL, CHILD_IN_NEED),
        (EARLY_HELP, CHILD_IN_NEED),
        (CHILD_IN_NEED, CHILD_PROTECTION),
        (CHILD_IN_NEED, FOSTER),
        (CHILD_IN_NEED, RESIDENTIAL),
        (CHILD_PROTECTION, FOSTER),
        (CHILD_PROTECTION, RESIDENTIAL),
    }


def test_a_worker_hastens_steps_to_child_in_need_and_to_a_plan_but_not_into_care():
    chain = make_chain(BASE, SOLVED)

    assert steps_where(chain, chain.detected) == {
        (UNIVERSAL, CHILD_IN_NEED),
        (EARLY_HELP, CHILD_IN_NEED),
        (CHILD_IN_NEED, CHILD_PROTECTION),
    }


def test_each_link_has_its_own_row_of_the_effect():
    chain = make_chain(BASE, SOLVED)
    rows = {
        (level, end): link
        for level, ends in enumerate(chain.steps)
        for end, link in zip(ends, chain.link[level], strict=True)
        if link >= 0
    }

    assert rows == {
        (UNIVERSAL, CHILD_IN_NEED): CHILD_IN_NEED_LINK,
        (EARLY_HELP, CHILD_IN_NEED): CHILD_IN_NEED_LINK,
        (CHILD_IN_NEED, CHILD_PROTECTION): PLAN_LINK,
        (CHILD_IN_NEED, FOSTER): CARE_LINK,
        (CHILD_IN_NEED, RESIDENTIAL): CARE_LINK,
        (CHILD_PROTECTION, FOSTER): CARE_LINK,
        (CHILD_PROTECTION, RESIDENTIAL): CARE_LINK,
    }


def test_every_level_band_and_age_has_a_rate_for_each_step():
    chain = make_chain(BASE, SOLVED)

    for level, ends in enumerate(chain.steps):
        assert len(chain.rates[level]) == len(BANDS)
        for band in chain.rates[level]:
            assert len(band) == len(AGES)
            assert all(len(rates) == len(ends) and min(rates) >= 0.0 for rates in band)


def test_a_chance_per_year_gives_that_chance_over_a_year():
    rate = make_chain(BASE, SOLVED).rates[EARLY_HELP][0][0][0]

    assert 1.0 - math.exp(-365 * rate) == pytest.approx(0.15, abs=1e-12)


def test_leavers_of_child_in_need_divide_in_the_published_shares_when_nothing_is_multiplied():
    rates = make_chain(BASE, Solved(1.0, 1.0, 1.0, 1.0, 1.0)).rates[CHILD_IN_NEED][0][0]

    assert sum(rates) * 365 / 12 == pytest.approx(0.209)
    assert rates[0] / sum(rates) == pytest.approx(0.156)
    assert (rates[1] + rates[2]) / sum(rates) == pytest.approx(0.03)
    assert rates[2] / (rates[1] + rates[2]) == pytest.approx(0.05)


def test_the_multipliers_act_where_they_say():
    plain = make_chain(BASE, Solved(1.0, 1.0, 1.0, 1.0, 1.0)).rates
    moved = make_chain(BASE, Solved(2.0, 3.0, 1.0, 1.0, 1.0)).rates

    def ratios(level):
        return [b / a for a, b in zip(plain[level][1][0], moved[level][1][0], strict=True)]

    assert ratios(EARLY_HELP) == pytest.approx([1.0, 1.0])
    assert ratios(CHILD_IN_NEED) == pytest.approx([2.0, 6.0, 6.0, 2.0])
    assert ratios(CHILD_PROTECTION) == pytest.approx([3.0, 3.0, 1.0, 1.0])
    assert ratios(FOSTER) == pytest.approx([1.0, 1.0])


def test_care_is_left_by_current_age_and_not_by_time_in_it():
    rates = make_chain(BASE, SOLVED).rates[FOSTER]

    assert rates[0] == rates[4]
    assert sum(rates[0][0]) * 365 == pytest.approx(0.25)
    assert sum(rates[0][1]) * 365 == pytest.approx(0.157)


def test_a_neutral_service_has_no_effect_and_no_detection_at_all():
    chain = make_chain(NEUTRAL, Solved(1.5, 0.8, 1.0, 1.0, 1.0))

    assert (chain.effect == 0.0).all()
    assert (chain.detection, chain.detection_days) == ((1.0,), (0,))


def test_the_effect_builds_with_sessions_and_fades_with_years():
    effect = make_chain(BASE, SOLVED, most_sessions=16).effect

    assert effect.shape == (3, 17, 11, 2)
    assert (effect[:, :3] == 0.0).all()  # below the threshold
    assert effect[CARE_LINK, 11, 0, 0] == pytest.approx(0.4)
    assert effect[CARE_LINK, 16, 0, 0] == effect[CARE_LINK, 11, 0, 0]
    assert effect[CARE_LINK, 5, 0, 0] == pytest.approx(0.4 * 5 / 11)
    assert effect[CARE_LINK, 11, 2, 0] == pytest.approx(0.4 * 0.75**2)
    assert (effect[..., 0] == effect[..., 1]).all()  # groups add nothing by default


def test_key_work_and_a_group_combine_as_independent_chances_up_to_the_cap():
    effect = make_chain(changed(group_effect=0.2), SOLVED).effect
    capped = make_chain(changed(group_effect=0.2, effect_cap=0.3), SOLVED).effect

    assert effect[CARE_LINK, 11, 0, 1] == pytest.approx(1 - 0.6 * 0.8)
    assert effect[CARE_LINK, 0, 0, 1] == pytest.approx(0.2)
    assert capped.max() == 0.3


def test_harm_is_possible_and_is_not_capped():
    effect = make_chain(BASE, Solved(1.5, 0.8, 2.5, 1.0, 1.0)).effect

    assert effect[CARE_LINK, 11, 0, 0] == pytest.approx(-1.5)


def test_detection_holds_then_falls_in_six_equal_monthly_steps_to_exactly_one():
    chain = make_chain(BASE, SOLVED)

    assert chain.detection == pytest.approx([1.15, 1.125, 1.10, 1.075, 1.05, 1.025, 1.0])
    assert chain.detection[-1] == 1.0
    assert chain.detection_days == (0, 547, 577, 608, 638, 669, 699)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"plan_to_care": 0.4}, "at most 1 together"),
        ({"early_help_to_child_in_need": 1.2}, "A chance per year"),
        ({"care_leaving": {"5-9": 0.25}}, "10-15"),
        ({"early_help_ends": "often"}, "Give a number"),
    ],
)
def test_a_chain_that_cannot_be_made_says_why(wrong, says):
    with pytest.raises(InputError, match=says):
        make_chain(changed(**wrong), SOLVED)
