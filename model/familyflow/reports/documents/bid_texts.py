"""The prose of the cost case: needs, what the service does, full cost, value below a pound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.reports.documents.bid_rows import overheads
from familyflow.reports.documents.kept import Kept
from familyflow.reports.documents.limits import asked_of, total_row
from familyflow.reports.documents.lines import whole_pounds
from familyflow.reports.rows import ratio
from familyflow.reports.units import figure
from familyflow.reports.words import count, likelihood, pounds, share, window

Results = Mapping[str, Any]

OVERHEADS: Final = "Overheads"
MOST_NAMED: Final = 4  # needs or referrers in one sentence


def needs(kept: Kept) -> list[str]:
    """Who is referred, by whom and with which needs, and who is left without a place."""
    flow, term = kept.results["flow"], kept.results["term_years"]
    told = [
        f"Over {term} years {count(flow['families_referred']['mean'])} families are expected to be "
        f"referred. {count(flow['families_gave_up_waiting']['mean'])} of them would give up "
        f"waiting and {count(flow['families_turned_away']['mean'])} would be turned away: sent "
        "elsewhere, moved away, or waiting when the list closed."
    ]
    shares = _table(kept, "families.needs.combinations")
    if shares:
        told.append(f"The needs that families come with, as assumed here: {_largest(shares)}.")
    referrers = _table(kept, "families.referrals.share_by_source")
    if referrers:
        told.append(f"Who refers them, as assumed here: {_largest(referrers)}.")
    return told


def service(kept: Kept) -> list[str]:
    """What the service does for a family, from the choices of the scenario."""
    workers = [post for post in kept.results["posts"] if post["role"] == "Key worker"]
    full_time = sum(float(post["full_time_share"]) for post in workers)
    cap = float(kept.parameters["service.team.caseload_cap"]["value"])
    told = [
        f"One key worker holds the relationship with the whole family. The service has "
        f"{len(workers)} key workers ({full_time:g} full time), and a full-time key worker holds "
        f"at most {cap:g} families at once."
    ]
    lengths = [
        (words, _range(kept, f"service.key_work.{name}"))
        for words, name in (
            ("an introductory period of {} weeks", "introductory_weeks"),
            ("weekly sessions for {} weeks", "weeks_of_sessions"),
            ("{} weeks of closing", "closing_weeks"),
        )
    ]
    steps = [words.format(weeks) for words, weeks in lengths if weeks]
    if steps:
        told.append(f"A family has {', then '.join(steps)}, and more where need is higher.")
    groups = [str(row["title"]) for row in _rows(kept, "service.group_work.programmes")]
    if groups:
        told.append(f"Families may also join group programmes: {', '.join(groups)}.")
    budget = kept.parameters.get("service.key_work.family_budget", {})
    if budget.get("value"):
        told.append(
            f"Each family can direct a small budget of {figure(budget['value'], 'GBP')} "
            f"({budget['price_year']} prices)."
        )
    return told


def full_cost(kept: Kept) -> list[str]:
    """What is asked of whom, how the budget grows, and where the overheads stand."""
    total = total_row(kept)
    told = [
        f"The whole cost over {kept.results['term_years']} years, in pounds as they are paid, is "
        f"{whole_pounds(total['total'])}. Of it {whole_pounds(total['asked'])} is asked of "
        f"{asked_of(kept)}, {whole_pounds(total['other'])} comes from other funders, and "
        f"{whole_pounds(total['unfunded'])} has no funder yet. Gifts in kind are left out."
    ]
    spare = kept.results["funding_gap"]["left_over"]
    if spare >= 1.0:
        told.append(
            f"Of what funders offer, {pounds(spare)} is left over in years that cost less "
            f"({kept.results['price_year']} prices)."
        )
    held = overheads(kept, OVERHEADS)
    if held:
        told.append(
            f"Full cost recovery: overheads of {held}, are a share of direct pay, shown as a "
            f"heading of their own.{_no_contingency(kept)}"
        )
    growth = kept.parameters.get("economy.growth.pay_per_year", {})
    if "value" in growth:
        told.append(
            f"Pay grows by {figure(growth['value'], 'share')} a year from the year of its scale "
            "(assumed where no award is known), and prices by the official forecast."
        )
    return told


def _no_contingency(kept: Kept) -> str:
    """That no heading is for contingency, where that is so: a scenario may have its own."""
    headings = " ".join(str(row["heading"]) for row in kept.tables["budget"])
    return "" if "contingency" in headings.lower() else " There is no line for contingency."


def value_for_money(results: Results) -> str:
    """Why to fund it where public services get back less than is spent, or how far it pays."""
    money, flow = results["money"], results["flow"]
    returned = money["fiscal_return"]["mean"]
    if returned is None:
        return f"No fiscal return can be given: {money['fiscal_return']['reason']}."
    back = pounds(money["fiscal_saving"]["mean"])
    chance = likelihood(money["probability_net_saving"]["mean"])
    if returned >= 1.0:
        return (
            f"On average public services get back more than the service costs: {back}, or "
            f"{ratio(returned)} for each £1, {window(results)}. That they do is {chance}, not "
            "certain, and only the cashable part can be taken out of a budget or used again."
        )
    net = -money["net_saving"]["mean"]
    started = flow["families_started"]["mean"]
    each = f", or {pounds(net / started)} for each family who starts" if started else ""
    return (
        f"The case for this service does not rest on saving money. A net saving is {chance}. "
        f"Public services get back about {ratio(returned)} of each £1, {back} in all "
        f"{window(results)}. The rest, {pounds(net)}{each}, is the price of what families gain: "
        f"{count(started)} families with a key worker of their own, "
        f"{count(flow['children_supported']['mean'])} children supported, and "
        f"{count(flow['families_completed']['mean'])} families who end as planned. Whether that "
        "is worth its price is for the funder to judge; the tables show what can be counted."
    )


def _table(kept: Kept, key: str) -> Mapping[str, float]:
    held = kept.parameters.get(key, {}).get("table", {})
    return held if isinstance(held, Mapping) else {}


def _rows(kept: Kept, key: str) -> list[Mapping[str, Any]]:
    held = kept.parameters.get(key, {}).get("table", [])
    return held if isinstance(held, list) else []


def _largest(shares: Mapping[str, float]) -> str:
    """The largest shares in words: 'schools (30%), self (19%)'."""
    first = sorted(shares.items(), key=lambda item: -item[1])[:MOST_NAMED]
    names = [f"{_said(name)} ({share(held)})" for name, held in first]
    return ", ".join(names) + (" and others" if len(shares) > MOST_NAMED else "")


def _said(name: str) -> str:
    plain = name.replace("childrens_", "children's ").replace("+", " and ")
    return plain.replace("_", " ")


def _range(kept: Kept, key: str) -> str:
    """'8 to 14' of a length that varies between families, a single value, or nothing."""
    held = kept.parameters.get(key, {})
    if "value" in held:
        return f"{float(held['value']):g}"
    settings = dict(held["varies"][-1]) if "varies" in held else {}
    if {"low", "high"} <= settings.keys():
        return f"{settings['low']:g} to {settings['high']:g}"
    return ""
