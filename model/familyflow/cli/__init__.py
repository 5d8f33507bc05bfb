"""The ``familyflow`` command: reads what was asked, hands it on, prints the answer."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Answer the command line this process was started with, and end with its exit code."""
    try:
        _stop_tidily_when_asked()
        from familyflow.cli import crash  # late, so that Ctrl-C is tidy from the first moment

        sys.excepthook = crash.hook(debug="--debug" in sys.argv)
        from familyflow.cli.app import answer

        code = answer([word for word in sys.argv[1:] if word != "--debug"])
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C has nothing left to stop
    sys.exit(code)


def _stop_tidily_when_asked() -> None:
    """A request to end, or a terminal that closes, stops the work as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
