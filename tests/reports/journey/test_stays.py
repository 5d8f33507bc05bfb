"""Families are followed from the journal: each in one place at a time, and none is lost."""

import pytest

from familyflow.reports.journey.stays import ENDED, HELD, Stage, Stay, referrals_of
from familyflow.specification.journal import Entry, Event, as_rows
from familyflow.specification.phases import Phase
from familyflow.specification.plan import CARRIED_OVER

LAST_DAY = 365
PHASES = {
    Event.REFERRED: Phase.REFERRALS, Event.ACCEPTED: Phase.REFERRALS,
    Event.SIGNPOSTED: Phase.REFERRALS, Event.ALLOCATED: Phase.ALLOCATION,
    Event.RE_ALLOCATED: Phase.ALLOCATION, Event.LEFT_POST: Phase.POSTS,
}  # fmt: skip


def told(*events, family=0, source=0):
    """Rows of one family: (day, event) or (day, event, worker)."""
    return [
        Entry(day, PHASES.get(event, Phase.ENDINGS), event, source, family, worker=worker)
        for day, event, worker in ((*one, -1)[:3] for one in events)
    ]


def stays(*entries):
    return [one.stays for one in referrals_of(as_rows(entries), LAST_DAY)]


CAME = ((3, Event.REFERRED), (3, Event.ACCEPTED), (10, Event.ALLOCATED, 1))


def test_a_family_waits_meets_comes_to_sessions_closes_and_leaves():
    found = stays(
        *told(
            *CAME,
            (15, Event.INTRODUCTORY_MEETING, 1),
            (22, Event.SESSION, 1),
            (29, Event.SESSION, 1),
            (36, Event.PARENT_SUPPORT_MEETING, 1),
            (43, Event.CLOSING_MEETING, 1),
            (43, Event.CLOSED_PLANNED, 1),
        )
    )

    assert found == [
        [
            Stay(3, Stage.WAITING),
            Stay(10, Stage.INTRODUCTORY, 1),
            Stay(22, Stage.SESSIONS, 1),
            Stay(36, Stage.PARENT_SUPPORT, 1),
            Stay(43, Stage.CLOSING, 1),
            Stay(43, Stage.PLANNED),
        ]
    ]


def test_families_of_a_key_worker_who_leaves_go_on_where_they_were_with_the_next():
    found = stays(
        *told(*CAME, (22, Event.SESSION, 1), (50, Event.RE_ALLOCATED, 2)),
        Entry(40, Phase.POSTS, Event.LEFT_POST, worker=1),
    )

    assert found[0][2:] == [
        Stay(22, Stage.SESSIONS, 1),
        Stay(40, Stage.BETWEEN),
        Stay(50, Stage.SESSIONS, 2),
    ]


def test_only_the_families_of_the_one_who_leaves_lose_their_key_worker():
    found = stays(
        *told(*CAME),
        *told((4, Event.REFERRED), (4, Event.ACCEPTED), (4, Event.ALLOCATED, 2), family=1),
        Entry(40, Phase.POSTS, Event.LEFT_POST, worker=1),
    )

    assert [one[-1].stage for one in found] == [Stage.BETWEEN, Stage.INTRODUCTORY]


@pytest.mark.parametrize(
    ("day", "ending"), [(100, Stage.MOVED_WAITING), (LAST_DAY, Stage.LIST_CLOSED)]
)
def test_who_leaves_the_list_on_the_last_day_is_turned_away_not_moved(day, ending):
    found = stays(*told((3, Event.REFERRED), (3, Event.ACCEPTED), (day, Event.LEFT_LIST)))

    assert found[0][-1] == Stay(day, ending)


def test_a_family_that_comes_back_has_a_second_referral_and_keeps_its_first_ending():
    found = stays(
        *told((3, Event.REFERRED), (3, Event.SIGNPOSTED)),
        *told((60, Event.REFERRED), (60, Event.RETURNED), (60, Event.ACCEPTED)),
    )

    assert found == [[Stay(3, Stage.SIGNPOSTED)], [Stay(60, Stage.WAITING)]]


def test_families_carried_over_from_before_the_term_are_no_referrals_of_it():
    assert stays(*told((5, Event.SESSION, 1), source=CARRIED_OVER)) == []


def test_every_referral_ends_once_and_its_days_never_go_back(any_story):
    assert any_story.referrals
    for one in any_story.referrals:
        days = [stay.day for stay in one.stays]
        assert days == sorted(days)
        assert days[0] == one.referred
        assert [stay.stage in ENDED for stay in one.stays] == [False] * (len(days) - 1) + [True]


def test_a_family_is_in_one_place_at_a_time(any_story):
    ended = {}
    for one in any_story.referrals:
        assert ended.get(one.family, -1) < one.referred
        ended[one.family] = one.last.day
    assert len(ended) < len(any_story.referrals)  # some did come back


def test_a_family_has_a_key_worker_exactly_while_one_works_with_it(any_story):
    for one in any_story.referrals:
        assert all((stay.worker >= 0) == (stay.stage in HELD) for stay in one.stays)
