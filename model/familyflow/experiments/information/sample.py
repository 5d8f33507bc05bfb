"""What the data of a study would be worth before they are seen (EVSI).

Each draw gets one data set, made from its own parameters: the true log ratio plus its standard
error times one normal number, the same for every size of study, so that the value is smooth in it.
What is expected of net benefit given the parameter (the fit of EVPPI) is then regressed on what the
study shows: given the parameter, the data add nothing about net benefit, so this is net benefit
regressed on the data, with less chance (Strong, Oakley, Brennan and Breeze, Medical Decision Making
2015, regress net benefit itself).

The standard error is kept out of the regression on purpose. It is worked out from the draw's true
ratio, which nobody who reads the study knows.
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from familyflow.economics.decisions import same_draws
from familyflow.experiments.information.basis import Floats, fit_basis
from familyflow.experiments.information.partial import Fit, Part, part, regressed
from familyflow.experiments.information.study import Study
from familyflow.problems import bad_input

NOTHING = Part(0.0, 0.0, 0.0, 0.0, 0)


def shown(
    study: Study, ratio: Floats, uniforms: Floats, base_risk: Floats | None = None
) -> Floats | None:
    """The log ratio that the study shows in each draw (draw,); None if it has no families.

    ratio (draw,): the parameter that it informs; uniforms (draw,): keyed luck, strictly between 0
    and 1, one a draw. InputError for a ratio that is not above 0.
    """
    same_draws(ratios=len(ratio), uniforms=len(uniforms))
    if not (ratio > 0).all():
        raise bad_input(f"a ratio is {ratio.min()}", "A study shows its logarithm; it is above 0.")
    if study.families_per_arm == 0:
        return None
    error = study.standard_error(ratio, base_risk)
    return np.asarray(np.log(ratio) + error * _special().ndtri(uniforms))


def evsi(known: Fit, raw_gain: Floats, data: Floats | None) -> Part:
    """EVSI in GBP of data (draw,) about the parameter that `known` is the fit of (`Parts.fit`).

    raw_gain (draw, option): as in `Parts`, for the standard error. Data that are None, or the same
    in every draw, are worth exactly 0.
    """
    if data is None or np.ptp(data) == 0:
        return NOTHING
    same_draws(data=len(data), fitted=len(known.corrected))
    rows = data[:, np.newaxis]
    columns = fit_basis(rows, np.ones(1), curved=1, crossed=0).columns(rows)
    return part(regressed(columns, known.corrected, known.corrected), raw_gain)


def _special() -> Any:
    """scipy.special, imported when first needed: the command line must start fast."""
    return importlib.import_module("scipy.special")
