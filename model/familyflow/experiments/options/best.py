"""Which option is best, how surely, and how that moves along the axes that matter here.

The choice is made on the mean over draws. What is told beside it is the chance that the option with
the best mean is best once what is not known is known (the frontier), not the highest of chances.
Chance is taken out of every difference, as it is out of intervals: else options that differ little
would seem to change places by luck alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from familyflow.economics import decisions
from familyflow.experiments.options.axes import RATE
from familyflow.experiments.options.differences import chance_of
from familyflow.experiments.options.load import alike
from familyflow.experiments.options.same import Same
from familyflow.experiments.options.simulate import OptionRun
from familyflow.experiments.per_draw import Figures
from familyflow.experiments.statistics import Floats, shrunk

WEEKS_IN_YEAR = 52
VALUE: Final = "money.net_present_value"
WEAKER: Final = "money.net_present_value_with_weaker_evidence"
Read = Callable[[Figures], Floats]  # a net benefit (draw, replication) from an option's figures


class Point(NamedTuple):
    """One place on an axis, and what a pound counts there."""

    at: float | str
    read: Read


def probabilities(runs: Sequence[OptionRun], read: Read, same: Same) -> dict[str, Any]:
    """Who is best on the mean, each one's chance of being best, and the frontier.

    Options that are the same count as one: each of them has its chance.
    """
    nets = net_benefits(runs, read)
    best = decisions.best_on_the_mean(nets)
    chances = decisions.probability_best_as_one(nets, [same[run.name] for run in runs])
    return {
        "best_on_the_mean": runs[best].name,
        "probability_best": {run.name: float(p) for run, p in zip(runs, chances, strict=True)},
        "frontier": float(chances[best]),
        "mean": {run.name: float(net) for run, net in zip(runs, nets.mean(axis=0), strict=True)},
    }


def net_benefits(runs: Sequence[OptionRun], read: Read) -> Floats:
    """Net benefit (draw, option) with chance taken out of what each is above the first."""
    first = read(runs[0].main)
    columns = [first.mean(axis=1)]
    for run in runs[1:]:
        above = read(run.main) - first
        pairs = above
        if run.twice is not None and runs[0].twice is not None:
            pairs = read(run.twice) - read(runs[0].twice)
        columns.append(columns[0] + shrunk(above.mean(axis=1), chance_of(above, pairs)))
    return np.stack(columns, axis=1)


def same_options(runs: Sequence[OptionRun]) -> Same:
    """For each option by its name a number, the same for those that are the same."""
    found = alike([run.option for run in runs])
    return {run.name: number for run, number in zip(runs, found, strict=True)}


def along_axes(runs: Sequence[OptionRun], same: Same) -> list[dict[str, Any]]:
    """The chances along each axis: what a care year is worth, discounting, window, cash, budget."""
    first = runs[0].inputs.base
    found = [
        _axis(runs, same, "value of an avoided care year", "GBP", _care_years(first)),
        _axis(runs, same, "discount rate", "share", _rates(first)),
        _axis(runs, same, "window", "", _windows(str(first["appraisal.window"]))),
        _axis(runs, same, "cashable share of the saving", "share", _cashable(first)),
    ]
    return [*found, _budgets(runs, same)]


def net_present_value(figures: Figures) -> Floats:
    """Public value less cost (draw, replication): what options are ranked by."""
    return figures[VALUE].by_replication()


def with_weaker_evidence(figures: Figures) -> Floats:
    """The same with lines that rest on weaker, partly assumed evidence (draw, replication)."""
    return figures[WEAKER].by_replication()


def _axis(
    runs: Sequence[OptionRun], same: Same, name: str, unit: str, points: Iterator[Point]
) -> dict[str, Any]:
    told = [{"at": point.at, **probabilities(runs, point.read, same)} for point in points]
    return {"axis": name, "unit": unit, "points": told}


def _care_years(values: Any) -> Iterator[Point]:
    for pounds in values["decision.care_year_values"]:
        yield Point(float(pounds), _with_care_years_at(float(pounds)))


def _with_care_years_at(pounds: float) -> Read:
    def read(figures: Figures) -> Floats:
        years = figures["flow.care_weeks_avoided"].by_replication() / WEEKS_IN_YEAR
        worth: Floats = net_present_value(figures) + pounds * years
        return worth

    return read


def _rates(values: Any) -> Iterator[Point]:
    for rate in values["decision.discount_rates"]:
        yield Point(float(rate), _named(f"{RATE}{float(rate):g}"))


def _windows(chosen: str) -> Iterator[Point]:
    for window in ("budget", "follow_up", "everything"):
        rule = VALUE if window == chosen else f"rule.window.{window}.net_present_value"
        yield Point(window, _named(rule))


def _named(name: str) -> Read:
    return lambda figures: figures[name].by_replication()


def _cashable(values: Any) -> Iterator[Point]:
    for share in values["decision.cashable_shares"]:
        yield Point(float(share), _cash_at(float(share)))


def _cash_at(share: float) -> Read:
    """So much of the public spending avoided, less cost: what could be taken out of budgets."""

    def read(figures: Figures) -> Floats:
        saving = figures["money.fiscal_saving"].by_replication()
        cash: Floats = share * saving - figures["money.cost"].by_replication()
        return cash

    return read


def _budgets(runs: Sequence[OptionRun], same: Same) -> dict[str, Any]:
    """At each option's own cost as a budget: the best of those that it can pay for, on the mean."""
    costs = [run.main["money.cost_undiscounted"].mean() for run in runs]
    points = []
    for budget in sorted(set(costs)):
        able = [run for run, cost in zip(runs, costs, strict=True) if cost <= budget]
        points.append({"at": budget, **probabilities(able, net_present_value, same)})
    return {"axis": "budget for the term", "unit": "GBP", "points": points}
