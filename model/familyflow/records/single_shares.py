"""Shares that are one number: those who decline, come back, attend, and whom a service reaches."""

from __future__ import annotations

import numpy as np

from familyflow.records.estimate import (
    ATTENDANCE,
    DECLINES,
    INTERPRETER,
    MINORITY,
    REPEAT,
    Estimate,
)
from familyflow.records.given import Given, enough_cases
from familyflow.records.one_share import (
    Counted,
    one_share,
    share_by_year,
    size_by_family,
    size_by_follow_up,
)
from familyflow.records.returns import days_until_return, part_seen
from familyflow.records.tables_of_shares import first_of_period
from familyflow.specification.variates import DAYS_IN_WEEK

# Nobody who was passed up, or who moved away, is referred again; nor does a list that closed tell.
_NEVER_BACK = ("passed_up", "moved_away", "left_list", "service_stopped")


def declines(given: Given) -> Estimate:
    """Those who said no of those who were offered a key worker."""
    cases = given.cases
    said_no = int((cases.in_period & cases.ended_as("declined")).sum())
    took = int((cases.in_period & cases.was_allocated).sum())
    offers = said_no + took
    counted = Counted(offers, said_no, offers, "offers of a key worker", "declined")
    said = "An offer is known by its answer: a key worker, or 'declined'."
    return one_share(given, DECLINES, counted, said)


def attendance(given: Given) -> Estimate:
    """Meetings held of those offered, all families together."""
    given.need("meetings_offered", "meetings_held")
    offered = given.cases.numbers["meetings_offered"]
    held = given.cases.numbers["meetings_held"]
    known = (offered > 0.0) & ~np.isnan(held)
    enough_cases(int(known.sum()), "families with meetings offered and held")
    held, offered = held[known], offered[known]
    counted = Counted(
        int(known.sum()),
        float(held.sum()),
        float(offered.sum()),
        "meetings offered",
        "meetings held",
        size_by_family(held, offered),
    )
    said = "Meetings of one family are alike, so they count as fewer than they are."
    return one_share(given, ATTENDANCE, counted, said)


def minority_ethnic(given: Given) -> Estimate:
    """Families from ethnic minorities among first referrals."""
    return _yes_or_no(given, MINORITY, "minority_ethnic", "from an ethnic minority")


def interpreter_need(given: Given) -> Estimate:
    """Families who need an interpreter among first referrals."""
    return _yes_or_no(given, INTERPRETER, "interpreter", "with an interpreter")


def _yes_or_no(given: Given, key: str, column: str, event: str) -> Estimate:
    given.need(column)
    answers = given.cases.numbers[column][first_of_period(given.cases)]
    answers = answers[~np.isnan(answers)]
    counted = Counted(len(answers), float(answers.sum()), len(answers), "first referrals", event)
    said = "One share for every year of the term, without doubt: a table by year is not drawn."
    return share_by_year(given, key, counted, said)


def repeat_share(given: Given) -> Estimate:
    """Families who come back, of those whose support, wait or referral ended.

    A case that ended not long ago counts as the part of a case by which its return would have
    shown: `weeks_until_return` says when returns come, and families move away meanwhile.
    """
    cases = given.cases
    ended = (cases.ended >= 0.0) & ~cases.ended_as(*_NEVER_BACK)
    days = days_until_return(given)
    parts = part_seen(cases.until - cases.ended[ended], days, given)
    back = (cases.back_after[ended] >= 0.0) & (cases.back_after[ended] <= days[-1])
    events, number = float(back.sum()), float(parts.sum())
    enough_cases(number, "cases followed for as long as returns take")
    counted = Counted(
        int(ended.sum()),
        events,
        max(number, events),
        "cases followed for as long as returns take",
        "came back",
        size_by_follow_up(events, parts),
    )
    last = days[-1] / DAYS_IN_WEEK
    said = (
        f"Counted are returns within {last:.0f} weeks, as the model has them; a case that ended "
        "lately counts in part. The model also turns away children who have grown too old, which "
        "is not allowed for."
    )
    return one_share(given, REPEAT, counted, said)
