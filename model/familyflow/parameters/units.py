"""The units numbers may have, and what each kind of number may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from familyflow.parameters.nearest import did_you_mean
from familyflow.parameters.numerals import neat
from familyflow.parameters.yaml_tree import Wrong

TOLERANCE = 1e-9
_PERIODS = ("hour", "day", "week", "month", "quarter", "year")
_LENGTHS = {
    "minutes": 1e7,
    "hours": 1e6,
    "days": 45_700,
    "weeks": 6_600,
    "months": 1_500,
    "years": 125,
}
_THINGS = (
    "families", "children", "adults", "parents", "people", "key workers", "posts", "sessions",
    "visits", "meetings", "groups", "places", "referrals", "incidents", "events", "recruitments",
    "absences", "assessments", "placements", "plans", "draws", "replications", "volunteers",
    "agencies", "moves",
)  # fmt: skip
_EXAMPLES = (
    "share", "chance per week", "chance per month", "chance per year", "rate per year", "per week",
    "per month", "per year", "change per year", "ratio", "index", "sd of log", "points", "GBP",
    "GBP per family", "GBP per hour", "GBP per week", "GBP per year", "full-time equivalents",
    "hours per week", "hours per year", "hours per meeting", "referrals per year", "text",
    "yes or no", "table", "table of share", *_LENGTHS, *_THINGS,
)  # fmt: skip
# Above these a number is a slip of the keyboard, not a service.
_MOST = {"money": 1e12, "count": 1e6, "people": 1e8}


@dataclass(frozen=True)
class Unit:
    """A unit and its kind.

    Kinds are share, chance, rate, change, ratio, length, money, count, posts, points, text, flag
    and anything (a table whose cells are checked where they are used).
    """

    name: str
    kind: str
    lowest: float = 0.0
    highest: float = 1e15
    whole: bool = False
    is_table: bool = False

    @property
    def is_share(self) -> bool:
        """Whether values lie between 0 and 1."""
        return self.kind in ("share", "chance")

    @property
    def is_money(self) -> bool:
        """Whether values are pounds, which need a price year."""
        return self.kind == "money"

    @property
    def is_number(self) -> bool:
        """Whether one number is due (or, in a table, numbers)."""
        return self.kind not in ("text", "flag", "anything")

    def check(self, value: int | float) -> int | float:
        """The number as this unit keeps it: counts and whole lengths int. Raises Wrong."""
        if self.is_share:
            return self._share(float(value))
        if not self.lowest - TOLERANCE <= value <= self.highest:
            raise Wrong(*self._outside(value))
        if self.whole:
            if float(value) != int(value):
                raise Wrong(
                    f"'{self.name}' counts whole ones",
                    f"Did you mean {round(value)}? Parts of a post are 'full-time equivalents'.",
                )
            return int(value)
        if self.kind == "length":
            return int(value) if isinstance(value, int) else float(value)
        return float(value)

    def _share(self, value: float) -> float:
        if -TOLERANCE <= value <= 1.0 + TOLERANCE:
            return min(1.0, max(0.0, value))
        if value > 1.0:
            near = [neat(value / 100)] if value <= 100 else []
            if value < 10 and self.kind == "share":
                near.insert(0, neat(round(value / 10, 12)))
            hint = f"Did you mean {' or '.join(near)}? " if near else ""
            if self.kind == "chance":
                hint += "If it is a rate, which may be above 1, write 'unit: rate per year'."
            raise Wrong("must lie between 0 and 1", hint.strip())
        raise Wrong(
            "must lie between 0 and 1", f"Did you mean {neat(-value)}?" if value >= -1 else ""
        )

    def _outside(self, value: float) -> tuple[str, str]:
        if value < self.lowest:
            least = neat(self.lowest)
            return f"must be {least} or more", f"Did you mean {neat(-value)}?" if value < 0 else ""
        return (
            f"is more than '{self.name}' can be (at most {neat(self.highest)})",
            "Check the unit.",
        )


@cache
def unit_named(name: str) -> Unit:
    """The unit of this name. Raises Wrong with the nearest one when it is not known."""
    text = " ".join(name.split())
    if text == "table":
        return Unit(name, "anything", is_table=True)
    if text.startswith("table of "):
        return _table(name, text.removeprefix("table of "))
    found = _plain(name, text)
    if found is None:
        raise Wrong(
            f"there is no unit '{name}'",
            did_you_mean(
                text, _EXAMPLES, otherwise="Units are, for example, " + ", ".join(_EXAMPLES[:18])
            ),
        )
    return found


def _table(name: str, of: str) -> Unit:
    singular = {"shares": "share", "chances": "chance", "ratios": "ratio", "rates": "rate per year"}
    inner = _plain(name, singular.get(of, of))
    if inner is None:  # a table whose columns differ: each is checked where it is used
        kind = "money" if "GBP" in of else "anything"
        return Unit(name, kind, is_table=True)
    return Unit(name, inner.kind, inner.lowest, inner.highest, inner.whole, is_table=True)


def _plain(name: str, text: str) -> Unit | None:
    if text == "text":
        return Unit(name, "text")
    if text in ("yes or no", "no or yes"):
        return Unit(name, "flag")
    if text == "GBP" or re.fullmatch(r"GBP (per|a|an) \S.*", text):
        return Unit(name, "money", highest=_MOST["money"])
    if text == "share" or text.startswith("share of "):
        return Unit(name, "share")
    if text == "chance" or re.fullmatch(rf"chance (per|in a) ({'|'.join(_PERIODS)}).*", text):
        return Unit(name, "chance")
    if re.fullmatch(rf"(rate )?per ({'|'.join(_PERIODS)}).*", text):
        return Unit(name, "rate", highest=1e6)
    if re.fullmatch(rf"(change|growth) per ({'|'.join(_PERIODS)})", text):
        return Unit(name, "change", lowest=-1.0, highest=100.0)
    if text in ("ratio", "index", "sd of log") or re.fullmatch(r"(ratio|index) \S.*", text):
        return Unit(name, "ratio", highest=1e9)
    if text in ("points", "standard deviations") or text.startswith("points "):
        return Unit(name, "points", lowest=-1e6, highest=1e6)
    return _counted(name, text)


def _counted(name: str, text: str) -> Unit | None:
    if text in _LENGTHS:
        return Unit(name, "length", highest=_LENGTHS[text])
    if text.startswith("full-time equivalent"):
        return Unit(name, "posts", highest=1e4)
    if text in _THINGS:
        return Unit(name, "count", highest=_MOST["count"], whole=True)
    found = re.fullmatch(r"(.+?) (per|a|an|in) \S.*", text)
    if found and (found[1] in _LENGTHS or found[1] in _THINGS):
        return Unit(name, "rate", highest=1e7)
    return None
