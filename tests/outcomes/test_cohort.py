import math

import numpy as np
import pytest
from tests.outcomes.values import BASE, changed

from familyflow.outcomes.cohort import FRAILTY_SHARES, frailty_points, make_cohort
from familyflow.outcomes.levels_of_need import daily_rates
from familyflow.problems import InputError


@pytest.mark.parametrize("spread", [0.0, 0.2, 0.5, 0.8])
def test_frailty_has_mean_one_and_nearly_the_variance_of_a_lognormal(spread):
    points = np.array(frailty_points(spread))
    shares = np.array(FRAILTY_SHARES)

    assert (points * shares).sum() == pytest.approx(1.0)
    variance = ((points - 1.0) ** 2 * shares).sum()
    assert variance == pytest.approx(math.expm1(spread**2), rel=0.2, abs=1e-12)


def test_the_shares_in_which_leavers_divide_add_to_one_before_anything_is_multiplied():
    cohort = make_cohort([BASE])

    assert cohort.weights[0, 2:].sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_the_multipliers_act_on_stays_in_child_in_need_and_on_links_into_care():
    plain, moved = make_cohort([BASE]), make_cohort([BASE], np.array([2.0]), np.array([3.0]))

    assert moved.leaving[0, 0] == pytest.approx(2.0 * plain.leaving[0, 0])
    assert moved.leaving[0, 1] == pytest.approx(plain.leaving[0, 1])
    changed_weights = np.argwhere(moved.weights[0] != plain.weights[0]).tolist()
    assert changed_weights == [[2, 4], [3, 4]]


def test_each_draw_has_its_own_rates():
    other = changed(early_help_ends=1.0)

    cohort = make_cohort([BASE, other])

    assert cohort.weights[1, 1, 0] == daily_rates(other).early_help_ends
    assert cohort.weights[0, 1, 0] == daily_rates(BASE).early_help_ends
    assert len(cohort) == 2


def test_shares_of_leavers_that_add_to_more_than_one_are_refused():
    with pytest.raises(InputError, match="at most 1 together"):
        make_cohort([changed(child_in_need_to_plan=0.9, child_in_need_to_care=0.2)])
