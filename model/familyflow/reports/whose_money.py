"""Who pays, who saves, whose budget gains, and the answer under other rules of appraisal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from familyflow.reports.rows import WIDTH, figure_row, ratio
from familyflow.reports.words import payer, pounds

Results = Mapping[str, Any]


def who(results: Results) -> Iterator[str]:
    """What each funder pays and each agency saves, with when it could be cash."""
    agencies = [row for row in results["by_agency"] if abs(row["fiscal_saving"]["mean"]) >= 1]
    if not agencies:
        return
    first_cash = {str(row["party"]): row["first_cash_year"] for row in results["who_pays"]}
    yield "Who pays, and who saves"
    for row in results["by_funder"]:
        name = payer(str(row["funder"]))
        yield f"  {name + ', pays':{WIDTH + 16}} {pounds(row['paid']['mean']):>14}"
    for row in sorted(agencies, key=lambda row: -row["fiscal_saving"]["mean"]):
        name = payer(str(row["title"]))
        saves = pounds(row["fiscal_saving"]["mean"])
        cash = row["cashable_saving"]["mean"]
        if cash is None:
            yield f"  {name + ', saves':{WIDTH + 16}} {saves:>14}   cashable part not told"
            continue
        year = first_cash.get(str(row["title"]))
        since = "" if year is None else f", from year {year + 1}"
        yield f"  {name + ', saves':{WIDTH + 16}} {saves:>14}   cashable {pounds(cash)}{since}"


BUDGETS = {
    "council": "The council's",
    "public_without_lottery": "All public, without the Lottery",
    "public_with_lottery": "All public, with the Lottery",
    "every_funder": "All costs, whoever bears them",
}


def whose_budget(results: Results) -> Iterator[str]:
    """Savings less payments of each group of budgets, with the grant's end in the middle."""
    if not results["by_agency"] or not results["nets"]:
        return
    year, term = results["price_year"], results["term_years"]
    yield f"Savings less payments, undiscounted ({year} prices; the grant ends with year {term})"
    heads = ("in the term", "after it", "in all")
    yield f"  {'Budget':{WIDTH - 6}} " + " ".join(f"{head:>14}" for head in heads)
    for row in results["nets"]:
        parts = [
            pounds(row[part]["mean"]) for part in ("within_the_term", "after_the_term", "total")
        ]
        label = BUDGETS[row["budgets"]]
        yield f"  {label:{WIDTH - 6}} " + " ".join(f"{part:>14}" for part in parts)


def other_rules(results: Results) -> Iterator[str]:
    """The fiscal return under other rules of appraisal: each a rule changed, nothing else."""
    headline = results["alternatives"][0]["money"]["fiscal_return"]
    if headline["mean"] is None:
        return
    yield "Saved for each £1 under other rules of appraisal (one changed at a time)"
    for row in results["alternatives"][1:]:
        label = RULES.get((row["kind"], row["name"]), f"{row['kind']}: {row['name']}")
        yield figure_row(label, row["money"]["fiscal_return"], ratio)


# how long is counted, short enough for a table
WINDOWS = {"budget": "the term", "follow_up": "the follow-up", "everything": "all years followed"}
# the same rules as conditions, to stand before or after 'comes first'
IF_RULES = {
    ("window", "budget"): "if only what falls within the term is counted",
    ("window", "follow_up"): "if each family is followed for the same time",
    ("window", "everything"): "if savings are counted for as long as children are followed",
    ("discounting", "undiscounted"): "if later years count as much as early ones",
    ("scope", "case_time_and_fees"): "if only social workers' time and fees are counted",
    ("scope", "all_spend"): "if all spend on a child is counted",
    ("optimism bias", "haircut"): "if a haircut is taken for optimism (recalled shares)",
}
RULES = {
    ("window", "budget"): "Only what falls within the term",
    ("window", "follow_up"): "Each family followed for the same time",
    ("window", "everything"): "As long as children are followed",
    ("discounting", "undiscounted"): "Undiscounted",
    ("scope", "case_time_and_fees"): "Social workers' time and fees only",
    ("scope", "all_spend"): "All spend on a child",
    ("optimism bias", "haircut"): "Haircut for optimism (recalled shares)",
}
