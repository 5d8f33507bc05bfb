"""Case records once they are read: what is learnt from, and nothing that names anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Measures = tuple[float | None, float | None]  # at entry and at exit
UNMEASURED: Measures = (None, None)


@dataclass(frozen=True, slots=True)
class Case:
    """One referral of one family. None: not known, or not yet.

    row: the line of the file, for messages; family: a number in place of the id, by which a return
    is told from a first referral (returns: how many referrals of it came before).
    ending: a key of columns.ENDINGS, None while the case is open.
    """

    row: int
    family: int
    returns: int
    referred: date
    allocated: date | None
    started: date | None
    ended: date | None
    ending: str | None
    source: str | None = None
    needs: str | None = None  # joined by +, in the order of the parameter's own keys
    children: int | None = None
    level: str | None = None
    minority_ethnic: bool | None = None
    interpreter: bool | None = None
    hours: float | None = None
    meetings_offered: int | None = None
    meetings_held: int | None = None
    risks: Measures = UNMEASURED
    strengths: Measures = UNMEASURED
    difficulties: Measures = UNMEASURED
    wellbeing: Measures = UNMEASURED


@dataclass(frozen=True)
class Records:
    """A file of case records. as_of: the last day that they tell of; open cases end there unseen.

    told: what a reader should know of how the file was read (its separator, columns left out).
    counted: exact counts and lines, to be said to whoever has the file and never kept or shown.
    """

    cases: tuple[Case, ...]
    as_of: date
    first: date  # the first day of the period they cover: every referral since then is there
    columns: tuple[str, ...]
    told: tuple[str, ...]
    counted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The words that may stand in columns of words, from the parameters in force."""

    sources: tuple[str, ...]
    needs: tuple[str, ...]  # combinations, as the parameter has them
    levels: tuple[str, ...]

    @property
    def by_column(self) -> Mapping[str, tuple[str, ...]]:
        """The words of each column, `needs` by their combinations."""
        return {"source": self.sources, "needs": self.needs, "level": self.levels}
