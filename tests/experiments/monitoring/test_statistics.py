"""What is counted in records: by hand, and the same for whatever was known on an earlier day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from familyflow.experiments.monitoring.foretold import known_on
from familyflow.experiments.monitoring.statistics import (
    NAMES,
    Window,
    Worlds,
    statistics_of,
)
from familyflow.experiments.synthetic_records import synthetic_file
from familyflow.experiments.synthetic_service import recorded_service
from familyflow.records.cases import Case, Records

FIRST, LAST = date(2026, 4, 6), date(2027, 4, 5)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def case(number: int, allocated=None, started=None, ended=None, ending=None, **known) -> Case:
    days = (None if one is None else day(one) for one in (allocated, started, ended))
    return Case(number, number, 0, day(number), *days, ending, **known)


def of(*cases: Case, window: Window | None = None):
    return statistics_of(Records(cases, LAST, FIRST, (), ()), window)


def test_every_statistic_of_a_few_cases_is_that_worked_by_hand() -> None:
    found = of(
        case(0, 7, 14, 112, "planned", hours=40.0, meetings_offered=12, meetings_held=9,
             needs="domestic_abuse+mental_health", children=3, level="child_protection"),
        case(7, 21, 28, 84, "disengaged", hours=20.0, meetings_offered=8, meetings_held=6,
             needs="mental_health", children=1, level="early_help"),
        case(14, 28, 42, None, None, children=2),
        case(20, ended=48, ending="gave_up_waiting"),
        case(30),
        case(40, ended=41, ending="signposted"),
    )  # fmt: skip
    values = {name: one.value for name, one in found.items()}

    assert values == pytest.approx({
        "referrals": 6, "sent_on": 1 / 6, "starts": 3, "left_waiting": 1 / 5, "waiting": 1,
        "caseload": 1, "wait": (14 + 21 + 28) / 7 / 3, "weeks": (105 + 63) / 7 / 2,
        "planned": 0.5, "disengaged": 0.5, "referred_up": 0.0, "attended": 15 / 20,
        "meetings": 7.5, "hours": 30.0, "several_needs": 0.5, "domestic_abuse": 0.5,
        "children": 2.0, "on_plan": 0.5,
    })  # fmt: skip
    assert not any(one.is_shown for name, one in found.items() if name not in {"referrals"})


def test_a_window_counts_what_falls_in_it_and_who_is_there_on_its_last_day() -> None:
    found = of(case(0, 7, 14, 60, "planned"), case(50), window=Window(day(10), day(55)))

    assert (found["referrals"].value, found["starts"].value) == (1, 1)
    assert (found["waiting"].value, found["caseload"].value) == (1, 1)
    assert np.isnan(found["planned"].value)


def test_a_share_that_few_have_or_few_have_not_is_not_told() -> None:
    ends = ["planned"] * 40 + ["moved_away"] * 4
    found = of(*(case(number, number, number, 100, end) for number, end in enumerate(ends)))

    assert not found["planned"].is_shown
    assert found["starts"].is_shown


@pytest.fixture(scope="module")
def made() -> Records:
    service = recorded_service("core_offer", begins=date(2023, 4, 3))
    return synthetic_file(service, 3, date(2025, 3, 31), "simpy")


def test_what_was_known_on_the_last_day_is_all(made: Records) -> None:
    assert known_on(made, made.as_of) == made


def test_what_was_known_earlier_is_what_the_service_had_written_then(made: Records) -> None:
    cut = date(2024, 6, 30)
    service = recorded_service("core_offer", begins=date(2023, 4, 3))
    then = synthetic_file(service, 3, cut, "simpy")

    assert statistics_of(known_on(made, cut)) == statistics_of(then)


def test_worlds_hold_values_in_the_order_of_the_statistics(made: Records) -> None:
    worlds = Worlds.of([statistics_of(made), statistics_of(made)])

    assert worlds.values.shape == worlds.told.shape == (2, len(NAMES))
    assert worlds.only([1]).values[0] == pytest.approx(worlds.values[0], nan_ok=True)
