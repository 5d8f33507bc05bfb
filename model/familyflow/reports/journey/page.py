"""The journey as one HTML file that needs nothing else, plays in any browser and stands without."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from familyflow.reports.journey.labels import meaning_of, name_of
from familyflow.reports.journey.stays import AFTER_SUPPORT, HELD, WITHOUT_SUPPORT, Stage
from familyflow.reports.journey.story import Story, for_the_page, story_of
from familyflow.reports.journey.strip import strip
from familyflow.reports.journey.table import HEADS
from familyflow.reports.journey.told import beside_the_run, finding, whole_story, year_by_year
from familyflow.reports.journey.world import read_world
from familyflow.reports.words import in_years

TEMPLATE: Final = "journey.html.j2"


@dataclass(frozen=True)
class Place:
    """A place of a key worker's caseload in the still picture: the stage of whom it holds."""

    stage: int | None


@dataclass(frozen=True)
class Zone:
    """A stage or ending on the page, with how many are there in the still picture."""

    code: int
    name: str
    meaning: str
    now: int


def journey_page(run_folder: Path) -> str:
    """The page of a finished run, as HTML in UTF-8.

    Raises InputError where the folder holds no run of one scenario with a service, or a damaged
    one; RefusedError where it kept no journal and cannot be simulated again as it was.
    """
    return page_of(story_of(read_world(run_folder)))


def page_of(story: Story) -> str:
    """The page of a story."""
    frame = len(story.days) // 2  # the still picture, for browsers that run no script
    style, script = _text("journey.css"), _text("journey.js")
    return (
        _environment()
        .get_template(TEMPLATE)
        .render(
            title=story.world.results["title"],
            results=story.world.results,
            term=in_years(story.world.results["term_years"]),
            finding=finding(story),
            strip=strip(story),
            story=story,
            frame=frame,
            last=len(story.days) - 1,
            waiting=_zones(story, frame, _waiting(story)),
            held=_zones(story, frame, HELD),
            endings=(
                ("After working with a key worker", _zones(story, frame, AFTER_SUPPORT)),
                ("Without having worked with one", _zones(story, frame, WITHOUT_SUPPORT)),
            ),
            seats=_seats(story, frame),
            whole=whole_story(story),
            years=year_by_year(story),
            heads=HEADS,
            beside=beside_the_run(story),
            data=for_the_page(story),
            style=Markup(style),  # ours, without a word from the run
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


def _waiting(story: Story) -> tuple[Stage, ...]:
    """The list, and, where key workers leave, those who are between two of them."""
    lost = story.stages[:, Stage.BETWEEN].any()
    return (Stage.WAITING, Stage.BETWEEN) if lost else (Stage.WAITING,)


def _zones(story: Story, frame: int, stages: tuple[Stage, ...]) -> list[Zone]:
    return [
        Zone(stage, name_of(stage), meaning_of(stage), int(story.stages[frame, stage]))
        for stage in stages
    ]


def _seats(story: Story, frame: int) -> list[list[Place]]:
    """Every place of every post, and who is in it at the frame."""
    taken: dict[tuple[int, int], int] = {}
    for path in story.paths:
        seen = [path[at : at + 4] for at in range(0, len(path), 4) if path[at] <= frame]
        if seen and seen[-1][2] >= 0:
            _, stage, worker, seat = seen[-1]
            taken[worker, seat] = stage
    return [
        [Place(taken.get((worker, seat))) for seat in range(post.cap)]
        for worker, post in enumerate(story.world.posts)
    ]


def _text(name: str) -> str:
    return files("familyflow.reports.journey").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's content policy knows this text by: nothing else may run or style."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("familyflow.reports.journey", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "sort_keys": True}
    return environment
