"""Tables for a report on case records: texts to be shown as they stand, small counts hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from familyflow.records.arrays import ENDING_CODES, CaseArrays, Ints, arrays_of
from familyflow.records.cases import Records
from familyflow.records.columns import ENDINGS, OF_WORK
from familyflow.records.estimate import NO_EFFECT, ONE, Estimates
from familyflow.records.hidden_counts import in_a_table
from familyflow.records.scores import COLUMNS, NOTE, rows_of_scores
from familyflow.records.shares import Figure
from familyflow.records.suppress import LEAST, in_words
from familyflow.records.survival import aalen_johansen, kaplan_meier
from familyflow.records.tables_of_shares import SENT_ON
from familyflow.records.times_watched import Watched, at_work, waiting
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

_WEEKS: Final = (4, 8, 13, 26, 52)  # at which curves are read
_HIDDEN: Final = "hidden"
_SCORES: Final = "Scores before and after, to read only"
_ALL: Final = "all"
_OF_WAIT: Final = ("declined", "gave_up_waiting", "left_list")


@dataclass(frozen=True)
class TableShown:
    """A table of texts: columns, rows as long as they, and what to know of it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def report_tables(records: Records, estimates: Estimates) -> tuple[TableShown, ...]:
    """The tables of a report, in its order. No row of the records is in them, no count under 5."""
    cases = arrays_of(records)
    scores = rows_of_scores(records)
    return (
        _learnt(estimates),
        TableShown(
            "What these records do not tell",
            ("parameter", "why"),
            tuple((one.key, one.reason) for one in estimates.not_known),
            NO_EFFECT,
        ),
        _by_year(cases),
        _how_waiting_ends(cases),
        _how_work_ends(cases),
        _still_coming(cases),
        *([TableShown(_SCORES, COLUMNS, scores, NOTE)] if scores else []),
    )


def _learnt(estimates: Estimates) -> TableShown:
    rows = []
    for one in estimates.known:
        for row, posterior in one.posterior.items():
            alone = one.alone.get(row)
            rows.append(
                (
                    one.key if row == ONE else f"{one.key}: {row}",
                    one.seen,
                    _HIDDEN if alone is None else _figure(alone),
                    f"{one.prior[row]:.3g}",
                    _figure(posterior),
                    one.sentence,
                )
            )
    columns = ("parameter", "seen", "records alone", "shipped", "both together", "what to know")
    return TableShown("What these records tell", columns, tuple(rows), NO_EFFECT)


def _figure(figure: Figure) -> str:
    return f"{figure.value:.3g} ({figure.low:.3g} to {figure.high:.3g})"


def _by_year(cases: CaseArrays) -> TableShown:
    """Referrals of each year of the period by what screening made of them."""
    year = (cases.referred[cases.in_period] // DAYS_IN_YEAR).astype(np.int64)
    way = np.zeros(len(year), dtype=np.int64)
    for place, ending in enumerate(SENT_ON, 1):
        way[cases.ended_as(ending)[cases.in_period]] = place
    years, ways = int(cases.until // DAYS_IN_YEAR) + 1, len(SENT_ON) + 1
    counts = np.bincount(year * ways + way, minlength=years * ways).reshape(years, ways)
    names = [f"year {number + 1}" for number in range(years)]
    columns = ["accepted", *(name.replace("_", " ") for name in SENT_ON)]
    note = "To the nearest 5; counts under 5, and those that would give them away, are hidden."
    heads = ("referrals", *columns, _ALL)
    return TableShown("Referrals by year", heads, _cells(names, columns, counts), note)


def _cells(rows: list[str], columns: list[str], counts: Ints) -> tuple[tuple[str, ...], ...]:
    """Counts (row, column) with their totals, each as it may be shown."""
    cells = {(row, column): int(counts[r, c])
             for r, row in enumerate(rows) for c, column in enumerate(columns)}  # fmt: skip
    shown = in_a_table(cells, _ALL)
    return tuple(
        (row, *(_HIDDEN if (n := shown[row, column]) is None else in_words(n)
                for column in (*columns, _ALL)))
        for row in (*rows, _ALL)
    )  # fmt: skip


def _how_waiting_ends(cases: CaseArrays) -> TableShown:
    watched = waiting(cases)
    codes = _codes(watched, cases, _OF_WAIT)
    codes[cases.was_allocated[watched.cases]] = len(_OF_WAIT) + 1
    title = "How waiting ends, by weeks since the referral"
    return _endings(title, watched, codes, (*_OF_WAIT, "a key worker"))


def _how_work_ends(cases: CaseArrays) -> TableShown:
    watched, ways = at_work(cases), tuple(OF_WORK)
    title = "How work ends, by weeks since a key worker"
    return _endings(title, watched, _codes(watched, cases, ways), ways)


def _codes(watched: Watched, cases: CaseArrays, ways: tuple[str, ...]) -> Ints:
    """Of each case watched the place of its ending among the ways, from 1; 0: not seen to one."""
    places = np.zeros(len(ENDINGS) + 1, dtype=np.int64)  # the last for cases that are open
    places[[ENDING_CODES[way] for way in ways]] = np.arange(1, len(ways) + 1)
    return np.asarray(places[cases.ending[watched.cases]])


def _endings(title: str, watched: Watched, codes: Ints, ways: tuple[str, ...]) -> TableShown:
    """The share that has ended in each way by each week. What is rare is left out with the rest.

    What came in between two weeks is the difference of two shares, so a share is shown once it is
    of LEAST families more than the last one that is.
    """
    days, codes = watched.days[watched.whole], codes[watched.whole]
    found = aalen_johansen(days, codes, len(ways))
    often = np.flatnonzero(np.bincount(codes, minlength=len(ways) + 1)[1:] >= LEAST)
    rows = []
    told = np.zeros(len(ways), dtype=np.int64)  # of how many families the last share shown is
    for week in _WEEKS:
        day = float(week * DAYS_IN_WEEK)
        if int((days >= day).sum()) < LEAST:
            break
        by_then = np.bincount(codes[days <= day], minlength=len(ways) + 1)[1:]
        shares, enough = found.at(day), by_then - told >= LEAST
        told = np.where(enough, by_then, told)
        shown = (f"{shares[way]:.0%}" if enough[way] else _HIDDEN for way in often)
        rows.append((f"{week} weeks", *shown))
    names = (ways[way].replace("_", " ") for way in often)
    note = "Shares by Aalen and Johansen; the rest goes on, or ended in a way too rare to show."
    return TableShown(title, ("by", *names), tuple(rows), note)


def _still_coming(cases: CaseArrays) -> TableShown:
    """The share that has not stopped coming, by weeks since a key worker."""
    watched = at_work(cases)
    happened = watched.happened(cases, "disengaged")[watched.whole]
    days = watched.days[watched.whole]
    curve = kaplan_meier(days, happened)
    rows, told = [], 0
    for week in _WEEKS:
        day = float(week * DAYS_IN_WEEK)
        at_risk, before = int((days >= day).sum()), int((happened & (days <= day)).sum())
        if at_risk < LEAST or before - told < LEAST:
            continue
        told = before
        share, low, high = curve.at(day)
        rows.append(
            (f"{week} weeks", in_words(at_risk), f"{share:.0%}", f"{low:.0%} to {high:.0%}")
        )
    columns = ("by", "still watched", "still coming", "95 % interval")
    note = "By Kaplan and Meier; other endings count as not seen to their end."
    return TableShown("Families who have not stopped coming", columns, tuple(rows), note)
