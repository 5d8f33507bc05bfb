"""What a cost case or a search for a team begins with: a ready-made scenario, or an option."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import Request

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.options.load import PRICE_YEAR
from familyflow.parameters.draws import base_values
from familyflow.problems import InputError, Problem, Problems
from familyflow.scenarios.resolve import Resolved
from familyflow.scenarios.scenario import read_scenario
from familyflow.web import asked as options
from familyflow.web.drafts import ready_made
from familyflow.web.errors import NothingHereError
from familyflow.web.known import base_of
from familyflow.web.mistakes import index

RUNS: Final = "service.team.runs"
# The scenario that the form of a cost case writes. No option is called so: its name has no dot.
CASE: Final = "cost.case.yaml"
NAMES: Final = ("run", "draft", "comparison", "option", "scenario")
Query = Mapping[str, str]


@dataclass(frozen=True)
class Started:
    """A scenario with the files it needs.

    scenario: what a job is asked to run: a shipped name, or one of the files. extends: what a file
    of ours beside them names as its parent. query: what names it in an address. parent: that
    parent, where it is not `resolved` itself. sets: what was chosen for all options together.
    """

    scenario: str
    extends: str
    resolved: Resolved
    query: Query
    files: Mapping[str, str] = field(default_factory=dict)
    parameter_files: tuple[str, ...] = ()
    parent: Resolved | None = None
    sets: tuple[str, ...] = ()

    def asked(self) -> dict[str, Any]:
        """What a job is asked: the scenario, and its files."""
        return {
            "files": dict(self.files),
            "scenario": self.scenario,
            "parameter_files": list(self.parameter_files),
            "sets": list(self.sets),
        }


def named_in(given: Mapping[str, Any]) -> dict[str, str]:
    """What an address or a form names, of the few things that can be begun with."""
    found = {name: given.get(name) for name in NAMES}
    return {name: text for name, text in found.items() if isinstance(text, str) and text}


def started(request: Request, query: Query, usual: str) -> Started:
    """What the address or the form names: a run's form, an option, or a scenario.

    An option is one of a draft, or of a comparison that was made here.

    usual: the shipped scenario, where nothing is named. Raises NothingHereError for what is not
    there, and InputError with the mistakes of an option.
    """
    if query.get("run"):
        return _of_run(request, str(query["run"]))
    if query.get("draft"):
        return _of_option(request, str(query["draft"]), str(query.get("option", "0")))
    if query.get("comparison"):
        return _of_comparison(request, str(query["comparison"]), str(query.get("option", "0")))
    name = query.get("scenario") or usual
    if name not in ready_made():
        raise NothingHereError
    return Started(name, name, base_of(name), {"scenario": name})


@cache
def with_a_service() -> list[tuple[str, str]]:
    """The shipped scenarios in which there is a service: name and title."""
    there = [(name, base_of(name)) for name in ready_made()]
    return [(name, one.title) for name, one in there if base_values(one.parameters)[RUNS]]


@contextmanager
def written_out(files: Mapping[str, str]) -> Iterator[Path]:
    """A folder that holds these files for as long as they are looked at."""
    with tempfile.TemporaryDirectory(prefix="familyflow-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        yield Path(folder)


def _of_option(request: Request, draft: str, option: str) -> Started:
    found = request.app.state.drafts.get(draft)
    number = None if found is None else index(option, len(found.options))
    if found is None or number is None:
        raise NothingHereError
    checked = options.check(options.option_alone(found, number), is_one=True)
    if checked.problems:
        raise InputError(Problem(checked.titles[0], 0, 0, one.words) for one in checked.problems)
    (scenario,) = checked.scenarios
    named = {"draft": draft, "option": str(number)}
    beside = tuple(checked.parameter_files)
    return _option(scenario, checked.files, beside, checked.sets_alone(), named)


def _of_comparison(request: Request, run: str, option: str) -> Started:
    """An option of a finished comparison, from the files that it was made of."""
    job = request.app.state.jobs.of_run(run)
    scenarios = [] if job is None else list(job.asked.get("scenarios", ()))
    number = index(option, len(scenarios))
    if job is None or number is None:
        raise NothingHereError
    sets, year = list(job.asked.get("sets", ())), job.asked.get("price_year")
    sets += [f"{PRICE_YEAR}={year}"] if year else []
    files, beside = dict(job.asked.get("files", {})), tuple(job.asked.get("parameter_files", ()))
    named = {"comparison": run, "option": option}
    return _option(str(scenarios[number]), files, beside, sets, named)


def _option(
    scenario: str,
    files: Mapping[str, str],
    beside: tuple[str, ...],
    sets: Sequence[str],
    named: Query,
) -> Started:
    """An option as it is compared: with what was chosen for all of them."""
    return Started(
        scenario,
        f"./{scenario}" if scenario in files else scenario,
        _loaded(files, scenario, beside, sets),
        named,
        files,
        beside,
        _loaded(files, scenario, beside) if sets else None,
        tuple(sets),
    )


def _of_run(request: Request, run: str) -> Started:
    """What a cost case that was made here began with, its numbers as that form left them."""
    job = request.app.state.jobs.of_run(run)
    files = {} if job is None else dict(job.asked.get("files", {}))
    if job is None or CASE not in files:
        raise NothingHereError
    beside = tuple(job.asked.get("parameter_files", ()))
    with written_out(files) as folder:
        written = read_scenario(folder / CASE, Problems())
        assert written is not None  # it ran
        resolved = _loaded(files, CASE, beside)
        del files[CASE]
    extends = str(written.extends)
    parent = _loaded(files, extends.removeprefix("./"), beside)
    return Started(CASE, extends, resolved, {"run": run}, files, beside, parent)


def _loaded(
    files: Mapping[str, str], scenario: str, beside: tuple[str, ...], sets: Sequence[str] = ()
) -> Resolved:
    with written_out(files) as folder:
        place = str(folder / scenario) if scenario in files else scenario
        return load_inputs(place, sets, [folder / one for one in beside])
