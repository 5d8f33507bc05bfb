"""The shipped numbers, and cases made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from tests.records.simulated import ALL_COLUMNS, FIRST

from familyflow.parameters.library import Library, load_library
from familyflow.records.cases import Case, Records


@pytest.fixture(scope="session")
def shipped() -> Library:
    """The shipped parameters."""
    return load_library()


@pytest.fixture
def made() -> Callable[..., Records]:
    """A file of cases, each {"referred": day, ...}; days count from its first day."""

    def make(
        cases: Iterable[dict[str, Any]], until: int = 364, columns: tuple[str, ...] = ALL_COLUMNS
    ) -> Records:
        found = tuple(_case(place, case) for place, case in enumerate(cases))
        return Records(found, FIRST + timedelta(until), FIRST, columns, ())

    return make


def _case(place: int, given: dict[str, Any]) -> Case:
    case: dict[str, Any] = {
        "row": place + 2, "family": place, "returns": 0, "referred": 0,
        "allocated": None, "started": None, "ended": None, "ending": None, **given,
    }  # fmt: skip
    for name in ("referred", "allocated", "started", "ended"):
        if case[name] is not None:
            case[name] = FIRST + timedelta(case[name])
    return Case(**case)
