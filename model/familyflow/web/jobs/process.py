"""A worker as the server sees it: a process of its own group, spoken to in lines of JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

MODULE: Final = "familyflow.web.jobs.worker"
_PACKAGES: Final = Path(__file__).resolve().parents[3]  # where the package itself stands
_SECONDS_TO_HEAR: Final = 5.0  # the last lines of one that has ended
Heard = Callable[["Process", Mapping[str, Any] | None], None]


class Process:
    """One worker. heard: is told each line it says, and None when it has ended."""

    def __init__(self, niceness: int, heard: Heard) -> None:
        self.is_ready = False
        self._heard = heard
        self._started = subprocess.Popen(
            [sys.executable, "-P", "-m", MODULE, str(os.getpid()), str(niceness)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            # so that all that works for it can be ended with it; in our session, for some systems
            # share the processors out between sessions, and there niceness would mean nothing
            process_group=None if sys.platform == "win32" else 0,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._started.pid

    def give(self, work: Mapping[str, Any]) -> None:
        """Let it do this. A worker that has ended hears nothing; that is told as its end."""
        pipe = self._started.stdin
        assert pipe is not None
        try:
            pipe.write(json.dumps(work).encode() + b"\n")
            pipe.flush()
        except (BrokenPipeError, ValueError):  # it is gone, or its pipe is closed already
            self.kill()

    def kill(self) -> None:
        """End it at once with all that works for it, and wait until it is gone."""
        if sys.platform == "win32":
            self._started.kill()
        elif self._started.poll() is None:
            with suppress(ProcessLookupError):  # it has ended in this very moment
                os.killpg(self._started.pid, signal.SIGKILL)
        self._started.wait()
        self._listener.join(_SECONDS_TO_HEAR)

    def _listen(self) -> None:
        says, hears = self._started.stdout, self._started.stdin
        assert says is not None
        assert hears is not None
        with says:
            for line in says:
                self._heard(self, json.loads(line))
        self._started.wait()
        with suppress(BrokenPipeError):  # what it was not given any more
            hears.close()
        self._heard(self, None)


def _environment() -> dict[str, str]:
    """Ours, with this very package before any other of its name."""
    before = os.environ.get("PYTHONPATH")
    paths = [str(_PACKAGES), *([before] if before else [])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
