"""Case records as columns of numbers: made once, so that a hundred thousand cases take seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from familyflow.records.cases import Case, Records
from familyflow.records.columns import ENDINGS

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

ENDING_CODES = {name: code for code, name in enumerate(ENDINGS)}
_OPEN = -1


@dataclass(frozen=True)
class CaseArrays:
    """One array (case,) each. Days count from the first day of the period; NaN: none, or not yet.

    until: the last day of the period. back_after: days from the end of a case to the family's next
    referral. numbers: the columns of numbers by name (yes and no are 1 and 0), NaN where not known.
    words: the columns of words, None where not known.
    """

    until: float
    referred: Floats
    allocated: Floats
    ended: Floats
    ending: Ints
    is_first: Bools
    back_after: Floats
    numbers: dict[str, Floats]
    words: dict[str, Texts]
    columns: frozenset[str]

    @property
    def in_period(self) -> Bools:
        """Whether it was referred within the period: of those before, only the open ones stand."""
        return np.asarray(self.referred >= 0.0)

    @property
    def worked_until(self) -> Floats:
        """The day on which the case ended, or the last of the period while it is open."""
        return np.where(np.isnan(self.ended), self.until, self.ended)

    @property
    def was_allocated(self) -> Bools:
        """Whether a key worker took the family on."""
        return ~np.isnan(self.allocated)

    def ended_as(self, *endings: str) -> Bools:
        """Whether the case ended in one of these ways."""
        return np.isin(self.ending, [ENDING_CODES[name] for name in endings])


_NUMBERS = ("children", "minority_ethnic", "interpreter", "meetings_offered", "meetings_held")
_WORDS = ("source", "needs", "level")


def arrays_of(records: Records) -> CaseArrays:
    """The columns of these records."""
    cases, start = records.cases, records.first.toordinal()
    referred = _days([case.referred for case in cases], start)
    ended = _days([case.ended for case in cases], start)
    return CaseArrays(
        until=float(records.as_of.toordinal() - start),
        referred=referred,
        allocated=_days([case.allocated for case in cases], start),
        ended=ended,
        ending=np.array(
            [_OPEN if case.ending is None else ENDING_CODES[case.ending] for case in cases],
            dtype=np.int64,
        ),
        is_first=np.array([case.returns == 0 for case in cases], dtype=np.bool_),
        back_after=_back_after(cases, referred, ended),
        numbers={name: _numbers(cases, name) for name in _NUMBERS},
        words={name: _words(cases, name) for name in _WORDS},
        columns=frozenset(records.columns),
    )


def _days(dates: Sequence[date | None], start: int) -> Floats:
    return np.array([np.nan if day is None else float(day.toordinal() - start) for day in dates])


def _numbers(cases: Sequence[Case], name: str) -> Floats:
    values = [getattr(case, name) for case in cases]
    return np.array([np.nan if value is None else float(value) for value in values])


def _words(cases: Sequence[Case], name: str) -> Texts:
    return np.array([getattr(case, name) for case in cases], dtype=np.object_)


def _back_after(cases: Sequence[Case], referred: Floats, ended: Floats) -> Floats:
    """Days from the end of each case to the next referral of the same family; NaN: none seen."""
    family = np.array([case.family for case in cases], dtype=np.int64)
    returns = np.array([case.returns for case in cases], dtype=np.int64)
    order = np.lexsort((returns, family))
    after = np.full(len(cases), np.nan)
    if len(cases) > 1:
        same = family[order][1:] == family[order][:-1]
        gap = referred[order][1:] - ended[order][:-1]
        after[order[:-1]] = np.where(same, gap, np.nan)
    return after
