"""The charts of a run show its numbers, can be read, and are left out where nothing is told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text
from tests.reports.conftest import in_care as children
from tests.reports.conftest import net_flow
from tests.reports.test_charts import contrast

from familyflow.reports.documents.kept import FIGURES
from familyflow.reports.figures import write_figures
from familyflow.reports.pictures import (
    break_even,
    fan,
    in_care,
    journey,
    movers,
    waterfall,
    weekly,
)
from familyflow.reports.pictures.sets import OF_RUN
from familyflow.reports.style import SMALLEST, chart_style

MINUS = "\N{MINUS SIGN}"
LONG = "The partnership of everybody who ever gave anything to anybody in this county & beyond"
every = pytest.mark.parametrize("name", OF_RUN)


def _drawn(chart: Any, results: Any, tables: Any) -> Axes:
    with chart_style():
        axes = chart.draw(results, tables)
        axes.get_figure(root=True).draw_without_rendering()
    assert isinstance(axes, Axes)
    return axes


def _texts(axes: Axes) -> list[Text]:
    """Everything that is written and shown."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    found = [*figure.texts]
    for panel in figure.axes:
        marks = [*_marks(panel)] if panel.axison else []
        titles = [panel.title, panel._left_title, panel._right_title]  # type: ignore[attr-defined]
        found += [*panel.texts, *marks, panel.xaxis.label, panel.yaxis.label, *titles]
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def _marks(axes: Axes) -> list[Text]:
    """Labels of the ticks within the axes; those beyond are never drawn."""
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    across = [label for label in axes.get_xticklabels() if left <= label.get_position()[0] <= right]
    return across + [
        text for text in axes.get_yticklabels() if low <= text.get_position()[1] <= high
    ]


def _line(axes: Axes, label: str) -> list[float]:
    (found,) = [line for line in axes.get_lines() if line.get_label() == label]
    return [float(value) for value in found.get_ydata()]  # type: ignore[union-attr]


@every
def test_the_finding_the_base_and_the_source_are_written(
    name: str, results: Any, tables: Any
) -> None:
    figure = _drawn(OF_RUN[name], results, tables).get_figure(root=True)
    title, about, source = (text.get_text().replace("\n", " ") for text in figure.texts)  # type: ignore[union-attr]

    assert len(title.split()) > 5
    assert any(digit in title for digit in "123456789")
    assert about.endswith(".")
    assert "Source: familyflow run core_offer-0123456789 (200 draws)" in source
    assert "Data: tables/" in source
    if name not in ("journey", "waiting_and_caseload", "in_care"):
        assert "2024/25 prices" in about


@every
def test_the_words_tell_the_finding_with_its_numbers(name: str, results: Any, tables: Any) -> None:
    figure = _drawn(OF_RUN[name], results, tables).get_figure(root=True)
    words = OF_RUN[name].words(results, tables)

    assert figure.texts[0].get_text().replace("\n", " ") in words  # type: ignore[union-attr]
    assert "None" not in words
    assert "nan" not in words.replace("finance", "")


@every
def test_what_is_written_is_large_and_dark_enough_and_within_the_picture(
    name: str, results: Any, tables: Any
) -> None:
    axes = _drawn(OF_RUN[name], results, tables)
    width = axes.get_figure(root=True).bbox.x1  # type: ignore[union-attr]

    for text in _texts(axes):
        box = text.get_window_extent()
        assert text.get_fontsize() >= SMALLEST, text.get_text()
        assert contrast(to_hex(text.get_color()), "#FFFFFF") >= 4.5, text.get_text()
        assert box.x0 >= -1.0, text.get_text()
        assert box.x1 <= width + 1.0, text.get_text()


@every
def test_no_label_lies_on_another(name: str, results: Any, tables: Any) -> None:
    axes = _drawn(OF_RUN[name], results, tables)
    boxes = [(text.get_text(), text.get_window_extent().padded(-1.0)) for text in axes.texts]

    for place, (one, box) in enumerate(boxes):
        for other, taken in boxes[place + 1 :]:
            assert not box.overlaps(taken), (one, other)


def test_documents_find_every_chart_by_its_name() -> None:
    assert set(FIGURES) == set(OF_RUN)


