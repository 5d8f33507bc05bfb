"""The cost case of a run: every table comes from one ledger, so no two of them can disagree."""

import json
import math

import pandas as pd
import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.reprice import reprice
from familyflow.experiments.run import run

SMALL = ("appraisal.term_years=2", "appraisal.follow_up_years=3")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Half of its draws are simulated twice, as in a run of many draws."""
    out = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("familyflow.experiments.sampling.LEAST_TWICE", 2)
        return run("core_offer", draws=4, sets=SMALL, workers=1, out=out)


@pytest.fixture(scope="module")
def tables(made):
    return {path.stem: pd.read_csv(path) for path in (made.folder / "tables").glob("*.csv")}


def _rule(made, kind, name):
    for row in made.results["alternatives"]:
        if (row["kind"], row["name"]) == (kind, name):
            return row["money"]
    raise AssertionError(f"there is no {kind} {name}")


@pytest.mark.whole
def test_the_headline_stands_first_among_its_alternatives(made):
    first, money = made.results["alternatives"][0]["money"], made.results["money"]

    assert made.results["alternatives"][0]["kind"] == "headline"
    assert all(first[name] == money[name] for name in first)


@pytest.mark.whole
def test_the_budget_window_is_the_saving_within_the_term(made):
    within = made.results["money"]["saving_in_budget_window"]["mean"]

    assert _rule(made, "window", "budget")["fiscal_saving"]["mean"] == pytest.approx(within)


@pytest.mark.whole
def test_undiscounted_is_the_plain_sum_of_the_years(made):
    plain = _rule(made, "discounting", "undiscounted")

    nets = {row["budgets"]: row for row in made.results["nets"]}
    assert plain["net_saving"]["mean"] == pytest.approx(nets["every_funder"]["total"]["mean"])


@pytest.mark.whole
def test_agencies_add_up_under_every_rule(made):
    for row in made.results["alternatives"]:
        for name in ("cost", "fiscal_saving", "cashable_saving"):
            parts = sum(agency[name] for agency in row["by_agency"])
            assert parts == pytest.approx(row["money"][name]["mean"]), (row["name"], name)


@pytest.mark.whole
def test_a_haircut_raises_cost_and_cuts_savings(made):
    cut, money = _rule(made, "optimism bias", "haircut"), made.results["money"]

    assert cut["cost"]["mean"] > money["cost"]["mean"]
    assert abs(cut["fiscal_saving"]["mean"]) < abs(money["fiscal_saving"]["mean"])


@pytest.mark.whole
def test_the_narrower_scope_is_another_run_with_that_scope(made, tmp_path, monkeypatch):
    monkeypatch.setattr("familyflow.experiments.sampling.LEAST_TWICE", 2)
    narrow = run(
        "core_offer", draws=4, workers=1, out=tmp_path,
        sets=(*SMALL, "costs.scope=case_time_and_fees"),
    )  # fmt: skip

    theirs = _rule(made, "scope", "case_time_and_fees")
    assert all(theirs[name] == narrow.results["money"][name] for name in theirs)


@pytest.mark.whole
def test_the_workbook_chain_multiplies_out_to_the_saving_of_each_line(made, tables):
    chain = tables["gmca_chain"]

    links = [
        "population", "prevalence", "engagement", "retained", "net_impact", "attribution",
        "units_each", "years_counted",
    ]  # fmt: skip
    units = chain[links].prod(axis=1)
    assert units.tolist() == pytest.approx(chain["units_avoided"].tolist())
    product = (units * chain["unit_value"]).tolist()
    assert product == pytest.approx(chain["saving_of_links"].tolist())
    assert set(chain["deadweight"]) == {"nil: comparator simulated"}
    headline = chain[(chain["evidence"] == "comparison_group") & (chain["kind"] == "fiscal")]
    plain = _rule(made, "discounting", "undiscounted")["fiscal_saving"]["mean"]
    assert headline["saving_undiscounted"].sum() == pytest.approx(plain)


@pytest.mark.whole
def test_the_saving_within_the_term_has_one_interval_wherever_it_stands(made):
    money = made.results["money"]
    alone = _rule(made, "window", "budget")["fiscal_saving"]

    for part in ("mean", "low", "p10", "p90", "high"):
        assert money["saving_in_budget_window"][part] == pytest.approx(alone[part])


@pytest.mark.whole
def test_the_workbook_takes_a_haircut_once_also_where_the_run_took_it(
    made, tables, tmp_path, monkeypatch
):
    monkeypatch.setattr("familyflow.experiments.sampling.LEAST_TWICE", 2)
    again = reprice(made.folder, sets=["appraisal.optimism_bias=haircut"], out=tmp_path)
    cut = pd.read_csv(again.folder / "tables" / "gmca_chain.csv")

    for column in ("saving_undiscounted", "unit_value", "saving_after_optimism_bias"):
        both = cut[column].dropna().tolist(), tables["gmca_chain"][column].dropna().tolist()
        assert both[0] == pytest.approx(both[1])
    assert (cut["optimism_bias"] > 0).all()


def test_money_is_discounted_at_one_rate_whatever_schedule_a_run_chooses():
    lines = [p for p in load_inputs("core_offer").parameters.values() if p.evidence]

    assert lines
    assert all(line.discount is None for line in lines)


@pytest.mark.whole
def test_the_table_of_payers_and_savers_is_the_net_by_year(tables):
    parties, nets = tables["who_pays_and_saves"], tables["net_by_year"]
    by_year = parties[[name for name in parties if name.startswith("year_")]].sum()

    everyone = nets[nets["budgets"] == "every_funder"]
    assert by_year.tolist() == pytest.approx(everyone["net"].tolist())
    assert everyone["grant"].tolist()[:3] == ["runs", "runs", "has ended"]
    assert [name for name in by_year.index if not name.endswith("_after_grant")] == [
        "year_1",
        "year_2",
    ]


@pytest.mark.whole
def test_the_budget_adds_up_and_asks_no_more_than_was_offered(made, tables):
    budget = tables["budget"].set_index("heading")

    parts = budget.drop(index="Total")
    assert parts.sum().tolist() == pytest.approx(budget.loc["Total"].tolist())
    shared = parts["asked"] + parts["other"] + parts["unfunded"]
    assert shared.tolist() == pytest.approx(parts["total"].tolist())
    assert list(parts.index)[:2] == ["Salaries", "Project delivery"]
    # in nominal pounds of a later year it costs more than in real ones
    assert budget.loc["Total", "total"] > made.results["money"]["cost_undiscounted"]["mean"]


@pytest.mark.whole
def test_posts_add_up_to_their_cost(tables):
    posts = tables["posts"]

    parts = posts["pay"] + posts["national_insurance"] + posts["pension"]
    assert parts.tolist() == pytest.approx(posts["cost"].tolist())
    assert posts["full_time_share"].sum() == pytest.approx(3.5 + 0.7 + 0.4 + 0.45)


@pytest.mark.whole
def test_no_number_of_the_answer_is_missing_without_a_reason(made):
    def look(value, place):
        if isinstance(value, dict):
            if value.get("mean", 0) is None:
                assert value["reason"], place
            for key, inside in value.items():
                look(inside, f"{place}.{key}")
        elif isinstance(value, list):
            for number, inside in enumerate(value):
                look(inside, f"{place}[{number}]")
        elif isinstance(value, float):
            assert math.isfinite(value), place

    look(json.loads((made.folder / "results.json").read_text(encoding="utf-8")), "results")


@pytest.mark.whole
def test_what_funders_offer_is_what_they_offer_within_the_term(made):
    # the core offer's funders give £320,000 a year; the term here is two years
    assert sum(row["offered"] for row in made.results["funding"]) == pytest.approx(640_000.0)


@pytest.mark.whole
def test_what_is_left_over_and_not_funded_are_never_set_off(made, tmp_path, monkeypatch):
    monkeypatch.setattr("familyflow.experiments.sampling.LEAST_TWICE", 2)
    uneven = (
        "funding.funders=[{funder: A, public: true, council: false, by_year: {0: 1, 1: 900000}}]"
    )
    again = reprice(made.folder, sets=[uneven, "funding.asked_of=A"], out=tmp_path)

    gap = again.results["funding_gap"]
    cost = again.results["money"]["cost_undiscounted"]["mean"]
    offered = again.results["funding"][0]["offered"]
    assert min(gap["left_over"], gap["not_funded"]) > 50_000
    assert gap["either_way"] == 0.0  # in every draw one year lacks and the other leaves over
    assert gap["left_over"] - gap["not_funded"] == pytest.approx(offered - cost)


@pytest.mark.whole
def test_a_run_says_what_came_from_a_file_of_parameters(made, tmp_path, monkeypatch):
    monkeypatch.setattr("familyflow.experiments.sampling.LEAST_TWICE", 2)
    file = tmp_path / "ours.yaml"
    key = "unit_costs.children_social_care.foster_week"
    file.write_text(f"{key}: {{value: 1200, price_year: 2025/26, because: Ours.}}\n")

    again = reprice(made.folder, parameter_files=[file], out=tmp_path / "out")

    assert made.results["changed_by_files"] == {}
    assert again.results["changed_by_files"] == {"ours.yaml": [key]}


@pytest.mark.whole
def test_every_figure_of_the_financial_case_stands_under_every_rule(tables):
    case = tables["financial_case"]

    by_rule = case.groupby(["rule", "as"])["figure"].apply(set)
    assert all(figures == set(by_rule.iloc[0]) for figures in by_rule)
    assert by_rule.iloc[0] >= {
        "net_present_budget_impact", "fiscal_return", "cashable_fiscal_return", "payback_years",
    }  # fmt: skip
