"""Rows of figures for the documents: a label, the figure as people read it, and its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.rows import ratio
from familyflow.reports.words import NOT_PLACED, count, pounds

Results = Mapping[str, Any]
Form = Callable[[float], str]


@dataclass(frozen=True)
class Interval:
    """Which interval a document gives: 95 % for the page, 80 % for the bid."""

    low: str
    high: str
    words: str


WIDE: Final = Interval("low", "high", "95% interval")
NARROW: Final = Interval("p10", "p90", "80% interval")


@dataclass(frozen=True)
class Line:
    """A row that is told. exact: the mean as kept, None where it is not defined.

    path: where the figure stands in results.json, as 'money.cost' or 'by_agency.0.net'.
    """

    label: str
    path: str
    value: str
    between: str
    exact: float | None


def found(results: Results, path: str) -> Any:
    """What stands at a path such as 'money.cost' or 'by_agency.0.net'."""
    held: Any = results
    for part in path.split("."):
        held = held[int(part)] if isinstance(held, Sequence) else held[part]
    return held


def line(results: Results, label: str, path: str, form: Form, interval: Interval = WIDE) -> Line:
    """The figure at a path as a row; the reason takes the place of one that is not defined."""
    figure = found(results, path)
    mean = figure["mean"]
    if mean is None:
        return Line(label, path, "not defined", str(figure.get("reason", "")), None)
    return Line(label, path, form(mean), between(results, figure, form, interval), float(mean))


def between(results: Results, figure: Results, form: Form, interval: Interval) -> str:
    """'£1 to £2', or that too few draws were made to tell."""
    if results["draws"] < FEWEST:
        return "too few draws to tell"
    return f"{form(figure[interval.low])} to {form(figure[interval.high])}"


def weeks(value: float) -> str:
    """Weeks with their unit."""
    return f"{count(value)} weeks"


def whole_pounds(value: float) -> str:
    """Pounds to the pound, for budgets and limits: £20,001."""
    sign = "\N{MINUS SIGN}" if round(value) < 0 else ""
    return f"{sign}£{abs(round(value)):,}"


def reach(results: Results, interval: Interval) -> list[Line]:
    """Families, waits and who finds no place, over the term."""
    rows: tuple[tuple[str, str, Form], ...] = (
        ("Families referred", "families_referred", count),
        ("Families who start", "families_started", count),
        ("Children supported", "children_supported", count),
        ("Families who end as planned", "families_completed", count),
        ("Families with fewer risks at the end", "families_improved", count),
        ("Families who gave up waiting", "families_gave_up_waiting", count),
        (NOT_PLACED, "families_turned_away", count),
        ("Mean wait for a place", "mean_wait_weeks", weeks),
        ("Longest tenth of waits, above", "p90_wait_weeks", weeks),
    )
    return [line(results, label, f"flow.{name}", form, interval) for label, name, form in rows]


def whom(results: Results, interval: Interval) -> list[Line]:
    """Families who start, by ethnic group and language: a service may reach some less."""
    rows: tuple[tuple[str, str, Form], ...] = (
        (
            "Of those who start: of a minority ethnic group",
            "families_started_minority_ethnic",
            count,
        ),
        ("Of those who start: need an interpreter", "families_started_with_interpreter", count),
    )
    return [line(results, label, f"flow.{name}", form, interval) for label, name, form in rows]


def fiscal(results: Results, interval: Interval) -> list[Line]:
    """What it costs and what public bodies save: money in budgets, cashable apart."""
    rows: tuple[tuple[str, str, Form], ...] = (
        ("Cost of the service, with gifts in kind", "cost", pounds),
        ("Public spending avoided", "fiscal_saving", pounds),
        (cashable_label(results["money"]), "cashable_saving", pounds),
        ("of which within the funding term", "saving_within_term", pounds),
        ("of which after the funding term", "saving_after_budget_window", pounds),
        ("Public spending avoided, less cost", "net_saving", pounds),
        ("The council's saving, less what it pays", "council_net_saving", pounds),
        ("Saved for each £1 spent", "fiscal_return", ratio),
        ("Cashable saving for each £1 spent", "cashable_fiscal_return", ratio),
    )
    return [line(results, label, f"money.{name}", form, interval) for label, name, form in rows]


def cashable_label(row: Results) -> str:
    """What cashable savings are called: more than the whole where spending rises elsewhere."""
    saved, cash = row["fiscal_saving"]["mean"], row["cashable_saving"]["mean"]
    if cash is None or saved is None or cash <= max(saved, 0.0):
        return "of which cashable"
    return "Cashable, spending that rises not set off"


def economic(results: Results, interval: Interval) -> list[Line]:
    """What it is worth to everybody: fiscal, economic and social value together."""
    rows: tuple[tuple[str, str, Form], ...] = (
        ("Public value for each £1", "benefit_cost_ratio", ratio),
        (
            "the same, with weaker evidence",
            "benefit_cost_ratio_with_weaker_evidence",
            ratio,
        ),
        ("Public value less cost", "net_present_value", pounds),
        ("the same, with weaker evidence", "net_present_value_with_weaker_evidence", pounds),
    )
    return [line(results, label, f"money.{name}", form, interval) for label, name, form in rows]


def unit_costs(results: Results, interval: Interval) -> list[Line]:
    """Cost for each family, child and hour."""
    rows = (
        ("Each family who starts", "cost_per_family_started"),
        ("Each family who ends as planned", "cost_per_family_completed"),
        ("Each family with fewer risks at the end", "cost_per_family_improved"),
        ("Each child supported", "cost_per_child"),
        ("Each hour worked with or for families", "cost_per_contact_hour"),
    )
    return [line(results, label, f"money.{name}", pounds, interval) for label, name in rows]
