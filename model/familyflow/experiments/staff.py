"""``staff``: families, waits, cost, savings and value against the team, under the same luck."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from familyflow.experiments.compare import arguments_of, inputs_of_options
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.engines import announce
from familyflow.experiments.experiment import Asked, Experiment, Finish, Found, made_or_found
from familyflow.experiments.follow_up import EXPECTED_INNER
from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.options.simulate import draw_options, gather_twice
from familyflow.experiments.results import SCHEMA
from familyflow.experiments.run import OUTPUTS, silent, unheard
from familyflow.experiments.staffing.choose import (
    best_use_of_grant,
    least_cost_for_wait,
    where_a_post_stops_paying,
)
from familyflow.experiments.staffing.margins import margins
from familyflow.experiments.staffing.teams import Team, load_teams
from familyflow.experiments.staffing.tried import Tried
from familyflow.experiments.workers import default_workers
from familyflow.problems import bad_input
from familyflow.store import RunFolder

# Teams are told apart by paired differences, which so many draws know well enough; a team takes as
# long as a run, and a dozen may be tried.
DEFAULT_DRAWS: Final = {"compiled": 200, "simpy": 10}
DEFAULT_CONFIDENCE: Final = 0.8


def staff(
    scenario: str,
    *,
    posts: Sequence[int] = (),
    caps: Sequence[float] = (),
    months: Sequence[float] = (),
    wait: float | None = None,
    confidence: float = DEFAULT_CONFIDENCE,
    grant: float | None = None,
    draws: int | None = None,
    replications: int = 1,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    engine: str = DEFAULT_ENGINE,
    workers: int | None = None,
    out: Path | str | None = None,
    common_luck: bool = False,
    follow_up: str = "sampled",
    inner: int = EXPECTED_INNER,
    progress: Progress | None = None,
    finish: Finish | None = None,
    say: Callable[[str], object] = unheard,
) -> Experiment:
    """Try teams of a scenario and keep what comes of each.

    posts, caps (families for a full-time worker), months (to recruit): what is tried, every
    combination; those of the scenario, and posts around them, where none are named. wait: weeks
    that the mean wait is to keep to (decision.wait_target_weeks), with this confidence. grant:
    pounds a year, undiscounted, in the price year. The rest is as in `run`. Raises InputError.
    """
    check_engine(engine)
    check_aims(wait, confidence, grant)
    show, count = progress or silent, default_workers() if workers is None else workers
    files = [Path(file) for file in parameter_files]
    teams = load_teams(scenario, posts, caps, months, sets, files)
    settings = Settings(
        draws=DEFAULT_DRAWS[engine] if draws is None else draws,
        replications=replications,
        seed=teams[0].option.resolved.seed if seed is None else seed,
        common_luck=common_luck,
        threads=count,
        follow_up=follow_up,
        inner=inner,
    )
    settings.check()
    own = {"posts": list(posts), "caps": list(caps), "months": list(months), "wait": wait,
           "confidence": confidence, "grant": grant}  # fmt: skip
    options = [team.option for team in teams]
    asked = Asked(
        f"staff_{Path(scenario).stem}",
        made_of(teams, settings, own),
        {"staff": scenario, **arguments_of(settings, sets, files), **own},
        engine,
        count,
        list(dict.fromkeys(w for option in options for w in option.resolved.warnings)),
    )

    def make(_: RunFolder, name: str) -> Found:
        announce(engine, say, follow_up)
        tried = _tried(teams, settings, engine, count, show)
        results = _results(name, scenario, settings, tried, own)
        return Found(results, _tables(results), {})

    return made_or_found(asked, Path(out or OUTPUTS), (), make, finish)


OWN: Final = ("posts", "caps", "months", "wait", "confidence", "grant")


def made_of(
    teams: Sequence[Team], settings: Settings, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything that settles what teams bring."""
    own = {name: arguments[name] for name in OWN}
    return {**inputs_of_options([team.option for team in teams], settings), "staff": own}


def teams_asked(arguments: Mapping[str, Any]) -> list[Team]:
    """The teams that a manifest says were asked for, as the files stand now."""
    return load_teams(
        arguments["scenarios"],
        arguments["posts"],
        arguments["caps"],
        arguments["months"],
        arguments["sets"],
        arguments["parameter_files"],
    )


UNPRICED: Final = "Nothing is counted for outcomes without a price, nor for waiting itself."
HARM: Final = "A shorter wait is worth more than is shown if waiting does harm."


def check_aims(wait: float | None, confidence: float, grant: float | None) -> None:
    """Refuse a confidence, a wait or a grant that makes no sense. Raises InputError."""
    if not 0.0 < confidence < 1.0:
        raise bad_input(
            f"a confidence of {confidence:g} is asked",
            "Give a share between 0 and 1, such as 0.8 or 80%.",
            where="--confidence",
        )
    for name, value in (("--wait", wait), ("--grant", grant)):
        if value is not None and not 0.0 <= value < float("inf"):
            raise bad_input(f"{name[2:]} is {value:g}", "Give a number of 0 or more.", where=name)


def _tried(
    teams: Sequence[Team], settings: Settings, engine: str, workers: int, progress: Progress
) -> list[Tried]:
    inputs = draw_options([team.option for team in teams], settings, progress, engine)
    return [
        Tried(team, gather_twice(team.option, one, engine, workers, progress).figures)
        for team, one in zip(teams, inputs, strict=True)
    ]


def _results(
    name: str, scenario: str, settings: Settings, tried: Sequence[Tried], own: dict[str, Any]
) -> dict[str, Any]:
    option = tried[0].team.option
    target = own["wait"]
    weeks = float(option.stated("decision.wait_target_weeks") if target is None else target)
    steps = margins(tried)
    years = int(option.stated("appraisal.term_years"))
    return {
        "schema": SCHEMA,
        "kind": "staff",
        "run_id": name,
        "scenario": option.resolved.name,
        "asked_for": scenario,
        "title": option.resolved.title,
        "seed": settings.seed,
        "draws": settings.draws,
        "replications": settings.replications,
        "price_year": option.stated("appraisal.price_year"),
        "term_years": years,
        "follow_up_years": int(option.stated("appraisal.follow_up_years")),
        "window": option.stated("appraisal.window"),
        "teams": [one.told() for one in tried],
        "margins": steps,
        "wait_target": least_cost_for_wait(tried, weeks, own["confidence"]),
        "grant": None
        if own["grant"] is None
        else best_use_of_grant(tried, float(own["grant"]), years),
        "where_a_post_stops_paying": where_a_post_stops_paying(steps),
        "warnings": [f"{UNPRICED} {HARM}"],
    }


def _tables(results: dict[str, Any]) -> dict[str, pd.DataFrame]:
    return {
        "teams": _flat(results["teams"], ("mean", "low", "high")),
        "margins": _flat(results["margins"], ("mean", "low", "high")),
    }


def _flat(rows: Sequence[dict[str, Any]], ends: Sequence[str]) -> pd.DataFrame:
    """Figures become columns: cost_mean, cost_low ..."""
    found = []
    for row in rows:
        cells: dict[str, Any] = {}
        for key, value in row.items():
            if isinstance(value, dict):
                cells |= {f"{key}_{end}": value.get(end) for end in ends}
            else:
                cells[key] = value
        found.append(cells)
    return pd.DataFrame(found)
