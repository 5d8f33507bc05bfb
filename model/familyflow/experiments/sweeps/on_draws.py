"""PAWN on the draws of a run: nothing is simulated for it where the run is there already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from familyflow.experiments.sensitivity import pawn
from familyflow.experiments.sensitivity.factors import factors_of
from familyflow.experiments.sweeps.all_at_once import single, undefined
from familyflow.experiments.sweeps.one_way import switches_of
from familyflow.experiments.sweeps.targets import ALWAYS, Target
from familyflow.experiments.sweeps.work import Found, Work
from familyflow.parameters.drawn_values import Floats
from familyflow.parameters.draws import drawn_uniforms
from familyflow.problems import InputError, Problem


def check_kept(targets: Sequence[str]) -> None:
    """Refuse targets that a run does not keep by draw."""
    lacking = [target for target in targets if target not in ALWAYS]
    if lacking:
        raise InputError(
            Problem(
                "--target", 0, 0, f"a run does not keep {name} of every draw",
                "Ask about a figure of money. or flow., or use --method sobol.",
            )
            for name in lacking
        )  # fmt: skip


def pawn_of(work: Work, draws: pd.DataFrame) -> list[Found]:
    """The gaps of each number over the draws of a run, the widest first.

    draws: a row a draw, in their order, with the targets among the columns.
    """
    uniforms = drawn_uniforms(
        work.varied.parameters,
        work.seed,
        range(len(draws)),
        work.together.model.resolved.correlations,
    )
    names = work.varied.names
    columns = np.column_stack([uniforms[name] for name in names])
    return [
        _gaps(work, target, columns, draws[target.name].to_numpy(dtype=np.float64))
        for target in work.targets
    ]


def _gaps(work: Work, target: Target, uniforms: Floats, outputs: Floats) -> Found:
    if not np.isfinite(outputs).all():
        return undefined(target, outputs)
    found = pawn.gaps(factors_of(work.varied.names), uniforms, outputs, work.seed)
    if found is None:
        return {"gaps": [], "floor": 0.0, "nothing_moves": True, "switches": []}
    order = np.argsort(-found.gaps, kind="stable").tolist()
    rows = [
        {
            "factor": found.factors[one],
            "gap": float(found.gaps[one]),
            "is_none": bool(found.is_none[one]),
        }
        for one in order
    ]
    top = [str(row["factor"]) for row in rows if not row["is_none"]]
    return {
        "gaps": rows,
        "floor": found.floor,
        "nothing_moves": False,
        "switches": switches_of(work, target, single(work, top)),
    }
