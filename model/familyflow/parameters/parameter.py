"""One number of the model (or text, table, line of the account), and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution

SAVINGS, COSTS = "benefits.", "costs."  # how the names of lines begin
LINE_FIELDS = (
    "quantity", "unit_cost", "share", "counterfactual", "cashable", "discount",
    "double_count_group", "disjoint", "evidence", "behaves", "type", "heading", "chain",
)  # fmt: skip


@dataclass(frozen=True)
class Varies:
    """How a number differs between families, posts and so on: drawn by luck in the simulation.

    `settings` are numbers; in a Parameter they may also be keys of parameters, which draws replace.
    `constant` (with the setting `value`) means that it does not differ.
    """

    by: str
    shape: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where a number was read."""

    title: str
    where: str
    year: str
    author: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Parameter:
    """An entry of a parameter file. Exactly one of value, table and varies; a line has none.

    A line (a cost or a benefit) has `quantity` and `unit_cost` instead. Money is in pounds of
    `price_year`. Shares in `falls_on` sum to 1.
    """

    name: str
    label: str
    unit: str = ""
    value: int | float | str | bool | None = None
    table: Any = None
    varies: Varies | None = None
    distribution: Distribution | Dirichlet | None = None
    source: Source | None = None
    grade: str | None = None
    status: str | None = None
    price_year: str | None = None
    note: str | None = None
    role: Literal["decision", "belief"] = "belief"
    kind: str | None = None
    falls_on: Mapping[str, float] | None = None
    code: str | None = None
    per_code: float | None = None
    transfer: bool | None = None
    composed_of: tuple[str, ...] = ()
    dated: Mapping[str, float] | None = None
    sums_to: float | None = None
    sunset: str | None = None
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    quantity: str | None = None
    unit_cost: str | Mapping[str, str] | None = None
    share: float | str | Mapping[str, str] | None = None
    counterfactual: str | None = None
    cashable: Mapping[str, Any] | None = None
    discount: str | None = None
    double_count_group: str | None = None
    disjoint: bool | None = None
    evidence: str | None = None
    behaves: str | None = None
    type: str | None = None
    heading: str | None = None
    chain: Mapping[str, Any] | None = None

    @property
    def is_line(self) -> bool:
        """Whether this is a line of the account, not a number."""
        return self.quantity is not None

    @property
    def is_single_sum(self) -> bool:
        """Whether it is one sum of money."""
        return self.value is not None and self.unit.startswith("GBP")

    @property
    def is_decision(self) -> bool:
        """Whether a commissioner chooses it (`set:`); else it is a belief (`assume:`)."""
        return self.role == "decision"

    @property
    def is_uncertain(self) -> bool:
        """Whether it is drawn: it has a distribution."""
        return self.distribution is not None

    def line(self) -> dict[str, Any]:
        """The fields of a line, those that are given."""
        return {
            name: getattr(self, name) for name in LINE_FIELDS if getattr(self, name) is not None
        }
