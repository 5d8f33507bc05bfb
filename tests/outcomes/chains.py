"""The scalar chain from values by name: what is found before it is rounded, and its totals."""

import numpy as np

from familyflow.outcomes import cohort_chain as chain
from familyflow.outcomes.effects import reference_of
from familyflow.outcomes.records import record_of, rows_of_work


def prepared(values):
    """A record and its scratch space, in lists, ready to be solved. The reference is its own."""
    record = record_of(values)
    work = rows_of_work(record[None]).tolist()
    chain.prepare(record.tolist(), reference_of(values).tolist(), work)
    return record.tolist(), work


def stay_scale(draws):
    """By draw, the factor on the rate of leaving child in need."""
    return np.array([chain.find_stay_scale(*prepared(values)) for values in draws])


def care_multiplier(draws, stays):
    """By draw, the multiplier on the links into care at these stays."""
    return np.array([_multiplier(*pair) for pair in zip(draws, stays, strict=True)])


def _multiplier(values, stays):
    record, work = prepared(values)
    chain.hold_stays(work, stays)
    return chain.find_care_multiplier(record, work)


def totals_of(values, solved, reference):
    """What the chain gives at these solved numbers, in the places of `cohort_chain`."""
    record = record_of(values)
    work = rows_of_work(record[None]).tolist()
    chain.total_up(record.tolist(), reference_of(reference).tolist(), work, list(solved))
    return work[chain.TOTALS][: chain.TOTALS_HELD]
