"""What stands on a worker of a Dask cluster: the function, sent there once, and how it is asked."""

from __future__ import annotations

from distributed import WorkerPlugin, get_worker

from familyflow.experiments.points.answer import Answer, answer
from familyflow.experiments.points.points import Evaluate, Floats
from familyflow.problems import RefusedError
from familyflow.store import machine

Versions = dict[str, str | None]


class NotHereError(LookupError):
    """The function has not come to this worker, which joined at that very moment."""


class Function(WorkerPlugin):
    """The function on a worker. The scheduler sends it to workers that join later, too.

    (Data scattered among workers would be lost with them.)
    """

    def __init__(self, evaluate: Evaluate, outputs: int) -> None:
        self.evaluate, self.outputs = evaluate, outputs


def versions() -> Versions:
    """The model's code and the libraries whose arithmetic reaches the outputs, as they are here."""
    return {"familyflow": machine.source_hash()[:10], **machine.library_versions(machine.COUNTED)}


def refuse_other_versions(here: Versions, there: Versions, who: str) -> None:
    """Raise RefusedError, naming both, when a worker would work with something else."""
    other = [name for name in here if here[name] != there[name]]
    if other:
        told = ", ".join(f"{name} {there[name]} (here {here[name]})" for name in other)
        raise RefusedError(
            f"{who} works with {told}: outputs must not be mixed. Install the same everywhere."
        )


def answer_here(name: str, expected: Versions, first: int, places: Floats) -> Answer:
    """On a worker: the outputs of neighbouring points by the function of this name."""
    worker = get_worker()
    refuse_other_versions(expected, versions(), f"the worker {worker.address}")
    function = worker.plugins.get(name)
    if not isinstance(function, Function):
        raise NotHereError(name)
    return answer(function.evaluate, first, places, function.outputs)
