"""The rows of the cost case's tables as texts by column: budget, posts, outcomes, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from familyflow.reports.answer import USUAL
from familyflow.reports.documents import parties
from familyflow.reports.documents.clean import MOST_OF_A_NAME, clean
from familyflow.reports.documents.distance import Travelled
from familyflow.reports.documents.evidence import Evidence, evidence_of, is_chosen_with_reason
from familyflow.reports.documents.kept import SERVED, Kept, Row
from familyflow.reports.documents.limits import asked_of, total_row
from familyflow.reports.documents.lines import (
    NARROW,
    Interval,
    Line,
    between,
    reach,
    whole_pounds,
    whom,
)
from familyflow.reports.documents.moves import Mover, value_of
from familyflow.reports.documents.reached import reached as groups_reached
from familyflow.reports.words import asked_whom, count, in_years, share

MOST_POSTS: Final = 12
MOST_PRICES: Final = 3
MOST_OF_A_SOURCE: Final = 240
HEADLINE: Final = "comparison_group"  # the evidence that the headline counts
LABELS: Final = dict(USUAL) | {
    "child_weeks.early_help": "Weeks of early help",
    "family_years.parental_mental_ill_health": "Years of parents' mental ill health",
    "family_years.substance_misuse": "Years of parents' substance misuse",
    "child_years.child_difficulties": "Years of children's difficulties",
}

Rows = list[dict[str, str]]


def line_rows(lines: Sequence[Line]) -> Rows:
    """Label, mean and interval."""
    return [{"label": one.label, "mean": one.value, "interval": one.between} for one in lines]


def families(kept: Kept) -> Rows:
    """Families and waits; by ethnic group and language only where no table of groups follows."""
    results = kept.results
    groups = [] if kept.tables.get(SERVED) else whom(results, NARROW)
    return line_rows([*reach(results, NARROW), *groups])


def reached(kept: Kept) -> Rows:
    """Families of each group: referred, who start, the share that is, and who end as planned."""
    return [
        {
            "group": one.label,
            "referred": count(one.referred),
            "started": count(one.started),
            "share": share(one.share),
            "completed": count(one.completed),
        }
        for one in groups_reached(kept.tables.get(SERVED, ()))
        if not one.is_rest
    ]


def width_of(texts: Sequence[str]) -> float:
    """The width in cm that holds the longest of these sums in one line, in bold at 11 points."""
    return 0.45 + 0.215 * max(map(len, texts))


def budget(kept: Kept) -> Rows:
    """Each heading's cost by year; the last rows say who pays: the funder asked, others, nobody."""
    total = total_row(kept)
    rows = [_years(kept, row, "total", heading) for heading, row in budget_headings(kept)]
    return rows + [_years(kept, total, part, label) for part, label in budget_parts(kept)]


def budget_asked(kept: Kept) -> Rows:
    """What is asked of the funder for each heading by year; nothing where nothing is asked."""
    if float(total_row(kept)["asked"]) < 1.0:
        return []
    return [_years(kept, row, "asked", heading) for heading, row in budget_headings(kept)]


def budget_by_funder(kept: Kept) -> Rows:
    """Each heading over all years: total cost, asked, other and what nobody pays."""
    return [
        {"heading": heading}
        | {part: whole_pounds(row[part]) for part in ("total", "asked", "other", "unfunded")}
        for heading, row in budget_headings(kept)
    ]


def _years(kept: Kept, row: Row, part: str, label: str) -> dict[str, str]:
    years = range(1, int(kept.results["term_years"]) + 1)
    sums = {f"year_{year}": whole_pounds(row[f"{part}_year_{year}"]) for year in years}
    return {"heading": label, **sums, "all_years": whole_pounds(row[part])}


def budget_headings(kept: Kept) -> list[tuple[str, Row]]:
    """Each heading in the funder's order, as it is shown, with its pounds; the sum last."""
    return [(_plain(row["heading"]), row) for row in kept.tables["budget"]]


def budget_parts(kept: Kept) -> list[tuple[str, str]]:
    """Who pays for it: the name of each part in the table, and what it is called."""
    return [
        ("asked", f"of which asked of {asked_whom(asked_of(kept))}"),
        ("other", "of which other funders"),
        ("unfunded", "of which without a funder"),
    ]


