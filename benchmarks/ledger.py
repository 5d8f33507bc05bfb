"""How long it takes to price a ledger of many lines: half costs, half savings, one draw.

python benchmarks/ledger.py [LINES]
"""

from __future__ import annotations

import sys
import time

import numpy as np

from familyflow.economics.costs import CostLine
from familyflow.economics.discounting import flat
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.ledger import price
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.savings import BenefitLine, Cashable
from familyflow.economics.unit_costs import UnitCost

YEARS = 15
WEEK = UnitCost("week", "A week", 800.0, "GBP per week", "2016/17", falls_on={"council": 1.0})
POST = UnitCost("post", "A post", 40_000.0, "GBP per full-time year", "2024/25")


def ledger(lines: int) -> LedgerInputs:
    """Inputs with so many lines, each of its own name."""
    amounts = np.ones((1, 1, 2, YEARS, 2, 2))
    amounts[:, :, 0, :, :] = 3.0, 0.0  # without the service: more weeks, no posts
    quantities = Quantities(("weeks", "posts"), ("weeks", "years"), amounts)
    savings = tuple(
        BenefitLine(
            f"saving {k}", "A saving", "weeks", WEEK, share=1 / lines, cashable=Cashable(0.5, 1, 52)
        )
        for k in range(lines // 2)
    )
    costs = tuple(
        CostLine(f"cost {k}", "A cost", "posts", POST, "per_post") for k in range(lines // 2)
    )
    return LedgerInputs(
        quantities=quantities,
        cost_lines=costs,
        benefit_lines=savings,
        deflators=Deflators({"2016/17": 80.0, "2024/25": 100.0}, "of the benchmark"),
        price_year="2024/25",
        schedules={"flat": flat(0.035)},
        schedule="flat",
        term_years=5,
        follow_up_years=5,
        watched_years=10,
    )


def main() -> None:
    """Print the seconds of three pricings."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    inputs = ledger(lines)
    for _ in range(3):
        began = time.perf_counter()
        priced = price(inputs)
        seconds = time.perf_counter() - began
        print(f"{lines:,} lines: {seconds:.2f} s, cost {priced.total_cost.mean():,.0f}")


if __name__ == "__main__":
    main()
