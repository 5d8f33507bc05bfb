"""A post costs its salary, national insurance above a threshold, and pension."""

import numpy as np
import pytest

from familyflow.economics.staff import (
    EmployerContributions,
    Post,
    WorkingYear,
    cost_per_contact_hour,
    cost_per_full_time_year,
    loaded_cost,
    national_insurance,
)
from familyflow.problems import InputError

# employer national insurance from April 2025; pension assumed
RULES = EmployerContributions(national_insurance_rate=0.15, threshold=5_000.0, pension=0.06)


def test_a_key_worker_on_34434_costs_40915():
    post = Post("key worker", 34_434.0)

    assert national_insurance(34_434.0, RULES) == pytest.approx(4_415, abs=0.5)
    assert loaded_cost(post, RULES) == pytest.approx(40_915, abs=0.5)
    assert loaded_cost(post, RULES) / 34_434 - 1 == pytest.approx(0.188, abs=0.0005)


@pytest.mark.parametrize(("pay", "due"), [(30_000, 3_750), (25_000, 3_000), (40_000, 5_250)])
def test_national_insurance_matches_published_examples(pay, due):
    assert national_insurance(float(pay), RULES) == pytest.approx(due)


def test_the_rule_of_the_year_before_gives_its_own_example():
    before = EmployerContributions(0.138, 9_100.0, 0.0)

    assert national_insurance(20_000.0, before) == pytest.approx(1_504.20)


def test_pay_below_the_threshold_bears_no_national_insurance():
    assert national_insurance(4_000.0, RULES) == 0.0


def test_the_threshold_is_per_person_so_part_time_posts_cost_less():
    full = loaded_cost(Post("key worker", 30_000.0), RULES)
    halves = 2 * loaded_cost(Post("key worker", 30_000.0, 0.5), RULES)

    assert full - halves == pytest.approx(0.15 * 5_000)


def test_five_part_time_posts_are_costed_by_the_full_time_year():
    posts = [Post("key worker", 34_434.0, 0.7)] * 5

    one = 34_434 * 0.7 * 1.06 + 0.15 * (34_434 * 0.7 - 5_000)

    assert cost_per_full_time_year(posts, RULES) == pytest.approx(5 * one / 3.5)


def test_pay_that_differs_between_draws_keeps_its_draws():
    posts = [Post("key worker", np.array([30_000.0, 34_434.0]), 1.0)]

    assert cost_per_full_time_year(posts, RULES) == pytest.approx(
        [30_000 * 1.06 + 3_750, 34_434 * 1.06 + 4_415.1]
    )


def test_a_contact_hour_of_a_loaded_post_costs_46_25():
    loaded = 30_000 * 1.25 * 1.15

    assert loaded == pytest.approx(43_125)
    assert cost_per_contact_hour(loaded, WorkingYear(42, 37, 0.6)) == pytest.approx(
        46.2516, abs=5e-5
    )


@pytest.mark.parametrize("share", [0.0, 1.2, -0.5])
def test_a_post_is_at_most_one_person(share):
    with pytest.raises(InputError, match="full-time share"):
        Post("key worker", 30_000.0, share)


def test_no_posts_cannot_be_costed():
    with pytest.raises(InputError, match="no posts"):
        cost_per_full_time_year([], RULES)
