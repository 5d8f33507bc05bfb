"""What is read off one priced block of draws: every figure of the answer that has an interval.

Names say where a figure belongs: ``flow.``, ``money.``, ``agency.``, ``funder.``, ``year.``,
``net.``, ``fewer.`` and ``care.``; figures under other rules of appraisal begin with ``rule.``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from familyflow.economics import statements, targets
from familyflow.economics.appraisal import Ledger
from familyflow.economics.who_pays import nets
from familyflow.experiments.per_draw import PerDraw, Share
from familyflow.experiments.quantities import WITH, WITHIN, WITHOUT
from familyflow.experiments.statistics import Floats
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

SUMS_OF_FLOW: Final = (
    ("families_referred", "families", ("families_referred",)),
    ("families_accepted", "families", ("families_accepted",)),
    ("families_signposted", "families", ("families_signposted",)),
    ("families_started", "families", ("families_started",)),
    ("families_completed", "families", ("families_completed",)),
    ("families_declined", "families", ("families_declined",)),
    ("families_gave_up_waiting", "families", ("families_gave_up_waiting",)),
    ("families_turned_away", "families", ("families_left_list", "families_signposted")),
    ("families_referred_up", "families", ("families_referred_up",)),
    ("families_improved", "families", ("families_improved",)),
    ("children_supported", "children", ("children_supported",)),
    ("sessions_held", "sessions", ("sessions",)),
    ("contact_hours", "hours", ("key_work_hours",)),
    ("escalations_detected", "steps", ("escalations_detected",)),
)
FIGURES_OF_FLOW: Final = (
    ("mean_wait_weeks", "weeks"),
    ("mean_wait_weeks_of_all", "weeks"),
    ("families_started_minority_ethnic", "families"),
    ("families_started_with_interpreter", "families"),
    ("p90_wait_weeks", "weeks"),
    ("caseload_utilisation", "share"),
    ("children_looked_after_avoided", "children"),
    ("of_which_delayed", "children"),
)
CARE_WEEKS: Final = "care_weeks_avoided"
MONEY: Final = tuple(targets.TARGETS)
KINDS: Final = ("flow", "money", "agency", "funder", "year", "net", "fewer", "care")
NET_YEARS: Final = ("total", "within_the_term", "after_the_term")

Named = Iterator[tuple[str, PerDraw]]


@dataclass(frozen=True)
class Sample:
    """One block of simulations: priced, and with the figures that no sum gives.

    figures[name] is an array (draw, replication). outcomes names the quantities that say how
    children and families fare: they are counted in the headline's window.
    """

    ledger: Ledger
    figures: Mapping[str, Floats]
    outcomes: frozenset[str]

    def total(self, name: str, arm: int = WITH) -> Floats:
        """A quantity (draw, replication) over every year; outcomes in the headline's window."""
        if name in self.outcomes:
            counted: Floats = self.ledger.happened([name])[:, :, arm, :, 0].sum(axis=-1)
            return counted
        quantities = self.ledger.inputs.quantities
        place = quantities.position(name, "results")
        total: Floats = quantities.amounts[:, :, arm, :, WITHIN, place].sum(axis=-1)
        return total


def readings_of(sample: Sample, kinds: Collection[str] | None = None) -> dict[str, PerDraw]:
    """Every figure of the answer, by its name, for this block of draws.

    kinds: what the wanted names begin with, e.g. ``money``; by default all of `KINDS`.
    """
    made = {
        "flow": lambda: _flow(sample),
        "money": lambda: _money(sample.ledger, "money.", MONEY),
        "agency": lambda: _agencies(sample.ledger),
        "funder": lambda: _funders(sample.ledger),
        "year": lambda: _years(sample.ledger),
        "net": lambda: _nets(sample.ledger),
        "fewer": lambda: _fewer(sample),
        "care": lambda: _in_care(sample.ledger),
    }
    return dict(pair for kind in KINDS if kinds is None or kind in kinds for pair in made[kind]())


