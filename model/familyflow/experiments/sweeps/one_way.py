"""Sweeps that move one number at a time, or two: tornado, switching values and grid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from familyflow.experiments.sensitivity.switching import switching
from familyflow.experiments.sensitivity.tornado import ENDS, Bar, tornado
from familyflow.experiments.sweeps.chance import LAST_DIGITS, half_widths
from familyflow.experiments.sweeps.targets import Target, reason_undefined
from familyflow.experiments.sweeps.turns import told_of
from familyflow.experiments.sweeps.varied import HIGH, LOW
from familyflow.experiments.sweeps.work import Found, Work, finite
from familyflow.parameters.drawn_values import Floats

TOP = 5  # of each target: those that a sentence is said of


def tornado_of(work: Work) -> list[Found]:
    """The bars of each target, widest first, and where the widest few turn it.

    Points meet the same luck, and yet events part where a rate moves: a bar no wider than chance
    may make it is not told from none, and stands after the others.
    """
    found = []
    for target in work.targets:
        bars = tornado(partial(work.one_way, target), work.varied.names)
        rows = sorted(
            (_bar(work, target, bar) for bar in bars),
            key=lambda row: (
                row["at_lower"] is None or row["at_upper"] is None,
                row["is_none"],
                row["half_width"] is None,
            ),
        )
        top = [str(row["factor"]) for row in rows[:TOP] if not row["is_none"]]
        missing = sum(end is None for row in rows for end in (row["at_lower"], row["at_upper"]))
        found.append(
            {
                "bars": rows,
                "nothing_moves": not missing and not any(bar.width for bar in bars),
                "switches": switches_of(work, target, top),
                **not_defined(target, missing, 2 * len(rows)),
            }
        )
    return found


def switching_of(work: Work) -> list[Found]:
    """Where each number alone turns each target."""
    found = []
    for target in work.targets:
        rows = _nearest_first(target, switches_of(work, target, work.varied.names))
        missing = len(work.varied.names) - len(rows)
        found.append({"switches": rows, **not_defined(target, missing, len(work.varied.names))})
    return found


def switches_of(work: Work, target: Target, names: Sequence[str]) -> list[Found]:
    """Where each of these numbers alone turns a target; those of which that is known.

    None for a target that says the same on both sides of any value.
    """
    at = target.turns_at
    if at is None:
        return []
    turn = at

    def beyond(factors: Sequence[str], uniforms: Floats) -> Floats:
        return work.one_way(target, factors, uniforms) - turn

    stated = {name: work.varied.place(name) for name in names}
    return [told_of(work, target, turn, one) for one in switching(beyond, stated)]


def grid_of(work: Work) -> list[Found]:
    """Each target over two numbers, n values of each in equal steps over its 95 % range."""
    first, second = work.varied.names
    axes = [_axis(work, name) for name in (first, second)]
    columns = {name: place for place, name in enumerate(work.alone.evaluator.model.names)}
    places = np.full((work.n**2, len(columns)), np.nan)
    places[:, columns[first]] = np.repeat([place for _, place in axes[0]], work.n)
    places[:, columns[second]] = np.tile([place for _, place in axes[1]], work.n)
    outputs = work.alone.evaluator.batch(places)
    values = [(one, other) for one, _ in axes[0] for other, _ in axes[1]]
    found = []
    for target in work.targets:
        halves = half_widths(work.by_luck(target, outputs))
        cells = zip(values, work.of(target, outputs), halves, strict=True)
        found.append(
            {
                "first": first,
                "second": second,
                "cells": [
                    {"first": one, "second": other, "output": finite(output),
                     "half_width": finite(half)}
                    for (one, other), output, half in cells
                ],
                **not_defined(target, _missing(work.of(target, outputs)), len(outputs)),
            }
        )  # fmt: skip
    return found


def not_defined(target: Target, missing: int, of: int) -> Found:
    """What is said of a target that is not known everywhere; nothing where it is."""
    if not missing:
        return {}
    return {
        "undefined": missing,
        "reason": f"{missing:,} of {of:,} have no such output ({reason_undefined(target.name)}, "
        "or a point failed)",
    }


def _missing(outputs: Floats) -> int:
    return int((~np.isfinite(outputs)).sum())


def _axis(work: Work, name: str) -> list[tuple[float, float]]:
    """Values in equal steps over a number's range, each with its uniform."""
    low, high = (work.varied.value_at(name, end) for end in (LOW, HIGH))
    return [(float(value), work.varied.place(name, float(value)))
            for value in np.linspace(low, high, work.n)]  # fmt: skip


def _bar(work: Work, target: Target, bar: Bar) -> Found:
    """A bar with what chance may make of its width: the same luck at both ends, end by end."""
    name = bar.factor
    both = work.by_luck(target, work.alone.rows([name, name], np.array(ENDS)))
    difference = both[1:] - both[:1]
    half = float(half_widths(difference)[0]) if bar.width else 0.0
    if half <= LAST_DIGITS * float(np.abs(both).max()):
        half = 0.0
    return {
        "factor": name,
        "low": work.varied.value_at(name, LOW),
        "high": work.varied.value_at(name, HIGH),
        "at_lower": finite(bar.at_lower),
        "at_upper": finite(bar.at_upper),
        "half_width": finite(half),
        "is_none": bar.is_known and bool(bar.width <= np.nan_to_num(half)),
    }


def _nearest_first(target: Target, switches: list[Found]) -> list[Found]:
    """Those that turn it first, and of them the least change relative to the stated value."""
    at = target.turns_at or 0.0

    def order(one: Found) -> tuple[bool, float, str]:
        if one["value"] is None:
            return True, abs(one["at_best"] - at), one["factor"]
        stated = one["stated"]
        away = abs(one["value"] / stated - 1.0) if stated else float("inf")
        return False, away, one["factor"]

    return sorted(switches, key=order)
