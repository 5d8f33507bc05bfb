"""What a sweep is asked for: options that make sense together, numbers and figures by name."""

from __future__ import annotations

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps.asked import METHODS, Asked
from familyflow.experiments.sweeps.targets import ALWAYS, label_of, names_of
from familyflow.experiments.sweeps.varied import varied_in
from familyflow.parameters.draws import uncertain
from familyflow.problems import InputError

RESOLVED = load_inputs("core_offer")
UNCERTAIN = uncertain(RESOLVED.parameters)
TABLE = "families.needs.combinations"


def refused(do):
    with pytest.raises(InputError) as told:
        do()
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize("method", METHODS)
def test_every_method_may_be_asked_for_by_its_name_alone(method):
    vary = ("a", "b") if method == "grid" else ()
    Asked("core_offer", method=method, vary=vary).check()


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"method": "sobal"}, "sobol"),
        ({"method": "sobol", "n": 100}, "128"),
        ({"method": "sobol", "n": 1}, "n is 1"),
        ({"method": "morris", "n": 3}, "n is 3"),
        ({"method": "grid", "vary": ("a",)}, "two numbers"),
        ({"method": "grid", "vary": ("a", "b"), "n": 1}, "n is 1"),
        ({"method": "tornado", "n": 8}, "no size"),
        ({"method": "pawn", "n": 8}, "--draws"),
        ({"method": "sobol", "draws": 8}, "no draws"),
        ({"method": "tornado", "common_luck": True}, "share their luck anyway"),
        ({"method": "pawn", "common_luck": True}, "each draw has its own"),
        ({"method": "tornado", "groups": ("x=unit_costs.",)}, "no groups"),
        ({"cluster": ""}, "no address"),
        ({"cluster": "localhost:8786"}, "no address"),
        ({"cluster": "tcp://127.0.0.1:8786", "seconds_a_point": 5.0}, "--workers"),
        ({"seconds_a_point": 0.0}, "seconds a point"),
        ({"seconds_a_point": float("nan")}, "seconds a point"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(options, what):
    told = refused(Asked("core_offer", **options).check)
    assert any(what in one for one in told), told


def test_every_mistake_is_told_at_once():
    told = refused(Asked("core_offer", "grid", n=1, draws=5, common_luck=True).check)
    assert len(told) == 4


def test_luck_is_a_factor_where_everything_moves_and_shared_elsewhere():
    for method in METHODS:
        asked = Asked("core_offer", method)
        together, alone = (asked.settings(RESOLVED, alone=one) for one in (False, True))
        assert asked.has_luck == (method in ("morris", "sobol"))
        assert alone.replications > 1
        assert together.replications == (1 if asked.has_luck else alone.replications)
    common = Asked("core_offer", "sobol", common_luck=True, replications=3)
    assert [common.settings(RESOLVED, alone=one).replications for one in (False, True)] == [3, 3]


def test_everything_uncertain_is_varied_and_shares_of_a_table_move_together():
    varied = varied_in(RESOLVED)
    factors = varied.factors(luck=True)

    assert set(varied.names) == set(UNCERTAIN)
    assert set(varied.groups) == {n.partition("[")[0] for n in UNCERTAIN if "[" in n}
    assert LUCK in factors.told_apart
    assert TABLE in factors.told_apart


def test_a_number_a_key_or_the_start_of_names_is_meant():
    one = varied_in(RESOLVED, ["unit_costs.staff.pension"])
    some = varied_in(RESOLVED, ["unit_costs.staff.", TABLE])
    same = varied_in(RESOLVED, ["unit_costs.staff.*", "unit_costs.staff", TABLE])

    assert one.names == ("unit_costs.staff.pension",)
    assert some.names == same.names
    assert {n.partition("[")[0] for n in some.names} >= {TABLE, "unit_costs.staff.pension"}


def test_groups_hold_what_they_name_and_the_rest_stays():
    varied = varied_in(RESOLVED, groups=["pay=unit_costs.staff.", "people=families."])
    assert set(varied.groups) == {"pay", "people"} | {
        group for group in varied_in(RESOLVED).groups if not group.startswith("families.")
    }


@pytest.mark.parametrize(
    ("vary", "groups", "what"),
    [
        (["unit_costs.staff.pensoin"], [], "unit_costs.staff.pension"),
        (["appraisal.term_years"], [], "not uncertain"),
        (["nothing at all"], [], "families., "),
        ([], ["pay"], "NAME=KEY"),
        ([], ["pay=nothing"], "no uncertain number"),
        ([], ["a=unit_costs.", "b=unit_costs.staff."], "a and b"),
        ([], ["a=unit_costs.staff.", "a=outcomes."], "taken"),
        ([], ["luck=outcomes."], "taken"),
        ([], [f"some={TABLE}[domestic_abuse]"], "move together"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_what_to_do(vary, groups, what):
    told = refused(lambda: varied_in(RESOLVED, vary, groups))
    assert any(what in one for one in told), told


def test_what_is_told_of_a_number_is_its_own_range():
    for row in varied_in(RESOLVED).told:
        assert row["low"] < row["high"], row
        assert row["label"], row
        assert row["status"] in ("verified", "derived", "recalled", "assumed")
    names = [row["factor"] for row in varied_in(RESOLVED).told]
    assert len(names) == len(set(names)) == len(UNCERTAIN)


def test_figures_are_named_whole_or_by_what_stands_behind_the_dot():
    assert names_of([]) == ["money.net_saving"]
    assert names_of(["net_saving", "money.net_saving", "flow.mean_wait_weeks"]) == [
        "money.net_saving",
        "flow.mean_wait_weeks",
    ]
    assert names_of(["agency.local_authority.cost"]) == ["agency.local_authority.cost"]
    assert label_of("agency.nhs.cost") == "Agency: nhs: cost"
    assert all(label_of(name) for name in ALWAYS)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("net_savign", "money.net_saving"),
        ("payback_years", "money.net_saving"),
        ("money.probability_net_saving", "a share of draws"),
        ("rubbish.", "figures"),
        ("", "no output"),
    ],
)
def test_a_figure_that_there_is_not_is_refused_with_what_to_do(target, what):
    told = refused(lambda: names_of([target]))
    assert any(what in one for one in told), told
