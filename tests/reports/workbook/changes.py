"""Numbers typed into yellow cells, and the same change as a choice of `reprice`."""

import json
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from familyflow.reports.workbook.input_rows import offer_key

SCENARIOS = ("core_offer", "reaching_communities_bid")
FOSTER = "unit_costs.children_social_care.foster_week"
KEY_WORKER = "unit_costs.staff.key_worker_salary"
CASH = "benefits.children_social_care.weeks_in_foster_care_bought"
RATES = "economy.discounting.gb_standard"
STAFF = "unit_costs.staff."
FUND, COUNCIL = "National Lottery Community Fund", "Manchester City Council"
FIGURES = (
    "cost", "fiscal_saving", "cashable_saving", "public_value", "net_saving", "net_present_value",
    "fiscal_return", "benefit_cost_ratio", "net_present_value_with_weaker_evidence",
    "benefit_cost_ratio_with_weaker_evidence",
)  # fmt: skip
# a rule of a line is no single number, so it is chosen in a file
CASH_FILE = f"{CASH}: {{cashable: {{share: 0.35, lag_years: 1, step: null}}, because: Ours.}}\n"
CHANGES = {
    "a unit cost": ({FOSTER: 1200.0}, [f"{FOSTER}=1200"]),
    "a salary": ({KEY_WORKER: 41000.0}, [f"{KEY_WORKER}=41000"]),
    "a salary near the threshold": ({KEY_WORKER: 6000.0}, [f"{KEY_WORKER}=6000"]),
    "pension and overheads": (
        {"unit_costs.staff.pension": 0.2, "unit_costs.staff.overhead_share": 0.12},
        ["unit_costs.staff.pension=0.2", "unit_costs.staff.overhead_share=0.12"],
    ),
    "the rate of national insurance": (
        {"unit_costs.staff.national_insurance": 0.138},
        ["unit_costs.staff.national_insurance={rate: 0.138, threshold: 5000}"],
    ),
    "the discount rate": (
        {f"{RATES}.from_year_0": 0.06},
        [f"{RATES}=[{{from_year: 0, rate: 0.06}}]"],
    ),
    "a cashable share": (
        {f"{CASH}.cashable.share": 0.35},
        [],
    ),
    "hours given": (
        {"unit_costs.staff.strategy_group_hour": 20.0},
        ["unit_costs.staff.strategy_group_hour=20"],
    ),
    "a unit cost of 0": ({FOSTER: 0.0}, [f"{FOSTER}=0"]),
}
CHANGES["all at once"] = (
    {key: number for name in ("a unit cost", "a salary", "pension and overheads",
                              "the discount rate", "a cashable share")
     for key, number in CHANGES[name][0].items()},
    [choice for name in ("a unit cost", "a salary", "pension and overheads",
                         "the discount rate", "a cashable share")
     for choice in CHANGES[name][1]],
)  # fmt: skip

# what a bid writer would change of a budget: each by itself, and all of it together
OF_A_BUDGET = {
    "a salary": {KEY_WORKER: 41000.0},
    "on-costs": {f"{STAFF}pension": 0.2, f"{STAFF}national_insurance": 0.138},
    "overheads": {f"{STAFF}overhead_share": 0.17},
    "growth of pay": {"economy.growth.pay_per_year": 0.05},
    "growth of prices": {"economy.growth.prices_per_year": 0.04},
    "a price": {"unit_costs.service.room_hire_group": 90.0},
    "offers": {offer_key(FUND, 0): 41000.0, offer_key(FUND, 1): 0.0, offer_key(COUNCIL, 2): 9e6},
    "the discount rate": {f"{RATES}.from_year_0": 0.06},
}
OF_A_BUDGET["everything"] = {
    key: number for own in OF_A_BUDGET.values() for key, number in own.items()
}
STAY = ("the discount rate", "growth of prices")  # where the index goes on to the end of the term


def files_for(change: str, folder: Path) -> list[Path]:
    """The parameter files of a change, written into the folder."""
    if f"{CASH}.cashable.share" not in CHANGES[change][0]:
        return []
    file = folder / "ours.yaml"
    file.write_text(CASH_FILE, encoding="utf-8")
    return [file]


def means_of(folder) -> dict[str, float]:
    """The means of a run's figures of money."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {name: results["money"][name]["mean"] for name in FIGURES}


def live_figures(summary: Worksheet, labels: dict[str, str]) -> dict[str, float]:
    """The live figures of a summary sheet, by name."""
    by_label = {row[0]: row[1] for row in summary.iter_rows(values_only=True)}
    return {name: by_label[labels[name]] for name in FIGURES}
