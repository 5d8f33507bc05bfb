"""Which charts each kind of experiment has, by the name of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from familyflow.reports.alt_text import ALT_TEXT
from familyflow.reports.charts import CHARTS
from familyflow.reports.pictures import (
    acceptability,
    fan,
    gaps,
    grid,
    morris_plane,
    plane,
    served,
    sobol_bars,
    studies,
    switches,
    teams,
    tornado,
    worth,
)
from familyflow.reports.pictures.chart import Chart
from familyflow.reports.pictures.swept import by_target

OF_RUN: Final[Mapping[str, Chart]] = {
    name: Chart(draw, ALT_TEXT[name]) for name, draw in CHARTS.items()
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
