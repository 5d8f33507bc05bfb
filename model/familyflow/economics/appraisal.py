"""The priced ledger of a run: cost, savings and value by year, agency, funder and window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.costs import CostRow
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.windows import Window, within

View = Literal["fiscal", "economic", "social", "public_value"]


@dataclass(frozen=True)
class FunderRow:
    """Who a column of `paid` is: a funder, those who give in kind, or nobody."""

    name: str
    public: bool
    council: bool
    agency: str
    lottery: bool = False


@dataclass(frozen=True)
class Ledger:
    """Pounds of `price_year`, undiscounted, kept by draw and replication.

    Costs are positive when the service spends, savings when others spend less with the service.

    cost (draw, replication, year, cost row), and planned, the same before any correction for
    optimism, as a budget has it; avoided, in units, and saving (draw, replication,
    year, in follow-up, line);
    cashable by window (draw, replication, year + lag, line); paid (draw, replication, year,
    funder row); surplus (draw, replication, year): funding left over. Where no window is named it
    is that of the inputs, the headline's (see `windows`). Costs count in full but for those after
    the term, which the budget window leaves out.
    """

    inputs: LedgerInputs
    cost_rows: tuple[CostRow, ...]
    funder_rows: tuple[FunderRow, ...]
    agencies: Mapping[str, Floats]
    cost: Floats
    planned: Floats
    avoided: Floats
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
        if (view, weaker) not in self._counts:
            self._counts[view, weaker] = self._counts_of_lines(view, weaker=weaker)
        counts = self._counts[view, weaker]
        return counts * self.agencies[agency] if agency else counts

    def _counts_of_lines(self, view: View, *, weaker: bool) -> Floats:
        counts = np.array(
            [
                (
                    not line.unit_cost.transfer
                    if view == "public_value"
                    else line.unit_cost.kind == view
                )
                and (weaker or line.evidence == "comparison_group")
                for line in self.inputs.benefit_lines
            ],
            dtype=np.float64,
        )
        counts.flags.writeable = False  # every figure of this ledger reads the same
        return counts

    def happened(self, names: Sequence[str]) -> Floats:
        """Quantities in the headline's window (draw, replication, arm, year, quantity)."""
        quantities, headline = self.inputs.quantities, self.inputs.window
        places = [quantities.position(name, "ledger") for name in names]
        amounts = quantities.amounts[..., places]
        return within(amounts, headline, headline, self.inputs.term_years)

    def units_avoided(self) -> Floats:
        """Units avoided in the headline's window (draw, replication, year, line)."""
        headline = self.inputs.window
        return within(self.avoided, headline, headline, self.inputs.term_years)

    # -- flows by year (draw, replication, year) --------------------------------------------

    def cost_by_year(self, *, discounted: bool = True, in_kind: bool = True) -> Floats:
        """Cost by year, every funder's; in kind included unless it is left out."""
        counts = np.array([in_kind or row.type != "in_kind" for row in self.cost_rows], dtype=bool)
        flow = self.counted(np.asarray(self.cost[..., counts].sum(axis=-1)))
        return flow * self.cost_discount if discounted else flow

    def planned_by_year(self) -> Floats:
        """Money cost by year as a budget has it: undiscounted, uncorrected, nothing in kind."""
        money = np.array([row.type != "in_kind" for row in self.cost_rows], dtype=bool)
        return self.counted(np.asarray(self.planned[..., money].sum(axis=-1)))

    def counted(self, by_year: Floats) -> Floats:
        """Costs (draw, replication, year, ...) without those that the window leaves out."""
        if self.inputs.window != "budget":
            return by_year
        kept = by_year.copy()
        kept[:, :, self.inputs.term_years :] = 0.0
        return kept

    def saving_by_year(
        self, weights: Floats, window: Window | None = None, *, discounted: bool = True
    ) -> Floats:
        """Saving by year of the lines at their weights."""
        flow = self._lines_in(window)
        if discounted:
            flow = flow * self.saving_discount[: flow.shape[2]]
        return np.asarray((flow * weights).sum(axis=-1))

    def cashable_by_year(
        self, weights: Floats, window: Window | None = None, *, discounted: bool = True
    ) -> Floats:
        """Cash released by year, as many years longer as the longest lag."""
        flow = self.cashable[window or self.inputs.window]
        return np.asarray(
            (flow * (self.saving_discount * weights if discounted else weights)).sum(axis=-1)
        )

    # -- present values (draw, replication) -------------------------------------------------

    @cached_property
    def total_cost(self) -> Floats:
        """Present value of cost, every funder's, in kind included."""
        return np.asarray(self.cost_by_year().sum(axis=-1))

    def total_saving(self, weights: Floats, window: Window | None = None) -> Floats:
        """Present value of saving of the lines at their weights."""
        return np.asarray((self.present_by_line(window) * weights).sum(axis=-1))

    def present_by_line(self, window: Window | None = None) -> Floats:
        """Present value of saving of each line in a window (draw, replication, line)."""
        asked = window or self.inputs.window
        if asked not in self._present:
            factors = self.saving_discount[: self.saving.shape[2]]
            self._present[asked] = np.asarray((self._lines_in(asked) * factors).sum(axis=2))
        return self._present[asked]

    def present_by_year(self) -> Floats:
        """Present value of saving by year and line (draw, replication, year, line)."""
        return self._lines_in(None) * self.saving_discount[: self.saving.shape[2]]

    def total_cashable(self, weights: Floats, window: Window | None = None) -> Floats:
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
        return np.asarray((self.counted(self.paid) * self.cost_discount[:, np.newaxis]).sum(axis=2))

    def _lines_in(self, window: Window | None) -> Floats:
        headline = self.inputs.window
        return within(self.saving, window or headline, headline, self.inputs.term_years)

    @cached_property
    def _present(self) -> dict[Window, Floats]:
        return {}

    @cached_property
    def _counts(self) -> dict[tuple[View, bool], Floats]:
        return {}
