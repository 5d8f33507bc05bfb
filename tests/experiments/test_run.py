"""A run: the same bytes however it is made, kept once, and full of what it promises."""

import json
import math

import pandas as pd
import pyarrow.parquet as pq
import pytest

from familyflow.experiments import first_draws
from familyflow.experiments.family_groups import GROUPINGS
from familyflow.experiments.run import run
from familyflow.problems import InputError
from familyflow.store import read_manifest

SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs")
    return run("core_offer", draws=4, sets=SMALL, workers=1, out=out, journal=True)


def _numbers(folder):
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {key: value for key, value in results.items() if key not in ("run_id", "scenario")}


@pytest.mark.whole
def test_two_processes_leave_the_same_bytes_as_one_thread(small, tmp_path):
    settings = {"draws": 4, "sets": SMALL, "workers": 2, "journal": True}
    again = run("core_offer", engine="simpy", out=tmp_path, **settings)

    files = sorted(p.relative_to(small.folder) for p in small.folder.rglob("*") if p.is_file())
    assert again.folder.name == small.folder.name
    assert len(files) > 15
    for name in files:
        if name.name != "manifest.json":
            assert (again.folder / name).read_bytes() == (small.folder / name).read_bytes(), name


@pytest.mark.whole
def test_an_unused_parameter_changes_no_number(small, tmp_path):
    extra = tmp_path / "mine.yaml"
    extra.write_text(
        "service.key_work.colour_of_the_door:\n"
        "  {label: Colour, unit: share, value: 0.5, distribution: {uniform: {low: 0, high: 1}},\n"
        "   grade: E, status: assumed, note: Nobody asks for it.}\n",
        encoding="utf-8",
    )

    again = run("core_offer", draws=4, sets=SMALL, workers=1, out=tmp_path, parameter_files=[extra])

    before, after = _numbers(small.folder), _numbers(again.folder)
    for results in (before, after):
        results.pop("unverified_inputs")
    assert after.pop("changed_by_files") == {"mine.yaml": ["service.key_work.colour_of_the_door"]}
    assert before.pop("changed_by_files") == {}
    assert before == after


@pytest.mark.whole
def test_a_new_scenario_changes_no_number_of_another(small, tmp_path, monkeypatch):
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.yaml").write_text(
        "extends: core_offer\ntitle: Mine\nquestion: What of mine?\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)

    mine = run("mine", draws=4, sets=SMALL, workers=1, out=tmp_path)

    told = ("title", "question")
    before, after = _numbers(small.folder), _numbers(mine.folder)
    assert {k: v for k, v in before.items() if k not in told} == {
        k: v for k, v in after.items() if k not in told
    }


@pytest.mark.whole
def test_seed_zero_is_a_seed_like_any_other(small, tmp_path):
    zero = run("core_offer", draws=4, sets=SMALL, workers=1, out=tmp_path, seed=0)

    assert zero.results["seed"] == 0
    assert zero.results["money"]["cost"]["mean"] != small.results["money"]["cost"]["mean"]


def test_the_same_inputs_are_found_already_there(small):
    again = run("core_offer", draws=4, sets=SMALL, workers=1, out=small.folder.parent, journal=True)

    assert again.already_there
    assert again.results == json.loads((small.folder / "results.json").read_text("utf-8"))


def test_no_figure_is_nan_or_infinite_and_what_is_missing_says_why(small):
    def walk(value, path=""):
        if isinstance(value, dict):
            if "mean" in value and value["mean"] is None:
                assert value["reason"], path
            for key, inner in value.items():
                walk(inner, f"{path}.{key}")
        elif isinstance(value, list):
            for inner in value:
                walk(inner, path)
        elif isinstance(value, float):
            assert math.isfinite(value), path

    walk(small.results)


def test_parts_add_up_to_their_totals(small):
    results = small.results
    money = results["money"]

    def total(rows, key):
        return sum(row[key]["mean"] for row in results[rows])

    assert total("by_agency", "fiscal_saving") == pytest.approx(money["fiscal_saving"]["mean"])
    assert total("by_agency", "cost") == pytest.approx(money["cost"]["mean"])
    assert total("by_funder", "paid") == pytest.approx(money["cost"]["mean"])
    assert total("by_year", "cost") == pytest.approx(money["cost"]["mean"])
    assert total("by_year", "fiscal_saving") == pytest.approx(money["fiscal_saving"]["mean"])
    assert money["net_saving"]["mean"] == pytest.approx(
        money["fiscal_saving"]["mean"] - money["cost"]["mean"]
    )


