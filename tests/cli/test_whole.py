"""The command over the real model, on a few draws."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Said, answered

pytestmark = pytest.mark.whole


def test_a_real_mistake_is_told_before_anything_is_written(tmp_path: Path) -> None:
    said = answered(tmp_path, "run", "core_offer", "--set", "service.team.key_workers=-2")

    assert said.code == 2
    assert "service.team.key_workers" in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_real_run_is_kept_priced_again_and_both_are_proved_the_same(
    process, tmp_path: Path
) -> None:
    def here(*arguments: str) -> Said:
        return answered(tmp_path, *arguments)

    small = ("--set", "appraisal.term_years=1", "--set", "appraisal.follow_up_years=2")
    asked = ("run", "core_offer", "--draws", "2", *small)

    first = process(*asked, "--workers", "1", fake=False)
    found = here(*asked, "--json")
    proof = here("runs", "reproduce", "core_offer", "--workers", "2", "--json")

    assert (first.code, found.code, proof.code) == (0, 0, 0)
    assert "Files: outputs" in first.out
    assert "core_offer.yaml" in first.err
    folder = tmp_path / str(found.json["folder"])
    held = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in found.json.items() if key != "folder"} == held
    assert proof.json["same"] is True

    chosen = ("--set", "appraisal.window=budget")
    again = here("run", "--reprice", "core_offer", *chosen, "--json")
    longer = ("--set", "appraisal.term_years=2")
    refused = here("run", "--reprice", "core_offer-", *longer)
    listed = here("runs", "list")
    proof = here("runs", "reproduce", str(again.json["run_id"]), "--json")

    assert (again.code, refused.code, proof.code) == (0, 2, 0)
    assert again.json["window"] == "budget"
    assert str(again.json["repriced_from"]).startswith("core_offer-")
    assert ", ".join([*small[1::2], "appraisal.window=budget"]) in listed.out
    assert "appraisal.term_years" in refused.err
    assert "has to be run again" in refused.err
    assert proof.json["same"] is True
    runs = [path for path in (tmp_path / "outputs").iterdir() if path.name[0] != "."]
    assert {path / "figures" for path in runs} == set(tmp_path.glob("outputs/*/figures"))
