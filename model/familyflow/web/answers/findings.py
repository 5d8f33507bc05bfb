"""What was asked of a comparison since, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from familyflow.reports.documents.clean import cleaned
from familyflow.reports.knowing import finding
from familyflow.reports.pictures.labels import called, said
from familyflow.reports.units import amount
from familyflow.reports.varied import is_known, ranked, varied_by
from familyflow.reports.words import pounds
from familyflow.store import read_manifest
from familyflow.web.answers.charts import Drawn, charts_of
from familyflow.web.answers.known import Table
from familyflow.web.answers.questions import (
    COMPARISON,
    QUESTIONS,
    VOI,
    Question,
    asked_of,
    may_be_asked,
)
from familyflow.web.answers.runs import Finished, folder_of
from familyflow.web.settings import Settings
from familyflow.web.told import in_seconds

Results = Mapping[str, Any]
TOP: Final = 8  # numbers of a tornado, and of those worth knowing
LOOKED_AT: Final = 200  # of the newest jobs, when those of a comparison are sought
DONE: Final = "done"
RUNNING: Final = ("waiting", "at work")
_TURNS: Final = ("Number", "As stated", "The answer turns")
_MOVES: Final = ("Number", "Net saving at its lower end", "at its upper end")


class Work(Protocol):
    """What jobs.Jobs does for this page."""

    def recent(self, most: int) -> list[Any]:
        """The newest jobs."""

    def estimate(self, kind: str, asked: Mapping[str, Any]) -> float:
        """Seconds that a job would take."""


@dataclass(frozen=True)
class Told:
    """The answer to a further question. run: the id of what answered it."""

    run: str
    sentences: tuple[str, ...]
    table: Table | None
    charts: tuple[Drawn, ...]


@dataclass(frozen=True)
class Standing:
    """A further question as it stands: not asked, at work, answered, or failed.

    estimate: how long it will take, in words. job: of work that goes on. told: the answer.
    problems: why it could not be answered.
    """

    question: Question
    estimate: str
    job: str = ""
    told: Told | None = None
    problems: tuple[str, ...] = ()


def questions(jobs: Work, settings: Settings, found: Finished) -> list[Standing]:
    """Every further question of the comparison as it stands now."""
    newest = [job for job in jobs.recent(LOOKED_AT) if job.asked.get(COMPARISON) == found.run]
    newest.sort(key=lambda job: str(job.asked_at), reverse=True)
    return [_standing(jobs, settings, found, one, newest) for one in QUESTIONS
            if may_be_asked(one, found)]  # fmt: skip


def _standing(
    jobs: Work, settings: Settings, found: Finished, one: Question, newest: list[Any]
) -> Standing:
    asked = asked_of(one, found, settings.limits.draws)
    estimate = in_seconds(jobs.estimate(one.kind, asked))
    mine = [job for job in newest if one.is_asked_by(job.kind, job.asked)]
    for job in mine:
        if job.state == DONE and job.run:
            return Standing(one, estimate, told=_told(settings, found, str(job.run)))
    if mine and mine[0].state in RUNNING:
        return Standing(one, estimate, job=str(mine[0].id))
    problems = mine[0].problems if mine else ()
    lines = [f"{problem['what']}. {problem['to_do']}".strip() for problem in problems]
    return Standing(one, estimate, problems=tuple(lines))


def _told(settings: Settings, found: Finished, run: str) -> Told:
    folder = folder_of(settings.out, run)
    manifest = read_manifest(folder)
    results = cleaned(json.loads((folder / "results.json").read_text(encoding="utf-8")))
    charts = tuple(charts_of(folder, manifest, called(found.results), results))
    if results["kind"] == VOI:
        told = of_knowing(results, found, settings.limits.draws)
        return Told(run, tuple(told), None, charts)
    target = results["targets"][0]
    return Told(run, tuple(target.get("sentences", ())), _of_sweep(results, target), charts)


def _of_sweep(results: Results, target: Results) -> Table | None:
    """The numbers that move the result most: its two ends, or where it turns."""
    varied, method = varied_by(results), str(results["method"])
    rows = ranked(target, method, varied)[:TOP]
    if not rows:
        return None
    title = f"The {len(rows)} numbers that matter most: {target['label']}"
    caption = f"{title}, {results['price_year']} prices"
    if method == "tornado":
        told = tuple(_moved(row, varied, target) for row in rows)
        return Table(caption, _MOVES, told)
    return Table(caption, _TURNS, tuple(_turned(row, varied) for row in rows))


def _moved(row: Results, varied: Any, target: Results) -> tuple[str, ...]:
    name, unit = row["factor"], varied.unit(row["factor"])
    ends = varied.range_of(name) or (None, None)
    cells = [
        f"{_amount(row[at], str(target['unit']))} (at {_amount(end, unit)})"
        for at, end in zip(("at_lower", "at_upper"), ends, strict=True)
    ]
    return (varied.label(name), *cells)


def _turned(row: Results, varied: Any) -> tuple[str, ...]:
    unit, value = varied.unit(row["factor"]), row["value"]
    where = "nowhere within its range"
    if is_known(value):
        where = f"{'above' if row['above'] > 0 else 'below'} {_amount(value, unit)}"
    return varied.label(row["factor"]), _amount(row["stated"], unit), where


def _amount(value: float | None, unit: str) -> str:
    return amount(value, unit) if is_known(value) else "not known"


def of_knowing(results: Results, found: Finished, most_draws: int) -> Iterator[str]:
    """What more knowledge is worth, in plain words. most_draws: as many as a job may make."""
    if results["too_rough"]:
        yield (
            f"With {results['draws']:,} draws this cannot be told: too much of what one simulation "
            f"shows is chance. {_how_it_could(results['draws'], most_draws)}"
        )
        return
    names, best = said(found.results), results["best_on_the_mean"]
    title = names.get(best, best)
    yield from finding({**results, "best_on_the_mean": title,
                        "mean": {title: results["mean"][best]}})  # fmt: skip
    labels = {row["key"]: row["label"] for row in found.kept.tables["assumptions"]}
    floor = results["floor"]
    worth = [row for row in results["evppi"] if row["value"] > floor][:TOP]
    for row in worth:
        label = _label(str(row["parameter"]), labels)
        yield f"Finding out “{label}” before deciding is worth up to {pounds(row['value'])}."
    if not worth:
        yield "No number by itself is worth finding out before deciding."


def _how_it_could(draws: int, most: int) -> str:
    """With how many draws it may be told, and where."""
    if draws < most:
        return (
            f"More draws may tell it, up to {most:,} here: compare the options anew with more than "
            f"{draws:,} draws, and ask this of that comparison."
        )
    return f"This site takes no more than {most:,}; the command familyflow voi does, with --draws."


def _label(name: str, labels: Mapping[str, str]) -> str:
    """What a number is called; a part of a table with its name in the table."""
    key, _, part = name.partition("[")
    label = labels.get(key, key)
    return f"{label} ({part.rstrip(']').replace('_', ' ')})" if part else label
