"""The prose of needs and of the service: who is referred, and what a family is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.reports.documents.kept import Kept, table_of
from familyflow.reports.units import figure
from familyflow.reports.words import count, in_years, one_or_more, share

MOST_NAMED: Final = 4  # referrers in one sentence
_NAMES: Final = {
    "mental_ill_health": "parental mental ill health",
    "substance_misuse": "parental substance misuse",
    "childrens_services": "children's services",
}


def needs(kept: Kept) -> list[str]:
    """Who is referred, by whom and with which needs, and who is left without a place."""
    flow, term = kept.results["flow"], kept.results["term_years"]
    placed = ("families_started", "families_gave_up_waiting", "families_turned_away")
    others = flow["families_referred"]["mean"] - sum(flow[name]["mean"] for name in placed)
    told = [
        f"Over {in_years(term)} {_families_are(flow['families_referred']['mean'])} expected to be "
        f"referred. {count(flow['families_gave_up_waiting']['mean'])} of them would give up "
        f"waiting and {count(flow['families_turned_away']['mean'])} would be sent "
        "elsewhere, move away, or still wait when the list closes. "
        f"The other {count(others)} decline a place, or are passed up to social care."
    ]
    shares = table_of(kept, "families.needs.combinations")
    if shares:
        told.append(
            "The needs of the families referred, as assumed here (a family may have several): "
            f"{_needs(shares)}."
        )
    referrers = table_of(kept, "families.referrals.share_by_source")
    if referrers:
        told.append(f"Who refers them, as assumed here: {_largest(referrers)}.")
    return told


def service(kept: Kept) -> list[str]:
    """What the service does for a family, from the choices of the scenario."""
    workers = [post for post in kept.results["posts"] if post["role"] == "Key worker"]
    if not workers:
        return ["The service has no key worker, so no family would have one."]
    full_time = sum(float(post["full_time_share"]) for post in workers)
    cap = float(kept.parameters["service.team.caseload_cap"]["value"])
    told = [
        f"One key worker holds the relationship with the whole family. The service has "
        f"{one_or_more(str(len(workers)), 'key worker', 'key workers')} ({full_time:g} full time), "
        f"and a full-time key worker holds at most {cap:g} families at once."
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
    beside = _beside(kept)
    return [*told, " ".join(beside)] if beside else told


def _families_are(number: float) -> str:
    return one_or_more(count(number), "family is", "families are")


def _beside(kept: Kept) -> list[str]:
    """What there is beside the key worker: groups, and a budget of the family's own."""
    told = []
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


def _rows(kept: Kept, key: str) -> list[Mapping[str, Any]]:
    held = kept.parameters.get(key, {}).get("table", [])
    return held if isinstance(held, list) else []


def _needs(shares: Mapping[str, float]) -> str:
    """Each need with the share of families that have it, alone or beside others."""
    by_need: dict[str, float] = {}
    for together, held in shares.items():
        for need in together.split("+"):
            by_need[need] = by_need.get(need, 0.0) + held
    several = sum(held for together, held in shares.items() if "+" in together)
    names = [
        f"{_said(need)} ({share(held)})"
        for need, held in sorted(by_need.items(), key=lambda item: -item[1])
    ]
    return f"{', '.join(names)}; {share(several)} have more than one"


def _largest(shares: Mapping[str, float]) -> str:
    """The largest shares in words: 'schools (30%), self (19%)'."""
    first = sorted(shares.items(), key=lambda item: -item[1])[:MOST_NAMED]
    names = [f"{_said(name)} ({share(held)})" for name, held in first]
    return ", ".join(names) + (" and others" if len(shares) > MOST_NAMED else "")


def _said(name: str) -> str:
    return _NAMES.get(name, name.replace("_", " "))


def _range(kept: Kept, key: str) -> str:
    """'8 to 14' of a length that varies between families, a single value, or nothing."""
    held = kept.parameters.get(key, {})
    if "value" in held:
        return f"{float(held['value']):g}"
    settings = dict(held["varies"][-1]) if "varies" in held else {}
    if {"low", "high"} <= settings.keys():
        return f"{settings['low']:g} to {settings['high']:g}"
    return ""
