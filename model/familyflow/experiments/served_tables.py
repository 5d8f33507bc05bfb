"""Who is served as tables: each figure by group, and how one option's reach is another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pandas as pd

from familyflow.experiments.family_groups import GROUPS
from familyflow.experiments.means import Mean, difference_of_ratios, mean_of, ratio_of_means
from familyflow.experiments.who_is_served import Served
from familyflow.specification.variates import DAYS_IN_WEEK

WHO_IS_SERVED: Final = "who_is_served"  # what the table is called where it is kept
NOBODY: Final = "no family of this group was referred in these draws"
NOBODY_ALLOCATED: Final = "no family of this group was allocated a key worker in these draws"
ONE_DRAW: Final = "one draw has no interval"
UNIT_OF_SHARE: Final = "share of families referred"


class _Figure(NamedTuple):
    """Amounts added up, less others, by so many to the unit; or for each of something.

    reason: why there may be none of what it is for each of.
    """

    name: str
    unit: str
    plus: str
    less: str | None = None
    divide: int = 1
    for_each: str | None = None
    reason: str = NOBODY


_FIGURES: Final = (
    _Figure("families_referred", "families", "referred"),
    _Figure("families_accepted", "families", "accepted"),
    _Figure("families_declined", "families", "declined"),
    _Figure("families_gave_up_waiting", "families", "gave_up_waiting"),
    _Figure("families_turned_away", "families", "turned_away"),
    _Figure("families_allocated", "families", "allocated"),
    _Figure(
        "mean_wait_weeks",
        "weeks",
        "days_waited",
        None,
        DAYS_IN_WEEK,
        "allocated",
        NOBODY_ALLOCATED,
    ),
    _Figure("families_started", "families", "started"),
    _Figure("share_starting", UNIT_OF_SHARE, "started", for_each="referred"),
    _Figure("families_completed", "families", "completed"),
    _Figure("children_supported", "children", "children_supported"),
    _Figure("care_weeks_without", "weeks", "days_in_care_without", None, DAYS_IN_WEEK),
    _Figure("care_weeks_with", "weeks", "days_in_care_with", None, DAYS_IN_WEEK),
    _Figure(
        "care_weeks_avoided", "weeks", "days_in_care_without", "days_in_care_with", DAYS_IN_WEEK
    ),
)


def served_table(served: Served) -> pd.DataFrame:
    """Every figure of every group: its mean over draws, and the Monte Carlo interval of the mean.

    The mean wait is of all who were allocated, the share that starts of all who were referred, in
    whatever draw.
    """
    rows = [
        {**_named(group), "figure": figure.name, **_told(mean, reason), "unit": figure.unit}
        for group in range(len(GROUPS))
        for figure, mean, reason in _figures(served, group)
    ]
    return _in_order(rows, ["grouping", "group", "figure", "mean", "low", "high", "unit", "reason"])


def equity(served: Served, other: Served) -> pd.DataFrame:
    """Of each group's referred families, the share that starts under one option and another.

    difference: the share less that under the other, with its standard error from what both did in
    the same draws. Both must be of the same draws.
    """
    assert len(served.amounts) == len(other.amounts), "options are compared draw by draw"
    starts, referred = served.of("started"), served.of("referred")
    other_starts, other_referred = other.of("started"), other.of("referred")
    rows = []
    for group in range(len(GROUPS)):
        one = ratio_of_means(starts[:, group], referred[:, group])
        two = ratio_of_means(other_starts[:, group], other_referred[:, group])
        apart = difference_of_ratios(
            starts[:, group], referred[:, group], other_starts[:, group], other_referred[:, group]
        )
        told = _told(apart, NOBODY)
        rows.append(
            {
                **_named(group),
                "share_starting": None if one is None else one.mean,
                "share_starting_other": None if two is None else two.mean,
                "difference": told.pop("mean"),
                "standard_error": None if apart is None else apart.error,
                **told,
                "unit": UNIT_OF_SHARE,
            }
        )
    shares = ["share_starting", "share_starting_other", "difference", "standard_error"]
    return _in_order(rows, ["grouping", "group", *shares, "low", "high", "unit", "reason"])


def _figures(served: Served, group: int) -> Iterator[tuple[_Figure, Mean | None, str]]:
    """Each figure of a group, or why there is none."""
    is_somebody = served.of("referred")[:, group].any()
    for figure in _FIGURES:
        if not is_somebody:
            yield figure, None, NOBODY
            continue
        amount = served.of(figure.plus)[:, group]
        if figure.less is not None:
            amount = amount - served.of(figure.less)[:, group]
        amount = amount / figure.divide
        if figure.for_each is None:
            yield figure, mean_of(amount), ""
        else:
            each = served.of(figure.for_each)[:, group]
            yield figure, ratio_of_means(amount, each), figure.reason


def _named(group: int) -> dict[str, Any]:
    grouping, name = GROUPS[group]
    return {"grouping": grouping, "group": name}


def _told(mean: Mean | None, reason: str) -> dict[str, Any]:
    """Mean, interval and, where any of them is missing, why."""
    if mean is None:
        return {"mean": None, "low": None, "high": None, "reason": reason}
    told = {"mean": mean.mean, "low": mean.low, "high": mean.high}
    return told | {"reason": ONE_DRAW if mean.error is None else None}


def _in_order(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    text = {"grouping", "group", "figure", "unit", "reason"}
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({name: "float64" for name in columns if name not in text})
