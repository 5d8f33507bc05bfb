"""What tests of several parts share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from tests import one_thread  # noqa: F401 - before what loads numpy

from familyflow.compiled import kept_code
from familyflow.parameters.library import Library, read_library
from familyflow.problems import Problems
from familyflow.scenarios import resolve as resolving

# a law holds on a slow machine too: no test fails for the time that an example takes
settings.register_profile("familyflow", deadline=None)
settings.load_profile("familyflow")

MODEL = Path(kept_code.__file__).resolve().parents[2]
_COMPILING: list[subprocess.Popen[bytes]] = []


def pytest_sessionstart(session: pytest.Session) -> None:
    """In a fresh checkout kernels are compiled once, while workers read the tests; not by each."""
    config = session.config
    if config.getoption("dist", "no") == "no" or hasattr(config, "workerinput"):
        return  # there are no workers, or this is one
    if not config.option.collectonly and not kept_code.is_compiled(expected=True):
        _COMPILING.append(
            subprocess.Popen(
                [sys.executable, "-m", "familyflow", "warm"],
                env={**os.environ, "PYTHONPATH": str(MODEL)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


def pytest_sessionfinish() -> None:
    """Nothing of ours outlives the tests."""
    while _COMPILING:
        process = _COMPILING.pop()
        process.kill()  # it would finish compiling first; code cut off is made again
        process.wait()


@cache
def _shipped(folder: Path) -> Library:
    return read_library(folder, Problems())


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped numbers are read once: they are the same every time."""
    read: Callable[..., Library] = read_library

    def shipped_or_read(paths: list[Path], problems: Problems) -> Library:
        return _shipped(paths[0]) if len(paths) == 1 else read(paths, problems)

    monkeypatch.setattr(resolving, "read_library", shipped_or_read)
