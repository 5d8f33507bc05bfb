"""The journey in words, for those who cannot see it move, and how usual this world is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from familyflow.reports.journey.labels import meaning_of, name_of
from familyflow.reports.journey.stays import AFTER_SUPPORT, WITHOUT_SUPPORT, Stage
from familyflow.reports.journey.story import Story
from familyflow.reports.words import count, share
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR


def people(number: int, one: str = "family", more: str = "families") -> str:
    """'1 family', '12 families'."""
    return f"{count(number)} {one if number == 1 else more}"


def finding(story: Story) -> str:
    """The chart's title: how full the service is, and how long the list grows."""
    held, waiting = story.held[:-1], story.waiting[:-1]
    longest = int(waiting.max())
    if not story.places:
        return _without_places(story, longest)
    full = float(held.mean()) / story.places
    if not longest:
        return f"In this world nobody waits for long, and {share(full)} of places are in use"
    return (
        f"In this world {share(full)} of places are in use on average, and up to "
        f"{_wait_at_once(story, longest)}"
    )


def _without_places(story: Story, longest: int) -> str:
    """What the title says where there is no share of places: nobody can be taken on."""
    nobody = "There is no key worker in this world, so nobody is taken on"
    return f"{nobody}; up to {_wait_at_once(story, longest)}" if longest else nobody


def _wait_at_once(story: Story, longest: int) -> str:
    when = story.when[int(story.waiting[:-1].argmax())]
    return f"{people(longest)} {'waits' if longest == 1 else 'wait'} at once ({when})"


def whole_story(story: Story) -> list[str]:
    """The term in a few paragraphs: who came, who was taken on, how it ended, and care."""
    return [_came(story), _taken_on(story), _ended(story), _care(story)]


def year_by_year(story: Story) -> list[str]:
    """A sentence for each year of the funding."""
    referred = np.array([one.referred for one in story.referrals])
    taken = np.array([one.taken_on for one in story.referrals if one.taken_on is not None])
    planned = np.array([one.last.day for one in story.referrals if one.last.stage == Stage.PLANNED])
    told = []
    for year in range(story.world.last_day // DAYS_IN_YEAR):
        within = [
            int(((days // DAYS_IN_YEAR) == year).sum()) for days in (referred, taken, planned)
        ]
        last = int(np.searchsorted(story.days, (year + 1) * DAYS_IN_YEAR)) - 1
        told.append(
            f"Year {year + 1}: {people(within[0])} referred, {count(within[1])} taken on by a key "
            f"worker, {count(within[2])} ended as planned. In its last week {story.waiting[last]} "
            f"waited and {story.held[last]} of {story.places} places were in use."
        )
    return told


def _came(story: Story) -> str:
    again = len(story.referrals) - len({one.family for one in story.referrals})
    coming_back = (
        f" ({count(again)} of them for families who had been referred before)" if again else ""
    )
    before = int(story.tallies.held_before[0] + story.tallies.waiting_before[0])
    carried = (
        f" When the funding began, {people(before)} were in the service already: they are shown as "
        "hollow squares and counted in no ending."
        if before
        else ""
    )
    return (
        f"There are {count(len(story.referrals))} referrals in all{coming_back}. Screening sends "
        f"some elsewhere; the others wait until a key worker has a place and the hours.{carried}"
    )


def _taken_on(story: Story) -> str:
    waits = [
        (one.taken_on - one.referred) / DAYS_IN_WEEK
        for one in story.referrals
        if one.taken_on is not None
    ]
    if not waits:
        return "No family is taken on by a key worker."
    return (
        f"{people(len(waits))} are taken on, after {count(float(np.mean(waits)))} weeks on "
        f"average. {count(int(story.tallies.sessions[-1]))} weekly sessions are held, in term "
        "time only."
    )


def _ended(story: Story) -> str:
    def named(stages: Sequence[Stage]) -> str:
        last = story.stages[-1]
        told = [
            f"{name_of(stage).lower()} ({meaning_of(stage)}) {count(int(last[stage]))}"
            for stage in stages
            if last[stage]
        ]
        return "; ".join(told) or "none"

    return (
        f"How it ended with a key worker: {named(AFTER_SUPPORT)}. "
        f"Without one: {named(WITHOUT_SUPPORT)}."
    )


def _care(story: Story) -> str:
    with_service = int(story.tallies.care_with[-1])
    without = int(story.tallies.care_without[-1])
    return (
        f"By the last day {people(with_service, 'child', 'children')} of all these families have "
        f"entered care; without the service, under the same luck, it would have been {without}. "
        "In a single world that difference is mostly chance: use the run's own figures instead."
    )


class Beside(NamedTuple):
    """A figure of this world beside that of the whole run."""

    label: str
    here: str
    run: str


_FLOW: Final = (
    ("families_referred", "Referrals"),
    ("families_started", "Families who start"),
    ("families_completed", "Ended as planned"),
    ("families_gave_up_waiting", "Gave up waiting"),
)


def beside_the_run(story: Story) -> list[Beside]:
    """How usual this world is: its figures, and the mean of all draws."""
    return list(_beside(story, story.world.results["flow"]))


def _beside(story: Story, flow: Mapping[str, Any]) -> Iterator[Beside]:
    last = story.stages[-1]
    here = (
        len(story.referrals),
        int(story.tallies.started[-1]),
        int(last[Stage.PLANNED]),
        int(last[Stage.GAVE_UP]),
    )
    for (name, label), number in zip(_FLOW, here, strict=True):
        mean = flow[name]["mean"]
        yield Beside(label, count(number), "not defined" if mean is None else count(mean))
