"""Rank correlation over draws is Spearman's, ties and all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from familyflow.experiments.sensitivity.ranks import ranked


def test_it_is_the_coefficient_and_the_chance_that_scipy_gives() -> None:
    luck = np.random.default_rng(3).normal(size=(60, 4))
    inputs = pd.DataFrame(luck[:, :3], columns=["a", "b", "ties"])
    inputs["ties"] = inputs["ties"].round()
    result = pd.Series(luck[:, 3] + inputs["a"])

    for one in ranked(inputs, result):
        told = spearmanr(inputs[one.name], result)
        assert one.correlation == pytest.approx(told.statistic, abs=1e-12)
        assert one.by_luck == pytest.approx(told.pvalue, rel=1e-9)


def test_only_the_order_counts() -> None:
    inputs = pd.DataFrame({"up": [1.0, 2.0, 3.0, 9.0], "down": [5.0, 4.0, 3.0, -7.0]})

    up, down = ranked(inputs, pd.Series([10.0, 100.0, 101.0, 1e6]))

    assert (up.correlation, down.correlation) == (1.0, -1.0)
    assert up.by_luck == down.by_luck < 1e-100


def test_what_never_varies_is_left_out() -> None:
    inputs = pd.DataFrame({"same": [1.0] * 4, "other": [1.0, 3.0, 2.0, 4.0]})

    assert [one.name for one in ranked(inputs, pd.Series([1.0, 2.0, 3.0, 4.0]))] == ["other"]
    assert ranked(inputs, pd.Series([2.0] * 4)) == []
    assert ranked(inputs[["same"]], pd.Series([1.0, 2.0, 3.0, 4.0])) == []
