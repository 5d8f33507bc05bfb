"""Whatever stands in a file, reading it ends in a library or an explanation, never in a crash."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from familyflow.parameters.library import load_library
from familyflow.problems import InputError
from familyflow.scenarios.resolve import resolve

VALID = """\
attendance:
  label: Share of sessions attended
  unit: share
  value: 0.9
  distribution: {pert: {low: 0.75, mode: 0.9, high: 0.97}}
  source: {title: 'A report', where: page 3, year: 2017}
  grade: C
  status: verified
mix:
  label: Mix
  unit: table of share
  table: {a: 0.25, b: 0.75}
  sums_to: 1
  distribution: {dirichlet: {concentration: 40}}
  falls_on: {nhs: 1}
  grade: E
  status: assumed
  note: x
wait: {label: W, unit: weeks, role: decision, varies: {by: family, exponential: {mean: 3}}}
saving:
  label: S
  quantity: weeks
  unit_cost: a.b
  counterfactual: comparator_arm
  cashable: {share: 0.8, lag_years: 1, step: {units_per_year: 52, release: whole}}
"""
SCENARIO = """\
extends: core
title: T
set: {service.a.wait: 4}
assume:
  service.a.attendance: {value: 0.7, because: x}
"""
LETTERS = "{}[]:'\"|>%@#\t\x00\\,~\u2212\u00a0\ufeff\u2028\u00e9\U0001f600"
LAYOUT = [": ", "- ", "\n", "\n  ", "? ", "--- ", "...", "&a ", "*a", "!!str ", "<<: ", "[]", "{}"]
VALUES = ["no", "null", "1e400", "-1", "0x1", "1:30", "1,000", "9" * 400, "12k", "60%", "by_grade"]
NAMES = ["value", "table", "varies", "label", "role: decision", "sums_to: 1"]
PIECES = st.sampled_from([*LETTERS, *LAYOUT, *VALUES, *NAMES])
QUIET = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """The text with some pieces cut out, put in or doubled."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES | st.just("")) + text[end:]
    return text


def read(folder: Path, text: str | bytes) -> None:
    path = folder / "service" / "a.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with suppress(InputError):
        load_library(folder)


@QUIET
@given(text=spoilt(VALID))
def test_spoilt_parameters_are_explained(tmp_path: Path, text: str) -> None:
    read(tmp_path, text)


@QUIET
@given(text=st.text(max_size=80) | st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_explained(tmp_path: Path, text: str) -> None:
    read(tmp_path, text)


@QUIET
@given(raw=st.binary(max_size=60))
def test_any_bytes_are_explained(tmp_path: Path, raw: bytes) -> None:
    read(tmp_path, raw)


@QUIET
@given(text=spoilt(SCENARIO), typed=st.text(max_size=12) | spoilt("service.a.wait=4"))
def test_spoilt_scenarios_are_explained(tmp_path: Path, text: str, typed: str) -> None:
    numbers, scenarios = tmp_path / "numbers", tmp_path / "scenarios"
    for folder in (numbers / "service", scenarios):
        folder.mkdir(parents=True, exist_ok=True)
    (numbers / "service" / "a.yaml").write_text(VALID.split("saving:")[0], encoding="utf-8")
    (scenarios / "core.yaml").write_text("title: C\n", encoding="utf-8")
    (scenarios / "more.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    for sets in ((), (typed,)):
        with suppress(InputError):
            resolve(scenarios / "more.yaml", sets=sets, folder=scenarios, library=numbers)
