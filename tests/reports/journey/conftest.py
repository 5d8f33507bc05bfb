"""Two small runs that kept their journals: one that starts empty, one that was running before."""

import pytest

from familyflow.experiments.run import run
from familyflow.reports.journey.story import story_of
from familyflow.reports.journey.world import read_world

SMALL = ("appraisal.term_years=2", "appraisal.follow_up_years=2")
LEAVING = "service.team.turnover_per_year=0.9"  # so that posts fall vacant, and families are lost


@pytest.fixture(scope="session")
def empty_run(tmp_path_factory):
    out = tmp_path_factory.mktemp("empty")
    return run("core_offer", draws=2, sets=(*SMALL, LEAVING), seed=5, out=out, journal=True).folder


@pytest.fixture(scope="session")
def running_run(tmp_path_factory):
    out, sets = tmp_path_factory.mktemp("running"), (*SMALL, "appraisal.start=running")
    return run("core_offer", draws=2, sets=sets, seed=5, out=out, journal=True).folder


@pytest.fixture(scope="session")
def unstaffed_run(tmp_path_factory):
    out, sets = tmp_path_factory.mktemp("unstaffed"), (*SMALL, "service.team.key_workers=0")
    return run("core_offer", draws=2, sets=sets, seed=5, out=out, journal=True).folder


@pytest.fixture(scope="session")
def story(empty_run):
    return story_of(read_world(empty_run))


@pytest.fixture(scope="session")
def running_story(running_run):
    return story_of(read_world(running_run))


@pytest.fixture(scope="session", params=["empty", "running"])
def any_story(request, story, running_story):
    return {"empty": story, "running": running_story}[request.param]
