"""The tables of the cost case, each a data frame that becomes a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from familyflow.economics.appraisal import Ledger
from familyflow.economics.bid import BudgetRow
from familyflow.economics.chain_view import implied_chains

Rows = Sequence[Mapping[str, Any]]
FINANCIAL: Final = (
    "cost", "fiscal_saving", "cashable_saving", "net_saving", "net_present_budget_impact",
    "fiscal_return", "cashable_fiscal_return", "fiscal_return_with_weaker_evidence",
)  # fmt: skip
ECONOMIC: Final = (
    "cost", "public_value", "net_present_value", "net_present_value_with_weaker_evidence",
    "net_present_value_weighted", "net_present_value_weighted_with_weaker_evidence",
    "benefit_cost_ratio", "benefit_cost_ratio_with_weaker_evidence",
)  # fmt: skip
STEP_UP: Final = [
    "line", "unit", "more", "cost_of_more", "fewer_in_other_years", "saved_in_other_years", "cost",
]  # fmt: skip
PAYBACK: Final = "payback_years"
MUST_ACT: Final = "close or stop buying what is no longer needed"


def case_table(alternatives: Rows, figures: Sequence[str]) -> pd.DataFrame:
    """A row for each figure under each rule of appraisal, the headline first."""
    return pd.DataFrame(
        [
            {
                "rule": row["kind"],
                "as": row["name"],
                "figure": name,
                **{part: row["money"][name].get(part) for part in ("mean", "low", "high", "unit")},
                "reason": row["money"][name].get("reason"),
            }
            for row in alternatives
            for name in figures
            if name in row["money"]
        ]
    )


def agencies_table(alternatives: Rows) -> pd.DataFrame:
    """Who pays and who saves under each rule of appraisal (present value unless undiscounted)."""
    return pd.DataFrame(
        [
            {"rule": row["kind"], "as": row["name"], **agency}
            for row in alternatives
            for agency in row["by_agency"]
        ]
    )


def who_pays_table(parties: Rows, term_years: int) -> pd.DataFrame:
    """Who pays (below zero), who saves, and who must act to turn it into cash, by budget year."""
    rows = []
    for party in parties:
        year = party["first_cash_year"]
        rows.append(
            {
                "party": party["party"],
                "role": party["role"],
                **_by_year(party["by_year"], term_years),
                "total": party["total"],
                "of_which_cash": party["cash"],
                "cash_from_year": None if year is None else year + 1,
                "must_act": "" if year is None else MUST_ACT,
            }
        )
    return pd.DataFrame(rows)


def net_table(nets: Rows, term_years: int) -> pd.DataFrame:
    """Savings less payments by year and in all so far; years after the grant are marked."""
    rows = []
    for net in nets:
        so_far = 0.0
        for year, pounds in enumerate(net["by_year"]):
            so_far += pounds
            rows.append(
                {
                    "budgets": net["budgets"],
                    "year": year + 1,
                    "grant": "runs" if year < term_years else "has ended",
                    "net": pounds,
                    "net_so_far": so_far,
                }
            )
    return pd.DataFrame(rows)


def budget_table(rows: Sequence[BudgetRow]) -> pd.DataFrame:
    """Headings in the funder's order: each year's total and who pays which part; then the sum."""
    table = pd.DataFrame([_budget_row(row) for row in rows])
    sums = table.drop(columns="heading").sum()
    return pd.concat([table, pd.DataFrame([{"heading": "Total", **sums}])], ignore_index=True)


def chain_table(ledger: Ledger) -> pd.DataFrame:
    """The run told as the links of a cost-benefit workbook, a line each, with its haircut.

    The links multiply to units avoided, and with the unit value to what the workbook makes of
    them; beside it stands the saving of the run, the mean of products. The haircut for optimism
    stands beside both, because that workbook is deterministic: all else is before any correction.
    """
    bias = ledger.inputs.optimism_bias
    rows = []
    for chain, line in zip(implied_chains(ledger), ledger.inputs.benefit_lines, strict=True):
        haircut = bias.on_savings.get(line.worst_grade, 0.0)
        rows.append(
            {
                "line": chain.label,
                "unit_cost_code": line.unit_cost.code,
                "kind": line.unit_cost.kind,
                "evidence": line.evidence,
                "grade": line.worst_grade,
                "route": "simulated" if line.chain is None else "chain",
                "population_of": chain.population_of,
                "population": chain.population,
                "prevalence": chain.prevalence.value,
                "engagement": chain.engagement.value,
                "retained": chain.retained.value,
                "impact": chain.impact.value,
                "deadweight": chain.deadweight,
                "net_impact": chain.net_impact.value,
                "attribution": chain.attribution,
                "units_each": chain.units_each,
                "lag_years": chain.lag_years,
                "drop_off": chain.drop_off,
                "years_counted": chain.years_counted.value,
                "unit": chain.unit,
                "units_avoided": chain.units_avoided,
                "unit_value": chain.unit_value,
                "saving_of_links": chain.saving_of_links,
                "saving_undiscounted": chain.saving,
                "optimism_bias": haircut,
                "saving_after_optimism_bias": chain.saving * (1.0 - haircut),
            }
        )
    return pd.DataFrame(rows)


def step_ups(ledger: Ledger) -> list[dict[str, Any]]:
    """Lines on which others spend more with the service: what being noticed costs.

    Much of it is only spent sooner: years with more and years with fewer stand apart, because
    their difference may be a few weeks at a strange price. Pounds are present values, means of
    draws; `cost` is the difference.
    """
    units = ledger.units_avoided().mean(axis=(0, 1))
    flow = ledger.present_by_year().mean(axis=(0, 1))
    quantities, rows = ledger.inputs.quantities, []
    for column, line in enumerate(ledger.inputs.benefit_lines):
        pounds, avoided = flow[:, column], units[:, column]
        if float(pounds.sum()) < 0.0:
            more = pounds < 0.0
            rows.append(
                {
                    "line": line.label,
                    "unit": line.unit_in(quantities),
                    "more": 0.0 - float(avoided[more].sum()),
                    "cost_of_more": 0.0 - float(pounds[more].sum()),
                    "fewer_in_other_years": float(avoided[~more].sum()),
                    "saved_in_other_years": float(pounds[~more].sum()),
                    "cost": 0.0 - float(pounds.sum()),
                }
            )
    return rows


def step_ups_table(rows: Rows) -> pd.DataFrame:
    """The same as a table, with its columns also when there is no such line."""
    return pd.DataFrame(rows, columns=STEP_UP)


def _by_year(pounds: Sequence[float], term_years: int) -> dict[str, float]:
    """Columns year_1 ..., those after the grant named so that nobody overlooks its end."""
    return {
        f"year_{year + 1}" + ("" if year < term_years else "_after_grant"): one
        for year, one in enumerate(pounds)
    }


def _budget_row(row: BudgetRow) -> dict[str, Any]:
    told: dict[str, Any] = {"heading": row.heading}
    parts = ("total", row.total), ("asked", row.asked), ("other", row.other)
    for name, pounds in (*parts, ("unfunded", row.unfunded)):
        told |= {f"{name}_year_{year + 1}": float(one) for year, one in enumerate(pounds)}
        told[name] = float(pounds.sum())
    return told
