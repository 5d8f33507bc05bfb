"""What of the model a case may be put to, by the word that stands in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from familyflow.experiments.published import cross, paper, simulated
from familyflow.parameters.models import Model
from familyflow.parameters.yaml_tree import Wrong

Figures = Mapping[str, float]


def _no_mistakes(_: Any) -> Iterable[tuple[str, Wrong]]:
    return ()


@dataclass(frozen=True)
class Calculation:
    """One calculation: what it starts from, what it gives, and by which part of the model.

    work: takes inputs of `model` and the World (None on paper), gives figures by name. listed:
    their names where the world must be simulated first. mistakes: what does not fit together in
    the inputs, each with its field.
    """

    told: str
    model: type[Model]
    work: Callable[[Any, Any], Figures]
    listed: Sequence[str] = ()
    mistakes: Callable[[Any], Iterable[tuple[str, Wrong]]] = _no_mistakes

    @property
    def is_simulated(self) -> bool:
        """Whether figures are those of a simulated scenario."""
        return bool(self.listed)

    def names(self, inputs: Model) -> Sequence[str]:
        """The figures that it gives for these inputs; nothing is simulated."""
        return self.listed if self.is_simulated else [*self.work(inputs, None)]


def _on_paper(work: Callable[[Any], Figures]) -> Callable[[Any, Any], Figures]:
    return lambda inputs, _: work(inputs)


CALCULATIONS: Final[Mapping[str, Calculation]] = {
    "programme": Calculation(
        "the summary of a programme (economics.summary)",
        paper.Programme,
        _on_paper(paper.programme),
    ),
    "implied_cost": Calculation(
        "its own sum: the model knows a cost and never works one back",
        paper.ImpliedCost,
        _on_paper(paper.implied_cost),
        mistakes=paper.implied_cost_mistakes,
    ),
    "groups": Calculation(
        "cost lines of the ledger and the cost of a group (economics.costs)",
        paper.Groups,
        _on_paper(paper.groups),
        mistakes=paper.groups_mistakes,
    ),
    "months": Calculation(
        "unit costs by length of time (economics.unit_costs)",
        paper.Months,
        _on_paper(paper.months),
    ),
    "national_insurance": Calculation(
        "what a post costs its employer (economics.staff)",
        paper.Insurance,
        _on_paper(paper.insurance),
    ),
    "flow": Calculation("the simulated service", simulated.Scale, simulated.flow, simulated.FLOW),
    "returns": Calculation(
        "the simulated appraisal", simulated.Nothing, simulated.returns, simulated.RETURNS
    ),
    "cross_model": Calculation(
        "the simulation, the expected cohort and the chain of a workbook",
        simulated.Nothing,
        cross.cross,
        cross.CROSS,
    ),
}
