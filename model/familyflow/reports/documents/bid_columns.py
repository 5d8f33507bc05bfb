"""The columns of the cost case's tables: what each is called, in a template and in its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from familyflow.reports.documents.lines import NARROW


@dataclass(frozen=True)
class Column:
    """A column: its name in a row, its head, its width in cm, and whether words stand in it."""

    name: str
    head: str
    width: float
    has_words: bool = False


def _words(name: str, head: str, width: float) -> Column:
    return Column(name, head, width, has_words=True)


def _figures(head: str) -> tuple[Column, ...]:
    """Figures with their intervals, the first head saying what they are of."""
    return (
        _words("label", head, 8.2),
        Column("mean", "Mean", 3.2),
        Column("interval", NARROW.words, 5.8),
    )


# the width of the headings beside years is what the years leave
_BY_YEAR: Final = (_words("heading", "Heading", 0.0), Column("all_years", "All years", 0.0))
_SOURCED: Final = (
    _words("number", "Number", 3.9),
    Column("value", "Value", 2.7),
    _words("grade", "Grade, status", 2.1),
    _words("source", "Source", 8.5),
)
COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "families": _figures("Families"),
    "reached": (
        _words("group", "Group of families", 6.8),
        Column("referred", "Referred", 2.5),
        Column("started", "Who start", 2.5),
        Column("share", "Share", 1.9),
        Column("completed", "End as planned", 3.5),
    ),
    "budget": _BY_YEAR,
    "budget_asked": _BY_YEAR,
    "budget_by_funder": (
        _words("heading", "Heading", 4.8),
        Column("total", "Total cost", 3.1),
        Column("asked", "Asked", 3.1),
        Column("other", "Other", 3.1),
        Column("unfunded", "No funder", 3.1),
    ),
    "posts": (
        _words("post", "Post", 5.9),
        Column("full_time", "Full time", 1.7),
        Column("salary", "Full-time salary", 2.5),
        Column("pay", "Pay", 2.4),
        Column("on_costs", "On-costs", 2.3),
        Column("cost", "Cost a year", 2.4),
    ),
    "unit_costs": _figures("Cost"),
    "fiscal": _figures("Fiscal"),
    "savers": (
        _words("agency", "Who saves", 5.2),
        Column("saves", "Saves", 2.5),
        Column("interval", NARROW.words, 5.2),
        Column("cashable", "Of which cashable", 2.5),
        Column("cash_from", "Cash from", 1.8),
    ),
    "economic": _figures("Economic"),
    "outcomes": (
        _words("indicator", "Indicator", 5.9),
        Column("baseline", "Baseline: without", 2.2),
        Column("level", "Level: with", 1.9),
        _words("timescale", "Timescale", 2.4),
        Column("fewer", "Fewer", 1.6),
        Column("interval", NARROW.words, 3.2),
    ),
    "distance_travelled": (
        _words("indicator", "Indicator", 5.6),
        Column("baseline", "Baseline: at start", 2.2),
        Column("level", "Level: at end", 1.9),
        _words("timescale", "Timescale", 2.4),
        Column("change", "Change", 1.9),
        Column("interval", NARROW.words, 3.2),
    ),
    "assumptions": _SOURCED,
    "prices": _SOURCED,
}
