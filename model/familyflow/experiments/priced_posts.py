"""Whether every post beside the key workers is paid once: a cost line prices it, and only one."""

from __future__ import annotations

from collections.abc import Mapping

from familyflow.experiments.pricing import SERVICE_YEARS
from familyflow.parameters.draws import base_values
from familyflow.parameters.nearest import listed
from familyflow.parameters.parameter import Parameter
from familyflow.planning.rows import Found, Mistake, Row, rows_of
from familyflow.planning.team import CENTRAL_POSTS, PAY

Lines = Mapping[str, tuple[str, ...]]  # the salaries, each with the lines that price it


def posts_not_paid_once(parameters: Mapping[str, Parameter]) -> Found:
    """Posts that no cost line prices (they would be free) or that several do (paid twice)."""
    lines = _lines(parameters)
    table = base_values(parameters)[CENTRAL_POSTS]
    for row in rows_of(CENTRAL_POSTS, table, "post"):
        pay = str(row.given("pay"))
        if pay in lines and len(lines[pay]) != 1:
            yield _mistake(row, pay, lines)


def _mistake(row: Row, pay: str, lines: Lines) -> Mistake:
    if lines[pay]:
        what = f"{pay} is priced by {listed(lines[pay])}, so the post would be paid twice"
        return row.wrong("pay", what, "Keep one of these cost lines.")
    paid = [key for key, priced in lines.items() if len(priced) == 1]
    to_do = (
        f"Pay it one of {listed(paid)}, or add a line under costs. with 'quantity: "
        f"{SERVICE_YEARS}' and 'unit_cost: {pay}'."
    )
    return row.wrong("pay", f"no cost line prices {pay}, so the post would be free", to_do)


def _lines(parameters: Mapping[str, Parameter]) -> Lines:
    salaries = [key for key, known in parameters.items() if known.unit == PAY]
    scope = str(parameters["costs.scope"].value)
    return {
        key: tuple(
            name
            for name, line in parameters.items()
            if name.startswith("costs.") and line.is_line and _prices(line, key, scope)
        )
        for key in salaries
    }


def _prices(line: Parameter, salary: str, scope: str) -> bool:
    """Whether a line prices the posts beside the key workers that are paid this salary."""
    cost = line.unit_cost if isinstance(line.unit_cost, str) else (line.unit_cost or {}).get(scope)
    return cost == CENTRAL_POSTS or (cost == salary and line.quantity == SERVICE_YEARS)
