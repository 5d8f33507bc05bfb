"""Whole sweeps of a small service: laws that hold for any of them, and sweeps taken up again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from familyflow.experiments.run import run
from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps import Asked, sweep, sweep_point
from familyflow.experiments.sweeps import evaluating as evaluating_points
from familyflow.experiments.sweeps.all_at_once import own_luck
from familyflow.experiments.sweeps.model import Model
from familyflow.experiments.sweeps.sweep import prepare
from familyflow.experiments.unchanged import refuse_changed_inputs
from familyflow.problems import InputError, RefusedError
from familyflow.reports.sensitivity import sensitivity_text
from familyflow.reports.sensitivity_sentences import in_words
from familyflow.store import read_manifest

PAY = "unit_costs.staff.key_worker_salary"
PENSION = "unit_costs.staff.pension"
CARE = "outcomes.effects.care_ratio"
UNUSED = "adjustments.attribution.before_after"  # enters only where a claim is before and after
VARIED = (PAY, PENSION, CARE, UNUSED)
SMALL = Asked(
    "core_offer",
    sets=("appraisal.term_years=1", "service.team.key_workers=2"),
    vary=VARIED,
    replications=2,
    seed=3,
    workers=1,
)

POINT = (
    '{"scenario": "core_offer", "alone": true, "places": {"x.y": 0.5}, "point": 7, '
    '"replications": 1}'
)

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("sweeps")


def swept(out, **options):
    return sweep(replace(SMALL, out=out, **options))


@pytest.fixture(scope="module")
def tornado(out):
    return swept(out, targets=("net_saving", "money.cost", "flow.sessions_held"))


@pytest.fixture(scope="module")
def sobol(out):
    return swept(out, method="sobol", n=16, targets=("net_saving", "cost"))


def test_a_number_that_enters_nothing_moves_nothing(tornado, sobol):
    for target in tornado.results["targets"]:
        (bar,) = [row for row in target["bars"] if row["factor"] == UNUSED]
        assert bar["at_lower"] == bar["at_upper"] == target["stated"]
    for target in sobol.results["targets"]:
        (row,) = [row for row in target["indices"] if row["factor"] == UNUSED]
        assert (row["S1"], row["ST"], row["is_none"]) == (0.0, 0.0, True)


def test_prices_move_no_sessions(tornado):
    sessions = tornado.results["targets"][2]
    moved = {row["factor"] for row in sessions["bars"] if row["at_lower"] != row["at_upper"]}
    assert moved <= {CARE}


def test_pay_moves_cost_in_a_straight_line(tornado):
    # cost is a sum of prices times quantities: linear in one price, with all else as stated
    cost = tornado.results["targets"][1]
    (bar,) = [row for row in cost["bars"] if row["factor"] == PAY]
    (pay,) = [row for row in tornado.results["factors"] if row["factor"] == PAY]
    slope = (bar["at_upper"] - bar["at_lower"]) / (pay["high"] - pay["low"])
    on_line = bar["at_lower"] + slope * (pay["stated"] - pay["low"])
    assert cost["stated"] == pytest.approx(on_line, rel=1e-9)


def test_bars_are_widest_first_and_tables_hold_every_row(tornado):
    bars = tornado.results["targets"][0]["bars"]
    order = [(row["is_none"], -abs(row["at_upper"] - row["at_lower"])) for row in bars]
    assert order == sorted(order)
    assert len(tornado.tables["bars"]) == 3 * len(VARIED)
    assert set(tornado.tables["bars"]["target"]) == {
        t["target"] for t in tornado.results["targets"]
    }


def test_of_cost_luck_and_pay_hold_nearly_everything(sobol):
    cost = {row["factor"]: row for row in sobol.results["targets"][1]["indices"]}
    assert sobol.results["luck"] == "a factor"
    chance = sobol.results["targets"][1]["chance"]
    assert chance == {name: cost[LUCK][name] for name in ("S1", "S1_conf", "ST", "ST_conf")}
    assert cost[CARE]["is_none"]
    assert cost[PAY]["ST"] > cost[PENSION]["ST"]


def test_a_grid_meets_the_one_way_ends_and_adds_up(out):
    found = swept(out, method="grid", n=3, vary=(PAY, PENSION), targets=("cost",))
    (target,) = found.results["targets"]
    table = np.array([cell["output"] for cell in target["cells"]]).reshape(3, 3)
    # each price is linear where the other stands still
    assert table[:, 0] + table[:, 2] == pytest.approx(2 * table[:, 1], rel=1e-9)
    assert table[0] + table[2] == pytest.approx(2 * table[1], rel=1e-9)
    assert {target["first"], target["second"]} == {PAY, PENSION}


def test_a_switching_value_is_where_the_sign_changes(out):
    # pay enters no saving, so it can turn none, and the output is the stated one wherever it is
    found = swept(out, method="switching", vary=(CARE, PAY), targets=("fiscal_saving",))
    (target,) = found.results["targets"]
    switches = {row["factor"]: row for row in target["switches"]}
    assert switches[PAY]["value"] is None
    assert switches[PAY]["at_best"] == pytest.approx(target["stated"])
    assert not switches[PAY]["moves"]
    turn = switches[CARE]
    if turn["value"] is not None:
        assert turn["value_low"] <= turn["value"] <= turn["value_high"]


def test_morris_tells_the_exact_move_of_a_price(out):
    found = swept(out, method="morris", n=4, targets=("cost",), replications=1)
    moves = {row["factor"]: row for row in found.results["targets"][0]["moves"]}
    assert moves[UNUSED]["mu_star"] == 0.0
    assert moves[PAY]["mu_star"] > moves[PENSION]["mu_star"] > 0.0


def test_every_path_of_morris_has_its_own_luck_that_changes_at_its_own_step_only():
    levels = np.array([[0.125, 0.125, 0.625], [0.875, 0.375, 0.375], [0.125, 0.625, 0.625]])
    own = own_luck(levels.ravel(), 3, 1).reshape(3, 3)

    assert len(np.unique(own)) == 6
    assert ((own[:, 1:] == own[:, :-1]) == (levels[:, 1:] == levels[:, :-1])).all()
    assert ((own > 0) & (own < 1)).all()


def test_pawn_reads_the_draws_of_a_run_and_simulates_none(out, monkeypatch):
    options = {"sets": SMALL.sets, "draws": 200, "seed": 3, "workers": 1, "out": out}
    kept = run("core_offer", **options)
    monkeypatch.setattr("familyflow.experiments.run._simulate", None)  # would fail if called
    found = swept(out, method="pawn", draws=200, targets=("cost",), replications=None)
    gaps = {row["factor"]: row for row in found.results["targets"][0]["gaps"]}

    assert kept.folder.exists()
    assert found.results["points"] == 200
    assert gaps[PAY]["gap"] > gaps[UNUSED]["gap"]
    with pytest.raises(InputError, match="does not keep"):
        swept(out, method="pawn", draws=200, targets=("agency.nhs.cost",))


def test_the_same_sweep_is_found_again_and_another_target_simulates_nothing(
    out, tornado, monkeypatch
):
    monkeypatch.setattr(Model, "__call__", None)  # would fail if called
    again = swept(out, targets=("net_saving", "money.cost", "flow.sessions_held"))
    other = swept(out, targets=("money.net_present_value",))

    assert again.already_there
    assert json.dumps(again.results) == json.dumps(tornado.results)
    assert not other.already_there


def test_a_larger_sobol_begins_with_the_points_of_a_smaller_one(out, sobol, monkeypatch):
    evaluated = []
    own = Model.__call__

    def counting(model, first, places):
        evaluated.append(len(places))
        return own(model, first, places)

    monkeypatch.setattr(Model, "__call__", counting)
    swept(out, method="sobol", n=32, targets=("net_saving", "cost"))
    told_apart = len(VARIED) + 1
    of_sobol = [count for count in evaluated if count > 1]
    assert sum(of_sobol) <= 32 * (told_apart + 2)


def test_workers_move_no_byte(out, sobol, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluating_points, "_FEW", 0)  # processes, however small
    found = sweep(replace(SMALL, out=tmp_path, method="sobol", n=16,
                          targets=("net_saving", "cost"), workers=2))  # fmt: skip
    assert (found.folder / "results.json").read_bytes() == (
        sobol.folder / "results.json"
    ).read_bytes()


class _Failing:
    """Fails at one value of pay, as a fault in the model would."""

    def __init__(self, own, above):
        self._own, self._above = own, above

    def __get__(self, model, _):
        return lambda first, places: self(model, first, places)

    def __call__(self, model, first, places):
        if (places[:, model.names.index(PAY)] > self._above).any():
            raise ZeroDivisionError("no such pay")
        return self._own(model, first, places)


def test_points_that_fail_are_told_with_a_command_that_does_them_again(tmp_path, monkeypatch):
    own = Model.__call__
    monkeypatch.setattr(Model, "__call__", _Failing(own, 0.9))
    found = swept(tmp_path)
    (failed,) = found.results["quarantined"]
    (bar,) = [row for row in found.results["targets"][0]["bars"] if row["factor"] == PAY]

    assert found.results["incomplete"]
    assert "ZeroDivisionError: no such pay" in failed["reason"]
    assert bar["at_upper"] is None
    assert bar["at_lower"] is not None
    assert swept(tmp_path).already_there
    file = failed["command"].split("--point ")[1]
    with pytest.raises(ZeroDivisionError):
        sweep_point(replace(SMALL, out=tmp_path), file_of(file))

    monkeypatch.setattr(Model, "__call__", own)
    assert swept(tmp_path).results["incomplete"]  # what failed is not tried by itself
    mended = swept(tmp_path, retry=True)
    (alone,) = [row for row in mended.results["targets"][0]["bars"] if row["factor"] == PAY]
    assert not mended.results["incomplete"]
    point = sweep_point(replace(SMALL, out=tmp_path), file_of(file))
    assert point["money.net_saving"] == alone["at_upper"]


def file_of(text):
    from pathlib import Path

    return Path(text)


def test_a_bar_that_chance_may_make_is_not_told_from_none(tornado):
    for target in tornado.results["targets"]:
        for row in target["bars"]:
            width = abs(row["at_upper"] - row["at_lower"])
            assert row["is_none"] == (width <= row["half_width"])


def test_what_is_not_defined_is_told_with_its_reason_by_every_method(out):
    # nobody is served, so no care week is ever avoided and a cost for each has no meaning
    nobody = replace(
        SMALL, scenario="no_service", sets=("appraisal.term_years=1",), out=out,
        vary=("outcomes.effects.care_ratio", "outcomes.effects.detection"),
        targets=("cost_per_care_week_avoided",),
    )  # fmt: skip
    for options in (
        {"method": "tornado"},
        {"method": "grid", "n": 2},
        {"method": "sobol", "n": 2, "replications": 1},
        {"method": "morris", "n": 4, "replications": 1},
    ):
        found = sweep(replace(nobody, **options), words=in_words)
        (target,) = found.results["targets"]
        assert found.results["incomplete"], options
        assert target["undefined"] > 0
        assert "no such output" in target["reason"]
        assert not target.get("nothing_moves"), options
        assert "Not told:" in sensitivity_text(found.results)


@pytest.mark.parametrize("start", ["agency.", "year.", "fewer."])
def test_figures_kept_as_means_over_luck_have_no_measure_of_chance(out, start):
    figures = prepare(replace(SMALL, out=out)).model(alone=True).figures_as_stated()
    name = next(name for name in figures if name.startswith(start))
    (found,) = swept(out, targets=(name,)).results["targets"]

    assert len(found["bars"]) == len(VARIED)
    if start != "fewer.":
        assert found["stated_half_width"] is None
        assert all(row["half_width"] is None or row["at_lower"] == row["at_upper"]
                   for row in found["bars"])  # fmt: skip


def test_under_one_stretch_of_luck_nothing_is_sure(out):
    found = swept(out, replications=1, method="switching", vary=(CARE, PAY))
    (target,) = found.results["targets"]

    assert target["stated_half_width"] is None
    assert not any(row["is_sure"] for row in target["switches"])
    assert "single stretch of luck" in " ".join(sensitivity_text(found.results).split())


def test_with_and_without_its_usual_seed_a_sweep_is_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(Model, "__call__", _Failing(Model.__call__, 0.9))
    plain = swept(tmp_path, seed=None)
    seeded = swept(tmp_path, seed=1)

    assert seeded.already_there
    assert plain.folder == seeded.folder
    assert plain.results["incomplete"]


def test_different_failures_are_different_findings(tmp_path, monkeypatch):
    own, ids = Model.__call__, []
    for above in (0.5, 0.9):
        monkeypatch.setattr(Model, "__call__", _Failing(own, above))
        out = tmp_path / str(above)
        found = swept(out, method="sobol", n=4, replications=1)
        ids.append(found.results["run_id"])
        monkeypatch.setattr(Model, "__call__", own)
    assert ids[0] != ids[1]


def test_what_was_damaged_is_no_part_of_what_was_found(tmp_path):
    whole = swept(tmp_path / "whole")
    first = swept(tmp_path / "damaged")
    for folder in (tmp_path / "damaged").glob("sweep_*"):
        shutil.rmtree(folder)
    block = next((tmp_path / "damaged" / ".sweeps").glob("*/*.block"))
    block.write_bytes(block.read_bytes()[:-1])
    told = []
    again = sweep(replace(SMALL, out=tmp_path / "damaged"), say=told.append)

    assert any("damaged" in line for line in told)
    assert again.results == whole.results == first.results


def test_sobol_gives_no_index_where_a_point_failed(tmp_path, monkeypatch):
    # one point in sixteen lies in the last sixteenth
    monkeypatch.setattr(Model, "__call__", _Failing(Model.__call__, 15 / 16))
    found = swept(tmp_path, method="sobol", n=16, replications=1)
    (target,) = found.results["targets"]

    assert found.results["incomplete"]
    assert target["undefined"] == len(found.results["quarantined"]) > 0
    assert "indices" not in target
    assert any("points have no such output" in one for one in found.results["warnings"])


def test_what_makes_a_sweep_again_is_kept_and_changes_are_told(out, tornado, monkeypatch):
    manifest = read_manifest(tornado.folder)
    refuse_changed_inputs(manifest)
    changed = {**manifest.asked, "sets": [*SMALL.sets, "service.team.key_workers=3"]}
    with pytest.raises((RefusedError, InputError)):
        refuse_changed_inputs(replace(manifest, asked=changed))


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "[" * 100_000, "\x00",
        POINT.replace("0.5", "2.0"), POINT.replace("0.5", '"0.5"'), POINT.replace("7", "1e999"),
        POINT.replace("7", "-1"), POINT.replace("true", "1"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_point_is_refused(tmp_path, text):
    file = tmp_path / "point.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="not a point"):
        sweep_point(SMALL, file)


def test_a_point_of_another_scenario_is_refused(tmp_path):
    file = tmp_path / "point.json"
    file.write_text(POINT, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.y"):
        sweep_point(SMALL, file)
    with pytest.raises(InputError, match="of core_offer, not of no_service"):
        sweep_point(replace(SMALL, scenario="no_service"), file)
    for nowhere in (tmp_path / "nothing.json", file / "below"):
        with pytest.raises(InputError, match="no such file"):
            sweep_point(SMALL, nowhere)


def test_nothing_is_written_for_bad_input(tmp_path):
    with pytest.raises(InputError):
        swept(tmp_path, targets=("agency.nobody.cost",))
    with pytest.raises(InputError):
        swept(tmp_path, vary=("nothing",))
    assert not list(tmp_path.iterdir())
