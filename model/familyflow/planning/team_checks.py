"""Whether the posts, of key workers and beside them, can be filled and paid."""

from __future__ import annotations

from collections.abc import Mapping

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.parameter import Parameter
from familyflow.planning.rows import Found, Mistake, Row, rows_of
from familyflow.planning.team import CENTRAL_POSTS, PAY, POSTS
from familyflow.planning.values import Values
from familyflow.specification.plan import NEED_NAMES

WHOLE_FAMILY_POST = "whole_family"
SALARIES = "unit_costs.staff."
INSURANCE = SALARIES + "national_insurance"


def check_posts(values: Values) -> Found:
    """The key workers' posts."""
    posts = values[POSTS]
    if not posts and int(values["service.team.key_workers"]):
        to_do = "List at least one post, or set key_workers to 0."
        yield Mistake(POSTS, "there are no posts to fill", to_do)
    for row in rows_of(POSTS, posts, "post"):
        yield from row.missing("agency", "specialism", "fte")
        yield from row.number("fte", 0.05, 1.0)
        yield from row.blank("hours_for_families")
        yield from row.number("hours_for_families", 0.0, 1.0)
        yield from row.word("specialism", (*NEED_NAMES, WHOLE_FAMILY_POST))


def check_central_posts(values: Values, parameters: Mapping[str, Parameter]) -> Found:
    """The posts beside them: each is paid a salary that is there."""
    salaries = [
        key for key, known in parameters.items() if key.startswith(SALARIES) and known.unit == PAY
    ]
    for row in rows_of(CENTRAL_POSTS, values[CENTRAL_POSTS], "post"):
        yield from row.missing("role", "fte", "pay")
        yield from row.number("fte", 0.01, 1.0)
        yield from _pay(row, salaries)


def check_insurance(values: Values) -> Found:
    """Employers' national insurance: a share of the pay above a threshold."""
    rate, threshold = (float(values[INSURANCE][name]) for name in ("rate", "threshold"))
    if not 0.0 <= rate <= 1.0:
        to_do = "Give a share of pay, from 0 to 1."
        yield Mistake(INSURANCE, f"rate is {rate:g}", to_do, ("table", "rate"))
    if threshold < 0.0:
        to_do = "Give pounds a year, 0 or more."
        yield Mistake(INSURANCE, f"threshold is {threshold:g}", to_do, ("table", "threshold"))


def _pay(row: Row, salaries: list[str]) -> Found:
    pay = row.given("pay")
    if not pay or pay in salaries:
        return
    to_do = did_you_mean(str(pay), salaries, otherwise=f"Salaries: {listed(salaries)}.")
    yield row.wrong("pay", f"there is no salary '{pay}'", to_do)
