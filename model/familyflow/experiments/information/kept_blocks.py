"""Simulated quantities set aside on disk, to be gone through again: memory does not grow."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO

import numpy as np

from familyflow.experiments.statistics import Floats


class KeptBlocks:
    """Blocks of quantities (draw, arm, year, window, quantity), replications averaged.

    They stand in a temporary file that is gone when this is closed, or when the process ends.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115 - closed by __exit__
            prefix="familyflow-blocks-"
        )
        self._firsts: list[int] = []

    def __enter__(self) -> KeptBlocks:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, first: int, quantities: Floats) -> None:
        """Set aside the block that begins with draw `first`: (draw, replication, arm, ...)."""
        np.save(self._file, quantities.mean(axis=1), allow_pickle=False)
        self._firsts.append(first)

    def __iter__(self) -> Iterator[tuple[int, Floats]]:
        """Each block with its first draw, in the order in which they were added."""
        self._file.seek(0)
        for first in self._firsts:
            yield first, np.load(self._file, allow_pickle=False)
