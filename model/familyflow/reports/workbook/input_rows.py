"""Which numbers stand on Inputs with a yellow cell beside them: prices, rates, growth, offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from familyflow.economics.funding import Funder
from familyflow.parameters.schedules import HIGHEST_RATE, LOWEST_RATE
from familyflow.parameters.units import unit_named
from familyflow.planning.funding_checks import FUNDERS
from familyflow.reports.workbook.kept import PAY_GROWTH, PRICE_GROWTH, Kept
from familyflow.reports.workbook.typed import SHARE, Range, range_of

AS_PAID: Final = "as paid"  # what stands for a price year where an award names the pounds paid
_RATE = Range(LOWEST_RATE, HIGHEST_RATE, is_share=True)


@dataclass(frozen=True)
class Row:
    """A number of the run with what is said of it; allowed: what may be typed; how it is shown."""

    key: str
    about: tuple[str, ...]
    value: float
    allowed: Range
    form: str


def rows_of_inputs(kept: Kept) -> Iterator[Row]:
    """Every number in the order of the sheet: those of money and shares of it come first."""
    yield from _factors(kept)
    yield from _rates(kept)
    yield from _growth(kept)
    yield from _offers(kept)


def steps_of(kept: Kept) -> dict[str, dict[int, float]]:
    """By schedule in use: the first year of each step that begins in the years shown, its rate."""
    return {
        name: {
            first: rate for first, rate in kept.inputs.schedules[name].steps if first <= kept.years
        }
        for name in sorted({term.schedule for term in kept.terms})
    }


def rate_key(schedule: str, first: int) -> str:
    """The key of a step of a schedule."""
    return f"economy.discounting.{schedule}.from_year_{first}"


def offer_key(funder: str, year: int) -> str:
    """The key of what a funder offers in a year of the term, which counts from 0 as in the file."""
    return f"{FUNDERS}.{funder}.by_year.{year}"


def _factors(kept: Kept) -> Iterator[Row]:
    for one in kept.factors:
        uncertain = "yes" if one.is_uncertain else "no"
        about = (one.label, one.key, one.unit, one.price_year, uncertain)
        form = "price" if one.price_year else "exact_share" if one.allowed.is_share else "figure"
        yield Row(one.key, about, one.mean, one.allowed, form)


def _rates(kept: Kept) -> Iterator[Row]:
    for name, steps in steps_of(kept).items():
        for first, rate in steps.items():
            label = f"Discount rate ({kept.title_of_rates(name)}), from year {first}"
            yield _sure(rate_key(name, first), label, "share a year", "", rate, _RATE)


def _growth(kept: Kept) -> Iterator[Row]:
    """How pay and prices grow: the budget and grants paid in cash need it, the appraisal not."""
    for key, rate in (
        (PAY_GROWTH, kept.pay_growth),
        (PRICE_GROWTH, kept.inputs.later_price_growth),
    ):
        yield _sure(key, kept.label_of(key), "share a year", "", rate, SHARE)


def _offers(kept: Kept) -> Iterator[Row]:
    """What each funder offers in each year of the term."""
    allowed = range_of(unit_named("GBP"))
    for funder in kept.inputs.funders:
        for year in range(kept.inputs.term_years):
            label = f"Offered by {funder.name}, year {year + 1}"
            pounds = float(funder.by_year.get(year, 0.0))
            yield _sure(
                offer_key(funder.name, year), label, "GBP", _year_of(funder), pounds, allowed
            )


def _year_of(funder: Funder) -> str:
    return AS_PAID if funder.in_cash else funder.price_year


def _sure(key: str, label: str, unit: str, year: str, value: float, allowed: Range) -> Row:
    """A number that is the same in every draw."""
    form = "exact_share" if allowed.is_share else "price"
    return Row(key, (label, key, unit, year, "no"), value, allowed, form)
