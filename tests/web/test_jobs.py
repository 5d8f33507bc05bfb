"""Jobs are done by real workers, one server to a folder, and told of in plain words."""

import os
import signal
import stat
from dataclasses import replace

import pytest
from tests.web.jobs_kit import (
    LIMITS,
    OPTIONS,
    at_work,
    ended,
    half_made,
    is_alive,
    large,
    small,
    until,
    workers_of,
)

from familyflow import api
from familyflow.problems import InputError, RefusedError
from familyflow.store import list_runs
from familyflow.web.jobs.jobs import Jobs, TooManyError

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(os.name == "nt", reason="workers are looked at as Linux and macOS do"),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("jobs") / "out"


@pytest.fixture(scope="module")
def jobs(out):
    made = Jobs(out, LIMITS)
    made.start()
    yield made
    pids = workers_of(made)
    made.stop()
    assert not any(is_alive(pid) for pid in pids)
    assert half_made(out) == []


def stopped(jobs, *ids):
    for job_id in ids:
        jobs.cancel(job_id)
    return [jobs.get(job_id).state for job_id in ids]


def test_a_comparison_has_a_first_answer_and_then_the_very_run_of_the_command_line(
    jobs, out, tmp_path
):
    job_id = jobs.ask("compare", small(), "one", "/comparisons/{run}")
    job = ended(jobs, job_id)
    until(lambda: jobs.get(job_id).rough)

    by_hand = api.compare(*OPTIONS, draws=2, seed=1, structures=False, out=tmp_path)

    assert (job.state, job.problems) == ("done", ())
    assert job.run == by_hand.folder.name
    kept = (out / job.run / "results.json").read_bytes()
    assert kept == (by_hand.folder / "results.json").read_bytes()
    assert jobs.get(job_id).rough == api.rough(*OPTIONS, seed=1)
    assert jobs.of_run(job.run).id == job_id
    assert job.ended_at >= job.asked_at


def test_files_stay_where_the_manifest_names_them_and_nobody_else_reads_them(jobs, out):
    files = {
        "mine.yaml": "extends: parent.yaml\ntitle: Mine\n",
        "parent.yaml": "extends: core_offer\ntitle: Parent\n"
        "set:\n  service.team.caseload_cap:\n    value: 9\n    because: a smaller caseload\n",
    }
    asked = small(scenarios=("core_offer", "mine.yaml"), files=files)

    job = ended(jobs, jobs.ask("compare", asked, "one", "/"))

    assert job.problems == ()
    kept = sorted((out / ".web" / "scenarios").rglob("*.yaml"))
    assert [file.name for file in kept] == ["mine.yaml", "parent.yaml"]
    assert str(kept[0]) in (out / job.run / "manifest.json").read_text()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in kept}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (out / ".web", kept[0].parent)}
    table = stat.S_IMODE((out / ".web" / "jobs.sqlite").stat().st_mode)
    assert (modes, folders, table) == ({0o600}, {0o700}, 0o600)


def test_mistakes_are_told_with_the_name_of_the_file_and_no_path(jobs, out):
    asked = small(
        scenarios=("core_offer", "mine.yaml"),
        files={"mine.yaml": "extends: core_offer\ntitle: T\nset:\n  no.such.number: 3\n"},
    )

    job = ended(jobs, jobs.ask("compare", asked, "one", "/"))

    assert job.state == "failed"
    assert job.problems[0]["what"].startswith("mine.yaml, line 4: ")
    assert not any(str(out) in text or ".web" in text for told in job.problems
                   for text in told.values())  # fmt: skip


def test_what_cannot_be_compared_is_refused_in_words(jobs):
    asked = small(scenarios=("core_offer", "reaching_communities_bid"))

    job = ended(jobs, jobs.ask("compare", asked, "one", "/"))

    assert job.state == "failed"
    assert job.problems[0]["what"] == "This cannot be done as asked"


def test_a_first_answer_does_not_wait_for_a_long_job_which_ends_at_once_when_it_is_stopped(
    jobs, out
):
    runs = list_runs(out)
    long = jobs.ask("compare", large(2), "one", "/")
    at_work(jobs, long)
    other = jobs.ask("compare", small(3), "another", "/")

    until(lambda: jobs.get(other).rough)

    assert jobs.get(long).state == "at work"
    assert jobs.get(long).seconds_left > 0.0
    assert jobs.get(other).state == "waiting"
    assert jobs.get(other).seconds_left is None
    assert (jobs.before(long), jobs.before(other)) == (0, 1)
    assert [job.id for job in jobs.recent(2)] == [other, long]
    assert half_made(out)
    pid = workers_of(jobs)[1]

    assert stopped(jobs, other, long) == ["stopped", "stopped"]

    assert not is_alive(pid)
    assert half_made(out) == []
    assert list_runs(out) == runs
    assert until(lambda: workers_of(jobs)[1] != pid)  # another stands in its place


