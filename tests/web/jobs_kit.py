"""What tests of jobs share: small comparisons, and waiting for what is to come."""

import subprocess
import sys
import time
from pathlib import Path

from familyflow.web.settings import Limits

LIMITS = Limits(waiting_each=3)
OPTIONS = ("core_offer", "grant_cut_20")
SLOWEST = 300.0  # seconds after which what a test waits for is not coming any more


def small(seed=1, draws=2, scenarios=OPTIONS, **more):
    """A comparison of a moment."""
    return {
        "scenarios": list(scenarios),
        "draws": draws,
        "seed": seed,
        "structures": False,
        **more,
    }


def large(seed=1):
    """A comparison that is at work for long enough to be stopped."""
    return small(seed, draws=2_000)


def until(is_so):
    """Wait until it is so; what it is then."""
    given_up = time.monotonic() + SLOWEST
    while not (found := is_so()):
        assert time.monotonic() < given_up, "waited in vain"
        time.sleep(0.05)
    return found


def ended(jobs, job_id):
    """The job once it is over."""

    def over():
        job = jobs.get(job_id)
        return None if job.is_going_on else job

    return until(over)


def at_work(jobs, job_id):
    """The job once it has told how far it is."""
    return until(lambda: (job := jobs.get(job_id)).stage and job)


def workers_of(jobs):
    """The processes of the quick lane and of the main one, once both stand."""
    return until(
        lambda: (
            all(lane.worker for lane in jobs._lanes) and [lane.worker.pid for lane in jobs._lanes]
        )
    )


def is_alive(pid):
    """Whether a process of that number is there and at work: one that nobody waits for is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def half_made(out):
    """What a run in the making leaves in the folder of runs."""
    return [path.name for path in out.glob(".*.partial")]


def served(out, *asked):
    """A server's jobs in a process of their own, which says a line for each job it was asked."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("jobs_server.py")), str(out), *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