def readings_of_rule(rule: str, ledger: Ledger, figures: Iterable[str]) -> dict[str, PerDraw]:
    """Money figures of this block of draws under another rule of appraisal."""
    return dict(_money(ledger, f"rule.{rule}.", figures))


def outcomes_priced(ledger: Ledger) -> list[str]:
    """The simulated quantities that have a line of saving, in the order of the lines."""
    lines = ledger.inputs.benefit_lines
    return list(dict.fromkeys(line.quantity for line in lines if line.chain is None))


def _flow(sample: Sample) -> Named:
    for name, unit, parts in SUMS_OF_FLOW:
        total: Floats = sum((sample.total(part) for part in parts), start=np.zeros(1))
        yield f"flow.{name}", PerDraw((total,), unit)
    for name, unit in FIGURES_OF_FLOW:
        yield f"flow.{name}", PerDraw((sample.figures[name],), unit)
    care = targets.care_weeks_avoided(sample.ledger)
    yield f"flow.{CARE_WEEKS}", PerDraw((care,), "weeks")


def _money(ledger: Ledger, start: str, names: Iterable[str]) -> Named:
    for name in names:
        share: Share = "savings" if targets.rests_on_savings(name) else "own"
        reason = targets.reason(name)
        yield start + name, PerDraw(targets.parts(ledger, name), targets.unit(name), share, reason)


def _agencies(ledger: Ledger) -> Named:
    for row in statements.by_agency(ledger, every=True):
        start = f"agency.{row.agency}."
        yield start + "cost", _pounds(row.cost, "cost")
        yield start + "of_which_in_kind", _pounds(row.in_kind, "cost")
        yield start + "fiscal_saving", _pounds(row.fiscal_saving, "savings")
        yield start + "cashable_saving", _pounds(row.cashable_saving, "savings")
        yield start + "net", _pounds(row.net, "savings")


def _funders(ledger: Ledger) -> Named:
    for row in statements.by_funder(ledger, every=True):
        yield f"funder.{row.funder}", _pounds(row.paid, "cost")


def _years(ledger: Ledger) -> Named:
    for row in statements.by_year(ledger, every=True):
        yield f"year.{row.year}.cost", _pounds(row.cost, "cost")
        yield f"year.{row.year}.fiscal_saving", _pounds(row.fiscal_saving, "savings")


def _nets(ledger: Ledger) -> Named:
    term = ledger.inputs.term_years
    whole = slice(None), slice(None, term), slice(term, None)
    for net in nets(ledger):
        for name, years in zip(NET_YEARS, whole, strict=True):
            pounds = np.asarray(net.by_year[..., years].sum(axis=-1))
            yield f"net.{net.name}.{name}", PerDraw((pounds,), "GBP")


def _fewer(sample: Sample) -> Named:
    quantities = sample.ledger.inputs.quantities
    for name in outcomes_priced(sample.ledger):
        unit = quantities.units[quantities.position(name, "results")]
        fewer = sample.total(name, WITHOUT) - sample.total(name, WITH)
        yield f"fewer.{name}", PerDraw((fewer,), unit)


def _in_care(ledger: Ledger) -> Named:
    """Children looked after on an average day of each year, in the headline's window."""
    weeks = targets.care_weeks_by_year(ledger)  # draw, replication, arm, year
    children = weeks * (DAYS_IN_WEEK / DAYS_IN_YEAR)
    for year in range(children.shape[-1]):
        without, with_it = children[:, :, WITHOUT, year], children[:, :, WITH, year]
        for part, found in (
            ("without", without), ("with", with_it), ("fewer", without - with_it),
        ):  # fmt: skip
            yield f"care.{year}.{part}", PerDraw((found,), "children")


def _pounds(by_draw: Floats, share: Share) -> PerDraw:
    return PerDraw((by_draw[:, np.newaxis],), "GBP", share)


def all_zero(figures: Sequence[PerDraw]) -> bool:
    """Whether a figure is nothing in every draw."""
    return not any(part.any() for figure in figures for part in figure.parts)
