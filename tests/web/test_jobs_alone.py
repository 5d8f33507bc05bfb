"""The parts of jobs that need no worker: courses, paths in words, the table."""

import logging
import threading

import pytest
from tests.web.jobs_kit import until

from familyflow.problems import InputError, MachineError, Problem, RefusedError
from familyflow.web.jobs import lanes, table
from familyflow.web.jobs.book import Book
from familyflow.web.jobs.job import Job
from familyflow.web.jobs.jobs import Jobs
from familyflow.web.jobs.lanes import Lane
from familyflow.web.jobs.plans import Course, Step, corrected, guess, steps_of
from familyflow.web.jobs.process import Process
from familyflow.web.jobs.table import Table
from familyflow.web.jobs.told import FAULT, MACHINE, for_the_log, told_of, without_paths
from familyflow.web.settings import Limits

STEPS = [Step("begin", 1.0), Step("simulating", 4.0), Step("simulating", 4.0), Step("", 1.0)]


def course(slower=1.0):
    moments = [0.0]
    return Course(STEPS, slower, lambda: moments[0]), moments


def test_at_first_the_time_left_is_the_guess_for_this_machine_and_runs_down():
    of_job, moments = course(slower=2.0)
    assert of_job.seconds_left() == 20.0

    moments[0] = 5.0

    assert of_job.seconds_left() == 15.0


def test_the_pace_of_a_job_that_is_under_way_outweighs_the_guess():
    of_job, moments = course()
    moments[0] = 9.0
    of_job.tell("simulating one", 50, 100)  # 3 of 10 seconds guessed, in 9

    assert of_job.seconds_left() == pytest.approx(21.0)
    of_job.tell("simulating one", 100, 100)
    of_job.tell("simulating two", 0, 100)  # the second step of that name
    assert of_job.seconds_left() == pytest.approx(9.0)


def test_a_job_that_takes_longer_than_foreseen_has_no_time_left_to_tell():
    of_job, moments = course()
    of_job.tell("simulating one", 100, 100)
    of_job.tell("simulating two", 100, 100)

    moments[0] = 60.0

    assert of_job.seconds_left() is None


def test_a_step_that_was_not_foreseen_moves_nothing_on():
    of_job, moments = course()
    moments[0] = 9.0
    of_job.tell("simulating one", 50, 100)
    of_job.tell("something else", 1, 1)

    assert of_job.seconds_left() == pytest.approx(81.0)  # one of ten seconds guessed is through


def test_more_draws_options_teams_and_structures_are_guessed_to_take_longer():
    pair = {"scenarios": ["a", "b"], "draws": 100}

    assert guess("compare", pair) > guess("compare", {**pair, "structures": False})
    assert guess("compare", {**pair, "scenarios": ["a", "b", "c"]}) > guess("compare", pair)
    assert guess("compare", {**pair, "draws": 200}) > guess("compare", pair)
    many, few = (
        {"scenario": "a", "posts": [1, 2], "caps": [8.0, 9.0]},
        {"scenario": "a", "posts": [1]},
    )
    assert guess("staff", many) > guess("staff", few)
    assert all(guess(kind, pair) > 0.0 for kind in ("run", "sweep", "voi", "report"))
    assert steps_of("sweep", pair)[-1].name == ""


def test_a_guess_is_corrected_by_the_median_of_what_jobs_took():
    assert corrected(10.0, []) == 10.0
    assert corrected(10.0, [(1.0, 2.0), (1.0, 50.0), (2.0, 6.0)]) == 30.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/srv/out/.web/scenarios/0a/mine.yaml:3 is wrong", "mine.yaml:3 is wrong"),
        ("no scenario 'outputs/.web/scenarios/0a/b.yaml'", "no scenario 'b.yaml'"),
        ("another run holds /home/a/outputs/x_1 (process 4)", "another run holds x_1 (process 4)"),
        ("cost/benefit, and/or 1/2/3", "cost/benefit, and/or 1/2/3"),
    ],
)
def test_paths_are_told_by_the_name_at_their_end(text, told):
    assert without_paths(text) == told


