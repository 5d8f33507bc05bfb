"""A driver that is asked to stop takes no new work, keeps what is finished, and leaves nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.experiments.points.toys import OUTPUTS, ROOT, points, smooth

from familyflow.experiments.points import evaluate_points

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops processes by signals")

DRIVER = """
import signal, sys
from pathlib import Path
from tests.experiments.points.toys import OUTPUTS, points, slow
from familyflow.experiments.points import evaluate_points
def interrupt(number, frame):
    raise KeyboardInterrupt
for number in (signal.SIGTERM, signal.SIGHUP):  # as the command line does
    signal.signal(number, interrupt)
try:
    evaluate_points(points(900), slow, OUTPUTS, Path(sys.argv[1]), workers=int(sys.argv[2]),
                    progress=lambda stage, done, of: print(done, flush=True))
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_driver_that_is_asked_to_stop_keeps_what_is_finished_and_leaves_no_worker(
    tmp_path: Path, workers: int, name: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path / "a"), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'model'}"},
        start_new_session=True,
    ) as driver:
        assert driver.stdout is not None
        assert driver.stderr is not None
        told = [driver.stdout.readline() for _ in range(4)]
        # to all of them, as a terminal does
        os.killpg(driver.pid, getattr(signal, name))
        told += driver.stdout.read().splitlines()
        complaints = driver.stderr.read()

    *counts, last = told
    assert last == "stopped"
    assert complaints == ""
    held = len(list((tmp_path / "a").glob("*.block")))
    assert int(counts[-1]) <= 10 * held < 900
    assert list((tmp_path / "a").glob(".*")) == []
    assert not _group_is_there(driver.pid)
    found = evaluate_points(points(900), smooth, OUTPUTS, tmp_path / "a")
    assert found.outputs.tobytes() == smooth(0, points(900).places).tobytes()


def _group_is_there(group: int) -> bool:
    """Whether a process of the group is left after a while (their parent counts shared things)."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.02)
    return True