def test_a_band_is_as_tall_as_its_families_and_stacked_without_a_gap(
    results: Any, tables: Any
) -> None:
    nodes = journey._laid_out(tables["journey"])

    scale = nodes["referred"].tall / 100.0
    assert all(node.tall == pytest.approx(node.families * scale) for node in nodes.values())
    assert "moved away during support" not in nodes  # nobody did
    ends = [node for node in nodes.values() if node.point not in set(tables["journey"]["from"])]
    for column in {node.x for node in ends}:
        here = sorted((node.y, node.y + node.tall) for node in nodes.values() if node.x == column)
        assert all(below[0] >= above[1] - 1e-9 for above, below in pairwise(here))


def test_nobody_referred_has_no_flow_to_draw(results: Any, tables: Any) -> None:
    nobody = tables["journey"].assign(families=0.0)

    assert journey.draw(results, {"journey": nobody}) is None


def test_the_steps_of_the_waterfall_lead_from_nothing_to_the_net(results: Any, tables: Any) -> None:
    results["money"]["net_saving"] = {"mean": -280e3, "low": -500e3, "high": 50e3}
    axes = _drawn(waterfall, results, tables)

    bars = [bar for bar in axes.patches if bar.get_width()]  # type: ignore[attr-defined]
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]  # type: ignore[attr-defined]
    paid, cash, rest, net = spans
    assert paid == (0.0, -400e3)
    assert cash == (-400e3, -380e3)
    assert rest == (-380e3, -280e3)
    assert net == (0.0, -280e3)
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, True, False]
    steps = waterfall.steps_of(results)
    assert sum(step.pounds for step in steps) == pytest.approx(-280e3)


def test_what_is_not_told_to_be_cashable_is_not_hatched(results: Any, tables: Any) -> None:
    results["by_agency"][0]["cashable_saving"] = {"mean": None, "reason": "needs whole events"}
    axes = _drawn(waterfall, results, tables)

    assert not any(bar.get_hatch() for bar in axes.patches if bar.get_width())  # type: ignore[attr-defined]
    assert "not told" in waterfall.words(results, tables)


def test_an_agency_that_spends_more_is_a_step_down(results: Any, tables: Any) -> None:
    results["by_agency"][0]["fiscal_saving"] = {"mean": -50e3}

    step = waterfall.steps_of(results)[-1]

    assert (step.name, step.pounds) == ("NHS spends more:", -50e3)
    assert "NHS spends more: £50,000" in waterfall.words(results, tables)
    assert _drawn(waterfall, results, tables)


def test_a_run_has_the_fan_of_a_comparison_with_its_chances_beneath(
    results: Any, tables: Any
) -> None:
    axes = _drawn(fan, results, tables)

    assert _line(axes, "mean") == [0.0, -200e3, -400e3, -300e3, 100e3]
    assert [label.get_text() for label in axes.get_xticklabels()][-2:] == ["3\n0%", "4\n100%"]
    assert fan.finding(results, tables).endswith("the cost of the service in year 4")


def test_a_run_that_never_pays_back_says_how_much_it_ends_short(results: Any, tables: Any) -> None:
    short = {**tables, "net_flow_by_year": net_flow([-200e3, -150e3])}

    assert fan.finding(results, short) == (
        "On the mean the service does not pay back in 2 years: it ends £150,000 short"
    )
    assert f"after year 2 {MINUS}£150,000" in fan.words(results, short)


def test_the_caseload_stands_beside_its_places(results: Any, tables: Any) -> None:
    upper = _drawn(weekly, results, tables)

    assert set(_line(upper, "places")) == {23.0}
    assert set(_line(upper, "caseload")) == {20.0}
    assert upper.get_ylim()[0] == 0.0
    lower = upper.get_figure(root=True).axes[1]  # type: ignore[union-attr]
    assert set(_line(lower, "waiting")) == {10.0}


def test_both_arms_and_their_difference_are_those_of_the_table(results: Any, tables: Any) -> None:
    upper = _drawn(in_care, results, tables)
    lower = upper.get_figure(root=True).axes[1]  # type: ignore[union-attr]

    assert _line(upper, "without") == [4.0, 10.0, 6.0]
    assert _line(upper, "with") == [3.5, 8.0, 5.5]
    assert [bar.get_height() for bar in lower.patches] == [0.5, 2.0, 0.5]  # type: ignore[attr-defined]
    told = in_care.finding(results, tables)
    assert told.startswith("In year 2, 8 children are in care")
    assert "no difference" not in told


@pytest.mark.parametrize(
    ("without", "with_service", "says"),
    [
        ([4.0, 5.0], [3.9, 4.5], "there may be no difference"),
        ([4.0, 5.0], [4.0, 5.0], "As many children"),
        ([4.0, 5.0], [4.0, 8.0], "8 children are in care on an average day with the service, 5"),
    ],
)
def test_a_difference_that_is_not_known_or_none_is_not_claimed(
    results: Any, without: list[float], with_service: list[float], says: str
) -> None:
    tables = {"in_care_by_year": children(without, with_service)}

    assert says in in_care.finding(results, tables)
    assert _drawn(in_care, results, tables)


