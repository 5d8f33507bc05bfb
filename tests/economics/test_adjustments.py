"""A claim is corrected once for each thing that weakens it, never twice for the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from familyflow.economics import targets
from familyflow.economics.adjustments import (
    Deadweight,
    OptimismBias,
    after_attribution,
    after_deadweight,
    deadweight_problem,
    either,
    fading,
    one_mode,
    proportional_from_rate,
)
from familyflow.economics.checks import identities
from familyflow.problems import InputError

SHARES = {"A": 0.05, "B": 0.10, "C": 0.15, "D": 0.25, "E": 0.40}


def test_40_net_outcomes_whichever_way_deadweight_is_told():
    among_all = after_deadweight(100, 0.6, Deadweight("percentage_point", 0.2))
    of_achievers = after_deadweight(100, 0.6, Deadweight("proportional", 1 / 3))

    assert among_all == pytest.approx(40)
    assert of_achievers == pytest.approx(40)


def test_one_way_typed_as_the_other_overstates_and_is_caught():
    typed = Deadweight("proportional", 0.2)

    assert after_deadweight(100, 0.6, typed) == pytest.approx(48)
    assert "0.333 of achievers" in deadweight_problem(0.6, typed, rate_without=0.2)


def test_deadweight_that_agrees_with_the_known_rate_is_no_problem():
    assert deadweight_problem(0.6, Deadweight("proportional", 1 / 3), 0.2) == ""
    assert deadweight_problem(0.6, Deadweight("percentage_point", 0.2), 0.2) == ""


def test_more_achieve_it_without_the_service_and_the_harm_is_kept():
    assert after_deadweight(100, 0.2, Deadweight("percentage_point", 0.3)) == pytest.approx(-10)


def test_a_bare_deadweight_without_its_mode_is_refused():
    with pytest.raises(InputError, match="without a mode"):
        Deadweight(None, 0.2)


def test_no_share_of_achievers_follows_from_no_impact():
    with pytest.raises(InputError, match="impact above 0"):
        proportional_from_rate(0.2, 0.0)


@settings(max_examples=25)
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_deadweight_leaves_less(first, second):
    low, high = sorted((first, second))

    assert after_deadweight(100, 0.5, Deadweight("proportional", high)) <= (
        after_deadweight(100, 0.5, Deadweight("proportional", low))
    )


def test_a_saving_after_deadweight_and_attribution():
    net = after_deadweight(100, 0.4, Deadweight("proportional", 0.25))

    assert after_attribution(net, 0.9) * 5_000 == pytest.approx(135_000)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_share_is_refused_never_cut(share):
    with pytest.raises(InputError, match="not a share"):
        after_attribution(1.0, share)
    with pytest.raises(InputError, match="not a share"):
        Deadweight("proportional", share)


def test_an_effect_fades_from_its_second_year():
    assert fading(0.2, 3).tolist() == pytest.approx([1, 0.8, 0.64])
    assert fading(0.4, 4, "linear").tolist() == pytest.approx([1, 0.6, 0.2, 0])


def test_an_unknown_way_to_fade_is_refused():
    with pytest.raises(InputError, match="geometric or linear"):
        fading(0.2, 3, "suddenly")


@pytest.mark.parametrize(
    ("overlap", "share"), [("independent", 0.44), ("nested", 0.30), ("disjoint", 0.50)]
)
def test_two_benefits_together_are_their_union(overlap, share):
    assert either(0.3, 0.2, overlap) == pytest.approx(share)


def test_disjoint_shares_cannot_pass_one():
    with pytest.raises(InputError, match="not a share"):
        either(0.7, 0.6, "disjoint")


@pytest.mark.parametrize("mode", ["none", "haircut", "spread"])
def test_one_correction_for_optimism_may_be_asked_for(mode):
    assert one_mode([mode]) == mode
    assert one_mode(["none", mode]) == mode


def test_a_haircut_together_with_a_spread_is_refused():
    with pytest.raises(InputError, match="both as a haircut and as a spread"):
        one_mode(["haircut", "spread"])


def test_an_unknown_correction_is_refused():
    with pytest.raises(InputError, match="none, haircut or spread"):
        one_mode(["optimism"])


def test_a_haircut_raises_costs_and_cuts_savings_by_grade(toy):
    plain = toy.priced()
    cut = toy.priced(optimism_bias=OptimismBias("haircut", SHARES, SHARES))

    assert cut.cost[..., 0].sum() == pytest.approx(1.15 * plain.cost[..., 0].sum())  # grade C
    assert cut.cost[..., 1].sum() == pytest.approx(1.40 * plain.cost[..., 1].sum())  # grade E
    assert targets.mean(cut, "fiscal_saving").value == pytest.approx(
        0.85 * targets.mean(plain, "fiscal_saving").value
    )


def test_a_haircut_needs_a_share_for_the_grade(toy):
    with pytest.raises(InputError, match="grade 'C'"):
        toy.priced(optimism_bias=OptimismBias("haircut", {"A": 0.1, "E": 0.4}, {}))


def test_a_spread_takes_from_none_to_twice_of_the_haircut_by_draw(toy):
    shares = {"C": 0.15, "D": 0.25, "E": 0.40}
    run = toy.hand_run(draws=3)
    plain = toy.priced(run)
    haircut = toy.priced(run, optimism_bias=OptimismBias("haircut", shares, shares))
    reach = np.array([0.0, 1.0, 2.0])
    spread = toy.priced(run, optimism_bias=OptimismBias("spread", shares, shares, reach))

    for name in ("fiscal_saving", "cost"):
        none, full, drawn = (targets.by_draw(ledger, name) for ledger in (plain, haircut, spread))
        assert drawn == pytest.approx(none + reach * (full - none))
        assert abs(full[0] - none[0]) > 1
    assert all(check.passed for check in identities(spread))
