"""What was published beside what the solved model gives: rows for the run's tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from familyflow.outcomes.calibration import (
    episode_lengths,
    follow_from,
    looked_after,
    mean_length,
)
from familyflow.outcomes.cohort import CARE, Cohort, make_cohort
from familyflow.outcomes.cohort_chain import LENGTHS, LEVELS
from familyflow.outcomes.dose import dose_curves
from familyflow.outcomes.effect_table import is_neutral
from familyflow.outcomes.effects import exposure, influence, nothing_acts, published, totals
from familyflow.outcomes.expected import STEPS_IN_MONTH, monthly_grid
from familyflow.outcomes.levels_of_need import (
    BAND_STARTS,
    ESCALATION,
    Solved,
    daily_rates,
)
from familyflow.outcomes.readings import number, table
from familyflow.outcomes.records import CARE_KEY, LENGTHS_KEY
from familyflow.specification.plan import CHILD_IN_NEED, CHILD_PROTECTION, EARLY_HELP

YEAR = 12  # months
AGAIN = ESCALATION + "referred_again_within_12_months"  # checks: may be absent
REPEATS = ESCALATION + "repeat_plan_share"
TEN_YEARS = 120  # months in which a further plan is looked for
Row = dict[str, object]
# How values begin that rows are made of, beside those of the reference.
_READ = ("outcomes.", "families.make_up.")
_MOST_KEPT = 32
_made: dict[str, list[Row]] = {}  # by all that they are made of: whole children are followed


def tables(
    solved: Solved, values: Mapping[str, object], reference: Mapping[str, object] | None = None
) -> list[Row]:
    """Rows that set what was published beside what the model gives, for one draw.

    Each has table (calibration or effects), quantity, published (None where no parameter holds a
    figure), model (None where the ratio would be one of none), unit, role (calibrated, or check
    where nothing was fitted) and link (a solved hazard ratio, or None). reference: as in `solve`;
    by default the values themselves. Options that believe the same share their rows.
    """
    read = {key: values[key] for key in sorted(values) if key.startswith(_READ)}  # and no others
    following = values if reference is None else reference
    told = repr((solved, read, sorted(following.items())))
    if told not in _made:
        if len(_made) >= _MOST_KEPT:
            _made.clear()
        _made[told] = _rows(solved, read, following)
    return [{**row} for row in _made[told]]


def _rows(
    solved: Solved, values: Mapping[str, object], reference: Mapping[str, object]
) -> list[Row]:
    calibrated = make_cohort(
        [values], np.array([solved.stay_scale]), np.array([solved.care_multiplier])
    )
    rows = _lengths(solved, values) + _chances(calibrated, values)
    return rows + _effects(calibrated, solved, values, reference)


def _lengths(solved: Solved, values: Mapping[str, object]) -> list[Row]:
    """Lengths of episodes and plans, at the published shares into care."""
    cohort = make_cohort([values], np.array([solved.stay_scale]))
    by_month = table(values, LENGTHS_KEY)
    listed = [by_month[str(months)] for months in LENGTHS]
    still = episode_lengths(cohort)[0]
    given, model = (float(mean_length(np.array([shares]))[0]) for shares in (listed, still))
    of_episode = "months of an episode within its first two years"
    rows = [_row(of_episode, given, model, "calibrated", "months")]
    rows += [
        _row(f"episodes open after {months} months", share, open_share, "check")
        for months, share, open_share in zip(LENGTHS, listed, still, strict=True)
    ]
    edges = [months * STEPS_IN_MONTH for months in LENGTHS]
    others = [level for level in range(LEVELS) if level != CHILD_PROTECTION]
    on_plan = follow_from(cohort, CHILD_PROTECTION, LENGTHS[-1], last=others)
    spent = np.cumsum(np.array(daily_rates(values).plan_leaving[:-1]) * np.diff(BAND_STARTS))
    rows += [
        _row(f"plans open after {months} months", share, on_plan[0, edge, CHILD_PROTECTION])
        for months, share, edge in zip(LENGTHS, np.exp(-spent), edges, strict=True)
    ]
    return rows


def _chances(cohort: Cohort, values: Mapping[str, object]) -> list[Row]:
    """What children of the calibrated cohort meet without the service."""
    within = follow_from(cohort, EARLY_HELP, YEAR, last=(CHILD_IN_NEED,))[0, -1, CHILD_IN_NEED]
    after_plan = number(values, ESCALATION + "plan_to_child_in_need")
    care = float(cohort.weights[0, CHILD_PROTECTION, CARE])
    closed = 1.0 - after_plan - number(values, ESCALATION + "plan_to_care")
    ends = {CHILD_IN_NEED: after_plan, CARE: care, EARLY_HELP: closed}
    further = [
        share * follow_from(cohort, level, TEN_YEARS, (CHILD_PROTECTION,))[0, -1, CHILD_PROTECTION]
        for level, share in ends.items()
    ]
    again = sum(further) / sum(ends.values())
    begins = number(values, ESCALATION + "early_help_to_child_in_need")
    return [
        _row(
            "looked after on any day in months 19 to 24",
            number(values, CARE_KEY),
            looked_after(cohort)[0],
            "calibrated",
        ),
        _row("child in need within 12 months of early help", begins, within),
        _row("child in need again within 12 months of closing", _or_none(values, AGAIN), within),
        _row("a further plan within ten years of a plan", _or_none(values, REPEATS), again),
    ]


def _effects(
    cohort: Cohort, solved: Solved, values: Mapping[str, object], reference: Mapping[str, object]
) -> list[Row]:
    """Total effects, published and reached, with the solved ratio on each link."""
    grid = monthly_grid()
    nothing = nothing_acts(1, grid)
    exposed = [exposure([values], curve, reference, grid) for curve in dose_curves(reference)]
    acting = [influence(np.array(solved.links)[:, None], group) for group in exposed]
    without = totals(cohort, nothing, grid)
    reached = totals(cohort, nothing if is_neutral(values) else acting, grid)
    goals = published([values]).goals(without)
    rows = []
    for quantity, name, link in (
        ("looked after on any day in months 19 to 24", "looked_after", solved.care_link),
        ("plans started in two years", "plans", solved.plan_link),
        ("plans started in year 1", "plans_year_1", None),
        ("plans started in year 2", "plans_year_2", None),
        ("child in need within 12 months, from below", "child_in_need", solved.child_in_need_link),
    ):
        base, goal, got = (float(getattr(t, name)[0]) for t in (without, goals, reached))
        role = "check" if link is None else "calibrated"
        given, model = (goal / base, got / base) if base else (None, None)  # no ratio of none
        row = _row(quantity, given, model, role, "ratio")
        rows.append({**row, "table": "effects", "link": link, "without": base})
    return rows


def _row(
    quantity: str,
    given: float | None,
    model: float | None,
    role: str = "check",
    unit: str = "share",
) -> Row:
    return {
        "table": "calibration",
        "quantity": quantity,
        "published": None if given is None else float(given),
        "model": None if model is None else float(model),
        "unit": unit,
        "role": role,
        "link": None,
        "without": None,
    }


def _or_none(values: Mapping[str, object], key: str) -> float | None:
    return number(values, key) if key in values else None
