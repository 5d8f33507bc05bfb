"""Every sentence of the cost case under its name, and the notes beneath its tables.

Every paragraph can stand by itself in a form. What claims a direction follows the chance of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from familyflow.experiments.validity import without_a_funder
from familyflow.planning.advice import without_advice
from familyflow.reports.answer import ROUGH, headline
from familyflow.reports.documents import sentences
from familyflow.reports.documents.bid_funding import full_cost, in_short, posts_note
from familyflow.reports.documents.bid_service import needs, service
from familyflow.reports.documents.bid_value import can_tell, value_for_money
from familyflow.reports.documents.distance import Travelled
from familyflow.reports.documents.kept import SERVED, Kept
from familyflow.reports.documents.limits import outside_limits
from familyflow.reports.documents.lines import NARROW
from familyflow.reports.documents.moves import Mover
from familyflow.reports.documents.parties import left_out, savers
from familyflow.reports.documents.reached import finding

Results = Mapping[str, Any]


def every_sentence(
    kept: Kept, found: Sequence[Mover], travelled: Travelled
) -> dict[str, list[str]]:
    """Paragraphs and points by name; an empty list where there is nothing to tell."""
    results = kept.results
    prices = f"Sums are in {results['price_year']} prices."
    worth = sentences.worth_needed(results)
    told = {
        "before_sending": [*outside_limits(kept), *rough(results)],
        "in_short": in_short(kept),
        "headline": headline(results, (NARROW.low, NARROW.high), NARROW.words.split()[0]),
        "break_even": sentences.break_even(results),
        "needs": needs(kept),
        "service": service(kept),
        "fewer_risks": "Fewer risks at the end: a change during support, not an effect of it.",
        "reached_note": finding(results, kept.tables.get(SERVED, ())),
        "full_cost": full_cost(kept),
        "posts_note": posts_note(results),
        "value_for_money": value_for_money(results),
        "after_the_grant": f"{sentences.after_the_grant(results, NARROW)} {prices}",
        "more_savers": left_out(savers(results, NARROW), "by_agency"),
        "weaker_evidence": (
            "Weaker evidence: benefits known only before and after support, of which a part is "
            "counted."
        ),
        "value_needed": f"{worth} {prices}" if worth else "",
        "outcomes_note": outcomes_note(results),
        "distance_note": distance_note(travelled),
        "rests_on": sentences.rests_on(kept),
        "other_rules": sentences.other_rules(results),
        "biggest_assumptions": sentences.biggest(kept, list(found)),
        "not_verified": [*sentences.not_verified(results), *warnings(results)],
    }
    return {
        name: [one] if isinstance(one, str) and one else list(one) for name, one in told.items()
    }


def rough(results: Results) -> list[str]:
    """That a run of few draws is a draft: its chance of a net saving is not known closely."""
    chance = results["money"]["probability_net_saving"]
    if can_tell(results) and chance["high"] - chance["low"] <= ROUGH:
        return []
    return [
        f"This run has {results['draws']:,} draws, so its intervals and chances are rough. Make it "
        "again with more."
    ]


def outcomes_note(results: Results) -> str:
    """What the outcomes are measured against, and what a figure below zero means."""
    return (
        f"Baseline: {results['comparator']}; so what would have happened anyway is taken off. "
        "Fewer than zero means more: a need that is noticed is met sooner."
    )


def distance_note(travelled: Travelled) -> str:
    """Who was measured, and why the change is no effect; nothing where nobody was."""
    if not travelled.measures:
        return ""
    return (
        f"About {travelled.families} families and {travelled.children} children are measured at "
        "the start and at the end, those who end as planned. Their change is not an effect: "
        "some would have changed without the service. These intervals include luck."
    )


def warnings(results: Results) -> list[str]:
    """The run's warnings, as a funder may read them.

    The one about solving the effects is in words of a reader; what tells the writer what to do is
    for the writer alone.
    """
    about = results["calibration"]
    said = (about.get("warning"), *without_a_funder(results))  # the budget says it in its pounds
    told = [without_advice(str(one)) for one in results["warnings"] if one not in said]
    missed = about.get("draws_not_reached", 0)
    if missed:
        told.append(
            f"In {missed:,} of {results['draws']:,} draws the effects on children in care that "
            "the evidence gives could not be met exactly."
        )
    return told
