"""What the journey is told from: one simulated world of a run, with its team and its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from familyflow.experiments.one_world import DRAW, one_world
from familyflow.experiments.quantities import Rows
from familyflow.planning.team import POSTS, cap_of, posts_in_order
from familyflow.problems import bad_input
from familyflow.reports.documents.clean import MOST_OF_A_NAME, clean
from familyflow.reports.documents.kept import Kept, read_kept
from familyflow.specification.variates import DAYS_IN_YEAR
from familyflow.store import read_manifest

_PROGRAMMES: Final = "service.group_work.programmes"
_ACTIVITIES: Final = "service.activities.programme"
_ASKED: Final = (
    POSTS, "service.team.key_workers", "service.team.runs", "service.team.caseload_cap",
    "service.calendar.start_month", "service.calendar.school_holidays", "appraisal.term_years",
    "appraisal.start", "service.waiting.stop_offers_weeks", _PROGRAMMES, _ACTIVITIES,
)  # fmt: skip


@dataclass(frozen=True)
class Post:
    """A key worker's post. cap: most families at once."""

    agency: str
    specialism: str
    cap: int


@dataclass(frozen=True)
class World:
    """One simulated world. Rows: columns of the journal, days of the funding term.

    values: what the run was made of, by key, of the team and the calendar, in this draw.
    programmes and activities: their titles, by number. results: as results.json.
    """

    results: Mapping[str, Any]
    values: Mapping[str, Any]
    posts: tuple[Post, ...]
    programmes: tuple[str, ...]
    activities: tuple[str, ...]
    without: Rows
    with_service: Rows

    @property
    def last_day(self) -> int:
        """The day on which the funding ends; day 0 is its first."""
        return int(self.values["appraisal.term_years"]) * DAYS_IN_YEAR

    @property
    def was_running(self) -> bool:
        """Whether the service held families already when the funding began."""
        return bool(self.values["appraisal.start"] == "running")


def read_world(folder: Path) -> World:
    """The first simulated world of a run of one scenario.

    Raises InputError where there is no such run, it is damaged, or has no service to show;
    RefusedError where it kept no journal and cannot be simulated again as it was.
    """
    kept = read_kept(folder)
    values = values_of(kept)
    if not values["service.team.runs"]:
        raise bad_input(
            "in that run no service runs, so there is no journey to show",
            "Give a run of a scenario with a service.",
            where=str(folder),
        )
    without, with_service = one_world(folder, read_manifest(folder))
    return World(
        results=kept.results,
        values=values,
        posts=posts_of(values),
        programmes=_titles(values[_PROGRAMMES]),
        activities=_titles(values[_ACTIVITIES]),
        without=without,
        with_service=with_service,
    )


def values_of(kept: Kept) -> dict[str, Any]:
    """What is asked of the team and the calendar, with what is drawn of it in this world."""
    drawn: pd.Series[Any] = kept.draws.iloc[DRAW]
    return {key: drawn[key] if key in drawn else _stated(kept.parameters[key]) for key in _ASKED}


def _stated(parameter: Mapping[str, Any]) -> Any:
    return parameter["table"] if "table" in parameter else parameter["value"]


def posts_of(values: Mapping[str, Any]) -> tuple[Post, ...]:
    """The posts that are filled, in their order."""
    return tuple(
        Post(
            agency=clean(str(post["agency"]), MOST_OF_A_NAME),
            specialism=clean(str(post["specialism"]).replace("_", " "), MOST_OF_A_NAME),
            cap=cap_of(values, float(str(post["fte"]))),
        )
        for post in posts_in_order(values)
    )


def _titles(listed: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(clean(str(one.get("title", one["name"])), MOST_OF_A_NAME) for one in listed)
