"""The model as a function of points: the draws of a run where they meet, and pure."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from familyflow.experiments.inputs import Settings, load_inputs
from familyflow.experiments.run import run
from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps.model import Model
from familyflow.experiments.sweeps.targets import ALWAYS
from familyflow.experiments.sweeps.varied import varied_in
from familyflow.parameters.correlations import Correlation
from familyflow.parameters.draws import drawn_uniforms, uncertain

SETS = ("appraisal.term_years=1", "service.team.key_workers=2")
SEED = 20261129
RESOLVED = load_inputs("core_offer", SETS)
NAMES = tuple(sorted(uncertain(RESOLVED.parameters)))
PRICE = "unit_costs.staff.key_worker_salary"
SERVICE = "service.key_work.attendance"

pytestmark = pytest.mark.whole


def model_of(names=NAMES, replications=1, engine="compiled", outputs=ALWAYS, threads=1):
    settings = Settings(1, replications, SEED, common_luck=True)
    return Model(RESOLVED, names, settings, engine, outputs, threads=threads)


def places(count=12, names=NAMES):
    """Points at which everything moves; seed 5."""
    return np.random.default_rng(5).uniform(0.01, 0.99, (count, len(names)))


@pytest.fixture(scope="module")
def whole():
    """Outputs of a few points, all in one block."""
    model = model_of((*NAMES, LUCK))
    return model, places(12, model.names), model(0, places(12, model.names))


def test_a_point_at_the_uniforms_of_a_draw_has_the_outputs_of_that_draw(tmp_path):
    found = run("core_offer", sets=SETS, draws=1, seed=SEED, workers=1, out=tmp_path)
    draws = pd.read_parquet(found.folder / "draws.parquet")
    uniforms = drawn_uniforms(RESOLVED.parameters, SEED, [0], RESOLVED.correlations)
    outputs = model_of()(0, np.array([[uniforms[name][0] for name in NAMES]]))[0]

    for name, output in zip(ALWAYS, outputs, strict=True):
        assert output == draws[name][0] or (np.isnan(output) and np.isnan(draws[name][0])), name


@pytest.mark.parametrize("size", [1, 5, 12])
def test_no_block_threads_or_process_moves_a_bit(whole, size):
    model, points, outputs = whole
    other = pickle.loads(pickle.dumps(replace(model, threads=2)))
    found = [other(first, points[first : first + size]) for first in range(0, 12, size)]

    assert np.array_equal(np.vstack(found), outputs, equal_nan=True)


def test_the_order_of_points_moves_no_bit(whole):
    model, points, outputs = whole
    assert np.array_equal(model(0, points[::-1])[::-1], outputs, equal_nan=True)


def test_both_engines_give_the_same_bits(whole):
    model, points, outputs = whole
    found = replace(model, engine="simpy")(0, points[:2])
    assert np.array_equal(found, outputs[:2], equal_nan=True)


def test_the_same_luck_is_the_same_output_and_another_is_another(whole):
    model, points, _ = whole
    twice = np.repeat(points[:1], 3, axis=0)
    twice[2, model.names.index(LUCK)] = 0.123
    found = model(0, twice)

    assert np.array_equal(found[0], found[1], equal_nan=True)
    assert not np.array_equal(found[0], found[2], equal_nan=True)


class Counting(Model):
    """Counts what is simulated."""

    def _one(self, plan, luck):
        self.__dict__["simulated"] = self.__dict__.get("simulated", 0) + 1
        return super()._one(plan, luck)


def counting(names, replications=1):
    made = model_of(names, replications)
    return Counting(made.resolved, names, made.settings, made.engine, made.outputs)


def test_a_price_that_moves_simulates_nothing_and_changes_no_flow():
    model = counting((PRICE,))
    outputs = model(0, np.array([[0.1], [0.5], [0.9], [np.nan]]))
    flow = [place for place, name in enumerate(ALWAYS) if name.startswith("flow.")]
    cost = ALWAYS.index("money.cost")

    assert model.simulated == 1
    assert (outputs[:, flow] == outputs[0, flow]).all()
    assert len(set(outputs[:, cost])) == 4


def test_what_the_service_does_is_simulated_for_each_value_and_replication():
    model = counting((SERVICE, PRICE), replications=2)
    model(0, np.array([[0.1, 0.5], [0.9, 0.5], [0.1, 0.9], [np.nan, 0.2]]))
    assert model.simulated == 3 * 2


def test_replications_are_averaged_as_a_run_averages_them():
    one = np.array([[0.3]])
    names = ("money.cost", "money.fiscal_return", "money.fiscal_saving")
    both = model_of((SERVICE,), 2, outputs=names)(0, one)[0]
    first = model_of((SERVICE,), 1, outputs=names)(0, one)[0]
    cost, ratio, saving = both

    assert ratio == saving / cost
    assert both[0] != first[0]


def test_points_alone_tell_every_replication_of_which_their_outputs_are_means():
    names = ("money.cost", "flow.sessions_held")
    model = replace(model_of((SERVICE,), 3, outputs=names), alone=True)
    (row,) = model(0, np.array([[0.3]]))
    each = row[2:].reshape(2, 3)

    assert len(row) == model.columns == 2 * (1 + 3)
    assert row[:2] == pytest.approx(each.mean(axis=1))
    assert len(set(each[1])) == 3


def test_numbers_at_chosen_places_are_not_moved_by_a_correlation():
    other = "unit_costs.staff.manager_salary"
    pair = Correlation(PRICE, other, 0.9)
    resolved = replace(RESOLVED, correlations=(pair,))
    both = np.array([[0.9, 0.2]])
    found = {
        alone: replace(model_of((PRICE, other)), resolved=resolved, alone=alone)._values(both)
        for alone in (True, False)
    }
    plain = model_of((PRICE, other))._values(both)

    assert found[True].columns[other] == plain.columns[other]
    assert found[False].columns[other] > plain.columns[other]


def test_some_of_a_correlated_block_are_correlated_among_themselves():
    # 2,000 points, seed 1: a rank of 0.8 to within 0.05, whoever else the block holds
    manager, administrator = (
        f"unit_costs.staff.{who}_salary" for who in ("manager", "administrator")
    )
    pairs = (Correlation(PRICE, manager, 0.8), Correlation(manager, administrator, 0.5))
    resolved = replace(RESOLVED, correlations=pairs)
    points = np.random.default_rng(1).uniform(size=(2_000, 2))
    values = replace(model_of((PRICE, manager)), resolved=resolved)._values(points)
    rank = spearmanr(values.columns[PRICE], values.columns[manager]).statistic

    assert rank == pytest.approx(0.8, abs=0.05)
    groups = varied_in(resolved, [PRICE, administrator]).groups
    assert not groups


def test_stated_figures_are_the_outputs_of_a_point_that_moves_nothing():
    model = model_of()
    outputs = model(0, np.full((1, len(NAMES)), np.nan))[0]
    stated = model.figures_as_stated()
    told = np.array([stated[name].by_draw()[0] for name in ALWAYS])

    assert np.array_equal(told, outputs, equal_nan=True)
    assert any(name.startswith("agency.") for name in stated)
