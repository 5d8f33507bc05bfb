"""The tables of the cost case as rows of text: budget, posts, outcomes and assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from familyflow.reports.answer import USUAL
from familyflow.reports.documents.clean import MOST_OF_A_NAME, clean
from familyflow.reports.documents.kept import Kept, Row
from familyflow.reports.documents.limits import asked_of, total_row
from familyflow.reports.documents.lines import Interval, Line, between, whole_pounds
from familyflow.reports.documents.moves import Mover
from familyflow.reports.words import count, share

YEARS_A_TABLE: Final = 5
YEARS_OF_MILLIONS: Final = 4  # as many as fit where a year costs a million or more
LONG: Final = len("£999,999")
MOST_POSTS: Final = 12
LABELS: Final = dict(USUAL) | {
    "child_weeks.early_help": "Weeks of early help",
    "family_years.parental_mental_ill_health": "Years of parents' mental ill health",
    "family_years.substance_misuse": "Years of parents' substance misuse",
    "child_years.child_difficulties": "Years of children's difficulties",
}

Rows = list[list[str]]


def line_rows(lines: Sequence[Line]) -> Rows:
    """Label, mean and interval."""
    return [[one.label, one.value, one.between] for one in lines]


def budget_blocks(kept: Kept) -> list[tuple[list[str], Rows]]:
    """The budget by year and heading, as many years as fit in a block: its heads and its rows.

    The last rows say who pays for each year: the funder asked, the others, and nobody.
    """
    term = int(kept.results["term_years"])
    years = [f"year_{year}" for year in range(1, term + 1)]
    longest = max(len(whole_pounds(total_row(kept)[f"total_{year}"])) for year in years)
    most = YEARS_A_TABLE if longest <= LONG else YEARS_OF_MILLIONS
    blocks = [years[start : start + most] for start in range(0, term, most)]
    return [_block(kept, block, is_last=block[-1] == years[-1]) for block in blocks]


def _block(kept: Kept, years: Sequence[str], *, is_last: bool) -> tuple[list[str], Rows]:
    heads = ["Heading", *(year.replace("year_", "Year ") for year in years)]
    whole = ["total"] if is_last else []
    rows = [
        [heading, *(whole_pounds(row[f"total_{year}"]) for year in years)]
        + [whole_pounds(row[name]) for name in whole]
        for heading, row in budget_headings(kept)
    ]
    total = total_row(kept)
    for part, label in budget_parts(kept):
        sums = [total[f"{part}_{year}"] for year in years] + [total[part] for _ in whole]
        rows.append([label, *map(whole_pounds, sums)])
    return heads + (["All years"] if is_last else []), rows


def width_of(texts: Sequence[str]) -> float:
    """The width in cm that holds the longest of these sums in one line, in bold at 11 points."""
    return 0.45 + 0.215 * max(map(len, texts))


def budget_by_funder(kept: Kept) -> tuple[list[str], Rows]:
    """The budget over all years by heading: total cost, asked, other and what nobody pays."""
    heads = ["Heading", "Total cost", "Asked", "Other", "No funder"]
    parts = ("total", "asked", "other", "unfunded")
    rows = [
        [heading, *(whole_pounds(row[part]) for part in parts)]
        for heading, row in budget_headings(kept)
    ]
    return heads, rows


def budget_headings(kept: Kept) -> list[tuple[str, Row]]:
    """Each heading in the funder's order, as it is shown, with its pounds; the sum last."""
    return [(_plain(row["heading"]), row) for row in kept.tables["budget"]]


def budget_parts(kept: Kept) -> list[tuple[str, str]]:
    """Who pays for it: the name of each part in the table, and what it is called."""
    return [
        ("asked", f"of which asked of {asked_of(kept)}"),
        ("other", "of which other funders"),
        ("unfunded", "of which without a funder"),
    ]


def posts(results: Mapping[str, Any]) -> Rows:
    """Each post with its share of full time, salary, pay, on-costs and cost for a year."""
    rows = [
        [
            clean(f"{row['role']}, {row['agency']}".removesuffix(", "), MOST_OF_A_NAME),
            f"{row['full_time_share']:g}",
            whole_pounds(row["full_time_salary"]),
            whole_pounds(row["pay"]),
            whole_pounds(row["national_insurance"] + row["pension"]),
            whole_pounds(row["cost"]),
        ]
        for row in results["posts"]
    ]
    if len(rows) > MOST_POSTS:
        more = len(rows) - MOST_POSTS
        rows = [*rows[:MOST_POSTS], [f"{more} more, in tables/posts.csv", *[""] * 5]]
    return rows


def outcomes(results: Mapping[str, Any], interval: Interval) -> Rows:
    """Each outcome the service can change: without it, with it, how many fewer, and how sure."""
    return [
        [
            LABELS.get(row["quantity"], _plain(row["quantity"])),
            count(row["without"]),
            count(row["with"]),
            count(row["fewer"]["mean"]),
            between(results, row["fewer"], count, interval),
        ]
        for row in results["outcomes"]
        if row["fewer"]["mean"] is not None and abs(row["fewer"]["mean"]) > 0
    ]


def _plain(name: str) -> str:
    return clean(name.replace("_", " "), MOST_OF_A_NAME)


def assumptions(found: Sequence[Mover]) -> Rows:
    """What moves the answer most, with its source and grade."""
    return [[one.label, one.value, f"{one.grade}, {one.status}", one.source] for one in found]


def overheads(kept: Kept, heading: str) -> str:
    """The share of the whole cost that a heading takes, or nothing where there is none."""
    for row in kept.tables["budget"]:
        if row["heading"] == heading and float(total_row(kept)["total"]) > 0:
            part = float(row["total"]) / float(total_row(kept)["total"])
            return f"{whole_pounds(row['total'])}, {share(part)} of the whole"
    return ""
