"""What records say of one parameter, or why they say nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.records.shares import Figure

NO_EFFECT: Final = (
    "A service sees only its own families, so no effect and no comparison is ever learnt from its "
    "records."
)
ONE: Final = ""  # the row of a parameter that is one number

_REFERRALS, _MAKE_UP, _WORK = "families.referrals.", "families.make_up.", "service.key_work."
SUITABLE = _REFERRALS + "suitable_per_year"
SOURCES = _REFERRALS + "share_by_source"
SCREENING = _REFERRALS + "screening"
REPEAT = _REFERRALS + "repeat_share"
UNTIL_RETURN = _REFERRALS + "weeks_until_return"
CHILDREN = _MAKE_UP + "children"
LEVEL = _MAKE_UP + "level_on_arrival"
MINORITY = _MAKE_UP + "minority_ethnic"
INTERPRETER = _MAKE_UP + "interpreter_need"
MOVES = _MAKE_UP + "moves_per_year"
NEEDS = "families.needs.combinations"
DECLINES = "service.waiting.declines"
PATIENCE = "service.waiting.mean_patience_weeks"
DISENGAGING = _WORK + "disengaging_per_week"
LARGER = _WORK + "disengaging_large_family"
ON_PLAN = _WORK + "disengaging_on_plan"
ENDED_BY_SERVICE = _WORK + "ended_by_service_per_week"
ATTENDANCE = _WORK + "attendance"

WRITABLE: Final = (
    SUITABLE, SOURCES, SCREENING, REPEAT, CHILDREN, LEVEL, MINORITY, INTERPRETER, MOVES, NEEDS,
    DECLINES, PATIENCE, DISENGAGING, ENDED_BY_SERVICE, ATTENDANCE,
)  # fmt: skip


def must_be_writable(key: str) -> None:
    """Refuse every parameter that records of one service cannot tell. Raises ValueError."""
    if key not in WRITABLE:
        raise ValueError(f"{key} is never learnt from case records. {NO_EFFECT}")


@dataclass(frozen=True)
class Estimate:
    """What is learnt of one parameter, in its own unit.

    n: cases, to be shown by suppress.in_words only. seen: events and exposure in words. Figures
    stand by the rows of the table, or under ONE for a single number. alone: from the records
    alone, without the rows whose counts are hidden. prior: the shipped belief's mean, and
    prior_words how much it weighs. posterior: mean and 95 % interval of both together.
    distribution: a shape with its settings for a parameter file, or None. sentence: what a reader
    should know. Raises ValueError for a parameter that records cannot tell.
    """

    key: str
    label: str
    unit: str
    n: int
    seen: str
    alone: Mapping[str, Figure]
    prior: Mapping[str, float]
    prior_words: str
    posterior: Mapping[str, Figure]
    distribution: Mapping[str, Mapping[str, float]] | None
    sentence: str

    def __post_init__(self) -> None:
        must_be_writable(self.key)

    @property
    def is_table(self) -> bool:
        """Whether it is a table of shares rather than one number."""
        return ONE not in self.posterior

    @property
    def written(self) -> dict[str, Any]:
        """Value or table for a parameter file."""
        if self.is_table:
            return {"table": {row: figure.value for row, figure in self.posterior.items()}}
        return {"value": self.posterior[ONE].value}


@dataclass(frozen=True)
class NotKnown:
    """A parameter (or all that begin so: `outcomes.effects.*`) that these records do not tell."""

    key: str
    reason: str


@dataclass(frozen=True)
class Estimates:
    """All that a file of records tells, and what it does not."""

    known: tuple[Estimate, ...]
    not_known: tuple[NotKnown, ...]
    prior_weight: float
    told: tuple[str, ...] = ()

    @property
    def by_key(self) -> dict[str, Estimate]:
        """The estimates by their keys."""
        return {one.key: one for one in self.known}
