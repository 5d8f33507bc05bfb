"""Rates: referrals in a year, and what ends waiting and work in a week, by the time watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from familyflow.records import rates
from familyflow.records.arrays import CaseArrays
from familyflow.records.estimate import (
    DISENGAGING,
    ENDED_BY_SERVICE,
    MOVES,
    ONE,
    PATIENCE,
    SUITABLE,
    Estimate,
)
from familyflow.records.given import Given, enough_cases, enough_events
from familyflow.records.lifetimes import fit
from familyflow.records.returns import unseen_for_each_seen
from familyflow.records.shares import Figure
from familyflow.records.suppress import about, in_words
from familyflow.records.tables_of_shares import SENT_ON
from familyflow.records.times_watched import Watched, at_work, likelier, waiting
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

_LEAVES = "service.team.turnover_per_year"
_ON_CHANGE = "service.team.disengages_on_change"


@dataclass(frozen=True)
class Counted:
    """Events in so much exposure, among n cases; event and time in words, for what is shown."""

    n: int
    seen: rates.Seen
    event: str
    time: str


@dataclass(frozen=True)
class Learnt:
    """A rate in the unit of its parameter: alone, with the prior, and as a belief in a file."""

    alone: Figure
    posterior: Figure
    distribution: Mapping[str, Mapping[str, float]]


def suitable_per_year(given: Given) -> Estimate:
    """First referrals that screening accepted, in a year of the period."""
    cases = given.cases
    accepted = cases.in_period & ~cases.ended_as(*SENT_ON)
    first, back = int((accepted & cases.is_first).sum()), int((accepted & ~cases.is_first).sum())
    years = (cases.until + 1.0) / DAYS_IN_YEAR
    unseen = unseen_for_each_seen(given)
    number, doubt = first - unseen * back, first + unseen**2 * back
    enough_events(number, "first referrals accepted")
    tells_as = number / doubt  # a difference of counts is less sure than one count of that size
    seen = rates.Seen(number * tells_as, years * tells_as)
    counted = Counted(first, seen, "first referrals accepted", "years")
    said = "Returns are not counted: the model makes them itself. "
    if unseen > 0.0:
        said += "Families whose earlier case ended before the period are allowed for."
    else:
        said += "Families whose first case was before the period, if any, count as new."
    if abs(years - round(years)) > 1.0 / DAYS_IN_WEEK:
        said += " The period is no whole number of years, so school holidays may tilt it."
    return _rate(given, SUITABLE, counted, said)


def moves_per_year(given: Given) -> Estimate:
    """Families who moved away while they waited or were worked with."""
    cases, work, wait = given.cases, at_work(given.cases), waiting(given.cases)
    days, moved = float(work.days.sum()), int(work.happened(cases, "moved_away").sum())
    said = "Counted while families are worked with; the list was closed, which is no move."
    if not cases.ended_as("service_stopped").any():
        days += float(wait.days.sum())
        moved += int(wait.happened(cases, "left_list").sum())
        said = "Counted while families wait ('left_list' is taken as moved) or are worked with."
    n = int((work.cases | wait.cases).sum())
    seen = rates.Seen(moved, days / DAYS_IN_YEAR)
    return _rate(given, MOVES, Counted(n, seen, "moved away", "family-years"), said)


def mean_patience(given: Given) -> Estimate:
    """Weeks of waiting for each family that gave up."""
    watched = waiting(given.cases)
    weeks = float(watched.days.sum()) / DAYS_IN_WEEK
    gave_up = int(watched.happened(given.cases, "gave_up_waiting").sum())
    counted = Counted(len(watched.days), rates.Seen(gave_up, weeks), "gave up", "weeks of waiting")
    _check(counted)
    prior = rates.prior_of_mean_time(given.value(PATIENCE), given.belief(PATIENCE), given.weight)
    both = prior + counted.seen
    figure, of_rate = rates.mean_time_figure(both), rates.exact(counted.seen)
    spread = {"median": rates.mean_time_median(both), "p2_5": figure.low, "p97_5": figure.high}
    alone = Figure(1.0 / of_rate.value, 1.0 / of_rate.high, 1.0 / of_rate.low)
    learnt = Learnt(alone, figure, {"lognormal": spread})
    said = _how_it_fits(watched, given.cases, "gave_up_waiting")
    counts_as = rates.Seen(prior.events - 1.0, prior.exposure)
    return _estimate(given, PATIENCE, counted, counts_as, learnt, said)


def disengaging(given: Given) -> Estimate:
    """The weekly chance that a family stops coming, of one with no mark that makes it likelier.

    Weeks of a family with a mark count as the more weeks that the model makes of them. The model
    loses some families at a change of key worker as well, which records do not tell apart: they
    are held to be as many, beside the others, as in the shipped numbers.
    """
    watched = at_work(given.cases)
    weekly = rates.prior_of_chance(given.value(DISENGAGING), given.belief(DISENGAGING), 1.0).rate
    on_change = given.mean(_LEAVES) * given.mean(_ON_CHANGE) * DAYS_IN_WEEK / DAYS_IN_YEAR
    times = likelier(given, watched) + on_change / weekly
    weeks = float((watched.days * times).sum()) / DAYS_IN_WEEK
    said = (
        "Large families, children on a plan and changes of key worker are allowed for at their "
        "shipped means, by the level of need on arrival."
    )
    return _chance(given, DISENGAGING, watched, weeks, "disengaged", said)


def ended_by_service(given: Given) -> Estimate:
    """The weekly chance that the service ends the work early."""
    watched = at_work(given.cases)
    weeks = float(watched.days.sum()) / DAYS_IN_WEEK
    return _chance(given, ENDED_BY_SERVICE, watched, weeks, "ended_by_service", "")


def _chance(
    given: Given, key: str, watched: Watched, weeks: float, ending: str, said: str
) -> Estimate:
    events = int(watched.happened(given.cases, ending).sum())
    words = ending.replace("_", " ")
    counted = Counted(len(watched.days), rates.Seen(events, weeks), words, "weeks of work")
    _check(counted)
    prior = rates.prior_of_chance(given.value(key), given.belief(key), given.weight)
    figure, sd = rates.chance_figure(prior + counted.seen)
    alone = rates.exact(counted.seen)
    as_chance = Figure(*(rates.chance(one) for one in (alone.value, alone.low, alone.high)))
    learnt = Learnt(as_chance, figure, {"beta": {"mean": figure.value, "sd": sd}})
    sentence = f"{said} {_how_it_fits(watched, given.cases, ending)}".strip()
    return _estimate(given, key, counted, prior, learnt, sentence)


def _rate(given: Given, key: str, counted: Counted, said: str) -> Estimate:
    _check(counted)
    prior = rates.prior_of_rate(given.value(key), given.belief(key), given.weight)
    both = prior + counted.seen
    figure, sd = rates.central(both), both.events**0.5 / both.exposure
    spread = {"gamma": {"mean": figure.value, "sd": sd}}
    learnt = Learnt(rates.exact(counted.seen), figure, spread)
    return _estimate(given, key, counted, prior, learnt, said)


def _estimate(
    given: Given, key: str, counted: Counted, prior: rates.Seen, learnt: Learnt, sentence: str
) -> Estimate:
    parameter = given.parameters[key]
    events, exposure = in_words(counted.seen.events), about(counted.seen.exposure)
    as_many = f"{about(prior.events)} in {about(prior.exposure)} {counted.time}"
    weighs = f"the shipped number weighs as {as_many}"
    if given.weight == 0.0:
        weighs = "the shipped number weighs nothing (records alone, Jeffreys)"
    return Estimate(
        key=key,
        label=parameter.label,
        unit=parameter.unit,
        n=counted.n,
        seen=f"{events} {counted.event}, in {exposure} {counted.time}",
        alone={ONE: learnt.alone},
        prior={ONE: given.mean(key)},
        prior_words=weighs,
        posterior={ONE: learnt.posterior},
        distribution=learnt.distribution,
        sentence=sentence,
    )


def _check(counted: Counted) -> None:
    enough_cases(counted.n, "cases")
    enough_events(counted.seen.events, f"cases: {counted.event}")


def _how_it_fits(watched: Watched, cases: CaseArrays, ending: str) -> str:
    """Whether a constant chance fits, by those seen from their start."""
    happened = watched.happened(cases, ending)[watched.whole]
    if not happened.any():
        return ""
    return fit(watched.days[watched.whole], happened).in_words