def test_what_is_wrong_with_the_input_is_told_and_what_is_ours_is_not():
    wrong = InputError([Problem("/a/b/mine.yaml", 3, 5, "there is no 'x'", "Did you mean 'y'?"),
                        Problem("--draws", 0, 0, "it is 0", "Give more.")])  # fmt: skip

    assert told_of(wrong) == (
        [
            {"what": "mine.yaml, line 3: there is no 'x'", "to_do": "Did you mean 'y'?"},
            {"what": "it is 0", "to_do": "Give more."},
        ],
        True,
    )
    assert told_of(RefusedError("/a/b/run is held"))[0][0]["to_do"] == "run is held"
    assert told_of(MachineError("/secret is full")) == ([MACHINE], False)
    assert told_of(KeyError("secret")) == ([FAULT], False)


def test_the_log_says_where_a_fault_is_and_never_what_was_uploaded():
    def fail():
        raise KeyError("surname of a family")

    with pytest.raises(KeyError) as caught:
        fail()

    said = for_the_log(caught.value)
    assert "KeyError" in said
    assert "test_jobs_alone.py" in said
    assert "surname" not in said


def job(number, state="done"):
    return Job(f"{number:032x}", "run", {"scenario": "a"}, "s", "/", state, "2026-01-01T00:00:00")


def test_old_jobs_are_forgotten_but_none_that_still_waits(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MOST_KEPT", 3)
    kept = Table(tmp_path)
    kept.add(job(0, "waiting"))
    for number in range(1, 9):
        kept.add(job(number))

    assert [one.id for one in kept.recent(100)] == [job(n).id for n in (8, 7, 6, 0)]
    kept.close()


def test_a_table_that_is_no_table_is_the_machines_fault(tmp_path):
    (tmp_path / table.NAME).write_bytes(b"no table of jobs" * 100)

    with pytest.raises(MachineError, match="cannot be used"):
        Table(tmp_path)


class Waiting:
    """A desk at which one job waits for ever."""

    refused = 0

    def take(self):
        return None

    def refuse(self):
        self.refused += 1


def test_where_no_worker_is_to_be_had_what_waits_is_refused(monkeypatch, caplog):
    desk = Waiting()
    monkeypatch.setattr(lanes, "MOST_FALSE_STARTS", 1)
    monkeypatch.setattr("familyflow.web.jobs.process.MODULE", "familyflow.no_such_module")
    lane = Lane("broken", desk, 0)
    with caplog.at_level(logging.ERROR):
        lane.start()
        until(lambda: desk.refused)
        lane.end()

    assert "before it was ready" in caplog.text


class WatchingLane:
    """Notes whether another thread can have the book while a lane is asked to drop a job."""

    def __init__(self, book):
        self._book, self.was_free = book, []

    def look(self):
        """There is something new to do."""

    def drop(self, job_id):
        def have_it():
            got = self._book.held.acquire(timeout=2.0)
            self.was_free.append(got)
            if got:
                self._book.held.release()

        other = threading.Thread(target=have_it)
        other.start()
        other.join()


def test_no_lane_is_asked_while_the_book_is_held(tmp_path):
    jobs = Jobs(tmp_path, Limits())
    kept = Table(tmp_path)
    book = Book(kept, tmp_path, Limits())
    lane = WatchingLane(book)
    jobs._book, jobs._lanes = book, (lane,)

    job_id = jobs.ask("run", {"scenario": "core_offer", "draws": 2}, "one", "/")
    jobs.cancel(job_id)

    assert lane.was_free == [True]
    assert jobs.get(job_id).state == "stopped"
    kept.close()


def test_what_is_given_to_a_worker_that_has_gone_is_lost_with_it():
    heard = []
    worker = Process(0, lambda *event: heard.append(event))
    worker.kill()

    worker.give({"id": "x"})

    until(lambda: heard and heard[-1][1] is None)
