"""The three files that SAVI reads: costs, effects and parameters, a row a draw, in the same order.

SAVI (Sheffield Accelerated Value of Information) takes a table of costs and one of effects with a
column for each option, and one of parameters. Costs here are those of the service less the public
value of what is saved, effects are years in care avoided: so its threshold is what a year that a
child is not in care is worth in itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from familyflow.experiments.options.best import VALUE, WEEKS_IN_YEAR
from familyflow.experiments.options.simulate import OptionRun
from familyflow.experiments.statistics import Floats
from familyflow.parameters.draws import uncertain


def savi_tables(runs: Sequence[OptionRun]) -> dict[str, pd.DataFrame]:
    """savi_costs, savi_effects and savi_parameters: as many rows as draws in each."""
    costs = {run.name: -run.main[VALUE].by_draw() for run in runs}
    effects = {
        run.name: run.main["flow.care_weeks_avoided"].by_draw() / WEEKS_IN_YEAR for run in runs
    }
    return {
        "savi_costs": pd.DataFrame(costs),
        "savi_effects": pd.DataFrame(effects),
        "savi_parameters": _parameters(runs),
    }


def _parameters(runs: Sequence[OptionRun]) -> pd.DataFrame:
    """Every number that is drawn in some option, each once where all options agree on it."""
    columns: dict[str, Floats] = {}
    for run in runs:
        drawn = run.inputs.values.columns
        for name in uncertain(run.inputs.resolved.parameters):
            known = columns.get(name)
            if known is None:
                columns[name] = drawn[name]
            elif (known != drawn[name]).any():
                columns[f"{name} in {run.name}"] = drawn[name]
    return pd.DataFrame(columns)
