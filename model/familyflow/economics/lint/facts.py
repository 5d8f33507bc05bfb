"""What the rules look at: lines of saving, unit costs, ratios and years, as plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from familyflow.economics.savings import BenefitLine
from familyflow.economics.unit_costs import UnitCost

Field = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """One objection: to which field of which entry, what, and what to do.

    `wrong` marks what would make a number wrong. `others` are the other entries it is about.
    """

    key: str
    field: Field
    what: str
    to_do: str
    wrong: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A line of saving and what its entry says of it.

    `counted_in` is the unit of its quantity, empty where it is not known. `only_with_service` says
    that its quantity is what the service does, which nobody has without it. `rate_without` is the
    share of all who take part who would have achieved the outcome anyway, where it is known.
    `has_source` says that the line names the study its effect rests on.
    """

    line: BenefitLine
    counterfactual: str
    counted_in: str = ""
    rate_without: float | None = None
    note: str = ""
    has_source: bool = True
    only_with_service: bool = False


@dataclass(frozen=True)
class Ratio:
    """An outcome with the service for one without, and all that is said of where it is from."""

    key: str
    value: float
    said: str


@dataclass(frozen=True)
class Horizon:
    """The years of a case: of its term, its follow-up, its evidence and its prices.

    observed_years: for how long effects were observed. longest_years: the longest follow-up of a
    published appraisal. retention: share of an effect left after a year. oldest_years: how many
    years prices may be moved by the general price level without a word.
    """

    term_years: float
    follow_up_years: float
    watched_years: float
    window: str
    price_year: str
    retention: float
    observed_years: float
    longest_years: float
    oldest_years: float

    @property
    def counted_years(self) -> float:
        """For how long after a referral the headline can count."""
        return self.watched_years if self.window == "everything" else self.follow_up_years


@dataclass(frozen=True)
class Facts:
    """A case as the rules see it, at its stated values.

    unit_costs by key; said_of_transfer: the keys of those that say whether they are transfers.
    before_after: the share of a before-and-after change put down to the service. sunsets: by key,
    the last day on which an entry was fresh, and as it is written. Without today none has passed.
    """

    claims: tuple[Claim, ...] = ()
    unit_costs: Mapping[str, UnitCost] = field(default_factory=dict)
    said_of_transfer: frozenset[str] = frozenset()
    ratios: tuple[Ratio, ...] = ()
    before_after: float | None = None
    sunsets: Mapping[str, tuple[date, str]] = field(default_factory=dict)
    horizon: Horizon | None = None
    today: date | None = None

    def has_passed(self, key: str) -> bool:
        """Whether the entry should have been looked at again by now."""
        return self.today is not None and key in self.sunsets and self.sunsets[key][0] < self.today
