"""A family and its children, as they come to the service."""

from __future__ import annotations

from typing import NamedTuple


class Child(NamedTuple):
    """A child of the family. Siblings outside the age range count for hours, not for outcomes."""

    number: int
    in_scope: bool
    age_days: int  # on the day of the family's first referral
    word: int  # counter word 0 of this child's luck
    difficulties: int  # total difficulties at entry, points


class Family(NamedTuple):
    """What a family brings with it: drawn before the simulation, the same in both arms."""

    source: int
    number: int
    word: int  # counter word 0 of the family's luck
    referred: int  # engine day of the first referral
    children: tuple[Child, ...]
    needs: int  # bit mask
    leading_need: int
    level: int  # level of need on arrival, shared by the children
    complexity: float  # multiplies hours
    frailty: float  # multiplies the rates of steps up; its mean is 1
    weekday: int  # 0 Monday ... 4 Friday
    session_minutes: int  # a week in the session phase, one child, complexity 1
    interpreter: bool
    minority_ethnic: bool
    usual_support: bool
    moves_on: int  # engine day on which it moves away
    risk_indicators: int  # at entry, points
    wellbeing: int  # of the parent at entry, points
