"""A closer look at some draws of a run: who is served, and what is families and what is chance.

The first draws are simulated again: with their own luck, keeping what became of whom, and with the
same families to whom other things happen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from familyflow.experiments.blocks import summed_of
from familyflow.experiments.first_draws import Simulate, draws_seen, look_at, own
from familyflow.experiments.inputs import Inputs, Progress
from familyflow.experiments.sampling import Task
from familyflow.experiments.simulation import Simulated
from familyflow.experiments.summed import Summed
from familyflow.experiments.who_is_served import Ints, Served, served_of
from familyflow.specification.plan import Plan


@dataclass(frozen=True)
class CloserLook:
    """What a closer look at draws 0, 1 ... of a run shows.

    own: those draws as the run simulated them, in their first replication; same_families: the same
    families and other events (those of the second replication). Each holds one replication a draw.
    """

    served: Served
    own: Summed
    same_families: Summed


@dataclass(frozen=True)
class _Seen:
    """One draw: what became of each group, and both simulations, without a journal."""

    served: Ints
    own: Simulated
    same_families: Simulated


def closer_look(
    inputs: Inputs, engine: str, workers: int, draws: int, progress: Progress
) -> CloserLook:
    """Look closer at the first `draws` of a run, or as many as there are, at most 100."""
    looked_at = min(draws, draws_seen(inputs.settings))
    seen = look_at(inputs, engine, workers, looked_at, _look, "looking closer", progress)
    return CloserLook(
        served_of([one.served for one in seen]),
        summed_of([[one.own] for one in seen]),
        summed_of([[one.same_families] for one in seen]),
    )


def _look(task: Task, plan: Plan, simulate: Simulate) -> _Seen:
    served, as_it_was = own(task, plan, simulate)
    other_events = replace(task.luck, replication=task.luck.replication + 1)
    same_families = simulate(plan, other_events, family_luck=task.luck)
    return _Seen(served, replace(as_it_was, journal=None, families=None), same_families)
