"""The scalar chain is held to the one in arrays, and its searches to what they look for."""

import math

import numpy as np
import pytest
from tests.outcomes.chains import totals_of
from tests.outcomes.values import BASE, changed
from tests.outcomes.wide_values import wide_values

from familyflow.outcomes import cohort_chain as chain
from familyflow.outcomes.calibration import episode_lengths, looked_after, mean_length
from familyflow.outcomes.cohort import make_cohort
from familyflow.outcomes.dose import dose_curves
from familyflow.outcomes.effect_table import is_neutral
from familyflow.outcomes.effects import (
    below_at_the_start,
    child_in_need_within_a_year,
    exposure,
    influence,
    looked_after_and_plans,
    nothing_acts,
    reference_of,
)
from familyflow.outcomes.expected import monthly_grid
from familyflow.outcomes.records import record_of, records_from
from familyflow.outcomes.solve import solve_and_report, solve_plainly

GRID = monthly_grid()
SOLVED = [(1.5, 0.8, 0.6, 0.9, 0.5), (0.7, 2.0, 1.3, 0.3, 1.2)]


def totals_in_arrays(values, solved, reference):
    """What `cohort_chain.total_up` gives, from the chain in arrays."""
    stays, into_care, *links = (np.array([number]) for number in solved)
    cohort = make_cohort([values], stays, into_care)
    exposed = [exposure([values], curve, reference, GRID) for curve in dose_curves(reference)]
    acting = [influence(np.stack(links), group) for group in exposed]
    below = below_at_the_start(cohort, GRID)
    found = [looked_after(cohort)[0]]
    for arm in (nothing_acts(1, GRID), acting):
        care, plans = looked_after_and_plans(cohort, arm, GRID)
        entered = child_in_need_within_a_year(below, arm[0], GRID)
        found += [care[0], plans[0, :12].sum(), plans[0, 12:].sum(), entered[0]]
    return [*found, *episode_lengths(make_cohort([values], stays))[0]]


@pytest.mark.parametrize("solved", SOLVED)
@pytest.mark.parametrize("values", [BASE, *wide_values(1, 25)])
def test_the_scalar_chain_gives_what_the_chain_in_arrays_gives(values, solved):
    totals = totals_of(values, solved, BASE)

    assert totals == pytest.approx(totals_in_arrays(values, solved, BASE), rel=1e-12, abs=1e-14)


def test_nothing_is_left_over_in_the_scratch_space_from_another_draw():
    draws = records_from([BASE, *wide_values(2, 6)])

    together = solve_plainly(draws, reference_of(BASE))

    assert (solve_plainly(draws[::-1], reference_of(BASE))[::-1] == together).all()
    for draw, record in enumerate(draws):
        assert (solve_plainly(record[None], reference_of(BASE))[0] == together[draw]).all()


@pytest.mark.parametrize("values", wide_values(3, 12))
def test_solved_numbers_give_their_totals_back(values):
    (solved,), report = solve_and_report([values], BASE)
    record = record_of(values)

    totals = totals_of(values, (solved.stay_scale, solved.care_multiplier, *solved.links), BASE)

    places = slice(chain.CHILD_IN_NEED_LENGTHS, chain.CHILD_IN_NEED_LENGTHS + 4)
    still = np.array([totals[chain.OPEN : chain.OPEN + 4]])
    assert mean_length(still) == pytest.approx(mean_length(record[None, places]), rel=5e-6)
    looked_after = totals[chain.WITHOUT_LOOKED_AFTER]
    assert looked_after == pytest.approx(record[chain.LOOKED_AFTER], rel=5e-6)
    if report.unreached:
        return
    entering = record[chain.CHILD_IN_NEED_RATIO] * totals[chain.WITHOUT_CHILD_IN_NEED]
    care = record[chain.CARE_RATIO] * totals[chain.WITHOUT_CARE]
    plans = record[chain.PLAN_RATIO_YEAR_1] * totals[chain.WITHOUT_PLANS_YEAR_1]
    plans += record[chain.PLAN_RATIO_YEAR_2] * totals[chain.WITHOUT_PLANS_YEAR_2]
    assert totals[chain.WITH_CHILD_IN_NEED] == pytest.approx(entering, rel=5e-6)
    assert totals[chain.WITH_CARE] == pytest.approx(care, rel=5e-6)
    started = totals[chain.WITH_PLANS_YEAR_1] + totals[chain.WITH_PLANS_YEAR_2]
    assert started == pytest.approx(plans, rel=5e-6)


def test_few_chains_are_needed():
    tried = solve_plainly(records_from([BASE, *wide_values(4, 20)]), reference_of(BASE))

    assert tried[:, chain.CHAINS].max() <= 9


def test_the_slope_of_a_parabola_is_found_from_three_places_on_it():
    trail, points = [0.0] * 6, 0

    for at in (0.0, 1.0, 3.0):
        points = chain._note(trail, at, at * at + at, points)

    assert chain._slope(trail, points, 1.0) == pytest.approx(7.0)


def test_a_slope_of_the_wrong_sign_is_not_taken():
    trail, points = [0.0] * 6, 0

    for at in (0.0, 1.0):
        points = chain._note(trail, at, -at, points)

    assert chain._slope(trail, points, 0.8) == 0.8


@pytest.mark.parametrize("spend", [1e-12, 1e-3, 0.3, 4.0])
def test_chances_for_parts_of_a_month_come_from_one_exponential(spend):
    sixth = math.expm1(-spend / 6.0)

    assert chain._half(sixth) == pytest.approx(-math.expm1(-spend / 2.0), rel=1e-14)
    assert chain._third(sixth) == pytest.approx(-math.expm1(-spend / 3.0), rel=1e-14)


@pytest.mark.parametrize(
    "ratios", [{}, {"care_ratio": 1.0}, {"detection": 1.0, "group_effect": 0.1}]
)
def test_who_is_neutral_is_the_same_for_the_solver_and_for_the_engines(ratios):
    names = ("care_ratio", "plan_ratio_year_1", "plan_ratio_year_2", "child_in_need_ratio")
    neutral = {**dict.fromkeys(names, 1.0), "detection": 1.0}

    for values in (changed(**ratios), changed(**neutral), changed(**{**neutral, **ratios})):
        assert chain._is_neutral(record_of(values).tolist()) == is_neutral(values)
