"""Toys of known truth, seen through four times as much chance as there is doubt."""

import pytest
from benchmarks import information_toys as toys
from benchmarks.information import appraised

SEEDS = (20270104, 20270105, 20270106)
DRAWS = 4_000


@pytest.fixture(scope="package", params=SEEDS)
def seed(request):
    return request.param


@pytest.fixture(scope="package")
def sums(seed):
    return appraised(toys.sums(DRAWS, seed))


@pytest.fixture(scope="package")
def products(seed):
    return appraised(toys.products(DRAWS, seed))
