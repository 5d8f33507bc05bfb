"""Whether the tables of who comes, from where and with what need fit together."""

from __future__ import annotations

from familyflow.planning.rows import Found, Mistake
from familyflow.planning.values import Values
from familyflow.specification.plan import NEED_NAMES

SCREENING = ("accepted", "signposted", "passed_up")
_MAKE_UP, _REFERRALS = "families.make_up.", "families.referrals."
_BY_YEAR = ("minority_ethnic", "interpreter_need")
MOST_SOURCES = 8


def check_combinations(values: Values) -> Found:
    """Needs are known, and none stands twice in a combination."""
    key = "families.needs.combinations"
    for name in values[key]:
        needs = str(name).split("+")
        if set(needs) - set(NEED_NAMES) or len(set(needs)) < len(needs):
            what, to_do = f"there is no need or combination {name!r}", ", ".join(NEED_NAMES)
            yield Mistake(key, what, f"Needs: {to_do}.", ("table", name))


def check_children(values: Values) -> Found:
    """Families of 1, 2 ... children, none left out: shares are taken in that order."""
    key = _MAKE_UP + "children"
    yield from _counted(key, list(values[key]), 1, "Number of children")


def check_years(values: Values) -> Found:
    """Shares by year of the term begin with year 0 and leave none out."""
    for key in (_MAKE_UP + name for name in _BY_YEAR):
        yield from _counted(key, list(values[key]), 0, "Years")


def check_ages(values: Values) -> Found:
    """The youngest is no older than the oldest."""
    youngest, oldest = (values[f"{_MAKE_UP}{which}_age"] for which in ("youngest", "oldest"))
    for which, age in (("youngest", youngest), ("oldest", oldest)):
        if float(age) != int(age):
            key = f"{_MAKE_UP}{which}_age"
            yield Mistake(key, f"{age} is no whole number of years", "Give a birthday.")
    if youngest > oldest:
        what = f"the youngest age, {youngest}, is above the oldest, {oldest}"
        to_do, others = "Lower the one, or raise the other.", (_MAKE_UP + "oldest_age",)
        yield Mistake(_MAKE_UP + "youngest_age", what, to_do, (), others)


def check_screening(values: Values) -> Found:
    """Screening accepts, signposts or passes up, and accepts somebody."""
    key = _REFERRALS + "screening"
    table = values[key]
    if set(table) != set(SCREENING):
        to_do = f"They are {', '.join(SCREENING)}."
        yield Mistake(key, f"the ways are {', '.join(map(str, table))}", to_do)
    elif not table["accepted"]:
        to_do = "Give accepted a share above 0."
        yield Mistake(key, "nobody is accepted, so no family can be suitable", to_do)


def check_sources(values: Values) -> Found:
    """Every source has a factor for the holidays."""
    key, factors = _REFERRALS + "share_by_source", values[_REFERRALS + "holiday_factor"]
    shares = values[key]
    lacking = ", ".join(sorted(str(name) for name in shares if name not in factors))
    if lacking:
        to_do = "Add it to families.referrals.holiday_factor."
        others = (_REFERRALS + "holiday_factor",)
        yield Mistake(key, f"no holiday factor for {lacking}", to_do, (), others)
    if not 1 <= len(shares) <= MOST_SOURCES:
        yield Mistake(key, f"there are {len(shares)} sources", f"There can be 1 to {MOST_SOURCES}.")


def check_listed_days(values: Values) -> Found:
    """Listed days belong to a source and are whole."""
    key, known = _REFERRALS + "listed_days", values[_REFERRALS + "share_by_source"]
    for source, days in values[key].items():
        if source not in known:
            to_do = f"Sources: {', '.join(map(str, known))}."
            yield Mistake(key, f"there is no source {source!r}", to_do, ("table", source))
        elif not isinstance(days, list) or not all(isinstance(day, int) for day in days):
            what = f"{source}: {days} is no list of whole days"
            yield Mistake(key, what, "Write [0, 7, 14].", ("table", source))


def check_growth(values: Values) -> Found:
    """Referrals may fall to none, and no further."""
    key, years = _REFERRALS + "growth_per_year", int(values["appraisal.term_years"])
    growth = float(values[key])
    if 1.0 + growth * (years - 1) < 0.0:
        what = f"{growth:g} a year leaves fewer than no referrals in year {years} of the term"
        to_do = f"Give {-1.0 / (years - 1):.3g} or more, or a shorter term."
        yield Mistake(key, what, to_do, (), ("appraisal.term_years",))


def _counted(key: str, names: list[str], first: int, what: str) -> Found:
    due = [str(first + place) for place in range(len(names))]
    if names != due:
        to_do = f"Write {', '.join(due[:3])} and so on, in order and none left out."
        yield Mistake(key, f"{what}: {', '.join(names)}", to_do)
