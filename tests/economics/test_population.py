"""How many families a decision is about, at today's value."""

import math

import pytest

from familyflow.economics.population import break_even_population, population
from familyflow.problems import InputError


def test_families_are_the_annuity_from_year_0():
    assert population(100, 10, 0.035) == pytest.approx(860.7687, abs=1e-4)


def test_at_a_rate_of_nothing_they_are_years_times_families_and_the_rate_is_continuous_there():
    assert population(100, 10, 0.0) == 1_000.0
    assert population(100, 10, 1e-9) == pytest.approx(1_000.0, rel=1e-8)
    assert population(100, 10, -1e-9) == pytest.approx(1_000.0, rel=1e-8)


def test_a_schedule_counts_as_its_rates(toy):
    assert population(7, 20, toy.GB_STANDARD) == pytest.approx(population(7, 20, 0.035), rel=1e-12)


@pytest.mark.parametrize(("months", "families"), [
    (0, 300.0), (6, 250.0), (12, 200.0), (18, 150.0), (36, 0.0), (60, 0.0),
])  # fmt: skip
def test_families_before_the_report_do_not_count_and_part_years_count_in_part(months, families):
    assert population(100, 3, 0.0, months) == pytest.approx(families)


def test_what_comes_later_keeps_its_own_discounting():
    later = population(100, 5, 0.035) - population(100, 2, 0.035)

    assert population(100, 5, 0.035, after_months=24) == pytest.approx(later, rel=1e-12)


def test_part_of_a_last_year_counts_in_part():
    assert population(100, 2.5, 0.0) == pytest.approx(250.0)
    assert population(100, 2.5, 0.0, after_months=27) == pytest.approx(25.0)
    assert population(100, 0, 0.035) == 0.0


def test_as_many_families_are_needed_as_repay_the_cost():
    assert break_even_population(50_000, 20.0) == 2_500.0
    assert break_even_population(50_000, 0.0) == math.inf
    assert break_even_population(0.0, 0.0) == 0.0


@pytest.mark.parametrize("wrong", [(-1, 10, 0), (1, -1, 0), (1, math.inf, 0)])
def test_numbers_below_nothing_are_refused(wrong):
    with pytest.raises(InputError, match="population"):
        population(*wrong)
