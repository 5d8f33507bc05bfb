"""The model as a function of points: places in the beliefs in, outputs of the answer out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from familyflow.experiments.blocks import summed_of
from familyflow.experiments.compiled_draws import CompiledDraws
from familyflow.experiments.engines import solver_of
from familyflow.experiments.gathering import sample_of
from familyflow.experiments.inputs import Inputs, Settings, draw_inputs
from familyflow.experiments.per_draw import PerDraw
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.readings import Sample, readings_of
from familyflow.experiments.sampling import no_collecting
from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.simulation import Simulated, simulate_plan
from familyflow.experiments.sweeps.reads import Noted, Parts, Remembered
from familyflow.experiments.sweeps.varied import pairs_among
from familyflow.luck import Luck
from familyflow.outcomes.records import records_of
from familyflow.outcomes.solve import BlockSolver, Solved, checked_reference, solve_records
from familyflow.parameters.at_points import values_at
from familyflow.parameters.drawn_values import DrawnValues, Floats
from familyflow.planning.plan import make_plan
from familyflow.scenarios.resolve import Resolved
from familyflow.specification.plan import Plan

MOST_PLANS = 200  # remembered: with what was simulated for each, some 10 MB


@dataclass(frozen=True)
class Planned:
    """A plan, and what was simulated with it, by luck."""

    plan: Plan
    simulated: dict[Luck, Simulated] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A scenario as a pure function of points, for any machine that has familyflow.

    names: of the columns of points: numbers of `uncertain`, and `LUCK` where luck is a factor.
    settings: replications, seed and follow-up. outputs: names as in `readings_of`.
    alone: points at which one number stands at a chosen place, or two do: no correlation moves
    them, and the outputs of every single replication follow, output by output.
    threads: simulate here side by side; they move no bit.
    """

    resolved: Resolved
    names: tuple[str, ...]
    settings: Settings
    engine: str
    outputs: tuple[str, ...]
    alone: bool = False
    threads: int = 1

    @property
    def columns(self) -> int:
        """How many numbers a point gives."""
        each = self.settings.replications if self.alone else 0
        return len(self.outputs) * (1 + each)

    def __call__(self, first: int, places: Floats) -> Floats:
        """The outputs (point, output) at these points (point, name); NaN where not defined.

        places: uniforms strictly between 0 and 1, or NaN for as stated. Every replication of a
        point enters its outputs as draws of a run do: averaged, and ratios are of averages.
        """
        with no_collecting():
            return self._outputs(places)

    def _outputs(self, places: Floats) -> Floats:
        kinds = {name.partition(".")[0] for name in self.outputs}
        figures = readings_of(self._sample(places), kinds)
        found = [figures[name].by_draw() for name in self.outputs]
        if self.alone:
            found += [self._each(figures[name]) for name in self.outputs]
        return np.column_stack(found)

    def _each(self, figure: PerDraw) -> Floats:
        """A figure (point, replication); NaN where it is kept as a mean over replications only."""
        values = figure.by_replication()
        if values.shape[1] == self.settings.replications:
            return values
        return np.full((len(values), self.settings.replications), np.nan)

    def figures_as_stated(self) -> dict[str, PerDraw]:
        """Every figure of the answer with every number as stated: one draw."""
        return readings_of(self._sample(np.full((1, len(self.names)), np.nan)))

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: nothing that was remembered here."""
        return {one.name: self.__dict__[one.name] for one in fields(self)}

    def _sample(self, places: Floats) -> Sample:
        """The points simulated and priced."""
        values = self._values(places)
        made = self._simulate(self._plans(values), [*self._lucks(places)])
        names = quantities_in(values.base)
        return sample_of(self.resolved.parameters, values, names, summed_of(made))

    def _values(self, places: Floats) -> DrawnValues:
        uniforms = {
            name: column for name, column in zip(self.names, places.T, strict=True) if name != LUCK
        }
        together = () if self.alone else pairs_among(self.resolved.correlations, self.names)
        return values_at(self.resolved.parameters, uniforms, len(places), together)

    def _lucks(self, places: Floats) -> Iterator[list[Luck]]:
        """The luck of each replication of each point."""
        seed, many = self.settings.seed, range(self.settings.replications)
        column = places[:, self.names.index(LUCK)] if LUCK in self.names else None
        for point in range(len(places)):
            own = 0 if column is None else Luck.of_column(seed, float(column[point])).draw
            yield [Luck(seed, own, one) for one in many]

    def _plans(self, values: DrawnValues) -> list[Planned]:
        records = records_of(values.by_key(), values.base)
        if len(records) < len(values):  # no solution depends on anything that moves
            records = np.repeat(records, len(values), axis=0)
        rows, _ = solve_records(records, self._reference, counted=len(records), solver=self._solver)

        def plan(noted: Noted, point: int, parts: Parts) -> Planned:
            return Planned(make_plan(noted, Solved(*rows[point].tolist()), parts))

        return self._remembered.each(values, rows, plan)

    def _simulate(
        self, plans: Sequence[Planned], lucks: Sequence[Sequence[Luck]]
    ) -> list[list[Simulated]]:
        """By point and replication; what was simulated before is not simulated again."""
        wanted = {
            (id(planned), luck): planned
            for planned, ones in zip(plans, lucks, strict=True)
            for luck in ones
            if luck not in planned.simulated
        }

        def simulate(one: tuple[tuple[int, Luck], Planned]) -> None:
            (_, luck), planned = one
            planned.simulated[luck] = self._one(planned.plan, luck)

        if self.threads == 1 or len(wanted) == 1 or self.engine == "simpy":
            for one in wanted.items():
                simulate(one)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(simulate, wanted.items()))
        return [
            [planned.simulated[luck] for luck in ones]
            for planned, ones in zip(plans, lucks, strict=True)
        ]

    def _one(self, plan: Plan, luck: Luck) -> Simulated:
        if self.engine == "simpy":
            return simulate_plan(plan, luck, inner=self.settings.follow_ups)
        return self._compiled.simulate(plan, luck)

    @cached_property
    def _compiled(self) -> CompiledDraws:
        return CompiledDraws(self._stated)

    @cached_property
    def _stated(self) -> Inputs:
        """The scenario as stated: one draw, which nothing reads, stands for all."""
        one = replace(self.settings, draws=1)
        return draw_inputs(self.resolved, one, lambda *_: None, self._solver)

    @cached_property
    def _reference(self) -> Floats:
        """What effects are solved against: looked at once, however many blocks there are."""
        return checked_reference(self._stated.reference)

    @property
    def _solver(self) -> BlockSolver:
        return solver_of(self.engine, self.threads)

    @cached_property
    def _remembered(self) -> Remembered[Planned]:
        return Remembered(self.resolved.parameters, MOST_PLANS)
