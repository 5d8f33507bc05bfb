"""Small made-up results of a sweep, one of each method, all of the same few numbers."""

from __future__ import annotations

from typing import Any

from familyflow.reports.sensitivity_sentences import sentences

FOSTER, RATIO, SHARE, GROWTH = "costs.foster_week", "effects.ratio", "effects.share", "needs.growth"
LONG = "costs.long"
GROUP = "needs.combinations"
LONG_LABEL = (
    "Share of families passed up to social care at screening who would have been referred there "
    "anyway, without the service"
)
METHODS = ("tornado", "grid", "switching", "morris", "sobol", "pawn")


def factor(name: str, label: str, unit: str, values: tuple[float, float, float],
           status: str = "verified") -> dict[str, Any]:  # fmt: skip
    """A number by its lower end, stated value and upper end."""
    low, stated, high = values
    return {"factor": name, "label": label, "unit": unit, "stated": stated, "low": low,
            "high": high, "grade": "B", "status": status}  # fmt: skip


def factors() -> list[dict[str, Any]]:
    return [
        factor(FOSTER, "Foster placement, a week", "GBP per week", (700.0, 900.0, 1_300.0)),
        factor(RATIO, "Children looked after", "ratio", (0.6, 0.8, 1.1), "assumed"),
        factor(SHARE, "Share who attend", "share", (0.1, 0.3, 0.6), "recalled"),
        factor(GROWTH, "Growth of referrals", "per year", (-0.1, 0.0, 0.1), "derived"),
        factor(LONG, LONG_LABEL, "share", (0.5, 0.8, 0.95), "assumed"),
        factor(f"{GROUP}.one", "One need", "share", (0.3, 0.5, 0.7), "assumed"),
        factor(f"{GROUP}.two", "Two needs", "share", (0.2, 0.3, 0.4), "assumed"),
    ]


def switch(name: str, stated: float, value: float | None = None, **more: Any) -> dict[str, Any]:
    """Where a number turns a loss into a gain as it rises; never, without a value."""
    sides = {"below": -1, "above": -1 if value is None else 1, "crossings": int(value is not None)}
    best = {"at_best": -1_200_000.0 if value is None else 50_000.0, "at_best_value": stated}
    return {"factor": name, "stated": stated, "value": value, **sides, **best, **more}


def switches() -> list[dict[str, Any]]:
    return [
        switch(FOSTER, 900.0, 1_234.0),
        switch(RATIO, 0.8, 0.65, below=1, above=-1),
        switch(SHARE, 0.3, at_best_value=0.6),
        switch(GROWTH, 0.0, 0.06, crossings=3),
        switch(LONG, 0.8, at_best_value=0.5),
    ]


def _tornado() -> dict[str, Any]:
    widths = {LONG: 10.0, FOSTER: 500.0, RATIO: 400.0, SHARE: 90.0, GROWTH: 50.0}
    bars = [
        {"factor": name, "at_lower": 1_000.0 * (-800 - width), "at_upper": 1_000.0 * (-800 + width)}
        for name, width in widths.items()
    ]
    nothing = {"factor": f"{GROUP}.one", "at_lower": -800_000.0, "at_upper": -800_000.0}
    half = {"factor": f"{GROUP}.two", "at_lower": None, "at_upper": -700_000.0}
    return {"bars": [*bars, nothing, half], "switches": switches()}


def _grid() -> dict[str, Any]:
    cells = [
        {"first": foster, "second": ratio, "output": 1_000.0 * foster * (1.0 - ratio) - 300_000.0}
        for foster in (700.0, 900.0, 1_300.0)
        for ratio in (0.6, 0.8, 1.1)
    ]
    cells[4]["output"] = None  # the middle
    return {"first": FOSTER, "second": RATIO, "cells": cells}


def _morris() -> dict[str, Any]:
    moved = {FOSTER: (5e5, 4e4, 9e4), GROUP: (4.8e5, 5e4, None), RATIO: (2e5, 3e4, 3e5),
             SHARE: (1e5, 1e4, 2e4), GROWTH: (1e5, 1e4, 2e4), LONG: (0.0, 0.0, 0.0)}  # fmt: skip
    names = ("mu_star", "mu_star_half_width", "sigma")
    moves = [
        {"factor": name, **dict(zip(names, told, strict=True))} for name, told in moved.items()
    ]
    return {"moves": moves, "switches": switches()}


def _sobol() -> dict[str, Any]:
    shares = {FOSTER: (0.4, 0.5, 1), RATIO: (0.1, 0.2, 2), SHARE: (0.09, 0.19, 2),
              GROWTH: (0.08, 0.18, 2), GROUP: (0.01, 0.04, 5), LONG: (-0.01, 0.01, 6)}  # fmt: skip
    indices = [
        {"factor": name, "S1": first, "S1_conf": 0.02, "ST": total, "ST_conf": 0.015,
         "is_none": name == LONG, "rank": rank}
        for name, (first, total, rank) in shares.items()
    ]  # fmt: skip
    return {"indices": indices, "chance": {"S1": 0.07, "ST": 0.12}, "switches": switches()}


def _pawn() -> dict[str, Any]:
    found = {SHARE: 0.05, FOSTER: 0.4, RATIO: 0.3}
    gaps = [{"factor": name, "gap": gap, "is_none": gap <= 0.07} for name, gap in found.items()]
    return {"gaps": gaps, "floor": 0.07, "switches": switches()}


_MADE = {
    "tornado": _tornado, "grid": _grid, "switching": lambda: {"switches": switches()},
    "morris": _morris, "sobol": _sobol, "pawn": _pawn,
}  # fmt: skip
_LUCK = {"sobol": "a factor", "pawn": "of each draw"}


def swept(method: str, **of_target: Any) -> dict[str, Any]:
    """Results of a method about one target, with its sentences; `of_target` changes the target."""
    groups = [{"group": GROUP, "label": "Needs together",
               "factors": [f"{GROUP}.one", f"{GROUP}.two"]}]  # fmt: skip
    target = {"target": "money.net_saving", "label": "Net saving", "unit": "GBP",
              "stated": -800_000.0, "nothing_moves": False, **_MADE[method](),
              **of_target}  # fmt: skip
    results = {
        "schema": 1, "kind": "sweep", "method": method, "run_id": "a1b2", "scenario": "core_offer",
        "title": "Core offer", "seed": 7, "n": 16, "points": 112, "replications": 4,
        "luck": _LUCK.get(method, "common"), "follow_up": "expected", "price_year": "2024-25",
        "discounting": "gb_standard", "term_years": 5, "follow_up_years": 5, "window": "follow_up",
        "factors": factors(), "groups": groups, "targets": [target], "quarantined": [],
        "warnings": [],
    }  # fmt: skip
    return told_again(results)


def told_again(results: dict[str, Any]) -> dict[str, Any]:
    """The results with the sentences that their targets have now."""
    for target in results["targets"]:
        about = {name: value for name, value in results.items() if name != "targets"}
        by_name = {row["factor"]: row for row in results["factors"]}
        target["sentences"] = sentences(target, about, by_name)
    return results


def said(results: dict[str, Any]) -> list[str]:
    """The sentences of the first target as they are now, with typewriter's quotation marks."""
    told: list[str] = told_again(results)["targets"][0]["sentences"]
    return [one.translate(_PLAIN) for one in told]


_PLAIN = {ord("\N{LEFT SINGLE QUOTATION MARK}"): "'", ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'"}
