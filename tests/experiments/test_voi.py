"""What knowing more is worth, through the real simulation: bounds, nulls and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from familyflow.experiments.experiment import Experiment
from familyflow.experiments.information.expected import Expected
from familyflow.experiments.information.kept_blocks import KeptBlocks
from familyflow.experiments.information.told import Scale
from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.voi import is_too_rough, studies_in, voi
from familyflow.parameters.draws import base_values
from familyflow.problems import InputError
from familyflow.reports.knowing import knowing_text

DRAWS, SEED = 60, 1


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Two options and doing nothing."""
    out = tmp_path_factory.mktemp("voi")
    names = ["core_offer", "grant_cut_20", "no_service"]
    return voi(names, draws=DRAWS, seed=SEED, out=out, workers=2)


def test_nothing_is_worth_less_than_nothing_or_more_than_everything(found: Experiment) -> None:
    evpi = found.results["evpi"]

    assert evpi["value"] >= 0.0
    for row in (*found.results["evppi"], *found.results["evppi_groups"]):
        assert 0.0 <= row["value"] <= evpi["value"] + 2.0 * (evpi["se"] + row["se"]), row


def test_the_raw_best_of_noisy_values_stands_above(found: Experiment) -> None:
    evpi = found.results["evpi"]

    assert evpi["raw"]["value"] > evpi["value"]
    assert evpi["split"]["value"] <= evpi["raw"]["value"]


def test_every_number_that_is_drawn_is_asked_about_once(found: Experiment) -> None:
    asked = [row["parameter"] for row in found.results["evppi"]]

    assert len(asked) == len(set(asked)) > 100
    assert "outcomes.effects.care_ratio" in asked
    assert "unit_costs.children_social_care.foster_week" in asked


def test_a_study_of_nobody_is_worth_nothing_and_costs_nothing(found: Experiment) -> None:
    for study in found.results["evsi"]:
        none = study["sizes"][0]
        assert none["families_per_arm"] == none["evsi"] == none["cost"] == none["net_benefit"] == 0


def test_a_study_is_worth_no_more_than_what_it_informs(found: Experiment) -> None:
    for study in found.results["evsi"]:
        for size in study["sizes"]:
            assert size["evsi"] <= study["evppi"] + 2.0 * size["se"] + 1e-9


def test_the_file_named_voi_holds_what_is_told(found: Experiment) -> None:
    held = json.loads((found.folder / "voi.json").read_text(encoding="utf-8"))

    assert held == found.results
    for key in ("evpi", "evppi", "evsi"):
        assert held[key]


def test_value_grows_with_the_services_that_follow_it() -> None:
    values = dict(base_values(load_inputs("core_offer").parameters))
    nothing = np.zeros((4, 2))
    expected = Expected(("a",), nothing, nothing, nothing, None, nothing + 350.0, nothing[0], 2)

    one = Scale(expected, values)
    ten = Scale(expected, {**values, "decision.services": 10.0})

    assert ten.of(1_000.0) == pytest.approx(10.0 * one.of(1_000.0))
    assert one.per_year == 70.0  # 350 families in a term of five years
    assert 0.0 < one.of(1_000.0, after_months=36) < one.of(1_000.0)


def test_an_option_against_itself_leaves_nothing_to_know(tmp_path: Path) -> None:
    same = voi(["core_offer", "core_offer"], draws=50, seed=SEED, out=tmp_path, workers=2)

    evpi = same.results["evpi"]
    assert evpi["value"] == evpi["raw"]["value"] == 0.0
    assert all(row["value"] == 0.0 for row in same.results["evppi"])


def test_too_few_draws_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too few"):
        voi(["core_offer", "no_service"], draws=10, out=tmp_path)

    assert not list(tmp_path.iterdir())


def test_blocks_set_aside_come_back_in_order() -> None:
    rng = np.random.default_rng(1)
    blocks = [rng.normal(size=(3, 2, 2, 4, 2, 5)) for _ in range(3)]

    with KeptBlocks() as kept:
        for number, block in enumerate(blocks):
            kept.add(3 * number, block)
        twice = [list(kept), list(kept)]

    for back in twice:
        assert [first for first, _ in back] == [0, 3, 6]
        for (_, one), block in zip(back, blocks, strict=True):
            np.testing.assert_array_equal(one, block.mean(axis=1))


def test_studies_have_children_by_the_make_up_of_families(found: Experiment) -> None:
    values = base_values(load_inputs("core_offer").parameters)
    studies, titles = studies_in(values)

    shares = values["families.make_up.children"]
    assert isinstance(shares, dict)
    children = sum(int(number) * share for number, share in shares.items())
    assert {study.children_per_family for study in studies} == {children}
    assert titles == [study["study"] for study in found.results["evsi"]]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"base_risk": "nope.key"}, "base_risk"),
        ({"base_risk": "service.team.central_posts"}, "base_risk"),
        ({"informs": "nope.key"}, "informs"),
        ({"families_per_arm": "abc"}, "families_per_arm"),
        ({"cost_fixed": -5}, "cost_fixed"),
        ({"share_followed_up": 0}, "share_followed_up"),
        ({"months_until_report": None}, "months_until_report"),
    ],
)
def test_a_study_that_cannot_be_is_refused_before_anything_runs(
    row: dict[str, object], told: str, tmp_path: Path
) -> None:
    study = {
        "name": "ours", "informs": "outcomes.effects.care_ratio",
        "base_risk": "outcomes.escalation.looked_after_months_19_24", "families_per_arm": 100,
        "share_followed_up": 0.8, "intra_family_correlation": 0.3, "cost_fixed": 60000,
        "cost_per_family": 250, "months_until_report": 36, **row,
    }  # fmt: skip
    sets = [f"decision.studies={json.dumps([study])}"]

    with pytest.raises(InputError, match=told):
        voi(["core_offer", "no_service"], draws=50, sets=sets, out=tmp_path)

    assert not list(tmp_path.iterdir())


def test_families_to_come_are_those_of_options_that_run_a_service() -> None:
    values = dict(base_values(load_inputs("core_offer").parameters))
    nothing = np.zeros((4, 3))
    families = np.tile([350.0, 350.0, 0.0], (4, 1))

    scale = Scale(
        Expected(("a",), nothing, nothing, nothing, None, families, nothing[0], 2), values
    )

    assert scale.in_a_term == 350.0


def test_a_page_of_noise_says_that_it_cannot_tell_and_gives_no_values(found: Experiment) -> None:
    rough, clear = (
        knowing_text({**found.results, "too_rough": is_rough}) for is_rough in (True, False)
    )

    assert "cannot tell what knowing more is worth" in rough
    assert "EVPPI" not in rough
    assert "Is it worth it" not in rough
    assert "Is it worth it: a comparison group" in clear


@pytest.mark.parametrize(
    ("r2", "raw", "value", "se", "rough"),
    [
        (0.3, 9.0, 4.0, 1.0, False),
        (-0.2, 9.0, 4.0, 1.0, True),  # nothing is foretold
        (0.3, 9.0, 4.0, 3.0, True),  # two standard errors are more than the worth
        (-0.2, 0.0, 0.0, 0.0, False),  # no option ever leads but one
    ],
)
def test_values_are_too_rough_where_chance_hides_them(
    r2: float, raw: float, value: float, se: float, rough: bool
) -> None:
    told = {
        "fit": {"r2": {"a": r2, "nothing": 0.0}},
        "mean": {"a": -5.0, "nothing": 0.0},
        "evpi": {"raw": {"value": raw}, "value": value, "se": se},
    }

    assert is_too_rough(told) is rough
