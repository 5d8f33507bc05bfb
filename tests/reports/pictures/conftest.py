"""Small made-up results, one of each kind."""

from __future__ import annotations

import pytest
from tests.reports.pictures.made import Made, comparison, three_teams, worth_knowing


@pytest.fixture
def three() -> Made:
    """Two options with a service and none."""
    return comparison({"core_offer": 1_000_000.0, "grant_cut": 800_000.0, "no_service": 0.0})


@pytest.fixture
def knowing() -> Made:
    """What is worth knowing."""
    return worth_knowing()


@pytest.fixture
def staffing() -> Made:
    """Three teams."""
    return three_teams()
