"""The first months of a service, expected and observed, what they change, and whether to worry."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.inputs import Progress, load_inputs
from familyflow.experiments.monitoring.expected import DRAWS, Period, expected_of
from familyflow.experiments.monitoring.judged import FALSE_ALARM, Line, judged
from familyflow.experiments.monitoring.statistics import statistics_of
from familyflow.experiments.monitoring.study import StudyNeeded, study_needed
from familyflow.experiments.points.evaluate import silent
from familyflow.experiments.run import RunResult, run
from familyflow.parameters.draws import base_values
from familyflow.problems import Problems, bad_input
from familyflow.records.cases import Records
from familyflow.records.estimate import Estimates
from familyflow.records.estimates import estimates_of
from familyflow.records.parameter_file import parameter_file
from familyflow.records.read import read_records
from familyflow.records.words import words_of
from familyflow.specification.variates import DAYS_IN_YEAR

FEWEST_STARTS: Final = 10  # below it nothing is said but that it is too early
FEWEST_DRAWS: Final = 20  # worlds, of which one in twenty is then the furthest out
CHANGES: Final = (
    ("flow", "families_started"), ("flow", "mean_wait_weeks"), ("flow", "families_completed"),
    ("money", "cost_undiscounted"), ("money", "cost_per_family_started_undiscounted"),
    ("money", "fiscal_return"), ("money", "net_saving"), ("flow", "care_weeks_avoided"),
)  # fmt: skip
LABELS: Final = {
    "families_started": "Families who start, over the term",
    "mean_wait_weeks": "Weeks waited by those who get a place",
    "families_completed": "Planned endings, over the term",
    "cost_undiscounted": "Cost over the term, undiscounted",
    "cost_per_family_started_undiscounted": "Cost per family who starts, undiscounted",
    "fiscal_return": "Saved for public services by each £1",
    "net_saving": "Net saving of public services",
    "care_weeks_avoided": "Weeks in care avoided",
}
Figure = Mapping[str, Any]


@dataclass(frozen=True)
class Spent:
    """Money of these months, in pounds of the time: expected mean and interval, and what was spent.

    from_accounts: what somebody said was spent; None if nobody did.
    """

    mean: float
    low: float
    high: float
    from_accounts: float | None

    @property
    def is_outside(self) -> bool:
        """Whether what was spent lies outside the 95 % interval."""
        spent = self.from_accounts
        return spent is not None and not self.low <= spent <= self.high


@dataclass(frozen=True)
class Monitored:
    """All that is found. changes: each figure of CHANGES before and after the update."""

    scenario: str
    period: Period
    lines: tuple[Line, ...]
    spent: Spent
    estimates: Estimates
    learnt: str
    changes: tuple[tuple[str, Figure, Figure], ...]
    study: StudyNeeded | None
    starts_per_year: float
    told: tuple[str, ...]
    too_early: bool

    @property
    def worries(self) -> tuple[Line, ...]:
        """The lines that are more than chance, the most unusual first."""
        found = [line for line in self.lines if line.worry]
        return tuple(sorted(found, key=lambda line: line.chance or 0.0))


def monitored(
    path: Path,
    scenario: str,
    *,
    today: date,
    as_of: date | None = None,
    opened: date | None = None,
    spent: float | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    seed: int | None = None,
    draws: int = DRAWS,
    progress: Progress | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Monitored:
    """Set records beside a scenario's own months, and learn from them.

    as_of: the last day that the records tell of. opened: when the service took its first referral,
    if before the first in the file. spent: pounds in these months. Nothing is written. Raises
    InputError with every mistake of the file.
    """
    resolved = load_inputs(scenario, sets, parameter_files)
    problems = Problems()
    words = words_of(base_values(resolved.parameters))
    records = read_records(path, words, problems, as_of=as_of, today=today)
    problems.raise_if_any()
    assert records is not None  # else a problem was told
    period = _period(records, opened)
    if draws < FEWEST_DRAWS:
        told = f"{draws} draws are too few to tell what is unusual"
        raise bad_input(told, f"Give {FEWEST_DRAWS} or more; {DRAWS} is usual.", where="--draws")
    first, show = resolved.seed if seed is None else seed, progress or silent
    worlds = expected_of(resolved, period, draws=draws, seed=first, progress=show)
    observed = statistics_of(records)
    estimates = estimates_of(records, resolved.parameters, 1.0)
    learnt = parameter_file(estimates, records.first, records.as_of, "familyflow monitor")
    both = _answers(scenario, sets, parameter_files, learnt, (draws, first), show, say)
    before, after = (one.results for one in both)
    starts = before["flow"]["families_started"]["mean"] / before["term_years"]
    return Monitored(
        scenario=scenario,
        period=period,
        lines=judged(observed, worlds),
        spent=_spent(both[0], period, spent),
        estimates=estimates,
        learnt=learnt,
        changes=tuple((name, before[kind][name], after[kind][name]) for kind, name in CHANGES),
        study=_study(base_values(resolved.parameters)),
        starts_per_year=starts,
        told=records.told,
        too_early=observed["starts"].few < FEWEST_STARTS,
    )


def _period(records: Records, opened: date | None) -> Period:
    if opened is not None and opened > records.first:
        raise bad_input(
            f"the service opened on {opened}, after the first referral on {records.first}",
            "Give the day on which it took its first referral.",
            where="--opened",
        )
    return Period(opened or records.first, records.first, records.as_of)


def _answers(
    scenario: str, sets: Sequence[str], files: Sequence[Path], learnt: str, luck: tuple[int, int],
    progress: Progress, say: Callable[[str], object],
) -> tuple[RunResult, RunResult]:  # fmt: skip
    """The runs before and after the update, under the same draws and luck; kept nowhere.

    luck: how many draws, and the seed.
    """
    with tempfile.TemporaryDirectory(prefix="familyflow-monitor-") as folder:
        own = Path(folder) / "local.yaml"
        own.write_text(learnt, encoding="utf-8")
        # a file without an entry is refused: of so few records nothing may have been learnt
        is_learnt = any(line[:1].isalpha() for line in learnt.splitlines())
        both = [
            run(scenario, draws=luck[0], seed=luck[1], sets=sets, parameter_files=given,
                out=Path(folder) / "runs", progress=progress, say=say)
            for given in ([*files], [*files, own] if is_learnt else [*files])
        ]  # fmt: skip
    return both[0], both[1]


def _spent(found: RunResult, period: Period, spent: float | None) -> Spent:
    """Expected cost of the days of the records: whole years of the budget, and a share of others.

    The budget is of means; how far a year may lie from its mean is taken from its costs by draw.
    """
    begin = (period.first - period.opened).days / DAYS_IN_YEAR
    end = ((period.last - period.opened).days + 1) / DAYS_IN_YEAR
    budget = found.tables["budget"].set_index("heading").loc["Total"]
    sums = [0.0, 0.0, 0.0]
    for year in range(found.results["term_years"]):
        share = max(min(end, year + 1.0) - max(begin, float(year)), 0.0)
        mean = share * float(str(budget[f"total_year_{year + 1}"]))
        cost = found.results["by_year"][year]["cost"]
        for place, name in enumerate(("mean", "low", "high")):
            sums[place] += mean * cost[name] / cost["mean"]
    return Spent(sums[0], sums[1], sums[2], spent)


def _study(values: Mapping[str, Any]) -> StudyNeeded | None:
    try:
        return study_needed(values)
    except ValueError:
        return None


def verdict(found: Monitored) -> str:
    """Whether to worry, in plain sentences."""
    if found.too_early:
        return (
            f"Too early to tell: fewer than {FEWEST_STARTS} families have started. Look again in "
            "some months."
        )
    if not found.worries:
        return (
            "Nothing to worry about: every line is within what a service that is just as expected "
            f"shows. {_false_alarm()}"
        )
    first, rest = found.worries[0], found.worries[1:]
    more = f", and {len(rest)} more" if rest else ""
    return (
        f"Look into {first.statistic.label[:1].lower()}{first.statistic.label[1:]}{more}: "
        f"{_shown(first.observed, first.statistic.unit)} where about "
        f"{_shown(first.mean, first.statistic.unit)} was expected "
        f"({_shown(first.p2_5, first.statistic.unit)} to "
        f"{_shown(first.p97_5, first.statistic.unit)} in 95 of 100 such services). "
        f"{_false_alarm()} {_to_the_answer(found)}"
    )


def _false_alarm() -> str:
    return (
        f"Such an alarm would be false in at most {round(100 * FALSE_ALARM)} in 100 services that "
        "are as expected."
    )


def _to_the_answer(found: Monitored) -> str:
    before, after = next(
        (b["mean"], a["mean"]) for name, b, a in found.changes if name == "fiscal_return"
    )
    if before is None or after is None:
        return ""
    moved = "stays" if math.isclose(before, after, abs_tol=0.005) else "moves"
    return (
        f"With what was learnt, what each £1 saves {moved} from £{before:.2f} to £{after:.2f}."
        if moved == "moves"
        else f"With what was learnt, what each £1 saves stays at £{after:.2f}."
    )


def _shown(value: float | None, unit: str) -> str:
    return "" if value is None else shown(value, unit)


def shown(value: float, unit: str) -> str:
    """A number of a line as it is printed: shares in percent, counts of families whole."""
    if unit == "share":
        return f"{100 * value:.0f}%"
    return f"{value:,.0f}" if unit == "families" else f"{value:,.1f}"
