import numpy as np
import pytest
from tests.outcomes.chains import care_multiplier, stay_scale
from tests.outcomes.values import BASE, changed

from familyflow.outcomes.calibration import episode_lengths, looked_after, mean_length
from familyflow.outcomes.cohort import make_cohort
from familyflow.outcomes.solve import solve
from familyflow.problems import InputError

PUBLISHED = np.array([[0.534, 0.376, 0.217, 0.096]])


def test_whole_episodes_are_as_long_on_average_as_published():
    scale = stay_scale([BASE])

    lengths = episode_lengths(make_cohort([BASE], scale))

    assert mean_length(lengths) == pytest.approx(mean_length(PUBLISHED), rel=1e-8)
    assert lengths == pytest.approx(PUBLISHED, abs=0.04)  # one factor cannot match four points


def test_the_pure_stay_is_shorter_than_an_episode_with_plans_and_care():
    assert stay_scale([BASE])[0] > 1.0


def test_a_child_in_need_who_never_goes_further_stays_as_long_as_published():
    alone = changed(child_in_need_to_plan=0.0, child_in_need_to_care=0.0)

    assert stay_scale([alone])[0] == pytest.approx(1.0, rel=1e-2)  # rates are rounded in print


@pytest.mark.parametrize("target", [0.015, 0.025, 0.04])
def test_the_share_looked_after_is_recovered(target):
    values = changed(looked_after_months_19_24=target)
    stays = stay_scale([values])

    multiplier = care_multiplier([values], stays)

    cohort = make_cohort([values], stays, multiplier)
    assert looked_after(cohort)[0] == pytest.approx(target, rel=1e-6)


def test_a_larger_share_looked_after_needs_a_larger_multiplier():
    draws = [changed(looked_after_months_19_24=t) for t in (0.015, 0.02, 0.025, 0.03, 0.04)]

    multipliers = care_multiplier(draws, stay_scale(draws))

    assert (np.diff(multipliers) > 0.0).all()


def test_mean_length_is_the_area_under_survival_that_falls_at_an_even_rate():
    rate = 0.1
    survival = np.exp(-rate * np.array([[3.0, 6.0, 12.0, 24.0]]))

    assert mean_length(survival)[0] == pytest.approx(-np.expm1(-rate * 24) / rate)


def test_a_target_out_of_reach_is_refused_by_name():
    with pytest.raises(InputError, match="looked_after_months_19_24"):
        solve([changed(looked_after_months_19_24=0.9)], BASE)


def test_a_chain_without_any_way_into_care_cannot_be_calibrated_and_says_so():
    nobody = changed(child_in_need_to_care=0.0, plan_to_care=0.0)

    with pytest.raises(InputError, match="looked_after_months_19_24"):
        solve([nobody], BASE)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_none_or_all_is_refused(share):
    with pytest.raises(InputError, match="between 0 and 1"):
        solve([changed(looked_after_months_19_24=share)], BASE)


def test_lengths_that_no_factor_reproduces_are_refused_by_name():
    endless = changed(child_in_need_lengths={"3": 1.0, "6": 1.0, "12": 1.0, "24": 1.0})
    nobody_leaves = dict.fromkeys(("0-3", "3-6", "6-12", "12-24", "24+"), 0.0)

    with pytest.raises(InputError, match=r"nothing reproduces .*child_in_need_lengths in draw 1"):
        solve([BASE, {**changed(child_in_need_leaving=nobody_leaves)}], BASE)
    assert stay_scale([endless])[0] < 1e-6
