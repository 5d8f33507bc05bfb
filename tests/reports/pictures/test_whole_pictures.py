"""Each command leaves its charts in the folder of what it found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.reports.pictures.made import worth_knowing

from familyflow import api
from familyflow.reports.pictures import sets

pytestmark = pytest.mark.whole

SMALL: Mapping[str, Any] = {
    "sets": ("appraisal.term_years=1", "appraisal.follow_up_years=2"), "workers": 2,
}  # fmt: skip


def _words(folder: Path) -> dict[str, str]:
    figures = folder / "figures"
    told: dict[str, str] = json.loads((figures / "alt_text.json").read_text(encoding="utf-8"))
    files = {f"{name}.{kind}" for name in told for kind in ("svg", "png")}
    assert {path.name for path in figures.iterdir()} == {*files, "alt_text.json"}
    return told


def test_compare_draws_its_charts(tmp_path: Path) -> None:
    asked = ("core_offer", "grant_cut_20", "no_service")

    found = api.compare(*asked, draws=20, structures=False, out=tmp_path, **SMALL)

    assert list(_words(found.folder)) == list(sets.OF_COMPARE)
    plane = found.tables["plane"]
    assert len(plane) == 3 * 20
    means = plane.groupby("option")[["cost", "care_weeks_avoided"]].mean()
    for option in found.results["options"]:
        told = means.loc[option["option"]]
        assert told["cost"] == pytest.approx(option["money"]["cost"]["mean"])
        weeks = option["flow"]["care_weeks_avoided"]["mean"]
        assert told["care_weeks_avoided"] == pytest.approx(weeks)
    flows = found.tables["net_flow_by_year"].groupby("option").last()
    for option in found.results["options"]:
        net = option["money"]["net_saving"]["mean"]
        assert flows.loc[option["option"], "mean"] == pytest.approx(net, abs=1e-6)


def test_voi_draws_its_charts(tmp_path: Path) -> None:
    found = api.voi("core_offer", "no_service", draws=50, out=tmp_path, **SMALL)

    assert not found.results["too_rough"]  # in so short a term no draw would turn the choice
    assert "studies" in _words(found.folder)


def test_values_too_rough_to_use_have_no_picture() -> None:
    results, tables = worth_knowing()
    rough = {**results, "too_rough": True}

    assert all(chart.draw(results, tables) is not None for chart in sets.OF_VOI.values())
    assert all(chart.draw(rough, tables) is None for chart in sets.OF_VOI.values())


def test_staff_draws_its_chart(tmp_path: Path) -> None:
    found = api.staff("core_offer", posts=(3, 4), draws=4, out=tmp_path, **SMALL)

    assert list(_words(found.folder)) == list(sets.OF_STAFF)
