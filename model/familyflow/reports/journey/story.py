"""One world as the page shows it: everybody's path, the counts at each week, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from familyflow.problems import bad_input
from familyflow.reports.journey.dates import holidays_of, quarters_of, when_of
from familyflow.reports.journey.frames import Ints, frame_days, path_of, stage_counts
from familyflow.reports.journey.seats import seats_of
from familyflow.reports.journey.stays import Referral, Stage, referrals_of
from familyflow.reports.journey.table import Row, by_quarter
from familyflow.reports.journey.tallies import Tallies, tallies_of
from familyflow.reports.journey.world import World
from familyflow.reports.words import count

MOST_REFERRALS: Final = 5_000  # dots that a browser moves smoothly, in a page below a megabyte


@dataclass(frozen=True)
class Story:
    """What the page is made of.

    days: of the frames. paths: as `path_of`, one for each referral. stages: (frame, stage).
    """

    world: World
    referrals: tuple[Referral, ...]
    days: Ints
    paths: tuple[list[int], ...]
    stages: Ints
    tallies: Tallies
    when: tuple[str, ...]
    holidays: tuple[str, ...]
    quarters: tuple[Row, ...]

    @property
    def places(self) -> int:
        """Families that all posts together can hold."""
        return sum(post.cap for post in self.world.posts)

    @property
    def stop_offers(self) -> str:
        """Weeks at the end in which no place is offered; empty where there are none."""
        weeks = float(self.world.values["service.waiting.stop_offers_weeks"])
        return count(weeks) if weeks else ""

    @property
    def waiting(self) -> Ints:
        """Families on the list at each frame, those from before the term included."""
        return self.stages[:, Stage.WAITING] + self.tallies.waiting_before

    @property
    def held(self) -> Ints:
        """Families with a key worker at each frame, those from before the term included."""
        held: Ints = self.stages[:, Stage.INTRODUCTORY : Stage.CLOSING + 1].sum(axis=1)
        return held + self.tallies.held_before


def story_of(world: World) -> Story:
    """Everything that is shown. Raises InputError where there are too many families for it."""
    last_day = world.last_day
    referrals = referrals_of(world.with_service, last_day)
    if len(referrals) > MOST_REFERRALS:
        raise bad_input(
            f"{len(referrals):,} referrals are too many to watch one by one (at most "
            f"{MOST_REFERRALS:,})",
            "Look at the charts of the run, or give a run with a shorter term.",
            where="--to journey",
        )
    days, seats = frame_days(last_day), seats_of(referrals)
    stages = stage_counts(referrals, days)
    sizes = len(world.posts), len(world.programmes), len(world.activities)
    return Story(
        world=world,
        referrals=tuple(referrals),
        days=days,
        paths=tuple(path_of(place, one, seats, days) for place, one in enumerate(referrals)),
        stages=stages,
        tallies=tallies_of(world.without, world.with_service, days, stages, sizes),
        when=tuple(when_of(world.values, days)),
        holidays=tuple(holidays_of(world.values, days)),
        quarters=tuple(
            by_quarter(
                quarters_of(world.values, last_day), referrals, world.without, world.with_service
            )
        ),
    )


def for_the_page(story: Story) -> dict[str, Any]:
    """What the script reads: lists of whole numbers by frame, and words for the calendar."""
    tallies = story.tallies
    by_frame = {
        "sessions": tallies.sessions,
        "started": tallies.started,
        "careWith": tallies.care_with,
        "careWithout": tallies.care_without,
        "waitingBefore": tallies.waiting_before,
        "heldBefore": tallies.held_before,
        "groups": tallies.groups.T,
        "activities": tallies.activities.T,
    }
    return {
        "when": list(story.when),
        "holidays": list(story.holidays),
        "paths": list(story.paths),
        "caps": [post.cap for post in story.world.posts],
        "empty": [[list(spell) for spell in post] for post in tallies.empty],
        "most": story.stages.max(axis=0).tolist(),
        **{name: counts.tolist() for name, counts in by_frame.items()},
    }
