"""Which parameters only price what happens, and which change it. Only the first are re-priced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from familyflow.experiments.inputs import Drawn
from familyflow.problems import InputError, Problem
from familyflow.scenarios.canonical import canonical
from familyflow.scenarios.resolve import Resolved

FOLDERS: Final = ("unit_costs.", "costs.", "benefits.", "economy.", "adjustments.", "funding.")
KEYS: Final = frozenset(
    {
        "appraisal.schedule",
        "appraisal.timing",
        "appraisal.price_year",
        "appraisal.first_year",
        "appraisal.optimism_bias",
        "appraisal.window",
        # money, and hours that are paid for and never scheduled
        "service.key_work.family_budget",
        "service.team.central_posts",
        "service.team.play_supervision_hours",
        "service.team.strategy_group_hours",
        # shares of an outcome that has a price
        "outcomes.escalation.share_of_entries_with_proceedings",
        "outcomes.child_difficulties.share_with_conduct_disorder",
    }
)
# Nothing else would happen with these, but they settle where the kept sums were cut.
CUTS: Final = frozenset({f"appraisal.{name}_years" for name in ("follow_up", "term", "watched")})


def is_priced_only(key: str) -> bool:
    """Whether a parameter is read when quantities are priced and at no time before.

    >>> is_priced_only("unit_costs.staff.pension"), is_priced_only("service.team.posts")
    (True, False)
    """
    return key in KEYS or key.startswith(FOLDERS)


def refuse_what_happens(before: Resolved, after: Resolved) -> None:
    """Raise InputError, naming each, when keys differ that change more than prices."""
    keys = [key for key in _changed(before, after) if not is_priced_only(key)]
    if keys:
        raise InputError(_problem(after, key) for key in sorted(keys))


def refuse_moved_draws(before: Drawn, after: Drawn) -> None:
    """Raise InputError when a changed price moved another number through a correlation."""
    old, new = before.values.columns, after.values.columns
    moved = {
        name.partition("[")[0]
        for name in old.keys() | new.keys()
        if name not in old or name not in new or (old[name] != new[name]).any()
    }
    keys = sorted(key for key in moved if not is_priced_only(key))
    if keys:
        raise InputError(_problem(after.resolved, key) for key in keys)


def _changed(before: Resolved, after: Resolved) -> Iterator[str]:
    old, new = before.parameters, after.parameters
    yield from (key for key in old if key not in new)
    for key in new:
        if key not in old or canonical(old[key]) != canonical(new[key]):
            yield key


def _problem(resolved: Resolved, key: str) -> Problem:
    what = f"{key} changes what happens, and a run that is priced again stays as it happened"
    if key in CUTS:
        what = f"{key} settles which years were kept, and a run that is priced again keeps its own"
    place = resolved.spot(key) if key in resolved.parameters else ("command line", 0, 0)
    return Problem(*place, what, "So the scenario has to be run again, without --reprice.")
