"""The team of a cost case as text: its posts, the family-held budget, a key worker's salary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import FormData

from familyflow.parameters.draws import base_values
from familyflow.parameters.numerals import neat
from familyflow.planning.team import POSTS
from familyflow.planning.team_checks import SALARIES, WHOLE_FAMILY_POST
from familyflow.scenarios.resolve import Resolved
from familyflow.specification.plan import NEED_NAMES
from familyflow.web.levers import BUDGET
from familyflow.web.levers import POSTS as KEY_WORKERS

SALARY: Final = f"{SALARIES}key_worker_salary"
SPECIALISMS: Final = (
    (WHOLE_FAMILY_POST, "The whole family: any need"),
    *((name, name.replace("_", " ").capitalize()) for name in NEED_NAMES),
)
LEAST_ROWS: Final = 6
SPARE_ROWS: Final = 2  # empty ones, to add posts in
MOST_ROWS: Final = 40
MOST_TEXT: Final = 1_000


@dataclass(frozen=True)
class Post:
    """A row of posts. agency: its employer, in the writer's own words; fte: of full time."""

    agency: str = ""
    fte: str = ""
    specialism: str = WHOLE_FAMILY_POST

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in it."""
        return not self.agency.strip() and not self.fte.strip()


@dataclass(frozen=True)
class TeamForm:
    """The fields of the team as text. posts: the rows, in the order in which they are filled."""

    key_workers: str = ""
    posts: tuple[Post, ...] = ()
    budget: str = ""
    budget_year: str = ""
    salary: str = ""
    salary_year: str = ""
    salary_because: str = ""

    @property
    def rows(self) -> tuple[Post, ...]:
        """The rows of a form: those that are there, and a few to add posts in."""
        filled = len(self.posts)
        while filled and self.posts[filled - 1].is_blank:
            filled -= 1
        shown = min(max(LEAST_ROWS, filled + SPARE_ROWS), max(MOST_ROWS, filled))
        return (*self.posts[:filled], *[Post()] * (shown - filled))


def usual_team(start: Resolved) -> TeamForm:
    """The team as a scenario has it."""
    values: dict[str, Any] = base_values(start.parameters)
    believed = start.choices.get(SALARY)
    return TeamForm(
        key_workers=neat(values[KEY_WORKERS]),
        posts=tuple(_post(row) for row in values[POSTS][:MOST_ROWS]),
        budget=neat(values[BUDGET]),
        budget_year=start.parameters[BUDGET].price_year or "",
        salary=neat(values[SALARY]),
        salary_year=start.parameters[SALARY].price_year or "",
        salary_because="" if believed is None else believed.because,
    )


def sent_team(form: FormData) -> TeamForm:
    """The team as it was sent."""

    def text(name: str) -> str:
        given = form.get(name, "")
        return given[:MOST_TEXT] if isinstance(given, str) else ""

    posts = [
        Post(*(text(f"post-{row}-{name}") for name in ("agency", "fte", "specialism")))
        for row in range(MOST_ROWS)
        if f"post-{row}-agency" in form
    ]
    return TeamForm(
        key_workers=text("key_workers"),
        posts=tuple(posts),
        budget=text("budget"),
        budget_year=text("budget_year"),
        salary=text("salary"),
        salary_year=text("salary_year"),
        salary_because=text("salary_because"),
    )


def _post(row: Mapping[str, Any]) -> Post:
    return Post(str(row["agency"]), neat(float(row["fte"])), str(row["specialism"]))
