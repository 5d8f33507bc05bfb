"""A run priced again: the figures of a fresh run with the same choices, and nothing simulated."""

import json
import shutil

import pytest

from familyflow.experiments.reprice import reprice
from familyflow.experiments.run import run
from familyflow.problems import InputError, RefusedError
from familyflow.store import list_runs, read_manifest, what_is_wrong

SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2")
OWN = ("run_id", "repriced_from")  # what a run says of itself and of nothing else
UNIT_COSTS = """\
unit_costs.children_social_care.child_in_need_year:
  value: 9100
  price_year: 2023/24
  distribution: {uniform: {low: 8000, high: 10000}}
  because: Our own books.
unit_costs.children_social_care.early_help_year:
  {value: 4100, price_year: 2022/23, because: Our own books.}
unit_costs.staff.pension: {value: 0.2, because: Ours.}
"""
FUNDERS = (
    "funding.funders=[{funder: A trust, public: false, council: false, by_year: {0: 90000}},"
    " {funder: The council, public: true, council: true, by_year: {0: 60000}}]"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return run("core_offer", draws=4, sets=SMALL, workers=1, out=tmp_path_factory.mktemp("first"))


@pytest.fixture
def nothing_simulates(monkeypatch):
    """Fail if anything is simulated or solved."""

    def refuse(*_, **__):
        raise AssertionError("something was simulated")

    monkeypatch.setattr("familyflow.experiments.sampling.simulate_draw", refuse)
    monkeypatch.setattr("familyflow.experiments.inputs.solve_records", refuse)
    monkeypatch.setattr("familyflow.experiments.first_draws.look_at", refuse)


def _answer(folder, told=True):
    """Every file of the answer; of results.json, all but what names the run itself.

    told: with who chose each value.
    """
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    files = [folder / "summary.csv", *folder.glob("*.parquet"), *folder.glob("tables/*.csv")]
    left_out = OWN if told else {*OWN, "set_by_hand"}
    kept = json.dumps({key: value for key, value in results.items() if key not in left_out})
    read = {path.name: path.read_bytes() for path in files if told or path.stem != "assumptions"}
    return {"results": kept} | read


@pytest.mark.whole
@pytest.mark.parametrize(
    "settings",
    [{"draws": 4}, {"draws": 3, "replications": 2}, {"draws": 3, "common_luck": True}],
    ids=["simulated twice", "replications", "common luck"],
)
def test_a_run_priced_again_with_nothing_changed_is_the_same_to_the_byte(settings, tmp_path):
    old = run("core_offer", sets=SMALL, workers=1, out=tmp_path, **settings)

    new = reprice(old.folder, out=tmp_path)

    assert new.folder.name != old.folder.name
    assert new.results["repriced_from"] == old.results["run_id"]
    assert old.results["repriced_from"] is None
    assert _answer(new.folder) == _answer(old.folder)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("sets", "file"),
    [
        (("appraisal.window=budget",), ""),
        (("appraisal.window=everything", "appraisal.schedule=gb_health"), ""),
        (("costs.scope=case_time_and_fees", "appraisal.optimism_bias=haircut", FUNDERS), ""),
        (("service.key_work.family_budget=400", "service.team.strategy_group_hours=60"), ""),
        (("appraisal.price_year=2023/24", "appraisal.timing=mid"), UNIT_COSTS),
    ],
    ids=["budget", "everything", "scope and funders", "money in the service", "a file"],
)
def test_a_run_priced_again_with_a_choice_is_the_fresh_run_with_it(
    first, sets, file, tmp_path, request
):
    files = []
    if file:
        files = [tmp_path / "prices.yaml"]
        files[0].write_text(file, encoding="utf-8")
    fresh = run(
        "core_offer", draws=4, sets=(*SMALL, *sets), parameter_files=files, workers=1, out=tmp_path
    )
    request.getfixturevalue("nothing_simulates")

    again = reprice(first.folder, sets=sets, parameter_files=files, out=tmp_path)

    assert again.results["money"] != first.results["money"]
    assert _answer(again.folder) == _answer(fresh.folder)


@pytest.mark.whole
def test_what_was_priced_again_can_be_priced_again(first, tmp_path, nothing_simulates):
    once = reprice(first.folder, sets=["appraisal.window=budget"], out=tmp_path)
    twice = reprice(once.folder, sets=["costs.scope=case_time_and_fees"], out=tmp_path)
    both = ["appraisal.window=budget", "costs.scope=case_time_and_fees"]
    at_once = reprice(first.folder, sets=both, out=tmp_path)
    back = reprice(twice.folder, sets=["appraisal.window=follow_up", "costs.scope=all_spend"],
                   out=tmp_path)  # fmt: skip

    assert _answer(twice.folder) == _answer(at_once.folder)
    # who chose a value is told, also where it is the one that was there before
    assert _answer(back.folder, told=False) == _answer(first.folder, told=False)


