"""The page of a council's care histories: what is learnt, what is only to be read, what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from familyflow.records.care import CareRecords
from familyflow.records.care_estimates import CareEstimate, CareEstimates
from familyflow.records.care_written import NO_EFFECT, figures_of
from familyflow.reports.calibration.area_page import Shown
from familyflow.reports.calibration.page import NAME, PACKAGE
from familyflow.reports.documents.one_page import template

TEMPLATE: Final = "care.html.j2"
_HEADS: Final = ("what", "unit", "value", "95 % interval")
_HIDDEN: Final = "hidden"


def care_pages(records: CareRecords, found: CareEstimates) -> dict[str, str]:
    """The page by the name of its file."""
    return {NAME: care_page(records, found)}


def care_page(records: CareRecords, found: CareEstimates) -> str:
    """The page as HTML that needs nothing else; no row of the file, no count under five."""
    return template(PACKAGE, TEMPLATE).render(
        since=records.since.isoformat(),
        as_of=records.as_of.isoformat(),
        told=found.told,
        never=NO_EFFECT,
        tables=[
            Shown("Numbers of the model", _HEADS, tuple(map(_row, found.parameters)),
                  "In care.yaml, for --parameters."),
            Shown("How long care lasts", _HEADS, tuple(_lengths(found)),
                  "Kaplan-Meier, of periods seen from their first day."),
            Shown("Rates, moves and days, to read only", _HEADS, tuple(map(_row, found.readings)),
                  "No number of the model is made of them: they are of all ages."),
            Shown("Children by their last placement", ("placement", "provider", "children"),
                  tuple(_placements(found)), "Counts under five, and those that would give them "
                  "away, are hidden."),
            Shown("Not learnt, and why", ("number of the model", "why"),
                  tuple(found.not_learnt.items())),
        ],
    )  # fmt: skip


def _row(one: CareEstimate) -> tuple[str, ...]:
    mean, low, high = figures_of(one)
    return one.label, one.unit, f"{mean:g}", f"{low:g} to {high:g}"


def _lengths(found: CareEstimates) -> Iterator[tuple[str, ...]]:
    for one in found.survival:
        name = f"Share of periods of care longer than {one.months} months"
        yield name, "share", f"{one.share:.2f}", f"{one.low:.2f} to {one.high:.2f}"


def _placements(found: CareEstimates) -> Iterator[tuple[str, ...]]:
    for (kind, provider), count in found.placements.items():
        yield (kind.replace("_", " "), provider.replace("_", " "),
               _HIDDEN if count is None else f"{count:,}")  # fmt: skip
