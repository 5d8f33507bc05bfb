"""Small trees of parameters for the tests of the loaders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from familyflow.parameters.library import Library, load_library
from familyflow.problems import InputError, Problem

SHARE = """\
attendance:
  label: Share of sessions attended
  unit: share
  value: 0.9
  grade: E
  status: assumed
  note: No register is published.
"""


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a folder of parameters: tree(**{"service/key_work": text})."""

    def write(**files: str) -> Path:
        folder = tmp_path / "parameters"
        for name, text in files.items():
            path = folder / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def loaded(tree: Callable[..., Path]) -> Callable[[str], Library]:
    """The library of one file, service/key_work.yaml."""

    def load(text: str) -> Library:
        return load_library(tree(**{"service/key_work": text}))

    return load


@pytest.fixture
def mistakes(tree: Callable[..., Path]) -> Callable[..., list[Problem]]:
    """The mistakes found in a small tree."""

    def find(text: str = "", **files: str) -> list[Problem]:
        if text:
            files["service/key_work"] = text
        try:
            load_library(tree(**files))
        except InputError as error:
            return list(error.problems)
        return []

    return find


@pytest.fixture
def share() -> str:
    """A valid file with one entry."""
    return SHARE
