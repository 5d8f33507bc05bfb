"""Charts: the finding as the title, colours told apart, words for all."""

import json
from itertools import pairwise

import pytest

from familyflow.reports.figures import write_figures
from familyflow.reports.pictures.sets import OF_RUN
from familyflow.reports.style import PALETTE


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_stands_out_on_white(colour):
    assert contrast(colour, "#FFFFFF") >= 3.0


def test_neighbouring_colours_can_be_told_apart():
    assert all(contrast(a, b) >= 3.0 for a, b in pairwise(PALETTE))


def test_charts_are_the_same_bytes_every_time(tmp_path, results, tables):
    first = write_figures(tmp_path / "first", results, tables, OF_RUN)
    second = write_figures(tmp_path / "second", results, tables, OF_RUN)

    assert [path.name for path in first] == [path.name for path in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))
    words = json.loads((tmp_path / "first" / "alt_text.json").read_text(encoding="utf-8"))
    assert list(words) == list(OF_RUN)


def test_hostile_text_in_a_name_is_drawn_as_text(tmp_path, results, tables):
    results["by_agency"][0]["title"] = r"<script>alert(1)</script> $\frac{x"

    write_figures(tmp_path, results, tables, OF_RUN)

    assert "<script" not in (tmp_path / "cost_and_savings.svg").read_text(encoding="utf-8")
