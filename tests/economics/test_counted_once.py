"""Nothing is counted twice: in a group, by one quantity, or in a chain beside a simulated line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from familyflow.economics.adjustments import Deadweight
from familyflow.economics.chain_line import Chain
from familyflow.economics.counted_once import counted_once, twice_in
from familyflow.problems import InputError

CHAIN = Chain(
    prevalence=1.0,
    engagement=1.0,
    retained=1.0,
    impact=0.5,
    deadweight=Deadweight("proportional", 0.2),
    attribution=1.0,
    units_each=1.0,
    unit="weeks",
    lag_years=0,
    saving_years=1,
    drop_off=0.0,
)


def test_two_lines_that_count_the_same_are_refused_by_name(toy):
    twice = replace(toy.BENEFIT_LINES[0], name="again", disjoint=False)

    with pytest.raises(InputError, match="foster, home, again"):
        counted_once([*toy.BENEFIT_LINES, twice])


def test_disjoint_lines_may_share_out_one_quantity(toy):
    bought = replace(toy.BENEFIT_LINES[0], name="bought", share=0.45)
    own = replace(toy.BENEFIT_LINES[0], name="own", share=np.array([0.55, 0.30]))

    counted_once([bought, own])


def test_disjoint_lines_that_price_more_than_the_whole_of_a_quantity_are_refused(toy):
    bought = replace(toy.BENEFIT_LINES[0], name="bought", share=0.45)
    own = replace(toy.BENEFIT_LINES[0], name="own", share=np.array([0.55, 0.60]))

    with pytest.raises(InputError, match=r"bought, own(.|\n)*share it out"):
        counted_once([bought, own])


def test_the_same_event_may_have_a_fiscal_and_a_social_value(toy):
    lines = [replace(line, double_count_group="abuse") for line in toy.BENEFIT_LINES[2:]]

    counted_once(lines)


def test_one_quantity_is_not_priced_twice_whatever_the_groups_say(toy):
    foster = toy.BENEFIT_LINES[0]
    alone = replace(foster, double_count_group="", disjoint=False)
    again = replace(alone, name="again", double_count_group="another")

    with pytest.raises(InputError, match=r"foster, again price 'child_weeks_looked_after\.foster'"):
        counted_once([alone, again])


def test_one_happening_may_cost_two_different_things_that_say_so(toy):
    incidents = replace(toy.BENEFIT_LINES[2], disjoint=True)
    court = replace(toy.INCIDENT, key="court")
    further = replace(incidents, name="court", unit_cost=court)

    counted_once([incidents, further])
    for wrong in (
        replace(further, disjoint=False),
        replace(further, unit_cost=toy.INCIDENT),
    ):
        with pytest.raises(InputError, match="incidents, court price"):
            counted_once([incidents, wrong])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quantity": "child_weeks_looked_after.foster"}, "quantity"),
        ({"quantity": "families_started"}, "unit cost 'foster'"),
    ],
)
def test_a_chain_is_not_worked_out_for_what_is_simulated(toy, change, words):
    foster = toy.BENEFIT_LINES[0]
    chain = replace(foster, name="chain", chain=CHAIN, double_count_group="", **change)

    with pytest.raises(InputError, match=f"chain works out by a chain(.|\n)*{words}"):
        counted_once([foster, chain])


def test_a_chain_with_the_database_code_of_a_simulated_line_counts_it_again(toy):
    cost = replace(toy.FOSTER, code="SS2.0")
    foster = replace(toy.BENEFIT_LINES[0], unit_cost=cost)
    chain = replace(
        foster,
        name="chain",
        quantity="families_started",
        unit_cost=replace(cost, key="ours"),
        chain=CHAIN,
        double_count_group="",
    )

    (twice,) = twice_in([foster, chain])
    assert twice.lines == ("chain", "foster")
    other = replace(chain, unit_cost=replace(cost, key="ours", code="SS9.9"))
    assert not list(twice_in([foster, other]))


def test_all_that_is_counted_twice_is_told_at_once(toy):
    foster, home, *_ = toy.BENEFIT_LINES
    twice = [
        foster,
        replace(foster, name="foster again", disjoint=False),
        replace(home, double_count_group=""),
        replace(home, name="home again", double_count_group=""),
    ]

    with pytest.raises(InputError) as caught:
        counted_once(twice)
    assert [problem.file for problem in caught.value.problems] == ["foster", "home"]


def test_half_and_half_of_a_quantity_is_the_whole_of_it(toy):
    shares = (np.array([0.45, 0.3]), np.array([0.55, 0.7]))
    lines = [
        replace(toy.BENEFIT_LINES[0], name=str(n), share=share, double_count_group="")
        for n, share in enumerate(shares)
    ]

    counted_once(lines)
