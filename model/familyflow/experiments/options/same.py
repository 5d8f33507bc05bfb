"""Options that are the same service at the same cost: which they are, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Same = Mapping[str, int]  # of each option by name a number, which options that are the same share


def in_groups(same: Same) -> list[list[str]]:
    """The options that are the same as another, those that are the same together."""
    groups = [[name for name in same if same[name] == number] for number in range(len(same))]
    return [group for group in groups if len(group) > 1]


def count_as_one(names: Sequence[str]) -> str:
    """What to say of options that are the same."""
    return (
        f"{', '.join(names[:-1])} and {names[-1]} are the same service at the same cost. In the "
        "chance of being best they count as one, so each is given the chance of that one."
    )
