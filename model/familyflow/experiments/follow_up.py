"""How families are followed once the service has let them go: light, as `engine_names` is."""

from __future__ import annotations

from typing import Final, Literal, get_args

from familyflow.problems import bad_input

FollowUp = Literal["sampled", "expected"]
FOLLOW_UPS: Final[tuple[FollowUp, ...]] = get_args(FollowUp)
# Follow-ups averaged where they are expected: with pricing counted in, variance times work is least
# about here (python -m benchmarks.expected_follow_up)
EXPECTED_INNER: Final = 8
MOST_INNER: Final = 16  # what the luck has room for


def check_follow_up(follow_up: str, inner: int = EXPECTED_INNER) -> None:
    """Refuse a follow-up that there is not, or a number of them that luck has no room for."""
    if follow_up not in FOLLOW_UPS:
        raise bad_input(
            f"there is no follow-up {follow_up!r}",
            f"There are: {', '.join(FOLLOW_UPS)}. Or leave it out.",
        )
    if not 1 <= inner <= MOST_INNER:
        raise bad_input(
            f"inner is {inner}; it counts follow-ups of each family, so give 1 to {MOST_INNER}"
        )


def refuse_journal(follow_up: str) -> None:
    """Refuse to keep every event where how families fare is a mean over several follow-ups."""
    if follow_up == "expected":
        raise bad_input(
            "--journal keeps every event, and with an expected follow-up how families fare is a "
            "mean over several of them",
            "Leave out --journal, or --follow-up expected.",
        )
