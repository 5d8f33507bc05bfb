"""Resamples in pieces are those that SALib makes at once, bit for bit; seed 7."""

import warnings

import numpy as np
import pytest
from SALib.analyze import sobol
from tests.experiments.sensitivity import toys

from familyflow.experiments.sensitivity import resampling
from familyflow.experiments.sensitivity.factors import factors_of
from familyflow.experiments.sensitivity.guards import salib_seed
from familyflow.experiments.sensitivity.sobol import indices, points

SEED = 7
ABC = factors_of("abc")


@pytest.mark.parametrize("n", [2, 2**6, 2**12])
def test_resamples_in_pieces_are_those_that_salib_makes_at_once(n):
    outputs = toys.ishigami(points(ABC, n, SEED))

    found = indices(ABC, n, outputs, SEED)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = sobol.analyze(
            ABC.problem(),
            outputs,
            calc_second_order=False,
            num_resamples=1_000,
            keep_resamples=True,
            seed=salib_seed(SEED),
        )
    assert found.first.tobytes() == told["S1"].tobytes()
    assert found.total.tobytes() == told["ST"].tobytes()
    assert found.resampled.tobytes() == np.ascontiguousarray(told["ST_conf_all"]).tobytes()
    assert found.first_half_width.tobytes() == told["S1_conf"].tobytes()
    assert found.total_half_width.tobytes() == told["ST_conf"].tobytes()


@pytest.mark.parametrize("values", [2**8, 2**11, 2**30])
def test_how_many_are_made_at_once_changes_no_bit(monkeypatch, values):
    outputs = toys.ishigami(points(ABC, 2**6, SEED))
    wanted = resampling.resampled(outputs, 2**6, 3, SEED)

    monkeypatch.setattr(resampling, "_VALUES_AT_ONCE", values)
    found = resampling.resampled(outputs, 2**6, 3, SEED)

    assert found.first.tobytes() == wanted.first.tobytes()
    assert found.total.tobytes() == wanted.total.tobytes()


def test_rows_times_resamples_stay_the_same_from_many_rows_on():
    assert {n * resampling.resamples_of(n) for n in (2**14, 2**15, 2**16, 2**17)} == {1000 * 2**14}
    assert resampling.resamples_of(2**30) == 100


# seed 7; a half-width from 500 resamples: 4 of its own SE of 3.2 %; rows add some 1 % to that
@pytest.mark.statistical
def test_fewer_resamples_of_more_rows_give_the_half_width_that_is_due(monkeypatch):
    monkeypatch.setattr(resampling, "_ROWS_OF_MOST", 2**12)  # a quarter of the rows, to be quick
    widths = {}
    for power in (12, 13):
        n = 2**power
        widths[power] = indices(ABC, n, toys.ishigami(points(ABC, n, SEED)), SEED)

    for of in ("first_half_width", "total_half_width"):
        ratio = getattr(widths[12], of) / getattr(widths[13], of)
        assert ratio == pytest.approx(np.sqrt(2), rel=4 * np.hypot(0.032, 0.022))
