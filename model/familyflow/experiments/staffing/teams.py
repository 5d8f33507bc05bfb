"""The teams that are tried: posts, caps and months to recruit, each a scenario of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.options.load import Option, load_each, replacing
from familyflow.parameters.draws import base_values
from familyflow.planning.team import posts_in_order
from familyflow.problems import bad_input

POSTS: Final = "service.team.key_workers"
CAP: Final = "service.team.caseload_cap"
MONTHS: Final = "service.team.months_to_recruit"
FEWER, MORE = 2, 3  # posts beside those of the scenario, where none are named
MOST_TEAMS: Final = 60


@dataclass(frozen=True)
class Team:
    """One team of a scenario. fte: full-time equivalents of its key workers.

    months_to_recruit: None where they are left as the scenario has them, which may be a spread.
    """

    posts: int
    cap: float
    months_to_recruit: float | None
    fte: float
    option: Option

    @property
    def name(self) -> str:
        """How it is told apart from the others."""
        return self.option.name

    def told(self) -> dict[str, Any]:
        """Its size, for tables."""
        return {
            "team": self.name,
            "posts": self.posts,
            "fte": self.fte,
            "caseload_cap": self.cap,
            "months_to_recruit": self.months_to_recruit,
        }


def load_teams(
    scenario: str,
    posts: Sequence[int],
    caps: Sequence[float],
    months: Sequence[float],
    sets: Sequence[str] = (),
    files: Sequence[Path] = (),
) -> list[Team]:
    """Every combination of these, in order; where none are named, those of the scenario.

    Posts are by default from two fewer to three more. Raises InputError.
    """
    (base,) = load_each([scenario], sets, files)
    if not base.has_service:
        raise bad_input(
            f"{base.name} runs no service, so it has no team",
            "Name a scenario with one, e.g. core_offer.",
        )
    values = base_values(base.resolved.parameters)
    lengths: list[float | None] = list(months) or [None]
    wanted = list(
        product(
            lengths,
            caps or [float(str(values[CAP]))],
            posts or _around(int(str(values[POSTS]))),
        )
    )
    if any(count < 1 for _, _, count in wanted):
        raise bad_input("a team of no post is tried", "Posts count from 1.", where="--posts")
    check_number(len(wanted))
    return [_team(scenario, each, wanted, sets, files) for each in wanted]


def check_number(teams: int) -> None:
    """Refuse more teams than are tried at once. Raises InputError."""
    if teams > MOST_TEAMS:
        raise bad_input(
            f"{teams} teams are more than the {MOST_TEAMS} that are tried at once",
            "Name fewer posts, caps or months.",
        )


def _around(posts: int) -> list[int]:
    return [*range(max(1, posts - FEWER), posts + MORE + 1)]


def _team(
    scenario: str,
    each: tuple[float | None, float, int],
    wanted: Sequence[tuple[float | None, float, int]],
    sets: Sequence[str],
    files: Sequence[Path],
) -> Team:
    months, cap, posts = each
    own = [f"{POSTS}={posts}", f"{CAP}={_number(cap)}"]
    own += [] if months is None else [f"{MONTHS}={_number(months)}"]
    typed = replacing(sets, *own)
    (option,) = load_each([scenario], typed, files)
    values = base_values(option.resolved.parameters)
    fte = sum(float(str(post["fte"])) for post in posts_in_order(values))
    return Team(posts, cap, months, fte, Option(_name(each, wanted), option.resolved))


def _name(
    each: tuple[float | None, float, int], wanted: Sequence[tuple[float | None, float, int]]
) -> str:
    """'5 posts', with the cap and the months where they differ between teams."""
    months, cap, posts = each
    name = f"{posts} post{'' if posts == 1 else 's'}"
    if len({other[1] for other in wanted}) > 1:
        name += f", cap {_number(cap)}"
    if months is not None and len({other[0] for other in wanted}) > 1:
        name += f", {_number(months)} months to recruit"
    return name


def _number(value: float) -> str:
    """A number as it is typed: whole ones without a point."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
