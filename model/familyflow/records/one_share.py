"""Makes the estimate of one share: Wilson's interval, and a beta with the shipped number in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from familyflow.records.arrays import Floats
from familyflow.records.estimate import ONE, Estimate
from familyflow.records.given import Given, enough_cases, enough_events
from familyflow.records.shares import (
    beta_figure,
    beta_posterior,
    beta_prior,
    beta_sd,
    wilson,
)
from familyflow.records.suppress import about, in_words


@dataclass(frozen=True)
class Counted:
    """Events among cases, and the size of a plain sample that would tell as much.

    n: families or referrals counted. what: what a case is; event: what happened, both in words.
    """

    n: int
    events: float
    cases: float
    what: str
    event: str
    tells_as: float | None = None  # cases; None: as many as there are

    @property
    def in_words(self) -> str:
        """What was counted, as it may be shown."""
        return f"{in_words(self.events)} {self.event}, of {in_words(self.cases)} {self.what}"

    @property
    def plain(self) -> tuple[float, float]:
        """Events and cases of the plain sample."""
        cases = self.cases if self.tells_as is None else self.tells_as
        return self.events / self.cases * cases, cases


def one_share(given: Given, key: str, counted: Counted, sentence: str) -> Estimate:
    """The estimate of a parameter that is one share. Raises NotTold where too little was seen."""
    _check(counted)
    parameter, belief = given.parameters[key], given.belief(key)
    prior = beta_prior(given.value(key), belief, given.weight)
    posterior = beta_posterior(*counted.plain, prior)
    return Estimate(
        key=key,
        label=parameter.label,
        unit=parameter.unit,
        n=counted.n,
        seen=counted.in_words,
        alone={ONE: wilson(*counted.plain)},
        prior={ONE: given.mean(key)},
        prior_words=weighs(given.weight, sum(prior), counted.what),
        posterior={ONE: beta_figure(posterior)},
        distribution={"beta": {"mean": posterior.mean, "sd": beta_sd(posterior)}},
        sentence=sentence,
    )


def share_by_year(given: Given, key: str, counted: Counted, sentence: str) -> Estimate:
    """The estimate of a table of one share by year of the term: one share for all its years.

    Records tell of years that are past, and not of which year of a term they are.
    """
    _check(counted)
    parameter, table = given.parameters[key], given.table(key)
    shipped = math.fsum(table.values()) / len(table)
    prior = beta_prior(shipped, None, given.weight * len(table))
    posterior = beta_posterior(*counted.plain, prior)
    row = min(table, key=int)
    return Estimate(
        key=key,
        label=parameter.label,
        unit=parameter.unit,
        n=counted.n,
        seen=counted.in_words,
        alone={row: wilson(*counted.plain)},
        prior={row: shipped},
        prior_words=weighs(given.weight, sum(prior), counted.what),
        posterior={row: beta_figure(posterior)},
        distribution=None,
        sentence=sentence,
    )


def weighs(weight: float, cases: float, what: str) -> str:
    """How much the shipped number weighs, in words."""
    if weight == 0.0:
        return "the shipped number weighs nothing (records alone, Jeffreys)"
    return f"the shipped number weighs as {about(cases)} {what}"


def size_by_family(events: Floats, cases: Floats) -> float:
    """Cases of a plain sample that tells as much as these, which come family by family.

    events and cases: (family,). Those of one family are alike, so many of them tell less than as
    many of different families; by the variance of a ratio between families, never more than all.
    """
    total, families = float(cases.sum()), len(cases)
    share = float(events.sum()) / total
    plain = share * (1.0 - share) / total
    if plain == 0.0 or families < 2:
        return total
    off = events - share * cases
    clustered = float(off @ off) / total**2 * families / (families - 1)
    return total * min(1.0, plain / clustered) if clustered > 0.0 else total


def size_by_follow_up(events: float, parts: Floats) -> float:
    """Cases of a plain sample that tells as much as cases of which a part is seen of each.

    parts: (case,), the share of events that would have shown by now. A case seen to a tenth is a
    little less than a tenth of a case: it varies as a rare event does.
    """
    cases = float(parts.sum())
    share = min(1.0, events / cases)
    seen = float(np.square(parts).sum()) / cases
    return cases * (1.0 - share) / (1.0 - share * seen) if share < 1.0 else cases


def _check(counted: Counted) -> None:
    enough_cases(min(counted.n, counted.cases), counted.what)
    enough_events(counted.events, counted.event)
    enough_events(counted.cases - counted.events, f"{counted.what} without: {counted.event}")
