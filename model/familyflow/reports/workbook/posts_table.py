"""The posts of a budget: pay, on-costs and cost of each for a year, with formulas for the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from familyflow.reports.workbook.cells import Cell, Sheet, reference

HEADS = (
    "Post", "Agency", "Full-time share", "Full-time salary", "Pay", "National insurance",
    "Pension", "On-costs", "Cost a year", "Prices of",
)  # fmt: skip
_SUMMED = ("pay", "national_insurance", "pension", "on_costs", "cost")  # columns 4 to 8


def write_posts(sheet: Sheet, posts: Sequence[Mapping[str, Any]], row: int) -> None:
    """Write the table of posts from a row on; pay, on-costs and cost are formulas."""
    sheet.heads(row, HEADS, numbers=2)
    for place, post in enumerate(posts, start=row + 1):
        _write_post(sheet, post, place)
    if not posts:
        return
    last = row + len(posts)
    sheet.text(last + 1, 0, "All posts", "head")
    for column, name in enumerate(_SUMMED, start=4):
        block = reference(sheet.name, (row + 1, column), (last, column))
        total = sum(_amount(post, name) for post in posts)
        sheet.formula(last + 1, column, f"SUM({block})", total, "total")


def _write_post(sheet: Sheet, post: Mapping[str, Any], row: int) -> None:
    sheet.text(row, 0, post["role"])
    sheet.text(row, 1, post["agency"])
    share = sheet.number(row, 2, float(post["full_time_share"]))
    salary = sheet.number(row, 3, float(post["full_time_salary"]), "money")
    pay = sheet.formula(row, 4, f"{share}*{salary}", _amount(post, "pay"))
    insurance = sheet.number(row, 5, float(post["national_insurance"]), "money")
    pension = sheet.number(row, 6, float(post["pension"]), "money")
    on_costs = f"{insurance}+{pension}"
    sheet.formula(row, 7, on_costs, _amount(post, "on_costs"))
    sheet.formula(row, 8, f"{pay}+{Cell(sheet.name, row, 7)}", _amount(post, "cost"))
    sheet.text(row, 9, post["price_year"], "beside")


def _amount(post: Mapping[str, Any], name: str) -> float:
    if name == "on_costs":
        return float(post["national_insurance"]) + float(post["pension"])
    return float(post[name])
