"""Compiled and plain, alone and in company, on one thread or four: the same bits."""

import numpy as np
import pytest
from tests.outcomes.values import BASE, changed
from tests.outcomes.wide_values import wide_values

from familyflow.outcomes import cohort_chain as chain
from familyflow.outcomes.effects import reference_of
from familyflow.outcomes.records import records_from, rows_of_work
from familyflow.outcomes.solve import solve_and_report, solve_plainly

pytest.importorskip("numba")
from familyflow.compiled.solving import compiled_functions, threaded_solver

REFERENCE = reference_of(BASE)
NOBODY = changed(child_in_need_to_care=0.0, plan_to_care=0.0)
BEYOND = changed(child_in_need_ratio=0.6, detection=1.5)
NEUTRAL = changed(
    care_ratio=1.0,
    plan_ratio_year_1=1.0,
    plan_ratio_year_2=1.0,
    child_in_need_ratio=1.0,
    detection=1.0,
)
DRAWS = records_from([BASE, NEUTRAL, BEYOND, NOBODY, *wide_values(21, 60)])


@pytest.fixture(scope="module")
def solved():
    return threaded_solver(1)(DRAWS, REFERENCE)


def test_every_solved_number_has_the_bits_of_plain_python(solved):
    assert (solved == solve_plainly(DRAWS, REFERENCE)).all()


def test_every_total_has_the_bits_of_plain_python(solved):
    for record, numbers in zip(DRAWS, solved, strict=True):
        if numbers[chain.OUTCOME] != chain.SOLVED:
            continue
        work = rows_of_work(record[None])
        plain = work.tolist()

        compiled_functions().total_up(record, REFERENCE, work, numbers)
        chain.total_up(record.tolist(), REFERENCE.tolist(), plain, numbers.tolist())

        held = slice(chain.TOTALS_HELD)
        assert work[chain.TOTALS, held].tolist() == plain[chain.TOTALS][held]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_no_bit_depends_on_threads(solved, threads):
    assert threaded_solver(threads)(DRAWS, REFERENCE).tobytes() == solved.tobytes()


def test_no_draw_depends_on_its_neighbours(solved):
    order = np.random.default_rng(3).permutation(len(DRAWS))

    assert (threaded_solver(2)(DRAWS[order], REFERENCE) == solved[order]).all()
    for draw in (0, 3, 17):
        assert (threaded_solver(1)(DRAWS[draw : draw + 1], REFERENCE)[0] == solved[draw]).all()


def test_the_account_is_the_same_whoever_solves():
    draws = [BASE, BEYOND, NEUTRAL, BASE]

    assert solve_and_report(draws, BASE, solver=threaded_solver(2)) == solve_and_report(draws, BASE)
