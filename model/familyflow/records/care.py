"""Care histories once they are read: episodes and periods of care of children who are numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CareEpisode:
    """One placement under one legal status. ended: None while it goes on.

    child: a number in place of the id. placement, provider, ended_because, began_because and
    legal are codes of care_columns, or of the same shape; None: not known. row: the line.
    """

    child: int
    began: date
    ended: date | None
    placement: str
    provider: str | None
    ended_because: str | None
    legal: str | None
    began_because: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class CarePeriod:
    """Episodes of a child of which each begins on the day that the last one ended.

    ended: None while care goes on, as far as it is known until `last`. from_start: whether the file
    holds the first episode, so that the length is known.
    """

    child: int
    began: date
    ended: date | None
    last: date
    from_start: bool
    episodes: tuple[CareEpisode, ...]


@dataclass(frozen=True)
class CareRecords:
    """Care histories of a file. as_of: the last day that they tell of.

    since: from this day on whoever left care is in the file; before it, only those who stayed.
    told: what a reader should know of how the file was read.
    """

    episodes: tuple[CareEpisode, ...]
    periods: tuple[CarePeriod, ...]
    since: date
    as_of: date
    columns: tuple[str, ...]
    told: tuple[str, ...]
