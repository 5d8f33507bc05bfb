"""The paragraph on value for money: worded by the chance that public services get it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.rows import NOTHING, is_loss, ratio
from familyflow.reports.words import count, likelihood, out_of_ten, pounds, window

Results = Mapping[str, Any]

CANNOT_TELL: Final = "not to be told from so few draws"
EVEN: Final = likelihood(0.5)  # what is so likely that it could go either way


def can_tell(results: Results) -> bool:
    """Whether enough draws were made to speak of chances."""
    return bool(results["draws"] >= FEWEST)


def value_for_money(results: Results) -> str:
    """Why to fund it where public services get back less than is spent, or how far it pays.

    The return is a mean, and the chance of a net saving may point the other way: both are said.
    """
    money = results["money"]
    returned = money["fiscal_return"]["mean"]
    if returned is None:
        return f"No fiscal return can be given: {money['fiscal_return']['reason']}."
    if not can_tell(results):
        return _too_few(results)
    chance = likelihood(money["probability_net_saving"]["mean"])
    pays = returned >= 1.0
    if chance == EVEN:
        return f"{_either_way(results)} {_gained(results) if not pays else _CASHABLE}"
    if pays:
        return f"{_pays(results)} {_CASHABLE}"
    return f"{_does_not_pay(results)} {_gained(results)}"


_CASHABLE: Final = "Only the cashable part can be taken out of a budget or used again."


def _too_few(results: Results) -> str:
    return (
        f"Whether the service saves public money is {CANNOT_TELL} ({results['draws']}): make the "
        f"run with {FEWEST} draws or more. {_back(results)}"
    )


def _either_way(results: Results) -> str:
    return (
        "Whether this service saves public money, all in all, cannot be told: a net saving is "
        f"{_chance(results)}. {_back(results)}"
    )


def _pays(results: Results) -> str:
    if results["money"]["probability_net_saving"]["mean"] < 0.5:
        return (
            f"{_back(results)} Yet a net saving is {_chance(results)}: a few very good outcomes "
            "carry the average, so none should be promised."
        )
    return f"{_back(results)} A net saving is {_chance(results)}, not certain."


def _does_not_pay(results: Results) -> str:
    start = "The case for this service does not rest on saving money."
    if results["money"]["probability_net_saving"]["mean"] > 0.5:
        start = "The case for this service cannot rest on saving money alone."
    return f"{start} A net saving is {_chance(results)}. {_back(results)}"


def _chance(results: Results) -> str:
    chance = results["money"]["probability_net_saving"]["mean"]
    return f"{likelihood(chance)} ({out_of_ten(chance)})"


def _back(results: Results) -> str:
    """What comes back on average: less than nothing where others spend more with the service."""
    money = results["money"]
    returned, saved = money["fiscal_return"]["mean"], money["fiscal_saving"]["mean"]
    if is_loss(returned):
        return (
            f"On average public services get nothing back: they spend {pounds(-saved)} more "
            f"({_base(results)}) {window(results)}."
        )
    if returned < NOTHING:
        return f"On average public services get nothing back {window(results)}."
    told = "back about" if returned < 1.0 else "back more than the service costs: about"
    each = "of" if returned < 1.0 else "for"
    return (
        f"On average public services get {told} {ratio(returned)} {each} each £1, {pounds(saved)} "
        f"in all ({_base(results)}) {window(results)}."
    )


def _gained(results: Results) -> str:
    """What the rest of the cost buys."""
    flow, net = results["flow"], -results["money"]["net_saving"]["mean"]
    started = flow["families_started"]["mean"]
    each = f" ({pounds(net / started)} for each family who starts)" if started else ""
    return (
        f"What is not got back, {pounds(net)}{each}, is the price of what families gain: "
        f"{count(started)} families with a key worker of their own, "
        f"{count(flow['children_supported']['mean'])} children supported, and "
        f"{count(flow['families_completed']['mean'])} families who end as planned. Whether that "
        "is worth its price is for the funder to judge; the tables show what can be counted."
    )


def _base(results: Results) -> str:
    return f"present value, {results['price_year']} prices"
