"""What the chain gives of published totals: by matrix exponentials, and from the file written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.linalg import expm

from familyflow.experiments.chain_fit import written
from familyflow.experiments.chain_fit.outputs import back_in_need, outputs_of, plan_lengths
from familyflow.experiments.engines import solver_of
from familyflow.experiments.inputs import Settings, draw_inputs, load_inputs
from familyflow.experiments.run import silent
from familyflow.outcomes.cohort import make_cohort
from familyflow.parameters.draws import base_values

CHAIN = "outcomes.escalation."


@pytest.fixture(scope="module")
def values():
    return base_values(load_inputs("core_offer").parameters)


@pytest.mark.parametrize("months", [12, 72])
def test_children_who_come_back_are_those_of_a_matrix_exponential(values, months: int) -> None:
    """Early help, universal and back in need: constant rates, so the answer is exact."""
    to_need, from_universal, to_help = (
        -np.log1p(-values[CHAIN + name])
        for name in ("early_help_to_child_in_need", "universal_to_child_in_need",
                     "universal_to_early_help")
    )  # fmt: skip
    ends = values[CHAIN + "early_help_ends"]
    rates = np.array([
        [-(to_need + ends), ends, to_need],
        [to_help, -(to_help + from_universal), from_universal],
        [0.0, 0.0, 0.0],
    ])  # fmt: skip
    cohort = make_cohort([values])
    alike = type(cohort)(**{**vars(cohort), "frailty": np.ones((1, 1)), "kinds": np.ones(1)})

    # steps of a month, in each of which a child moves half-way through: a thousandth off at most
    exact = expm(rates * months / 12)[0, 2]
    assert back_in_need(alike, months)[0] == pytest.approx(exact, rel=2e-3)


def test_plans_last_as_their_published_lengths(values) -> None:
    assert plan_lengths(values) == pytest.approx([0.841, 0.730, 0.295, 0.043], abs=2e-3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    return written.chain_made("england", out=tmp_path_factory.mktemp("chain"), draws=1_000)


def test_draws_of_the_file_are_those_that_were_weighed(made) -> None:
    """Means and spreads of what the chain then gives, and how the numbers go together."""
    resolved = load_inputs("core_offer", parameter_files=[made.folder / written.PARAMETERS])
    inputs = draw_inputs(resolved, Settings(400, 1, 5), silent, solver_of("compiled", 1))
    values = [*inputs.values]
    outputs = outputs_of(values, [*inputs.solved])

    for one in made.fit.fits:
        if one.target.is_fit:
            found = outputs[one.target.told.output]
            # seed 5, 400 draws: four standard errors of a mean, and 15 % of a spread
            assert found.mean() == pytest.approx(one.after, abs=4 * one.sd_after / 400**0.5 + 0.003)
            assert found.std() == pytest.approx(one.sd_after, rel=0.2)
    assert made.ranks
    for (first, second), rank in made.ranks.items():
        columns = np.array([[value[first], value[second]] for value in values])
        ranks = columns.argsort(axis=0).argsort(axis=0)
        found = np.corrcoef(ranks.T)[0, 1]
        assert found == pytest.approx(rank, abs=4 / 400**0.5)


def test_only_the_chain_changes_and_never_its_baseline_or_an_effect(made) -> None:
    before = load_inputs("core_offer").parameters
    after = load_inputs("core_offer", parameter_files=[made.folder / written.PARAMETERS]).parameters

    moved = {key for key in before if after[key] != before[key]}
    assert moved == {one.key for one in made.fit.learnt}
    assert f"{CHAIN}looked_after_months_19_24" not in moved
    assert f"{CHAIN}early_help_to_child_in_need" in moved


def test_an_areas_own_numbers_stand_in_its_file_once(tmp_path: Path) -> None:
    made = written.chain_made("manchester", out=tmp_path, draws=600)
    text = (made.folder / written.PARAMETERS).read_text(encoding="utf-8")
    keys = [line.removesuffix(":") for line in text.splitlines() if line.startswith("outcomes.")]

    assert len(keys) == len(set(keys))
    assert f"{CHAIN}care_leaving" in keys
    assert "Published figures of Manchester" in text


def test_the_same_figures_and_seed_give_the_same_file(made, tmp_path: Path) -> None:
    again = written.chain_made("england", out=tmp_path, draws=1_000)

    assert again.folder.name == made.folder.name
