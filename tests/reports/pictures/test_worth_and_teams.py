"""The charts of what is worth knowing and of teams show their numbers, and leave out the rest."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.axes import Axes
from tests.reports.pictures.made import team

from familyflow.reports.pictures import studies, teams, worth
from familyflow.reports.style import chart_style


def _drawn(draw: Any, results: Any) -> Axes:
    with chart_style():
        axes = draw(results, {})
        axes.get_figure(root=True).draw_without_rendering()
    assert isinstance(axes, Axes)
    return axes


def _values(axes: Axes, label: str) -> list[list[float]]:
    return [list(line.get_ydata()) for line in axes.get_lines() if line.get_label() == label]


def test_knowing_everything_is_a_line_beyond_the_bars(knowing: Any) -> None:
    axes = _drawn(worth.draw, knowing[0])

    (line,) = [line for line in axes.get_lines() if line.get_label() == "EVPI"]
    assert list(line.get_xdata()) == [90_000.0, 90_000.0]
    assert [bar.get_width() for bar in axes.patches] == [70_000.0, 0.0, 65_000.0]  # type: ignore[attr-defined]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["What the service changes", "Who is referred", "Care ratio (outcomes.effects)"]


def test_what_is_most_worth_knowing_is_the_title(knowing: Any) -> None:
    told = worth.finding(knowing[0])

    assert told.startswith("Of £90,000 (±\N{NO-BREAK SPACE}£10,000) for knowing everything")
    assert told.endswith("what the service changes alone brings £70,000")


def test_what_the_draws_cannot_tell_is_said(knowing: Any) -> None:
    results = knowing[0]
    results["evpi"] = {"value": 9_000.0, "se": 5_000.0}

    assert worth.finding(results).startswith("These draws cannot tell whether")

    results["warnings"] = ["The draws foretell little."]
    assert "all of it is rough" in worth.words(results, {})


def test_when_nothing_is_worth_knowing_there_is_no_chart(knowing: Any) -> None:
    results = knowing[0] | {"evpi": {"value": 0.0, "se": 0.0}, "evppi": [], "evppi_groups": []}

    assert worth.draw(results, {}) is None


def test_a_study_brings_what_it_leaves_and_costs(knowing: Any) -> None:
    axes = _drawn(studies.draw, knowing[0])

    assert _values(axes, "worth") == [[60_000.0, 100_000.0, 120_000.0]]
    assert _values(axes, "cost") == [[40_000.0, 60_000.0, 180_000.0]]
    assert _values(axes, "net_benefit") == [[20_000.0, 40_000.0, -60_000.0]]
    assert studies.finding(knowing[0]).endswith(
        "£40,000 beyond its cost with 100 families in each arm"
    )


def test_a_study_that_never_pays_is_said_not_to_be_worth_its_cost(knowing: Any) -> None:
    (study, _) = knowing[0]["evsi"]
    study["best"] = study["sizes"][0]

    assert studies.finding(knowing[0]).startswith("No study asked about is worth its cost")
    assert "no size tried leaves more than nothing" in studies.words(knowing[0], {})


def test_without_a_study_there_is_no_chart_of_studies(knowing: Any) -> None:
    assert studies.draw(knowing[0] | {"evsi": knowing[0]["evsi"][1:]}, {}) is None
    assert studies.draw(knowing[0] | {"evsi": []}, {}) is None


def test_teams_stand_against_posts_with_the_cost_of_a_further_start(staffing: Any) -> None:
    axes = _drawn(teams.draw, staffing[0])
    waits = axes.get_figure(root=True).axes[1]  # type: ignore[union-attr]

    assert _values(axes, "families_started") == [[150.0, 200.0, 230.0]]
    assert _values(waits, "mean_wait_weeks") == [[10.0, 6.0, 3.0]]
    assert [text.get_text() for text in axes.texts] == ["£3,600", "£5,200"]
    (target,) = [line for line in waits.get_lines() if line.get_label() == "target"]
    assert list(target.get_ydata()) == [4.0, 4.0]
    assert "5 posts" in teams.finding(staffing[0])
    assert "93%" in teams.finding(staffing[0])


def test_undefined_waits_are_left_out_and_said(staffing: Any) -> None:
    results = staffing[0]
    results["teams"] = [team(3, 0.0, None), team(4, 90.0, 3.0)]
    results["margins"] = []

    waits = _drawn(teams.draw, results).get_figure(root=True).axes[1]  # type: ignore[union-attr]

    assert _values(waits, "mean_wait_weeks") == [[3.0]]
    assert "3 posts 0 started, no wait told" in teams.words(results, {})


@pytest.mark.filterwarnings("error")
def test_one_team_without_any_wait_is_still_drawn(staffing: Any) -> None:
    wait = {"weeks": 4.0, "confidence": 0.8, "team": None, "reason": "none"}
    results = staffing[0] | {"teams": [team(3, 100.0, None)], "margins": [], "wait_target": wait}

    waits = _drawn(teams.draw, results).get_figure(root=True).axes[1]  # type: ignore[union-attr]

    assert "no wait to tell" in [text.get_text() for text in waits.texts]
    assert teams.finding(results) == "With 3 posts 100 families start work"


def test_teams_that_differ_in_more_than_posts_are_lines_with_names(staffing: Any) -> None:
    made = [team(posts, 40.0 * posts, 9.0 - posts, cap) for cap in (6.0, 8.0) for posts in (3, 4)]
    axes = _drawn(teams.draw, staffing[0] | {"teams": made, "margins": []})

    assert [text.get_text() for text in axes.texts] == ["cap 6", "cap 8"]


def test_a_team_with_which_nobody_starts_gives_no_chart(staffing: Any) -> None:
    assert teams.draw(staffing[0] | {"teams": [team(1, None, None)]}, {}) is None
