"""Groups of families add up to the whole, in either engine, and tables say what they hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.compiled.colliding import colliding_world
from tests.experiments.worlds import SHORT, luck, stated
from tests.service.worlds import listed, world

from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import scheme_of, simulate_sums
from familyflow.experiments.family_groups import GROUPINGS, GROUPS, members
from familyflow.experiments.quantities import EVENT, WITH, WITHIN, WITHOUT
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.served_tables import (
    NOBODY,
    NOBODY_ALLOCATED,
    ONE_DRAW,
    equity,
    served_table,
)
from familyflow.experiments.simulation import Simulated, kept_journals, simulate_plan
from familyflow.experiments.who_is_served import (
    AMOUNTS,
    TALLIED,
    Ints,
    Served,
    served_of,
    tally,
)
from familyflow.families.columns import columns_of
from familyflow.families.make_up import families_of
from familyflow.planning.plan import make_plan
from familyflow.problems import InputError
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_WEEK

RUNNING = ("appraisal.start=running", "appraisal.warm_up_weeks=30")
SCENARIOS = [
    ("core_offer", SHORT),
    ("core_offer", (*SHORT, *RUNNING)),
    ("no_service", SHORT),
]
# an amount, and the quantities of the arm with the service that it sums
SUMS = {
    "referred": ("families_referred",),
    "accepted": ("families_accepted",),
    "declined": ("families_declined",),
    "turned_away": ("families_left_list", "families_signposted"),
    "gave_up_waiting": ("families_gave_up_waiting",),
    "allocated": ("families_allocated",),
    "started": ("families_started",),
    "completed": ("families_completed",),
    "children_supported": ("children_supported",),
}
IN_CARE = ("child_weeks_looked_after.foster", "child_weeks_looked_after.residential")
ALL = GROUPS.index(("all families", "all families"))


def place(amount: str) -> int:
    return AMOUNTS.index(amount)


def tallied(one: Simulated, plan: Plan) -> Ints:
    assert one.journal is not None
    assert one.families is not None
    return tally(one.journal, one.families, plan.follow_up_days)


def assert_adds_up(found: Ints, one: Simulated, plan: Plan) -> None:
    """Over any grouping's groups, each amount is exactly the run's own total."""
    names = [quantity.name for quantity in quantities_of(plan.programmes, plan.activities)]
    total = one.quantities.sum(axis=1)  # arm, window, quantity
    first = 0
    for grouping in GROUPINGS:
        sums = found[first : first + len(grouping.groups)].sum(axis=0)
        first += len(grouping.groups)
        for amount, quantities in SUMS.items():
            places = [names.index(name) for name in quantities]
            assert sums[place(amount)] == total[WITH][:, places].sum(), (grouping.name, amount)
        in_care = [names.index(name) for name in IN_CARE]
        for arm, amount in ((WITHOUT, "days_in_care_without"), (WITH, "days_in_care_with")):
            days = round(DAYS_IN_WEEK * total[arm, WITHIN][in_care].sum())
            assert sums[place(amount)] == days, (grouping.name, amount)
        if sums[place("allocated")]:
            weeks = sums[place("days_waited")] / DAYS_IN_WEEK / sums[place("allocated")]
            assert weeks == pytest.approx(one.figures["mean_wait_weeks"], rel=1e-12)
    assert first == len(found) == len(GROUPS)


@pytest.mark.whole
@pytest.mark.parametrize(("scenario", "sets"), SCENARIOS)
def test_groups_add_up_to_the_run_in_either_engine(scenario: str, sets: tuple[str, ...]) -> None:
    plan = make_plan(*stated(scenario, *sets))
    readable = simulate_plan(plan, luck(), keep_journal=True)
    scheme = scheme_of(quantities_of(plan.programmes, plan.activities))
    sums = simulate_sums(plan, luck(), scheme, Memory(), keep_journal=True)
    assert sums.journal is not None
    assert sums.families is not None

    found = tallied(readable, plan)

    assert_adds_up(found, readable, plan)
    assert found[ALL, place("days_in_care_without")] > 0
    assert (found[ALL, place("started")] > 0) == (scenario != "no_service")
    kept = kept_journals(*sums.journal, plan)
    assert np.array_equal(found, tally(kept, sums.families, plan.follow_up_days))


def test_groups_add_up_in_worlds_where_everything_collides() -> None:
    told = 0
    for seed in range(40):
        plan = colliding_world(seed)
        try:
            one = simulate_plan(plan, luck(seed), keep_journal=True)
        except (OverflowError, InputError):
            continue
        assert_adds_up(tallied(one, plan), one, plan)
        told += 1

    assert told > 20


def test_the_rows_of_what_is_tallied_are_enough_in_either_engine_and_in_any_order() -> None:
    told = 0
    for seed in range(20):
        plan = colliding_world(seed)
        scheme = scheme_of(quantities_of(plan.programmes, plan.activities))
        try:
            whole = simulate_plan(plan, luck(seed), keep_journal=True)
            some = simulate_plan(plan, luck(seed), keep_journal=True, only=TALLIED)
            fast = simulate_sums(
                plan, luck(seed), scheme, Memory(), keep_journal=True, only=TALLIED
            )
        except (OverflowError, InputError):
            continue
        assert some.journal is not None
        assert whole.journal is not None
        assert fast.journal is not None
        assert fast.families is not None
        expected = tallied(whole, plan)
        assert np.array_equal(tallied(some, plan), expected)
        few = kept_journals(*fast.journal, plan)
        assert np.array_equal(tally(few, fast.families, plan.follow_up_days), expected)
        without, with_service = (arm[::-1] for arm in few)
        turned = tally((without, with_service), fast.families, plan.follow_up_days)
        assert np.array_equal(turned, expected)
        for kept, every in zip(some.journal, whole.journal, strict=True):
            assert set(kept[:, EVENT]) <= set(TALLIED)
            assert len(kept) == np.isin(every[:, EVENT], list(TALLIED)).sum()
        told += 1

    assert told > 10


def test_both_engines_have_the_same_columns_of_families() -> None:
    for seed in range(10):
        plan = colliding_world(seed)
        scheme = scheme_of(quantities_of(plan.programmes, plan.activities))
        try:
            sums = simulate_sums(plan, luck(seed), scheme, Memory(), keep_journal=True)
        except (OverflowError, InputError):
            continue
        assert sums.families is not None
        plain = columns_of(families_of(plan, luck(seed)), plan.first_day)
        for name, column in plain._asdict().items():
            assert np.array_equal(column, getattr(sums.families, name)), name


def test_every_family_is_in_one_group_of_each_grouping() -> None:
    plan = make_plan(*stated("core_offer", *SHORT))
    families = columns_of(families_of(plan, luck()), plan.first_day)

    belongs = members(families)

    first = 0
    for grouping in GROUPINGS:
        of_grouping = belongs[first : first + len(grouping.groups)]
        assert np.array_equal(of_grouping.sum(axis=0), np.ones_like(families.number))
        first += len(grouping.groups)


def test_a_family_is_told_of_in_the_groups_that_it_belongs_to() -> None:
    plan = world(
        sources=listed(0),
        make_up__children=(0.0, 1.0),  # two children
        make_up__needs=(1.0,),
        make_up__needs_masks=(5,),  # domestic abuse and mental ill health
        make_up__needs_leading=(0,),
        make_up__outside_age_range=0.0,
        make_up__minority_ethnic=(1.0,),
        make_up__interpreter=(0.0,),
    )

    found = tallied(simulate_plan(plan, luck(), keep_journal=True), plan)

    told = {group for (_, group), row in zip(GROUPS, found, strict=True) if row.any()}
    assert told >= {
        "all families",
        "domestic abuse",
        "no parental substance misuse",
        "parental mental ill health",
        "two needs",
        "2 children in scope",
        "minority ethnic",
        "needs no interpreter",
    }
    assert len(told) == len(GROUPINGS)
    assert found[ALL, place("started")] == 1
    assert found[ALL, place("children_supported")] == 2


def test_with_no_family_at_all_there_is_nothing_to_tell() -> None:
    plan = world(sources=listed())

    assert not tallied(simulate_plan(plan, luck(), keep_journal=True), plan).any()


# Tables: small numbers worked by hand


def told(*draws: dict[str, int], group: int = ALL) -> Served:
    amounts = np.zeros((len(draws), len(GROUPS), len(AMOUNTS)), np.int64)
    for draw, amounts_of in enumerate(draws):
        for amount, value in amounts_of.items():
            amounts[draw, group, place(amount)] = value
    return served_of(list(amounts))


def figure_of(table: pd.DataFrame, figure: str, group: str = "all families") -> pd.Series:
    (found,) = table.index[(table["group"] == group) & (table["figure"] == figure)]
    return table.loc[found]


def test_a_mean_has_the_interval_of_its_standard_error() -> None:
    table = served_table(told({"referred": 10}, {"referred": 14}, {"referred": 12}))

    found = figure_of(table, "families_referred")

    error = 2.0 / np.sqrt(3.0)  # standard deviation 2
    assert found["mean"] == 12.0
    assert found["low"] == pytest.approx(12.0 - 1.96 * error)
    assert found["high"] == pytest.approx(12.0 + 1.96 * error)
    assert found["unit"] == "families"
    assert pd.isna(found["reason"])


def test_the_mean_wait_is_of_all_who_were_allocated_in_whatever_draw() -> None:
    one = {"referred": 9, "allocated": 3, "days_waited": 3 * 14}
    another = {"referred": 9, "allocated": 1, "days_waited": 70}

    found = figure_of(served_table(told(one, another)), "mean_wait_weeks")

    assert found["mean"] == (3 * 2 + 10) / 4


def test_the_share_that_starts_is_of_all_who_were_referred_with_the_interval_of_a_ratio() -> None:
    draws = ({"referred": 10, "started": 4}, {"referred": 30, "started": 18})

    found = figure_of(served_table(told(*draws)), "share_starting")

    # residuals of 4 - .55 x 10 and 18 - .55 x 30: -1.5 and 1.5, of a mean of 20 referred
    error = np.std([-1.5 / 20.0, 1.5 / 20.0], ddof=1) / np.sqrt(2.0)
    assert found["mean"] == 22 / 40
    assert found["low"] == pytest.approx(0.55 - 1.96 * error)
    assert found["high"] == pytest.approx(0.55 + 1.96 * error)
    assert figure_of(served_table(told(*draws)), "share_starting", "one need")["reason"] == NOBODY


def test_weeks_in_care_avoided_are_those_without_less_those_with() -> None:
    amounts = {"referred": 1, "days_in_care_without": 70, "days_in_care_with": 84}
    table = served_table(told(amounts, amounts))

    assert figure_of(table, "care_weeks_without")["mean"] == 10.0
    assert figure_of(table, "care_weeks_with")["mean"] == 12.0
    avoided = figure_of(table, "care_weeks_avoided")
    assert (avoided["mean"], avoided["low"], avoided["high"]) == (-2.0, -2.0, -2.0)


def test_what_cannot_be_told_is_null_with_its_reason() -> None:
    table = served_table(told({"referred": 3}, {"referred": 4}))
    one_draw = served_table(told({"referred": 3}))

    nobody = figure_of(table, "families_referred", "needs an interpreter")
    assert pd.isna(nobody["mean"])
    assert nobody["reason"] == NOBODY
    no_wait = figure_of(table, "mean_wait_weeks")
    assert pd.isna(no_wait["mean"])
    assert no_wait["reason"] == NOBODY_ALLOCATED
    assert figure_of(table, "families_started")["mean"] == 0.0
    alone = figure_of(one_draw, "families_referred")
    assert alone["mean"] == 3.0
    assert pd.isna(alone["low"])
    assert alone["reason"] == ONE_DRAW


def test_the_share_that_starts_is_compared_draw_by_draw() -> None:
    reference = told({"referred": 10, "started": 4}, {"referred": 10, "started": 6})
    option = told({"referred": 10, "started": 5}, {"referred": 10, "started": 9})

    table = equity(option, reference)

    found = table[table["group"] == "all families"].iloc[0]
    assert (found["share_starting"], found["share_starting_other"]) == (0.7, 0.5)
    assert found["difference"] == pytest.approx(0.2)
    # differences of 0.1 and 0.3: standard deviation 0.1414
    assert found["standard_error"] == pytest.approx(0.1)
    assert found["high"] == pytest.approx(0.2 + 1.96 * 0.1)
    assert pd.isna(table[table["group"] == "minority ethnic"].iloc[0]["difference"])
    assert table[table["group"] == "minority ethnic"].iloc[0]["reason"] == NOBODY


def test_an_option_reaches_as_many_as_itself() -> None:
    same = told({"referred": 10, "started": 4}, {"referred": 7, "started": 6}, {"referred": 0})

    found = equity(same, same)
    known = found[found["reason"].isna()]

    assert len(known) == 1
    assert (known[["difference", "standard_error", "low", "high"]] == 0.0).all(axis=None)
