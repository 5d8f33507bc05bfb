import numpy as np
import pytest
from tests.outcomes.values import BASE, changed

from familyflow.outcomes.dose import WEEKS_FOLLOWED, dose, dose_curve
from familyflow.specification.variates import Spread

NOBODY_LEAVES = {
    "disengaging_per_week": 0.0,
    "ended_by_service_per_week": 0.0,
    "moves_per_year": 0.0,
    "turnover_per_year": 0.0,
    "ends_when_referred_up": 0.0,
}
EVERY_WEEK = {
    "attendance": 1.0,
    "absences_per_year": 0,
    "school_holidays": {},
    "introductory_weeks": 2,
    "weeks_of_sessions": 11,
    "extra_weeks_by_level": {},
}


def test_the_dose_is_nothing_below_the_threshold_then_in_proportion_and_at_most_one():
    assert [dose(sessions, BASE) for sessions in (0, 2, 3, 11, 16)] == [0.0, 0.0, 3 / 11, 1.0, 1.0]


def test_a_family_that_misses_nothing_has_one_session_a_week_after_the_introduction():
    curve = dose_curve(changed(**NOBODY_LEAVES, **EVERY_WEEK))

    mean = curve.mean_dose(BASE).sum(axis=0)

    assert mean[[2, 4, 5, 12, 13, 30]] == pytest.approx([0, 0, 3 / 11, 10 / 11, 1, 1])
    assert curve.met[[2, 3]] == pytest.approx([0.0, 1.0])


def test_the_dose_fades_from_the_anniversary_of_the_last_session():
    curve = dose_curve(changed(**NOBODY_LEAVES, **EVERY_WEEK))

    fresh, faded = curve.mean_dose(BASE)

    assert (fresh[64], faded[64]) == (pytest.approx(1.0), 0.0)
    assert (fresh[65], faded[65]) == (0.0, pytest.approx(1.0))


def test_families_are_never_lost_from_the_curve():
    curve = dose_curve(BASE)

    everyone = curve.sessions.sum(axis=(0, 1))

    assert everyone == pytest.approx(np.ones(WEEKS_FOLLOWED + 1))
    assert curve.sessions.min() > -1e-12


def test_the_share_who_ever_hold_a_session_follows_from_the_two_hazards():
    curve = dose_curve(changed(attendance=0.5, introductory_weeks=Spread("constant", 0, 0, 0)))

    weekly = curve.met[1]  # left first, or held
    stay = 1.0 - weekly - (1.0 - curve.met[1] / _held(0.5))

    assert curve.met[3] == pytest.approx(weekly * (1 + stay + stay**2))


def _held(attendance):
    return 0.75 * (1 - 2 * 7 / 365) * attendance


@pytest.mark.parametrize(
    "worse",
    [
        {"attendance": 0.7},
        {"disengaging_per_week": 0.03},
        {"turnover_per_year": 1.0},
        {"weeks_of_sessions": Spread("whole_numbers", 4, 0, 8)},
    ],
)
def test_less_of_the_service_is_a_smaller_dose_in_every_week(worse):
    base = dose_curve(BASE).mean_dose(BASE).sum(axis=0)

    less = dose_curve(changed(**worse)).mean_dose(BASE).sum(axis=0)

    assert (less <= base + 1e-12).all()
    assert less[-1] < base[-1]


def test_completed_groups_build_up_to_the_chance_of_completing_any():
    curve = dose_curve(BASE)

    group = curve.group.sum(axis=0)
    of_abuse = sum(
        share for names, share in BASE["families.needs.combinations"].items() if "abuse" in names
    )
    each = 0.615 * 0.75

    assert group[8] == 0.0
    assert group[-1] == pytest.approx(1 - (1 - each) * (1 - each * of_abuse))
    assert (np.diff(group) >= -1e-12).all()
