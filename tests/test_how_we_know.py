"""The page that says how we know: its tests are there, and its figures are what was kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "HOW_WE_KNOW.md").read_text(encoding="utf-8")
FIGURES = re.findall(r"\[([\d.,]+)\]\((benchmarks/results/[\w.]+\.json)#(/[^)]+)\)", PAGE)


def kept(file: str, pointer: str) -> float:
    """What a pointer leads to in a kept file; of a list how long it is."""
    held = json.loads((ROOT / file).read_text(encoding="utf-8"))
    for step in pointer.strip("/").split("/"):
        name = unquote(step)
        held = held[int(name)] if isinstance(held, list) else held[name]
    return float(len(held) if isinstance(held, list) else held)


def agrees(shown: str, value: float) -> bool:
    """Whether a figure is the value, or a hundred times it, rounded to the places shown."""
    figure, places = float(shown.replace(",", "")), len(shown.partition(".")[2])
    half = 0.5 * 10.0**-places + 1e-9
    return abs(figure - value) <= half or (value <= 1.0 and abs(figure - 100.0 * value) <= half)


@pytest.mark.parametrize(("shown", "file", "pointer"), FIGURES)
def test_every_figure_is_the_one_that_its_command_kept(shown: str, file: str, pointer: str) -> None:
    assert agrees(shown, kept(file, pointer)), kept(file, pointer)


def test_there_are_figures_and_a_wrong_one_would_be_found() -> None:
    assert len(FIGURES) > 15
    shown, file, pointer = FIGURES[0]
    assert not agrees(f"{float(shown) + 1:g}", kept(file, pointer))


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([a-z_/]+/test_[a-z_]+[.]py)(?:::(test_[a-z0-9_]+))?`", PAGE)

    assert len(named) > 20
    for file, name in named:
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert f"def {name or 'test_'}" in text, (file, name)


@pytest.mark.parametrize(
    "file", ["RELEASING.md", "HOW_WE_KNOW.md", "SECURITY.md", "DATA_PROTECTION.md"]
)
def test_what_a_page_links_to_is_there(file: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)[^)]*\)", (ROOT / file).read_text(encoding="utf-8"))

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_of_the_release_is_there() -> None:
    steps = (ROOT / "RELEASING.md").read_text(encoding="utf-8")

    modules = re.findall(r"python -m benchmarks\.(\w+)", steps + PAGE)
    assert {name for name in modules if not (ROOT / "benchmarks" / f"{name}.py").exists()} == set()
    assert (ROOT / ".ci" / "release").exists()
