"""What it means that a result lies above or below nothing, in words that follow 'would'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from familyflow.reports.words import window

Results = Mapping[str, Any]


class Sign(NamedTuple):
    """Who would do what: 'the service' would 'save more than it costs' above the turn.

    wanted: the better side, 1 or -1. is_plain: the turn has no name, and may have little meaning.
    at: where the turn is.
    """

    subject: str
    above: str
    below: str
    wanted: int = 1
    is_plain: bool = False
    at: float = 0.0

    def side_of(self, output: float) -> int:
        """The side of the turn on which an output lies, 1 or -1; the turn is on the upper one."""
        return 1 if output >= self.at else -1

    def would(self, sign: int) -> str:
        """What the subject would do on that side of the turn."""
        return self.above if sign > 0 else self.below


_WORTH = Sign(
    "the service", "be worth more to the public than it costs",
    "cost more than it is worth to the public",
)  # fmt: skip
_WITH_WEAKER = Sign(
    "the service", "be worth more to the public than it costs, weaker evidence counted in",
    "cost more than it is worth to the public, even with weaker evidence counted in",
)  # fmt: skip
_SAVES = Sign("the service", "save at least what it costs", "save less than it costs")
_WINDOWED: Final = {
    "fiscal_return": _SAVES,
    "fiscal_return_with_weaker_evidence": _SAVES._replace(
        above=f"{_SAVES.above}, weaker evidence counted in",
        below=f"{_SAVES.below}, even with weaker evidence counted in",
    ),
    "cashable_fiscal_return": _SAVES._replace(
        above=f"{_SAVES.above} in cashable savings", below=f"{_SAVES.below} in cashable savings",
    ),
    "benefit_cost_ratio": _WORTH,
    "benefit_cost_ratio_with_weaker_evidence": _WITH_WEAKER,
    "net_saving": Sign("the service", "save more than it costs", "cost more than it saves"),
    "public_net_saving": Sign(
        "the service", "save public services more than public funders pay for it",
        "cost public funders more than it saves public services",
    ),
    "council_net_saving": Sign(
        "the service", "save the council more than it pays for it",
        "cost the council more than it saves it",
    ),
    "net_present_budget_impact": Sign(
        "the service", "cost public budgets more than it saves them",
        "save public budgets more than it costs them", wanted=-1,
    ),
    "net_present_value": _WORTH,
    "net_present_value_weighted": _WORTH,
    "net_present_value_with_weaker_evidence": _WITH_WEAKER,
    "net_present_value_weighted_with_weaker_evidence": _WITH_WEAKER,
}  # fmt: skip


def sign_of(target: Results, results_about: Results) -> Sign:
    """The words for a target; 'lie above zero' where there are no better ones."""
    known = _WINDOWED.get(str(target["target"]).rpartition(".")[2])
    at = float(target.get("turns_at") or 0.0)
    if known is None:
        subject, turn = f"the {lowered(str(target['label']))}", f"{at:g}" if at else "zero"
        return Sign(subject, f"lie above {turn}", f"lie below {turn}", is_plain=True, at=at)
    within = _within(results_about)
    return known._replace(above=f"{known.above} {within}", below=f"{known.below} {within}", at=at)


def lowered(label: str) -> str:
    """A label within a sentence: its first letter small, unless it begins with a short form."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _within(results_about: Results) -> str:
    try:
        return window(results_about)
    except KeyError:  # the length of what was followed is not among the results
        return "over everything followed"
