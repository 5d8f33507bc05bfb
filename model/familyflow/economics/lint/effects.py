"""Rules on effects: gross shown as net, before-and-after as effect, deadweight on a wrong base."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from familyflow.economics.adjustments import deadweight_problem
from familyflow.economics.amounts import Amount
from familyflow.economics.chain_line import Chain
from familyflow.economics.lint.facts import Claim, Facts, Finding

BEFORE_AFTER = "before_after"
_REASONS = re.compile(r"deadweight|anyway", re.IGNORECASE)


def before_and_after_as_compared(facts: Facts) -> Iterator[Finding]:
    """A before-and-after figure that claims a comparison group would enter the headline."""
    for claim in facts.claims:
        if claim.counterfactual == BEFORE_AFTER and claim.line.evidence == "comparison_group":
            yield Finding(
                claim.line.name,
                ("evidence",),
                "measured before and after, so there is no comparison group",
                "Write 'evidence: weaker'.",
                wrong=True,
            )


def comparison_without_a_study(facts: Facts) -> Iterator[Finding]:
    """A line that claims a comparison group and names no study would enter the headline."""
    for claim in facts.claims:
        claims_it = claim.line.evidence == "comparison_group"
        if claim.counterfactual == BEFORE_AFTER:
            continue  # which is refused for that
        if claims_it and not claim.has_source:
            yield Finding(
                claim.line.name,
                ("evidence",),
                f"nothing says which study with a comparison group the effect on "
                f"{claim.line.quantity} rests on",
                "Name the study under 'source' (title, where, year), or write 'evidence: weaker'.",
                wrong=True,
            )


def whole_change_credited(facts: Facts) -> Iterator[Finding]:
    """A change before and after, all of it put down to the service, is gross and not net."""
    for claim, chain in _chains(facts):
        if claim.counterfactual == BEFORE_AFTER and _number(chain.attribution) >= 1:
            yield Finding(
                claim.line.name,
                ("chain", "attribution"),
                "gross shown as net: the whole of a before-and-after change is credited",
                "Write 'attribution: adjustments.attribution.before_after', which is below 1.",
                wrong=True,
            )


def ratio_before_and_after(facts: Facts) -> Iterator[Finding]:
    """An effect read off before and after, with nothing allowed for what happens anyway."""
    if facts.before_after is None or facts.before_after < 1:
        return
    for ratio in facts.ratios:
        words = set(re.findall(r"[a-z]+", ratio.said.lower()))
        if ratio.value < 1 and {"before", "after"} <= words:
            yield Finding(
                ratio.key,
                ("value",),
                "a before-and-after figure is used as an effect, and "
                f"adjustments.attribution.before_after is {facts.before_after:g}",
                "Allow for what would have changed anyway: give that share a value below 1.",
            )


def deadweight_unexplained(facts: Facts) -> Iterator[Finding]:
    """No deadweight at all, and not a word about why."""
    for claim, chain in _chains(facts):
        is_nil = _number(chain.deadweight.value) == 0
        if is_nil and claim.counterfactual != BEFORE_AFTER and not _REASONS.search(claim.note):
            yield Finding(
                claim.line.name,
                ("chain", "deadweight"),
                "gross shown as net: deadweight is 0, as if nobody would have achieved it anyway",
                "Give the share who would have, or say in 'note' why there is no deadweight.",
            )


def deadweight_of_another_base(facts: Facts) -> Iterator[Finding]:
    """The rate among all who take part, typed where the share of achievers is due."""
    for claim, chain in _chains(facts):
        if claim.rate_without is None:
            continue
        wrong = deadweight_problem(_number(chain.impact), chain.deadweight, claim.rate_without)
        if wrong:
            yield Finding(
                claim.line.name,
                ("chain", "deadweight"),
                wrong,
                "Write that share, or 'counterfactual: percentage_point' with the rate among all.",
                wrong=True,
            )


def netted_twice(facts: Facts) -> Iterator[Finding]:
    """An effect against a comparison group is net already: attribution would take it off again."""
    for claim, chain in _chains(facts):
        compared = claim.line.evidence == "comparison_group"
        if compared and claim.counterfactual != BEFORE_AFTER and _number(chain.attribution) < 1:
            yield Finding(
                claim.line.name,
                ("chain", "attribution"),
                f"attribution is {_number(chain.attribution):g}, but an effect against a "
                "comparison group is net of what others do already",
                "Leave attribution at 1, or write 'evidence: weaker'.",
            )


def _chains(facts: Facts) -> Iterator[tuple[Claim, Chain]]:
    for claim in facts.claims:
        if claim.line.chain is not None:
            yield claim, claim.line.chain


def _number(amount: Amount) -> float:
    return float(np.mean(amount))
