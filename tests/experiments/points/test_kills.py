"""A sample of the kills that `python -m benchmarks.kills` makes by the thousand; seed 7."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.kills import STAGES, VICTIMS, trials


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for workers in /proc")
def test_whoever_is_killed_at_whatever_moment_nothing_is_lost(tmp_path: Path) -> None:
    kinds = len(VICTIMS) * len(STAGES)

    found = list(trials(kinds, 7, tmp_path))

    assert [(kind, count) for kind, count in found if count.wrong] == []
    # most were at work when it happened: else this would show nothing
    assert sum(count.caught for _, count in found) > kinds / 2
    assert sum(count.hurt for _, count in found) > 0
