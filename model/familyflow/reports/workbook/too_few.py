"""Of too few draws nothing is said of how sure a figure is: words stand where it would be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.reports.answer import FEWEST

IN_ITS_PLACE: Final = "too few draws"


def is_too_few(results: Mapping[str, Any]) -> bool:
    """Whether the draws are too few for percentiles and chances."""
    return int(results["draws"]) < FEWEST


def too_few(results: Mapping[str, Any]) -> str:
    """The sentence that says so; nothing where there are enough."""
    if not is_too_few(results):
        return ""
    return (
        f"Too few draws to tell how sure this is: there are {results['draws']}, and {FEWEST} or "
        "more are needed for percentiles, intervals and chances."
    )
