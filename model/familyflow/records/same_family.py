"""Referrals of the same family: in order, numbered, and never two that go on at once.

The order is that of dates and of what stands in the rows, so it is the same for any order of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from familyflow.problems import Problems
from familyflow.records.cases import Case

_DAYS = attrgetter("referred", "ended", "allocated", "started")
_REST = attrgetter(
    "ending", "source", "needs", "children", "level", "minority_ethnic", "interpreter", "hours",
    "meetings_offered", "meetings_held", "risks", "strengths", "difficulties", "wellbeing",
)  # fmt: skip
Key = tuple[date, date, date, date, str]


def in_order(cases: Sequence[Case]) -> list[Case]:
    """Cases in order of referral; families numbered anew, and their referrals from 0."""
    keys = {case.row: _key(case) for case in cases}
    by_family: dict[int, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda one: keys[one.row]):
        by_family[case.family].append(case)
    families = sorted(by_family.values(), key=lambda own: [keys[case.row] for case in own])
    numbered = [
        replace(case, family=family, returns=returns)
        for family, own in enumerate(families)
        for returns, case in enumerate(own)
    ]
    return sorted(numbered, key=lambda one: (keys[one.row], one.family, one.returns))


def _key(case: Case) -> Key:
    """All that stands in a row but its line and its family; a day that is not known comes last."""
    referred, *later = _DAYS(case)
    ended, allocated, started = (day or date.max for day in later)
    return referred, ended, allocated, started, repr(_REST(case))


def check_overlaps(cases: Sequence[Case], file: str, most: int, problems: Problems) -> None:
    """Note each referral that came in before an earlier one of its family had ended.

    cases: in order of referral. most: after so many mistakes no more are looked for.
    """
    latest: dict[int, Case] = {}  # of the referrals of a family, the one that ends last
    for case in cases:
        before = latest.get(case.family)
        if before is None or _end(before) <= _end(case):
            latest[case.family] = case
        if before is not None and case.referred < _end(before):
            lines = sorted((before.row, case.row))
            problems.add(
                file, lines[1], 0,
                f"the family of line {lines[0]} is there again while that referral goes on",
                "One row for each referral; end the first, or take out the copy.",
            )  # fmt: skip
            if len(problems.found) > most:
                problems.add(
                    file, 0, 0, f"only the first {most:,} mistakes are told",
                    "Mend these first: many of one kind have one cause.",
                )  # fmt: skip
                return


def _end(case: Case) -> date:
    return case.ended or date.max
