"""A run is the same, byte for byte, by either engine, on any number of threads or processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from familyflow.compiled import kept_code
from familyflow.experiments import blocks, sampling
from familyflow.experiments.engines import warm
from familyflow.experiments.run import run
from familyflow.problems import InputError

FEW_FAMILIES = "families.referrals.suitable_per_year=30"
SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2", FEW_FAMILIES)
BID = ("appraisal.term_years=1", "appraisal.follow_up_years=1", "appraisal.warm_up_weeks=30",
       FEW_FAMILIES)  # fmt: skip


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if path.name != "manifest.json"
    }


def _by(engine: str, out: Path, scenario: str = "core_offer", sets=SMALL, **settings):
    settings = {"draws": 4, "workers": 1, **settings}
    return _bytes(run(scenario, engine=engine, sets=sets, out=out / engine, **settings).folder)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("scenario", "sets", "settings"),
    [
        ("core_offer", SMALL, {"journal": True, "workers": 2}),
        ("core_offer", SMALL, {"replications": 2, "months": True, "draws": 3}),
        ("reaching_communities_bid", BID, {"draws": 3, "journal": True}),
        ("no_service", SMALL, {"draws": 2, "common_luck": True}),
    ],
)
def test_both_engines_leave_the_same_bytes(tmp_path, scenario, sets, settings):
    readable = _by("simpy", tmp_path, scenario, sets, **settings)
    compiled = _by("compiled", tmp_path, scenario, sets, **settings)

    assert readable.keys() == compiled.keys()
    assert [name for name in readable if readable[name] != compiled[name]] == []


@pytest.mark.whole
def test_threads_move_no_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(sampling, "LEAST_TWICE", 3)
    runs = [
        _by("compiled", tmp_path / str(threads), draws=7, workers=threads, journal=True)
        for threads in (1, 2, 4)
    ]

    assert runs[0] == runs[1] == runs[2]


@pytest.mark.whole
def test_blocks_move_nothing_but_the_last_digits_of_means(tmp_path, monkeypatch):
    whole = run("core_offer", engine="compiled", draws=7, sets=SMALL, out=tmp_path / "whole")
    for module in (blocks, sampling):
        monkeypatch.setattr(module, "BLOCK", 3)
    cut = run("core_offer", engine="compiled", draws=7, sets=SMALL, out=tmp_path / "cut")

    for part in ("flow", "money"):
        for name, figure in whole.results[part].items():
            for key in ("mean", "low", "high"):
                a, b = figure.get(key), cut.results[part][name].get(key)
                assert (a is None) == (b is None)
                assert a is None or np.isclose(a, b, rtol=1e-12, atol=1e-9)


def test_an_engine_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(InputError, match="no engine 'abacus'"):
        run("core_offer", engine="abacus", out=tmp_path)


@pytest.mark.whole
def test_once_warm_the_engine_has_all_that_a_run_calls():
    said: list[str] = []
    made = warm(said.append)

    assert made.folder == kept_code.lasting_folder()
    assert kept_code.is_compiled()
    assert len(said) == made.was_compiled
    again = warm(said.append)
    assert not again.was_compiled
    assert len(said) == made.was_compiled