@pytest.mark.whole
def test_a_wider_window_counts_outcomes_too(first, tmp_path):
    wide = reprice(first.folder, sets=["appraisal.window=everything"], out=tmp_path)
    narrow = reprice(first.folder, sets=["appraisal.window=budget"], out=tmp_path)

    def weeks(result):
        rows = {row["quantity"]: row["without"] for row in result.results["outcomes"]}
        return rows["child_weeks.child_in_need"]

    assert weeks(narrow) < weeks(first) < weeks(wide)
    for result in (narrow, wide):
        assert result.results["flow"]["sessions_held"] == first.results["flow"]["sessions_held"]
        avoided = result.results["flow"]["children_looked_after_avoided"]
        assert "2 years of each family's referral" in avoided.pop("note")
        assert avoided == first.results["flow"]["children_looked_after_avoided"]


@pytest.mark.whole
def test_the_same_prices_again_are_found_already_there(first, tmp_path):
    new = reprice(first.folder, sets=["appraisal.window=budget"], out=tmp_path)
    again = reprice(first.folder, sets=["appraisal.window=budget"], out=tmp_path)

    assert (new.already_there, again.already_there) == (False, True)
    assert again.results == json.loads((new.folder / "results.json").read_text(encoding="utf-8"))
    manifest = read_manifest(new.folder)
    assert manifest.asked["reprice"] == first.folder.name
    assert manifest.rows["quantities.parquet"] > 0
    assert what_is_wrong(new.folder, manifest) == []
    assert list_runs(tmp_path) == [new.folder]


@pytest.mark.whole
@pytest.mark.parametrize(
    "choice",
    [
        "service.team.key_workers=2",
        "outcomes.effects.care_ratio=0.9",
        "families.referrals.suitable_per_year=80",
        "appraisal.follow_up_years=1",
        "appraisal.term_years=2",
        "appraisal.watched_years=9",
        "appraisal.start=running",
        "service.key_work.family_budget_take_up=0.5",
    ],
)
def test_a_choice_that_changes_what_happens_is_refused_by_name(first, choice, tmp_path):
    with pytest.raises(InputError, match="has to be run again") as refused:
        reprice(first.folder, sets=["appraisal.window=budget", choice], out=tmp_path / "none")

    key = choice.split("=")[0]
    assert [key in problem.what for problem in refused.value.problems] == [True]
    assert not (tmp_path / "none").exists()


@pytest.mark.whole
def test_a_choice_that_changes_nothing_is_no_reason_to_refuse(first, tmp_path):
    assert reprice(first.folder, sets=["appraisal.term_years=1"], out=tmp_path).folder.is_dir()


@pytest.mark.whole
def test_a_price_that_moves_another_number_through_a_correlation_is_refused(first, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "correlations.yaml").write_text(
        "- of: [unit_costs.staff.pension, service.team.turnover_per_year]\n"
        "  rank: 0.8\n"
        "  source: {title: A guess, where: nowhere, year: 2020}\n",
        encoding="utf-8",
    )

    with pytest.raises(InputError, match=r"service\.team\.turnover_per_year changes what happens"):
        reprice(first.folder, parameter_files=[tmp_path / "mine"], out=tmp_path / "none")

    assert not (tmp_path / "none").exists()


@pytest.mark.whole
@pytest.mark.parametrize("name", ["quantities.parquet", "single_figures.parquet", "results.json"])
def test_a_damaged_run_is_refused(first, name, tmp_path):
    copy = shutil.copytree(first.folder, tmp_path / first.folder.name)
    (copy / name).write_bytes((copy / name).read_bytes()[:-1])

    with pytest.raises(InputError, match=f"{name} is not as it was written"):
        reprice(copy, out=tmp_path / "none")

    assert not (tmp_path / "none").exists()


@pytest.mark.whole
def test_a_run_of_other_code_or_libraries_is_refused(first, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("familyflow.store.machine.source_hash", lambda: "f" * 64)
        with pytest.raises(RefusedError, match="another version of the model's code"):
            reprice(first.folder, out=tmp_path / "none")
    with monkeypatch.context() as patch:
        versions = {"numpy": "0.1", "pandas": "0.1", "pyarrow": "0.1", "scipy": "0.1"}
        patch.setattr("familyflow.store.machine.library_versions", lambda *_: versions)
        with pytest.raises(RefusedError, match="other versions of numpy"):
            reprice(first.folder, out=tmp_path / "none")

    assert not (tmp_path / "none").exists()


@pytest.mark.whole
def test_a_run_of_other_parameters_is_refused_by_their_names(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "service.team.turnover_per_year: {value: 0.1, because: Ours.}\n", encoding="utf-8"
    )
    old = run("core_offer", draws=1, sets=SMALL, parameter_files=[mine], workers=1, out=tmp_path)
    changed = mine.read_text(encoding="utf-8").replace("0.1", "0.2")
    mine.write_text(changed, encoding="utf-8")

    with pytest.raises(RefusedError, match=r"service\.team\.turnover_per_year"):
        reprice(old.folder, out=tmp_path)

    assert list_runs(tmp_path) == [old.folder]


def test_a_price_on_weaker_evidence_does_not_touch_the_net_saving(first, tmp_path):
    outside = "unit_costs.health.substance_misuse_fiscal"
    counted = "unit_costs.children_social_care.child_in_need_year"
    net = first.results["money"]["net_saving"]["mean"]

    for key, touches in ((outside, False), (counted, True)):
        again = reprice(first.folder, sets=[f"{key}=50000"], out=tmp_path / key)
        assert (again.results["money"]["net_saving"]["mean"] != net) == touches
