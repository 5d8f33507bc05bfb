"""From case records and the shipped numbers to estimates: each parameter, or why it is not told."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from familyflow.parameters.parameter import Parameter
from familyflow.problems import bad_input
from familyflow.records import estimate as keys
from familyflow.records import events_over_time, single_shares, tables_of_shares
from familyflow.records.arrays import arrays_of
from familyflow.records.cases import Records
from familyflow.records.estimate import Estimate, Estimates, NotKnown
from familyflow.records.given import Given, NotTold
from familyflow.records.never import never_known
from familyflow.specification.variates import DAYS_IN_YEAR

# Those of a service's own, in the order of the parameter files.
ESTIMATORS: Final[Mapping[str, Callable[[Given], Estimate]]] = {
    keys.SUITABLE: events_over_time.suitable_per_year,
    keys.SOURCES: tables_of_shares.sources,
    keys.SCREENING: tables_of_shares.screening,
    keys.REPEAT: single_shares.repeat_share,
    keys.CHILDREN: tables_of_shares.children,
    keys.LEVEL: tables_of_shares.level_on_arrival,
    keys.MINORITY: single_shares.minority_ethnic,
    keys.INTERPRETER: single_shares.interpreter_need,
    keys.MOVES: events_over_time.moves_per_year,
    keys.NEEDS: tables_of_shares.needs,
    keys.DECLINES: single_shares.declines,
    keys.PATIENCE: events_over_time.mean_patience,
    keys.DISENGAGING: events_over_time.disengaging,
    keys.ENDED_BY_SERVICE: events_over_time.ended_by_service,
    keys.ATTENDANCE: single_shares.attendance,
}


def estimates_of(
    records: Records, parameters: Mapping[str, Parameter], prior_weight: float = 1.0
) -> Estimates:
    """What these records tell of each parameter, with the shipped numbers as a prior.

    parameters: by key, as shipped or resolved. prior_weight: times by which the shipped numbers
    count; 1: as much as their own doubt says, 0: not at all. Effects and comparators are never
    among the estimates. Raises InputError for a weight below 0, or beyond all measure.
    """
    if not (math.isfinite(prior_weight) and prior_weight >= 0.0):
        raise bad_input(
            f"a prior weight of {prior_weight} cannot be",
            "Give 0 (records alone), 1 (shipped numbers as sure as they say they are), or between.",
        )
    given = Given(arrays_of(records), parameters, prior_weight)
    known: list[Estimate] = []
    not_known: list[NotKnown] = []
    for key, estimator in ESTIMATORS.items():
        try:
            known.append(estimator(given))
        except NotTold as reason:
            not_known.append(NotKnown(key, str(reason)))
    years = (given.cases.until + 1.0) / DAYS_IN_YEAR
    never = never_known(parameters, years)
    return Estimates(tuple(known), (*not_known, *never), prior_weight, records.told)
