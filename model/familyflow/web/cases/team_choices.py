"""What the team's fields choose and believe: only what is other than in the scenario they change.

An unchanged field writes nothing, so that what is known of its number (its doubt, its source)
stays as it was.
"""

from __future__ import annotations

from typing import Any, Final

from familyflow.parameters.draws import base_values
from familyflow.planning.team import POSTS
from familyflow.scenarios.resolve import Resolved
from familyflow.web.cases.made import Choices, Path, because
from familyflow.web.cases.team import MOST_ROWS, SALARY, Post, TeamForm, usual_team
from familyflow.web.levers import BUDGET, NotANumberError, number_in
from familyflow.web.levers import POSTS as KEY_WORKERS
from familyflow.web.mistakes import Told

POST_ROW: Final = "post-{}-{}"
OTHER_BUDGET: Final = "another family-held budget"  # no evidence links it to outcomes


def team_choices(made: Choices, form: TeamForm, start: Resolved, parent: Resolved) -> None:
    """Add the choices of the team. start: what filled the form in; parent: what they change."""
    now = usual_team(parent)
    _key_workers(made, form, now)
    _posts(made, form, now, start)
    _budget(made, form, now)
    _salary(made, form, now)


def _key_workers(made: Choices, form: TeamForm, now: TeamForm) -> None:
    words = "Give a whole number of posts, such as 4."
    many = made.number(form.key_workers, "key_workers", words)
    if many is not None and many != number_in(now.key_workers):
        made.choose(KEY_WORKERS, many, "key_workers")


def _posts(made: Choices, form: TeamForm, now: TeamForm, start: Resolved) -> None:
    """The rows, without those that were emptied; one that stays keeps its hours for families."""
    made.fields["set", POSTS] = POST_ROW.format(0, "agency")
    typed = [(number, post) for number, post in enumerate(form.posts) if not post.is_blank]
    if [_plain(post) for _, post in typed] == [_plain(post) for post in now.posts]:
        return
    values: dict[str, Any] = base_values(start.parameters)
    listed = [dict(row) for row in values[POSTS]]
    rows: list[dict[str, Any]] = []
    for number, post in typed:
        before = listed[number] if number < len(listed) else {}
        rows.append(before | _row(made, number, post, ("set", POSTS, len(rows))))
    made.set[POSTS] = [*rows, *listed[MOST_ROWS:]]


def _plain(post: Post) -> tuple[str, float | str, str]:
    """A row to compare by: a share that is written otherwise is the same share."""
    try:
        return post.agency.strip(), float(number_in(post.fte)), post.specialism
    except NotANumberError:
        return post.agency.strip(), post.fte, post.specialism


def _row(made: Choices, number: int, post: Post, path: Path) -> dict[str, Any]:
    agency, fte = POST_ROW.format(number, "agency"), POST_ROW.format(number, "fte")
    made.fields[path] = agency
    made.fields[*path, "fte"] = fte
    made.fields[*path, "specialism"] = POST_ROW.format(number, "specialism")
    if not post.agency.strip():
        made.problems.append(Told(agency, "Name the employer of this post, or empty its row."))
    words = "Give the post's share of full time, from 0.05 to 1, such as 0.7."
    share = made.number(post.fte, fte, words)
    return {
        "agency": post.agency.strip() or "-",
        "specialism": post.specialism,
        "fte": 1 if share is None else share,
    }


def _budget(made: Choices, form: TeamForm, now: TeamForm) -> None:
    words = "Give the budget of a family in pounds, such as 250; 0 for none."
    pounds = made.number(form.budget, "budget", words)
    year = form.budget_year.strip()
    if pounds is None or (pounds == number_in(now.budget) and year == now.budget_year):
        return
    made.choose(BUDGET, {"value": pounds, "price_year": year}, "budget")
    made.fields["set", BUDGET, "price_year"] = "budget_year"
    made.unproven.append(OTHER_BUDGET)


def _salary(made: Choices, form: TeamForm, now: TeamForm) -> None:
    words = "Give the salary in pounds for a full-time year, such as 31,000."
    pounds = made.number(form.salary, "salary", words)
    year, reason = form.salary_year.strip(), form.salary_because.strip()
    is_same = pounds == number_in(now.salary) and year == now.salary_year
    if pounds is None or (is_same and reason == now.salary_because):
        return
    told = because(made, reason, "salary_because", "a key worker is paid this")
    made.assume[SALARY] = {"value": pounds, "price_year": year, "because": told}
    made.fields["assume", SALARY] = "salary"
    made.fields["assume", SALARY, "price_year"] = "salary_year"
    made.fields["assume", SALARY, "because"] = "salary_because"
