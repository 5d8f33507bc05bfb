"""Points on other machines, by Dask; what comes back is kept here, so they need no shared disk."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from familyflow.experiments.points.answer import Answer, Asked
from familyflow.experiments.points.pieces import Ended, Piece, Pieces
from familyflow.problems import MachineError, bad_input

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD: Final = 3  # pieces in flight for each thread of the cluster
SECONDS_TO_MEET: Final = 10


def on_cluster(
    asked: Asked, pieces: Pieces, address: str
) -> Iterator[tuple[Piece, Answer | Ended]]:
    """Each piece with its answer, or with why it has none, in the order of finishing.

    A worker that dies costs nothing but time: the scheduler gives its piece to another. Raises
    MachineError when the scheduler is not there or went away, or Dask is not installed, and
    RefusedError when a worker has other versions than this process.
    """
    with _client(address) as client:
        try:
            yield from _answers(_Crew(client, asked, address), client, pieces)
        except MachineError:
            raise
        except (OSError, CancelledError) as error:
            raise MachineError(
                f"the scheduler at {address} went away. What is finished is kept: the same call "
                "goes on from there."
            ) from error


def _answers(crew: _Crew, client: Client, pieces: Pieces) -> Iterator[tuple[Piece, Answer | Ended]]:
    from distributed import as_completed

    flying: dict[Future[Answer], Piece] = {}
    doubted = _Doubted(pieces)
    finished = as_completed(loop=client.loop)
    try:
        while len(pieces) or flying:
            for piece in _next(pieces, crew.most(), list(flying.values()), doubted):
                future = crew.submit(piece)
                flying[future] = piece
                finished.add(future)
            future = next(finished)
            piece, found = flying.pop(future), crew.outcome(future)
            if found is None:
                pieces.give_back(piece)
            elif found is Ended.WORKERS and not doubted.has(piece):
                # a scheduler blames all that waited for the worker that ended, guilty or not
                doubted.add(piece)
                pieces.give_back(piece)
            else:
                yield piece, found
    finally:
        crew.dismiss()


class _Doubted:
    """Pieces that may be what ends workers: they go alone, so that no other is blamed for them."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces, self._others = pieces, set[Piece]()

    def has(self, piece: Piece) -> bool:
        """Whether this piece goes alone."""
        return piece in self._others or self._pieces.is_suspect(piece)

    def add(self, piece: Piece) -> None:
        """Doubt a piece that was in company when its worker ended."""
        self._others.add(piece)


def _next(pieces: Pieces, most: int, flying: list[Piece], doubted: _Doubted) -> Iterator[Piece]:
    """What to submit beside what is in flight."""
    while len(flying) < most and (piece := pieces.take()) is not None:
        if flying and (doubted.has(piece) or doubted.has(flying[0])):
            pieces.give_back(piece)
            return
        flying.append(piece)
        yield piece


class _Crew:
    """The workers of a cluster, to whom the function was sent."""

    def __init__(self, client: Client, asked: Asked, address: str) -> None:
        from familyflow.experiments.points import dask_worker

        self._client, self._asked, self._address = client, asked, address
        self._versions = dask_worker.versions()
        self._name = f"familyflow-{secrets.token_hex(8)}"
        self._function = dask_worker.Function(asked.evaluate, asked.outputs)
        self._prepare()

    def most(self) -> int:
        """How many pieces may be in flight."""
        threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(1, sum(threads.values()))

    def submit(self, piece: Piece) -> Future[Answer]:
        from familyflow.experiments.points.dask_worker import answer_here

        places = self._asked.places_of(piece)
        return self._client.submit(
            answer_here, self._name, self._versions, piece.first, places, pure=False
        )

    def outcome(self, future: Future[Answer]) -> Answer | Ended | None:
        """What came of a piece; None where it has to be submitted again."""
        from distributed import KilledWorker

        from familyflow.experiments.points.dask_worker import NotHereError

        try:
            return future.result()
        except KilledWorker:
            return Ended.WORKERS
        except NotHereError:
            self._client.register_plugin(self._function, self._name)
            return None
        finally:
            future.release()

    def dismiss(self) -> None:
        """Let them forget the function; who cannot be reached any more has done so anyway."""
        with suppress(OSError, CancelledError, RuntimeError):
            self._client.unregister_worker_plugin(self._name)

    def _prepare(self) -> None:
        """See that there are workers of this process's versions, and send them the function."""
        from familyflow.experiments.points import dask_worker

        address = self._address
        try:
            self._client.wait_for_workers(1, timeout=SECONDS_TO_MEET)
            for worker, there in self._client.run(dask_worker.versions).items():
                who = f"the worker {worker}"
                dask_worker.refuse_other_versions(self._versions, there, who)
            self._client.register_plugin(self._function, self._name)
        except TimeoutError:
            raise MachineError(
                f"the scheduler at {address} has no workers. Start some by 'dask worker {address}'."
            ) from None
        except ImportError as error:
            raise MachineError(
                f"a worker of {address} cannot load familyflow ({error}). Install the same "
                "familyflow there, by pip install 'familyflow[cluster]'."
            ) from None


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """A connection to the scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise MachineError(
            "a cluster needs Dask, which is not installed. Install it by "
            "pip install 'familyflow[cluster]', or leave out --cluster."
        ) from None
    with _quiet():
        client = _meet(Client, address)
        try:
            yield client
        finally:
            client.close(timeout=1)


def _meet(kind: type[Client], address: str) -> Client:
    try:
        return kind(address, timeout=SECONDS_TO_MEET, set_as_default=False)
    except ValueError as error:
        to_do = "Give tcp://HOST:PORT, as the scheduler tells it."
        raise bad_input(f"{address}: {error}", to_do, where="--cluster") from None
    except OSError as error:
        raise MachineError(
            f"no scheduler answers at {address}. Start one by 'dask scheduler', and workers by "
            f"'dask worker {address}', or leave out --cluster."
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask would log of workers and schedulers that go away is said in our words."""
    logger = logging.getLogger("distributed.client")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
