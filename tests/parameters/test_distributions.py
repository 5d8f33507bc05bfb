"""The shapes of doubt: worked numbers, and what holds for each of them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from familyflow.parameters.distributions import Distribution
from familyflow.parameters.library import Library
from familyflow.parameters.shapes import default_distribution, make
from familyflow.parameters.yaml_tree import Wrong
from familyflow.problems import Problem

EVERY: list[tuple[str, dict[str, object]]] = [
    ("beta", {"mean": 0.3, "sd": 0.1}),
    ("gamma", {"mean": 1000.0, "sd": 300.0}),
    ("lognormal", {"median": 0.8, "p2_5": 0.6, "p97_5": 1.05}),
    ("pert", {"low": 1.0, "mode": 3.0, "high": 8.0}),
    ("triangular", {"low": 1.0, "mode": 3.0, "high": 8.0}),
    ("uniform", {"low": 1.0, "high": 3.0}),
    ("normal", {"mean": 100.0, "sd": 10.0}),
    ("discrete", {"values": [3.0, 1.0, 2.0], "shares": [0.5, 0.3, 0.2]}),
    ("empirical", {"values": [5.0, 1.0, 4.0, 4.0]}),
]
NAMES = [shape for shape, _ in EVERY]


@pytest.mark.parametrize(("shape", "settings"), EVERY, ids=NAMES)
def test_quantiles_rise_and_are_the_same_one_by_one_as_together(
    shape: str, settings: dict[str, object]
) -> None:
    made = make(shape, settings)
    uniforms = np.linspace(0.0005, 0.9995, 401)

    together = made.quantile(uniforms)

    assert isinstance(together, np.ndarray)
    assert np.all(np.diff(together) >= 0.0)
    for u, value in zip(uniforms[::40], together[::40], strict=True):
        one = made.quantile(float(u))
        assert isinstance(one, float)
        assert one == value


@pytest.mark.parametrize(("shape", "settings"), EVERY, ids=NAMES)
def test_the_mean_is_the_mean_of_the_quantiles(shape: str, settings: dict[str, object]) -> None:
    made = make(shape, settings)
    middles = (np.arange(200_000) + 0.5) / 200_000

    assert made.quantile(middles).mean() == pytest.approx(made.mean, rel=2e-4)


@pytest.mark.parametrize(("shape", "settings"), EVERY, ids=NAMES)
def test_nearly_every_draw_lies_within_the_extent(shape: str, settings: dict[str, object]) -> None:
    made = make(shape, settings)

    low, high = made.extent

    assert low <= made.quantile(1.01e-9)
    assert made.quantile(1.0 - 1.01e-9) <= high


@pytest.mark.parametrize(("shape", "settings"), EVERY, ids=NAMES)
def test_the_interval_holds_its_share(shape: str, settings: dict[str, object]) -> None:
    made = make(shape, settings)

    assert made.interval() == pytest.approx((made.quantile(0.025), made.quantile(0.975)))
    assert made.interval(0.8)[0] >= made.interval(0.95)[0]


def test_a_beta_from_mean_and_sd() -> None:
    beta = make("beta", {"mean": 0.3, "sd": 0.1})

    assert (beta.a, beta.b) == pytest.approx((6.0, 14.0), rel=1e-12)
    assert beta.interval() == pytest.approx((0.125761, 0.512029), abs=1e-6)


@pytest.mark.parametrize(
    ("mean", "sd", "k", "scale"), [(1000.0, 200.0, 25.0, 40.0), (1000.0, 300.0, 100 / 9, 90.0)]
)
def test_a_gamma_from_mean_and_sd(mean: float, sd: float, k: float, scale: float) -> None:
    gamma = make("gamma", {"mean": mean, "sd": sd})

    assert (gamma.k, gamma.scale) == pytest.approx((k, scale), rel=1e-12)


def test_the_interval_of_a_gamma() -> None:
    low, high = make("gamma", {"mean": 1000.0, "sd": 300.0}).interval()

    assert (round(low, 2), round(high, 2)) == (501.24, 1668.11)


def test_a_lognormal_from_mean_and_sd() -> None:
    lognormal = make("lognormal", {"mean": 1000.0, "sd": 200.0})

    assert (lognormal.mu, lognormal.sigma) == pytest.approx((6.888145, 0.198042), abs=1e-6)
    assert lognormal.mean == pytest.approx(1000.0, rel=1e-12)


def test_the_median_of_a_lognormal_from_mean_and_sd() -> None:
    lognormal = make("lognormal", {"mean": 1000.0, "sd": 300.0})

    assert lognormal.sigma**2 == pytest.approx(0.0861777, abs=5e-8)
    assert lognormal.mu == pytest.approx(6.8646664, abs=5e-8)
    assert lognormal.quantile(0.5) == pytest.approx(957.8263, abs=5e-5)


def test_a_lognormal_from_a_published_ratio_and_its_interval() -> None:
    ratio = make("lognormal", {"median": 0.70, "p2_5": 0.50, "p97_5": 0.98})

    assert (ratio.mu, ratio.sigma) == pytest.approx((-0.356675, 0.171673), abs=1e-6)
    assert ratio.quantile(0.5) == pytest.approx(0.70, rel=1e-12)


def test_a_pert_is_a_stretched_beta() -> None:
    pert = make("pert", {"low": 1.0, "central": 3.0, "high": 8.0})

    assert (pert.a, pert.b) == pytest.approx((2.142857, 3.857143), abs=1e-6)
    assert pert.mean == pytest.approx(3.5)


def test_the_mean_of_a_triangle() -> None:
    assert make("triangular", {"low": 1.0, "mode": 3.0, "high": 8.0}).mean == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("made", "oracle"),
    [
        (make("beta", {"alpha": 2.0, "beta": 5.0}), stats.beta(2, 5)),
        (make("gamma", {"mean": 10.0, "sd": 5.0}), stats.gamma(4, scale=2.5)),
        (make("normal", {"mean": 3.0, "sd": 2.0}), stats.norm(3, 2)),
        (make("triangular", {"low": 1.0, "mode": 1.0, "high": 4.0}), stats.triang(0, 1, 3)),
        (make("triangular", {"low": 1.0, "mode": 4.0, "high": 4.0}), stats.triang(1, 1, 3)),
        (make("uniform", {"low": 1.0, "high": 4.0}), stats.uniform(1, 3)),
    ],
    ids=["beta", "gamma", "normal", "triangle left", "triangle right", "uniform"],
)
def test_quantiles_agree_with_another_library(made: Distribution, oracle: object) -> None:
    uniforms = np.linspace(0.001, 0.999, 57)

    assert made.quantile(uniforms) == pytest.approx(oracle.ppf(uniforms), rel=1e-9)


def test_a_discrete_value_takes_its_share_of_the_uniforms() -> None:
    discrete = make("discrete", {"values": [3.0, 1.0], "shares": [0.25, 0.75]})

    assert [discrete.quantile(u) for u in (0.1, 0.7499, 0.7501, 0.99)] == [1.0, 1.0, 3.0, 3.0]


@pytest.mark.parametrize(
    "settings",
    [
        {"p2_5": 0.10, "p97_5": 0.25},
        {"p2_5": 0.001, "p97_5": 0.9},
        {"p2_5": 0.985, "p97_5": 0.999},
    ],
)
def test_a_beta_is_fitted_to_two_percentiles(settings: dict[str, float]) -> None:
    beta = make("beta", settings)

    assert beta.interval() == pytest.approx((settings["p2_5"], settings["p97_5"]), rel=1e-6)


@pytest.mark.parametrize("centre", ["mean", "median"])
def test_a_beta_about_a_centre_keeps_it_and_holds_95_per_cent_between_the_ends(centre: str) -> None:
    beta = make("beta", {centre: 0.16, "p2_5": 0.10, "p97_5": 0.25})

    middle = beta.mean if centre == "mean" else beta.quantile(0.5)
    held = stats.beta.cdf(0.25, beta.a, beta.b) - stats.beta.cdf(0.10, beta.a, beta.b)
    assert middle == pytest.approx(0.16, rel=1e-6)
    assert held == pytest.approx(0.95, abs=1e-9)


@pytest.mark.parametrize(
    ("grade", "spread"), [("A", 0.1), ("B", 0.2), ("C", 0.3), ("D", 0.45), ("E", 0.6)]
)
def test_a_grade_stands_for_a_spread(grade: str, spread: float) -> None:
    money = default_distribution(grade, 200.0)
    share = default_distribution(grade, 0.2, is_share=True)
    common = default_distribution(grade, 0.8, is_share=True)

    assert (money.shape, money.mean) == ("gamma", pytest.approx(200.0))
    assert math.sqrt(money.k) * money.scale == pytest.approx(200.0 * spread)
    assert (share.shape, share.mean) == ("beta", pytest.approx(0.2))
    assert stats.beta.std(share.a, share.b) == pytest.approx(0.2 * spread)
    # the doubt about four in five is the doubt about the fifth
    assert (common.a, common.b) == pytest.approx((share.b, share.a))


@pytest.mark.parametrize(
    ("value", "is_share"), [(0.0, True), (1.0, True), (0.0, False), (-1.0, False)]
)
def test_a_grade_stands_for_nothing_where_there_is_no_room(value: float, is_share: bool) -> None:
    with pytest.raises(Wrong, match="grade C"):
        default_distribution("C", value, is_share=is_share)


@pytest.mark.parametrize(("mean", "sd"), [(0.5, 0.5), (0.5, 0.6), (0.1, 0.3)])
def test_an_impossible_beta_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(Wrong, match="no beta"):
        make("beta", {"mean": mean, "sd": sd})


CANNOT_BE_NEGATIVE = ["weeks", "GBP", "ratio", "families", "rate per year", "share"]


@pytest.mark.parametrize("unit", CANNOT_BE_NEGATIVE)
@pytest.mark.parametrize("what", ["distribution", "varies"])
def test_a_normal_that_would_have_to_be_clipped_is_refused(
    mistakes: Callable[..., list[Problem]], unit: str, what: str
) -> None:
    # N(100, 80) cut at 0 has the mean 116.3380, not 100
    assert stats.truncnorm.mean(-1.25, np.inf, 100.0, 80.0) == pytest.approx(116.3380, abs=5e-5)
    centre, sd = (0.5, 0.4) if unit == "share" else (100.0, 80.0)
    normal = f"normal: {{mean: {centre}, sd: {sd}}}"
    value = {
        "distribution": f"value: {centre:g}, distribution: {{{normal}}}",
        "varies": f"varies: {{by: family, {normal}}}",
    }[what]

    found = mistakes(f"{entry_of(unit)} {value}}}\n")

    said = " ".join(map(str, found))
    assert "normal gives values such as -" in said
    assert "runs from 0" in said
    assert ("beta or pert" if unit == "share" else "gamma, lognormal or pert") in said


def test_a_normal_is_for_what_may_be_negative_or_is_far_from_0(
    loaded: Callable[[str], Library],
) -> None:
    for unit, sd in (("change per year", 80.0), ("points", 80.0), ("weeks", 16.0)):
        text = f"value: 100, distribution: {{normal: {{mean: 100, sd: {sd}}}}}"
        if unit == "change per year":
            text = "value: 0.1, distribution: {normal: {mean: 0.1, sd: 0.08}}"

        library = loaded(f"{entry_of(unit)} {text}}}\n")

        assert library["service.key_work.a"].distribution.shape == "normal"


def entry_of(unit: str) -> str:
    year = " price_year: 2016/17," if unit == "GBP" else ""
    return f"a: {{label: A, unit: {unit}, grade: E, status: assumed, note: x,{year}"
