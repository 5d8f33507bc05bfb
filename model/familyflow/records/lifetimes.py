"""Whether a constant chance of an event fits: the exponential beside the Weibull."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from familyflow.records.arrays import Bools, Floats

_STEEPEST: Final = 50.0  # of Weibull shapes that are looked at; its inverse is the flattest
_HALVINGS: Final = 50
_HALF_A_DAY: Final = 0.5  # what happens on the first day happens within it
_SHOWN: Final = 0.001  # a p below this is not told more closely
DOUBTFUL: Final = 0.05  # a likelihood ratio this seldom under the exponential speaks against it


@dataclass(frozen=True)
class Lifetimes:
    """Both fits, in the unit of the times. shape 1 is the exponential.

    mean: of the exponential. scale and shape: of the Weibull, exp(-(t / scale)^shape) going on.
    ratio: twice the log-likelihood that the Weibull gains; p: how often so much is gained if the
    exponential holds.
    """

    events: int
    mean: float
    shape: float
    scale: float
    ratio: float
    p: float

    @property
    def fits(self) -> bool:
        """Whether the exponential may stand."""
        return self.p >= DOUBTFUL

    @property
    def in_words(self) -> str:
        """What the test says, in a sentence."""
        if self.fits:
            return f"A constant chance, as the model has it, fits these times (p = {self.p:.2f})."
        when = "sooner rather than later" if self.shape < 1.0 else "later rather than sooner"
        how_seldom = f"p = {self.p:.3f}" if self.p >= _SHOWN else f"p below {_SHOWN}"
        return (
            f"A constant chance, as the model has it, does not fit these times ({how_seldom}): "
            f"it happens {when} (Weibull shape {self.shape:.2f})."
        )


def fit(times: Floats, happened: Bools) -> Lifetimes:
    """Maximum likelihood of both, for times of which those that did not happen are censored.

    Raises ValueError where nothing happened.
    """
    events = int(happened.sum())
    if events == 0:
        raise ValueError("nothing happened, so no time fits")
    times = np.where(happened, np.maximum(times, _HALF_A_DAY), times)
    unit = float(times.max())
    watched = times[times > 0.0] / unit
    logs = float(np.log(times[happened] / unit).sum())
    shape = _shape(watched, logs, events)
    gained = _log_likelihood(shape, watched, logs, events) - _log_likelihood(
        1.0, watched, logs, events
    )
    ratio = 2.0 * max(0.0, gained)
    scale = unit * (float((watched**shape).sum()) / events) ** (1.0 / shape)
    p = math.erfc(math.sqrt(ratio / 2.0))  # chi-square with one degree of freedom
    return Lifetimes(events, float(times.sum()) / events, shape, scale, ratio, p)


def _shape(watched: Floats, logs: float, events: int) -> float:
    """Where the likelihood is steepest no more: its slope falls as the shape rises."""
    log_times = np.log(watched)
    low, high = -math.log(_STEEPEST), math.log(_STEEPEST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        shape = math.exp(middle)
        powers = np.exp(shape * log_times)
        slope = 1.0 / shape + logs / events - float(powers @ log_times) / float(powers.sum())
        low, high = (middle, high) if slope > 0.0 else (low, middle)
    return math.exp((low + high) / 2.0)


def _log_likelihood(shape: float, watched: Floats, logs: float, events: int) -> float:
    total = float((watched**shape).sum())
    return events * (math.log(shape) + math.log(events / total) - 1.0) + (shape - 1.0) * logs
