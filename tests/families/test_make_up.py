"""Who families are: shares as stated, children of their own luck, and hours by need and level."""

import math
from dataclasses import replace
from statistics import correlation, fmean, stdev

import pytest
from tests.service.worlds import LEVELS, listed, world

from familyflow.families.family import Family
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_YEAR

FAMILIES, SEED = 2_000, 11
Z = 4.0  # standard errors: a right model passes all but about once in 15,000 runs


def made(**make_up: object) -> list[Family]:
    """Many families of a world with this make-up, all referred on the first day."""
    plan: Plan = world(sources=listed(*[0] * FAMILIES))
    return families_of(replace(plan, make_up=replace(plan.make_up, **make_up)), Luck(SEED))


def is_share(hits: list[bool], share: float) -> bool:
    """Whether so many hits are as many as this share gives, within Z standard errors."""
    return abs(fmean(hits) - share) < Z * math.sqrt(share * (1.0 - share) / len(hits))


@pytest.mark.statistical
def test_siblings_have_luck_of_their_own() -> None:
    families = made(children=(0.0, 1.0))

    first, second = zip(*([c.age_days for c in each.children] for each in families), strict=True)

    # of independent ages the correlation has a standard error of 1 / sqrt(n)
    assert abs(correlation(first, second)) < Z / math.sqrt(FAMILIES)
    assert all(5 * DAYS_IN_YEAR <= age < 12 * DAYS_IN_YEAR for age in (*first, *second))


@pytest.mark.statistical
def test_children_outside_the_ages_are_the_share_stated_and_never_the_first() -> None:
    families = made(children=(0.0, 1.0), outside_age_range=0.2)

    assert all(each.children[0].in_scope for each in families)
    assert is_share([not each.children[1].in_scope for each in families], 0.2)


@pytest.mark.statistical
def test_frailty_multiplies_by_1_on_average() -> None:
    sd = 0.5

    drawn = [each.frailty for each in made(frailty_sd=sd)]

    error = math.sqrt((math.exp(sd * sd) - 1.0) / FAMILIES)  # of the mean of such a lognormal
    assert abs(fmean(drawn) - 1.0) < Z * error
    assert abs(stdev(map(math.log, drawn)) - sd) < Z * sd / math.sqrt(2 * (FAMILIES - 1))


@pytest.mark.statistical
def test_the_interpreter_share_is_of_all_families() -> None:
    families = made(minority_ethnic=(0.3,), interpreter=(0.1,))

    assert is_share([each.minority_ethnic for each in families], 0.3)
    assert is_share([each.interpreter for each in families], 0.1)
    assert not any(each.interpreter and not each.minority_ethnic for each in families)


def test_hours_rise_with_each_need_beyond_the_first_and_with_the_level() -> None:
    by_level = (0.0, 0.0, 0.2, 0.0, 0.0, 0.0)
    assert len(by_level) == LEVELS
    for mask, level, expected in ((1, 1, 1.0), (5, 1, 1.1), (7, 1, 1.2), (7, 2, 1.4)):
        shares = tuple(float(place >= level) for place in range(LEVELS))

        one = made(
            needs_masks=(mask,), level=shares, complexity_per_need=0.1, complexity_by_level=by_level
        )[0]

        assert one.complexity == pytest.approx(expected, rel=1e-12)
        assert one.level == level
