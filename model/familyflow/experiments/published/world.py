"""The model that cases are put to: a scenario, simulated once and only if a case needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from familyflow.economics.appraisal import Ledger
from familyflow.experiments.engine_names import DEFAULT_ENGINE
from familyflow.experiments.engines import announce, solver_of
from familyflow.experiments.gathering import Priced
from familyflow.experiments.inputs import Inputs, Progress, Settings, draw_inputs, load_inputs
from familyflow.experiments.options.simulate import gather
from familyflow.experiments.run import silent, unheard
from familyflow.experiments.workers import default_workers
from familyflow.parameters.draws import base_values
from familyflow.scenarios.resolve import Resolved

DRAWS: Final = 100  # a second's work; ratios move by some hundredths from seed to seed


@dataclass
class World:
    """A scenario with its choices; figures are those of so many draws, one luck each.

    Reading it raises InputError for bad input.
    """

    scenario: str
    sets: Sequence[str] = ()
    parameter_files: Sequence[Path] = ()
    draws: int = DRAWS
    seed: int | None = None
    progress: Progress | None = None
    say: Callable[[str], object] = unheard
    threads: int = field(default_factory=default_workers)

    @cached_property
    def resolved(self) -> Resolved:
        """The scenario with every choice applied."""
        return load_inputs(self.scenario, self.sets, self.parameter_files)

    @cached_property
    def base(self) -> Mapping[str, Any]:
        """The stated values."""
        return base_values(self.resolved.parameters)

    @cached_property
    def settings(self) -> Settings:
        """How much is simulated; every draw once."""
        seed = self.resolved.seed if self.seed is None else self.seed
        settings = Settings(self.draws, 1, seed, threads=self.threads, twice=False)
        settings.check()
        return settings

    @cached_property
    def inputs(self) -> Inputs:
        """Every draw's numbers with their solved effects."""
        announce(DEFAULT_ENGINE, self.say)
        solver = solver_of(DEFAULT_ENGINE, self.threads)
        return draw_inputs(self.resolved, self.settings, self.progress or silent, solver)

    @cached_property
    def priced(self) -> Priced:
        """What was simulated, priced."""
        return gather(self.inputs, DEFAULT_ENGINE, self.threads, self.progress or silent)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the mean of the draws."""
        return self.priced.mean

    def counted(self, name: str) -> float:
        """The mean of a quantity in the arm with the service, every year."""
        return float(self.ledger.inputs.quantities.with_service(name).mean())

    def figure(self, name: str) -> float:
        """The mean of a figure of the answer, such as money.fiscal_return; NaN if undefined."""
        return float(self.priced.figures.main[name].mean())
