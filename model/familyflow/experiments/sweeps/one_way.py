"""Sweeps that move one number at a time, or two: tornado, switching values and grid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from familyflow.experiments.sensitivity.switching import Switch, switching
from familyflow.experiments.sensitivity.tornado import tornado
from familyflow.experiments.sweeps.targets import Target
from familyflow.experiments.sweeps.varied import HIGH, LOW
from familyflow.experiments.sweeps.work import Found, Work, finite
from familyflow.parameters.drawn_values import Floats

TOP = 5  # of each target: those that a sentence is said of


def tornado_of(work: Work) -> list[Found]:
    """The bars of each target, widest first, and where the widest few change its sign."""
    found = []
    for target in work.targets:
        bars = tornado(partial(work.one_way, target), work.varied.names)
        rows = [
            {
                "factor": bar.factor,
                "at_lower": finite(bar.at_lower),
                "at_upper": finite(bar.at_upper),
            }
            for bar in bars
        ]
        top = [bar.factor for bar in bars[:TOP] if bar.width]
        moves = any(bar.width for bar in bars)
        found.append(
            {"bars": rows, "nothing_moves": not moves, "switches": switches_of(work, target, top)}
        )
    return found


def switching_of(work: Work) -> list[Found]:
    """Where each number alone changes the sign of each target."""
    return [
        {"switches": _nearest_first(target, switches_of(work, target, work.varied.names))}
        for target in work.targets
    ]


def switches_of(work: Work, target: Target, names: Sequence[str]) -> list[Found]:
    """Where each of these numbers alone turns a target; those of which that is known."""
    stated = {name: work.varied.place(name) for name in names}

    def beyond(factors: Sequence[str], uniforms: Floats) -> Floats:
        return work.one_way(target, factors, uniforms) - target.turns_at

    return [_told(work, target, one) for one in switching(beyond, stated)]


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
    return [
        {
            "first": first,
            "second": second,
            "cells": [
                {"first": one, "second": other, "output": finite(output)}
                for (one, other), output in zip(values, work.of(target, outputs), strict=True)
            ],
        }
        for target in work.targets
    ]


def _axis(work: Work, name: str) -> list[tuple[float, float]]:
    """Values in equal steps over a number's range, each with its uniform."""
    low, high = (work.varied.value_at(name, end) for end in (LOW, HIGH))
    return [(float(value), work.varied.place(name, float(value)))
            for value in np.linspace(low, high, work.n)]  # fmt: skip


def _told(work: Work, target: Target, switch: Switch) -> Found:
    name = switch.factor
    seen = [(place, float(work.of(target, row[np.newaxis])[0])) for place, row in
            work.alone.seen(name)]  # fmt: skip
    # where it never turns: the output that comes nearest to turning
    nearest = max if switch.below < 0 else min
    best, output = nearest(seen, key=lambda pair: pair[1])
    return {
        "factor": name,
        "stated": work.varied.stated(name),
        "value": None if switch.uniform is None else work.varied.value_at(name, switch.uniform),
        "below": switch.below,
        "above": switch.above,
        "crossings": switch.crossings,
        "moves": len({output for _, output in seen}) > 1,
        "at_best": output,
        "at_best_value": work.varied.value_at(name, best),
    }


def _nearest_first(target: Target, switches: list[Found]) -> list[Found]:
    """Those that turn it first, and of them the least change relative to the stated value."""

    def order(one: Found) -> tuple[bool, float, str]:
        if one["value"] is None:
            return True, abs(one["at_best"] - target.turns_at), one["factor"]
        stated = one["stated"]
        away = abs(one["value"] / stated - 1.0) if stated else float("inf")
        return False, away, one["factor"]

    return sorted(switches, key=order)
