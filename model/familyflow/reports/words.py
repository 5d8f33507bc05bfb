"""Numbers as people read them: pounds, shares and counts, rounded to what the figure supports."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from familyflow.planning.funding_checks import NOBODY

MINUS = "\N{MINUS SIGN}"
MILLION = 1_000_000
FIGURES = 3
HALF_A_PENNY = 0.005  # less is told as nothing, which has no sign
ABOUT_A_TWENTIETH = (0.04, 0.075)  # chances that are nearer to 1 in 20 than to none or 1 in 10
# families without a place who neither gave up nor declined: not all were turned away
NOT_PLACED = "Sent elsewhere, moved or still waiting"
LENGTH_OF_WINDOW = {"follow_up": "follow_up", "budget": "term", "everything": "watched"}


def significant(value: float, figures: int = FIGURES) -> float:
    """The value to so many significant figures (half away from zero is not promised)."""
    if value == 0 or not math.isfinite(value):
        return value
    places = figures - 1 - math.floor(math.log10(abs(value)))
    return round(value, places)


def pounds(value: float, figures: int = FIGURES) -> str:
    """£1.4 million, £243,000, £4,100, £3.60; a loss carries a true minus sign."""
    size = significant(abs(value), figures)
    sign = MINUS if value < 0 and size >= HALF_A_PENNY else ""
    if size == 0:
        return "£0"
    if size >= MILLION:
        decimals = max(2, figures - 1)
        return f"{sign}£{f'{size / MILLION:,.{decimals}f}'.rstrip('0').rstrip('.')} million"
    if size >= 100:
        return f"{sign}£{size:,.0f}"
    return f"{sign}£{size:.2f}"


def count(value: float) -> str:
    """A count of people or weeks: whole above ten, one decimal below."""
    size = abs(value)
    told = f"{size:,.0f}" if size >= 10 or size == round(size) else f"{size:.1f}"
    is_nothing = float(told.replace(",", "")) == 0  # less than is told has no sign
    return f"{MINUS if value < 0 and not is_nothing else ''}{told}"


def as_shown(value: float, form: Callable[[float], str]) -> float:
    """The number that a reader sees, so that a difference told beside two numbers is theirs.

    >>> as_shown(282.7, count), as_shown(9.13, count)
    (283.0, 9.1)
    """
    return float(form(value).replace(",", "").replace(MINUS, "-"))


def in_years(length: float) -> str:
    """A length of time: '1 year', '3 years'."""
    return one_or_more(f"{length:g}", "year", "years")


def one_or_more(told: str, one: str, more: str) -> str:
    """A count as it is told with what is counted: '1 family', '0.3 families'."""
    return f"{told} {one if told == '1' else more}"


def window(results: Mapping[str, Any]) -> str:
    """What the headline counts, to be said after a verb: 'saves ... within 5 years from ...'."""
    length = in_years(results[f"{LENGTH_OF_WINDOW[results['window']]}_years"])
    if results["window"] == "follow_up":
        return f"within {length} from each family's referral"
    if results["window"] == "budget":
        return f"within the {length} of the term"
    return f"over everything followed, up to {length}"


def share(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.0f}%"


def out_of_ten(chance: float) -> str:
    """A probability in words that a room understands.

    >>> out_of_ten(0.03), out_of_ten(0.06), out_of_ten(0.08), out_of_ten(0.94)
    ('less than 1 in 20', 'about 1 in 20', 'about 1 in 10', 'about 19 in 20')
    """
    if chance < ABOUT_A_TWENTIETH[0]:
        return "less than 1 in 20"
    if chance > 1.0 - ABOUT_A_TWENTIETH[0]:
        return "more than 19 in 20"
    if chance < ABOUT_A_TWENTIETH[1]:
        return "about 1 in 20"
    if chance > 1.0 - ABOUT_A_TWENTIETH[1]:
        return "about 19 in 20"
    return f"about {min(9, max(1, round(chance * 10)))} in 10"


def likelihood(chance: float) -> str:
    """How to speak of a chance: very unlikely ... very likely."""
    steps = (
        (0.05, "very unlikely"),
        (0.33, "unlikely"),
        (0.45, "less likely than not"),
        (0.55, "about as likely as not"),
        (0.67, "more likely than not"),
        (0.95, "likely"),
    )
    return next((word for top, word in steps if chance < top), "very likely")


def interval(figure: dict[str, Any], form: Any, ends: tuple[str, str] = ("low", "high")) -> str:
    """'low to high' of a figure, or the reason why there is none."""
    if figure["mean"] is None:
        return str(figure["reason"])
    low, high = ends
    return f"{form(figure[low])} to {form(figure[high])}"


def middle(figure: dict[str, Any], form: Any) -> str:
    """The mean of a figure, or the reason why there is none."""
    return f"not defined ({figure['reason']})" if figure["mean"] is None else form(figure["mean"])


def asked_whom(funder: str) -> str:
    """Of whom a budget asks, to be said after 'of': its funder, or any where it asks none."""
    return "any funder" if funder == NOBODY else payer(funder)


def payer(name: str) -> str:
    """A funder's name as a person would say it."""
    known = {
        "in kind": "Given in kind",
        "unfunded": "No funder (years in which cost is above funding)",
    }
    return known.get(name, " ".join(name.split()))
