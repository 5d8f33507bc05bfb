"""The ``familyflow`` command: reads what was asked, hands it on, prints the answer."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from types import FrameType
from typing import NoReturn

INCOMPLETE, INTERRUPTED = 3, 130
_terminal_closed: list[int] = []
LONGEST_GOODBYE = 6.0  # seconds; a worker ends after the draw it is at


def main() -> NoReturn:
    """Answer the command line this process was started with, and end with its exit code."""
    try:
        _stop_tidily_when_asked()
        # Arrow's own pool of memory keeps tens of megabytes that nobody uses
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        from familyflow.cli import crash  # late, so that Ctrl-C is tidy from the first moment

        debug = "--debug" in sys.argv
        sys.excepthook = crash.hook(debug=debug)
        if not debug:
            warnings.formatwarning = _in_one_line
        from familyflow.cli.app import answer

        code = answer([word for word in sys.argv[1:] if word != "--debug"])
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C has nothing left to stop
        _never_wait_for_ever(code, LONGEST_GOODBYE if not _terminal_closed else 0.0)
    sys.exit(code)


def _in_one_line(message: Warning | str, *_: object, **__: object) -> str:
    """A warning as a person reads it: without the place in our code."""
    return f"familyflow: {message}\n"


def _never_wait_for_ever(code: int, seconds: float) -> None:
    """End in so many seconds, whatever still waits.

    A worker that is stopped at the same moment as this process can leave the threads that manage
    workers waiting for one another; everything that tidies up has run by now. When the terminal
    closes, the process that counts shared things goes with it, and Python would only complain.
    """
    from threading import Timer  # only when it is needed: this file is loaded by every command

    last = Timer(seconds, os._exit, (code,))
    last.daemon = True
    last.start()
    if not seconds:
        last.join()


def _stop_tidily_when_asked() -> None:
    """A request to end, or a terminal that closes, stops the work as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    if number == getattr(signal, "SIGHUP", None):
        _terminal_closed.append(number)
    raise KeyboardInterrupt
