"""What happened in long work, a line for each event, each line kept for good before the next step.

A line opens with a checksum of the rest and names its work, so that a line torn by a crash, a
damaged one and one of other work are told apart from a sound one.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from familyflow.problems import RefusedError
from familyflow.store.atomic import sync_folder
from familyflow.store.canonical import canonical_json
from familyflow.store.machine import machine_errors

Event = Mapping[str, Any]
_WORK: Final = "work"


@dataclass
class Journal:
    """The events of one piece of work in one file. ``warnings``: lines that could not be read.

    One process at a time may write. The folder must be there; the file is made by the first event.
    """

    path: Path
    work: str
    warnings: list[str] = field(default_factory=list)

    def open(self) -> tuple[Event, ...]:
        """The events so far, oldest first; what a crash left of a last line is cut away.

        A damaged line among sound ones is passed over with a warning. Raises RefusedError for a
        journal of other work.
        """
        with machine_errors(self.path.parent):
            if not self.path.exists():
                return ()
            lines = self.path.read_bytes().splitlines(keepends=True)
            read = [_read(line) for line in lines]
            while read and read[-1] is None:
                read.pop()
            self._cut(sum(len(line) for line in lines[: len(read)]))
        for number, event in enumerate(read, 1):
            if event is None:
                self.warnings.append(f"{self.path.name}:{number}: damaged, passed over")
        return tuple(self._of_this_work(event) for event in read if event is not None)

    def append(self, events: Sequence[Event]) -> None:
        """Keep some events for good, in this order: they are on the disk when this returns.

        Raises MachineError when there is no room or no permission, or the folder went away; what
        was written of the lines is then cut away by the next ``open``.
        """
        data = b"".join(_line({**event, _WORK: self.work}) for event in events)
        with machine_errors(self.path.parent, need=len(data)):
            is_new = not self.path.exists()
            with self.path.open("ab") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                sync_folder(self.path.parent)

    def _cut(self, length: int) -> None:
        if length == self.path.stat().st_size:
            return
        with self.path.open("r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())

    def _of_this_work(self, event: dict[str, Any]) -> Event:
        work = event.pop(_WORK, "")
        if work != self.work:
            raise RefusedError(
                f"{self.path} belongs to other work ({work[:10]}, not {self.work[:10]}): the "
                "inputs, the model's code or a library changed. Give another folder."
            )
        return event


def _line(event: Event) -> bytes:
    text = canonical_json(event).encode("utf-8")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _read(line: bytes) -> dict[str, Any] | None:
    """The event of a line; None when the line is not whole."""
    told, _, text = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or told != b"%08x" % zlib.crc32(text):
        return None
    event = json.loads(text)
    return event if isinstance(event, dict) else None
