"""What care histories teach: shares and rates as beliefs, and what they cannot teach.

Nothing here is an effect of a service or what would be without it: the file knows no families that
were helped from families that were not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from familyflow.parameters.distributions import Beta, Distribution, Gamma
from familyflow.records.care import CareRecords
from familyflow.records.care_columns import BOUGHT, OWN
from familyflow.records.care_counts import LEFT, WITH, WITHOUT, counts_of, left_in
from familyflow.records.care_lengths import Band, Stay, Survival, pooled, stays_of, survival_at
from familyflow.records.care_lengths import bands_of as bands_of_stays
from familyflow.records.care_shares import (
    FOSTER_BY,
    JEFFREYS,
    children_in,
    concentrations,
    days_of,
    last_placements,
    moves_of,
    only,
    with_few_as_other,
)
from familyflow.records.hidden_counts import FEWEST, in_a_table

FOSTER_BOUGHT: Final = "unit_costs.children_social_care.foster_bought_share"
PROCEEDINGS: Final = "outcomes.escalation.share_of_entries_with_proceedings"
_NO_BIRTHS: Final = "not identifiable: dates of birth are never read, and it is {}"
_TOO_FEW: Final = f"fewer than {FEWEST} children are behind a number that it would tell"
NEVER: Final = {
    "outcomes.escalation.care_leaving": _NO_BIRTHS.format("by age"),
    "outcomes.escalation.care_leaves_home": _NO_BIRTHS.format("of those who leave before 18"),
    "outcomes.escalation.residential_share": _NO_BIRTHS.format("of children aged 5 to 11"),
    "outcomes.escalation.looked_after_months_19_24":
        "not identifiable: what would be without the service is not in a council's records",
}  # fmt: skip


@dataclass(frozen=True)
class CareEstimate:
    """A belief learnt from care histories. parameter: the model's number, None if it has none."""

    name: str
    label: str
    unit: str
    belief: Distribution
    parameter: str | None = None

    @property
    def distribution(self) -> Mapping[str, Mapping[str, float]]:
        """The belief as a parameter file has it."""
        if isinstance(self.belief, Beta):
            return {"beta": {"alpha": self.belief.a, "beta": self.belief.b}}
        assert isinstance(self.belief, Gamma)  # nothing else is made here
        sd = self.belief.k**0.5 * self.belief.scale
        return {"gamma": {"mean": self.belief.mean, "sd": sd}}


@dataclass(frozen=True)
class CareEstimates:
    """All that is learnt. Counts of None are hidden, because they or others are small.

    parameters: for numbers of the model; readings: rates of leaving and of moves, shares of days by
    group of placements, which go together as a Dirichlet with the concentrations of `days`.
    placements: children by kind and provider of their last placement; counts: periods of care.
    not_learnt: why a number of the model cannot be had from this file.
    """

    parameters: tuple[CareEstimate, ...]
    readings: tuple[CareEstimate, ...]
    survival: tuple[Survival, ...]
    days: Mapping[str, float]
    placements: Mapping[tuple[str, str], int | None]
    counts: Mapping[str, int | None]
    not_learnt: Mapping[str, str]
    told: tuple[str, ...]


def care_estimates(records: CareRecords) -> CareEstimates:
    """What the histories of a file teach. Nothing is told that fewer than FEWEST children are in.

    Beliefs start from Jeffreys' priors, so that they are the file's own.
    """
    stays = stays_of(records)
    bands = pooled(bands_of_stays(stays))
    counts = counts_of(records, stays, bands)
    days = _days_by_group(records)
    learnt = {FOSTER_BOUGHT: _foster_bought(records), PROCEEDINGS: _proceedings(counts)}
    not_learnt = {key: _why_not(key, records) for key, one in learnt.items() if one is None}
    return CareEstimates(
        parameters=tuple(one for one in learnt.values() if one is not None),
        readings=(*_leaving(bands, counts), *_moving(records), *_living(days)),
        survival=tuple(_survival(stays, bands, counts)),
        days=days,
        placements=in_a_table(last_placements(records)),
        counts=counts,
        not_learnt=not_learnt | NEVER,
        told=(*records.told, *_told(bands)),
    )


