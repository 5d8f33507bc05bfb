"""Finished runs that tests of several files read: made by whichever worker asks first.

Each worker reads a copy of its own, for documents are written into the folder of a run.
"""

import os
import shutil
import time
from contextlib import ExitStack

import pytest

from familyflow.problems import RefusedError
from familyflow.store.lock import lock

WAIT = 0.2  # seconds between two looks at whether another worker is through


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A function of a name and of what makes the run in a given folder and returns its folder."""
    base = tmp_path_factory.getbasetemp()
    # the workers' folders stand in one of this session; without workers that is ours already
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made_once"
    shared.mkdir(exist_ok=True)

    def made(name, make):
        out, told = shared / name, shared / f"{name}.done"
        while not told.exists():
            with ExitStack() as held:
                try:
                    held.enter_context(lock(shared, name))
                except RefusedError:  # another worker is at it
                    time.sleep(WAIT)
                    continue
                if not told.exists():
                    shutil.rmtree(out, ignore_errors=True)  # what a worker that ended left
                    told.write_text(make(out).relative_to(out).as_posix(), encoding="utf-8")
        own = tmp_path_factory.mktemp(name, numbered=True) / "out"
        return shutil.copytree(out, own) / told.read_text(encoding="utf-8")

    return made
