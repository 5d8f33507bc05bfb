"""The few things that a commissioner controls, each with the number behind it.

What is typed stays text until it is compared: a mistake can then be shown as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.parameters.draws import base_values
from familyflow.parameters.numerals import neat
from familyflow.scenarios.resolve import Resolved

POSTS: Final = "service.team.key_workers"
CAP: Final = "service.team.caseload_cap"
SESSIONS: Final = "service.key_work.weeks_of_sessions"
PARENTS: Final = "service.key_work.limit_of_parent_support_weeks"
GROUPS: Final = "service.group_work.programmes"
BUDGET: Final = "service.key_work.family_budget"
RUNS: Final = "service.team.runs"
POST_ROWS: Final = "service.team.posts"
PROGRAMME: Final = "places."
_BELOW_ZERO: Final = re.compile(r"[-\N{MINUS SIGN}] ?£?[0-9][0-9,]*(\.[0-9]+)?", re.ASCII)
_NUMBER: Final = re.compile(r"£?\s?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(\.[0-9]{1,4})?", re.ASCII)


@dataclass(frozen=True)
class Lever:
    """A row of the table of options. field: its name in forms; key: the number behind it."""

    field: str
    key: str
    label: str
    unit: str
    hint: str = ""


# In the words of people who commission; unit and source come from the number itself.
LEVERS: Final = (
    Lever("posts", POSTS, "Key-worker posts", "posts"),
    Lever("cap", CAP, "Families per full-time key worker, at most", "families"),
    Lever("sessions_low", SESSIONS, "Weekly sessions, at least", "weeks"),
    Lever("sessions_high", SESSIONS, "Weekly sessions, at most", "weeks"),
    Lever("parents", PARENTS, "Support to parents after the sessions, at most", "weeks"),
    Lever("budget", BUDGET, "Family-held budget", "£ for each family"),
)


class NotANumberError(ValueError):
    """What was typed is no number."""


@dataclass(frozen=True)
class Chosen:
    """What a scenario must set, by key, and the fields in which no number stands.

    unproven: what it changes that no evidence links to outcomes, in a few words.
    """

    sets: dict[str, Any]
    not_numbers: tuple[str, ...]
    unproven: str


def number_in(text: str) -> int | float:
    """A number as people type it: 6, 1,500, £250 or 0.75. Raises NotANumberError.

    >>> number_in("£1,500"), number_in(" 0.75 ")
    (1500, 0.75)
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise NotANumberError
    value = float(found[1].replace(",", "") + (found[2] or ""))
    return int(value) if value.is_integer() else value


def levers_of(resolved: Resolved) -> list[Lever]:
    """Every row for this scenario: the six levers, with a row for each group programme."""
    groups = [
        Lever(
            f"{PROGRAMME}{row['name']}",
            GROUPS,
            f"Places in a group: {row['title']}",
            "places",
            "0 for none",
        )
        for row in _programmes(resolved)
    ]
    return [*LEVERS[:-1], *groups, LEVERS[-1]]


def stated(resolved: Resolved) -> dict[str, str]:
    """What the scenario has in each field, as text; nothing where it runs no service."""
    values = base_values(resolved.parameters)
    if not values[RUNS]:
        return {}
    sessions = resolved.parameters[SESSIONS].varies
    ends = {} if sessions is None else sessions.settings
    found: dict[str, Any] = {
        "posts": values[POSTS],
        "cap": values[CAP],
        "sessions_low": ends.get("low"),
        "sessions_high": ends.get("high"),
        "parents": values[PARENTS],
        "budget": values[BUDGET],
        **{f"{PROGRAMME}{row['name']}": row["greatest"] for row in _programmes(resolved)},
    }
    return {field: neat(value) for field, value in found.items() if value is not None}


