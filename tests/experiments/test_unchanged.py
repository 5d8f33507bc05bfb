"""A run is done again only from the inputs it was made of."""

import json
from types import SimpleNamespace

import pytest

from familyflow.experiments.inputs import Settings
from familyflow.experiments.kept_run import choices_of
from familyflow.experiments.run import inputs_of
from familyflow.experiments.unchanged import refuse_changed_inputs
from familyflow.problems import RefusedError

KEY = "unit_costs.children_social_care.foster_week"


@pytest.fixture
def kept(tmp_path):
    """What a manifest says of a run with a parameter file, and the file."""
    file = tmp_path / "own.yaml"
    file.write_text(f"{KEY}: {{value: 1200, price_year: 2025/26, because: x}}\n", encoding="utf-8")
    asked = {
        "scenario": "core_offer", "draws": 1, "replications": 1, "seed": 1, "common_luck": False,
        "sets": ["appraisal.term_years=1"], "parameter_files": [str(file)],
    }  # fmt: skip
    made_of = inputs_of(choices_of(asked).resolve(), Settings(1, 1, 1))
    held = json.loads(json.dumps(made_of))
    return SimpleNamespace(run_id="core_offer-1", asked=asked, inputs=held), file


def test_a_run_whose_inputs_stand_is_done_again(kept):
    refuse_changed_inputs(kept[0])


def test_a_run_whose_parameter_file_changed_is_refused_by_the_key(kept):
    manifest, file = kept
    file.write_text(file.read_text().replace("1200", "1300"))

    with pytest.raises(RefusedError, match=rf"changed since \({KEY}\)"):
        refuse_changed_inputs(manifest)


def test_a_reason_may_change(kept):
    manifest, file = kept
    file.write_text(file.read_text().replace("because: x", "because: Our own books"))

    refuse_changed_inputs(manifest)


def test_a_key_may_be_set_again_in_a_later_pricing(kept):
    first = kept[0].asked
    asked = {
        "reprice": "core_offer-1", "first": first,
        "sets": ["appraisal.term_years=2"], "parameter_files": [],
    }  # fmt: skip

    assert choices_of(asked).resolve().parameters["appraisal.term_years"].value == 2