def test_no_child_in_care_has_no_chart(results: Any) -> None:
    tables = {"in_care_by_year": children([0.0, 0.0], [0.0, 0.0])}

    assert in_care.draw(results, tables) is None


def test_bars_go_from_the_mean_to_the_fifths_of_each_number(results: Any, tables: Any) -> None:
    axes = _drawn(movers, results, tables)

    ends = [bar.get_x() + bar.get_width() for bar in axes.patches]  # type: ignore[attr-defined]
    assert ends == pytest.approx([640e3, 160e3, 280e3, 520e3])
    assert {bar.get_x() for bar in axes.patches} == {400e3}  # type: ignore[attr-defined]
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [True, False] * 2
    assert "up to 50%" in [text.get_text() for text in axes.texts]


def test_a_single_number_with_a_long_name_leaves_room_for_its_bar(
    results: Any, tables: Any
) -> None:
    name = "Children looked after in months 19 to 24, with the service for one without"
    results["movers"] = [results["movers"][0] | {"label": name}]
    axes = _drawn(movers, results, tables)

    assert axes.get_window_extent().height / axes.figure.dpi >= 0.5  # inches


def test_no_number_that_moves_the_answer_has_no_chart(results: Any, tables: Any) -> None:
    assert movers.draw(results | {"movers": []}, tables) is None


def test_of_many_numbers_the_first_are_drawn_and_the_rest_counted(
    results: Any, tables: Any
) -> None:
    results["movers"] = results["movers"][:1] * (movers.SHOWN + 3)
    axes = _drawn(movers, results, tables)

    assert len(axes.patches) == 2 * movers.SHOWN
    assert "3 more in the results." in movers.words(results, tables)


def test_the_line_crosses_nothing_where_the_service_breaks_even(results: Any, tables: Any) -> None:
    axes = _drawn(break_even, results, tables)

    (crossing,) = [line for line in axes.get_lines() if line.get_marker() == "D"]
    assert list(crossing.get_xdata()) == [2.2]  # type: ignore[arg-type]
    assert "pay for itself at 2.2 times" in break_even.finding(results)
    assert f"at 0 times {MINUS}£400,000" in break_even.words(results, tables)


@pytest.mark.parametrize(
    ("multiple", "says"),
    [
        ({"mean": 0.8}, "pays for itself: 0.8 times"),
        ({"mean": None, "reason": "there is no fiscal saving to scale"}, "no multiple"),
    ],
)
def test_a_service_that_pays_or_never_does_says_so(
    results: Any, tables: Any, multiple: Any, says: str
) -> None:
    results["money"]["break_even_effect"] = multiple

    assert says in break_even.finding(results)
    assert _drawn(break_even, results, tables)


def test_nothing_saved_and_nothing_lost_has_no_curve(results: Any, tables: Any) -> None:
    results["money"]["fiscal_saving"] = {"mean": 0.0}

    assert break_even.draw(results, tables) is None


@pytest.mark.long
def test_long_names_large_sums_and_one_year_stay_within_the_picture(
    results: Any, tables: Any, tmp_path: Path
) -> None:
    results["by_funder"] = [
        {"funder": f"{LONG} {place}", "paid": {"mean": 4e9}} for place in range(9)
    ]
    results["by_agency"] = [
        {"title": LONG, "fiscal_saving": {"mean": 3e9}, "cashable_saving": {"mean": 4e9}}
    ] * 5
    results["movers"] = [{**one, "label": LONG * 2} for one in results["movers"]]
    results["term_years"] = 1
    one_year: dict[str, pd.DataFrame] = {
        **tables,
        "net_flow_by_year": net_flow([-5.0]),
        "in_care_by_year": children([100.0], [90.0]),
        "weekly": tables["weekly"].head(52),
    }

    assert len(write_figures(tmp_path, results, one_year, OF_RUN)) == 2 * len(OF_RUN) + 1
    for chart in OF_RUN.values():
        axes = _drawn(chart, results, one_year)
        width = axes.get_figure(root=True).bbox.x1  # type: ignore[union-attr]
        for text in _texts(axes):
            assert text.get_window_extent().x1 <= width + 1.0, text.get_text()
            assert text.get_window_extent().x0 >= -1.0, text.get_text()