def _why_not(key: str, records: CareRecords) -> str:
    if key == FOSTER_BOUGHT and "PLACE_PROVIDER" not in records.columns:
        return "the column 'PLACE_PROVIDER' is not there"
    return _TOO_FEW


def _foster_bought(records: CareRecords) -> CareEstimate | None:
    """Bought against the council's own, by days; what others provide is in neither."""
    own, bought = FOSTER_BY[OWN], FOSTER_BY[BOUGHT]
    days = only(days_of(records), (own, bought))
    if min(len(children_in(days, group)) for group in (own, bought)) < FEWEST:
        return None
    found = concentrations(days, (bought, own))
    label = "Share of foster weeks that are bought from agencies"
    return CareEstimate("foster_bought_share", label, "share", Beta(found[bought], found[own]),
                        FOSTER_BOUGHT)  # fmt: skip


def _proceedings(counts: Mapping[str, int | None]) -> CareEstimate | None:
    """By the first legal status of a period: whether it is an interim care order."""
    among, others = counts[WITH], counts[WITHOUT]
    if among is None or others is None:
        return None
    label = "Share of care entries with care proceedings"
    return CareEstimate("share_of_entries_with_proceedings", label, "share",
                        Beta(among + JEFFREYS, others + JEFFREYS), PROCEEDINGS)  # fmt: skip


def _leaving(bands: Sequence[Band], counts: Mapping[str, int | None]) -> list[CareEstimate]:
    """Rates of leaving by months in care, all ages together, and over all months."""
    found = [
        _rate(f"leaving_{band.name}", f"Rate of leaving care in months {band.name} of it",
              band.ended, band.years)
        for band in bands if band.years > 0.0 and counts[left_in(band)] is not None
    ]  # fmt: skip
    if len(bands) > 1 and counts[LEFT] is not None:
        ended, years = sum(band.ended for band in bands), sum(band.years for band in bands)
        found.append(_rate("leaving", "Rate of leaving care, all ages", ended, years))
    return found


def _rate(name: str, label: str, events: int, years: float) -> CareEstimate:
    return CareEstimate(name, label, "per year", Gamma(events + JEFFREYS, 1.0 / years))


def _survival(
    stays: Sequence[Stay], bands: Sequence[Band], counts: Mapping[str, int | None]
) -> list[Survival]:
    """At the ends of bands, as far as each band before has enough who left and can be shown."""
    months = []
    for band in bands:
        if band.most is None or counts[left_in(band, "begun")] is None:
            break
        months.append(band.most)
    return survival_at(stays, months) if months else []


def _moving(records: CareRecords) -> list[CareEstimate]:
    moved = moves_of(records)
    if "RNE" not in records.columns or moved.children < FEWEST:
        return []
    return [_rate("moves", "Changes of carers a child-year in care", moved.moves, moved.years)]


def _days_by_group(records: CareRecords) -> dict[str, float]:
    days, groups = with_few_as_other(days_of(records))
    return concentrations(days, groups) if len(groups) > 1 else {}


def _living(days: Mapping[str, float]) -> list[CareEstimate]:
    every = sum(days.values())
    return [
        CareEstimate(f"days_{group}", f"Share of days in care: {group.replace('_', ', ')}",
                     "share", Beta(held, every - held))
        for group, held in days.items()
    ]  # fmt: skip


def _told(bands: Sequence[Band]) -> list[str]:
    told = [
        "Rates of leaving are of all ages together: many leave only because they turn 18.",
        "Shares of days count each child as one piece of evidence, however many its placements.",
    ]
    if not bands:
        told.append(f"Fewer than {FEWEST} children left care, so nothing is told of its length.")
    return told
