"""Teams under the same luck: what a further post brings, and which team to have."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from familyflow.experiments.experiment import Experiment
from familyflow.experiments.per_draw import Gathered, PerDraw
from familyflow.experiments.staff import staff
from familyflow.experiments.staffing.choose import (
    NEVER_FISCAL,
    best_use_of_grant,
    least_cost_for_wait,
    where_a_post_stops_paying,
)
from familyflow.experiments.staffing.margins import WEAKER, margins
from familyflow.experiments.staffing.teams import Team, load_teams
from familyflow.experiments.staffing.tried import Tried
from familyflow.problems import InputError
from familyflow.reports.staffing import staffing_text

DRAWS, SEED = 8, 1


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Three teams of the core offer, few draws."""
    out = tmp_path_factory.mktemp("staff")
    return staff("core_offer", posts=[4, 5, 6], grant=280_000, draws=DRAWS, seed=SEED, out=out,
                 workers=2)  # fmt: skip


def _tried(posts: int, starts: float, cost: float, saving: float, wait: float) -> Tried:
    """A team whose every draw is the same."""
    same = {
        "flow.families_started": starts,
        "flow.families_gave_up_waiting": 200.0 - starts,
        "money.cost": cost,
        "money.cost_undiscounted": cost,
        "money.fiscal_saving": saving,
        "money.net_present_value": saving - cost,
        "money.net_present_value_with_weaker_evidence": 10.0 * saving - cost,
        "flow.mean_wait_weeks": wait,
    }
    figures = {name: PerDraw((np.full((40, 1), value),), "") for name, value in same.items()}
    (option,) = [team.option for team in load_teams("core_offer", [posts], [], [])]
    team = Team(posts, 8.0, None, 0.7 * posts, option)
    return Tried(team, Gathered(figures, None))


def test_the_team_of_the_scenario_is_what_its_own_run_gives(found: Experiment, tmp_path: Path):
    from familyflow.experiments.run import run

    alone = run("core_offer", draws=DRAWS, seed=SEED, out=tmp_path, workers=2).results
    team = next(row for row in found.results["teams"] if row["posts"] == 5)

    assert team["families_started"]["mean"] == alone["flow"]["families_started"]["mean"]
    assert team["cost"]["mean"] == alone["money"]["cost"]["mean"]
    assert team["fte"] == pytest.approx(3.5)


def test_margins_add_up_to_the_difference_of_the_ends(found: Experiment) -> None:
    teams, steps = found.results["teams"], found.results["margins"]

    assert [(row["from"], row["to"]) for row in steps] == [
        ("4 posts", "5 posts"),
        ("5 posts", "6 posts"),
    ]
    for figure, short in (("starts", "families_started"), ("cost", "cost")):
        whole = teams[-1][short]["mean"] - teams[0][short]["mean"]
        assert sum(row[figure]["mean"] for row in steps) == pytest.approx(whole)


def test_a_further_start_costs_the_further_cost_by_the_further_starts(found: Experiment) -> None:
    for row in found.results["margins"]:
        each = row["cost"]["mean"] / row["starts"]["mean"]
        assert row["cost_of_a_further_start"]["mean"] == pytest.approx(each)
        low, high = (row["cost_of_a_further_start"][end] for end in ("low", "high"))
        assert low <= each <= high


def test_more_posts_shorten_the_wait_of_the_core_offer(found: Experiment) -> None:
    waits = [row["mean_wait_weeks"]["mean"] for row in found.results["teams"]]

    assert waits == sorted(waits, reverse=True)


def test_a_grant_buys_no_team_that_costs_more(found: Experiment) -> None:
    grant = found.results["grant"]

    assert grant["cost_a_year"][grant["most_families"]] <= 280_000
    dearer = [name for name, cost in grant["cost_a_year"].items() if cost > 280_000]
    assert dearer
    assert grant["most_families"] not in dearer


def test_a_further_start_needs_to_be_worth_what_it_costs_beyond_what_it_saves() -> None:
    (row,) = margins([_tried(4, 100, 1_000.0, 300.0, 5.0), _tried(5, 120, 1_400.0, 400.0, 4.0)])

    assert row["cost_of_a_further_start"]["mean"] == pytest.approx(400 / 20)
    assert row["worth_needed_of_a_further_start"]["mean"] == pytest.approx((400 - 100) / 20)


def test_a_post_that_brings_no_start_has_no_cost_for_each() -> None:
    (row,) = margins([_tried(4, 100, 1_000.0, 300.0, 5.0), _tried(5, 100, 1_400.0, 400.0, 4.0)])

    assert row["cost_of_a_further_start"]["mean"] is None
    assert "no more families" in row["cost_of_a_further_start"]["reason"]


def test_never_pays_on_fiscal_savings_alone_is_an_answer() -> None:
    steps = margins([_tried(4, 100, 1_000.0, 300.0, 5.0), _tried(5, 120, 1_400.0, 400.0, 4.0)])

    told = where_a_post_stops_paying(steps)
    assert told["fiscal"].startswith(NEVER_FISCAL)
    assert "from 4 posts to 5 posts" in told["with_weaker_evidence"]


def test_the_steps_that_pay_are_named() -> None:
    tried = [_tried(4, 100, 1_000.0, 300.0, 5.0), _tried(5, 120, 1_100.0, 600.0, 4.0),
             _tried(6, 130, 1_300.0, 610.0, 3.0)]  # fmt: skip

    assert "from 4 posts to 5 posts" in where_a_post_stops_paying(margins(tried))["fiscal"]


