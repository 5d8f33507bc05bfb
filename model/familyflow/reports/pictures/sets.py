"""Which charts each kind of experiment has, by the name of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from familyflow.reports.pictures import (
    acceptability,
    break_even,
    fan,
    gaps,
    grid,
    in_care,
    journey,
    morris_plane,
    movers,
    plane,
    served,
    sobol_bars,
    studies,
    switches,
    teams,
    tornado,
    waterfall,
    weekly,
    worth,
)
from familyflow.reports.pictures.chart import Chart
from familyflow.reports.pictures.swept import by_target

OF_RUN: Final[Mapping[str, Chart]] = {
    "cost_and_savings": Chart(waterfall.draw, waterfall.words),
    "journey": Chart(journey.draw, journey.words),
    "waiting_and_caseload": Chart(weekly.draw, weekly.words),
    "payback": Chart(fan.draw, fan.words),
    "in_care": Chart(in_care.draw, in_care.words),
    "movers": Chart(movers.draw, movers.words),
    "break_even_curve": Chart(break_even.draw, break_even.words),
}
OF_COMPARE: Final[Mapping[str, Chart]] = {
    "cost_and_care_weeks": Chart(plane.draw, plane.words),
    "chance_of_being_best": Chart(acceptability.draw, acceptability.words),
    "payback": Chart(fan.draw, fan.words),
    "who_is_served": Chart(served.draw, served.words),
}
OF_VOI: Final[Mapping[str, Chart]] = {
    "worth_knowing": Chart(worth.draw, worth.words),
    "studies": Chart(studies.draw, studies.words),
}
OF_STAFF: Final[Mapping[str, Chart]] = {"teams": Chart(teams.draw, teams.words)}
OF_SWEEP: Final[Mapping[str, Chart]] = {  # a picture for each target, of the method that was used
    "tornado": Chart(tornado.draw, tornado.words, by_target),
    "grid": Chart(grid.draw, grid.words, by_target),
    "morris": Chart(morris_plane.draw, morris_plane.words, by_target),
    "sobol": Chart(sobol_bars.draw, sobol_bars.words, by_target),
    "pawn": Chart(gaps.draw, gaps.words, by_target),
    "switching": Chart(switches.draw, switches.words, by_target),
}
