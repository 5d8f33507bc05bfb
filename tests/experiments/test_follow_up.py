"""`--follow-up expected` as a run: its own id, its reasons; the sampled run at one follow-up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from familyflow import api
from familyflow.cli.kept import keep_of
from familyflow.cli.reproduce import reproduce_run
from familyflow.economics.savings import BenefitLine, Cashable
from familyflow.economics.unit_costs import UnitCost
from familyflow.experiments.follow_up import EXPECTED_INNER
from familyflow.experiments.reprice import reprice
from familyflow.experiments.run import run
from familyflow.experiments.whole_events import needs_whole_events
from familyflow.problems import InputError

SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2")
FEW_FAMILIES = (*SMALL, "families.referrals.suitable_per_year=30")
SAMPLED = ("quantities.parquet", "quantities_twice.parquet", "single_figures.parquet")


def small(out: Path, **settings: Any) -> Any:
    return run("core_offer", **{"draws": 3, "workers": 1, "sets": SMALL, "out": out, **settings})


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_one_expected_follow_up_is_the_sampled_run_bit_for_bit(tmp_path: Path, engine: str) -> None:
    sampled = small(tmp_path, engine=engine, sets=FEW_FAMILIES)
    expected = small(tmp_path, engine=engine, sets=FEW_FAMILIES, follow_up="expected", inner=1)

    assert sampled.folder != expected.folder
    for name in SAMPLED:
        assert (sampled.folder / name).read_bytes() == (expected.folder / name).read_bytes()
    same = {name: figure for name, figure in sampled.results["money"].items() if "cash" not in name}
    assert {name: expected.results["money"][name] for name in same} == same
    assert sampled.results["flow"] == expected.results["flow"]


@pytest.mark.whole
def test_both_engines_leave_the_same_bytes(tmp_path: Path) -> None:
    settings = {"follow_up": "expected", "inner": 3, "draws": 2, "months": True,
                "sets": FEW_FAMILIES}  # fmt: skip
    folders = [
        small(tmp_path / engine, engine=engine, **settings).folder
        for engine in ("simpy", "compiled")
    ]

    names = [path.relative_to(folders[0]) for path in folders[0].rglob("*") if path.is_file()]
    names = [name for name in names if name.name != "manifest.json"]
    assert len(names) > 10
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


@pytest.mark.whole
def test_what_the_service_does_is_the_same_and_how_children_fare_is_a_mean(tmp_path: Path) -> None:
    sampled = small(tmp_path, engine="compiled")
    expected = small(tmp_path, engine="compiled", follow_up="expected")

    amounts = [
        pq.read_table(one.folder / "quantities.parquet").to_pandas() for one in (sampled, expected)
    ]
    of_service, of_children = (
        [table[table["event"].astype(str).str.startswith(start)] for table in amounts]
        for start in ("sessions", "assessments")
    )
    pd.testing.assert_frame_equal(*(table.reset_index(drop=True) for table in of_service))
    assert not np.any(of_children[0]["quantity"] % 1.0)
    assert np.any(of_children[1]["quantity"] % 1.0)
    assert not np.any(of_children[1]["quantity"] * EXPECTED_INNER % 1.0)


@pytest.mark.whole
def test_the_run_id_differs_and_that_of_a_sampled_run_does_not_know_of_it(tmp_path: Path) -> None:
    sampled = small(tmp_path, engine="compiled")
    expected = small(tmp_path, engine="compiled", follow_up="expected")
    fewer = small(tmp_path, engine="compiled", follow_up="expected", inner=4)

    assert len({one.folder for one in (sampled, expected, fewer)}) == 3
    assert "follow_up" not in {**manifest(sampled.folder)["inputs"]}
    assert "follow_up" not in {**manifest(sampled.folder)["asked"]}
    for part in ("inputs", "asked"):
        told = manifest(expected.folder)[part]
        assert (told["follow_up"], told["inner"]) == ("expected", EXPECTED_INNER)
    assert (sampled.results["follow_up"], sampled.results["inner"]) == ("sampled", 1)
    assert (expected.results["follow_up"], expected.results["inner"]) == (
        "expected",
        EXPECTED_INNER,
    )


@pytest.mark.whole
def test_what_needs_whole_events_is_null_with_a_reason(tmp_path: Path) -> None:
    result = api.run(
        "core_offer",
        draws=3,
        workers=1,
        sets=SMALL,
        out=tmp_path,
        engine="compiled",
        follow_up="expected",
    )
    one, money = dict(result.results["one_service"]), result.results["money"]

    assert one.pop("reason").startswith("with an expected follow-up, how families fare is a mean")
    assert set(one) == {"net_saving_low", "net_saving_high", "probability_net_saving"}
    assert set(one.values()) == {None}
    for name in ("cashable_saving", "cashable_fiscal_return"):
        assert money[name]["mean"] is None
        assert "whole units" in money[name]["reason"]
    assert money["fiscal_saving"]["mean"] is not None
    assert money["probability_net_saving"]["mean"] is not None
    cash = {row["agency"]: row["cashable_saving"] for row in result.results["by_agency"]}
    assert any(figure["mean"] is None for figure in cash.values())
    for row in result.results["alternatives"]:
        assert row["money"]["cashable_saving"]["mean"] is None
    text = result.text()
    assert text.count("What one such service could show is not told") == 1
    assert "nan" not in text
    assert not [name for name in result.tables["by_agency"] if name.startswith("nothing")]
    assert (
        "money.cashable_saving" not in pq.read_table(result.folder / "draws.parquet").column_names
    )
    alt_text = (result.folder / "figures/alt_text.json").read_text(encoding="utf-8")
    assert "None" not in alt_text


def test_cash_needs_whole_events_only_where_it_is_released_in_whole_units() -> None:
    week = UnitCost("week", "A week", 800.0, "GBP per week", "2016/17", falls_on={"council": 1.0})

    def line(units: float | None) -> BenefitLine:
        return BenefitLine("one", "One", "weeks", week, cashable=Cashable(0.5, 1, units))

    assert needs_whole_events("cashable_saving", [line(None), line(52.0)])
    assert not needs_whole_events("cashable_saving", [line(None)])
    assert not needs_whole_events("fiscal_saving", [line(52.0)])


@pytest.mark.whole
def test_it_is_reproduced_and_priced_again_from_its_manifest(tmp_path: Path) -> None:
    expected = small(tmp_path, engine="compiled", follow_up="expected", inner=3)
    choice = "costs.scope=case_time_and_fees"
    priced = reprice(expected.folder, sets=(choice,), out=tmp_path)
    fresh = small(
        tmp_path / "fresh", engine="compiled", follow_up="expected", inner=3, sets=(*SMALL, choice)
    )

    assert priced.results["one_service"]["net_saving_low"] is None
    assert priced.results["follow_up"] == "expected"
    assert priced.results["money"] == fresh.results["money"]
    for folder in (expected.folder, priced.folder):
        proof = reproduce_run(keep_of(folder, look_at_files=True), 1, None)
        told = {name: state for name, state in proof.files.items() if "figures/" not in name}
        assert len(told) > 10
        assert set(told.values()) == {"the same"}


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"follow_up": "sometimes"}, "no follow-up 'sometimes'"),
        ({"follow_up": "expected", "inner": 17}, "inner is 17"),
        ({"follow_up": "expected", "inner": 0}, "inner is 0"),
        ({"follow_up": "expected", "journal": True}, "--journal keeps every event"),
    ],
)
def test_what_there_is_not_is_refused_before_anything_is_written(
    tmp_path: Path, settings: dict[str, Any], what: str
) -> None:
    with pytest.raises(InputError, match=what):
        small(tmp_path, **settings)

    assert list(tmp_path.iterdir()) == []
