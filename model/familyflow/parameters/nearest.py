"""Suggests the known name nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(given: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A question that names the nearest known names, or else the sentence given."""
    names = list(known)
    folded = {name.casefold(): name for name in reversed(names)}
    near = get_close_matches(given.casefold(), folded, n=2, cutoff=0.6)
    if not near:
        # A right name in the wrong file, or without its path: compare the last part only.
        last = given.casefold().rpartition(".")[2]
        near = [n for n in folded if n.rpartition(".")[2] == last][:2]
    if not near:
        return otherwise
    return "Did you mean " + " or ".join(f"'{folded[n]}'" for n in near) + "?"


def listed(names: Iterable[str], most: int = 30) -> str:
    """Names in a sentence: a, b, c (and how many more)."""
    every = list(names)
    shown = ", ".join(every[:most])
    return shown + (f" and {len(every) - most} more" if len(every) > most else "")
