"""Jobs outlive their server, however it ends, and workers do not."""

import json
import os

import pytest
from tests.web.jobs_kit import (
    LIMITS,
    at_work,
    ended,
    half_made,
    is_alive,
    large,
    served,
    small,
    until,
    workers_of,
)

from familyflow.web.jobs.jobs import Jobs
from familyflow.web.jobs.table import Table
from familyflow.web.settings import KEPT

pytestmark = [
    pytest.mark.whole,
    pytest.mark.long,
    pytest.mark.skipif(os.name == "nt", reason="workers are looked at as Linux and macOS do"),
]


def test_jobs_outlive_a_server_that_is_killed_and_one_that_is_stopped(tmp_path):
    with served(tmp_path, json.dumps(small(draws=200)), json.dumps(small(2))) as server:
        told = json.loads(server.stdout.readline())
        first, second = told["ids"]
        assert json.loads(server.stdout.readline())["at_work"] == [first]
        server.kill()
    until(lambda: not any(is_alive(pid) for pid in told["workers"]))
    assert half_made(tmp_path)  # nobody was left to remove it

    jobs = Jobs(tmp_path, LIMITS)
    jobs.start()
    try:
        assert [ended(jobs, job_id).state for job_id in (first, second)] == ["done", "done"]
        assert half_made(tmp_path) == []
        third = jobs.ask("compare", large(3), "one", "/")
        at_work(jobs, third)
        assert half_made(tmp_path)
        workers = workers_of(jobs)
    finally:
        jobs.stop()

    assert not any(is_alive(pid) for pid in workers)
    assert half_made(tmp_path) == []
    table = Table(tmp_path / KEPT)
    assert [job.id for job in table.going_on() if job.state == "waiting"] == [third]
    table.close()