def test_quantities_are_the_journal_summed(small):
    journal = pq.read_table(small.folder / "journal.parquet").to_pandas()
    quantities = pq.read_table(small.folder / "quantities.parquet").to_pandas()

    def of(name):
        return quantities.loc[quantities["event"] == name, "quantity"].sum()

    minutes = journal.loc[journal["event"] == "key_work", "quantity"].sum()
    held = (journal["event"] == "session").sum()
    care = journal[(journal["event"] == "child_days") & (journal["group"] == 4)]["quantity"].sum()
    assert of("key_work_hours") == pytest.approx(minutes / 60)
    assert of("sessions") == held
    assert of("child_weeks_looked_after.foster") == pytest.approx(care / 7)


def test_every_draw_is_kept_with_its_numbers_and_targets(small):
    draws = pd.read_parquet(small.folder / "draws.parquet")

    assert len(draws) == 4
    assert draws["service.team.turnover_per_year"].nunique() == 4
    assert draws["money.cost"].mean() == pytest.approx(small.results["money"]["cost"]["mean"])


OF_FLOW = (
    "families_referred", "families_accepted", "families_declined", "families_gave_up_waiting",
    "families_turned_away", "families_started", "families_completed", "children_supported",
)  # fmt: skip


def _served(folder):
    return pd.read_csv(folder / "tables" / "who_is_served.csv").set_index(["group", "figure"])


def test_the_groups_of_each_grouping_add_up_to_all_families(small):
    served = _served(small.folder)

    for figure in (*OF_FLOW, "families_allocated", "care_weeks_without", "care_weeks_with"):
        whole = served.loc[("all families", figure), "mean"]
        for grouping in GROUPINGS:
            parts = [served.loc[(group, figure), "mean"] for group in grouping.groups]
            # a group of which nobody was referred has a reason in place of a number
            assert sum(part for part in parts if part == part) == pytest.approx(whole), figure
    assert served.loc[("all families", "families_started"), "mean"] > 0


def test_all_families_are_those_of_the_flow(small):
    served, flow = _served(small.folder), small.results["flow"]

    for figure in (*OF_FLOW, "care_weeks_avoided"):
        assert served.loc[("all families", figure), "mean"] == pytest.approx(flow[figure]["mean"])
    share = flow["families_started"]["mean"] / flow["families_referred"]["mean"]
    assert served.loc[("all families", "share_starting"), "mean"] == pytest.approx(share)
    assert small.results["who_is_served_draws"] == 4
    assert "tables/who_is_served.csv" in read_manifest(small.folder).files


@pytest.mark.whole
def test_of_more_draws_than_are_looked_at_it_is_told_of_the_first(small, tmp_path, monkeypatch):
    monkeypatch.setattr(first_draws, "MOST_DRAWS", 2)

    few = run("core_offer", draws=4, sets=SMALL, workers=1, out=tmp_path)

    draws = pd.read_parquet(few.folder / "draws.parquet")
    for figure in OF_FLOW:
        found = _served(few.folder).loc[("all families", figure), "mean"]
        assert found == pytest.approx(draws[f"flow.{figure}"][:2].mean()), figure
    assert few.results["who_is_served_draws"] == 2
    assert few.results["flow"] == small.results["flow"]  # the rest is of every draw


def test_a_run_without_a_service_reaches_nobody_and_has_no_such_table(tmp_path):
    nobody = run("no_service", draws=2, out=tmp_path, workers=1)

    assert "who_is_served" not in nobody.tables
    assert "who_is_served_draws" not in nobody.results
    assert not (nobody.folder / "tables" / "who_is_served.csv").exists()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"draws": 0}, "--draws"),
        ({"draws": 1.5}, "--draws"),
        ({"replications": 0}, "--replications"),
        ({"seed": -1}, "--seed"),
        ({"workers": 0}, "--workers"),
        ({"workers": "2"}, "--workers"),
        ({"workers": True}, "--workers"),
    ],
)
def test_counts_that_make_no_sense_write_nothing(settings, named, tmp_path):
    with pytest.raises(InputError, match=named):
        run("core_offer", out=tmp_path / "none", **settings)

    assert not (tmp_path / "none").exists()


def test_a_run_that_left_empty_tables_is_found_again(tmp_path):
    # nobody pays and nobody is employed where there is no service: those tables have no columns
    first, again = (run("no_service", draws=2, out=tmp_path, workers=1) for _ in range(2))

    assert again.already_there
    assert set(again.tables) == set(first.tables)
    assert any(table.empty for table in again.tables.values())
