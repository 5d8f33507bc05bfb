"""Two small services whose made records are tested, and what is known of one world of each."""

from datetime import date, timedelta
from functools import cache

import pytest
from tests.experiments.worlds import stated

from familyflow.experiments.quantities import DAY
from familyflow.experiments.synthetic_records import synthetic_records
from familyflow.experiments.synthetic_service import lived_through, service_of

SEED = 20261130
BEGINS = date(2023, 4, 3)  # a Monday
SHORT = ("appraisal.term_years=2", "appraisal.follow_up_years=2")
SERVICES = {
    "empty": SHORT,
    # has run for a while: families of its warm-up are referred before the term begins
    "running": (*SHORT, "appraisal.start=running", "appraisal.warm_up_weeks=40"),
}
CUTS = (1, 500, 729, 900)  # days after the service opened
by_service = pytest.mark.parametrize("kind", SERVICES)
by_cut = pytest.mark.parametrize("days", CUTS)


@cache
def service(kind):
    return service_of(*stated("core_offer", *SERVICES[kind]), begins=BEGINS)


@cache
def world(kind):
    """The families and journal of one world, in days of the engine."""
    return lived_through(service(kind), SEED, "simpy")


def known_rows(kind, days):
    """Its journal up to so many days after the service opened."""
    rows = world(kind)[1]
    return rows[rows[:, DAY] <= service(kind).day_of(day_after(kind, days))]


@cache
def cut(kind, days):
    """Its records as known so many days after the service opened."""
    return synthetic_records(service(kind), SEED, day_after(kind, days), "simpy")


def day_after(kind, days):
    return service(kind).opened + timedelta(days=days)
