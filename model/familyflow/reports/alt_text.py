"""What each chart shows, in words made from its numbers, for those who cannot see it."""

from __future__ import annotations

from familyflow.reports.charts import Results, Tables
from familyflow.reports.words import count, payer, pounds


def journey(results: Results, tables: Tables) -> str:
    """Every bar of the journey chart."""
    rows = tables["journey"]
    points, families = rows["point"].tolist(), rows["families"].tolist()
    bars = [f"{point} {count(number)}" for point, number in zip(points, families, strict=True)]
    return "Bar chart of families over the funding term. " + "; ".join(bars) + "."


def waiting_and_caseload(results: Results, tables: Tables) -> str:
    """The list and the caseload at the start, the middle and the end of the term."""
    weekly = tables["weekly"]
    parts = []
    for place in (0, len(weekly) // 2, len(weekly) - 1):
        row = weekly.iloc[place]
        parts.append(
            f"week {int(row['week'])}: {count(row['waiting_mean'])} waiting, "
            f"{count(row['caseload_mean'])} with a key worker"
        )
    return "Line chart with bands for nine draws in ten. " + "; ".join(parts) + "."


def cost_and_savings(results: Results, tables: Tables) -> str:
    """Every payer and every saver."""
    paid = [
        f"{payer(row['funder'])} pays {pounds(row['paid']['mean'])}" for row in results["by_funder"]
    ]
    saved = [
        f"{row['title']} saves {pounds(row['fiscal_saving']['mean'])}"
        f"{_of_which_cash(row['cashable_saving']['mean'])}"
        for row in results["by_agency"]
        if abs(row["fiscal_saving"]["mean"]) >= 1
    ]
    base = f"Present value in {results['price_year']} prices."
    return " ".join(["Bar chart.", "; ".join([*paid, *saved]) + ".", base])


def _of_which_cash(cash: float | None) -> str:
    return "" if cash is None else f", of which {pounds(cash)} cashable"


ALT_TEXT = {
    "journey": journey,
    "waiting_and_caseload": waiting_and_caseload,
    "cost_and_savings": cost_and_savings,
}
