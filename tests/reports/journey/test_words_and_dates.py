"""The calendar of the journey, its words and its table tell what the dots show."""

import re
from itertools import pairwise

import pytest

from familyflow.experiments.quantities import DAY, EVENT
from familyflow.planning.calendar import in_term, month_begins, month_on
from familyflow.reports.journey.dates import quarters_of
from familyflow.reports.journey.page import journey_page
from familyflow.reports.journey.stays import HELD, Stage
from familyflow.reports.journey.story import story_of
from familyflow.reports.journey.table import HEADS
from familyflow.reports.journey.told import beside_the_run, finding, whole_story, year_by_year
from familyflow.reports.journey.world import read_world
from familyflow.specification.journal import NOBODY, Event


def column(story, head):
    return [row.numbers[HEADS.index(head)] for row in story.quarters]


def test_quarters_follow_each_other_through_the_whole_term(any_story):
    quarters = quarters_of(any_story.world.values, any_story.world.last_day)

    assert quarters[0].first == 0
    assert quarters[-1].after == any_story.world.last_day
    assert all(one.after == two.first for one, two in pairwise(quarters))
    assert len(quarters) == 4 * 2


@pytest.mark.parametrize("start", ["april", "january", "november"])
def test_a_month_begins_on_the_day_on_which_its_name_begins(start):
    values = {"service.calendar.start_month": start}
    for months in range(1, 30):
        day = month_begins(values, months)
        assert month_on(values, day) != month_on(values, day - 1)
    assert month_begins(values, 0) == 0
    assert month_begins(values, 12) == 365
    assert month_on(values, 0) == start


def test_a_holiday_is_named_exactly_when_schools_are_closed(story):
    for frame, day in enumerate(story.days[:-1].tolist()):
        assert (story.holidays[frame] == "") == in_term(story.world.values, day)
    assert "Summer holiday" in story.holidays


def test_the_whole_term_is_the_sum_of_its_quarters(any_story):
    *quarters, whole = any_story.quarters
    standing = [HEADS.index("Waiting at the end"), HEADS.index("With a key worker at the end")]

    assert len(quarters) == 8
    for place, number in enumerate(whole.numbers):
        each = [row.numbers[place] for row in quarters]
        assert number == (each[-1] if place in standing else sum(each))


def test_each_referral_and_session_stands_in_the_quarter_of_its_day(any_story):
    world = any_story.world
    sessions = world.with_service[world.with_service[:, EVENT] == Event.SESSION, DAY]
    for quarter, row in zip(
        quarters_of(world.values, world.last_day), any_story.quarters, strict=False
    ):
        days = range(quarter.first, quarter.after)
        told = dict(zip(HEADS, row.numbers, strict=True))
        assert told["Referred"] == sum(one.referred in days for one in any_story.referrals)
        assert told["Weekly sessions held"] == sum(day in days for day in sessions.tolist())


def test_the_table_and_the_dots_end_at_the_same_counts(any_story):
    last, tallies = any_story.stages[-1], any_story.tallies

    assert column(any_story, "Referred")[-1] == len(any_story.referrals)
    assert column(any_story, "Ended as planned")[-1] == last[Stage.PLANNED]
    ended = ("Ended as planned", "Ended early", "Left without support")
    assert sum(column(any_story, head)[-1] for head in ended) == len(any_story.referrals)
    assert column(any_story, "Weekly sessions held")[-1] == tallies.sessions[-1]
    assert column(any_story, HEADS[-2])[-1] == tallies.care_with[-1]
    assert column(any_story, HEADS[-1])[-1] == tallies.care_without[-1]


def test_what_stands_at_the_end_of_a_quarter_is_what_came_less_what_left(any_story):
    came = left = 0
    for row in any_story.quarters[:-1]:
        told = dict(zip(HEADS, row.numbers, strict=True))
        came += told["Referred"]
        left += told["Ended as planned"] + told["Ended early"] + told["Left without support"]
        # those between two key workers are neither on the list nor with anybody
        standing = told["Waiting at the end"] + told["With a key worker at the end"]
        assert 0 <= came - left - standing <= 5


def test_the_words_say_how_many_came_were_taken_on_and_ended(story):
    said = " ".join(whole_story(story))
    taken = sum(any(stay.worker != NOBODY for stay in one.stays) for one in story.referrals)

    assert f"{len(story.referrals)} referrals in all" in said
    assert f"{taken} families are taken on" in said
    assert f"ended as planned (closed as agreed) {story.stages[-1, Stage.PLANNED]}" in said
    assert "mostly chance" in said
    assert "in the service already" not in said


def test_the_words_name_families_who_were_there_before(running_story):
    before = running_story.tallies.waiting_before[0] + running_story.tallies.held_before[0]

    assert f"{before} families were in the service already" in " ".join(whole_story(running_story))


def test_years_add_up_to_the_term(story):
    told = [
        re.match(r"Year \d: (\d+) famil\w+ referred, (\d+) taken", s) for s in year_by_year(story)
    ]

    assert sum(int(one[1]) for one in told) == len(story.referrals)
    assert sum(int(one[2]) for one in told) == column(story, "Taken on by a key worker")[-1]


def test_the_finding_names_the_most_who_wait_at_once(story):
    assert f"up to {story.stages[:-1, Stage.WAITING].max()} famil" in finding(story)
    share = story.stages[:-1, list(HELD)].sum(axis=1).mean() / story.places
    assert f"{100 * share:.0f}% of places" in finding(story)


def test_without_a_key_worker_the_words_say_that_nobody_is_taken_on(unstaffed_run):
    story = story_of(read_world(unstaffed_run))
    most = int(story.waiting[:-1].max())

    assert story.places == 0
    assert len(story.referrals) > 0
    assert "no key worker in this world, so nobody is taken on" in finding(story)
    assert (f"up to {most} famil" in finding(story)) == (most > 0)
    assert "No family is taken on by a key worker." in whole_story(story)
    assert all(" 0 taken on by a key worker" in year for year in year_by_year(story))
    page = journey_page(unstaffed_run)
    assert finding(story) in page
    assert not re.search(r"\b(nan|inf)\b", page)


def test_this_world_stands_beside_the_mean_of_the_run(story):
    referred = beside_the_run(story)[0]

    assert referred.here == str(len(story.referrals))
    mean = story.world.results["flow"]["families_referred"]["mean"]
    assert float(referred.run.replace(",", "")) == pytest.approx(mean, abs=0.5)
