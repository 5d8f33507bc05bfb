"""One world of a run: the rows it kept, or the same ones simulated again, or a refusal."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from familyflow.experiments.one_world import one_world
from familyflow.experiments.run import run
from familyflow.problems import InputError, RefusedError
from familyflow.store import read_manifest
from familyflow.store.manifest import manifest_text

SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2")


@pytest.fixture(scope="module")
def without_journal(tmp_path_factory):
    return run(
        "core_offer", draws=3, sets=SMALL, workers=1, out=tmp_path_factory.mktemp("a")
    ).folder


@pytest.fixture(scope="module")
def with_journal(tmp_path_factory):
    out = tmp_path_factory.mktemp("b")
    return run("core_offer", draws=3, sets=SMALL, workers=1, out=out, journal=True).folder


@pytest.fixture
def copied(without_journal, tmp_path):
    return shutil.copytree(without_journal, tmp_path / "run")


def rewrite(folder, **changes):
    manifest = replace(read_manifest(folder), **changes)
    (folder / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")


@pytest.mark.whole
def test_a_world_simulated_again_is_the_world_that_the_journal_kept(without_journal, with_journal):
    again = one_world(without_journal, read_manifest(without_journal))
    kept = one_world(with_journal, read_manifest(with_journal))

    assert min(len(arm) for arm in kept) > 1_000
    for ours, theirs in zip(again, kept, strict=True):
        assert np.array_equal(ours, theirs)


def test_a_run_of_other_code_is_not_simulated_again(copied):
    rewrite(copied, source="0" * 64)

    with pytest.raises(RefusedError, match="another version of the model's code"):
        one_world(copied, read_manifest(copied))


def test_a_run_of_other_numbers_is_not_simulated_again(copied):
    inputs = read_manifest(copied).inputs
    key = "service.team.turnover_per_year"
    changed = {**inputs["parameters"][key], "value": 0.5}
    rewrite(copied, inputs={**inputs, "parameters": {**inputs["parameters"], key: changed}})

    with pytest.raises(RefusedError, match=key):
        one_world(copied, read_manifest(copied))


def test_a_damaged_run_is_not_simulated_again(copied):
    (copied / "draws.parquet").write_bytes(b"nothing")

    with pytest.raises(InputError, match="damaged"):
        one_world(copied, read_manifest(copied))


def test_a_kept_world_is_shown_whatever_code_made_it(with_journal, tmp_path):
    folder = shutil.copytree(with_journal, tmp_path / "run")
    rewrite(folder, source="0" * 64)

    assert len(one_world(folder, read_manifest(folder))[1])
