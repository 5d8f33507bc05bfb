"""Whether tables and numbers fit together, beyond what each entry can say of itself.

The reader of files checks units, types and ranges; here every row of the tables that a plan is
made of is checked, and the numbers that must not contradict each other. All mistakes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from familyflow.parameters.draws import base_values
from familyflow.parameters.origin import check_year
from familyflow.parameters.parameter import Parameter, Varies
from familyflow.parameters.yaml_tree import Place, Section, Wrong, at
from familyflow.planning import dated_checks, family_checks, team_checks
from familyflow.planning.funding_checks import (
    ASKED_OF,
    check_asked_of,
    check_funders,
    check_headings,
)
from familyflow.planning.funding_limits import check_limits
from familyflow.planning.heaviest import too_heavy
from familyflow.planning.key_work import HOURS_PER_WEEK
from familyflow.planning.rows import Found, Mistake
from familyflow.planning.values import LENGTHS, Values
from familyflow.problems import Problems

EFFECTS = "outcomes.effects."
ESCALATION = "outcomes.escalation."

Spot = Callable[..., Place]  # of a key, or of what stands at a path below it

CHECKS: tuple[Callable[[Values], Found], ...] = (
    team_checks.check_posts,
    team_checks.check_insurance,
    dated_checks.check_programmes,
    dated_checks.check_activities,
    dated_checks.check_holidays,
    check_funders,
    check_headings,
    check_limits,
    family_checks.check_combinations,
    family_checks.check_children,
    family_checks.check_years,
    family_checks.check_ages,
    family_checks.check_screening,
    family_checks.check_sources,
    family_checks.check_listed_days,
    family_checks.check_growth,
)


def check_values(parameters: Mapping[str, Parameter], spot: Spot, chosen: Sequence[str]) -> None:
    """Raise InputError with every contradiction found.

    chosen: the keys that were chosen, those first that a mistake of several keys is blamed on.
    """
    values = base_values(parameters)
    found = mistakes_in(values, parameters)
    if ASKED_OF in chosen:  # that of the shipped tree may be none of a scenario's own funders
        found += check_asked_of(values)
    raise_mistakes(found or [*too_heavy(values)], spot, chosen)


def check_overridden(
    parameters: Mapping[str, Parameter], one: Parameter, section: Section, place: Place
) -> None:
    """Raise InputError with what is wrong in the rows of an entry that has no effect.

    A contradiction with other numbers is none, since it is not used.
    """

    def spot(_: str, *path: str | int) -> Place:
        below = at(section, path) if path else place
        return below if below.line else place

    found = mistakes_in(base_values({**parameters, one.name: one}), parameters)
    own = [mistake for mistake in found if mistake.key == one.name and not mistake.others]
    raise_mistakes(own, spot)


def mistakes_in(values: Values, parameters: Mapping[str, Parameter]) -> list[Mistake]:
    """Every contradiction between tables and numbers."""
    found = [mistake for check in (*CHECKS, *_OF_NUMBERS) for mistake in check(values)]
    return [*found, *team_checks.check_central_posts(values, parameters)]


def raise_mistakes(mistakes: Sequence[Mistake], spot: Spot, chosen: Sequence[str] = ()) -> None:
    """Raise InputError with these, each at its own place."""
    problems = Problems()
    for mistake in mistakes:
        key = mistake.blamed(chosen)
        problems.add(*spot(key, *mistake.path), f"{key}: {mistake.what}", mistake.to_do)
    problems.raise_if_any()


def _years(values: Values) -> Found:
    for name in ("term_years", "follow_up_years", "watched_years"):
        years = values[f"appraisal.{name}"]
        if float(years) != int(years):
            what = f"{name} is {years}; it counts whole years"
            yield Mistake(f"appraisal.{name}", what, "Give a whole number.")
    follow, watched = values["appraisal.follow_up_years"], values["appraisal.watched_years"]
    if float(follow) > float(watched):
        yield Mistake(
            "appraisal.follow_up_years",
            f"follow_up_years is {follow}, and children are watched for {watched} years",
            "Lengthen appraisal.watched_years, or shorten the follow-up.",
            others=("appraisal.watched_years",),
        )


def _first_year(values: Values) -> Found:
    key = "appraisal.first_year"
    first, base = str(values[key]), str(values["appraisal.price_year"])
    try:
        check_year(first)
    except Wrong as wrong:
        yield Mistake(key, f"{first!r} {wrong.what}", wrong.to_do)
        return
    if first[:4] < base[:4]:
        yield Mistake(
            key,
            f"the term begins in {first}, before the price year {base}",
            "Begin it in the price year or later, or choose an earlier price year.",
            others=("appraisal.price_year",),
        )


def _doses(values: Values) -> Found:
    full, least = (float(values[EFFECTS + k]) for k in ("dose_reference", "dose_threshold"))
    if full <= 0:
        to_do = "It is the number of sessions that is a full dose."
        yield Mistake(EFFECTS + "dose_reference", f"dose_reference is {full:g}", to_do)
    elif least > full:
        what = f"dose_threshold {least:g} is above dose_reference {full:g}"
        to_do = "The threshold is at most the reference."
        others = (EFFECTS + "dose_reference",)
        yield Mistake(EFFECTS + "dose_threshold", what, to_do, (), others)
    for name in ("care_ratio", "plan_ratio_year_1", "plan_ratio_year_2", "child_in_need_ratio"):
        if float(values[EFFECTS + name]) <= 0:
            what = f"{name} is 0; no service ends every step"
            yield Mistake(EFFECTS + name, what, "Give a ratio above 0; 1 is no effect.")


def _weekly_chances(values: Values) -> Found:
    for name in ("disengaging_per_week", "ended_by_service_per_week"):
        key = f"service.key_work.{name}"
        if float(values[key]) >= 1:
            yield Mistake(key, f"{name} is 1", "Somebody must stay: give a chance below 1.")


def _shares_of_leavers(values: Values) -> Found:
    for level, first, second in (
        ("child in need", "child_in_need_to_plan", "child_in_need_to_care"),
        ("a protection plan", "plan_to_care", "plan_to_child_in_need"),
    ):
        total = float(values[ESCALATION + first]) + float(values[ESCALATION + second])
        if total > 1.0:
            what = f"the shares of those who leave {level} ({first}, {second}) sum to {total:g}"
            to_do, others = "Together they are at most 1.", (ESCALATION + second,)
            yield Mistake(ESCALATION + first, what, to_do, (), others)


def _looked_after(values: Values) -> Found:
    key = ESCALATION + "looked_after_months_19_24"
    share = float(values[key])
    if not 0.0 < share < 1.0:
        to_do = "The links into care are scaled to it: give a share above 0 and below 1."
        yield Mistake(key, f"a share of {share:g} looked after", to_do)


def _lengths(values: Values) -> Found:
    for key, value in values.items():
        if isinstance(value, Varies) and key != HOURS_PER_WEEK and value.shape not in LENGTHS:
            what = f"a length cannot vary as {value.shape}"
            yield Mistake(key, what, f"It varies as {', '.join(LENGTHS)}.", ("varies",))


_OF_NUMBERS: tuple[Callable[[Values], Found], ...] = (
    _years,
    _first_year,
    _doses,
    _weekly_chances,
    _shares_of_leavers,
    _looked_after,
    _lengths,
)
