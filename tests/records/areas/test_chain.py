"""The chain of an area: laws of its arithmetic, and England gives what ships."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError, Problems
from familyflow.records.areas.chain import (
    MONTHS,
    chain_of_area,
    doubt_about,
    rates_of_leaving,
    survival,
)
from familyflow.records.areas.figures import BANDS, Figure, read_figures
from familyflow.records.areas.measured import measured
from familyflow.records.areas.written import PARAMETERS, area_made, parameter_text
from familyflow.shipped import figures_of_areas

CHAIN = "outcomes.escalation."


@pytest.fixture(scope="module")
def figures() -> tuple[Figure, ...]:
    problems = Problems()
    found = read_figures(figures_of_areas(), problems)
    problems.raise_if_any()
    return found


@pytest.fixture(scope="module")
def parameters():
    return load_inputs("core_offer").parameters


def of(area, figures, parameters):
    return chain_of_area(measured(area, figures), parameters)


def by_key(chain):
    return {one.key.removeprefix(CHAIN): one for one in chain.numbers}


def test_england_gives_the_shipped_numbers_to_their_printed_places(figures, parameters) -> None:
    chain = of("england", figures, parameters)

    assert len(chain.numbers) == 8
    for one in chain.numbers:
        shipped = parameters[one.key]
        for row, value in one.by_row.items():
            stated = shipped.table[row] if one.is_table else shipped.value
            # shares are published to a tenth of a percent, so a rate is off by their rounding
            assert value == pytest.approx(stated, abs=0.0015, rel=0.02), (one.key, row)


@given(st.lists(st.floats(0.02, 1.0), min_size=5, max_size=5))
def test_rates_of_leaving_give_back_the_lengths_exactly(parts: list[float]) -> None:
    shares = {band: part / sum(parts) for band, part in zip(BANDS, parts, strict=True)}
    lasting = survival(shares)
    rates = rates_of_leaving(lasting)

    longer, begin = 1.0, 0
    for band, months in zip(BANDS, MONTHS, strict=False):
        longer *= math.exp(-rates[band] * (months - begin))
        begin = months
        assert longer == pytest.approx(lasting[str(months)], rel=1e-9)
    assert longer == pytest.approx(shares["24+"], abs=1e-5)


def test_a_figure_that_is_hidden_is_that_of_the_region_and_it_says_so(figures, parameters) -> None:
    chain = by_key(of("manchester", figures, parameters))

    assert {one.area for one in chain["plan_leaving"].used} == {"north_west"}
    assert {one.area for one in chain["care_leaving"].used} == {"manchester"}
    assert chain["plan_leaving"].by_row == by_key(of("north_west", figures, parameters))[
        "plan_leaving"
    ].by_row  # fmt: skip


def test_what_only_england_could_tell_stays_as_it_ships(figures, parameters) -> None:
    chain = of("north_west", figures, parameters)

    assert f"{CHAIN}care_leaving" in chain.as_shipped
    assert not [one for one in chain.numbers if {u.area for u in one.used} == {"england"}]


def test_twice_as_many_plans_are_twice_the_share_and_move_nothing_else(figures, parameters) -> None:
    twice = tuple(
        replace(one, value=2 * one.value)
        if (one.area, one.measure) == ("north_west", "plan_starts") else one
        for one in figures
    )  # fmt: skip
    before = by_key(of("north_west", figures, parameters))
    after = by_key(of("north_west", twice, parameters))

    plan = "child_in_need_to_plan"
    assert after[plan].by_row[""] == pytest.approx(2 * before[plan].by_row[""])
    assert {key: one.by_row for key, one in after.items() if key != plan} == {
        key: one.by_row for key, one in before.items() if key != plan
    }


def test_fewer_children_are_less_sure(figures, parameters) -> None:
    own = {
        area: by_key(of(area, figures, parameters))["care_leaving"].own
        for area in ("england", "manchester")
    }

    assert own["manchester"] > 3 * own["england"]


def test_no_doubt_of_its_own_leaves_the_shipped_doubt_in_proportion(parameters) -> None:
    shipped = parameters[f"{CHAIN}universal_to_child_in_need"]
    (settings,) = doubt_about(shipped, 2 * shipped.value, 0.0).values()

    assert settings == pytest.approx({"low": 0.04, "mode": 0.058, "high": 0.16})


def test_the_file_changes_the_numbers_and_no_effect_or_baseline(
    figures, parameters, tmp_path: Path
) -> None:
    made = area_made("Manchester", figures_of_areas(), parameters, out=tmp_path)
    changed = load_inputs("core_offer", parameter_files=[made.folder / PARAMETERS]).parameters

    moved = {key for key in parameters if changed[key] != parameters[key]}
    assert moved == {one.key for one in made.chain.numbers}
    assert f"{CHAIN}looked_after_months_19_24" not in moved
    one = changed[f"{CHAIN}child_in_need_to_plan"]
    assert (one.grade, one.status, one.source.year) == ("B", "derived", "2025")
    assert "4,281 referrals found in need" in one.source.where


def test_a_file_of_ones_own_comes_before_what_ships(figures, parameters, tmp_path: Path) -> None:
    also = tmp_path / "salford.csv"
    also.write_text(
        "area,region,measure,row,year,value,source,where,grade,status\n"
        "salford,north_west,in_care,5-9,2025,100,DfE,by age,A,verified\n"
        "salford,north_west,in_care,10-15,2025,200,DfE,by age,A,verified\n"
        "salford,north_west,care_ended,5-9,2025,20,DfE,by age,A,verified\n"
        "salford,north_west,care_ended,10-15,2025,50,DfE,by age,A,verified\n"
        "salford,north_west,plan_starts,,2025,c,DfE,plans,A,verified\n",
        encoding="utf-8",
    )
    made = area_made("Salford", figures_of_areas(), parameters, out=tmp_path, also=also)
    chain = by_key(made.chain)

    assert chain["care_leaving"].by_row == {"5-9": 0.2, "10-15": 0.25, "16-17": 0.25}
    assert {one.area for one in chain["child_in_need_to_plan"].used} == {"north_west"}


@pytest.mark.parametrize(
    ("measure", "row", "value", "key"),
    [
        ("in_care", "5-9", 0.0, "care_leaving"),
        ("care_ended", "10-15", 0.0, "care_leaving"),
        ("plan_starts", "", 0.0, "child_in_need_to_plan"),
        ("plan_starts", "", 1e8, "child_in_need_to_plan"),
        ("children", "", 0.0, "universal_to_child_in_need"),
        ("children_referred", "", 0.0, "universal_to_child_in_need"),
        ("care_starts_not_alone", "", 0.0, "child_in_need_to_care"),
        ("interim_care_order_share", "", 1.0, "share_of_entries_with_proceedings"),
        ("plan_length_share", "24+", 0.0, "plan_leaving"),
    ],
)
def test_a_figure_that_no_belief_can_be_made_of_leaves_the_number_as_it_ships(
    figures, parameters, measure: str, row: str, value: float, key: str
) -> None:
    changed = tuple(
        replace(one, value=value)
        if (one.area, one.measure, one.row) == ("england", measure, row) else one
        for one in figures
    )  # fmt: skip
    chain = of("england", changed, parameters)

    assert key not in by_key(chain)
    assert f"{CHAIN}{key}" in chain.as_shipped


def test_counts_of_two_areas_make_no_share(figures, parameters) -> None:
    given = {"area": "x", "region": "england", "measure": "plan_starts", "row": "", "value": 9.0}
    alone = replace(figures[0], **given)
    chain = of("x", (*figures, alone), parameters)

    assert f"{CHAIN}child_in_need_to_plan" in chain.as_shipped


def test_figures_of_which_nothing_can_be_made_are_refused(parameters, tmp_path: Path) -> None:
    also = tmp_path / "z.csv"
    also.write_text(
        "area,measure,year,value,source,where,grade,status\n"
        "z,plan_starts,2025,0,DfE,plans,A,verified\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="nothing of the chain"):
        area_made("z", figures_of_areas(), parameters, out=tmp_path / "out", also=also)
    assert not (tmp_path / "out").exists()


def test_the_same_figures_give_the_same_text(figures, parameters) -> None:
    texts = [parameter_text(of("manchester", figures, parameters), parameters) for _ in range(2)]

    assert texts[0] == texts[1]


def test_an_area_that_is_not_there_is_told_with_those_that_are(figures) -> None:
    with pytest.raises(InputError, match="manchester"):
        measured("Manchster", figures)
