"""A file of care histories read whole: every mistake told at once, or episodes and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from familyflow.parameters.nearest import listed
from familyflow.problems import Problems
from familyflow.records.care import CareEpisode, CarePeriod, CareRecords
from familyflow.records.care_columns import EPISODES, KNOWN, NEEDED, READ, SHORT_BREAKS
from familyflow.records.care_periods import check_histories, histories, is_cut, periods_of
from familyflow.records.care_rows import CareReading, episode_of
from familyflow.records.csv_table import SEPARATORS, Table, read_table
from familyflow.records.dates import check_strokes
from familyflow.records.hidden_counts import FEWEST

MOST_MISTAKES: Final = 1_000


def read_care(
    path: Path, problems: Problems, as_of: date | None, today: date, *, since: date | None = None
) -> CareRecords | None:
    """The care histories of an episodes file; None, with every mistake noted, if it has any.

    as_of: the last day that they tell of; without it the last day in them. today: no day lies
    after it. since: from when on those who left care are in the file; without it the first day on
    which an episode ended.
    """
    table = read_table(path, problems, EPISODES, "episode")
    if table is None or not _has_columns(path, table, problems):
        return None
    reading = _reading(path, table, problems, min(as_of or today, today))
    read = _episodes(table, reading)
    check_strokes(reading.file, reading.strokes, problems)
    kept = [one for one in read if one.legal not in SHORT_BREAKS]
    by_child = histories(kept)
    check_histories(reading.file, by_child, problems)
    if read and not kept:
        problems.add(reading.file, 0, 0, "every episode is a short break", "Give all episodes.")
    if problems.found:
        return None
    until = as_of or _last(kept)
    began = since or _first_end(kept, until)
    if not _is_before(began, until, reading):
        return None
    periods = tuple(period for own in by_child for period in periods_of(own, until))
    told = (
        *_told_of_file(table, reading),
        *_told_of_days(as_of, until, since, began),
        *_told_of_care(len(read) - len(kept), periods),
    )
    return CareRecords(tuple(kept), periods, began, until, tuple(reading.at), told)


def _has_columns(path: Path, table: Table, problems: Problems) -> bool:
    """Note columns that are missing or there twice; what other columns are called is not looked at.

    A file without its header would show a person's data in place of the names.
    """
    times = Counter(name.upper() for name in table.names)
    for name in (name for name in READ if times[name] > 1):
        problems.add(str(path), 1, 0, f"{times[name]} columns '{name}'", "Leave one of them.")
    missing = [name for name in NEEDED if not times[name]]
    for name in missing:
        to_do = "Give the episodes file of the return: the header file is never needed."
        problems.add(str(path), 1, 0, f"the column '{name}' is missing", to_do)
    return not missing and max(times.values()) == 1


def _reading(path: Path, table: Table, problems: Problems, until: date) -> CareReading:
    names = [name.upper() for name in table.names]
    at = {name: place for place, name in enumerate(names)}
    in_file = dict(zip(names, table.places, strict=True))
    return CareReading(str(path), at, in_file, problems, until)


def _episodes(table: Table, reading: CareReading) -> list[CareEpisode]:
    """The episodes of all rows that can be used; after very many mistakes no more."""
    found = []
    for line, cells in table.rows:
        one = episode_of(line, cells, reading)
        if one is not None:
            found.append(one)
        if len(reading.problems.found) >= MOST_MISTAKES:
            reading.problems.add(
                reading.file, line + 1, 0,
                f"{MOST_MISTAKES} mistakes were found up to here; what follows was not looked at",
                "Mend these first: many of one kind have one cause.",
            )  # fmt: skip
            break
    return found


def _last(episodes: Sequence[CareEpisode]) -> date:
    return max(one.ended or one.began for one in episodes)


def _first_end(episodes: Sequence[CareEpisode], until: date) -> date:
    """The first day on which one ended: a yearly file holds nobody who left before its year."""
    ends = [one.ended for one in episodes if one.ended is not None and one.ended < until]
    return min(ends) if ends else min(one.began for one in episodes)


def _is_before(since: date, until: date, reading: CareReading) -> bool:
    if since < until:
        return True
    reading.problems.add(
        reading.file, 0, 0, "no day lies between the first that the file tells of and the last",
        "Give --as-of, the day on which it was made.",
    )  # fmt: skip
    return False


def _told_of_file(table: Table, reading: CareReading) -> list[str]:
    told = [f"Columns are separated by {SEPARATORS[table.separator]}."]
    if table.stripped:
        told.append(f"Stripped unread: {table.stripped} columns that nothing is learnt from.")
    missing = [name for name in READ if name not in reading.at]
    if missing:
        told.append(f"Columns that are not there, so nothing is learnt of them: "
                    f"{', '.join(missing)}.")  # fmt: skip
    return told + [
        f"{column}: {_few(number)} codes that are not on our list, counted as other. On it are "
        f"{listed(KNOWN[column])}."
        for column, number in reading.unlisted.items()
    ]


def _told_of_days(as_of: date | None, until: date, since: date | None, began: date) -> list[str]:
    told = []
    if as_of is None:
        told.append(f"The file is taken to tell of all days to {until}, the last in it.")
    if since is None:
        told.append(
            f"Nobody who left care before {began} is in the file, as it seems: no episode ended "
            f"earlier. Only days after it are counted."
        )
    return told


def _told_of_care(short: int, periods: Sequence[CarePeriod]) -> list[str]:
    cut = sum(is_cut(period.episodes[-1]) for period in periods)
    late = sum(not period.from_start for period in periods)
    counts = (
        (short, "episodes of short breaks (V3, V4) were left out"),
        (cut, "periods of care go on in episodes that are not in the file; followed until there"),
        (late, "periods of care began before their first episode in the file: of unknown length"),
    )
    return [f"Care: {_few(number)} {what}." for number, what in counts if number]


def _few(number: int) -> str:
    return f"fewer than {FEWEST}" if number < FEWEST else f"{number}"
