"""Sentences of warnings that tell whoever writes a scenario what to do; no funder reads them."""

from __future__ import annotations

from typing import Final

from familyflow.planning.funding_checks import ASKED_OF

NAME_WHAT_GOES: Final = "Name the posts, groups and budgets it gives up, or more funding."
CHOOSE_A_FUNDER: Final = f"Choose one of them under {ASKED_OF}, or nobody."
CHOOSE_A_TEAM: Final = "Choose service.team.key_workers, or service.team.runs: no."
CHECK_THE_COST: Final = "Check posts, pay and referrals."
LOOK_FOR_HOPE: Final = ": look for a number that is too hopeful before using this."
# each with what stands in its place where it is left out
ADVICE: Final = {
    NAME_WHAT_GOES: "",
    CHOOSE_A_FUNDER: "",
    CHOOSE_A_TEAM: "",
    CHECK_THE_COST: "",
    LOOK_FOR_HOPE: ".",
}


def without_advice(warning: str) -> str:
    """What a warning says is so, without what to do about it.

    >>> without_advice(f"It costs more. {NAME_WHAT_GOES}")
    'It costs more.'
    """
    for advice, instead in ADVICE.items():
        if warning.endswith(advice):
            return warning.removesuffix(advice).rstrip() + instead
    return warning


def has_advice(warning: str) -> bool:
    """Whether a warning says what to do."""
    return warning.endswith(tuple(ADVICE))
