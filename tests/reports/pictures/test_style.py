"""The one look of every chart."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from familyflow.reports.style import TICKS, chart_style


def test_the_look_is_seaborns_ticks_but_for_what_the_house_style_says_itself() -> None:
    seaborn = pytest.importorskip("seaborn")
    of_seaborn = seaborn.axes_style("ticks")
    by_the_house = {
        "axes.axisbelow",
        "axes.grid",
        "axes.spines.right",
        "axes.spines.top",
        "grid.color",
        "image.cmap",  # a chart of colours names its own
    }

    assert set(of_seaborn) - set(TICKS) == by_the_house
    assert {name: of_seaborn[name] for name in TICKS} == dict(TICKS)


def test_a_chart_needs_no_statistics_package() -> None:
    code = (
        "import json, sys\n"
        "from familyflow.reports.style import chart_style, new_figure\n"
        "with chart_style():\n"
        "    new_figure()\n"
        "print(json.dumps([name for name in ('seaborn', 'scipy.stats') if name in sys.modules]))\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(found.stdout) == []


def test_the_settings_of_whoever_draws_are_left_as_they_were() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)

    with chart_style():
        assert mpl.rcParams["axes.edgecolor"] == TICKS["axes.edgecolor"]

    assert dict(mpl.rcParams) == before
