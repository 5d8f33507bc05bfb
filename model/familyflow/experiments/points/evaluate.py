"""Evaluates points here, in processes or on a cluster; which of them never shows in the answer."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

from familyflow.experiments.points.answer import Answer, Asked, answer
from familyflow.experiments.points.cluster import on_cluster
from familyflow.experiments.points.folder import open_kept
from familyflow.experiments.points.kept import Kept
from familyflow.experiments.points.pieces import Ended, Piece, Pieces
from familyflow.experiments.points.points import Evaluate, Evaluated, Points
from familyflow.experiments.points.processes import in_processes
from familyflow.problems import bad_input

Progress = Callable[[str, int, int], None]
# A generator, so that whoever stops early can close it and with it the workers.
Answers = Generator[tuple[Piece, Answer | Ended]]


def silent(stage: str, done: int, of: int) -> None:
    """Says nothing of how far it is."""


def evaluate_points(
    points: Points,
    evaluate: Evaluate,
    outputs: int,
    folder: Path,
    *,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress = silent,
    seconds_a_point: float | None = None,
    reset_quarantine: bool = False,
) -> Evaluated:
    """The outputs of every point; those that the folder holds from before are not made again.

    outputs: how many there are of a point. workers: processes; 1 works in this one, unless there
    is a limit of time, which only another process can be held to. cluster: a Dask scheduler,
    "tcp://HOST:PORT", used in place of processes. seconds_a_point: what a point may take on the
    average of those worked on together, and a worker's loading and compiling counts with its first.
    reset_quarantine: try again what was given up.

    A point at which the function raises, or that ends its worker or takes too long in each of
    three goes, is quarantined and the others go on. Whatever stops this (an exception, a signal, a
    power cut), finished blocks are kept, and the same call goes on from there.

    Raises MachineError when the machine stands in the way, RefusedError when the folder is in use
    or holds other work or places, and InputError for counts that make no sense.
    """
    _check(outputs, workers, cluster, seconds_a_point)
    asked, total = Asked(evaluate, points.places, outputs), len(points.places)
    with open_kept(points, outputs, folder, reset_quarantine=reset_quarantine) as kept:
        pieces = kept.pieces()
        progress("simulating", kept.done, total)
        with closing(_answers(asked, pieces, workers, cluster, seconds_a_point)) as answers:
            for piece, found in answers:
                before = kept.done
                if isinstance(found, Answer):
                    kept.add(piece, found)
                else:
                    _without_answer(kept, pieces, piece, found, seconds_a_point)
                if kept.done > before:
                    progress("simulating", kept.done, total)
        return kept.evaluated()


def _without_answer(
    kept: Kept, pieces: Pieces, piece: Piece, why: Ended, seconds_a_point: float | None
) -> None:
    kept.note_ended(piece, why, attempt=pieces.note_ended(piece, why))
    if pieces.is_given_up(piece):
        kept.give_up(piece.first, why, seconds_a_point)


def _answers(
    asked: Asked, pieces: Pieces, workers: int, cluster: str | None, seconds_a_point: float | None
) -> Answers:
    if not len(pieces):
        return
    if cluster is not None:
        yield from on_cluster(asked, pieces, cluster)
    elif workers == 1 and seconds_a_point is None:
        yield from _here(asked, pieces)
    else:
        yield from in_processes(asked, pieces, workers, seconds_a_point)


def _here(asked: Asked, pieces: Pieces) -> Answers:
    while (piece := pieces.take()) is not None:
        places = asked.places_of(piece)
        yield piece, answer(asked.evaluate, piece.first, places, asked.outputs)


def _check(outputs: int, workers: int, cluster: str | None, seconds_a_point: float | None) -> None:
    if outputs < 1:
        raise ValueError(f"outputs is {outputs}; a point has 1 or more")
    if workers < 1:
        raise bad_input(f"workers is {workers}", "Give 1 or more.", where="--workers")
    if seconds_a_point is not None and not seconds_a_point > 0:
        told = f"seconds for a point are {seconds_a_point:g}"
        raise bad_input(told, "Give more than 0.", where="--seconds-a-point")
    if seconds_a_point is not None and cluster is not None:
        raise bad_input(
            "a limit of seconds for a point cannot be held to on a cluster",
            "A scheduler ends no worker for being slow: leave the limit out, or use --workers.",
            where="--seconds-a-point",
        )
