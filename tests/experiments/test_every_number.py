"""Whatever a number or table is set to, it is used or refused: it never makes the model crash."""

from __future__ import annotations

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.planned_cost import warnings_of
from familyflow.parameters.library import load_library
from familyflow.problems import InputError, Problem

NUMBERS = ("0", "1", "-1", "1e9")
TABLES = ("[1]", "{}", "{a: 1}", "[[a]]", "[null]", "[{a: 1}]")
# the two shares of foster care are held against each other where the lines that use them stand
SHARED_OUT = {
    f"unit_costs.children_social_care.foster_{whose}_share" for whose in ("bought", "own")
}
LIBRARY = load_library()
PARTS = sorted({key.partition(".")[0] for key, entry in LIBRARY.items() if not entry.is_line})


def tries(key: str) -> tuple[str, ...]:
    entry = LIBRARY[key]
    if entry.table is not None:
        return TABLES
    return ("0", "x", "[1]") if entry.unit in ("text", "yes or no") else NUMBERS


def refused(choice: str) -> tuple[Problem, ...]:
    try:
        warnings_of(load_inputs("core_offer", [choice]).parameters)
    except InputError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("part", PARTS)
def test_every_number_and_table_is_used_or_refused_at_its_own_place(
    part: str, read_once: None
) -> None:
    keys = [key for key in LIBRARY if key.startswith(f"{part}.") and not LIBRARY[key].is_line]
    assert keys

    for key in keys:
        for value in tries(key):
            problems = refused(f"{key}={value}")
            if problems and key not in SHARED_OUT:
                assert [p.file for p in problems] == [f"--set {key}"], (value, problems)


@pytest.mark.parametrize(
    "choice",
    [
        "service.team.key_workers=200",
        "families.referrals.suitable_per_year=5000",
        "outcomes.escalation.child_in_need_to_plan=0",
        "service.key_work.attendance=0.05",
        "families.make_up.frailty_spread=2",
        "appraisal.term_years=1",
    ],
)
def test_what_stands_at_a_bound_can_be_loaded(choice: str, read_once: None) -> None:
    warnings_of(load_inputs("core_offer", [choice]).parameters)
