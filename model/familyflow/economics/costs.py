"""What the service costs: lines of cost, a fair share of overheads, and cost per family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

from familyflow.economics.adjustments import OptimismBias
from familyflow.economics.amounts import Amount, Floats, by_draw, columns, within
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.unit_costs import UnitCost, value_per
from familyflow.problems import bad_input

Behaves = Literal["fixed", "per_post", "per_family", "per_session", "per_child", "per_group"]
CostType = Literal["revenue", "capital", "in_kind"]


class CostRow(NamedTuple):
    """What a column of costs is: its name, and how a budget sets it out."""

    name: str
    label: str
    behaves: str
    type: str
    heading: str
    is_pay: bool = False
    price_year: str = ""  # of the unit cost: for pay, the year of its scale


@dataclass(frozen=True)
class CostLine:
    """One line of cost: a quantity of the run times a unit cost.

    `behaves` says what the cost rises with; `type` in_kind is a cost to society that no funder
    pays. `heading` is the line of a funder's budget form. `pay` marks direct pay, of which
    overheads are a share.
    """

    name: str
    label: str
    quantity: str
    unit_cost: UnitCost
    behaves: Behaves
    type: CostType = "revenue"
    heading: str = ""
    pay: bool = False

    def __post_init__(self) -> None:
        if self.behaves not in get_args(Behaves) or self.type not in get_args(CostType):
            raise bad_input(
                f"behaves is {self.behaves!r} and type is {self.type!r}",
                f"behaves: {', '.join(get_args(Behaves))}; type: {', '.join(get_args(CostType))}.",
                where=self.name,
            )

    @property
    def row(self) -> CostRow:
        """How this line stands in a budget."""
        return CostRow(
            self.name, self.label, self.behaves, self.type, self.heading, self.pay,
            self.unit_cost.price_year,
        )  # fmt: skip


@dataclass(frozen=True)
class Overheads:
    """Full cost recovery: overheads as a share of direct pay (the lines marked `pay`)."""

    share: Amount
    label: str = "Overheads"
    heading: str = "Overheads"

    def __post_init__(self) -> None:
        if not within(self.share, 0.0, 5.0):
            raise bad_input(f"overheads are {self.share} of pay", where="overheads")

    @property
    def row(self) -> CostRow:
        """How overheads stand in a budget."""
        return CostRow("overheads", self.label, "per_post", "revenue", self.heading, is_pay=True)


def cost_prices(
    lines: Sequence[CostLine],
    quantities: Quantities,
    deflators: Deflators,
    price_year: str,
    bias: OptimismBias,
) -> Floats:
    """Pounds of `price_year` for one unit of each line's quantity (draw, line)."""
    values: list[tuple[Amount, str]] = []
    factors = np.empty(len(lines))
    for column, line in enumerate(lines):
        unit = quantities.units[quantities.position(line.quantity, line.name)]
        values.append((value_per(line.unit_cost, unit), line.name))
        factors[column] = deflators.factor(line.unit_cost.price_year, price_year)
    if bias.mode != "none":
        raised = [(bias.cost_factor(line.unit_cost.grade), line.name) for line in lines]
        factors = factors * columns(raised, quantities.draws)
    return columns(values, quantities.draws) * factors


def costs_by_year(
    lines: Sequence[CostLine], quantities: Quantities, prices: Floats, overheads: Overheads | None
) -> Floats:
    """Cost of the service (draw, replication, year, line), overheads last where there are any.

    What the arm with the service uses and the arm without it does not; every row counts, in or
    out of a family's follow-up. Undiscounted.
    """
    places = [quantities.position(line.quantity, line.name) for line in lines]
    costs = quantities.used[..., places] * prices[:, np.newaxis, np.newaxis, :]
    if overheads is None:
        return np.asarray(costs)
    pay = costs[..., [line.pay for line in lines]].sum(axis=-1)
    share = by_draw(overheads.share, quantities.draws, "overheads")
    overhead = pay * share[:, np.newaxis, np.newaxis]
    return np.concatenate([costs, overhead[..., np.newaxis]], axis=-1)


@dataclass(frozen=True)
class GroupCost:
    """What it cost to run so many groups of one programme: pounds by part.

    A group costs the same whoever comes, so the cost of a place falls as the group fills.
    """

    parts: Mapping[str, Amount]
    groups: float

    def __post_init__(self) -> None:
        if self.groups <= 0:
            raise bad_input(f"there were {self.groups} groups", where="cost of a group")

    @property
    def total(self) -> Amount:
        """All parts, all groups."""
        total: Amount = 0.0
        for pounds in self.parts.values():
            total = total + pounds
        return total

    @property
    def per_group(self) -> Amount:
        """One running of the programme."""
        return self.total / self.groups

    def per_family(self, families_a_group: float) -> Amount:
        """Per family invited, attending or completing: whichever are counted."""
        return self.per_group / families_a_group

    def share(self, part: str) -> Amount:
        """The part of the total that falls on one line."""
        return self.parts[part] / self.total

    def __add__(self, other: GroupCost) -> GroupCost:
        """Two places' groups together, part by part."""
        names = {**self.parts, **other.parts}
        parts = {name: self.parts.get(name, 0.0) + other.parts.get(name, 0.0) for name in names}
        return GroupCost(parts, self.groups + other.groups)
