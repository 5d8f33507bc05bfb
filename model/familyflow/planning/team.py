"""The team: named posts in order, their hours for families and their caps."""

from __future__ import annotations

import math

from familyflow.planning.values import (
    Values,
    days_of_months,
    number,
    spread,
    weeks_as_days,
)
from familyflow.specification.by_draw import whole
from familyflow.specification.plan import NEED_NAMES, WHOLE_FAMILY, Post, Team
from familyflow.specification.variates import yearly_rate

POSTS = "service.team.posts"
CENTRAL_POSTS = "service.team.central_posts"
PAY = "GBP per full-time year"  # the unit of a salary: on-costs are added, overheads follow it
MINUTES_IN_HOUR = 60
THOUSAND = 1000


def make_team(values: Values) -> Team:
    """The posts that are filled, and the rates at which people leave, are ill and are replaced."""
    return Team(
        posts=tuple(_post(values, post) for post in posts_in_order(values)),
        leaving=yearly_rate(number(values, "service.team.turnover_per_year")),
        refills=bool(values["service.team.refill_vacancies"]),
        vacancy_days=days_of_months(values, "service.team.months_to_recruit"),
        induction_days=weeks_as_days(values, "service.team.induction_weeks"),
        falls_ill=yearly_rate(number(values, "service.team.absences_per_year")),
        absence_days=spread(values, "service.team.days_of_absence"),
        disengages_on_change=number(values, "service.team.disengages_on_change"),
    )


def posts_in_order(values: Values) -> list[dict[str, object]]:
    """The first `key_workers` posts of the list, repeating from the top; none when it is shut."""
    listed = list(values[POSTS])
    count = int(values["service.team.key_workers"]) if values["service.team.runs"] else 0
    return [listed[place % len(listed)] for place in range(count)]


def _post(values: Values, post: dict[str, object]) -> Post:
    fte = float(str(post["fte"]))
    share = float(str(post.get("hours_for_families", values["service.team.hours_for_families"])))
    hours = fte * number(values, "service.team.full_time_hours") * share
    weekly = whole(hours * MINUTES_IN_HOUR + 0.5)
    induction = whole(weekly * number(values, "service.team.induction_share") + 0.5)
    need = str(post["specialism"])
    return Post(
        agency=str(post["agency"]),
        specialism=NEED_NAMES.index(need) if need in NEED_NAMES else WHOLE_FAMILY,
        fte_thousandths=int(fte * THOUSAND + 0.5),
        weekly_minutes=weekly,
        induction_minutes=induction,
        cap=cap_of(values, fte),
    )


def cap_of(values: Values, fte: float) -> int:
    """Most families at once of a post with this share of full time."""
    # 0.7 of a cap of 10 is 7, whatever binary fractions make of it
    return max(1, math.floor(fte * number(values, "service.team.caseload_cap") + 1e-9))
