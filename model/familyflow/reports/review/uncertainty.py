"""How sure the answer is: what is not known of numbers, chance, which families, and structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from familyflow.reports.answer import FEWEST, headline
from familyflow.reports.documents.sentences import one_service, other_rules
from familyflow.reports.review.kept import Reviewed
from familyflow.reports.review.log import Assumption
from familyflow.reports.review.ratings import RED
from familyflow.reports.signs import lowered
from familyflow.reports.words import interval, likelihood, out_of_ten, pounds, share

_MOST_NAMED: Final = 3


def statement(reviewed: Reviewed, log: Sequence[Assumption]) -> list[tuple[str, str]]:
    """What is uncertain, and how much of it, a paragraph each: a heading and its words."""
    return [
        ("The answer", _answer(reviewed)),
        ("What is not known of the numbers", " ".join(_numbers(reviewed, log))),
        ("Chance", " ".join(_chance(reviewed))),
        ("Which families come", _families()),
        ("How it is valued and built", _structure(reviewed)),
    ]


def _answer(reviewed: Reviewed) -> str:
    money, draws = reviewed.results["money"], reviewed.results["draws"]
    net = money["net_saving"]
    if not money["cost"]["mean"]:
        return headline(reviewed.results)
    if draws < FEWEST:
        return (
            f"The net saving is {pounds(net['mean'])} on the mean of {draws} draws: too few to "
            "tell how sure that is."
        )
    chance = money["probability_net_saving"]["mean"]
    return (
        f"The net saving is {pounds(net['mean'])} (95% interval {interval(net, pounds)}); that it "
        f"is above nothing is {likelihood(chance)} ({out_of_ten(chance)})."
    )


def _numbers(reviewed: Reviewed, log: Sequence[Assumption]) -> Iterator[str]:
    drawn = sum(1 for one in reviewed.parameters.values() if one.is_uncertain)
    fixed = sum(
        1
        for one in reviewed.parameters.values()
        if not one.is_uncertain and not one.is_line and not one.is_decision
    )
    yield (
        f"{drawn} numbers are drawn anew in every draw, each from its distribution; {fixed} beliefs"
        " are the same in every draw, and the intervals know nothing of doubt about them."
    )
    clear = sorted((one for one in log if one.impact.colour == RED), key=lambda one: one.rank or 0)
    named = "; ".join(lowered(one.label) for one in clear[:_MOST_NAMED])
    yield (
        f"The answer goes most with: {named}."
        if named
        else "No single number can be told from luck as moving the answer."
    )


def _chance(reviewed: Reviewed) -> Iterator[str]:
    net = reviewed.results["money"]["net_saving"]
    measured, taken = net.get("share_of_chance_measured"), net.get("share_of_chance")
    if net["low"] == net["high"]:
        yield "The net saving is the same in every draw."
    elif measured is None or taken is None:
        yield "How much of the spread between draws is chance was not measured in this run."
    else:
        yield (
            f"Of the spread of the net saving between draws about {share(measured)} is chance: "
            "other luck for the same numbers. That was measured by simulating draws twice, and is "
            f"rough where draws are few; {share(taken)} is taken out of the intervals, less than "
            "measured so that they are not too narrow. What is left is doubt about numbers."
        )
    told = one_service(reviewed.results)
    if told:
        yield told


def _families() -> str:
    return (
        "Who is referred, with which needs and levels, is drawn for each family: between families "
        "it is part of the chance above, and doubt about the make-up as a whole is among the "
        "numbers. The same families with the same luck are in both arms."
    )


def _structure(reviewed: Reviewed) -> str:
    told = other_rules(reviewed.results)
    return (
        f"{told} Structures are set side by side and never averaged, so no interval holds them. "
        "The levels of need themselves have no alternative here."
    ).strip()
