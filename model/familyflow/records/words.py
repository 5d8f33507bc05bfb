"""The words that records may use, from the parameters in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.records.cases import Words

SOURCES: Final = "families.referrals.share_by_source"
NEEDS: Final = "families.needs.combinations"
LEVELS: Final = "families.make_up.level_on_arrival"


def words_of(values: Mapping[str, Any]) -> Words:
    """The rows of three tables of shares: who refers, needs that come together, levels of need."""
    return Words(*(tuple(values[key]) for key in (SOURCES, NEEDS, LEVELS)))
