"""Laws of made case records: every referral of the journal is a row, with all that it notes."""

from collections import Counter

import numpy as np
import pytest
from tests.experiments.recorded import CUTS, by_cut, by_service, cut, known_rows, service, world

from familyflow.experiments.quantities import DAY, EVENT, FAMILY, QUANTITY, SOURCE
from familyflow.experiments.synthetic_records import ENDING_OF, HELD
from familyflow.specification.journal import Event


def count(rows, event):
    return int((rows[:, EVENT] == event).sum())


def total(rows, event):
    return int(rows[rows[:, EVENT] == event, QUANTITY].sum())


@pytest.mark.whole
@by_service
@by_cut
def test_every_referral_up_to_the_day_is_one_row(kind, days):
    rows = known_rows(kind, days)
    referred = rows[rows[:, EVENT] == Event.REFERRED]

    assert Counter(case.referred for case in cut(kind, days)) == Counter(
        service(kind).date_of(day) for day in referred[:, DAY].tolist()
    )
    families = {tuple(key) for key in referred[:, [SOURCE, FAMILY]].tolist()}
    assert len({case.family for case in cut(kind, days)}) == len(families)
    returned = count(rows, Event.RETURNED)
    assert sum(case.returns > 0 for case in cut(kind, days)) == returned


@pytest.mark.whole
@by_service
@by_cut
def test_endings_are_those_of_the_journal(kind, days):
    rows = known_rows(kind, days)
    expected = Counter()
    for event, ending in ENDING_OF.items():
        expected[ending] += count(rows, event)

    assert Counter(case.ending for case in cut(kind, days) if case.ending) == +expected


@pytest.mark.whole
@by_service
@by_cut
def test_work_adds_up_to_that_of_the_journal(kind, days):
    rows, cases = known_rows(kind, days), cut(kind, days)
    held = sum(count(rows, event) for event in HELD)
    rounding = 0.005 * len(cases)  # hours have two decimals

    assert sum(case.allocated is not None for case in cases) == count(rows, Event.ALLOCATED)
    assert sum(case.started is not None for case in cases) == count(rows, Event.STARTED)
    assert sum(case.meetings_held or 0 for case in cases) == held
    missed = sum((case.meetings_offered or 0) - (case.meetings_held or 0) for case in cases)
    assert missed == count(rows, Event.MISSED_SESSION)
    hours = total(rows, Event.KEY_WORK) / 60
    assert sum(case.hours or 0 for case in cases) == pytest.approx(hours, abs=rounding)


@pytest.mark.whole
@by_service
def test_measures_are_those_that_the_journal_notes_when_work_ends_as_planned(kind):
    rows = known_rows(kind, CUTS[-1])
    finished = [case for case in cut(kind, CUTS[-1]) if case.ending == "planned"]

    assert len(finished) == count(rows, Event.MEASURED_PARENTS) > 20
    for name, at_entry, at_exit in (
        ("risks", Event.RISK_AT_ENTRY, Event.RISK_AT_EXIT),
        ("wellbeing", Event.WELLBEING_AT_ENTRY, Event.WELLBEING_AT_EXIT),
    ):
        measured = np.array([getattr(case, name) for case in finished])
        assert measured.sum(axis=0).tolist() == [total(rows, at_entry), total(rows, at_exit)]
    for one in cut(kind, CUTS[-1]):
        begun, planned = one.started is not None, one.ending == "planned"
        for at_entry, at_exit in (one.risks, one.difficulties, one.wellbeing):
            assert (at_entry is not None, at_exit is not None) == (begun, planned)
        assert one.strengths == (None, None)


@pytest.mark.whole
@by_service
def test_difficulties_are_the_mean_of_the_children_measured(kind):
    families, _ = world(kind)
    rows = known_rows(kind, CUTS[-1])
    means = {}
    for event in (Event.DIFFICULTIES_AT_ENTRY, Event.DIFFICULTIES_AT_EXIT):
        points = rows[rows[:, EVENT] == event]
        found = {}
        for source, family, day, score in points[:, [SOURCE, FAMILY, DAY, QUANTITY]].tolist():
            found.setdefault((source, family, day), []).append(score)
        means[event] = Counter(round(sum(each) / len(each), 2) for each in found.values())
    finished = [case.difficulties for case in cut(kind, CUTS[-1]) if case.ending == "planned"]

    assert max(len(family.children) for family in families) > 1
    assert [Counter(column) for column in zip(*finished, strict=True)] == list(means.values())
