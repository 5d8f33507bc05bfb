"""Laws of made case records: none tells what was not known yet, and a seed is a world."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, pairwise

import pytest
from tests.experiments.recorded import (
    BEGINS,
    CUTS,
    SEED,
    SHORT,
    by_cut,
    by_service,
    cut,
    day_after,
    service,
)
from tests.experiments.worlds import stated

from familyflow.experiments.synthetic_records import synthetic_file, synthetic_records
from familyflow.experiments.synthetic_service import service_of
from familyflow.problems import InputError
from familyflow.records.columns import BEFORE_WORK
from familyflow.records.written import csv_text

# What is not known yet is not told


@pytest.mark.whole
@by_service
@by_cut
def test_an_earlier_day_gives_the_same_rows_without_what_came_later(kind, days):
    on = day_after(kind, days)
    later = [case for case in cut(kind, CUTS[-1]) if case.referred <= on]

    for ours, whole in zip(cut(kind, days), later, strict=True):
        if whole.ended is not None and whole.ended <= on:
            assert ours == whole
        else:
            assert (ours.hours or 0) <= (whole.hours or 0)
            assert (ours.meetings_offered or 0) <= (whole.meetings_offered or 0)
            assert (ours.meetings_held or 0) <= (whole.meetings_held or 0)
        assert _without_work(ours) == _without_work(_known_on(whole, on))


def _known_on(case, on):
    """The case with its later dates and later measures taken away."""
    dates = {
        name: day if (day := getattr(case, name)) is not None and day <= on else None
        for name in ("allocated", "started", "ended")
    }
    measures = {}
    for name in ("risks", "difficulties", "wellbeing"):
        at_entry, at_exit = getattr(case, name)
        measures[name] = (
            at_entry if dates["started"] else None,
            at_exit if dates["ended"] else None,
        )
    return replace(case, **dates, **measures, ending=case.ending if dates["ended"] else None)


def _without_work(case):
    return replace(case, hours=None, meetings_offered=None, meetings_held=None)


@pytest.mark.whole
@by_service
@by_cut
def test_no_date_is_after_the_day_and_dates_are_in_order(kind, days):
    on = day_after(kind, days)
    for case in cut(kind, days):
        dates = [case.referred, case.allocated, case.started, case.ended]
        known = [day for day in dates if day is not None]

        assert known == sorted(known)
        assert service(kind).opened <= known[0]
        assert known[-1] <= on
        assert (case.ended is None) == (case.ending is None)
        assert case.started is None or case.allocated is not None
        if case.ended is not None:
            assert (case.allocated is None) == (case.ending in BEFORE_WORK)


@pytest.mark.whole
@by_service
def test_open_cases_are_there_before_the_term_ends_and_none_after_it(kind):
    every = synthetic_records(service(kind), SEED, engine="simpy")

    assert any(case.ended is None for case in cut(kind, 500))
    assert all(case.ended is not None for case in every)
    stopped = [case for case in every if case.ending == "service_stopped"]
    assert stopped
    assert {case.ended for case in stopped} == {service(kind).term_ends}


@pytest.mark.whole
@by_service
def test_a_family_comes_back_after_it_has_gone_as_the_family_it_is(kind):
    lines = {}
    for case in cut(kind, CUTS[-1]):
        lines.setdefault(case.family, []).append(case)
    returned = [cases for cases in lines.values() if len(cases) > 1]

    assert returned
    for cases in lines.values():
        assert [case.returns for case in cases] == list(range(len(cases)))
    for before, after in chain.from_iterable(map(pairwise, returned)):
        assert before.ended < after.referred
        for name in ("source", "needs", "children", "level", "minority_ethnic", "interpreter"):
            assert getattr(before, name) == getattr(after, name)


@pytest.mark.whole
@by_service
def test_rows_stand_in_the_order_of_their_days_and_families_are_numbered_as_they_come(kind):
    cases = cut(kind, CUTS[-1])

    assert [case.row for case in cases] == list(range(2, len(cases) + 2))
    assert [case.referred for case in cases] == sorted(case.referred for case in cases)
    first = [case.family for case in cases if case.returns == 0]
    assert first == list(range(1, len(first) + 1))


# Words, days and seeds


@pytest.mark.whole
@by_service
def test_words_are_those_of_the_parameters(kind):
    values, _ = stated("core_offer")
    words = {
        "source": values["families.referrals.share_by_source"],
        "needs": values["families.needs.combinations"],
        "level": values["families.make_up.level_on_arrival"],
    }
    for name, known in words.items():
        assert {getattr(case, name) for case in cut(kind, CUTS[-1])} <= set(known)


@pytest.mark.whole
@by_service
def test_meetings_are_on_working_days_where_the_term_begins_on_a_monday(kind):
    assert {case.started.weekday() for case in cut(kind, 730) if case.started} == set(range(5))


@pytest.mark.whole
def test_a_warm_up_is_told_with_earlier_dates():
    assert service("running").opened == BEGINS - timedelta(weeks=40)
    assert sum(case.referred < BEGINS for case in cut("running", 730)) > 20


@pytest.mark.whole
@by_service
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(kind):
    texts = [csv_text(synthetic_records(service(kind), seed, engine="simpy")) for seed in (1, 1, 2)]

    assert texts[0] == texts[1] != texts[2]


@pytest.mark.whole
@by_service
@pytest.mark.parametrize("seed", [3, 4])
def test_both_engines_write_the_same_rows(kind, seed):
    on = service(kind).opened + timedelta(days=500)

    readable, compiled = (
        synthetic_file(service(kind), seed, on, name) for name in ("simpy", "compiled")
    )

    assert readable == compiled
    assert (readable.first, readable.as_of) == (service(kind).opened, on)


@pytest.mark.parametrize(
    ("month", "begins"),
    [("april", date(2025, 4, 1)), ("december", date(2025, 12, 1)), ("march", date(2026, 3, 1))],
)
def test_the_term_begins_on_the_first_of_its_month_in_the_first_year(month, begins):
    values, solved = stated("core_offer", *SHORT)
    values = {**values, "service.calendar.start_month": month}

    made = service_of(values, solved)

    assert made.begins == made.opened == begins
    assert made.day_of(made.term_ends) == made.plan.last_day
    assert (made.term_ends - made.begins).days == 730


@by_service
def test_a_day_before_the_service_opens_is_refused(kind):
    with pytest.raises(InputError, match="no records up to"):
        synthetic_records(service(kind), SEED, service(kind).opened - timedelta(days=1), "simpy")


def test_a_scenario_without_a_service_is_refused():
    with pytest.raises(InputError, match="leaves no case records"):
        service_of(*stated("no_service"))
