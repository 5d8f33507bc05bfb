"""What the service has given a family, and how long ago."""

import pytest

from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure, years_faded
from familyflow.specification.variates import NEVER

SERVED = Exposure(sessions=5, first_session=10, last_session=50, group_done=False)


@pytest.mark.parametrize(
    ("since", "years", "holds"),
    [(0, 0, 365), (364, 0, 1), (365, 1, 365), (366, 1, 364), (729, 1, 1), (730, 2, NEVER)],
)
def test_an_effect_fades_on_the_day_on_which_a_year_is_full(since, years, holds):
    assert years_faded(SERVED, 50 + since, most=2) == (years, holds)


def test_nothing_fades_where_no_session_was_held():
    assert years_faded(NOT_EXPOSED, 5_000, most=2) == (0, NEVER)
