"""When a service has earned its cost back, and at what rate of return."""

import numpy as np
import pytest

from familyflow.economics.discounting import discount_factors, flat
from familyflow.economics.payback import (
    NOT_WITHIN_HORIZON,
    internal_rate_of_return,
    never_pays_back,
    payback,
)

# 100,000 spent at once, 40,000 back at the end of each of three years
LOAN = np.array([-100_000.0, 40_000.0, 40_000.0, 40_000.0])


def test_net_value_ratio_payback_and_return_of_a_plain_investment():
    discounted = LOAN * discount_factors(flat(0.035), 4)

    assert discounted.sum() == pytest.approx(12_065.48, abs=0.005)
    assert discounted[1:].sum() / 100_000 == pytest.approx(1.120655, abs=5e-7)
    assert payback(LOAN).value == 2.5
    assert payback(discounted).value == pytest.approx(2.6656, abs=5e-5)
    assert internal_rate_of_return(LOAN).value == pytest.approx(0.0970103, abs=5e-8)


def test_what_is_never_below_zero_pays_back_at_once():
    assert payback(np.array([5.0, 0.0, 1.0])).value == 0.0


def test_what_does_not_pay_back_says_so():
    found = payback(np.array([-10.0, 4.0, 5.0]))

    assert found.value is None
    assert found.reason == NOT_WITHIN_HORIZON


def test_of_several_crossings_the_last_counts():
    assert payback(np.array([-10.0, 20.0, -20.0, 20.0])).value == 2.5


def test_paying_back_exactly_at_the_end_of_a_year_counts():
    assert payback(np.array([-0.3, 0.1, 0.1, 0.1])).value == pytest.approx(3.0)


def test_the_draws_that_never_pay_back_are_counted():
    flows = np.array([[-10.0, 4.0, 5.0], [-10.0, 4.0, 6.0], [-10.0, 40.0, -31.0]])

    assert never_pays_back(flows).tolist() == [1.0, 0.0, 1.0]


@pytest.mark.parametrize("flow", [[-10.0, 20.0, -5.0], [1.0, 2.0], [-1.0, -2.0], [0.0]])
def test_a_flow_that_does_not_change_sign_once_has_no_single_rate_of_return(flow):
    found = internal_rate_of_return(np.array(flow))

    assert found.value is None
    assert "changes sign" in found.reason


def test_a_rate_of_return_can_be_below_zero():
    assert internal_rate_of_return(np.array([-100.0, 50.0])).value == pytest.approx(-0.5)


def test_a_return_beyond_all_measure_is_not_given():
    assert internal_rate_of_return(np.array([-1.0, 1e9])).value is None
