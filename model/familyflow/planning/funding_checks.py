"""Whether the funders' rows say who they are and what they pay in which year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.numerals import neat
from familyflow.parameters.units import unit_named
from familyflow.planning.rows import Found, Mistake, Row, is_number, rows_of, shown, twice
from familyflow.planning.values import Values

FUNDERS = "funding.funders"
NOBODY = "nobody"  # the budget only shows what the funders give
ASKED_OF = "funding.asked_of"
YEARS_COUNT_FROM_0 = f"In {FUNDERS} by_year counts from 0."  # to whoever writes a scenario
HEADINGS = "funding.headings"
AGENCIES = "economy.agencies.list"
RESERVED = ("unfunded", "in kind", NOBODY)  # rows of the tables of who pays, beside the funders
_YEAR = re.compile(r"0|[1-9][0-9]*")


def check_funders(values: Values) -> Found:
    """Every funder."""
    rows = rows_of(FUNDERS, values[FUNDERS], "funder")
    agencies = [str(row.get("agency")) for row in values[AGENCIES] if isinstance(row, Mapping)]
    last = int(values["appraisal.term_years"]) - 1
    yield from twice(rows, "funder", "funder")
    for row in rows:
        yield from row.missing("funder", "public", "council", "by_year")
        yield from row.text("funder")
        yield from _not_reserved(row)
        for column in ("public", "council", "lottery"):
            yield from row.yes_or_no(column)
        yield from row.blank("lottery")
        yield from _whose_money(row)
        yield from _agency(row, agencies)
        yield from _amounts(row, last)


def check_asked_of(values: Values) -> Found:
    """Whether the funder of whom a budget was chosen to be asked is one of the funders."""
    asked, funders = str(values[ASKED_OF]), names_of_funders(values)
    if not funders or asked in (NOBODY, *funders):
        return
    known = f"Choose one of {listed(funders)}, or nobody."
    to_do = did_you_mean(asked, funders, otherwise=known)
    what = f"the budget is asked of '{asked}', who is no funder"
    yield Mistake(ASKED_OF, what, to_do, others=(FUNDERS,))


def names_of_funders(values: Values) -> list[str]:
    """The funders, in their order."""
    rows = values[FUNDERS]
    return [str(row.get("funder")) for row in rows if isinstance(row, Mapping)]


def beyond_the_term(values: Values) -> list[str]:
    """A sentence on the money of funders that lies in years which are not counted, or none."""
    term = int(values["appraisal.term_years"])
    told = []
    for row in rows_of(FUNDERS, values[FUNDERS], "funder"):
        amounts = {int(year): float(pounds) for year, pounds in row.cells["by_year"].items()}
        beyond = {year: pounds for year, pounds in amounts.items() if year >= term and pounds > 0}
        if beyond:
            years = listed(str(year + 1) for year in sorted(beyond))
            told.append(f"£{sum(beyond.values()):,.0f} of {row.cells['funder']} in year {years}")
    if not told:
        return []
    return [
        f"The term ends with year {term}, so what funders give after it is not counted: "
        f"{'; '.join(told)}. {YEARS_COUNT_FROM_0}"
    ]


def _not_reserved(row: Row) -> Found:
    name = row.given("funder")
    if isinstance(name, str) and " ".join(name.split()).casefold() in RESERVED:
        what = f"the name '{name}' is taken: tables have a row of that name beside the funders"
        yield row.wrong("funder", what, "Give the funder another name.")


def _years_of_the_term(last: int) -> str:
    return f"years run from 0 to {last}." if last > 0 else "the term has one year, 0."


def _whose_money(row: Row) -> Found:
    public, council, lottery = (row.given(name) for name in ("public", "council", "lottery"))
    if council is True and public is False:
        yield row.wrong("public", "council money is public money", "Set public: true.")
    if lottery is True and (public is False or council is True):
        what = "Lottery money is public and not the council's"
        yield row.wrong("lottery", what, "Set public: true and council: false.")


def _agency(row: Row, agencies: list[str]) -> Found:
    if "agency" not in row.cells or row.given("agency") in agencies:
        return
    agency = str(row.given("agency") or "")
    to_do = did_you_mean(agency, agencies, otherwise=f"Known: {listed(agencies)}.")
    yield row.wrong("agency", f"there is no agency '{agency}'", to_do)


def _amounts(row: Row, last: int) -> Found:
    amounts = row.given("by_year")
    if amounts is None or amounts == "":
        return
    if not isinstance(amounts, Mapping) or not amounts:
        to_do = "Write {0: 100000, 1: 100000}: year and pounds."
        yield row.wrong("by_year", f"by_year is {shown(amounts)}", to_do)
        return
    strange = [str(year) for year in amounts if not _YEAR.fullmatch(str(year))]
    if strange:
        what = f"{', '.join(strange)} is no year of the term"
        yield row.wrong("by_year", what, f"Give each year once; {_years_of_the_term(last)}")
    elif all(int(year) > last for year in amounts):
        what = f"no year of the term among {', '.join(map(str, amounts))}"
        to_do = _years_of_the_term(last)
        yield row.wrong("by_year", what, to_do[0].upper() + to_do[1:])
    for year, pounds in amounts.items():
        yield from _pounds(row, str(year), pounds)


def _pounds(row: Row, year: str, pounds: Any) -> Found:
    most = unit_named("GBP").highest
    if is_number(pounds) and 0.0 <= pounds <= most:
        return
    given = neat(pounds) if is_number(pounds) else shown(pounds)
    path = ("table", row.place, "by_year", year)
    to_do = f"Amounts are pounds, from 0 to {most:,.0f}."
    yield Mistake(row.key, f"{row.who}: year {year} is {given}", to_do, path)


def check_headings(values: Values) -> Found:
    """The headings of the budget: at least one, each a text, each once."""
    headings = values[HEADINGS]
    if not headings:
        yield Mistake(HEADINGS, "there is no heading", "Give the headings of the budget.")
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings):
        path = ("table", place)
        if not isinstance(heading, str) or not heading.strip():
            is_blank = heading is None or not str(heading).strip()
            what = f"heading {place + 1} is {'blank' if is_blank else shown(heading)}"
            yield Mistake(HEADINGS, what, "Give a text, in quotes.", path)
            continue
        alike = " ".join(heading.split()).casefold()
        if alike in seen:
            what = f"the heading '{heading}' stands twice"
            yield Mistake(HEADINGS, what, "Keep one of them.", path)
        seen[alike] = place
