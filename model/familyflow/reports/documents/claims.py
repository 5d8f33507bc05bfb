"""What in a cost case rests on weak or unverified evidence, for whoever has to stand by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from familyflow.reports.documents.bid import Bid
from familyflow.reports.documents.evidence import OWN

WEAK_GRADES: Final = ("D", "E")
NOT_CHECKED: Final = {
    "assumed": "assumed: nobody has measured it",
    "recalled": "recalled: not checked in its source",
}
# tables of the case in which numbers stand with their grade -> what the case rests on them for
RESTING: Final = {
    "assumptions": "The size of the answer rests on it.",
    "prices": "Sums of savings or of cost rest on it.",
}


@dataclass(frozen=True)
class Claim:
    """A number on which a claim rests. about: which, in a sentence. why: what is weak about it."""

    about: str
    number: str
    value: str
    why: str
    source: str


def weak_claims(bid: Bid) -> list[Claim]:
    """The numbers that the case names whose evidence is weak, or that nobody here has checked."""
    found: dict[str, Claim] = {}
    for name, about in RESTING.items():
        for row in bid.tables[name].rows:
            why = _weakness(row["grade"])
            if why:
                told = Claim(about, row["number"], row["value"], why, row["source"])
                found.setdefault(row["number"], told)
    return list(found.values())


def _weakness(grade_and_status: str) -> str:
    """What is weak about a number of this grade and status; nothing where nothing is.

    >>> _weakness("D, verified"), _weakness("B, derived")
    ('grade D: weak evidence', '')
    """
    if grade_and_status == OWN:
        return "your own number, not checked here: have what it is from to hand"
    grade, _, status = grade_and_status.partition(", ")
    told = [f"grade {grade}: weak evidence"] if grade in WEAK_GRADES else []
    told += [NOT_CHECKED[status]] if status in NOT_CHECKED else []
    return "; ".join(told)
