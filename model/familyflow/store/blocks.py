"""Finished pieces of long work, each a file that proves itself, so that work can be taken up again.

A block is the answer for a range of points. Its file opens with one line that says which work it
belongs to, which points it holds and a SHA-256 over all of it. Files appear whole or not at all, so
the folder itself is the record of what is done: there is no second list to fall out of step.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from familyflow.problems import RefusedError
from familyflow.store.atomic import write_file
from familyflow.store.canonical import canonical_json
from familyflow.store.machine import machine_errors

SUFFIX: Final = ".block"
_LONGEST_HEADING: Final = 1000


@dataclass(frozen=True, order=True)
class Block:
    """Points ``first`` to ``last`` (both included) of the work with this content hash."""

    first: int
    last: int
    work: str
    rows: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The file it stands in."""
        return f"{self.first:09d}-{self.last:09d}{SUFFIX}"


@dataclass
class Blocks:
    """The blocks of one piece of work in one folder. ``warnings``: what had to be done again.

    is_there: the folder was made before, so that one that goes away is not made anew in silence.
    """

    folder: Path
    work: str
    warnings: list[str] = field(default_factory=list)
    is_there: bool = False

    def keep(self, first: int, last: int, data: bytes, rows: int) -> Block:
        """Keep the answer for a range of points for good."""
        if not 0 <= first <= last:
            raise ValueError(f"no such range of points: {first} to {last}")
        block = Block(first, last, self.work, rows, _seal(first, last, self.work, rows, data))
        heading = canonical_json(asdict(block)).encode("utf-8") + b"\n"
        if not self.is_there:
            with machine_errors(self.folder):
                self.folder.mkdir(exist_ok=True)
            self.is_there = True
        write_file(self.folder / block.file_name, heading + data)
        return block

    def done(self) -> tuple[Block, ...]:
        """The sound blocks, in order. Damaged ones are removed, with a warning, to be redone.

        Raises RefusedError when a block belongs to other work: inputs, code or libraries.
        """
        return tuple(sorted(self._sound()))

    def missing(self, points: int) -> list[int]:
        """The points, of 0 to points - 1, that no sound block holds."""
        held = {point for block in self.done() for point in range(block.first, block.last + 1)}
        return [point for point in range(points) if point not in held]

    def read(self, block: Block) -> bytes:
        """A block's data, checked against its fingerprint once more."""
        read = _read(self.folder / block.file_name)
        if read is None or read[0] != block:
            raise RefusedError(f"{self.folder / block.file_name} changed while it was in use")
        return read[1]

    def drop(self, block: Block, why: str) -> None:
        """Take a block away, with a warning that says why, so that its points are done again."""
        self.warnings.append(f"{block.file_name} {why} and is done again")
        with machine_errors(self.folder):
            (self.folder / block.file_name).unlink(missing_ok=True)

    def _sound(self) -> Iterator[Block]:
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            read = _read(path)
            if read is None or read[0].file_name != path.name:
                self.warnings.append(f"{path.name} was damaged and is done again")
                path.unlink()
            elif read[0].work != self.work:
                raise RefusedError(
                    f"{path} belongs to other work ({read[0].work[:10]}, not {self.work[:10]}): "
                    "the inputs, the model's code or a library changed. Give another folder."
                )
            else:
                yield read[0]


def _read(path: Path) -> tuple[Block, bytes] | None:
    """The block and its data; None when the file is not as it was written."""
    try:
        heading, _, data = path.read_bytes().partition(b"\n")
        block = Block(**json.loads(heading[:_LONGEST_HEADING]))
    except (ValueError, TypeError):
        return None
    except OSError as error:
        if error.errno == errno.EIO:  # the disk lost it: as good as damaged
            return None
        raise
    seal = _seal(block.first, block.last, block.work, block.rows, data)
    return (block, data) if seal == block.sha256 else None


def _seal(first: int, last: int, work: str, rows: int, data: bytes) -> str:
    return hashlib.sha256(f"{first} {last} {work} {rows}\n".encode() + data).hexdigest()
