"""Points in several processes; one that ends takes with it only the piece that it was at."""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Final

from familyflow.experiments.points.answer import Answer, Asked, answer
from familyflow.experiments.points.pieces import Ended, Piece, Pieces
from familyflow.experiments.worker_process import (
    as_a_worker,
    callers_script_left_out,
    interrupts_held,
    one_thread_each,
)
from familyflow.problems import MachineError

# spawn, not fork: a forked child inherits locks of threads that it does not have
_SPAWN: Final = multiprocessing.get_context("spawn")
_MOST_FALSE_STARTS: Final = 3
_GONE: Final = (EOFError, OSError)  # what a pipe says when nobody is at its other end


def in_processes(
    asked: Asked, pieces: Pieces, workers: int, seconds_a_point: float | None = None
) -> Iterator[tuple[Piece, Answer | Ended]]:
    """Each piece with its answer, or with why its worker was ended, in the order of finishing.

    A piece may be put back into ``pieces`` while this waits for the next. Raises what the function
    raised in a worker if it says nothing of a point, and MachineError when workers cannot start.
    """
    team = _Team(asked, pieces, workers, seconds_a_point or math.inf)
    try:
        while team.is_needed():
            team.fill()
            yield from team.hear()
    finally:
        team.end()


@dataclass(eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    is_ready: bool = False
    piece: Piece | None = None
    until: float = math.inf  # by the monotonic clock, which nobody sets

    def end(self) -> None:
        """End it now, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Team:
    def __init__(self, asked: Asked, pieces: Pieces, most: int, seconds: float) -> None:
        self._asked, self._pieces, self._most, self._seconds = asked, pieces, most, seconds
        self._evaluate = pickle.dumps(asked.evaluate)  # once, however many processes
        self._workers: list[_Worker] = []
        self._false_starts = 0

    def is_needed(self) -> bool:
        return bool(len(self._pieces)) or self._busy() > 0

    def fill(self) -> None:
        """Start workers that are wanted, and give every idle one the next piece."""
        while len(self._workers) < min(self._most, len(self._pieces) + self._busy()):
            try:
                self._workers.append(_start(self._evaluate, self._asked.outputs))
            except OSError:  # no process to be had, or killed while it was told what to do
                self._note_false_start()
        for worker in [each for each in self._workers if each.is_ready and each.piece is None]:
            if (piece := self._pieces.take()) is None:
                return
            try:
                worker.pipe.send((piece.first, self._asked.places_of(piece)))
            except _GONE:  # ended while it was idle: the piece is not to blame
                self._pieces.give_back(piece)
                self._remove(worker)
                continue
            worker.piece, worker.until = piece, time.monotonic() + piece.size * self._seconds

    def hear(self) -> Iterator[tuple[Piece, Answer | Ended]]:
        """Wait until some worker says something, is gone, or is over its time."""
        if not self._workers:  # all had ended while they were idle: nobody would ever be heard
            return
        pipes: dict[Any, _Worker] = {each.pipe: each for each in self._workers}
        next_end = min((each.until for each in self._workers), default=math.inf)
        seconds = None if next_end == math.inf else max(0.0, next_end - time.monotonic())
        heard = [pipes[pipe] for pipe in wait(list(pipes), seconds)]
        for worker in heard:
            yield from self._message(worker)
        now = time.monotonic()
        for worker in [each for each in self._workers if each.until <= now and each not in heard]:
            self._remove(worker)
            if worker.piece is not None:
                yield worker.piece, Ended.TIME

    def end(self) -> None:
        """Nobody is waited for: a piece that is not finished is not kept."""
        for worker in list(self._workers):
            self._remove(worker)

    def _busy(self) -> int:
        return sum(each.piece is not None for each in self._workers)

    def _message(self, worker: _Worker) -> Iterator[tuple[Piece, Answer | Ended]]:
        piece = worker.piece
        try:
            said = worker.pipe.recv()
        except _GONE:
            self._remove(worker)
            if piece is not None:
                yield piece, Ended.WORKER
            elif not worker.is_ready:
                self._note_false_start()
            return
        if isinstance(said, BaseException):
            raise said
        worker.piece, worker.until = None, math.inf
        if piece is None:
            worker.is_ready, self._false_starts = True, 0
        else:
            self.fill()  # so that nobody waits while the answer is kept
            yield piece, said

    def _note_false_start(self) -> None:
        self._false_starts += 1
        if self._false_starts >= _MOST_FALSE_STARTS * self._most:
            raise MachineError(
                "worker processes end before they begin to work, perhaps because memory ran out. "
                "What is finished is kept: run again with fewer --workers."
            )

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()


def _start(evaluate: bytes, outputs: int) -> _Worker:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(
        target=_work, args=(theirs, evaluate, outputs, os.getpid()), daemon=True
    )
    with callers_script_left_out(), interrupts_held(), one_thread_each():
        process.start()
    theirs.close()  # so that ours ends when the process does
    return _Worker(process, ours)


def _work(pipe: Any, evaluate: bytes, outputs: int, parent: int) -> None:
    """In a worker: say that it is ready, then answer piece after piece until nobody asks."""
    as_a_worker(parent)
    with suppress(*_GONE):
        try:
            function = pickle.loads(evaluate)
            pipe.send(None)
            while True:
                first, places = pipe.recv()
                pipe.send(answer(function, first, places, outputs))
        except EOFError:
            return
        except BaseException as error:
            pipe.send(_as_sent(error))


def _as_sent(error: BaseException) -> BaseException:
    """The error itself, or its words where it cannot be sent as it is."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
