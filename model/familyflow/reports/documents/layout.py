"""The order of the cost case: its headings, and what stands beneath each, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and the names of sentences, tables and pictures beneath it."""

    heading: str
    parts: tuple[str, ...]
    level: int = 1


BULLETS: Final = frozenset({"before_sending", "rests_on", "not_verified"})
SECTIONS: Final = (
    Section("In short", ("in_short", "headline", "break_even")),
    Section("The needs", ("needs",)),
    Section(
        "What the service does, and whom it reaches",
        ("service", "families", "fewer_risks", "reached", "reached_note"),
    ),
    Section("Budget", ("full_cost", "budget", "budget_asked", "budget_by_funder")),
    Section("Posts and salaries", ("posts", "posts_note")),
    Section("Value for money", ("value_for_money", "unit_costs")),
    Section(
        "Public money (fiscal)",
        ("fiscal", "after_the_grant", "savers", "more_savers", "cost_and_savings"),
        level=2,
    ),
    Section(
        "Value to everybody (economic)", ("economic", "weaker_evidence", "value_needed"), level=2
    ),
    Section("Outcomes", ("outcomes", "outcomes_note", "distance_travelled", "distance_note")),
    Section(
        "What this rests on",
        ("rests_on", "other_rules", "biggest_assumptions", "assumptions", "prices"),
    ),
    Section("What is not verified", ("not_verified",)),
    Section("Before this is sent (for whoever writes the bid)", ("before_sending",)),
)