def test_a_worker_that_is_killed_is_replaced_and_its_job_done(jobs):
    job_id = jobs.ask("compare", large(5), "one", "/")
    at_work(jobs, job_id)
    pid = workers_of(jobs)[1]

    os.kill(pid, signal.SIGKILL)

    until(lambda: workers_of(jobs)[1] != pid)
    until(lambda: jobs.get(job_id).state == "waiting" or jobs.get(job_id).stage)
    at_work(jobs, job_id)
    os.kill(workers_of(jobs)[1], signal.SIGKILL)
    job = ended(jobs, job_id)
    assert job.state == "failed"  # the second time it is not tried again
    assert "twice" in job.problems[0]["what"]


def test_each_may_have_a_few_jobs_and_everybody_some_more(jobs, monkeypatch):
    run = {"scenario": "core_offer", "draws": 2}
    # nothing is taken, so that what is asked for stays
    monkeypatch.setattr(jobs._book.table, "next_waiting", lambda: None)
    asked = [jobs.ask("run", run, "one", "/") for _ in range(LIMITS.waiting_each)]

    with pytest.raises(TooManyError):
        jobs.ask("run", run, "one", "/")
    others = range(LIMITS.waiting - LIMITS.waiting_each)
    asked += [jobs.ask("run", run, f"another {number}", "/") for number in others]
    with pytest.raises(TooManyError):
        jobs.ask("run", run, "one more", "/")

    assert set(stopped(jobs, *asked)) == {"stopped"}


def test_what_is_over_the_limits_is_refused_before_anything_is_kept(jobs):
    count = len(jobs.recent(1_000))

    for over in (
        small(draws=LIMITS.draws + 1),
        small(draws=0),
        small(scenarios=["core_offer"] * 5),
        small(files={"mine.yaml": "x" * (LIMITS.upload_bytes + 1)}),
        small(files={"../mine.yaml": ""}),
    ):
        with pytest.raises(InputError):
            jobs.ask("compare", over, "one", "/")
    with pytest.raises(ValueError, match="cannot be asked"):
        jobs.ask("compare", small(out="/elsewhere"), "one", "/")

    assert len(jobs.recent(1_000)) == count


def test_a_report_is_made_of_a_run_that_is_there(jobs, out):
    made = ended(jobs, jobs.ask("compare", small(), "one", "/"))
    job = ended(jobs, jobs.ask("report", {"run": made.run, "to": "xlsx"}, "one", "/"))
    nothing = ended(jobs, jobs.ask("report", {"run": "../out", "to": "xlsx"}, "one", "/"))

    assert (job.state, job.run) == ("done", made.run)
    assert list((out / made.run).rglob("*.xlsx"))
    assert nothing.state == "failed"


def test_a_second_server_in_the_same_folder_is_refused_in_a_plain_sentence(jobs, out):
    with pytest.raises(RefusedError, match="another server works in"):
        Jobs(out, LIMITS).start()

    assert jobs.recent(1)  # and the first goes on


def test_a_job_that_takes_longer_than_allowed_is_stopped_and_says_so(jobs, out, monkeypatch):
    monkeypatch.setattr(jobs._book, "limits", replace(LIMITS, seconds=0.5))

    job = ended(jobs, jobs.ask("compare", large(7), "one", "/"))

    assert job.state == "failed"
    assert "the most that is allowed" in job.problems[0]["what"]
    until(lambda: not half_made(out))


def test_an_estimate_grows_with_the_draws_and_is_corrected_by_what_jobs_took(jobs):
    asked = small(draws=1_000)
    before = jobs.estimate("voi", asked)
    assert before > jobs.estimate("voi", small(draws=100)) > 0.0

    jobs._book.table.note_time("voi", guessed=10.0, took=30.0)

    assert jobs.estimate("voi", asked) == pytest.approx(3.0 * before)


def test_nothing_is_told_by_jobs_that_were_not_started(tmp_path):
    with pytest.raises(RuntimeError, match="has not been started"):
        Jobs(tmp_path, LIMITS).get("0" * 32)
