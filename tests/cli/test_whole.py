"""The command over the real model, on a few draws."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole


def test_a_real_run_is_kept_found_again_and_proved_the_same(process, tmp_path: Path) -> None:
    first = process("run", "core_offer", "--draws", "2", "--workers", "1", fake=False)
    again = process("run", "core_offer", "--draws", "2", "--json", fake=False)
    proof = process("runs", "reproduce", "core_offer", "--workers", "2", "--json", fake=False)

    assert (first.code, again.code) == (0, 0)
    assert "Files: outputs" in first.out
    assert "core_offer.yaml" in first.err
    folder = tmp_path / str(again.json["folder"])
    held = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in again.json.items() if key != "folder"} == held
    assert proof.code == 0
    assert proof.json["same"] is True


def test_a_real_mistake_is_told_before_anything_is_written(process, tmp_path: Path) -> None:
    said = process("run", "core_offer", "--set", "service.team.key_workers=-2", fake=False)

    assert said.code == 2
    assert "service.team.key_workers" in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []
