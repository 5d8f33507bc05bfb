"""Two finished runs of shipped scenarios, small, and their workbooks."""

import pytest
from tests.reports.workbook.changes import SCENARIOS

from familyflow.experiments.run import run
from familyflow.reports.workbook import workbook_bytes

DRAWS, SEED = 20, 3  # draws: so many that how sure it is can be told


@pytest.fixture(scope="session")
def kept_runs(made_once):
    """The folder of a run by scenario."""

    def make(name):
        return made_once(
            f"workbook_{name}",
            lambda out: run(name, draws=DRAWS, seed=SEED, workers=1, out=out).folder,
        )

    return {name: make(name) for name in SCENARIOS}


@pytest.fixture(scope="session")
def contents(kept_runs):
    """The workbook of a run by scenario."""
    return {name: workbook_bytes(folder) for name, folder in kept_runs.items()}


@pytest.fixture(scope="session")
def unstaffed(made_once):
    """The folder of a run in which nobody is taken on, so that no family ends as planned."""
    sets = ("service.team.key_workers=0",)
    return made_once(
        "workbook_unstaffed",
        lambda out: run("core_offer", sets=sets, draws=4, seed=SEED, workers=1, out=out).folder,
    )
