"""The tables that charts are drawn from say what the results say, year by year and step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from familyflow.experiments.run import RunResult, run

pytestmark = pytest.mark.whole

SMALL = ("appraisal.term_years=2", "appraisal.follow_up_years=2")
DRAWS, SEED = 24, 3
FEW = 20  # draws below which no number is named; of a service with few families
FEW_FAMILIES = ("appraisal.term_years=1", "appraisal.follow_up_years=1",
                "appraisal.watched_years=2", "families.referrals.suitable_per_year=30")  # fmt: skip
SPREAD = ["low", "p5", "p10", "p25", "median", "p75", "p90", "p95", "high"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """A run of two years, 24 draws."""
    out = tmp_path_factory.mktemp("outputs")
    return run("core_offer", draws=DRAWS, seed=SEED, sets=SMALL, workers=2, out=out)


@pytest.fixture
def money(small: RunResult) -> Any:
    return small.results["money"]


def test_the_last_year_of_the_flow_is_the_net_saving(small: RunResult, money: Any) -> None:
    last = small.tables["net_flow_by_year"].iloc[-1]

    for end in ("mean", "low", "p10", "p90", "high"):
        assert last[end] == pytest.approx(money["net_saving"][end], rel=1e-9)
    assert last["chance_paid_back"] == money["probability_net_saving"]["mean"]


def test_each_year_of_the_flow_adds_what_that_year_saves_less_what_it_costs(
    small: RunResult,
) -> None:
    flow, by_year = small.tables["net_flow_by_year"], small.tables["by_year"]

    added = flow["mean"].diff().fillna(flow["mean"])[: len(by_year)]
    earned = by_year["fiscal_saving_mean"] - by_year["cost_mean"]
    assert list(added) == pytest.approx(list(earned), abs=1e-6)


def test_every_band_holds_the_narrower_ones(small: RunResult) -> None:
    spread = small.tables["net_flow_by_year"][SPREAD].to_numpy()

    assert (np.diff(spread, axis=1) >= 0.0).all()


def test_the_children_in_care_of_all_years_make_the_care_weeks_avoided(small: RunResult) -> None:
    rows = small.tables["in_care_by_year"]

    assert list(rows["year"]) == list(range(len(rows)))
    assert list(rows["without_mean"] - rows["with_mean"]) == pytest.approx(list(rows["fewer_mean"]))
    weeks = rows["fewer_mean"].sum() * 365 / 7
    assert weeks == pytest.approx(small.results["flow"]["care_weeks_avoided"]["mean"])
    assert (rows["fewer_low"] <= rows["fewer_high"]).all()


def test_net_saving_is_a_straight_line_through_what_was_simulated(
    small: RunResult, money: Any
) -> None:
    rows = small.tables["break_even"].set_index("multiple")

    assert rows.loc[0.0, "mean"] == pytest.approx(-money["cost"]["mean"])
    for end in ("mean", "low", "p10", "p90", "high"):
        assert rows.loc[1.0, end] == pytest.approx(money["net_saving"][end])
    steps = rows["mean"].diff().dropna() / np.diff(rows.index)
    assert list(steps) == pytest.approx([money["fiscal_saving"]["mean"]] * len(steps))
    assert rows["chance_net_saving"][1.0] == money["probability_net_saving"]["mean"]


def test_everybody_who_comes_to_a_point_goes_on_or_leaves(small: RunResult) -> None:
    rows = small.tables["journey"]
    families = dict(zip(rows["point"], rows["families"], strict=True))

    for source in ("referred", "accepted at screening", "allocated a key worker"):
        after = rows[(rows["from"] == source) & (rows["point"] != "started")]
        assert after["families"].sum() == pytest.approx(families[source]), source
    assert families["started"] <= families["allocated a key worker"]


def test_places_of_all_weeks_are_those_that_the_caseload_is_measured_against(
    small: RunResult,
) -> None:
    weekly, quantities = small.tables["weekly"], small.tables["quantities"].set_index("quantity")

    # 104 whole weeks of two years, which have 104.3
    places = weekly["places_mean"].mean() * 2 * 365 / 7
    assert places == pytest.approx(quantities.loc["place_weeks_available", "with"], rel=0.005)
    assert (weekly["caseload_mean"].iloc[10:] < weekly["places_mean"].iloc[10:]).all()


def test_movers_of_the_results_are_the_first_of_their_table(small: RunResult) -> None:
    table, told = small.tables["movers"], small.results["movers"]

    assert table["key"].is_unique
    assert [one["key"] for one in told] == list(table["key"])[: len(told)]
    assert (table["by_luck_of_any"] < 0.01).sum() == len(told)
    drawn = pd.read_parquet(small.folder / "draws.parquet")
    first = table.iloc[0]
    column = first["key"] if first["part"] == "" else f"{first['key']}[{first['part']}]"
    correlation = drawn[column].rank().corr(drawn["money.net_saving"].rank())
    assert first["rank_correlation"] == pytest.approx(correlation)


def test_no_price_outside_the_headline_is_looked_at_as_a_mover(small: RunResult) -> None:
    looked_at = set(small.tables["movers"]["key"])

    assert "unit_costs.children_social_care.child_in_need_year" in looked_at
    assert "unit_costs.health.substance_misuse_fiscal" not in looked_at
    assert "unit_costs.children_social_care.child_in_need_year_case_time" not in looked_at


def test_the_other_engine_leaves_the_same_movers_and_tables(tmp_path: Path) -> None:
    one, again = (
        run("core_offer", draws=FEW, seed=SEED, sets=FEW_FAMILIES, engine=engine, workers=1,
            out=tmp_path / engine)
        for engine in ("compiled", "simpy")
    )  # fmt: skip

    assert len(one.tables["movers"]) > 100
    for name in ("results.json", "tables/movers.csv", "tables/in_care_by_year.csv",
                 "tables/net_flow_by_year.csv", "tables/break_even.csv"):  # fmt: skip
        assert (again.folder / name).read_bytes() == (one.folder / name).read_bytes(), name
