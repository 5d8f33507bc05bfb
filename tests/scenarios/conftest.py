"""A small tree of parameters and scenarios for the tests of scenarios."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from familyflow.problems import InputError, Problem
from familyflow.scenarios.resolve import Resolved, resolve

TEAM = """\
key_workers:
  label: Posts filled
  unit: posts
  role: decision
  value: 5
posts:
  label: Posts in order
  unit: table
  role: decision
  table:
    - {agency: "Barnardo's", fte: 0.7}
    - {agency: Homestart, fte: 0.7}
turnover_per_year:
  label: Share of workers who leave in a year
  unit: per year
  value: 0.18
  distribution: {pert: {low: 0.12, mode: 0.18, high: 0.28}}
  source: {title: Workforce census, where: table 4, year: 2024}
  grade: C
  status: verified
"""
KEY_WORK = """\
attendance:
  label: Share of sessions attended
  unit: share
  value: 0.9
  distribution: {pert: {low: 0.75, mode: 0.9, high: 0.97}}
  source: {title: A report, where: page 3, year: 2017}
  grade: C
  status: verified
weeks_of_sessions:
  label: Weeks of sessions
  unit: weeks
  role: decision
  varies: {by: family, whole_numbers: {low: 8, high: 14}}
family_budget:
  label: Family-held budget
  unit: GBP per family
  price_year: 2016/17
  value: 250
  grade: C
  status: assumed
  note: A test.
"""
MAKE_UP = """\
children:
  label: Children in a family
  unit: table of share
  sums_to: 1
  table: {"1": 0.3, "2": 0.5, "3": 0.2}
  distribution: {dirichlet: {concentration: 40}}
  grade: E
  status: assumed
  note: A test.
"""


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    """A folder of parameters."""
    folder = tmp_path / "numbers"
    for name, text in (
        ("service/team", TEAM),
        ("service/key_work", KEY_WORK),
        ("families/make_up", MAKE_UP),
    ):
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write scenarios into the folder `scenarios`: write(core="title: Core")."""

    def write_them(**texts: str) -> Path:
        folder = tmp_path / "scenarios"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return write_them


@pytest.fixture
def resolved(numbers: Path, write: Callable[..., Path]) -> Callable[..., Resolved]:
    """The last of these scenarios, resolved."""

    def make(*, sets: tuple[str, ...] = (), files: tuple[Path, ...] = (), **texts: str) -> Resolved:
        folder = write(**texts)
        name = list(texts)[-1]
        return resolve(
            folder / f"{name}.yaml",
            sets=sets,
            parameter_files=files,
            folder=folder,
            library=numbers,
        )

    return make


@pytest.fixture
def mistakes(resolved: Callable[..., Resolved]) -> Callable[..., list[Problem]]:
    """The mistakes found in resolving the last of these scenarios."""

    def find(**given: object) -> list[Problem]:
        try:
            resolved(**given)
        except InputError as error:
            return list(error.problems)
        return []

    return find
