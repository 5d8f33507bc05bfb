"""The posts of a budget: pay, on-costs and cost of each for a year, from the pay that is in force.

Posts stand at stated values, where the budget is the mean of all draws: so without a number of
one's own they are paid what is stated, not the mean on Inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from familyflow.reports.workbook.cells import Cell, Sheet, reference
from familyflow.reports.workbook.factors import NATIONAL_INSURANCE, PENSION
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.typed import USED

HEADS = (
    "Post", "Agency", "Full-time share", "Full-time salary", "Pay", "National insurance",
    "Pension", "On-costs", "Cost a year", "Prices of",
)  # fmt: skip
_PAY = ("What posts are paid by", "As stated", "In force")
_NOTE = "Posts stand at stated values or your own; the budget above is the mean of all draws."
_SUMMED = ("pay", "national_insurance", "pension", "on_costs", "cost")  # columns 4 to 8
Post = Mapping[str, Any]


@dataclass
class _Rules:
    """Where salaries (by key) and the rules of on-costs that are in force stand."""

    rate: Cell
    threshold: Cell
    pension: Cell
    salaries: dict[str, Cell] = field(default_factory=dict)


def write_posts(sheet: Sheet, kept: Kept, inputs: Inputs, row: int) -> int:
    """Write what posts are paid by and the posts, from a row on; returns the last row."""
    posts: Sequence[Post] = kept.results["posts"]
    if not posts:
        sheet.heads(row, HEADS, numbers=2)
        return row
    rules, row = _write_rules(sheet, kept, inputs, posts, row)
    sheet.text(row + 1, 0, _NOTE, "note")
    row += 3
    sheet.heads(row, HEADS, numbers=2)
    for place, post in enumerate(posts, start=row + 1):
        _write_post(sheet, rules, post, place)
    last = row + len(posts)
    sheet.text(last + 1, 0, "All posts", "total")
    for column, name in enumerate(_SUMMED, start=4):
        block = reference(sheet.name, (row + 1, column), (last, column))
        total = sum(_amount(post, name) for post in posts)
        sheet.formula(last + 1, column, f"SUM({block})", total, "total")
    return last + 1


def _write_rules(
    sheet: Sheet, kept: Kept, inputs: Inputs, posts: Sequence[Post], row: int
) -> tuple[_Rules, int]:
    """Each salary and on-cost, as it is stated and as it is in force; returns the last row."""
    sheet.heads(row, _PAY, numbers=1)
    parameters = kept.case.parameters
    insurance = parameters[NATIONAL_INSURANCE]["table"]
    salaries = {str(post["pay_key"]): post for post in posts}
    placed = {}
    for key, post in salaries.items():
        row += 1
        stated = float(post["full_time_salary"])
        label = f"{kept.label_of(key)}, full-time, prices of {post['price_year']}"
        placed[key] = _in_force(sheet, inputs, row, key, label, stated)
    label = "National insurance, share of pay above the threshold"
    rate = _in_force(sheet, inputs, row + 1, NATIONAL_INSURANCE, label, float(insurance["rate"]))
    sheet.text(row + 2, 0, "Yearly pay of a post from which national insurance is due")
    threshold = sheet.formula(row + 2, 2, str(inputs.threshold), kept.insurance_threshold)
    stated = float(parameters[PENSION]["value"])
    pension = _in_force(sheet, inputs, row + 3, PENSION, kept.label_of(PENSION), stated)
    return _Rules(rate, threshold, pension, placed), row + 3


def _in_force(sheet: Sheet, inputs: Inputs, row: int, key: str, label: str, stated: float) -> Cell:
    """A number as it is stated, and beside it your own where you have typed one on Inputs."""
    form = "money" if stated > 1.0 else "exact_share"
    sheet.text(row, 0, label)
    cell = sheet.number(row, 1, stated, form)
    own, state = inputs.own.get(key), inputs.state.get(key)
    chosen = f"IF({state}={USED},{own},{cell})" if own else str(cell)
    return sheet.formula(row, 2, chosen, stated, form)


def _write_post(sheet: Sheet, rules: _Rules, post: Post, row: int) -> None:
    sheet.text(row, 0, post["role"])
    sheet.text(row, 1, post["agency"])
    share = sheet.number(row, 2, float(post["full_time_share"]))
    stated, paid_by = float(post["full_time_salary"]), rules.salaries[str(post["pay_key"])]
    salary = sheet.formula(row, 3, str(paid_by), stated)
    pay = sheet.formula(row, 4, f"{share}*{salary}", _amount(post, "pay"))
    above = f"{rules.rate}*MAX(0,{pay}-{rules.threshold})"
    insurance = sheet.formula(row, 5, above, _amount(post, "national_insurance"))
    pension = sheet.formula(row, 6, f"{pay}*{rules.pension}", _amount(post, "pension"))
    on_costs = sheet.formula(row, 7, f"{insurance}+{pension}", _amount(post, "on_costs"))
    sheet.formula(row, 8, f"{pay}+{on_costs}", _amount(post, "cost"))
    sheet.text(row, 9, post["price_year"], "right")


def _amount(post: Post, name: str) -> float:
    if name == "on_costs":
        return float(post["national_insurance"]) + float(post["pension"])
    return float(post[name])
