"""What each draw of a run costs and saves by year, at that draw's own prices, and who pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from familyflow.economics import targets
from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import FunderRow, Ledger
from familyflow.economics.funding import IN_KIND, UNFUNDED, funding_by_year
from familyflow.experiments.per_draw import Gathered, Growing, PerDraw, twice_of
from familyflow.experiments.statistics import Chance

FIGURES = ("cost", "fiscal_saving")  # whose share of chance the intervals of money need


@dataclass(frozen=True)
class Funding:
    """Who may pay: funders in their order and what each offers (funder, year), real pounds.

    unfunded: the cost by year (year,) that none of them pays, the mean of all draws.
    """

    rows: tuple[FunderRow, ...]
    offered: Floats
    unfunded: Floats


@dataclass(frozen=True)
class ByDraw:
    """Pounds of each draw by year (draw, year), not discounted; means over its replications.

    money and in_kind: the cost. saving: the headline's fiscal saving by discount schedule.
    care_weeks (draw,): weeks in care avoided. chance: the share of chance in cost and in savings.
    """

    money: Floats
    in_kind: Floats
    saving: Mapping[str, Floats]
    care_weeks: Floats
    chance: Mapping[str, Chance]
    funding: Funding

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.care_weeks)

    def first(self, draws: int) -> ByDraw:
        """Its first draws; the shares of chance and who pays stay those of all."""
        return replace(
            self,
            money=self.money[:draws],
            in_kind=self.in_kind[:draws],
            saving={name: flow[:draws] for name, flow in self.saving.items()},
            care_weeks=self.care_weeks[:draws],
        )


@dataclass
class Gathering:
    """Adds up blocks of draws, in their order. draws: how many there are in all."""

    draws: int
    _blocks: list[dict[str, Floats]] = field(default_factory=list)
    _unfunded: Floats | float = 0.0

    def __post_init__(self) -> None:
        self._main, self._twice = Growing(self.draws), Growing(self.draws)

    def add(self, ledger: Ledger, again: Ledger | None) -> None:
        """Add a block. again: one more replication of its first draws, to measure chance."""
        self._ledger = ledger
        self._blocks.append(_flows(ledger))
        figures = _figures(ledger)
        self._main.add(figures)
        if again is not None:
            self._twice.add(twice_of(figures, _figures(again)))
        unpaid = [place for place, row in enumerate(ledger.funder_rows) if row.name == UNFUNDED]
        paid = ledger.counted(ledger.paid)[..., unpaid].sum(axis=-1)
        self._unfunded = self._unfunded + paid.mean(axis=1).sum(axis=0)

    def whole(self) -> ByDraw:
        """All blocks together."""
        flows = {
            name: np.concatenate([block[name] for block in self._blocks])
            for name in self._blocks[0]
        }
        figures = Gathered(self._main.figures(), self._twice.figures() or None)
        money, in_kind, care = (flows.pop(name) for name in ("money", "in_kind", "care_weeks"))
        funders = [row for row in self._ledger.funder_rows if row.name not in (IN_KIND, UNFUNDED)]
        return ByDraw(
            money,
            in_kind,
            flows,
            care,
            {name: figures.chance(name) for name in FIGURES},
            Funding(
                tuple(funders),
                funding_by_year(self._ledger.inputs),
                np.asarray(self._unfunded) / len(care),
            ),
        )


def _flows(ledger: Ledger) -> dict[str, Floats]:
    """Costs, savings by schedule and weeks in care of a block (draw, ...)."""
    inputs = ledger.inputs
    money = ledger.cost_by_year(discounted=False, in_kind=False)
    whole = ledger.cost_by_year(discounted=False)
    schedules = np.array([line.discount or inputs.schedule for line in inputs.benefit_lines])
    fiscal = ledger.weights("fiscal")
    flows = {
        name: ledger.saving_by_year(fiscal * (schedules == name), discounted=False)
        for name in dict.fromkeys(schedules)
        if (fiscal * (schedules == name)).any()
    }
    flows |= {"money": money, "in_kind": whole - money}
    flows["care_weeks"] = targets.care_weeks_avoided(ledger)
    return {str(name): np.asarray(flow.mean(axis=1)) for name, flow in flows.items()}


def _figures(ledger: Ledger) -> dict[str, PerDraw]:
    return {name: PerDraw(targets.parts(ledger, name), targets.unit(name)) for name in FIGURES}
