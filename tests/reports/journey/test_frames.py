"""What is shown each week is what the service itself counted, and no family is lost or doubled."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from familyflow.experiments.quantities import DAY, EVENT, QUANTITY
from familyflow.reports.journey.frames import frame_days, frame_of, held_by_post, stage_counts
from familyflow.reports.journey.seats import seats_of
from familyflow.reports.journey.stays import (
    AFTER_SUPPORT,
    ENDED,
    HELD,
    WITHOUT_SUPPORT,
    Referral,
    Stage,
    Stay,
)
from familyflow.reports.journey.tallies import empty_spells, so_far
from familyflow.specification.journal import Entry, Event, as_rows
from familyflow.specification.phases import Phase

ENDINGS = {
    "families_signposted": [Stage.SIGNPOSTED],
    "families_passed_up": [Stage.PASSED_UP],
    "families_gave_up_waiting": [Stage.GAVE_UP],
    "families_declined": [Stage.DECLINED],
    "families_left_list": [Stage.MOVED_WAITING, Stage.LIST_CLOSED],
    "families_completed": [Stage.PLANNED],
    "families_ended_by_service": [Stage.BY_SERVICE],
    "families_moved_away": [Stage.MOVED],
    "families_closed_referred_up": [Stage.REFERRED_UP],
    "families_closed_term_ended": [Stage.TERM_ENDED],
}


def counted(story, event):
    rows = story.world.with_service
    return dict(rows[rows[:, EVENT] == event][:, [DAY, QUANTITY]].tolist())


def quantities(folder):
    table = pd.read_parquet(folder / "quantities.parquet")
    mine = table[(table["draw"] == 0) & (table["replication"] == 0) & (table["arm"] == "with")]
    return mine.groupby("event", observed=True)["quantity"].sum()


def test_at_every_week_all_who_were_referred_are_in_progress_or_have_ended(any_story):
    referred = so_far(any_story.world.with_service, Event.REFERRED, any_story.days)

    assert referred[-1] > referred[0]
    assert np.array_equal(any_story.stages.sum(axis=1), referred)


def test_nobody_comes_back_from_an_ending_and_everybody_has_ended_at_the_end(any_story):
    ended = any_story.stages[:, list(ENDED)]

    assert (np.diff(ended, axis=0) >= 0).all()
    assert ended[-1].sum() == len(any_story.referrals)


def test_the_list_and_the_caseload_are_those_that_the_service_counted(any_story):
    waiting, held = counted(any_story, Event.WAITING), counted(any_story, Event.CASELOAD)

    for frame, day in enumerate(any_story.days[:-1].tolist()):
        assert any_story.waiting[frame] == waiting[day]
        assert any_story.held[frame] == held[day]


def test_a_service_that_starts_empty_has_no_families_from_before(story):
    assert not story.tallies.waiting_before.any()
    assert not story.tallies.held_before.any()


def test_families_from_before_are_only_of_a_service_that_was_running_and_become_fewer(
    running_story,
):
    before = running_story.tallies.waiting_before, running_story.tallies.held_before

    assert before[1][0] > 0
    assert all((numbers >= 0).all() for numbers in before)
    assert before[1][-10:].max() < before[1][0]


def test_no_key_worker_holds_more_families_than_the_cap(any_story):
    caps = [post.cap for post in any_story.world.posts]
    held = held_by_post(any_story.referrals, any_story.days, len(caps))

    assert held.max() > 1
    assert (held <= caps).all()
    assert np.array_equal(held.sum(axis=1), any_story.stages[:, list(HELD)].sum(axis=1))


def test_every_place_holds_one_family_at_a_time_and_lies_within_the_cap(any_story):
    seats = seats_of(any_story.referrals)
    taken = Counter()
    for place, one in enumerate(any_story.referrals):
        for number, stay in enumerate(one.stays):
            if stay.worker >= 0:
                seat = seats[place, number]
                assert seat < any_story.world.posts[stay.worker].cap
                until = one.stays[number + 1].day
                taken.update((stay.worker, seat, day) for day in range(stay.day, until))
    assert set(taken.values()) == {1}


def test_a_family_keeps_its_place_while_its_key_worker_is_the_same(any_story):
    seats, kept = seats_of(any_story.referrals), 0
    for place, one in enumerate(any_story.referrals):
        for number, (stay, following) in enumerate(pairwise(one.stays)):
            if stay.worker == following.worker >= 0:
                assert seats[place, number] == seats[place, number + 1]
                kept += seats[place, number] > 0
    assert kept


def test_a_place_that_is_free_again_is_taken_before_a_new_one():
    def held(place, first, after):
        one = Referral((0, place), first)
        one.move(first, Stage.INTRODUCTORY, 0)
        one.move(after, Stage.PLANNED)
        return one

    seats = seats_of([held(0, 1, 10), held(1, 2, 30), held(2, 10, 20), held(3, 11, 20)])

    assert [seats[place, 0] for place in range(4)] == [0, 1, 0, 2]


def test_each_ending_is_filled_in_the_order_in_which_families_came_to_it(any_story):
    seats = seats_of(any_story.referrals)
    for stage in ENDED:
        came = sorted(
            (seats[place, len(one.stays) - 1], one.last.day)
            for place, one in enumerate(any_story.referrals)
            if one.last.stage == stage
        )
        assert [seat for seat, _ in came] == list(range(len(came)))
        assert [day for _, day in came] == sorted(day for _, day in came)


@pytest.mark.parametrize("which", ["empty", "running"])
def test_the_counts_at_the_end_are_those_of_the_run(which, request):
    story = request.getfixturevalue("story" if which == "empty" else "running_story")
    kept = quantities(request.getfixturevalue(f"{which}_run"))
    last = story.stages[-1]

    assert len(story.referrals) == kept["families_referred"]
    assert story.tallies.started[-1] == kept["families_started"]
    for name, stages in ENDINGS.items():
        assert last[stages].sum() == kept.get(name, 0), name
    disengaged = kept["families_disengaged"] + kept.get("families_disengaged_on_change", 0)
    assert last[Stage.DISENGAGED] == disengaged


@pytest.mark.parametrize("which", ["empty", "running"])
def test_attendances_are_those_of_the_run(which, request):
    story = request.getfixturevalue("story" if which == "empty" else "running_story")
    kept = quantities(request.getfixturevalue(f"{which}_run"))
    attended = {
        kind: sum(kept[name] for name in kept.index if name.startswith(f"{kind}_attended."))
        for kind in ("group", "activity")
    }

    assert story.tallies.sessions[-1] == kept["sessions"]
    assert story.tallies.groups[-1].sum() == attended["group"] > 0
    assert story.tallies.activities[-1].sum() == attended["activity"] > 0


def test_a_vacant_post_holds_nobody_and_some_posts_fell_vacant(story):
    held = held_by_post(story.referrals, story.days, len(story.world.posts))
    spells = [(post, spell) for post, empty in enumerate(story.tallies.empty) for spell in empty]

    assert spells
    for post, (begins, ends) in spells:
        assert 0 <= begins <= ends <= len(story.days)
        assert not held[begins:ends, post].any()


def test_a_post_is_vacant_from_the_day_it_is_left_to_the_day_it_is_filled_or_to_the_end():
    left, filled = Event.LEFT_POST, Event.RECRUITED
    told = [(8, filled, 0), (14, left, 0), (21, filled, 0), (22, left, 0), (14, left, 1)]
    rows = as_rows(Entry(day, Phase.POSTS, event, worker=post) for day, event, post in told)
    days = frame_days(40)

    # the first one to come finds the post of somebody who left before the term
    assert empty_spells(rows, 0, days) == ((0, 2), (2, 3), (4, 7))
    assert empty_spells(rows, 1, days) == ((2, 7),)
    assert empty_spells(rows, 2, days) == ()


def test_frames_are_the_first_days_of_weeks_and_the_last_day():
    days = frame_days(30)

    assert days.tolist() == [0, 7, 14, 21, 28, 30]
    assert [frame_of(day, days) for day in (0, 1, 7, 8, 29, 30)] == [0, 1, 1, 2, 5, 5]


def test_a_referral_is_counted_where_it_is_seen_and_not_in_what_passed_between():
    one = Referral((0, 0), 1, [Stay(1, Stage.WAITING), Stay(8, Stage.INTRODUCTORY, 0)])
    one.move(9, Stage.SESSIONS, 0)
    one.move(20, Stage.PLANNED)

    counts = stage_counts([one], frame_days(30))

    assert counts[:, Stage.WAITING].tolist() == [0, 1, 0, 0, 0, 0]
    assert counts[:, Stage.INTRODUCTORY].tolist() == [0, 0, 0, 0, 0, 0]
    assert counts[:, Stage.SESSIONS].tolist() == [0, 0, 1, 0, 0, 0]
    assert counts[:, Stage.PLANNED].tolist() == [0, 0, 0, 1, 1, 1]


def test_every_ending_is_either_after_support_or_without():
    assert sorted((*AFTER_SUPPORT, *WITHOUT_SUPPORT)) == list(ENDED)
