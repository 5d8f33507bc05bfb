"""The same months of a scenario, simulated: what its records would tell, draw by draw.

Each draw has numbers of its own and a world of its own, so the spread is of both: of what is not
known, and of chance in one service.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from familyflow.experiments.engines import solver_of
from familyflow.experiments.inputs import Progress, Settings, draw_inputs
from familyflow.experiments.monitoring.statistics import (
    Counted,
    Window,
    Worlds,
    statistics_of,
)
from familyflow.experiments.synthetic_records import synthetic_records
from familyflow.experiments.synthetic_service import service_of
from familyflow.problems import bad_input
from familyflow.records.cases import Case, Records
from familyflow.scenarios.resolve import Resolved

DRAWS: Final = 400


@dataclass(frozen=True)
class Period:
    """The days that records tell of. opened: the day on which the service took its first referral.

    It opened before `first` where records begin in the middle of its life.
    """

    opened: date
    first: date
    last: date


def expected_of(
    resolved: Resolved, period: Period, *, draws: int = DRAWS, seed: int, progress: Progress,
    window: Window | None = None,
) -> Worlds:  # fmt: skip
    """Statistics of simulated records, a world a draw.

    window: days to count in, if not all of the period. Raises InputError where the scenario's term
    is shorter than the period.
    """
    return Worlds.of(
        worlds_of(resolved, period, draws=draws, seed=seed, progress=progress, window=window)
    )


def worlds_of(
    resolved: Resolved, period: Period, *, draws: int, seed: int, progress: Progress,
    window: Window | None = None,
) -> Iterator[dict[str, Counted]]:  # fmt: skip
    """The statistics of one simulated world after another, each with numbers of its own."""
    settings = Settings(draws=draws, replications=1, seed=seed)
    settings.check()
    inputs = draw_inputs(resolved, settings, progress, solver_of("compiled", 1))
    for draw in range(draws):
        progress("expecting", draw, draws)
        service = service_of(inputs.values[draw], inputs.solved[draw], _monday(period.opened))
        before = (service.begins - service.opened).days
        if before:  # a warm-up: the service of the scenario took referrals before its term
            begins = service.begins + timedelta(days=before)
            service = service_of(inputs.values[draw], inputs.solved[draw], begins)
        if service.term_ends < period.last:
            raise bad_input(
                f"the records go on to {period.last}, after the term of the scenario has ended",
                "Give records that end earlier, or a longer term: --set appraisal.term_years=...",
                where="appraisal.term_years",
            )
        cases = synthetic_records(service, seed + draw, period.last)
        kept = tuple(case for case in cases if _would_stand(case, period.first))
        records = Records(kept, period.last, period.first, (), ())
        yield statistics_of(records, window)
    progress("expecting", draws, draws)


def _would_stand(case: Case, first: date) -> bool:
    """A file of a period holds who came in it, and of those before who was still open."""
    return case.referred >= first or case.ended is None or case.ended >= first


def _monday(day: date) -> date:
    """The Monday of that week: from it on, the model's working days are those of the calendar."""
    return day - timedelta(days=day.weekday())
