"""Families as columns: what tells groups of them apart, for sums over many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from familyflow.families.family import Family

Ints = npt.NDArray[np.int64]


class FamilyColumns(NamedTuple):
    """A family in each place of every column; a yes is 1. Days count from the first of the term."""

    source: Ints
    number: Ints
    referred: Ints  # day of the first referral; below 0 in the warm-up
    in_scope: Ints  # children whom the service is for
    needs: Ints  # bit mask
    level: Ints  # level of need on arrival
    minority_ethnic: Ints
    interpreter: Ints


def columns_of(families: Sequence[Family], first_day: int) -> FamilyColumns:
    """The columns of families. first_day: the engine day on which the term begins."""
    rows = [
        (
            family.source,
            family.number,
            family.referred - first_day,
            sum(child.in_scope for child in family.children),
            family.needs,
            family.level,
            family.minority_ethnic,
            family.interpreter,
        )
        for family in families
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, len(FamilyColumns._fields))
    return FamilyColumns(*table.T.copy())
