"""The columns of a council's care histories: which are read, which are stripped unread, and codes.

The layout is that of the SSDA903 return. The codes are recalled: check them against the current
guide of the Department for Education. Codes that are not here are counted as other, and told.
"""

from __future__ import annotations

import re
from typing import Final

from familyflow.records.taken import Taken

READ: Final = {
    "CHILD": "tells which episodes are of one child; a number stands for it, in memory only",
    "DECOM": "the day the episode began",
    "RNE": "why it began: S is the start of care, P and B a change of carers",
    "LS": "the legal status; short breaks (V3, V4) are left out",
    "PLACE": "the kind of placement",
    "PLACE_PROVIDER": "who provides the placement",
    "DEC": "the day the episode ended; empty while it goes on",
    "REC": "why it ended: with X1 care goes on",
}
NEEDED: Final = ("CHILD", "DECOM", "LS", "PLACE", "DEC")
EPISODES: Final = Taken(tuple(READ), "CHILD")

# Every other column is stripped too; these are the known ones and why they are not wanted.
STRIPPED: Final = {
    "CIN": "the need on coming into care: no number of the model is by it",
    "REASON_PLACE_CHANGE": "why the placement changed: no number of the model is by it",
    "HOME_POST": "the postcode of the home",
    "PL_POST": "the postcode of the placement",
    "URN": "the number of the home or agency at Ofsted, which may be where a child lives",
    "SEX": "of the header file, which is not needed",
    "DOB": "the date of birth",
    "ETHNIC": "of the header file, which is not needed",
    "UPN": "the unique pupil number",
    "MOTHER": "whether the child is a mother",
    "MC_DOB": "the date of birth of the child's own child",
}

FOSTER, RESIDENTIAL, OTHER = "foster", "residential", "other"
KINDS: Final = (FOSTER, RESIDENTIAL, OTHER)
PLACEMENTS: Final = {
    "A3": "placed for adoption with consent, with the foster carer",
    "A4": "placed for adoption with consent, not with the foster carer",
    "A5": "placed for adoption with a placement order, with the foster carer",
    "A6": "placed for adoption with a placement order, not with the foster carer",
    "H5": "semi-independent living",
    "K1": "secure children's home",
    "K2": "children's home",
    "P1": "with parents or another with parental responsibility",
    "P2": "independent living",
    "P3": "residential employment",
    "R1": "residential care home",
    "R2": "hospital or nursing establishment",
    "R3": "family centre or mother and baby unit",
    "R5": "young offender institution or prison",
    "S1": "residential school",
    "T0": "temporary move",
    "T1": "temporary: in hospital",
    "T2": "temporary: on holiday",
    "T3": "temporary: while the foster carer is on holiday",
    "T4": "temporary: seven days or less",
    "U1": "foster carer who is a relative or friend, long term",
    "U2": "foster carer who is a relative or friend, fostering for adoption",
    "U3": "foster carer who is a relative or friend, otherwise",
    "U4": "other foster carer, long term",
    "U5": "other foster carer, fostering for adoption",
    "U6": "other foster carer, otherwise",
    "Z1": "another placement",
}
# as the national figures have it: children's homes and secure units
_KIND_OF: Final = {"K1": RESIDENTIAL, "K2": RESIDENTIAL} | {f"U{n}": FOSTER for n in range(1, 7)}

OWN, BOUGHT = "own", "bought"
PROVIDED: Final = (OWN, BOUGHT, OTHER)
PROVIDERS: Final = {
    "PR0": "parents or another with parental responsibility",
    "PR1": "the council itself",
    "PR2": "another council",
    "PR3": "another public body",
    "PR4": "a private provider",
    "PR5": "a voluntary provider",
}
_PROVIDED_BY: Final = {"PR1": OWN, "PR4": BOUGHT, "PR5": BOUGHT}

BEGINNINGS: Final = {
    "S": "start of care",
    "L": "change of legal status",
    "P": "change of placement and carers",
    "T": "change of placement with the same carers",
    "B": "change of legal status, placement and carers",
    "U": "change of legal status and placement with the same carers",
}
STARTS, CARERS_CHANGE, CARE_GOES_ON = "S", frozenset("PB"), "X1"
SHORT_BREAKS: Final = frozenset({"V3", "V4"})
INTERIM_ORDER: Final = "C1"  # care proceedings are open
LEGAL: Final = {
    "C1": "interim care order",
    "C2": "full care order",
    "E1": "placement order",
    "V2": "by agreement with parents",
    "V3": "short breaks, each by itself",
    "V4": "short breaks, under one agreement",
}
# A code may be newer than these lists, but has their shape.
SHAPES: Final = {
    "RNE": re.compile("[A-Z]"),
    "LS": re.compile("[A-Z][0-9]"),
    "PLACE": re.compile("[A-Z][0-9]"),
    "PLACE_PROVIDER": re.compile("PR[0-9]"),
    "REC": re.compile("X1|E[0-9]{1,2}[A-Z]?"),
}
KNOWN: Final = {"RNE": BEGINNINGS, "PLACE": PLACEMENTS, "PLACE_PROVIDER": PROVIDERS}


def kind_of(placement: str) -> str:
    """The kind of a placement by its code: foster, residential or other.

    >>> kind_of("U4"), kind_of("K2"), kind_of("H5")
    ('foster', 'residential', 'other')
    """
    return _KIND_OF.get(placement, OTHER)


def provided(provider: str | None) -> str:
    """Who provides it: own (the council), bought (private or voluntary) or other, by its code."""
    return _PROVIDED_BY.get(provider or "", OTHER)


def is_temporary(placement: str) -> bool:
    """Whether a placement is a temporary absence, after which the child is to go back."""
    return placement.startswith("T")
