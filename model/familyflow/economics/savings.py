"""What others save: fewer weeks in care, fewer incidents, priced, and how much of it is cash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from familyflow.economics.adjustments import OptimismBias, check_share
from familyflow.economics.amounts import Amount, Floats, columns
from familyflow.economics.chain_line import Chain
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import WITH, WITHOUT, Quantities
from familyflow.economics.unit_costs import UnitCost, value_per
from familyflow.problems import bad_input

Evidence = Literal["comparison_group", "weaker"]

# The other arm of the simulation already holds these; on a simulated line they would count twice.
CHAIN_SETTINGS: Final = (
    "deadweight",
    "attribution",
    "drop_off",
    "profile",
    "prevalence",
    "engagement",
    "retained",
    "impact",
)


@dataclass(frozen=True)
class Cashable:
    """How much of a saving could really be taken out of a budget, and when.

    share: of the saving; lag_years: whole years until it can be released. units_per_year, where
    given, releases whole units only: of 100 weeks avoided in a year, with 52 weeks a unit, 52
    count. Whole units are taken in each replication, before any average, in both directions.
    """

    share: Amount = 0.0
    lag_years: int = 0
    units_per_year: float | None = None

    def __post_init__(self) -> None:
        check_share(self.share, "cashable")
        if self.lag_years < 0 or self.lag_years != int(self.lag_years):
            raise bad_input(f"lag_years is {self.lag_years}", "Whole years.", where="cashable")
        if self.units_per_year is not None and self.units_per_year <= 0:
            raise bad_input(f"units_per_year is {self.units_per_year}", where="cashable")


@dataclass(frozen=True)
class BenefitLine:
    """One line: saving = units avoided x share x unit cost.

    Simulated, the units avoided are the quantity without the service less that with it. With a
    `chain` they are worked out from the quantity, which is then its population (families started,
    say), with the service less without it.
    `share` is the part of the quantity that the unit cost applies to (a number, or one a draw).
    `evidence` says whether the effect behind it rests on studies with a comparison group: only
    those enter the headline. `discount` names the schedule; empty is that of the costs. Lines of
    one `double_count_group` and kind count the same thing twice unless each is `disjoint`.
    """

    name: str
    label: str
    quantity: str
    unit_cost: UnitCost
    share: Amount = 1.0
    cashable: Cashable = Cashable()
    evidence: Evidence = "comparison_group"
    discount: str = ""
    double_count_group: str = ""
    disjoint: bool = False
    grade: str = ""
    chain: Chain | None = None

    def __post_init__(self) -> None:
        check_share(self.share, self.name)
        if self.evidence not in get_args(Evidence):
            raise bad_input(
                f"there is no evidence {self.evidence!r}",
                "It is comparison_group or weaker.",
                where=self.name,
            )
        if not self.unit_cost.falls_on:
            raise bad_input(
                f"nobody is named on whom {self.unit_cost.key} falls",
                "Give falls_on: each agency's share, adding to 1.",
                where=self.name,
            )

    def unit_in(self, quantities: Quantities) -> str:
        """What a unit avoided is counted in."""
        if self.chain is not None:
            return self.chain.unit
        return quantities.units[quantities.position(self.quantity, self.name)]

    @property
    def worst_grade(self) -> str:
        """The worse of the line's own evidence grade and its unit cost's."""
        return max(self.grade, self.unit_cost.grade)


def refuse_chain_settings(name: str, settings: Iterable[str]) -> None:
    """Refuse, on a simulated line, what only a chain line may carry; the line is named."""
    found = [setting for setting in settings if setting in CHAIN_SETTINGS]
    if found:
        raise bad_input(
            f"a simulated line cannot carry {', '.join(found)}",
            "The arm without the service already holds what would have happened anyway.",
            where=name,
        )


def saving_prices(
    lines: Sequence[BenefitLine],
    quantities: Quantities,
    deflators: Deflators,
    price_year: str,
    bias: OptimismBias,
) -> Floats:
    """Pounds of `price_year` saved for a unit of quantity avoided (draw, line), share included."""
    values: list[tuple[Amount, str]] = []
    factors = np.empty(len(lines))
    for column, line in enumerate(lines):
        values.append((value_per(line.unit_cost, line.unit_in(quantities)), line.name))
        factors[column] = deflators.factor(line.unit_cost.price_year, price_year)
    if bias.mode != "none":
        cut = [(bias.saving_factor(line.worst_grade), line.name) for line in lines]
        factors = factors * columns(cut, quantities.draws)
    shares = columns([(line.share, line.name) for line in lines], quantities.draws)
    return columns(values, quantities.draws) * shares * factors


def avoided(
    lines: Sequence[BenefitLine], quantities: Quantities, follow_up_years: int, watched_years: int
) -> Floats:
    """Units avoided (draw, replication, year, in follow-up, line): without less with.

    Negative where there is more of it with the service: escalation that it uncovers, say.
    """
    places = [quantities.position(line.quantity, line.name) for line in lines]
    amounts = quantities.amounts
    fewer = np.asarray((amounts[:, :, WITHOUT] - amounts[:, :, WITH])[..., places])
    for column, line in enumerate(lines):
        if line.chain is not None:
            population = -fewer[..., column].sum(axis=-1)
            fewer[..., column] = line.chain.units_by_year(
                population, follow_up_years, watched_years
            )
    return fewer


def longest_lag(lines: Sequence[BenefitLine]) -> int:
    """Years by which cash can come after the last year of the quantities."""
    return max((line.cashable.lag_years for line in lines), default=0)


def cashable_by_year(
    lines: Sequence[BenefitLine], avoided_by_year: Floats, prices: Floats
) -> Floats:
    """Cash released (draw, replication, year + longest lag, line), undiscounted.

    avoided_by_year (draw, replication, year, line) is what one window holds. Only fiscal lines
    release cash.
    """
    draws, _, years, _ = avoided_by_year.shape
    released = _released_units(lines, avoided_by_year)
    share = columns([(line.cashable.share, line.name) for line in lines], draws)
    share[:, [line.unit_cost.kind != "fiscal" for line in lines]] = 0.0
    value = released * (prices * share)[:, np.newaxis, np.newaxis, :]
    lags = np.array([line.cashable.lag_years for line in lines], dtype=np.int64)
    cash = np.zeros((*value.shape[:2], years + longest_lag(lines), len(lines)))
    for lag in np.unique(lags):
        cash[:, :, lag : lag + years, lags == lag] = value[..., lags == lag]
    return cash


def _released_units(lines: Sequence[BenefitLine], avoided_by_year: Floats) -> Floats:
    """Quantity avoided that releases anything: whole units only on lines that say so."""
    stepped = [k for k, line in enumerate(lines) if line.cashable.units_per_year is not None]
    if not stepped:
        return avoided_by_year
    draws = len(avoided_by_year)
    units = np.array([lines[k].cashable.units_per_year for k in stepped], dtype=np.float64)
    share = columns([(lines[k].share, lines[k].name) for k in stepped], draws)
    share = share[:, np.newaxis, np.newaxis]
    released = avoided_by_year.copy()
    whole = _whole_units(avoided_by_year[..., stepped] * share, units)
    # the price holds the share already
    released[..., stepped] = np.divide(whole, share, out=np.zeros_like(whole), where=share > 0)
    return released


def _whole_units(amount: Floats, unit: Floats) -> Floats:
    """What is left of amounts (..., line) when only whole units (line,) count, towards zero.

    The small allowance keeps 52 weeks a whole unit when they were added up from days.
    """
    return np.asarray(np.trunc(amount / unit + np.sign(amount) * 1e-9) * unit)


def agency_shares(lines: Sequence[BenefitLine]) -> Mapping[str, Floats]:
    """Each agency's share of each line (line,), agencies in the order of their first line."""
    shares: dict[str, Floats] = {}
    for column, line in enumerate(lines):
        for agency, share in line.unit_cost.falls_on.items():
            if agency not in shares:
                shares[agency] = np.zeros(len(lines))
            shares[agency][column] = share
    return shares
