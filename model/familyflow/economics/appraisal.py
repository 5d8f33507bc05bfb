"""The priced ledger of a run: cost, savings and value by year, agency, funder and window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.costs import CostRow
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.quantities import IN_FOLLOW_UP

View = Literal["fiscal", "economic", "social", "public_value"]
Window = Literal["follow_up", "budget", "after_budget"]


@dataclass(frozen=True)
class FunderRow:
    """Who a column of `paid` is: a funder, those who give in kind, or nobody."""

    name: str
    public: bool
    council: bool
    agency: str


@dataclass(frozen=True)
class Ledger:
    """Pounds of `price_year`, undiscounted, kept by draw and replication.

    Costs are positive when the service spends, savings when others spend less with the service.

    cost (draw, replication, year, cost row); saving (draw, replication, year, in follow-up, line);
    cashable by window (draw, replication, year + lag, line); paid (draw, replication, year,
    funder row); surplus (draw, replication, year): funding left over. Windows: `follow_up` is each
    family's follow-up (the headline), `budget` the years of the term, `after_budget` the part of
    the follow-up that falls after the term. All costs count in the follow-up window.
    """

    inputs: LedgerInputs
    cost_rows: tuple[CostRow, ...]
    funder_rows: tuple[FunderRow, ...]
    agencies: Mapping[str, Floats]
    cost: Floats
    saving: Floats
    cashable: Mapping[str, Floats]
    paid: Floats
    surplus: Floats
    cost_prices: Floats
    saving_prices: Floats
    cost_discount: Floats
    saving_discount: Floats
    warnings: tuple[str, ...] = field(default=())

    # -- which lines count ------------------------------------------------------------------

    def weights(self, view: View = "fiscal", *, weaker: bool = False, agency: str = "") -> Floats:
        """How much of each line counts (line,): by kind of value, evidence, and one agency's share.

        `public_value` holds every kind and leaves out transfers. Lines on weaker evidence count
        only where `weaker` asks for them.
        """
        lines = self.inputs.benefit_lines
        counts = np.array(
            [
                (
                    not line.unit_cost.transfer
                    if view == "public_value"
                    else line.unit_cost.kind == view
                )
                and (weaker or line.evidence == "comparison_group")
                for line in lines
            ],
            dtype=np.float64,
        )
        return counts * self.agencies[agency] if agency else counts

    # -- flows by year (draw, replication, year) --------------------------------------------

    def cost_by_year(self, *, discounted: bool = True, in_kind: bool = True) -> Floats:
        """Cost by year, every funder's; in kind included unless it is left out."""
        counts = np.array([in_kind or row.type != "in_kind" for row in self.cost_rows], dtype=bool)
        flow = np.asarray(self.cost[..., counts].sum(axis=-1))
        return flow * self.cost_discount if discounted else flow

    def saving_by_year(
        self, weights: Floats, window: Window = "follow_up", *, discounted: bool = True
    ) -> Floats:
        """Saving by year of the lines at their weights."""
        flow = self._lines_in(window)
        if discounted:
            flow = flow * self.saving_discount[: flow.shape[2]]
        return np.asarray((flow * weights).sum(axis=-1))

    def cashable_by_year(
        self, weights: Floats, window: Window = "follow_up", *, discounted: bool = True
    ) -> Floats:
        """Cash released by year, as many years longer as the longest lag."""
        flow = self.cashable[window]
        return np.asarray(
            (flow * (self.saving_discount * weights if discounted else weights)).sum(axis=-1)
        )

    # -- present values (draw, replication) -------------------------------------------------

    @cached_property
    def total_cost(self) -> Floats:
        """Present value of cost, every funder's, in kind included."""
        return np.asarray(self.cost_by_year().sum(axis=-1))

    def total_saving(self, weights: Floats, window: Window = "follow_up") -> Floats:
        """Present value of saving of the lines at their weights."""
        return np.asarray((self._present[window] * weights).sum(axis=-1))

    def total_cashable(self, weights: Floats, window: Window = "follow_up") -> Floats:
        """Present value of the cash released."""
        return np.asarray(self.cashable_by_year(weights, window).sum(axis=-1))

    def total_paid(self, *, public: bool = False, council: bool = False) -> Floats:
        """Present value of what funders pay: all of them, public ones, or the council's alone."""
        counts = np.array(
            [
                (row.public or not public) and (row.council or not council)
                for row in self.funder_rows
            ],
            dtype=np.float64,
        )
        return np.asarray((self.present_paid * counts).sum(axis=-1))

    @cached_property
    def present_paid(self) -> Floats:
        """Present value of what each funder pays (draw, replication, funder row)."""
        return np.asarray((self.paid * self.cost_discount[:, np.newaxis]).sum(axis=2))

    def _lines_in(self, window: Window) -> Floats:
        if window == "follow_up":
            return self.saving[:, :, :, IN_FOLLOW_UP]
        term = self.inputs.term_years
        if window == "after_budget":
            flow = self.saving[:, :, :, IN_FOLLOW_UP].copy()
            flow[:, :, :term] = 0.0
            return flow
        flow = np.asarray(self.saving.sum(axis=3))
        flow[:, :, term:] = 0.0
        return flow

    @cached_property
    def _present(self) -> Mapping[str, Floats]:
        years = self.saving.shape[2]
        windows: tuple[Window, ...] = ("follow_up", "budget", "after_budget")
        return {
            window: np.asarray((self._lines_in(window) * self.saving_discount[:years]).sum(axis=2))
            for window in windows
        }
