"""Makes each shape of doubt from its settings, and says in words why some settings cannot be."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from familyflow.parameters.beta_fit import beta_about, beta_from_percentiles
from familyflow.parameters.distributions import (
    Beta,
    Distribution,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from familyflow.parameters.listed_values import Discrete, Empirical
from familyflow.parameters.numerals import neat
from familyflow.parameters.yaml_tree import Wrong

Given = dict[str, Any]
MOST_SDS = 10.0  # times the mean; the weakest grade has 0.6
_FAR_BEYOND = 500.0  # an exponent that can still be worked out
Z = 1.959964  # the 97.5th percentile of the standard normal


def _beta(given: Given) -> Distribution:
    if "alpha" in given:
        above_zero(given, "alpha", "beta")
        return Beta(given["alpha"], given["beta"])
    for name in ("mean", "median", "p2_5", "p97_5"):
        if name in given and not 0.0 < given[name] < 1.0:
            raise Wrong(f"{name} is {neat(given[name])}; for a beta it lies between 0 and 1")
    if "sd" in given:
        return _beta_by_moments(given["mean"], given["sd"])
    centre = next((name for name in ("mean", "median") if name in given), None)
    _ascending(given, *(("p2_5", "p97_5") if centre is None else ("p2_5", centre, "p97_5")))
    ends = given["p2_5"], given["p97_5"]
    if centre is None:
        fitted = beta_from_percentiles(*ends)
    else:
        fitted = beta_about(given[centre], *ends, is_median=centre == "median")
    if fitted is None:
        raise Wrong("no beta has these percentiles", "Give mean and sd, or use pert.")
    return Beta(*fitted)


def _beta_by_moments(mean: float, sd: float) -> Distribution:
    above_zero({"sd": sd}, "sd")
    most = math.sqrt(mean * (1.0 - mean))
    if sd >= most * (1.0 - 1e-9):
        raise Wrong(
            f"no beta with mean {neat(mean)} can have sd {neat(sd)}",
            f"The sd must be below {most:.4g}, the square root of mean x (1 - mean).",
        )
    strength = mean * (1.0 - mean) / sd**2 - 1.0
    return Beta(mean * strength, (1.0 - mean) * strength)


def _gamma(given: Given) -> Distribution:
    above_zero(given, "mean", "sd")
    _sd_beside_mean(given["sd"] / given["mean"])
    return Gamma((given["mean"] / given["sd"]) ** 2, given["sd"] ** 2 / given["mean"])


def _lognormal(given: Given) -> Distribution:
    above_zero(given, *given)
    if "median" in given:
        _ascending(given, "p2_5", "median", "p97_5")
        sigma = (math.log(given["p97_5"]) - math.log(given["p2_5"])) / (2.0 * Z)
        _sd_beside_mean(math.sqrt(math.expm1(min(sigma**2, _FAR_BEYOND))))
        return Lognormal(math.log(given["median"]), sigma)
    _sd_beside_mean(given["sd"] / given["mean"])
    variance = math.log1p((given["sd"] / given["mean"]) ** 2)
    return Lognormal(math.log(given["mean"]) - variance / 2.0, math.sqrt(variance))


def _pert(given: Given) -> Distribution:
    _range_with_mode(given)
    return Pert(given["low"], given["mode"], given["high"])


def _triangular(given: Given) -> Distribution:
    _range_with_mode(given)
    return Triangular(given["low"], given["mode"], given["high"])


def _uniform(given: Given) -> Distribution:
    _low_below_high(given)
    return Uniform(given["low"], given["high"])


def _normal(given: Given) -> Distribution:
    above_zero(given, "sd")
    return Normal(given["mean"], given["sd"])


def _discrete(given: Given) -> Distribution:
    values, shares = _list(given, "values"), _list(given, "shares")
    if len(values) != len(shares):
        raise Wrong(
            f"{len(values)} values but {len(shares)} shares", "Give one share for each value."
        )
    if len(set(values)) != len(values):
        raise Wrong("a value stands twice", "Give each value once, with its whole share.")
    if min(shares) < 0.0 or abs(math.fsum(shares) - 1.0) > 1e-9:
        raise Wrong(
            f"the shares sum to {neat(math.fsum(shares))}", "Shares are 0 or more and sum to 1."
        )
    return Discrete(tuple(values), tuple(shares))


def _empirical(given: Given) -> Distribution:
    values = _list(given, "values")
    if len(values) < 2:
        raise Wrong("one value leaves no doubt", "Give two values or more, or no distribution.")
    return Empirical(tuple(values))


def _sd_beside_mean(ratio: float) -> None:
    """Refuse doubt so wide that nearly every draw is nearly nothing and a few are beyond reason."""
    if ratio > MOST_SDS:
        shown = f"{ratio:,.3g}" if ratio < 1e6 else "more than a million"
        raise Wrong(
            f"the sd is {shown} times the mean; at most {MOST_SDS:g} times can be drawn from",
            "Check the sd (or the percentiles): half the mean is wide already.",
        )


def above_zero(given: Given, *names: str) -> None:
    """Refuse settings that are 0 or below. Raises Wrong."""
    for name in names:
        if not given[name] > 0.0:
            raise Wrong(f"{name} is {neat(given[name])}; it must be above 0")


def _ascending(given: Given, *names: str) -> None:
    for before, after in pairwise(names):
        if not given[before] < given[after]:
            raise Wrong(
                f"{before} must be below {after}; got {before}={neat(given[before])}, "
                f"{after}={neat(given[after])}",
                "Did you swap them?" if given[before] > given[after] else "",
            )


def _low_below_high(given: Given) -> None:
    low, high = given["low"], given["high"]
    if low > high:
        raise Wrong(
            f"low must be below high; got low={neat(low)}, high={neat(high)}",
            f"Did you mean low: {neat(high)}, high: {neat(low)}?",
        )
    if low == high:
        raise Wrong(
            f"low and high are both {neat(low)}",
            "Without doubt, give only a value; else widen the range.",
        )


def _range_with_mode(given: Given) -> None:
    _low_below_high(given)
    if not given["low"] <= given["mode"] <= given["high"]:
        raise Wrong(
            f"mode is {neat(given['mode'])}, outside low={neat(given['low'])} to "
            f"high={neat(given['high'])}"
        )


def _list(given: Given, name: str) -> list[float]:
    value = given[name]
    if not isinstance(value, list) or not value:
        raise Wrong(f"{name} must be a list of numbers", "For example [1, 2, 3].")
    return [float(number) for number in value]


MAKERS: dict[str, Callable[[Given], Distribution]] = {
    "beta": _beta,
    "gamma": _gamma,
    "lognormal": _lognormal,
    "pert": _pert,
    "triangular": _triangular,
    "uniform": _uniform,
    "normal": _normal,
    "discrete": _discrete,
    "empirical": _empirical,
}