def test_a_step_that_these_draws_cannot_tell_is_not_said_to_pay() -> None:
    def step(team: int, low: float, high: float) -> dict[str, object]:
        told = {"mean": (low + high) / 2, "low": low, "high": high}
        each = dict.fromkeys(("net_saving", "net_present_value", WEAKER), told)
        return {"from": f"{team} posts", "to": f"{team + 1} posts", **each}

    sure, open_, loses = step(1, 10.0, 30.0), step(2, -16.0, 62.0), step(3, -9.0, -1.0)
    both = where_a_post_stops_paying([sure, open_, loses])["fiscal"]
    pays, _, doubt = both.partition("; ")
    assert "from 1 posts" in pays
    assert "from 2 posts" not in pays
    assert doubt == "whether it does from 2 posts to 3 posts these draws cannot tell."
    unsure = where_a_post_stops_paying([open_, loses])["fiscal"]
    assert unsure.startswith("At no step is it sure that a larger team pays; whether it does")
    assert "no step can" in where_a_post_stops_paying([open_])["fiscal"]
    assert where_a_post_stops_paying([loses])["fiscal"] == NEVER_FISCAL


def test_the_cheapest_team_that_keeps_the_wait_is_chosen() -> None:
    tried = [_tried(4, 100, 1_000.0, 0.0, 5.0), _tried(5, 120, 1_400.0, 0.0, 3.9),
             _tried(6, 130, 1_900.0, 0.0, 2.0)]  # fmt: skip

    assert least_cost_for_wait(tried, 4.0, 0.8)["team"] == tried[1].team.name
    nobody = least_cost_for_wait(tried, 1.0, 0.8)
    assert nobody["team"] is None
    assert "no team tried" in nobody["reason"]


def test_a_wait_of_nobody_is_no_wait_that_is_kept() -> None:
    one = _tried(4, 0, 1_000.0, 0.0, float("nan"))

    told = least_cost_for_wait([one], 4.0, 0.8)
    assert told["team"] is None
    assert told["chances"][one.team.name]["mean"] is None


def test_a_draw_in_which_nobody_gets_a_place_keeps_no_wait() -> None:
    one = _tried(4, 10, 1_000.0, 0.0, 3.0)
    waits = np.full((40, 1), 3.0)
    waits[:10] = np.nan
    figures = {**one.figures.main, "flow.mean_wait_weeks": PerDraw((waits,), "weeks")}

    assert Tried(one.team, Gathered(figures, None)).chance_of_wait(4.0)["mean"] == 0.75


def test_one_draw_tells_no_difference_and_no_error(tmp_path: Path) -> None:
    one = staff("core_offer", posts=[4, 5], draws=1, seed=SEED, out=tmp_path, workers=2)

    (row,) = one.results["margins"]
    assert row["starts"]["mean"] is None
    assert row["starts"]["reason"]


def test_a_team_has_the_intervals_that_its_own_run_has(found: Experiment, tmp_path: Path) -> None:
    from familyflow.experiments.run import run

    alone = run("core_offer", draws=DRAWS, seed=SEED, out=tmp_path, workers=2).results["money"]
    team = next(row for row in found.results["teams"] if row["posts"] == 5)

    for name in ("net_saving", "net_present_value", "fiscal_saving"):
        assert team[name] == alone[name], name


def test_caps_are_tried_as_they_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="caseload_cap"):
        staff("core_offer", caps=[6.000001], draws=1, out=tmp_path)


def test_a_choice_of_the_same_key_is_where_teams_start_from() -> None:
    teams = load_teams("core_offer", [], [], [], ["service.team.key_workers=4",
                                                  "service.team.caseload_cap=7"])  # fmt: skip

    assert [team.posts for team in teams] == [2, 3, 4, 5, 6, 7]
    assert {team.cap for team in teams} == {7.0}


def test_a_grant_too_small_for_any_team_says_what_the_cheapest_costs() -> None:
    told = best_use_of_grant([_tried(4, 100, 5_000.0, 0.0, 5.0)], 900.0, 5)

    assert told["most_families"] is None
    assert "£1,000 a year" in told["reason"]


def test_teams_are_every_combination_in_order() -> None:
    teams = load_teams("core_offer", [4, 5], [6, 8], [3, 6])

    assert len(teams) == 8
    assert teams[0].name == "4 posts, cap 6, 3 months to recruit"
    assert len({team.name for team in teams}) == 8


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"confidence": 1.0}, "confidence"),
        ({"wait": -1.0}, "wait"),
        ({"grant": float("nan")}, "grant"),
        ({"posts": list(range(1, 80))}, "more than"),
        ({"posts": [0]}, "no post"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_written(
    given: dict[str, object], told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told):
        staff("core_offer", draws=2, out=tmp_path, **given)  # type: ignore[arg-type]

    assert not list(tmp_path.iterdir())


def test_a_scenario_without_a_service_has_no_team(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no service"):
        staff("no_service", draws=2, out=tmp_path)


def test_the_page_says_whose_wait_it_is_and_who_still_gives_up(found: Experiment) -> None:
    results = dict(found.results)
    results["wait_target"] = least_cost_for_wait([_tried(5, 120, 1_400.0, 0.0, 3.9)], 4.0, 0.8)

    page = staffing_text(results)
    assert "of families who get a place" in page
    assert "80 families still give up waiting then." in page
    assert "Few draws, so all of this is rough." in page
