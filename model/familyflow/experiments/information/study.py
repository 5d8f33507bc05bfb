"""A study that could be made: whom it follows, what it would show, what it costs and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.experiments.information.basis import Floats
from familyflow.problems import bad_input

MOST_RISK = 0.999  # a harmful ratio cannot make an outcome surer than sure


@dataclass(frozen=True)
class Study:
    """A trial with and without the service, of one outcome that children may have.

    informs: the parameter, a ratio of risks (with the service over without it). base_risk: the
    chance of the outcome at the follow-up without the service. share_followed_up: of the children.
    intra_family_correlation: how alike children of a family are, 0 to 1. Costs in
    GBP; families_per_arm may be 0, which is no study and costs nothing.
    """

    informs: str
    families_per_arm: float
    children_per_family: float
    base_risk: float
    share_followed_up: float
    intra_family_correlation: float
    cost_fixed: float
    cost_per_family: float
    months_until_report: float

    def __post_init__(self) -> None:
        for name, fits in self._rules().items():
            if not fits:
                value = getattr(self, name)
                raise bad_input(
                    f"{name} is {value}", _TO_DO[name], where=f"study of {self.informs}"
                )

    @property
    def design_effect(self) -> float:
        """How many times the variance of as many only children (Kish, Survey Sampling, 1965)."""
        return 1.0 + (self.children_per_family - 1.0) * self.intra_family_correlation

    def cost(self) -> float:
        """GBP, for both arms."""
        if self.families_per_arm == 0:
            return 0.0
        return self.cost_fixed + 2.0 * self.families_per_arm * self.cost_per_family

    def standard_error(self, ratio: Floats, base_risk: Floats | None = None) -> Floats:
        """Of the log ratio, for each true ratio (draw,); infinite without families.

        The root of: design effect x the sum over both arms of (1 - risk) / (children x risk), of a
        log risk ratio (Katz and others, Biometrics 1978). base_risk (draw,): that of each draw,
        instead of the study's own.
        """
        risk = np.full(len(ratio), self.base_risk) if base_risk is None else base_risk
        children = self.families_per_arm * self.children_per_family * self.share_followed_up
        with np.errstate(divide="ignore"):
            without, with_service = (
                (1.0 - chance) / (children * chance)
                for chance in (risk, np.minimum(risk * ratio, MOST_RISK))
            )
        return np.asarray(np.sqrt(self.design_effect * (without + with_service)))

    def _rules(self) -> dict[str, bool]:
        return {
            "families_per_arm": 0 <= self.families_per_arm < np.inf,
            "children_per_family": 1 <= self.children_per_family < np.inf,
            "base_risk": 0 < self.base_risk < 1,
            "share_followed_up": 0 < self.share_followed_up <= 1,
            "intra_family_correlation": 0 <= self.intra_family_correlation <= 1,
            "cost_fixed": 0 <= self.cost_fixed < np.inf,
            "cost_per_family": 0 <= self.cost_per_family < np.inf,
            "months_until_report": 0 <= self.months_until_report < np.inf,
        }


_TO_DO = {
    "families_per_arm": "It counts families, so give 0 or more.",
    "children_per_family": "A family has at least one child.",
    "base_risk": "It is a chance, between 0 and 1.",
    "share_followed_up": "It is a share, above 0 and at most 1.",
    "intra_family_correlation": "It is a share, 0 to 1.",
    "cost_fixed": "Give pounds, 0 or more.",
    "cost_per_family": "Give pounds, 0 or more.",
    "months_until_report": "Give months, 0 or more.",
}
