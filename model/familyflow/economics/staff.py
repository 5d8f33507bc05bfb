"""What a post costs its employer: salary, national insurance and pension; overheads apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Amount
from familyflow.problems import bad_input


@dataclass(frozen=True)
class EmployerContributions:
    """What an employer pays on top of a salary, by the rules of one year.

    national_insurance_rate: share of each person's pay above `threshold` (GBP a year, a person).
    pension: share of the whole salary; may be one number a draw.
    """

    national_insurance_rate: float
    threshold: float
    pension: Amount


@dataclass(frozen=True)
class Post:
    """One person's post: the full-time salary of its grade (GBP a year) and its share of it."""

    role: str
    salary: Amount
    full_time_share: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.full_time_share <= 1:
            raise bad_input(
                f"the full-time share is {self.full_time_share}",
                "It is above 0 and at most 1; two people are two posts.",
                where=f"post {self.role}",
            )


def national_insurance(pay: Amount, contributions: EmployerContributions) -> Amount:
    """Employer national insurance on one person's pay (GBP a year)."""
    return contributions.national_insurance_rate * np.maximum(0.0, pay - contributions.threshold)


def loaded_cost(post: Post, contributions: EmployerContributions) -> Amount:
    """A year of this post, GBP: pay, national insurance and pension, without overheads.

    The threshold is per person, so a part-time post costs less than its share of a full-time one.
    """
    pay = post.salary * post.full_time_share
    return pay + national_insurance(pay, contributions) + pay * contributions.pension


def cost_per_full_time_year(posts: Sequence[Post], contributions: EmployerContributions) -> Amount:
    """Loaded cost of these posts together, GBP per full-time year that they work."""
    full_time = sum(post.full_time_share for post in posts)
    if not full_time:
        raise bad_input("there are no posts to cost", "List at least one post.")
    total: Amount = 0.0
    for post in posts:
        total = total + loaded_cost(post, contributions)
    return total / full_time


@dataclass(frozen=True)
class WorkingYear:
    """Weeks worked, hours a week, and the share of hours spent face to face with families."""

    weeks: float
    hours_a_week: float
    contact_share: float


def cost_per_contact_hour(yearly_cost: Amount, year: WorkingYear) -> Amount:
    """GBP per hour spent with families, from the yearly cost of a full-time post.

    >>> cost = 30_000 * (1 + 0.25) * (1 + 0.15)      # on-costs, then overheads
    >>> round(cost_per_contact_hour(cost, WorkingYear(42, 37, 0.6)), 4)
    46.2516
    """
    return yearly_cost / (year.weeks * year.hours_a_week * year.contact_share)
