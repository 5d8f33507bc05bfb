"""The sheet of options side by side: what each does, costs and saves, and its difference.

Quantities, what each funder pays and each agency saves are values; sums, nets, ratios, unit costs
and differences from the first option are formulas.
"""

from __future__ import annotations

from typing import Final

from familyflow.reports.documents.lines import WIDE, reach
from familyflow.reports.words import payer
from familyflow.reports.workbook.cells import Book
from familyflow.reports.workbook.options_kept import Compared
from familyflow.reports.workbook.options_rows import FIRST, HEAD, NAME, Rows, Told
from familyflow.reports.workbook.too_few import too_few

_NOTES = (
    "Values: families, waits and care, what each funder pays, what each agency saves, chances. "
    "Live: sums, nets, ratios, unit costs, and the differences from the first option.",
    "Prices, pay, discount rates and offers are not in this workbook, and nothing here follows "
    "them: type them into the workbook of each option's own run, or compare again with --set.",
    "Present value, means of all draws under the same luck, so that a difference is not chance "
    "between families. A number that you change here changes what is worked out from it.",
)
_UNIT_COSTS: Final = {  # figure of flow -> what a unit of it is
    "families_started": "Cost for each family who starts",
    "families_completed": "Cost for each family who ends as planned",
    "families_improved": "Cost for each family with fewer risks at the end",
    "children_supported": "Cost for each child supported",
    "contact_hours": "Cost for each hour worked with or for families",
    "care_weeks_avoided": "Cost for each week in care avoided",
}
_IN_RUN: Final = {  # the same figures as the run has them
    "families_started": "cost_per_family_started",
    "families_completed": "cost_per_family_completed",
    "families_improved": "cost_per_family_improved",
    "children_supported": "cost_per_child",
    "contact_hours": "cost_per_contact_hour",
    "care_weeks_avoided": "cost_per_care_week_avoided",
}


def write_options(book: Book, compared: Compared) -> Told:
    """Write the sheet; returns what is checked."""
    count = len(compared.options)
    sheet = book.sheet(NAME, "Options side by side", (60, 18))
    sheet.worksheet.set_column(FIRST, FIRST + count - 1, 18)
    sheet.worksheet.set_column(FIRST + count, FIRST + count, 2)
    sheet.worksheet.set_column(FIRST + count + 1, FIRST + 2 * count, 18)
    about = f"{compared.results['price_year']} prices; {compared.results['draws']:,} draws."
    sheet.notes(1, f"{about} {too_few(compared.results)}".rstrip())
    sheet.notes(2, *_NOTES)
    titles = list(compared.titles.values())
    sheet.heads(HEAD, ("Figure", "Unit", *titles), numbers=2, lines=3)
    less = [f"{title}, less the first" for title in titles[1:]]
    sheet.heads(HEAD, less, column=FIRST + count + 1, numbers=0, lines=3)
    rows = Rows(sheet, compared)
    for part in (_flow, _money, _results, _chances):
        part(rows)
    sheet.freeze(HEAD)
    return rows.told


def _flow(rows: Rows) -> None:
    """Families, waits and children."""
    rows.section("Families, waits and care over the term (values)")
    told = {one.path.removeprefix("flow."): one.label for one in reach(rows.options[0], WIDE)}
    names = list(dict.fromkeys((*told, *rows.options[0]["flow"])))
    for name in names:
        figures = [option["flow"][name] for option in rows.options]
        means = [figure["mean"] for figure in figures]
        label = told.get(name, name.replace("_", " ").capitalize())
        rows.values(name, label, figures[0]["unit"], means, "amount", "flow")


def _money(rows: Rows) -> None:
    """What each funder pays, each agency saves, and what is cash of it."""
    funders = rows.compared.parts("by_funder", "funder")
    public = {row["funder"] for option in rows.options for row in option["by_funder"]
              if row["public"]}  # fmt: skip
    paid = [(payer(name), "public" if name in public else "other",
             rows.compared.amounts("by_funder", "funder", name, "paid"))
            for name in funders]  # fmt: skip
    rows.parts("cost", "Cost by funder, GBP (values)", "Cost, whoever pays", paid)
    titles = {row["agency"]: row["title"] for option in rows.options
              for row in option["by_agency"]}  # fmt: skip
    for name, section, total in (
        ("fiscal_saving", "Fiscal saving by agency, GBP (values)", "Fiscal saving"),
        ("cashable_saving", "Cashable saving by agency, GBP (values)", "Cashable saving"),
    ):
        if any(option["money"][name]["mean"] is None for option in rows.options):
            continue  # whole units of cash cannot be counted where the follow-up is expected
        saved = [
            (title, "GBP", rows.compared.amounts("by_agency", "agency", agency, name))
            for agency, title in titles.items()
        ]
        rows.parts(name, section, total, [row for row in saved if any(row[2])])


def _results(rows: Rows) -> None:
    """Nets, ratios and unit costs, live."""
    rows.section("Value to everybody, GBP (values)")
    for name, label in (("public_value", "Public value, studied lines"),
                        ("net_present_value_with_weaker_evidence",
                         "Public value less cost, with weaker evidence")):  # fmt: skip
        means = [option["money"][name]["mean"] for option in rows.options]
        rows.values(name, label, "GBP", means, "money", "money")
    rows.section("Nets and ratios (live)")
    rows.difference("net_saving", "Net saving: fiscal saving less cost", "fiscal_saving",
                     "cost")  # fmt: skip
    rows.difference("net_present_budget_impact",
                     "Net budget impact: cost to public funders less fiscal saving",
                     "public_cost", "fiscal_saving")  # fmt: skip
    rows.difference("net_present_value", "Net present value: public value less cost",
                     "public_value", "cost")  # fmt: skip
    rows.ratio("fiscal_return", "Fiscal saving for each £1", "fiscal_saving", "cost")
    if "cashable_saving" in rows.told.cells:
        rows.ratio("cashable_fiscal_return", "Cashable saving for each £1",
                    "cashable_saving", "cost")  # fmt: skip
    rows.ratio("benefit_cost_ratio", "Public value for each £1", "public_value", "cost")
    rows.section("Unit costs, GBP (live)")
    for name, label in _UNIT_COSTS.items():
        rows.ratio(_IN_RUN[name], label, "cost", name, "price")


def _chances(rows: Rows) -> None:
    """How sure, and what is given up; the simulation settles them draw by draw."""
    rows.section("How sure (values)")
    found = [option["money"]["probability_net_saving"]["mean"] for option in rows.options]
    rows.chances("Chance of a net saving", found)
    for key, label in (("probability_best", "Chance of being best, by public value less cost"),
                       ("with_weaker_evidence", "The same, with weaker evidence")):  # fmt: skip
        chances = rows.compared.results[key].get("probability_best", {})
        shown = [chances.get(option["option"]) for option in rows.options]
        rows.chances(label, shown)
    rows.section("Given up (values)")
    given = {row["option"]: row["means"] for row in rows.compared.results["given_up"]}
    for name in next(iter(given.values()), {}):
        if name not in rows.told.cells:
            means = [given[option["option"]][name] for option in rows.options]
            label = name.replace("_", " ").capitalize()
            unit = "GBP" if name.startswith("cost") else "families"
            rows.values("", label, unit, means, "amount")
