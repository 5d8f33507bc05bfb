"""Sentences of warnings for whoever writes a scenario: no reader of an answer needs them."""

from __future__ import annotations

from typing import Final

from familyflow.planning.funding_checks import ASKED_OF, YEARS_COUNT_FROM_0

NAME_WHAT_GOES: Final = "Name the posts, groups and budgets it gives up, or more funding."
CHOOSE_A_FUNDER: Final = f"Choose one of them under {ASKED_OF}, or nobody."
CHOOSE_A_TEAM: Final = "Choose service.team.key_workers, or service.team.runs: no."
CHECK_THE_COST: Final = "Check posts, pay and referrals."
LOOK_FOR_HOPE: Final = ": look for a number that is too hopeful before using this."
# begins what a simulation tells better: it stands where none was made yet
ROUGH_SUM: Final = "By a rough sum before any simulation,"
# each with what stands in its place where it is left out
ADVICE: Final = {
    NAME_WHAT_GOES: "",
    CHOOSE_A_FUNDER: "",
    CHOOSE_A_TEAM: "",
    CHECK_THE_COST: "",
    LOOK_FOR_HOPE: ".",
    YEARS_COUNT_FROM_0: "",
}


def without_advice(warning: str) -> str:
    """What a warning says is so, without what to do about it and what is only a rough sum.

    >>> without_advice(f"It costs more. {NAME_WHAT_GOES}"), without_advice(f"Long. {ROUGH_SUM} 9.")
    ('It costs more.', 'Long.')
    """
    warning = warning.partition(f" {ROUGH_SUM}")[0]
    for advice, instead in ADVICE.items():
        if warning.endswith(advice):
            return warning.removesuffix(advice).rstrip() + instead
    return warning


def has_advice(warning: str) -> bool:
    """Whether a warning says what to do."""
    return warning.endswith(tuple(ADVICE))
