"""Sweeps that move everything at once: Morris' moves and Sobol's shares."""

from __future__ import annotations

import numpy as np

from familyflow.experiments.sensitivity import morris, sobol
from familyflow.experiments.sensitivity.factors import LUCK, Factors
from familyflow.experiments.sweeps.one_way import TOP, switches_of
from familyflow.experiments.sweeps.targets import Target, reason_undefined
from familyflow.experiments.sweeps.work import Found, Work, finite
from familyflow.parameters.drawn_values import Floats

OF_CHANCE = ("S1", "S1_conf", "ST", "ST_conf")


def sobol_of(work: Work) -> list[Found]:
    """First and total order of each factor with intervals, the greatest total first."""
    factors = work.varied.factors(luck=work.luck)
    points = sobol.points(factors, work.n, work.seed)
    about = {"method": "sobol", "factors": list(factors.names), "groups": dict(factors.groups)}
    outputs = work.together.growing(
        work.places(factors.names, points),
        {**about, "seed": work.seed},
        len(factors.told_apart) + 2,
    )
    return [_shares(work, target, factors, work.of(target, outputs)) for target in work.targets]


def morris_of(work: Work) -> list[Found]:
    """The mean move of each factor and its spread, the greatest move first."""
    factors = work.varied.factors(luck=work.luck)
    points = morris.points(factors, work.n, work.seed)
    places = work.places(factors.names, points)
    if work.luck:
        column = work.together.model.names.index(LUCK)
        places[:, column] = own_luck(places[:, column], work.n, work.seed)
    outputs = work.together.batch(places)
    return [
        _moves(work, target, factors, points, work.of(target, outputs)) for target in work.targets
    ]


def own_luck(levels: Floats, paths: int, seed: int) -> Floats:
    """Luck columns for points that step between a few levels: each path has its own at each.

    levels: of the points, path by path. Within a path luck changes only where luck takes its step;
    with the levels themselves all paths together would meet four stretches of luck.
    """
    places = np.unique(levels, return_inverse=True)[1].reshape(paths, -1)
    own = np.random.default_rng(seed).uniform(size=(paths, int(places.max()) + 1))
    return np.take_along_axis(own, places, axis=1).ravel()


def _shares(work: Work, target: Target, factors: Factors, outputs: Floats) -> Found:
    if not np.isfinite(outputs).all():
        return undefined(target, outputs)
    found = sobol.indices(factors, work.n, outputs, work.seed)
    if found is None:
        return {"indices": [], "chance": None, "nothing_moves": True, "switches": []}
    order = np.argsort(-found.total, kind="stable").tolist()
    above = found.above
    rows = [
        {
            "factor": found.factors[one],
            "S1": float(found.first[one]),
            "S1_conf": float(found.first_half_width[one]),
            "ST": float(found.total[one]),
            "ST_conf": float(found.total_half_width[one]),
            "is_none": bool(found.is_none[one]),
            # from behind all that are surely above it to before all that are surely below
            "rank": 1 + int(above[:, one].sum()),
            "rank_last": len(order) - int(above[one].sum()),
        }
        for one in order
    ]
    of_chance = [row for row in rows if row["factor"] == LUCK]
    top = [row["factor"] for row in rows if not row["is_none"]]
    return {
        "indices": rows,
        "chance": {name: of_chance[0][name] for name in OF_CHANCE} if of_chance else None,
        "nothing_moves": False,
        "switches": switches_of(work, target, single(work, top)),
    }


def _moves(work: Work, target: Target, factors: Factors, points: Floats, outputs: Floats) -> Found:
    if not np.isfinite(outputs).all():
        return undefined(target, outputs)
    found = morris.effects(factors, points, outputs, work.seed)
    order = np.argsort(-found.mu_star, kind="stable").tolist()
    rows = [
        {
            "factor": found.factors[one],
            "mu_star": float(found.mu_star[one]),
            "mu_star_half_width": float(found.mu_star_half_width[one]),
            "sigma": finite(found.sigma[one]),
            "is_none": bool(found.mu_star[one] <= found.mu_star_half_width[one]),
        }
        for one in order
    ]
    top = [str(row["factor"]) for row in rows if not row["is_none"]]
    return {
        "moves": rows,
        "nothing_moves": not found.mu_star.any(),
        "switches": switches_of(work, target, single(work, top)),
    }


def single(work: Work, ranked: list[str]) -> list[str]:
    """The first few that are numbers by themselves: chance and groups have no one value."""
    first = [name for name in ranked if name != LUCK][:TOP]
    return [name for name in first if name in work.varied.names]


def undefined(target: Target, outputs: Floats) -> Found:
    """What is said of a target that some points do not have."""
    missing = int((~np.isfinite(outputs)).sum())
    return {
        "undefined": missing,
        "reason": f"{missing:,} of {len(outputs):,} points have no such output "
        f"({reason_undefined(target.name)}, or the point failed), and no share can be told from "
        "the rest: leaving points out would mix up all others",
        "nothing_moves": False,
        "switches": [],
    }
