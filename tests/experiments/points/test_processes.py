"""Workers may end at any moment: only what they were at is done again."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.experiments.points.toys import OUTPUTS, Bad, points, slow, smooth

from familyflow.experiments.points import evaluate_points, processes
from familyflow.experiments.points.points import Floats
from familyflow.problems import MachineError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")

WANTED = smooth(0, points().places)
KILLED = "its worker was ended 3 times"


def _same(found: Floats, wanted: Floats = WANTED) -> bool:
    return found.tobytes() == wanted.tobytes()


def _journal(folder: Path) -> str:
    return (folder / "points.journal").read_text(encoding="utf-8")


def _blocks(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.block")}


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_leaves_the_bytes_of_one(tmp_path: Path, workers: int) -> None:
    for name, count in (("one", 1), ("more", workers)):
        bad = Bad(raises=(4, 33))
        found = evaluate_points(points(), bad, OUTPUTS, tmp_path / name, workers=count)
        assert [each.point for each in found.quarantined] == [4, 33]

    one, more = _blocks(tmp_path / "one"), _blocks(tmp_path / "more")
    assert len(one) == 5
    assert one == more


@pytest.mark.parametrize("victims", [1, 2])
def test_workers_killed_from_outside_cost_only_what_they_were_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, victims: int
) -> None:
    started: list[int] = []
    start = processes._start

    def noted(evaluate: bytes, outputs: int) -> Any:
        worker = start(evaluate, outputs)
        started.append(worker.process.pid)
        return worker

    monkeypatch.setattr(processes, "_start", noted)

    def kill_some(stage: str, done: int, of: int) -> None:
        if done == 10:
            for pid in started[:victims]:
                os.kill(pid, signal.SIGKILL)

    folder = tmp_path / "a"
    found = evaluate_points(points(), slow, OUTPUTS, folder, workers=2, progress=kill_some)

    assert _same(found.outputs)
    assert found.quarantined == ()
    assert len(started) == 2 + victims  # as many as were killed were started anew
    assert _journal(folder).count("worker ended") <= victims
    assert len(list(folder.glob("*.block"))) == _journal(folder).count('"kept"') == 5


def test_a_worker_that_ends_while_it_is_idle_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    start = processes._start

    def noted(evaluate: bytes, outputs: int) -> Any:
        started.append(start(evaluate, outputs))
        return started[-1]

    monkeypatch.setattr(processes, "_start", noted)

    def kill_last(stage: str, done: int, of: int) -> None:
        # it got the next piece before this was told: idle as soon as that is answered too
        if started and len(started) < 3 and not started[-1].pipe.closed:
            assert started[-1].pipe.poll(60)
            started[-1].process.kill()
            started[-1].process.join()

    found = evaluate_points(
        points(), smooth, OUTPUTS, tmp_path / "a", seconds_a_point=60.0, progress=kill_last
    )

    assert _same(found.outputs)
    assert len(started) == 3
    assert "worker ended" not in _journal(tmp_path / "a")  # no piece is to blame


def test_a_point_that_ends_its_worker_is_found_and_the_others_go_on(tmp_path: Path) -> None:
    bad, told = Bad(kills=(6, 7)), list[int]()
    found = evaluate_points(
        points(8, block=4),
        bad,
        OUTPUTS,
        tmp_path / "a",
        workers=2,
        progress=lambda stage, done, of: told.append(done),
    )

    assert told == [0, 4, 8]  # parts of a block are not finished
    assert [(each.point, each.reason) for each in found.quarantined] == [(6, KILLED), (7, KILLED)]
    wanted = smooth(0, points(8).places)
    wanted[[6, 7]] = np.nan
    assert _same(found.outputs, wanted)
    # and no worker is ended for it again
    lines = _journal(tmp_path / "a").count("worker ended")
    again = evaluate_points(points(12, block=4), bad, OUTPUTS, tmp_path / "a", workers=2)
    assert again.quarantined == found.quarantined
    assert _journal(tmp_path / "a").count("worker ended") == lines


def test_a_point_that_never_ends_is_found_in_the_time_it_is_given(tmp_path: Path) -> None:
    asked = points(12, block=3)
    bad = Bad(hangs=(4,))

    found = evaluate_points(asked, bad, OUTPUTS, tmp_path / "a", seconds_a_point=0.2)

    assert [(each.point, each.reason) for each in found.quarantined] == [
        (4, "took longer than 0.2 s")
    ]
    wanted = smooth(0, asked.places)
    wanted[4] = np.nan
    assert _same(found.outputs, wanted)


def limited(first: int, places: Floats) -> Floats:
    """Needs memory by the point, and is ended by the system (here: itself) over a limit."""
    if len(places) > 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return smooth(first, places)


def test_a_block_that_needs_too_much_memory_is_done_in_smaller_pieces(tmp_path: Path) -> None:
    found = evaluate_points(points(10), limited, OUTPUTS, tmp_path / "a", workers=2)

    assert found.quarantined == ()
    assert _same(found.outputs, smooth(0, points(10).places))


class Unlucky:
    """Ends the process that only loads it."""

    def __call__(self, first: int, places: Floats) -> Floats:
        return smooth(first, places)

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_workers_that_cannot_even_start_put_nobody_into_quarantine(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="before they begin"):
        evaluate_points(points(), Unlucky(), OUTPUTS, tmp_path / "a", workers=2)

    assert not (tmp_path / "a" / "points.journal").exists()


@pytest.mark.parametrize("failures", [1, 100])
def test_processes_that_the_system_refuses_are_asked_for_again_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    start, refusals = processes._start, iter(range(failures))

    def refused(evaluate: bytes, outputs: int) -> Any:
        if next(refusals, None) is None:
            return start(evaluate, outputs)
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(processes, "_start", refused)

    if failures == 1:
        found = evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", workers=2)
        assert _same(found.outputs)
    else:
        with pytest.raises(MachineError, match="before they begin"):
            evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", workers=2)


def out_of_memory(first: int, places: Floats) -> Floats:
    raise MemoryError("so much")


def test_trouble_of_the_machine_in_a_worker_reaches_the_caller(tmp_path: Path) -> None:
    with pytest.raises(MemoryError, match="so much"):
        evaluate_points(points(), out_of_memory, OUTPUTS, tmp_path / "a", workers=2)

    assert list((tmp_path / "a").iterdir()) == []


def environment_of_worker(first: int, places: Floats) -> Floats:
    threads = float(os.environ["NUMBA_NUM_THREADS"])
    return np.full((len(places), OUTPUTS), threads)


class Pickled:
    """Counts how often it is made ready to be sent."""

    times = 0

    def __call__(self, first: int, places: Floats) -> Floats:
        return environment_of_worker(first, places)

    def __reduce__(self) -> tuple[type[Pickled], tuple[()]]:
        Pickled.times += 1
        return Pickled, ()


def test_the_function_is_pickled_once_and_workers_use_one_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_NUM_THREADS", "7")

    found = evaluate_points(points(), Pickled(), OUTPUTS, tmp_path / "a", workers=2)

    assert Pickled.times == 1
    assert (found.outputs == 1.0).all()
    assert os.environ["NUMBA_NUM_THREADS"] == "7"


class UnsendableError(Exception):
    """Holds what no pickle can."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.held = lambda: None


def test_an_error_that_cannot_be_sent_keeps_its_words() -> None:
    sent = processes._as_sent(UnsendableError("a b"))

    assert pickle.loads(pickle.dumps(sent)).args == ("UnsendableError: a b",)
