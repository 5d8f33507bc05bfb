"""A study's error and cost, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from familyflow.experiments.information.study import Study
from familyflow.problems import InputError

STUDY = Study(
    informs="outcomes.escalation.ratio",
    families_per_arm=200,
    children_per_family=2.5,
    base_risk=0.2,
    share_followed_up=0.8,
    intra_family_correlation=0.2,
    cost_fixed=50_000,
    cost_per_family=500,
    months_until_report=24,
)


def test_the_standard_error_comes_from_the_events_expected_in_both_arms():
    # 200 x 2.5 x .8 = 400 children: 80 events without, 40 with at a ratio of .5
    error = STUDY.standard_error(np.array([0.5]))

    assert STUDY.design_effect == pytest.approx(1.3)
    assert error == pytest.approx(np.sqrt(1.3 * (0.8 / 80 + 0.9 / 40)))


def test_a_ratio_that_would_make_the_outcome_surer_than_sure_has_an_error_all_the_same():
    assert np.isfinite(STUDY.standard_error(np.array([9.0]))).all()


def test_a_risk_of_each_draw_takes_the_place_of_the_studys_own():
    own = STUDY.standard_error(np.array([1.0, 1.0]), np.array([0.2, 0.4]))

    assert own[0] == STUDY.standard_error(np.array([1.0]))[0]
    assert own[1] < own[0]


def test_the_error_falls_with_the_root_of_the_families_and_is_without_bound_for_none():
    ratio = np.array([0.7])

    four_times = replace(STUDY, families_per_arm=800).standard_error(ratio)

    assert STUDY.standard_error(ratio) / four_times == pytest.approx(2.0)
    assert replace(STUDY, families_per_arm=0).standard_error(ratio) == np.inf


def test_siblings_who_are_wholly_alike_count_once():
    alike = replace(STUDY, intra_family_correlation=1.0)
    only_children = replace(STUDY, children_per_family=1, intra_family_correlation=0.3)

    np.testing.assert_allclose(
        alike.standard_error(np.array([0.8])), only_children.standard_error(np.array([0.8]))
    )


def test_the_cost_is_for_both_arms_and_no_study_costs_nothing():
    assert STUDY.cost() == 50_000 + 400 * 500
    assert replace(STUDY, families_per_arm=0).cost() == 0.0


@pytest.mark.parametrize(("name", "value"), [
    ("families_per_arm", -1), ("children_per_family", 0.5), ("base_risk", 1.0),
    ("share_followed_up", 0), ("intra_family_correlation", 1.2),
    ("cost_fixed", -1), ("cost_per_family", float("nan")), ("months_until_report", -1),
])  # fmt: skip
def test_numbers_that_cannot_be_are_refused_by_name(name, value):
    with pytest.raises(InputError, match=f"outcomes.escalation.ratio: {name} is"):
        replace(STUDY, **{name: value})
