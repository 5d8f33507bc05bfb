"""Options side by side: the same luck, exact nulls, and refusals before anything is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from familyflow.experiments.compare import compare as compare_all
from familyflow.experiments.experiment import Experiment
from familyflow.experiments.options import pilot
from familyflow.experiments.run import run
from familyflow.problems import InputError, RefusedError
from familyflow.reports.comparison import comparison_text

DRAWS, SEED = 8, 1
SHORT = ("appraisal.term_years=2", "appraisal.follow_up_years=2")
SHORTEST = tuple(
    f"appraisal.{name}_years={years}" for name, years in
    (("term", 1), ("follow_up", 1), ("watched", 2))
)  # fmt: skip
compare = partial(compare_all, structures=False, sets=SHORT)
structured = partial(
    compare_all, sets=("appraisal.term_years=1", "outcomes.effects.retention_form=linear")
)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Three options, few draws."""
    out = tmp_path_factory.mktemp("three")
    return compare(
        ["core_offer", "grant_cut_20", "no_service"], draws=DRAWS, seed=SEED, out=out, workers=2
    )


@pytest.fixture(scope="module")
def itself(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """An option beside itself."""
    out = tmp_path_factory.mktemp("itself")
    return compare(["core_offer", "core_offer"], draws=6, seed=SEED, out=out, workers=2)


@pytest.fixture(scope="module")
def believed(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """An option that believes otherwise, behind the first with a service."""
    out, names = tmp_path_factory.mktemp("believed"), ["no_service", "core_offer"]
    return compare([*names, "rising_complexity"], draws=1, out=out, workers=2)


@pytest.fixture(scope="module")
def structures(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Other structures beside a headline that has chosen one of them."""
    out = tmp_path_factory.mktemp("structures")
    return structured(["core_offer", "grant_cut_20"], draws=3, seed=SEED, out=out, workers=2)


def test_each_option_is_what_its_own_run_gives(three: Experiment, tmp_path: Path) -> None:
    alone = run("grant_cut_20", draws=DRAWS, seed=SEED, sets=SHORT, out=tmp_path, workers=2)
    beside = three.results["options"][1]

    for part in ("flow", "money", "one_service", "by_agency", "by_year", "outcomes"):
        assert beside[part] == alone.results[part], part


def test_an_option_against_itself_differs_in_nothing(itself: Experiment) -> None:
    (row,) = itself.results["differences"]
    assert row["option"] == "core_offer (2)"
    for part in ("flow", "money"):
        for name, figure in row[part].items():
            ends = {figure[end] for end in ("mean", "low", "high", "p10", "p90")}
            assert ends in ({0.0}, {None}), name
            if figure["mean"] is not None:
                assert figure["monte_carlo_low"] == figure["monte_carlo_high"] == 0.0, name
    chosen = itself.results["probability_best"]
    assert chosen["probability_best"] == {"core_offer": 1.0, "core_offer (2)": 1.0}
    assert itself.results["same"] == [["core_offer", "core_offer (2)"]]
    assert any("count as one" in warning for warning in itself.results["warnings"])


def test_a_copy_of_an_option_leaves_every_chance_of_being_best(
    three: Experiment, tmp_path: Path
) -> None:
    asked = ["core_offer", "grant_cut_20", "no_service", "core_offer"]
    copied = compare(asked, draws=DRAWS, seed=SEED, out=tmp_path, workers=2).results

    def chances(found: dict[str, Any]) -> list[tuple[str, dict[str, float], float]]:
        axes = [point for axis in found["frontier"] for point in axis["points"]]
        told = [found["probability_best"], found["with_weaker_evidence"], *axes]
        return [
            (
                one["best_on_the_mean"],
                {name: p for name, p in one["probability_best"].items() if "(2)" not in name},
                one["frontier"],
            )
            for one in told
        ]

    assert copied["same"] == [["core_offer", "core_offer (2)"]]
    assert chances(copied) == chances(dict(three.results))
    assert three.results["same"] == []


def test_differences_change_their_sign_when_the_options_change_places(tmp_path: Path) -> None:
    pair = ["core_offer", "grant_cut_20"]
    there, back = (
        compare(names, draws=4, seed=SEED, out=tmp_path, workers=2).results["differences"][0]
        for names in (pair, pair[::-1])
    )

    for part in ("flow", "money"):
        for name, figure in there[part].items():
            other = back[part][name]
            if figure["mean"] is None:
                assert other["mean"] is None
                continue
            assert other["mean"] == -figure["mean"], name
            assert other["monte_carlo_low"] == -figure["monte_carlo_high"], name
            assert other["low"] == pytest.approx(-figure["high"], rel=1e-9, abs=1e-9), name


def test_the_arm_without_is_the_same_in_every_option(three: Experiment) -> None:
    table = pd.read_parquet(three.folder / "quantities.parquet")
    without = table[table["arm"] == "without"].drop(columns="arm")
    by_option = [
        part.drop(columns="option").reset_index(drop=True)
        for _, part in without.groupby("option", observed=True)
    ]

    assert len(by_option) == 3
    for other in by_option[1:]:
        pd.testing.assert_frame_equal(by_option[0], other, check_categorical=False)


def test_every_option_meets_the_same_draws(three: Experiment) -> None:
    draws = pd.read_parquet(three.folder / "draws.parquet")
    drawn = [name for name in draws.columns if name.startswith(("outcomes.", "unit_costs."))]
    parts = [part[drawn].to_numpy() for _, part in draws.groupby("option")]

    assert len(drawn) > 20
    assert all(np.array_equal(parts[0], other) for other in parts[1:])


def test_no_service_is_the_reference_and_never_a_competitor(three: Experiment) -> None:
    results = three.results

    assert results["competing"] == ["core_offer", "grant_cut_20"]
    assert set(results["probability_best"]["probability_best"]) == {"core_offer", "grant_cut_20"}
    for way in results["rankings"]:
        assert {row["option"] for row in way["order"]} == {"core_offer", "grant_cut_20"}
    for row in results["structures"]:
        assert set(row["net_present_value"]) == {"core_offer", "grant_cut_20"}
    money = results["options"][2]["money"]
    assert money["net_present_value"]["mean"] == 0.0


def test_nobody_is_ranked_by_net_fiscal_saving(three: Experiment) -> None:
    assert [way["by"] for way in three.results["rankings"]] == [
        "cost per family started",
        "cost per care week avoided",
        "net public value",
        "net public value with weaker evidence",
    ]


def test_chances_of_being_best_sum_to_one_everywhere(three: Experiment) -> None:
    axes = {axis["axis"]: axis["points"] for axis in three.results["frontier"]}

    assert set(axes) == {
        "value of an avoided care year",
        "discount rate",
        "window",
        "cashable share of the saving",
        "budget for the term",
    }
    for points in axes.values():
        for point in points:
            assert sum(point["probability_best"].values()) == pytest.approx(1.0, abs=1e-12)
            assert point["frontier"] == point["probability_best"][point["best_on_the_mean"]]


def test_the_discount_rate_of_the_headline_gives_the_headline(three: Experiment) -> None:
    rates = next(a for a in three.results["frontier"] if a["axis"] == "discount rate")
    at = next(point for point in rates["points"] if point["at"] == 0.035)

    assert at["mean"] == pytest.approx(three.results["probability_best"]["mean"], rel=1e-9)


def test_a_care_year_worth_nothing_is_the_headline(three: Experiment) -> None:
    axis = three.results["frontier"][0]

    assert axis["points"][0]["at"] == 0.0
    assert axis["points"][0]["mean"] == three.results["probability_best"]["mean"]


def test_savi_gets_three_tables_of_as_many_rows(three: Experiment) -> None:
    tables = [pd.read_csv(three.folder / f"tables/savi_{name}.csv")
              for name in ("costs", "effects", "parameters")]  # fmt: skip

    assert [len(table) for table in tables] == [DRAWS] * 3
    assert list(tables[0].columns) == list(tables[1].columns) == ["core_offer", "grant_cut_20"]
    money = three.results["options"][0]["money"]
    assert tables[0]["core_offer"].mean() == pytest.approx(-money["net_present_value"]["mean"])


def test_the_same_bytes_with_another_number_of_threads(three: Experiment, tmp_path: Path) -> None:
    names = ["core_offer", "grant_cut_20", "no_service"]
    again = compare(names, draws=DRAWS, seed=SEED, out=tmp_path, workers=1)

    for file in ("results.json", "draws.parquet", "quantities.parquet"):
        assert (again.folder / file).read_bytes() == (three.folder / file).read_bytes(), file


def test_both_engines_give_the_same_comparison(tmp_path: Path) -> None:
    found = [
        compare(
            ["core_offer", "grant_cut_20"], draws=1, seed=3, engine=engine,
            sets=(*SHORTEST, "families.referrals.suitable_per_year=30"),
            out=tmp_path / engine, workers=1,
        )
        for engine in ("compiled", "simpy")
    ]  # fmt: skip
    first, second = (one.folder / "results.json" for one in found)

    assert first.read_bytes() == second.read_bytes()


def test_a_finished_comparison_is_found_again(three: Experiment) -> None:
    names = ["core_offer", "grant_cut_20", "no_service"]
    again = compare(names, draws=DRAWS, seed=SEED, out=three.folder.parent, workers=2)

    assert again.already_there
    assert again.results == three.results


def test_other_terms_and_price_years_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        compare_all(["core_offer", "reaching_communities_bid"], draws=2, out=tmp_path)

    told = str(refused.value)
    assert "--price-year 2024/25" in told
    assert "--set appraisal.term_years=5" in told
    assert not list(tmp_path.iterdir())


def test_options_of_other_price_years_are_converted(tmp_path: Path) -> None:
    found = compare(
        ["core_offer", "reaching_communities_bid"],
        draws=2, out=tmp_path, workers=2, price_year="2024/25", sets=SHORTEST,
    )  # fmt: skip

    assert {option["price_year"] for option in found.results["options"]} == {"2024/25"}
    assert {option["term_years"] for option in found.results["options"]} == {1}


def test_mistakes_of_every_option_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        compare(["core_offer", "nowhere", "neither"], draws=2, out=tmp_path)

    told = str(error.value)
    assert "nowhere" in told
    assert "neither" in told
    assert not list(tmp_path.iterdir())


def test_one_option_is_no_comparison(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two options or more"):
        compare(["core_offer"], draws=2, out=tmp_path)


def test_options_that_believe_differently_are_said_to(believed: Experiment) -> None:
    warnings = believed.results["warnings"]

    assert any("differ in what is believed" in warning for warning in warnings)
    (told,) = [one for one in believed.results["cautions"] if "differ in what is believed" in one]
    assert told in warnings
    assert "families.needs" not in told


def test_every_warning_is_of_the_comparison_of_copies_or_of_an_option(tmp_path: Path) -> None:
    dear = tmp_path / "dear.yaml"
    dear.write_text(
        "extends: core_offer\ntitle: Dear\nassume:\n  unit_costs.staff.key_worker_salary: "
        "{value: 990000, price_year: 2024/25, because: a test}\n",
        encoding="utf-8",
    )
    found = compare(
        ["core_offer", str(dear), "core_offer"], draws=1, seed=SEED, out=tmp_path / "out", workers=2
    )
    results = found.results
    own = {one for row in results["options"] for one in row["warnings"]}
    told = {one for one in results["warnings"] if one.partition(": ")[2] in own}

    assert any("is far from" in one for one in own)
    assert str(tmp_path) not in str(own)
    assert {one.partition(": ")[2] for one in told} == own
    rest = [one for one in results["warnings"] if one not in told]
    assert rest[:-1] == results["cautions"]
    assert "count as one" in rest[-1]
    assert list(found.warnings) == results["warnings"]


def test_other_structures_stand_beside_the_headline_over_the_same_draws(
    structures: Experiment,
) -> None:
    rows = {row["name"]: row for row in structures.results["structures"] if "draws" in row}

    chosen = structures.results["probability_best"]["mean"]
    assert rows["as chosen"]["net_present_value"] == pytest.approx(chosen)
    assert {row["draws"] for row in rows.values()} == {3}
    faded = rows["the effect fades in a straight line"]["net_present_value"]
    held = rows["the effect is held after a year"]["net_present_value"]
    assert faded["core_offer"] != held["core_offer"]


def test_a_pilot_settles_how_many_draws_know_a_difference_well_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DRAWS", "LEAST", "STEP"):
        monkeypatch.setattr(pilot, name, 30)
    said: list[str] = []
    found = compare(
        ["core_offer", "grant_cut_20"], within=400_000, out=tmp_path, workers=2, say=said.append
    )

    assert found.results["draws"] == 30
    assert any(line.startswith("A pilot of 30 draws") for line in said)
    (row,) = found.results["enough"]
    assert row["needed"] <= 30


@pytest.mark.parametrize("within", [0.0, -1.0, float("nan"), float("inf")])
def test_a_precision_that_cannot_be_is_refused(within: float, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="within"):
        compare(["core_offer", "grant_cut_20"], within=within, out=tmp_path)


def test_of_every_grouping_one_group_is_served_as_all_or_better(three: Experiment) -> None:
    rows = three.results["served"]
    everybody = next(row for row in rows if row["grouping"] == "all families")["share_starting"]

    for grouping in {row["grouping"] for row in rows}:
        groups = [row["share_starting"] for row in rows if row["grouping"] == grouping]
        for option in ("core_offer", "grant_cut_20"):
            shares = [group[option] for group in groups if group[option] is not None]
            assert min(shares) <= everybody[option] <= max(shares), (grouping, option)


def test_the_order_of_options_is_a_part_of_what_is_asked(tmp_path: Path) -> None:
    for name, posts in (("ours-1", 5), ("ours_1", 4)):  # names that one folder name cannot part
        text = f"extends: core_offer\ntitle: Ours\nset: {{service.team.key_workers: {posts}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    files = [str(tmp_path / "ours-1.yaml"), str(tmp_path / "ours_1.yaml")]
    there, back = (
        compare(pair, draws=1, seed=SEED, sets=SHORTEST, out=tmp_path / "out", workers=2)
        for pair in (files, files[::-1])
    )

    assert not back.already_there
    starts = [
        one.results["differences"][0]["flow"]["families_started"]["mean"] for one in (there, back)
    ]
    assert starts[0] == -starts[1] != 0.0


def test_a_belief_is_shown_beside_and_not_ranked(believed: Experiment) -> None:
    assert believed.results["competing"] == ["core_offer"]
    assert believed.results["what_ifs"] == ["rising_complexity"]
    assert believed.results["differences"][1]["option"] == "rising_complexity"


def test_what_an_option_does_not_tell_has_no_difference_either(tmp_path: Path) -> None:
    found = compare(
        ["core_offer", "grant_cut_20"], draws=2, out=tmp_path, workers=2, follow_up="expected"
    )

    figure = found.results["differences"][0]["money"]["cashable_saving"]
    assert figure["mean"] is None
    assert figure["reason"] == found.results["options"][0]["money"]["cashable_saving"]["reason"]


def test_settings_of_a_comparison_that_differ_between_options_are_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "extends: core_offer\ntitle: Own\nassume:\n  decision.care_year_values:\n"
        "    {table: [1, 2], because: ours, price_year: 2024/25}\n"
    )

    with pytest.raises(RefusedError, match=r"decision\.care_year_values"):
        compare(["core_offer", str(own)], draws=1, out=tmp_path / "out")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("decision.care_year_values=[abc]", "point 1"),
        ("decision.care_year_values=[-1]", "point 1"),
        ("decision.discount_rates=[0.035, 7]", "must lie between 0 and 1"),
        ("decision.structures=[{name: a, key: outcomes.usual_support.share}]", "lacks"),
        ("decision.structures=[{name: a, key: nope.key, value: 1}]", "decision.structures"),
    ],
)
def test_what_a_comparison_cannot_ask_is_refused_before_anything_runs(
    setting: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told):
        compare_all(["core_offer", "grant_cut_20"], draws=1, sets=[setting], out=tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_structure_takes_the_place_of_a_choice_of_the_same_key(structures: Experiment) -> None:
    rows = {row["name"]: row for row in structures.results["structures"] if "draws" in row}

    straight = rows["the effect fades in a straight line"]["net_present_value"]
    assert straight == rows["as chosen"]["net_present_value"]


def test_families_who_go_without_are_those_referred_who_never_start(three: Experiment) -> None:
    means = {row["option"]: row["means"] for row in three.results["given_up"]}

    for one in means.values():
        assert one["families_without"] == one["families_referred"] - one["families_started"]
    assert means["no_service"]["families_without"] == means["core_offer"]["families_referred"]


def test_the_page_says_who_saves_who_goes_without_and_what_is_not_told(three: Experiment) -> None:
    page = comparison_text(three.results)

    for words in (
        "Who saves (means, present value)",
        "Council: saved less paid",
        "who go without",
        "With weaker, partly assumed evidence counted too",
        "no_service: costs and saves nothing and serves nobody; the reference, so not ranked.",
        "Harm to children while at home",
        f"with {DRAWS} draws only means are told",
        "Few draws, so all of this is rough.",
    ):
        assert words in page, words
    assert "nan" not in page.lower().split()
    assert "less no_service" not in page


def test_the_page_of_an_option_beside_itself_names_no_winner(itself: Experiment) -> None:
    page = comparison_text(itself.results)
    assert "The options are the same in every number" in page
    assert "comes first" not in page
    assert "In order" not in page
