"""When the fault is ours: one line to the person, everything else into a report file."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from types import TracebackType

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]

PREFIX = "familyflow-crash-"


def hook(*, debug: bool) -> Hook:
    """What to do with an error nobody expected: show it all, or one line and a report file."""
    return sys.__excepthook__ if debug else _report


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from familyflow.cli.output import one_line

    lines = traceback.format_exception(kind, error, trace)
    said = one_line(f"{kind.__name__}: {error}")[:300]
    place = _write("".join([*_about(), *lines]))
    sys.stderr.write(
        f"familyflow: a fault of ours, not of your input ({said}). {place} "
        "Add --debug to see everything here.\n"
    )


def _about() -> list[str]:
    from familyflow.store import machine

    versions = {"familyflow": machine.package_version(), **machine.library_versions()}
    return [
        f"familyflow {' '.join(sys.argv[1:])}\n",
        f"python {machine.python_version()} on {machine.platform_name()}\n",
        f"source {machine.source_hash()[:10]}\n",
        *(f"{name} {number}\n" for name, number in versions.items()),
        "\n",
    ]


def _write(text: str) -> str:
    try:
        # made by the system under a name nobody could foresee, readable by its owner only
        handle, path = tempfile.mkstemp(prefix=PREFIX, suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return "No report could be written."
    return f"The report is {path}."
