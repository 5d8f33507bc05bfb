"""What is said before a run: whether team, referrals and funding fit together."""

import pytest

from familyflow.experiments.consistency import elapsed_weeks, triangulate, warnings_before
from familyflow.experiments.planned_cost import cost_and_funding, warnings_of
from familyflow.parameters.draws import base_values
from familyflow.problems import InputError
from familyflow.scenarios.resolve import resolve


def _values(*sets: str, scenario: str = "core_offer"):
    return base_values(resolve(scenario, sets=sets).parameters)


def test_the_reconstruction_is_near_the_set_it_was_made_from():
    sums = triangulate(_values())

    # eight families for a full-time worker, 20 elapsed weeks and 60 families a year were published
    # or worked out from what was; the shortfall is said in a warning and in the README
    assert 18 < sums.elapsed_weeks < 22
    assert 18 < sums.places < 25
    assert 50 < sums.could_start < 66
    assert sums.wanted == pytest.approx(72)


def test_missing_nothing_and_leaving_never_takes_the_meetings_over_the_share_of_term():
    values = _values(
        "service.key_work.attendance=1",
        "service.key_work.disengaging_per_week=0",
        "service.key_work.ended_by_service_per_week=0",
        "families.make_up.moves_per_year=0",
        "service.team.absences_per_year=0",
        "service.key_work.parent_support_share=0",
    )

    # 2.5 introductory, 11 sessions and 1.5 closing weeks, 39 of 52 weeks (and a day) in term
    assert elapsed_weeks(values) == pytest.approx(15 / (274 / 365), rel=1e-3)


def test_a_team_far_too_large_is_told_that_no_list_forms():
    (warning,) = warnings_before(_values("service.team.key_workers=20"))

    assert "will hardly form" in warning


def test_a_team_far_too_small_is_told_that_families_must_give_up():
    (warning,) = warnings_before(_values("service.team.key_workers=2"))

    assert "held only by families giving up" in warning


def test_a_team_that_fits_is_told_nothing():
    assert warnings_before(_values("service.team.key_workers=7")) == []


def test_no_service_is_told_nothing():
    assert warnings_before(_values(scenario="no_service")) == []


def test_a_family_that_no_post_could_hold_is_refused():
    with pytest.raises(InputError, match="heaviest family"):
        warnings_before(_values("service.team.hours_for_families=0.1"))


def test_more_posts_without_more_funding_are_warned_of():
    parameters = resolve("core_offer", sets=("service.team.key_workers=7",)).parameters

    assert any("more than its funding" in warning for warning in warnings_of(parameters))


@pytest.mark.parametrize(
    "scenario", ["core_offer", "grant_cut_20", "two_more_key_workers", "reaching_communities_bid"]
)
def test_shipped_scenarios_are_funded(scenario):
    parameters = resolve(scenario).parameters

    cost, funding = cost_and_funding(parameters, base_values(parameters))

    assert min(funding) >= cost * 0.98


def test_a_cut_gives_up_what_it_costs():
    core, cut = (resolve(name).parameters for name in ("core_offer", "grant_cut_20"))

    before, after = (cost_and_funding(p, base_values(p))[0] for p in (core, cut))

    assert after / before == pytest.approx(0.8, abs=0.02)
