"""Whether tables and numbers fit together, beyond what each entry can say of itself.

The reader of files checks units, types and ranges; here every row of the tables that a plan is
made of is checked, and the numbers that must not contradict each other. All mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from familyflow.planning.dated import ALWAYS
from familyflow.planning.values import Values
from familyflow.problems import Problem, Problems
from familyflow.specification.plan import NEED_NAMES

ANY_NEED = "any"
WHOLE_FAMILY_POST = "whole_family"
SCREENING = ("accepted", "signposted", "passed_up")
EFFECTS = "outcomes.effects."

FINANCIAL_YEAR = re.compile(r"^\d{4}/\d{2}$")

Found = Iterator[tuple[str, str]]  # what is wrong, what to do
Row = Mapping[str, Any]


def check_values(values: Values, place: Callable[[str], str]) -> None:
    """Raise InputError with every contradiction found. place: file:line:column of a key."""
    problems = Problems()
    checks: tuple[tuple[str, Callable[[Values], Found]], ...] = (
        ("appraisal.term_years", _years),
        ("appraisal.first_year", _first_year),
        ("service.team.posts", _posts),
        ("service.group_work.programmes", _programmes),
        ("service.activities.programme", _activities),
        ("funding.funders", _funders),
        ("families.needs.combinations", _combinations),
        ("families.referrals.screening", _screening),
        ("families.referrals.share_by_source", _sources),
        ("families.referrals.listed_days", _listed_days),
        ("outcomes.effects.dose_reference", _doses),
        ("service.key_work.disengaging_per_week", _weekly_chances),
    )
    for key, check in checks:
        problems.found += [_problem(place(key), key, *found) for found in check(values)]
    problems.raise_if_any()


def _problem(place: str, key: str, what: str, to_do: str) -> Problem:
    file, line, column = [*place.rsplit(":", 2), "0", "0"][:3]
    if not (line.isdigit() and column.isdigit()):
        file, line, column = place, "0", "0"
    return Problem(file, int(line), int(column), f"{key}: {what}", to_do)


def _years(values: Values) -> Found:
    for name in ("term_years", "follow_up_years", "watched_years"):
        years = values[f"appraisal.{name}"]
        if float(years) != int(years) or not 1 <= years <= 50:
            yield f"{name} is {years}; it counts whole years", "Give a whole number from 1 to 50."
    follow, watched = values["appraisal.follow_up_years"], values["appraisal.watched_years"]
    if float(follow) > float(watched):
        yield (
            f"follow_up_years is {follow}, and children are watched for {watched} years",
            "Lengthen appraisal.watched_years, or shorten the follow-up.",
        )


def _first_year(values: Values) -> Found:
    first, base = str(values["appraisal.first_year"]), str(values["appraisal.price_year"])
    if not FINANCIAL_YEAR.match(first):
        yield f"{first!r} is no financial year", "Write it as 2025/26."
    elif first[:4] < base[:4]:
        yield (
            f"the term begins in {first}, before the price year {base}",
            "Begin it in the price year or later, or choose an earlier price year.",
        )


def _posts(values: Values) -> Found:
    posts = values["service.team.posts"]
    if not posts and int(values["service.team.key_workers"]):
        yield "there are no posts to fill", "List at least one post, or set key_workers to 0."
    for number, post in enumerate(_rows(posts), start=1):
        yield from _missing(post, ("agency", "specialism", "fte"), f"post {number}")
        yield from _number(post, "fte", f"post {number}", 0.05, 1.0)
        yield from _number(post, "hours_for_families", f"post {number}", 0.0, 1.0)
        known = (*NEED_NAMES, WHOLE_FAMILY_POST)
        yield from _word(post, "specialism", f"post {number}", known)
    if float(values["service.team.caseload_cap"]) < 1:
        yield "caseload_cap is below 1", "It counts the families of a full-time key worker."
    if float(values["service.team.full_time_hours"]) <= 0:
        yield "full_time_hours is 0", "It is the hours of a full-time week."


def _programmes(values: Values) -> Found:
    needed = ("name", "need", "meetings", "starts", "least", "greatest", "facilitators")
    rows = list(_rows(values["service.group_work.programmes"]))
    yield from _twice([str(row.get("name")) for row in rows], "programme")
    for row in rows:
        who = f"programme {row.get('name')}"
        yield from _missing(row, (*needed, "hours_a_meeting"), who)
        yield from _word(row, "need", who, (*NEED_NAMES, ANY_NEED))
        yield from _number(row, "meetings", who, 1, 200)
        yield from _number(row, "least", who, 1, 100)
        yield from _number(row, "greatest", who, 1, 100)
        yield from _number(row, "facilitators", who, 0, 20)
        yield from _number(row, "hours_a_meeting", who, 0, 24)
        yield from _weeks(row.get("starts"), who)
        if _both(row, "least", "greatest") and row["least"] > row["greatest"]:
            yield f"{who}: least {row['least']} is above greatest {row['greatest']}", "Swap them?"


def _activities(values: Values) -> Found:
    rows = list(_rows(values["service.activities.programme"]))
    yield from _twice([str(row.get("name")) for row in rows], "activity")
    for row in rows:
        who = f"activity {row.get('name')}"
        yield from _missing(row, ("name", "when", "attends", "staff_hours", "volunteer_hours"), who)
        yield from _number(row, "attends", who, 0.0, 1.0)
        yield from _number(row, "staff_hours", who, 0.0, 1000.0)
        yield from _number(row, "volunteer_hours", who, 0.0, 1000.0)
        if row.get("when") != ALWAYS:
            yield from _weeks(row.get("when"), who)


def _funders(values: Values) -> Found:
    rows = list(_rows(values["funding.funders"]))
    yield from _twice([str(row.get("funder")) for row in rows], "funder")
    for row in rows:
        who = f"funder {row.get('funder')}"
        yield from _missing(row, ("funder", "public", "council", "by_year"), who)
        for name in ("public", "council", "lottery"):
            if name in row and not isinstance(row[name], bool):
                yield f"{who}: {name} is {row[name]}", "Write true or false."
        if row.get("council") is True and row.get("public") is False:
            yield f"{who}: council money is public money", "Set public: true."
        if row.get("lottery") is True and not (row.get("public") and not row.get("council")):
            yield f"{who}: Lottery money is public and not the council's", "Set public: true."
        amounts = row.get("by_year")
        if not isinstance(amounts, Mapping):
            yield f"{who}: by_year is {amounts}", "Write {0: 100000, 1: 100000}: year and pounds."
            continue
        last = int(values["appraisal.term_years"]) - 1
        years = [int(year) for year in amounts if str(year).isdigit()]
        if len(years) < len(amounts) or (years and min(years) > last):
            named = ", ".join(map(str, amounts))
            yield f"{who}: no year of the term among {named}", f"Years run from 0 to {last}."
        for year, pounds in amounts.items():
            if isinstance(pounds, bool) or not isinstance(pounds, (int, float)) or pounds < 0:
                yield f"{who}: {pounds} in year {year}", "Amounts are pounds, 0 or more."


def _combinations(values: Values) -> Found:
    for key in values["families.needs.combinations"]:
        needs = str(key).split("+")
        if set(needs) - set(NEED_NAMES) or len(set(needs)) < len(needs):
            yield f"there is no need or combination {key!r}", f"Needs: {', '.join(NEED_NAMES)}."


def _screening(values: Values) -> Found:
    table = values["families.referrals.screening"]
    if set(table) != set(SCREENING):
        yield f"the ways are {', '.join(map(str, table))}", f"They are {', '.join(SCREENING)}."
    elif not table["accepted"]:
        yield "nobody is accepted, so no family can be suitable", "Give accepted a share above 0."


def _sources(values: Values) -> Found:
    shares = values["families.referrals.share_by_source"]
    lacking = set(shares) - set(values["families.referrals.holiday_factor"])
    if lacking:
        names = ", ".join(sorted(map(str, lacking)))
        yield f"no holiday factor for {names}", "Add it to families.referrals.holiday_factor."
    if not 1 <= len(shares) <= 8:
        yield f"there are {len(shares)} sources", "There can be 1 to 8."


def _listed_days(values: Values) -> Found:
    known = values["families.referrals.share_by_source"]
    for source, days in values["families.referrals.listed_days"].items():
        if source not in known:
            yield f"there is no source {source!r}", f"Sources: {', '.join(map(str, known))}."
        whole = isinstance(days, list) and all(isinstance(day, int) for day in days)
        if not whole:
            yield f"{source}: {days} is no list of whole days", "Write [0, 7, 14]."


def _doses(values: Values) -> Found:
    full, least = (float(values[EFFECTS + k]) for k in ("dose_reference", "dose_threshold"))
    if full <= 0:
        yield f"dose_reference is {full:g}", "It is the number of sessions that is a full dose."
    elif least > full:
        yield f"dose_threshold {least:g} is above dose_reference {full:g}", "Lower it."
    for name in ("care_ratio", "plan_ratio_year_1", "plan_ratio_year_2", "child_in_need_ratio"):
        if float(values[EFFECTS + name]) <= 0:
            yield (
                f"{name} is 0; no service ends every step",
                "Give a ratio above 0; 1 is no effect.",
            )


def _weekly_chances(values: Values) -> Found:
    for name in ("disengaging_per_week", "ended_by_service_per_week"):
        if float(values[f"service.key_work.{name}"]) >= 1:
            yield f"{name} is 1", "Somebody must stay: give a chance below 1."


def _rows(table: Any) -> Iterator[Row]:
    yield from (row for row in table if isinstance(row, Mapping))


def _missing(row: Row, needed: Sequence[str], who: str) -> Found:
    lacking = [name for name in needed if name not in row or row[name] is None]
    if lacking:
        yield f"{who} has no {', '.join(lacking)}", f"A row has {', '.join(needed)}."


def _number(row: Row, name: str, who: str, low: float, high: float) -> Found:
    value = row.get(name)
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        yield f"{who}: {name} is {value}", f"Give a number from {low:g} to {high:g}."


def _word(row: Row, name: str, who: str, known: Sequence[str]) -> Found:
    if name in row and row[name] not in known:
        yield f"{who}: there is no {name} {row[name]!r}", f"Known: {', '.join(known)}."


def _weeks(weeks: Any, who: str) -> Found:
    whole = isinstance(weeks, list) and all(isinstance(w, int) and 0 <= w <= 51 for w in weeks)
    if not whole:
        yield f"{who}: {weeks} are no weeks", "List weeks of the service's year, 0 to 51."


def _twice(names: Sequence[str], what: str) -> Found:
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"{what} {name} stands twice", "Keep one, or give the other its own name."


def _both(row: Row, first: str, second: str) -> bool:
    return all(isinstance(row.get(name), (int, float)) for name in (first, second))
