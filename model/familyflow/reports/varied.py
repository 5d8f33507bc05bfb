"""What a sweep varied, by the names that people read, and in the order of what moves most."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

LUCK: Final = "luck"  # the factor that picks chance
_CHANCE: Final = "Chance"
_MARKS: Final = {"recalled": "unverified", "assumed": "assumed"}
_LEFT, _RIGHT = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
_MEASURES: Final = {"morris": ("moves", "mu_star"), "pawn": ("gaps", "gap")}


def is_known(value: float | None) -> TypeGuard[float]:
    """Whether there is a number: neither None nor NaN."""
    return value is not None and not math.isnan(value)


@dataclass(frozen=True)
class Varied:
    """The numbers and groups of a sweep by name, as its results tell them."""

    factors: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, Mapping[str, Any]]

    def label(self, name: str) -> str:
        """What a factor or group is called; with its key where two share a label."""
        if name == LUCK:
            return _CHANCE
        label = self._plain(name)
        named = Counter(self._plain(key) for key in (*self.factors, *self.groups))
        return f"{label} ({name})" if named[label] > 1 and label != name else label

    def said(self, name: str) -> str:
        """The label within a sentence: in quotation marks, and marked where it is no evidence."""
        mark = self.mark(name)
        told = {"assumed": " (an assumed number)", "unverified": " (unverified)"}.get(mark, "")
        if name in self.groups and mark:
            told = f" (with {mark} numbers)"
        return f"{_LEFT}{self.label(name)}{_RIGHT}{told}"

    def mark(self, name: str) -> str:
        """'unverified', 'assumed' or nothing: the weakest standing of a number or of a group's."""
        members = self.groups[name]["factors"] if name in self.groups else [name]
        marks = {_MARKS.get(str(self._told(key).get("status", ""))) for key in members}
        return next((mark for mark in _MARKS.values() if mark in marks), "")

    def unit(self, name: str) -> str:
        """The unit of a number; nothing for a group or chance."""
        return str(self._told(name).get("unit") or "")

    def range_of(self, name: str) -> tuple[float, float] | None:
        """The lower and upper end of a number's 95% range; None for a group or chance."""
        told = self._told(name)
        low, high = told.get("low"), told.get("high")
        return (float(low), float(high)) if is_known(low) and is_known(high) else None

    def stated(self, name: str) -> float | None:
        """The value that the files state."""
        value = self._told(name).get("stated")
        return float(value) if is_known(value) else None

    def _told(self, name: str) -> Mapping[str, Any]:
        return self.factors.get(name, {})

    def _plain(self, name: str) -> str:
        told = self.groups.get(name) or self._told(name)
        return " ".join(str(told.get("label") or name).split())


def varied_by(results: Mapping[str, Any]) -> Varied:
    """What a whole `results` varied."""
    return varied_in(by_name(results["factors"]), results.get("groups", ()))


def varied_in(
    factors: Mapping[str, Mapping[str, Any]], groups: Iterable[Mapping[str, Any]]
) -> Varied:
    """What was varied, from the numbers by name and the groups in their order."""
    return Varied(factors, {str(group["group"]): group for group in groups})


def by_name(rows: Iterable[Mapping[str, Any]], key: str = "factor") -> dict[str, Mapping[str, Any]]:
    """Rows by their name."""
    return {str(row[key]): row for row in rows}


_ROWS: Final = {
    "tornado": "bars", "switching": "switches", "morris": "moves", "sobol": "indices",
    "pawn": "gaps",
}  # fmt: skip


def ranked(target: Mapping[str, Any], method: str, varied: Varied) -> list[Mapping[str, Any]]:
    """The rows of a method for one target, first what moves it most; equal ones as they came.

    No rows where nothing moves it. A grid has no order, so it has none either.
    """
    if target.get("nothing_moves") or _ROWS.get(method, "") not in target:
        return []
    if method == "tornado":
        return sorted(target["bars"], key=_sureness)
    at = target.get("turns_at")
    if method == "switching":
        return sorted(target["switches"], key=lambda row: _farness(row, varied, at))
    if method == "sobol":
        return sorted(target["indices"], key=lambda row: -_size(row["ST"]))
    if method in _MEASURES:
        rows, measure = _MEASURES[method]
        return sorted(target[rows], key=lambda row: -_size(row[measure]))
    return []


def _sureness(bar: Mapping[str, Any]) -> tuple[bool, bool, bool, float]:
    """Known bars first, of them those beyond chance, of them those of which chance is known."""
    unknown = not is_known(bar["at_lower"]) or not is_known(bar["at_upper"])
    chance = "half_width" in bar and not is_known(bar["half_width"])
    return unknown, bool(bar.get("is_none")), chance, -width(bar)


def moves_something(row: Mapping[str, Any], method: str) -> bool:
    """Whether a row's own measure is above nothing, whatever its doubt."""
    if method == "tornado":
        return width(row) > 0.0
    measure = {"morris": "mu_star", "sobol": "ST", "pawn": "gap"}.get(method)
    return measure is None or _size(row[measure]) > 0.0


def width(bar: Mapping[str, Any]) -> float:
    """How far apart the ends of a bar are; below 0 where one is not known."""
    lower, upper = bar["at_lower"], bar["at_upper"]
    return abs(upper - lower) if is_known(lower) and is_known(upper) else -1.0


def _size(value: float | None) -> float:
    return value if is_known(value) else -math.inf


def _farness(row: Mapping[str, Any], varied: Varied, turns_at: float | None) -> tuple[float, float]:
    """How far the turn is from the stated value, as a share of the range; then how near 0 it came.

    Those that never turn stand last, first among them the one that comes nearest to turning.
    """
    ends = varied.range_of(row["factor"])
    if not is_known(row["value"]):
        best, at = row.get("at_best"), float(turns_at or 0.0)
        return math.inf, abs(best - at) if is_known(best) else math.inf
    away = abs(row["value"] - row["stated"])
    return away / (ends[1] - ends[0]) if ends and ends[1] > ends[0] else away, 0.0