def chosen(resolved: Resolved, typed: Mapping[str, str]) -> Chosen:
    """What a scenario must set to have what was typed; nothing for what is as it was."""
    now = stated(resolved)
    changed: dict[str, int | float] = {}
    wrong = []
    for field, text in typed.items():
        if field not in now or not text.strip():
            continue
        try:
            value = number_in(text)
        except NotANumberError:
            wrong.append(field)
            continue
        if value != number_in(now[field]):
            changed[field] = value
    single = {lever.field: lever.key for lever in LEVERS if not lever.field.startswith("sessions")}
    sets: dict[str, Any] = {
        key: changed[field] for field, key in single.items() if field in changed
    }
    if "sessions_low" in changed or "sessions_high" in changed:
        sets[SESSIONS] = _sessions(now, changed)
    if any(field.startswith(PROGRAMME) for field in changed):
        sets[GROUPS] = _groups_with(resolved, changed)
    return Chosen(sets, tuple(wrong), _unproven(resolved, now, changed))


def refusal(resolved: Resolved, field: str, text: str) -> str:
    """Why what was typed in a field cannot be: too little, or no number at all."""
    if not _BELOW_ZERO.fullmatch(text.strip()):
        return f"'{text}' is no number: write it in digits, such as 6 or 1,500."
    key = next(lever.key for lever in levers_of(resolved) if lever.field == field)
    least = neat(resolved.parameters[key].lowest or 0)
    return f"{text.strip()} is too little: it must be {least} or more."


def crossed(chosen: Chosen) -> str:
    """What is wrong where the least number of sessions is above the most; else ''."""
    ends = chosen.sets.get(SESSIONS, {}).get("varies", {}).get("whole_numbers", {})
    if not ends or ends["low"] <= ends["high"]:
        return ""
    low, high = neat(ends["low"]), neat(ends["high"])
    most = next(lever.label for lever in LEVERS if lever.field == "sessions_high")
    return f"{low} is more than the {high} of '{most}'. Did you swap them?"


def _unproven(resolved: Resolved, now: Mapping[str, str], changed: Mapping[str, Any]) -> str:
    """What no evidence links to outcomes: that of the start, and of what is changed."""
    told = [resolved.unproven] if resolved.unproven else []
    if "cap" in changed:
        told.append(
            "smaller caseloads" if changed["cap"] < number_in(now["cap"]) else "larger caseloads"
        )
    if changed.get("sessions_high", 0) > number_in(now.get("sessions_high", "0")):
        told.append("more sessions than the usual number")
    if any(field.startswith(PROGRAMME) for field in changed):
        told.append("other places in groups")
    if "budget" in changed:
        told.append("another family-held budget")
    return "; ".join(dict.fromkeys(told))


def _sessions(now: Mapping[str, str], changed: Mapping[str, Any]) -> dict[str, Any]:
    low = changed.get("sessions_low", number_in(now["sessions_low"]))
    high = changed.get("sessions_high", number_in(now["sessions_high"]))
    return {"varies": {"by": "family", "whole_numbers": {"low": low, "high": high}}}


def _groups_with(resolved: Resolved, changed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The programmes with other places; one without places is not offered."""
    found = []
    for row in _programmes(resolved):
        places = changed.get(f"{PROGRAMME}{row['name']}", row["greatest"])
        if places:
            found.append({**row, "greatest": places})
    return found


def _programmes(resolved: Resolved) -> list[dict[str, Any]]:
    rows = base_values(resolved.parameters)[GROUPS]
    return [dict(row) for row in rows] if isinstance(rows, list) else []


def groups_of(resolved: Resolved, field: str) -> str:
    """How many groups a year the places of a field are in, as 'in 2 groups a year'; or ''."""
    for row in _programmes(resolved):
        if field == f"{PROGRAMME}{row['name']}":
            many = len(row["starts"])
            return f"in {many} group{'' if many == 1 else 's'} a year"
    return ""


def size_of_a_post(resolved: Resolved) -> str:
    """How much of full time a post is: 'a post is 0.7 of full time'; '' where nothing is said."""
    rows = base_values(resolved.parameters)[POST_ROWS]
    sizes = sorted({float(row["fte"]) for row in rows}) if isinstance(rows, list) else []
    if not sizes:
        return ""
    if len(sizes) == 1:
        return f"a post is {neat(sizes[0])} of full time"
    return f"a post is {neat(sizes[0])} to {neat(sizes[-1])} of full time"
