"""What tests of several parts share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from familyflow.parameters.library import Library, read_library
from familyflow.problems import Problems
from familyflow.scenarios import resolve as resolving


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
