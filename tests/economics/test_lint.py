"""What a reviewer of a cost case would object to: each rule finds its fault and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from familyflow.economics.adjustments import Deadweight
from familyflow.economics.chain_line import Chain
from familyflow.economics.lint import RULES, Facts, review
from familyflow.economics.lint.facts import Claim, Horizon, Ratio
from familyflow.economics.savings import BenefitLine
from familyflow.economics.unit_costs import UnitCost

WEEK = UnitCost(
    "care.week", "A week in care", 900.0, "GBP per week", "2019/20", falls_on={"council": 1.0}
)
LINE = BenefitLine("weeks", "Weeks in care", "child_weeks.care", WEEK)
SIMULATED = Claim(LINE, "comparator_arm", "weeks")
CHAIN = Chain(
    prevalence=1.0,
    engagement=1.0,
    retained=1.0,
    impact=0.6,
    deadweight=Deadweight("proportional", 1 / 3),
    attribution=1.0,
    units_each=1.0,
    unit="weeks",
    lag_years=0,
    saving_years=2,
    drop_off=0.2,
)
CALL_OUT = replace(WEEK, key="call_out", label="A week of call-outs")
CHAINED = Claim(
    replace(LINE, name="chain", chain=CHAIN, quantity="families_started", unit_cost=CALL_OUT),
    "proportional",
    "weeks",
)
HORIZON = Horizon(
    term_years=5,
    follow_up_years=5,
    watched_years=10,
    window="follow_up",
    price_year="2024/25",
    retention=0.75,
    observed_years=2,
    longest_years=5,
    oldest_years=15,
)
TODAY = date(2030, 6, 30)


def facts(*claims, costs=(), **more):
    costs = {cost.key: cost for cost in (*(c.line.unit_cost for c in claims), *costs)}
    return Facts(claims=claims, unit_costs=costs, horizon=HORIZON, today=TODAY, **more)


def chained(counterfactual="proportional", evidence="weaker", note="", rate=None, **links):
    line = replace(CHAINED.line, evidence=evidence, chain=replace(CHAIN, **links))
    return Claim(line, counterfactual, "weeks", rate_without=rate, note=note)


def found(given):
    return [(finding.key, finding.field, finding.wrong) for finding in review(given)]


def test_a_sound_case_meets_no_objection():
    assert found(facts(SIMULATED, chained(), before_after=0.5)) == []


def test_without_facts_there_is_nothing_to_object_to():
    assert found(Facts()) == []


def test_no_rule_stands_twice_and_each_says_what_it_is_for():
    assert len(set(RULES)) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)


def test_a_before_and_after_figure_cannot_claim_a_comparison_group():
    claim = chained("before_after", evidence="comparison_group", attribution=0.5)

    assert found(facts(claim)) == [("chain", ("evidence",), True)]


def test_a_line_that_claims_a_comparison_group_names_the_study():
    unknown = replace(SIMULATED, has_source=False)

    assert found(facts(unknown)) == [("weeks", ("evidence",), True)]
    assert found(facts(SIMULATED)) == []
    assert found(facts(replace(unknown, line=replace(LINE, evidence="weaker")))) == []


def test_the_whole_of_a_before_and_after_change_is_gross_and_not_net():
    (finding,) = review(facts(chained("before_after", attribution=1.0)))

    assert (finding.field, finding.wrong) == (("chain", "attribution"), True)
    assert "gross shown as net" in finding.what
    assert found(facts(chained("before_after", attribution=0.5))) == []


def test_a_ratio_read_off_before_and_after_needs_an_allowance():
    ratio = Ratio("outcomes.x.ratio", 0.57, "-43 % and -66 %, both before and after")

    assert found(facts(ratios=(ratio,), before_after=0.5)) == []
    assert found(facts(ratios=(ratio,), before_after=1.0)) == [
        ("outcomes.x.ratio", ("value",), False)
    ]


@pytest.mark.parametrize(
    "ratio",
    [
        Ratio("no_effect", 1.0, "Before-and-after improvement is not an effect."),
        Ratio("compared", 0.8, "Trial with a comparison group, after two years"),
        Ratio("inside_words", 0.8, "beforehand and thereafter"),
    ],
)
def test_other_ratios_are_left_alone(ratio):
    assert found(facts(ratios=(ratio,), before_after=1.0)) == []


def test_no_deadweight_needs_a_reason():
    nil = Deadweight("percentage_point", 0.0)
    gross = chained("percentage_point", deadweight=nil)

    assert found(facts(gross)) == [("chain", ("chain", "deadweight"), False)]
    assert found(facts(replace(gross, note="No deadweight: nobody had it before."))) == []


def test_20_percent_of_all_typed_as_20_percent_of_achievers_is_refused():
    typed = chained(rate=0.20, deadweight=Deadweight("proportional", 0.20))

    (finding,) = review(facts(typed))

    assert (finding.key, finding.field, finding.wrong) == ("chain", ("chain", "deadweight"), True)
    assert "0.333 of achievers" in finding.what
    # 100 engaged, impact 60 %: 40 net outcomes, and not 48
    meant = chained("percentage_point", deadweight=Deadweight("percentage_point", 0.20))
    assert typed.line.chain.net_each(1)[0] * 100 == pytest.approx(48.0)
    assert meant.line.chain.net_each(1)[0] * 100 == pytest.approx(40.0)


def test_a_third_of_achievers_or_percentage_points_are_right():
    points = Deadweight("percentage_point", 0.20)

    assert found(facts(chained(rate=0.20))) == []
    assert found(facts(chained("percentage_point", rate=0.20, deadweight=points))) == []


def test_an_effect_against_a_comparison_group_is_net_already():
    claim = chained(evidence="comparison_group", attribution=0.7)

    assert found(facts(claim)) == [("chain", ("chain", "attribution"), False)]
    assert found(facts(chained(evidence="weaker", attribution=0.7))) == []


def test_two_lines_of_one_group_count_twice_and_both_are_named():
    first, second = (
        Claim(replace(LINE, name=name, double_count_group="care"), "comparator_arm", "weeks")
        for name in ("first", "second")
    )

    (finding,) = review(facts(first, second))

    assert (finding.key, finding.field, finding.wrong) == ("first", ("double_count_group",), True)
    assert finding.others == ("second",)


def test_shares_of_one_quantity_above_1_count_twice():
    lines = [
        replace(LINE, name=f"part {share}", share=share, double_count_group="care", disjoint=True)
        for share in (0.55, 0.5)
    ]
    claims = [Claim(line, "comparator_arm", "weeks") for line in lines]

    assert found(facts(*claims)) == [("part 0.55", ("quantity",), True)]
    fair = [claims[0], replace(claims[1], line=replace(lines[1], share=0.45))]
    assert found(facts(*fair)) == []


def test_every_group_is_told_of():
    claims = [
        Claim(
            replace(LINE, name=f"{group} {n}", quantity=group, double_count_group=group),
            "",
            "weeks",
        )
        for group in ("care", "crime")
        for n in (1, 2)
    ]

    assert [finding.key for finding in review(facts(*claims))] == ["care 1", "crime 1"]


def test_a_week_priced_by_the_incident_is_refused():
    cost = replace(WEEK, unit="GBP per incident")

    assert found(facts(Claim(replace(LINE, unit_cost=cost), "", "weeks"))) == [
        ("weeks", ("unit_cost",), True)
    ]


def test_a_lifetime_is_not_saved_every_week():
    cost = replace(WEEK, label="Lifetime cost of maltreatment")
    claim = Claim(replace(LINE, unit_cost=cost), "comparator_arm", "weeks")

    assert found(facts(claim)) == [("weeks", ("unit_cost",), False)]
    event = replace(cost, unit="GBP per child")
    assert found(facts(Claim(replace(LINE, unit_cost=event), "", "children"))) == []


def test_a_transfer_without_the_side_that_pays_is_refused():
    gain = replace(WEEK, key="pay.gain", kind="economic", transfer=True)
    paid = replace(WEEK, key="pay.paid", transfer=True)
    gained = Claim(replace(LINE, name="gain", unit_cost=gain), "", "weeks")
    saved = Claim(replace(LINE, name="paid", unit_cost=paid), "", "weeks")

    assert found(facts(gained)) == [("pay.gain", ("transfer",), True)]
    assert found(facts(gained, saved)) == []
    assert found(facts(saved)) == []


@pytest.mark.parametrize(
    "label",
    ["Housing Benefit, a week", "Tax paid", "Universal Credit", "Benefits", "Carer's allowance"],
)
def test_a_name_like_a_payment_asks_whether_it_is_a_transfer(label):
    cost = replace(WEEK, key="x", label=label)

    assert found(facts(costs=[cost])) == [("x", ("label",), False)]
    assert found(facts(costs=[cost], said_of_transfer=frozenset({"x"}))) == []


def test_other_names_ask_nothing():
    assert found(facts(costs=[replace(WEEK, label="Taxi to school, and beneficial play")])) == []


def test_prices_of_long_ago_are_named_once_where_a_line_uses_them():
    old = replace(WEEK, key="old", price_year="2008/09")
    claims = [
        Claim(replace(LINE, name=name, quantity=name, unit_cost=old), "", "weeks") for name in "ab"
    ]

    (finding,) = review(facts(*claims))

    assert (finding.key, finding.field, finding.wrong) == ("old", ("price_year",), False)
    assert "2008/09 are moved 16 years to 2024/25" in finding.what
    assert found(facts(costs=[old])) == []  # no line of saving rests on it


def test_fifteen_years_are_not_too_many():
    cost = replace(WEEK, price_year="2009/10")

    assert found(facts(Claim(replace(LINE, unit_cost=cost), "", "weeks"))) == []


def test_a_date_that_has_passed_is_told_and_one_to_come_is_not():
    sunsets = {"a": (date(2030, 6, 29), "2030-06-29"), "b": (date(2030, 6, 30), "2030-06-30")}

    (finding,) = review(facts(sunsets=sunsets))

    assert (finding.key, finding.field, finding.wrong) == ("a", ("sunset",), False)
    assert finding.what.endswith("after 2030-06-29")
    assert found(replace(facts(sunsets=sunsets), today=None)) == []


def test_a_figure_past_its_date_is_not_called_old_as_well():
    old = replace(WEEK, key="old", price_year="2005/06")
    claim = Claim(replace(LINE, unit_cost=old), "", "weeks")

    assert found(facts(claim, sunsets={"old": (date(2014, 12, 31), "2014")})) == [
        ("old", ("sunset",), False)
    ]


def test_a_sum_that_is_not_the_sum_of_its_parts_is_flagged():
    parts = [replace(WEEK, key="one", value=600.0), replace(WEEK, key="two", value=305.0)]
    whole = replace(WEEK, key="whole", composed_of=("one", "two"))

    (finding,) = review(facts(costs=[whole, *parts]))

    assert (finding.key, finding.field, finding.wrong) == ("whole", ("composed_of",), False)
    assert finding.what == "900.00 is not the sum of its parts, 905.00"
    assert found(facts(costs=[replace(whole, value=904.5), *parts])) == []


def test_a_part_in_a_unit_that_does_not_meet_the_sum_is_flagged():
    part = replace(WEEK, key="one", unit="GBP per incident")
    whole = replace(WEEK, key="whole", composed_of=("one",))

    assert found(facts(costs=[whole, part])) == [("whole", ("composed_of",), False)]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"window": "budget"}, "appraisal.window"),
        ({"follow_up_years": 6}, "appraisal.follow_up_years"),
        ({"window": "everything"}, "appraisal.window"),
        ({"retention": 1.0}, "outcomes.effects.retention_per_year"),
    ],
)
def test_years_that_mislead_are_named(changes, key):
    given = replace(facts(), horizon=replace(HORIZON, **changes))

    assert [finding.key for finding in review(given)] == [key]


def test_an_effect_may_last_in_full_for_as_long_as_it_was_observed():
    given = replace(facts(), horizon=replace(HORIZON, retention=1.0, follow_up_years=2))

    assert found(given) == []


def test_a_chain_that_never_fades_is_named():
    assert found(facts(chained(drop_off=0.0, saving_years=3))) == [
        ("chain", ("chain", "drop_off"), False)
    ]
    assert found(facts(chained(drop_off=0.0, saving_years=2))) == []
