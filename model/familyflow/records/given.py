"""What an estimator works from: the records as columns, the shipped numbers, the prior's weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from familyflow.parameters.distributions import Distribution
from familyflow.parameters.parameter import Parameter
from familyflow.records.arrays import CaseArrays
from familyflow.records.suppress import FEWEST_CASES, LEAST


class NotTold(Exception):
    """These records do not tell a parameter; the message is the reason, for a reader."""


@dataclass(frozen=True)
class Given:
    """Cases, parameters by key (a resolved mapping), and the weight of the shipped numbers."""

    cases: CaseArrays
    parameters: Mapping[str, Parameter]
    weight: float

    def value(self, key: str) -> float:
        """The stated value of one number."""
        return float(str(self.parameters[key].value))

    def mean(self, key: str) -> float:
        """The mean of what is believed of one number."""
        belief = self.belief(key)
        return self.value(key) if belief is None else belief.mean

    def belief(self, key: str) -> Distribution | None:
        """What is believed of one number; None where it is fixed."""
        belief = self.parameters[key].distribution
        return belief if isinstance(belief, Distribution) else None

    def table(self, key: str) -> dict[str, float]:
        """A table of shares by its rows."""
        return {str(row): float(share) for row, share in self.parameters[key].table.items()}

    def need(self, *columns: str) -> None:
        """Raise NotTold where the file has not all of these columns."""
        missing = [name for name in columns if name not in self.cases.columns]
        if missing:
            raise NotTold(f"The file has no column {' and no column '.join(missing)}.")


def enough_cases(cases: float, what: str) -> None:
    """Raise NotTold where fewer than 10 cases tell it."""
    if cases < FEWEST_CASES:
        raise NotTold(f"Fewer than {FEWEST_CASES} {what}.")


def enough_events(events: float, what: str) -> None:
    """Raise NotTold where it happened (or did not happen) fewer than 5 times."""
    if events < LEAST:
        raise NotTold(f"Fewer than {LEAST} {what}.")
