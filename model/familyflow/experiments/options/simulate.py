"""Simulates and prices each option, draw for draw under the same luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from familyflow.experiments.answer import Answer, answer_of, unpriced_of
from familyflow.experiments.blocks import Block, ByWeek
from familyflow.experiments.engines import blocks_of, solver_of
from familyflow.experiments.gathering import Gathering, More, Priced
from familyflow.experiments.inputs import Inputs, Progress, Settings, SolvedBefore, draw_inputs
from familyflow.experiments.options.load import Option
from familyflow.experiments.per_draw import Figures, Gathered
from familyflow.experiments.quantity_names import quantities_in
from familyflow.parameters.drawn_values import DrawnValues

# The figures by draw that differences, rankings and axes are made of
COMPARED: Final = ("flow.", "money.", "rate.")
Watch = Callable[[Block], object]


@dataclass(frozen=True)
class OptionRun:
    """An option with everything that was found of it. answer: as `run` would give it."""

    option: Option
    inputs: Inputs
    priced: Priced
    answer: Answer

    @property
    def name(self) -> str:
        """The option's name in this comparison."""
        return self.option.name

    @property
    def main(self) -> Figures:
        """Every figure by draw and replication."""
        return self.priced.figures.main

    @property
    def twice(self) -> Figures | None:
        """Every figure of the draws that were simulated twice; None where none was."""
        return self.priced.figures.twice

    @property
    def results(self) -> dict[str, Any]:
        """What results.json of a run of this option holds."""
        return self.answer.results


def draw_options(
    options: Sequence[Option], settings: Settings, progress: Progress, engine: str
) -> list[Inputs]:
    """The numbers of every option: a number of one name has the same draws in all of them.

    Effects are solved once for all options that believe the same, and equal draws held once.
    """
    solver, before = solver_of(engine, settings.threads), SolvedBefore()
    drawn: list[Inputs] = []
    for option in options:
        own = draw_inputs(option.resolved, settings, progress, solver, before)
        if drawn:
            own = replace(own, values=own.values.sharing(drawn[0].values))
        drawn.append(own)
    return drawn


def run_option(
    option: Option,
    inputs: Inputs,
    run_id: str,
    engine: str,
    workers: int,
    progress: Progress,
    more: Sequence[More] = (),
    watch: Watch = lambda _: None,
) -> OptionRun:
    """Simulate and price every draw of one option.

    more: reads further figures off each block. watch: is shown every block, to keep it.
    """
    show, names = _named(option.name, progress), quantities_in(inputs.base)
    gathering = Gathering(inputs.resolved.parameters, inputs.values, names, more)
    weeks = ByWeek(inputs.settings.draws * inputs.settings.replications)
    for block in blocks_of(inputs, engine, workers, show, journal=False, months=False):
        watch(block)
        gathering.add(block.first, block.summed, block.again)
        weeks.add(block)
    priced = gathering.priced()
    unpriced = unpriced_of(inputs, weeks.waiting, weeks.caseload)
    answer = answer_of(run_id, inputs, priced, unpriced)
    return OptionRun(option, inputs, _compared(priced), answer)


def _compared(priced: Priced) -> Priced:
    """With no more figures by draw than a comparison reads: the others are in the answer."""

    def kept(figures: Figures) -> Figures:
        return {name: one for name, one in figures.items() if _is_compared(name)}

    twice = priced.figures.twice
    figures = Gathered(kept(priced.figures.main), None if twice is None else kept(twice))
    return replace(priced, figures=figures, others=())


def _is_compared(name: str) -> bool:
    """Of other rules of appraisal, only net public value is compared."""
    return name.startswith(COMPARED) or (
        name.startswith("rule.") and name.endswith(".net_present_value")
    )


def _named(name: str, progress: Progress) -> Progress:
    """Progress that says which option it is about."""

    def show(stage: str, done: int, of: int) -> None:
        progress(f"{stage} {name}" if stage == "simulating" else stage, done, of)

    return show


def at_stated_values(inputs: Inputs, draws: int) -> Inputs:
    """The same option at its stated values, under the luck of the first draws: the base case."""
    settings = replace(inputs.settings, draws=min(draws, inputs.settings.draws))
    values = DrawnValues(settings.draws, inputs.base, {}, lambda _: inputs.base)
    solved = [inputs.base_solved] * settings.draws
    return replace(inputs, settings=settings, values=values, solved=solved)


def first_draws(inputs: Inputs, draws: int) -> Inputs:
    """The same option with its first draws alone."""
    count = min(draws, inputs.settings.draws)
    settings = replace(inputs.settings, draws=count)
    return replace(
        inputs, settings=settings, values=inputs.values[:count], solved=inputs.solved[:count]
    )


def gather_twice(
    option: Option, inputs: Inputs, engine: str, workers: int, progress: Progress
) -> Priced:
    """As `gather`, with the draws that are simulated twice, so that chance can be taken out."""
    gathering = Gathering(inputs.resolved.parameters, inputs.values, quantities_in(inputs.base))
    show = _named(option.name, progress)
    for block in blocks_of(inputs, engine, workers, show, journal=False, months=False):
        gathering.add(block.first, block.summed, block.again)
    return gathering.priced()


def gather(
    inputs: Inputs, engine: str, workers: int, progress: Progress, more: Sequence[More] = ()
) -> Priced:
    """Simulate and price these inputs, keeping no more than figures by draw."""
    gathering = Gathering(
        inputs.resolved.parameters, inputs.values, quantities_in(inputs.base), more
    )
    for block in blocks_of(inputs, engine, workers, progress, journal=False, months=False):
        gathering.add(block.first, block.summed)
    return gathering.priced()
