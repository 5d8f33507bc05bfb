"""Who starts, and after how long: the cohort waits before anything acts on it."""

import numpy as np
import pytest
from tests.outcomes.values import changed

from familyflow.outcomes.cohort import make_cohort
from familyflow.outcomes.effects import looked_after_and_plans, nothing_acts
from familyflow.outcomes.expected import monthly_grid
from familyflow.outcomes.starting import levels_at_start, months_waited
from familyflow.problems import InputError

GRID = monthly_grid()


def test_factors_of_one_leave_the_levels_of_all_who_are_referred():
    values = changed()

    assert levels_at_start(values)[:4] == pytest.approx([0.17, 0.51, 0.25, 0.07])


def test_a_level_that_is_twice_as_likely_to_start_counts_double():
    factors = {"universal": 1, "early_help": 1, "child_in_need": 2, "child_protection": 1}

    shares = levels_at_start(changed(levels_of_those_who_start=factors))

    assert shares[2] / shares[1] == pytest.approx(2 * 0.25 / 0.51)
    assert sum(shares) == pytest.approx(1.0)


def test_nobody_left_to_start_is_refused():
    nobody = dict.fromkeys(("universal", "early_help", "child_in_need", "child_protection"), 0)

    with pytest.raises(InputError, match="no level of need is left"):
        levels_at_start(changed(levels_of_those_who_start=nobody))


@pytest.mark.parametrize("weeks", [0, 2, 6, 13, 30])
def test_the_whole_months_waited_have_the_mean_that_was_asked(weeks):
    waits = months_waited(changed(weeks_waited_by_those_who_start=weeks))

    assert sum(share for _, share in waits) == pytest.approx(1.0)
    mean = sum(months * share for months, share in waits)
    assert mean == pytest.approx(weeks * 7 * 12 / 365)


def test_a_wait_below_nothing_is_refused():
    with pytest.raises(InputError, match="0 or more"):
        months_waited(changed(weeks_waited_by_those_who_start=-1))


def test_who_waits_a_year_starts_at_the_levels_of_a_year_later():
    cohorts = [make_cohort([changed(weeks_waited_by_those_who_start=w)]) for w in (0, 365 / 7)]

    (now, plans), (later, plans_later) = (
        looked_after_and_plans(cohort, nothing_acts(1, GRID), GRID) for cohort in cohorts
    )

    assert later[0] != pytest.approx(now[0], rel=0.01)
    # months 13 to 18 of those who start at once are months 1 to 6 after a year of waiting
    assert plans_later[0, :6] == pytest.approx(plans[0, 12:18])
    assert np.isfinite(plans_later).all()