def posts(results: Mapping[str, Any]) -> Rows:
    """Each post with its share of full time, salary, pay, on-costs and cost for a year."""
    rows = [
        {
            "post": clean(f"{row['role']}, {row['agency']}".removesuffix(", "), MOST_OF_A_NAME),
            "full_time": f"{row['full_time_share']:g}",
            "salary": whole_pounds(row["full_time_salary"]),
            "pay": whole_pounds(row["pay"]),
            "on_costs": whole_pounds(row["national_insurance"] + row["pension"]),
            "cost": whole_pounds(row["cost"]),
        }
        for row in results["posts"]
    ]
    if len(rows) > MOST_POSTS:
        more = len(rows) - MOST_POSTS
        nothing = dict.fromkeys(rows[0], "")
        rows = [*rows[:MOST_POSTS], {**nothing, "post": f"{more} more, in tables/posts.csv"}]
    return rows


def savers(results: Mapping[str, Any]) -> Rows:
    """Who saves most, the cashable part apart."""
    return [
        {
            "agency": one.saves.label,
            "saves": one.saves.value,
            "interval": one.saves.between,
            "cashable": one.cashable.value,
            "cash_from": one.cash_from,
        }
        for one in parties.savers(results, NARROW)[: parties.MOST_ROWS]
    ]


def outcomes(results: Mapping[str, Any], interval: Interval) -> Rows:
    """Each outcome the service can change: without it, with it, by when, how many fewer."""
    return [
        {
            "indicator": LABELS.get(row["quantity"], _plain(row["quantity"])),
            "baseline": count(row["without"]),
            "level": count(row["with"]),
            "timescale": timescale(results),
            "fewer": count(row["fewer"]["mean"]),
            "interval": between(results, row["fewer"], count, interval),
        }
        for row in results["outcomes"]
        if row["fewer"]["mean"] is not None and abs(row["fewer"]["mean"]) > 0
    ]


def distances(travelled: Travelled) -> Rows:
    """What was measured at the start and at the end."""
    return [
        {
            "indicator": one.label,
            "baseline": one.at_entry,
            "level": one.at_exit,
            "timescale": "at closing",
            "change": one.change,
            "interval": one.between,
        }
        for one in travelled.measures
    ]


def timescale(results: Mapping[str, Any]) -> str:
    """By when an outcome is counted, short enough for a column: '5 years', 'the 3-year term'."""
    if results["window"] == "budget":
        return f"{results['term_years']}-year term"
    if results["window"] == "everything":
        return in_years(results["watched_years"])
    return in_years(results["follow_up_years"])


def _plain(name: str) -> str:
    return clean(name.replace("_", " "), MOST_OF_A_NAME)


def assumptions(found: Sequence[Mover]) -> Rows:
    """What moves the answer most, with its source and grade."""
    return [_sourced(one.label, one.value, one.evidence) for one in found]


def prices(kept: Kept, found: Sequence[Mover]) -> Rows:
    """What sums rest on: prices of the largest savings that the headline counts, pay, own numbers.

    found: what moves the answer most, which is listed already.
    """
    listed = {str(row["key"]): row for row in kept.tables["assumptions"]}
    keys = [*list(dict.fromkeys(_prices_of_savings(kept)))[:MOST_PRICES], *_pay(kept)]
    own = {key for key, row in listed.items() if is_chosen_with_reason(row)}
    keys += sorted(own - {*keys, *(one.key for one in found)})
    return [
        _sourced(str(row["label"]), _in_its_year(row), evidence_of(row))
        for row in (listed[key] for key in keys if key in listed)
    ]


def _in_its_year(row: Row) -> str:
    return f"{value_of(row)} ({row['price_year']})" if row["price_year"] else value_of(row)


def _prices_of_savings(kept: Kept) -> Iterator[str]:
    """The keys of the unit costs of benefit lines, the largest sums first."""
    lines = {
        str(row["label"]): kept.parameters[str(row["key"])]["line"]
        for row in kept.tables["assumptions"]
        if "line" in kept.parameters.get(str(row["key"]), {})
    }
    for row in sorted(kept.tables["savings"], key=lambda row: -abs(float(row["saved"]))):
        line = lines.get(str(row["line"]), {})
        price = line.get("unit_cost", "")
        if row["evidence"] == HEADLINE and price:
            by_scope = price if isinstance(price, Mapping) else {}
            yield str(by_scope.get(kept.results["costs_scope"], "") if by_scope else price)


def _pay(kept: Kept) -> list[str]:
    keys = [str(post["pay_key"]) for post in kept.results["posts"] if post["role"] == "Key worker"]
    return keys[:1]


def _sourced(label: str, value: str, evidence: Evidence) -> dict[str, str]:
    return {
        "number": label,
        "value": value,
        "grade": evidence.standing,
        "source": clean(evidence.source, MOST_OF_A_SOURCE),
    }
