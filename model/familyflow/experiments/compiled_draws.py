"""Simulates draws with the compiled engine; each thread has memory of its own."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from familyflow.experiments.inputs import Inputs
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.sampling import luck_of
from familyflow.experiments.simulation import Simulated, kept_journals
from familyflow.luck import Luck
from familyflow.outcomes.levels_of_need import Solved, in_columns
from familyflow.parameters.drawn_values import DrawnValues
from familyflow.planning.plan import make_plan
from familyflow.specification.journal import Event
from familyflow.specification.plan import Plan

if TYPE_CHECKING:
    from familyflow.compiled.engine import Memory
    from familyflow.compiled.tables import Tables


class CompiledDraws:
    """The draws of a run, planned some at a time and simulated one by one, by any threads."""

    def __init__(self, inputs: Inputs, *, journal: bool = False, months: bool = False) -> None:
        from familyflow.compiled.sums import scheme_of

        self._inputs, self._journal, self._months = inputs, journal, months
        self._scheme = scheme_of(quantities_in(inputs.base), inputs.settings.follow_ups)
        self._of_thread = threading.local()
        self._first_call = threading.Lock()
        self._warm = False

    def draws(self, wanted: range, again: int) -> list[tuple[list[Simulated], list[Simulated]]]:
        """The replications of each of these draws, and one more of each before draw `again`."""
        planned = planned_draws(self._inputs.values, self._inputs.solved, wanted)
        return [
            self._draw(draw, plan, tables, is_again=draw < again)
            for draw, (plan, tables) in zip(wanted, planned, strict=True)
        ]

    def _draw(
        self, draw: int, plan: Plan, tables: Tables, *, is_again: bool
    ) -> tuple[list[Simulated], list[Simulated]]:
        settings = self._inputs.settings
        main = [
            self.simulate(
                plan,
                luck_of(settings, draw, one),
                tables=tables,
                keep_journal=self._journal,
                by_month=self._months,
            )
            for one in range(settings.replications)
        ]
        if not is_again:
            return main, []
        return main, [self.simulate(plan, luck_of(settings, draw, 1), tables=tables)]

    def simulate(
        self,
        plan: Plan,
        luck: Luck,
        *,
        tables: Tables | None = None,
        family_luck: Luck | None = None,
        keep_journal: bool = False,
        only: Collection[Event] = (),
        by_month: bool = False,
    ) -> Simulated:
        """As `simulation.simulate_plan`, bit for bit. tables: of the plan, if they are made."""
        sums = partial(
            self._sums,
            plan,
            luck,
            tables,
            family_luck,
            keep_journal=keep_journal,
            only=only,
            by_month=by_month,
        )
        if self._warm:
            return sums()
        with self._first_call:  # kernels are compiled once, not by every thread
            made = sums()
            self._warm = True
        return made

    def _sums(
        self,
        plan: Plan,
        luck: Luck,
        tables: Tables | None,
        family_luck: Luck | None,
        *,
        keep_journal: bool,
        only: Collection[Event],
        by_month: bool,
    ) -> Simulated:
        from familyflow.compiled.sums import simulate_sums

        sums = simulate_sums(
            plan,
            luck,
            self._scheme,
            self._memory(),
            tables=tables,
            family_luck=family_luck,
            by_month=by_month,
            keep_journal=keep_journal,
            only=only,
        )
        return Simulated(
            quantities=sums.quantities,
            figures=sums.figures,
            waiting=sums.waiting,
            caseload=sums.caseload,
            rows=sums.rows,
            by_month=sums.by_month,
            journal=None if sums.journal is None else kept_journals(*sums.journal, plan),
            families=sums.families,
        )

    def _memory(self) -> Memory:
        from familyflow.compiled.engine import Memory

        memory: Memory | None = getattr(self._of_thread, "memory", None)
        if memory is None:
            memory = self._of_thread.memory = Memory()
        return memory


def planned_draws(
    values: DrawnValues, solved: Sequence[Solved], wanted: range
) -> list[tuple[Plan, Tables]]:
    """For each of these draws a plan and its tables: one plan for all that have the same shape."""
    from familyflow.compiled.tables import make_tables, tables_by_draw

    try:
        if len(wanted) > 1:
            in_block = values.block(wanted.start, len(wanted))
            plan = make_plan(in_block, in_columns(solved[wanted.start : wanted.stop]))
            return [(plan, tables) for tables in tables_by_draw(plan, len(wanted))]
    except (TypeError, ValueError):
        # A column stood where one number is due, like the count of posts; or one of these draws
        # cannot be, which is told best of it by itself.
        pass
    plans = [make_plan(values[draw], solved[draw]) for draw in wanted]
    return [(plan, make_tables(plan)) for plan in plans]
