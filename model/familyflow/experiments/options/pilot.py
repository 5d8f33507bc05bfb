"""How many draws a comparison takes, from a pilot: by the precision that the decision needs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.options.best import VALUE
from familyflow.experiments.options.load import Option
from familyflow.experiments.options.simulate import draw_options, gather
from familyflow.experiments.precision import Draws, draws_to_be_within

DRAWS: Final = 100  # of the pilot
LEAST, MOST, STEP = 100, 20_000, 100  # of the comparison


def draws_within(
    pounds: float,
    options: Sequence[Option],
    settings: Settings,
    engine: str,
    progress: Progress,
    say: Callable[[str], object],
) -> int:
    """Draws with which net public value of each option less the first is known to so many pounds.

    Tells the reason in a line. In hundreds, at least 100 and at most 20,000.
    """
    few = replace(settings, draws=DRAWS)
    values = [
        gather(inputs, engine, settings.threads, progress).figures.main[VALUE].by_draw()
        for inputs in draw_options(options, few, progress, engine)
    ]
    found = [_needed(pounds, other - values[0], option.name, options[0].name)
             for other, option in zip(values[1:], options[1:], strict=True)]  # fmt: skip
    most = max(found, key=lambda one: MOST if one.draws is None else one.draws)
    wanted = MOST if most.draws is None else most.draws
    chosen = min(MOST, max(LEAST, STEP * math.ceil(wanted / STEP)))
    say(f"A pilot of {most.reason} So {chosen:,} draws are made.")
    return chosen


def _needed(pounds: float, difference: np.ndarray, name: str, less: str) -> Draws:
    variance = float(np.var(difference, ddof=1))
    return draws_to_be_within(pounds, variance, DRAWS, subject=f"{name} less {less}")
