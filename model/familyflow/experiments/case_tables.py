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
    "cost", "fiscal_saving", "cashable_saving", "net_saving", "fiscal_return",
    "fiscal_return_with_weaker_evidence",
)  # fmt: skip
ECONOMIC: Final = (
    "cost", "public_value", "net_present_value", "net_present_value_with_weaker_evidence",
    "net_present_value_weighted", "net_present_value_weighted_with_weaker_evidence",
    "benefit_cost_ratio", "benefit_cost_ratio_with_weaker_evidence",
)  # fmt: skip
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
    """Headings in the funder's order: each year's total, what is asked, the rest; then the sum."""
    table = pd.DataFrame([_budget_row(row) for row in rows])
    sums = table.drop(columns="heading").sum()
    return pd.concat([table, pd.DataFrame([{"heading": "Total", **sums}])], ignore_index=True)


def chain_table(ledger: Ledger) -> pd.DataFrame:
    """The run told as the links of a cost-benefit workbook, a line each, with its haircut.

    population x engagement x retained x impact x unit value is the saving. The haircut for
    optimism stands beside it, because that workbook is deterministic; where the run takes one
    already, the saving and the unit value are those before it.
    """
    bias, is_taken = ledger.inputs.optimism_bias, ledger.inputs.optimism_bias.mode == "haircut"
    rows = []
    for chain, line in zip(implied_chains(ledger), ledger.inputs.benefit_lines, strict=True):
        haircut = bias.on_savings.get(line.worst_grade, 0.0)
        left = 1.0 - haircut
        before = chain.saving / left if is_taken and left else chain.saving
        price = chain.unit_value.value
        rows.append(
            {
                "line": chain.label,
                "unit_cost_code": line.unit_cost.code,
                "kind": line.unit_cost.kind,
                "evidence": line.evidence,
                "grade": line.worst_grade,
                "unit": chain.unit,
                "families_referred": chain.population,
                "engagement": chain.engagement.value,
                "retained": chain.retained.value,
                "impact_units_per_family_completed": chain.impact.value,
                "deadweight": chain.deadweight if line.chain is None else "in the impact",
                "lag_and_drop_off": "in the simulated timing"
                if line.chain is None
                else "in the impact",
                "unit_value": price / left if price and is_taken and left else price,
                "saving_undiscounted": before,
                "optimism_bias": haircut,
                "saving_after_optimism_bias": before * left,
            }
        )
    return pd.DataFrame(rows)


def step_ups(ledger: Ledger) -> list[dict[str, Any]]:
    """Lines on which others spend more with the service: what being noticed costs."""
    fewer = ledger.units_avoided().sum(axis=2).mean(axis=(0, 1))
    present = ledger.present_by_line().mean(axis=(0, 1))
    quantities = ledger.inputs.quantities
    return [
        {
            "line": line.label,
            "unit": line.unit_in(quantities),
            "more_with_the_service": -float(units),
            "cost": -float(pounds),
        }
        for line, units, pounds in zip(ledger.inputs.benefit_lines, fewer, present, strict=True)
        if pounds < 0.0
    ]


def step_ups_table(rows: Rows) -> pd.DataFrame:
    """The same as a table, with its columns also when there is no such line."""
    return pd.DataFrame(rows, columns=["line", "unit", "more_with_the_service", "cost"])


def _by_year(pounds: Sequence[float], term_years: int) -> dict[str, float]:
    """Columns year_1 ..., those after the grant named so that nobody overlooks its end."""
    return {
        f"year_{year + 1}" + ("" if year < term_years else "_after_grant"): one
        for year, one in enumerate(pounds)
    }


def _budget_row(row: BudgetRow) -> dict[str, Any]:
    told: dict[str, Any] = {"heading": row.heading}
    for name, pounds in (("total", row.total), ("asked", row.asked), ("other", row.other)):
        told |= {f"{name}_year_{year + 1}": float(one) for year, one in enumerate(pounds)}
        told[name] = float(pounds.sum())
    return told
