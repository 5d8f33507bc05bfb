"""How long families were watched, waiting and at work: the exposure of rates.

A case from before the period is watched from its first day on: those of its kind that ended before
are not in the file, and to count its earlier days would make every ending look rarer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.records.arrays import Bools, CaseArrays, Floats
from familyflow.records.estimate import CHILDREN, LARGER, LEVEL, ON_PLAN
from familyflow.records.given import Given
from familyflow.records.tables_of_shares import SENT_ON
from familyflow.specification.plan import CHILD_PROTECTION, LARGE_FAMILY, LEVEL_NAMES

_ON_PLAN = LEVEL_NAMES[CHILD_PROTECTION:]


@dataclass(frozen=True)
class Watched:
    """Days watched and what ended them: arrays (case,), of those cases that are meant.

    cases: which of all cases. days: within the period. whole: whether it is seen from its start.
    """

    cases: Bools
    days: Floats
    whole: Bools

    def happened(self, arrays: CaseArrays, *endings: str) -> Bools:
        """Whether it ended so."""
        return arrays.ended_as(*endings)[self.cases]


def waiting(arrays: CaseArrays) -> Watched:
    """From referral to a key worker, or to an ending without; only those accepted wait."""
    accepted = ~arrays.ended_as(*SENT_ON)
    until = np.where(arrays.was_allocated, arrays.allocated, arrays.worked_until)
    return _watched(arrays, accepted, arrays.referred, until)


def at_work(arrays: CaseArrays) -> Watched:
    """From the day of allocation to the end of the work, whatever it was."""
    return _watched(arrays, arrays.was_allocated, arrays.allocated, arrays.worked_until)


def _watched(arrays: CaseArrays, meant: Bools, start: Floats, until: Floats) -> Watched:
    cases = np.asarray(meant & ((start >= 0.0) | (until > 0.0)))
    began = start[cases]
    return Watched(cases, until[cases] - np.maximum(began, 0.0), began >= 0.0)


def likelier(given: Given, watched: Watched) -> Floats:
    """Times by which each family (case,) is likelier to stop coming than one with neither mark.

    The marks are three or more children and a child on a plan; both at the mean of what is
    believed. Where a mark is not known, the shipped share of families with it stands in.
    """
    children = given.cases.numbers["children"][watched.cases]
    levels = given.cases.words["level"][watched.cases]
    of_children, of_level = given.table(CHILDREN), given.table(LEVEL)
    usual_large = sum(share for row, share in of_children.items() if int(row) >= LARGE_FAMILY)
    usual_plan = sum(share for row, share in of_level.items() if row in _ON_PLAN)
    large = np.where(np.isnan(children), usual_large, children >= LARGE_FAMILY)
    known = levels != None  # noqa: E711 - an array of texts, each compared by itself
    plan = np.where(known, np.isin(levels.astype(str), _ON_PLAN), usual_plan)
    by_large, by_plan = given.mean(LARGER) - 1.0, given.mean(ON_PLAN) - 1.0
    return np.asarray((1.0 + large * by_large) * (1.0 + plan * by_plan))
