"""What a sweep is asked for: options that make sense together, numbers and figures by name."""

from __future__ import annotations

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps.asked import METHODS, Asked
from familyflow.experiments.sweeps.sweep import prepare
from familyflow.experiments.sweeps.targets import ALWAYS, label_of, names_of, turn_of
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
        ({"method": "pawn", "draws": 100}, "at least 200"),
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
        ([], ["Chance=outcomes."], "taken"),
        ([], [f"some={TABLE}[domestic_abuse]"], "move together"),
        ([], [f"{TABLE}=outcomes."], "is no group"),
        ([], ["a=,"], "NAME=KEY"),
        ([], ["\u00e9=outcomes."], "plain letters"),
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


@pytest.mark.parametrize(("method", "many"), [("sobol", 2), ("sobol", 3), ("morris", 3)])
def test_some_shares_of_a_table_cannot_move_at_once(method, many):
    shares = [name for name in UNCERTAIN if name.startswith(TABLE)][:many]
    told = refused(lambda: prepare(Asked("core_offer", method, vary=tuple(shares))))
    assert any("other shares" in one for one in told), told


@pytest.mark.parametrize(
    "vary",
    [("outcomes.effects.care_ratio",) * 2, ("outcomes.effects.care_ratio", "unit_costs.staff.")],
)
def test_a_grid_is_over_exactly_two_numbers_whatever_is_typed(vary):
    told = refused(lambda: prepare(Asked("core_offer", "grid", vary=vary)))
    assert any("two numbers" in one for one in told), told


def test_two_shares_of_one_table_are_no_grid():
    vary = tuple(name for name in UNCERTAIN if name.startswith("families.referrals.screening["))
    assert len(vary) == 2
    told = refused(lambda: prepare(Asked("core_offer", "grid", vary=vary)))
    assert any("no more than the whole" in one for one in told), told


def test_a_figure_that_says_the_same_on_both_sides_has_no_switching_value():
    told = refused(lambda: prepare(Asked("core_offer", "switching", targets=("cost",))))
    assert any("turns nowhere" in one for one in told), told
    prepare(Asked("core_offer", "switching", targets=("net_saving", "fiscal_return")))


@pytest.mark.parametrize(
    ("name", "unit", "at"),
    [
        ("money.net_saving", "GBP", 0.0),
        ("money.net_present_value_with_weaker_evidence", "GBP", 0.0),
        ("money.fiscal_return", "ratio", 1.0),
        ("flow.care_weeks_avoided", "weeks", 0.0),
        ("money.cost", "GBP", None),
        ("money.cost_per_child", "GBP per child", None),
        ("flow.mean_wait_weeks", "weeks", None),
        ("agency.nhs.net", "GBP", 0.0),
        ("agency.nhs.cost", "GBP", None),
    ],
)
def test_where_a_figure_says_something_else(name, unit, at):
    assert turn_of(name, unit) == at


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
