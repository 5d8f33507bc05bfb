"""A small bid that was really run, and what a reader finds in figures that were written."""

import json
import re
import shutil
from dataclasses import dataclass, replace

import pandas as pd
import pytest

import familyflow
from familyflow.reports.documents.kept import read_kept
from familyflow.reports.words import MINUS
from familyflow.store.manifest import fingerprints, manifest_text, read_manifest

DRAWS, SEED = 24, 11
FIGURES = 3  # significant ones that a written figure keeps
HOSTILE = (
    "=cmd|' /C calc'!A0<script>alert(1)</script>\x00\x1b\u202e\ud800\uffff & \"x\"\n"
    + "long " * 8_000
)


@dataclass(frozen=True)
class Ran:
    folder: object
    results: dict
    alt_text: dict


@pytest.fixture(scope="session")
def ran(made_once):
    folder = made_once("bid", ran_as("reaching_communities_bid"))
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    alt_text = json.loads((folder / "figures" / "alt_text.json").read_text(encoding="utf-8"))
    return Ran(folder, results, alt_text)


@pytest.fixture(scope="session")
def core(made_once):
    """The folder of a small run of the core offer."""
    return made_once("core", ran_as("core_offer"))


def ran_as(scenario):
    """What makes a small run of a scenario in a folder that it is given."""
    return lambda out: familyflow.run(scenario, draws=DRAWS, seed=SEED, out=out).folder


@pytest.fixture(scope="session")
def kept(ran):
    return read_kept(ran.folder)


@pytest.fixture(scope="session")
def hostile_run(ran, tmp_path_factory):
    """A sound run whose every name and note was written by somebody hostile."""
    folder = tmp_path_factory.mktemp("hostile") / "run"
    shutil.copytree(ran.folder, folder)
    results = json.loads(json.dumps(ran.results))
    for name in ("title", "question", "comparator"):
        results[name] = HOSTILE
    results["warnings"], results["not_monetised"] = [HOSTILE] * 30, [HOSTILE]
    for row in results["by_funder"]:
        row["funder"] = HOSTILE
    for row in results["by_agency"]:
        row["title"] = HOSTILE
    for row in results["posts"]:
        row["agency"] = row["role"] = HOSTILE
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    budget = pd.read_csv(folder / "tables" / "budget.csv")
    budget.loc[0, "heading"] = HOSTILE.replace("\ud800", "")  # no file of UTF-8 holds half of one
    budget.to_csv(folder / "tables" / "budget.csv", index=False)
    manifest = replace(read_manifest(folder), files=fingerprints(folder))
    (folder / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def with_money(kept):
    """What is kept, with some figures of money in place of its own."""

    def made(**figures):
        money = {**kept.results["money"], **figures}
        return replace(kept, results={**kept.results, "money": money})

    return made


def as_number(written):
    """The number that a reader takes from '£1.44 million', '5.8 weeks' or a loss of £0.51."""
    return _read(written)[0]


def says_the_same(written, exact):
    """Whether a written figure is the exact one, as closely as it is written."""
    number, step = _read(written)
    return number == pytest.approx(exact, rel=0.5 * 10 ** (1 - FIGURES), abs=0.5 * step)


def _read(written):
    """The number, and the step of its last place."""
    told = re.fullmatch(rf"({MINUS}?)£?([\d,]+)(\.\d+)?( million)?(?: weeks)?", written)
    assert told, written
    size = float(told[2].replace(",", "") + (told[3] or ""))
    step = 10.0 ** -len((told[3] or ".")[1:])
    if told[4]:  # £1 million has lost its noughts
        size, step = size * 1e6, 1e4
    return (-size if told[1] else size), step
