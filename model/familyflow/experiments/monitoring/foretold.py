"""Predictive validation: the last year of records is held back and foretold from the others."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from familyflow.experiments.inputs import Progress, load_inputs
from familyflow.experiments.monitoring.expected import DRAWS, Period, expected_of
from familyflow.experiments.monitoring.judged import Line, judged
from familyflow.experiments.monitoring.statistics import Window, statistics_of
from familyflow.experiments.run import silent
from familyflow.parameters.draws import base_values
from familyflow.problems import Problems, bad_input
from familyflow.records.cases import UNMEASURED, Case, Records
from familyflow.records.estimates import estimates_of
from familyflow.records.parameter_file import parameter_file
from familyflow.records.read import read_records
from familyflow.records.words import words_of

HELD_BACK_DAYS: Final = 365
FEWEST_DAYS: Final = 730


@dataclass(frozen=True)
class Foretold:
    """What a year was foretold to be, from records up to the day before it, and what it was."""

    scenario: str
    window: Window
    lines: tuple[Line, ...]

    @property
    def told(self) -> tuple[Line, ...]:
        """The lines of which enough was observed."""
        return tuple(line for line in self.lines if line.observed is not None)

    @property
    def within(self) -> int:
        """How many of these were within their 95 % intervals."""
        return sum(line.p2_5 <= (line.observed or 0.0) <= line.p97_5 for line in self.told)


def foretold(
    path: Path,
    scenario: str,
    *,
    today: date,
    as_of: date | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    seed: int | None = None,
    draws: int = DRAWS,
    progress: Progress | None = None,
) -> Foretold:
    """Foretell the last year of a file from what was known a year before its last day.

    What the earlier records tell goes into the scenario's numbers as `calibrate` has it; the whole
    time of the file is simulated, and its last year set beside. Raises InputError for bad records,
    or for less than two years of them.
    """
    resolved = load_inputs(scenario, sets, parameter_files)
    problems = Problems()
    words = words_of(base_values(resolved.parameters))
    records = read_records(path, words, problems, as_of=as_of, today=today)
    problems.raise_if_any()
    assert records is not None  # else a problem was told
    if (records.as_of - records.first).days < FEWEST_DAYS:
        raise bad_input(
            f"the records tell of {records.first} to {records.as_of}, less than two years",
            "To hold one back, give two years or more.",
            where=str(path),
        )
    cut = records.as_of - timedelta(days=HELD_BACK_DAYS)
    early = known_on(records, cut)
    found = estimates_of(early, resolved.parameters, 1.0)
    if not found.known:
        raise bad_input(
            f"the records up to {cut} tell of too few families to learn anything",
            "To foretell a year, give more of those before it.",
            where=str(path),
        )
    learnt = parameter_file(found, early.first, early.as_of, "familyflow verify")
    window = Window(cut + timedelta(days=1), records.as_of)
    with tempfile.TemporaryDirectory(prefix="familyflow-verify-") as folder:
        own = Path(folder) / "local.yaml"
        own.write_text(learnt, encoding="utf-8")
        ours = load_inputs(scenario, sets, [*parameter_files, own])
    period = Period(records.first, records.first, records.as_of)
    first = resolved.seed if seed is None else seed
    worlds = expected_of(
        ours, period, draws=draws, seed=first, progress=progress or silent, window=window
    )
    return Foretold(scenario, window, judged(statistics_of(records, window), worlds))


def known_on(records: Records, day: date) -> Records:
    """The records as they stood on an earlier day: who came later is not there, nor what followed.

    Totals of a case that was still open then are not known.
    """
    if day >= records.as_of:
        return records
    cases = tuple(_known(case, day) for case in records.cases if case.referred <= day)
    return replace(records, cases=cases, as_of=day)


def _known(case: Case, day: date) -> Case:
    if case.ended is not None and case.ended <= day:
        return case
    return replace(
        case,
        allocated=_by(case.allocated, day), started=_by(case.started, day), ended=None, ending=None,
        hours=None, meetings_offered=None, meetings_held=None,
        risks=_at_entry(case.risks), strengths=_at_entry(case.strengths),
        difficulties=_at_entry(case.difficulties), wellbeing=_at_entry(case.wellbeing),
    )  # fmt: skip


def _by(event: date | None, day: date) -> date | None:
    return event if event is not None and event <= day else None


def _at_entry(measured: tuple[float | None, float | None]) -> tuple[float | None, float | None]:
    return (measured[0], None) if measured != UNMEASURED else UNMEASURED
