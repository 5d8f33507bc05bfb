"""A Dask scheduler and its workers, real ones on this machine, leave the bytes of one process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest
from tests.experiments.points.toys import OUTPUTS, ROOT, Bad, points, slow, smooth

from familyflow.experiments.points import evaluate_points
from familyflow.experiments.points.points import Floats
from familyflow.problems import InputError, MachineError, RefusedError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")

WANTED = smooth(0, points().places).tobytes()
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'model'}",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False",
}


@contextmanager
def _dask(folder: Path, *words: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster that ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words, "--no-dashboard"],
        env={**ENVIRONMENT, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without workers."""
    folder = tmp_path_factory.mktemp("scheduler")
    told = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    with _dask(folder, "scheduler", *words):
        yield _address(told)


def _address(told: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return str(json.loads(told.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


@contextmanager
def _workers(
    address: str, folder: Path, *, nanny: bool = False, **variables: str
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers."""
    words = ("worker", address, "--nthreads", "1", "--nanny" if nanny else "--no-nanny")
    with ExitStack() as stack:
        yield [stack.enter_context(_dask(folder, *words, **variables)) for _ in range(2)]


def test_a_cluster_leaves_the_bytes_of_one_process(scheduler: str, tmp_path: Path) -> None:
    bad = Bad(raises=(4, 33))
    alone = evaluate_points(points(), bad, OUTPUTS, tmp_path / "alone")

    with _workers(scheduler, tmp_path):
        found = evaluate_points(points(), bad, OUTPUTS, tmp_path / "many", cluster=scheduler)

    assert found.outputs.tobytes() == alone.outputs.tobytes()
    assert found.quarantined == alone.quarantined
    blocks = sorted((tmp_path / "alone").glob("*.block"))
    assert len(blocks) == 5
    for block in blocks:
        assert (tmp_path / "many" / block.name).read_bytes() == block.read_bytes()


def test_a_worker_killed_midway_costs_nothing_but_time(scheduler: str, tmp_path: Path) -> None:
    killed: list[int] = []

    with _workers(scheduler, tmp_path) as workers:

        def kill_one(stage: str, done: int, of: int) -> None:
            if done >= 100 and not killed:
                workers[0].kill()
                killed.append(workers[0].wait())

        found = evaluate_points(
            points(400), slow, OUTPUTS, tmp_path / "a", cluster=scheduler, progress=kill_one
        )

    assert killed == [-signal.SIGKILL]
    assert found.outputs.tobytes() == smooth(0, points(400).places).tobytes()
    assert found.quarantined == ()


def test_a_point_that_ends_workers_of_a_cluster_is_found(scheduler: str, tmp_path: Path) -> None:
    asked = points(6, block=2)
    with _workers(scheduler, tmp_path, nanny=True):
        found = evaluate_points(asked, Bad(kills=(3,)), OUTPUTS, tmp_path / "a", cluster=scheduler)

    assert [each.point for each in found.quarantined] == [3]
    wanted = smooth(0, asked.places)
    wanted[3] = np.nan
    assert found.outputs.tobytes() == wanted.tobytes()


STOPPED = """
import sys
from pathlib import Path
from tests.experiments.points.toys import OUTPUTS, points, slow
from familyflow.experiments.points import evaluate_points
evaluate_points(points(900), slow, OUTPUTS, Path(sys.argv[1]), cluster=sys.argv[2],
                progress=lambda stage, done, of: print(done, flush=True))
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_a_driver_that_ends_keeps_what_is_finished(
    scheduler: str, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "a"
    with (
        _workers(scheduler, tmp_path),
        subprocess.Popen(
            [sys.executable, "-c", STOPPED, str(folder), scheduler],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=ENVIRONMENT,
        ) as driver,
    ):
        assert driver.stdout is not None
        told = [driver.stdout.readline() for _ in range(4)]
        driver.send_signal(getattr(signal, name))
        told += driver.stdout.read().splitlines()

    held = len(list(folder.glob("*.block")))
    assert int(told[-1]) <= 10 * held < 900
    # and one process goes on from there
    found = evaluate_points(points(900), smooth, OUTPUTS, folder)
    assert found.outputs.tobytes() == smooth(0, points(900).places).tobytes()


def test_workers_with_other_code_are_refused_and_both_are_named(
    scheduler: str, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    # their familyflow is a copy that somebody changed
    subprocess.run(["cp", "-r", str(ROOT / "model" / "familyflow"), str(other)], check=True)
    with (other / "familyflow" / "luck.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    paths = f"{ROOT}{os.pathsep}{other}"

    with (
        _workers(scheduler, tmp_path, PYTHONPATH=paths),
        pytest.raises(RefusedError, match=r"familyflow [0-9a-f]{10} \(here [0-9a-f]{10}\)"),
    ):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", cluster=scheduler)

    assert list((tmp_path / "a").glob("*")) == []


def test_a_scheduler_without_workers_is_told(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("familyflow.experiments.points.cluster.SECONDS_TO_MEET", 1)

    with pytest.raises(MachineError, match="has no workers"):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", cluster=scheduler)


@pytest.mark.long
def test_a_scheduler_that_goes_away_is_told_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    told = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    with (
        _dask(tmp_path, "scheduler", *words) as process,
        _workers(address := _address(told), tmp_path),
    ):

        def kill(stage: str, done: int, of: int) -> None:
            if done == 100:
                process.kill()

        with pytest.raises(MachineError, match="went away"):
            evaluate_points(
                points(900), slow, OUTPUTS, tmp_path / "a", cluster=address, progress=kill
            )

    assert len(list((tmp_path / "a").glob("*.block"))) >= 10
    found = evaluate_points(points(900), smooth, OUTPUTS, tmp_path / "a")
    assert found.outputs.tobytes() == smooth(0, points(900).places).tobytes()


def test_no_scheduler_is_told_with_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("familyflow.experiments.points.cluster.SECONDS_TO_MEET", 1)

    with pytest.raises(MachineError, match="no scheduler answers at tcp://127"):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", cluster="tcp://127.0.0.1:9")


def test_an_address_that_is_none_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--cluster"):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", cluster="nowhere://there")


def test_without_dask_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(MachineError, match=r"pip install 'familyflow\[cluster\]'"):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", cluster="tcp://127.0.0.1:1")


def test_finished_work_asks_no_cluster(tmp_path: Path) -> None:
    evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a")

    found = evaluate_points(points(), _never, OUTPUTS, tmp_path / "a", cluster="tcp://127.0.0.1:9")

    assert found.outputs.tobytes() == WANTED


def _never(first: int, places: Floats) -> Floats:
    raise AssertionError
