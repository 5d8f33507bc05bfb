"""Which words after "GBP per" meet the unit in which a quantity is counted: a small table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

# The unit of a quantity, in the singular -> other words for one of it. A word meets itself always.
SYNONYMS: Final[Mapping[str, frozenset[str]]] = {
    "time": frozenset(
        {
            "incident", "event", "occurrence", "case", "call-out", "callout", "offence", "crime",
            "attendance", "admission", "exclusion", "eviction", "absence", "visit",
        }
    ),
    # a child who is counted is one to whom something happened: a step between levels of need
    "child": frozenset(
        {"assessment", "application", "enquiry", "referral", "plan", "entry", "placement", "return"}
    ),
    "step": frozenset({"step-up", "escalation", "referral"}),
    "family": frozenset({"household", "referral", "budget"}),
    "person": frozenset({"leaver", "adult", "parent", "volunteer"}),
    "package": frozenset({"purchase"}),
    "recruitment": frozenset({"vacancy"}),
    "date": frozenset({"activity", "event"}),
    "group": frozenset({"programme", "course"}),
    "session": frozenset({"visit"}),
    "meeting": frozenset({"visit"}),
    "attendance": frozenset({"family"}),
}  # fmt: skip
_IRREGULAR: Final = {"children": "child", "people": "person"}
# "place in a group", "family (of four)": what counts stands before such a word
_AFTER: Final = re.compile(r"\s+(?:of|in|at|on|with|who|that|for|from|to)\s|\s*\(")


@cache
def words_meet(priced: str, counted: str) -> bool:
    """Whether something priced by one word can price a quantity counted in the other.

    >>> [words_meet("family", "families"), words_meet("family", "sessions")]
    [True, False]
    >>> words_meet("police call-out", "times")
    True
    """
    return any(
        one == other or one in SYNONYMS.get(other, ())
        for one in _names(priced)
        for other in _names(counted)
    )


@cache
def words_for(counted: str) -> tuple[str, ...]:
    """The words that price a quantity counted in this unit, the plainest first."""
    name = _names(counted)[-1] if counted else ""
    words = (name, *sorted(SYNONYMS.get(name, ()))) if name else ()
    return tuple(word for word in words if word != "time")


def _names(text: str) -> tuple[str, ...]:
    """The whole name and its last word, in the singular: "child sessions" is a session too."""
    plain = _AFTER.split(" ".join(text.lower().split()), maxsplit=1)[0]
    if not plain:
        return ()
    *before, last = plain.split(" ")
    one = _singular(last)
    return tuple(dict.fromkeys((" ".join([*before, one]), one)))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
