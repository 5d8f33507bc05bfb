"""The make-up of referrals, and what screening does with them: tables of shares that sum to 1."""

from __future__ import annotations

import numpy as np

from familyflow.parameters.dirichlet import Dirichlet
from familyflow.records.arrays import Bools, CaseArrays
from familyflow.records.estimate import (
    CHILDREN,
    LEVEL,
    NEEDS,
    SCREENING,
    SOURCES,
    Estimate,
)
from familyflow.records.given import Given, NotTold, enough_cases
from familyflow.records.hidden_split import split_figures, surely
from familyflow.records.one_share import weighs
from familyflow.records.shares import (
    dirichlet_figures,
    dirichlet_posterior,
    dirichlet_prior,
    spread_evenly,
    wilson,
)
from familyflow.records.suppress import hidden_rows, in_words

SENT_ON = ("signposted", "passed_up")
_FIRST = "First referrals of a family, whatever screening made of them, where it is known."
_OF_FIRST = "first referrals"


def screening(given: Given) -> Estimate:
    """What screening does with referrals, returns among them, as the model has it."""
    cases = given.cases
    counts = {name: int((cases.in_period & cases.ended_as(name)).sum()) for name in SENT_ON}
    counts["accepted"] = int(cases.in_period.sum()) - sum(counts.values())
    said = "Returns are among them; a referral that is still open counts as accepted."
    return _table(given, SCREENING, counts, "referrals", said)


def sources(given: Given) -> Estimate:
    """Who refers families."""
    return _by_words(given, SOURCES, "source")


def needs(given: Given) -> Estimate:
    """What families come with, needs together."""
    return _by_words(given, NEEDS, "needs")


def level_on_arrival(given: Given) -> Estimate:
    """The highest level of need of a child on arrival."""
    return _by_words(given, LEVEL, "level")


def children(given: Given) -> Estimate:
    """Children in a family; the last row of the table is that many or more."""
    given.need("children")
    rows = sorted(given.table(CHILDREN), key=int)
    number = given.cases.numbers["children"][first_of_period(given.cases)]
    number = np.minimum(number[number >= 1.0], float(rows[-1]))
    counts = {row: int((number == float(row)).sum()) for row in rows}
    said = f"{_FIRST} {rows[-1]} stands for {rows[-1]} or more: the model has no larger family."
    return _table(given, CHILDREN, counts, _OF_FIRST, said)


def first_of_period(cases: CaseArrays) -> Bools:
    """First referrals of a family within the period: the make-up is drawn once a family."""
    return np.asarray(cases.in_period & cases.is_first)


def _by_words(given: Given, key: str, column: str) -> Estimate:
    given.need(column)
    found = given.cases.words[column][first_of_period(given.cases)]
    words, numbers = np.unique(found[found != None].astype(str), return_counts=True)  # noqa: E711
    seen = dict(zip(words.tolist(), numbers.tolist(), strict=True))
    counts = {row: int(seen.get(row, 0)) for row in given.table(key)}
    return _table(given, key, counts, _OF_FIRST, _FIRST)


def _table(given: Given, key: str, counts: dict[str, int], what: str, sentence: str) -> Estimate:
    parameter, shipped = given.parameters[key], given.table(key)
    seen = [counts[row] for row in shipped]
    n = sum(seen)
    enough_cases(n, what)
    hidden = hidden_rows(seen)
    if all(hidden):
        raise NotTold("Fewer than 5 in so many rows that none can be shown apart.")
    belief = parameter.distribution
    weighs_as = belief.concentration if isinstance(belief, Dirichlet) else float(len(shipped))
    prior = dirichlet_prior(list(shipped.values()), weighs_as, given.weight)
    posterior = dirichlet_posterior(spread_evenly(seen, hidden, list(shipped.values())), prior)
    if any(hidden):
        together = ", ".join(row for row, out in zip(shipped, hidden, strict=True) if out)
        sentence += f" Counts too small to show are split as the shipped shares are: {together}."
    split = split_figures(seen, hidden, prior)
    figures = [split[place][0] if place in split else figure
               for place, figure in enumerate(dirichlet_figures(posterior))]  # fmt: skip
    return Estimate(
        key=key,
        label=parameter.label,
        unit=parameter.unit,
        n=n,
        seen=f"{in_words(n)} {what}",
        alone={
            row: wilson(count, n)
            for row, count, out in zip(shipped, seen, hidden, strict=True)
            if not out
        },
        prior=shipped,
        prior_words=weighs(given.weight, sum(prior), what),
        posterior=dict(zip(shipped, figures, strict=True)),
        distribution={"dirichlet": {"concentration": surely(sum(posterior), list(split.values()))}},
        sentence=sentence,
    )
