"""``sweep``: what an answer hangs on, from a tornado to Sobol indices over every number.

Read in this order: `asked` (what is wanted), `varied` and `targets` (which numbers, which outputs),
`model` (the scenario as a function of points, with `reads` so that a price simulates nothing),
`evaluating` (points kept as they are made), then the methods `one_way`, `all_at_once` and
`on_draws`, `told` (what a reader gets) and `sweep`, which ties them together.
"""

from familyflow.experiments.sweeps.asked import Asked, asked_again
from familyflow.experiments.sweeps.point import sweep_point
from familyflow.experiments.sweeps.sweep import prepare, sweep

__all__ = ["Asked", "asked_again", "prepare", "sweep", "sweep_point"]
