"""Each estimator counts what the model means by its parameter; and says why where it cannot."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.records.simulated import ALL_COLUMNS, Truth, records

from familyflow.parameters.library import Library
from familyflow.problems import InputError
from familyflow.records import estimate as keys
from familyflow.records.cases import Records
from familyflow.records.estimate import NO_EFFECT, ONE, Estimate
from familyflow.records.estimates import ESTIMATORS, estimates_of

Made = Callable[..., Records]
SIGNPOSTED: dict[str, Any] = {"ended": 0, "ending": "signposted"}


def alone(found: Records, shipped: Library, key: str, row: str = ONE) -> float:
    """The value from the records alone."""
    return estimates_of(found, shipped).by_key[key].alone[row].value


def reason(found: Records, shipped: Library, key: str) -> str:
    """Why it is not told."""
    return {one.key: one.reason for one in estimates_of(found, shipped).not_known}[key]


def worked(days: int, ending: str | None, **more: Any) -> dict[str, Any]:
    """A case allocated on the day of its referral."""
    return {"allocated": 0, "ended": days if ending else None, "ending": ending, **more}


def test_suitable_referrals_are_first_ones_accepted_within_the_period(
    made: Made, shipped: Library
) -> None:
    cases = [{"referred": 10} for _ in range(30)]
    cases += [{"referred": 10, "returns": 1} for _ in range(7)]
    cases += [SIGNPOSTED for _ in range(6)]

    assert alone(made(cases, until=729), shipped, keys.SUITABLE) == 15.0


def test_returns_that_look_new_are_allowed_for_where_there_was_a_service_before(
    made: Made, shipped: Library
) -> None:
    cases: list[dict[str, Any]] = [{"referred": 10} for _ in range(100)]
    cases += [{"referred": 10, "returns": 1} for _ in range(10)] + [{"referred": -5}]
    # in a year returns show that take up to t days by day t: of 4 to 52 weeks, moves apart
    steps, still = range(4 * 7, 52 * 7), shipped[keys.MOVES].distribution.mean / 365
    weights = [math.exp(-still * days) for days in steps]
    seen = sum(w * (365 - days) for w, days in zip(weights, steps, strict=True)) / sum(weights)

    found = alone(made(cases), shipped, keys.SUITABLE)

    assert found == pytest.approx(100 - 10 * (365 / seen - 1), rel=2e-3)


def test_screening_looks_at_returns_too(made: Made, shipped: Library) -> None:
    cases = [{"returns": place % 2} for place in range(80)]
    cases += [SIGNPOSTED for _ in range(12)] + [{"ended": 0, "ending": "passed_up"}] * 8
    found = made(cases)

    assert alone(found, shipped, keys.SCREENING, "accepted") == 0.8
    assert alone(found, shipped, keys.SCREENING, "passed_up") == 0.08


def test_four_children_stand_for_four_or_more(made: Made, shipped: Library) -> None:
    numbers = [1] * 10 + [2] * 10 + [3] * 10 + [4] * 5 + [7] * 5 + [0] * 9
    found = made({"children": number} for number in numbers)

    assert alone(found, shipped, keys.CHILDREN, "4") == 0.25


def test_the_make_up_is_of_first_referrals(made: Made, shipped: Library) -> None:
    levels = ["universal"] * 10 + ["early_help"] * 10 + ["child_in_need"] * 10
    cases: list[dict[str, Any]] = [{"level": level} for level in [*levels, *levels[:10]]]
    cases += [{"level": "child_protection"}] * 10
    cases += [{"level": "child_protection", "returns": 1}] * 50

    assert alone(made(cases), shipped, keys.LEVEL, "child_protection") == 0.2


def test_those_who_decline_are_of_those_offered(made: Made, shipped: Library) -> None:
    cases = [worked(50, "planned")] * 30 + [{"ended": 9, "ending": "declined"}] * 10
    cases += [{"ended": 9, "ending": "gave_up_waiting"}] * 20 + [SIGNPOSTED] * 20 + [{}] * 5

    assert alone(made(cases), shipped, keys.DECLINES) == 0.25


def test_patience_is_weeks_waited_by_all_for_each_who_gave_up(made: Made, shipped: Library) -> None:
    cases = [{"ended": 70, "ending": "gave_up_waiting"}] * 10
    cases += [{"allocated": 35}] * 10 + [{"referred": 294}] * 10 + [SIGNPOSTED] * 10

    # 10, 5 and 10 weeks; the last still wait on day 364; who was sent on never waited
    assert alone(made(cases), shipped, keys.PATIENCE) == pytest.approx(25.0)


def test_work_is_watched_from_the_key_worker_on_and_within_the_period(
    made: Made, shipped: Library
) -> None:
    cases = [worked(140, "ended_by_service")] * 10 + [worked(70, "planned")] * 10
    cases += [{"referred": -90, "allocated": -70, "ended": 70, "ending": "planned"}] * 10
    cases += [{"referred": 0, "allocated": 294}] * 10

    # 200 + 100 + 100 + 100 weeks: nothing of the weeks before the period
    rate = 10 / 500
    found = alone(made(cases), shipped, keys.ENDED_BY_SERVICE)
    assert found == pytest.approx(1 - math.exp(-rate))


def test_weeks_of_families_likelier_to_stop_count_as_more(made: Made, shipped: Library) -> None:
    def of(**marks: Any) -> float:
        cases = [worked(70, "disengaged", **{"children": 1, "level": "early_help", **marks})] * 10
        return -math.log1p(-alone(made(cases), shipped, keys.DISENGAGING))

    plain, large, plan = of(), of(children=3), of(level="child_protection")
    means = [shipped[key].distribution.mean for key in (keys.LARGER, keys.ON_PLAN)]
    # the model's own loss at a change of key worker, beside a rate of 1
    weekly = -math.log1p(-shipped[keys.DISENGAGING].distribution.mean)
    leaves, stops = (
        shipped[f"service.team.{name}"].distribution.mean
        for name in ("turnover_per_year", "disengages_on_change")
    )
    change = leaves * stops * 7 / 365 / weekly

    assert plain == pytest.approx(0.1 / (1 + change))
    assert large == pytest.approx(0.1 / (means[0] + change))
    assert plan == pytest.approx(0.1 / (means[1] + change))


def test_moves_are_of_waiting_and_work_unless_the_list_was_closed(
    made: Made, shipped: Library
) -> None:
    cases = [worked(73, "moved_away")] * 10 + [{"ended": 73, "ending": "left_list"}] * 10
    stopped = [*cases, worked(0, "service_stopped")]

    assert alone(made(cases), shipped, keys.MOVES) == pytest.approx(5.0)
    assert alone(made(stopped), shipped, keys.MOVES) == pytest.approx(10 / 2)
    assert "list was closed" in estimates_of(made(stopped), shipped).by_key[keys.MOVES].sentence


def test_who_ended_lately_counts_in_part_among_those_who_may_return(
    made: Made, shipped: Library
) -> None:
    back: list[dict[str, Any]] = []
    for family in range(20):
        back.append({**worked(50, "planned"), "family": family})
        back.append({"family": family, "returns": 1, "referred": 150, "ended": None})
    stayed = [{**worked(50, "planned"), "family": 100 + n} for n in range(60)]
    late = [{**worked(728, "planned"), "family": 200 + n} for n in range(500)]
    gone = [{**worked(50, "moved_away"), "family": 900 + n} for n in range(50)]
    still = shipped[keys.MOVES].distribution.mean
    # uniform from 4 to 52 weeks, of which moving takes exp(-rate x time)
    low, high = 4 * 7 / 365, 52 * 7 / 365
    seen = (math.exp(-still * low) - math.exp(-still * high)) / still / (high - low)

    found = alone(made([*back, *stayed, *late, *gone], until=729), shipped, keys.REPEAT)

    assert found == pytest.approx(20 / 80 / seen, rel=1e-2)  # those of the day before: none


def test_attendance_is_meetings_held_of_those_offered(made: Made, shipped: Library) -> None:
    cases = [{"meetings_offered": 10, "meetings_held": 9 - place % 2} for place in range(20)]

    assert alone(made(cases), shipped, keys.ATTENDANCE) == pytest.approx(0.85)


def test_meetings_of_families_unlike_each_other_tell_less(made: Made, shipped: Library) -> None:
    def width(held: list[int]) -> float:
        cases = [{"meetings_offered": 10, "meetings_held": held[place % 2]} for place in range(40)]
        found = estimates_of(made(cases), shipped).by_key[keys.ATTENDANCE].alone[ONE]
        return found.high - found.low

    assert width([4, 10]) > 1.5 * width([7, 7])


@pytest.mark.parametrize(
    ("key", "column"),
    [
        (keys.SOURCES, "source"),
        (keys.NEEDS, "needs"),
        (keys.LEVEL, "level"),
        (keys.CHILDREN, "children"),
        (keys.MINORITY, "minority_ethnic"),
        (keys.INTERPRETER, "interpreter"),
        (keys.ATTENDANCE, "meetings_held"),
    ],
)
def test_a_missing_column_is_named(shipped: Library, key: str, column: str) -> None:
    found = records(Truth(), 1, 1.0)
    without = tuple(name for name in ALL_COLUMNS if name != column)

    assert reason(replace(found, columns=without), shipped, key) == (
        f"The file has no column {column}."
    )


def test_too_little_is_not_told(made: Made, shipped: Library) -> None:
    four = [worked(30, "disengaged")] * 4 + [worked(30, None)] * 30
    nine = [worked(30, "disengaged")] * 9
    all_but_four = [{"minority_ethnic": place > 3} for place in range(40)]

    assert "Fewer than 5" in reason(made(four), shipped, keys.DISENGAGING)
    assert "Fewer than 10" in reason(made(nine), shipped, keys.DISENGAGING)
    assert "Fewer than 5" in reason(made(all_but_four), shipped, keys.MINORITY)


def test_no_records_tell_nothing_and_break_nothing(made: Made, shipped: Library) -> None:
    found = estimates_of(made([]), shipped)

    assert found.known == ()
    assert set(ESTIMATORS) <= {one.key for one in found.not_known}


def test_effects_and_comparators_are_never_told(shipped: Library) -> None:
    found = estimates_of(records(Truth(), 1, 3.0), shipped)
    told = {one.key for one in found.known}
    why = {one.key: one.reason for one in found.not_known}
    effects = {key for key in shipped if key.startswith("outcomes.effects.")}

    assert effects
    assert {why[key] for key in effects} == {NO_EFFECT}
    assert why["outcomes.usual_support.*"] == why["outcomes.escalation.*"] == NO_EFFECT
    assert told == set(keys.WRITABLE)
    assert not told & set(why)
    assert all(why.values())


@pytest.mark.parametrize(
    "key", ["outcomes.effects.care_ratio", "outcomes.usual_support.share", "unit_costs.a.b", "x"]
)
def test_an_estimate_of_an_effect_cannot_be_made(shipped: Library, key: str) -> None:
    one = estimates_of(records(Truth(), 1, 1.0), shipped).known[0]

    with pytest.raises(ValueError, match="no effect and no comparison"):
        replace(one, key=key)


@pytest.mark.parametrize("weight", [-1.0, math.inf, math.nan])
def test_a_weight_that_cannot_be_is_refused(made: Made, shipped: Library, weight: float) -> None:
    with pytest.raises(InputError, match="prior weight"):
        estimates_of(made([]), shipped, weight)


def test_ever_more_weight_gives_the_shipped_beliefs(shipped: Library) -> None:
    found = estimates_of(records(Truth(), 1, 3.0), shipped, 1e7)

    for one in found.known:
        for row, figure in one.posterior.items():
            assert figure.value == pytest.approx(one.prior[row], rel=2e-3), one.key


def test_more_years_of_the_same_narrow_every_belief(shipped: Library) -> None:
    few, many = (estimates_of(records(Truth(), 1, years), shipped).by_key for years in (2.0, 12.0))

    for key in keys.WRITABLE:
        assert _width(many[key]) < _width(few[key]), key


def _width(one: Estimate) -> float:
    first = next(iter(one.posterior.values()))
    return (first.high - first.low) / first.value


def test_the_same_families_many_times_over_give_the_same_shares_more_surely(
    shipped: Library,
) -> None:
    few = records(Truth(), 1, 3.0)
    many = tuple(
        replace(case, family=case.family + copy * 10**6) for copy in range(16) for case in few.cases
    )

    once, often = (estimates_of(one, shipped, 0.0).by_key[keys.SOURCES]
                   for one in (few, replace(few, cases=many)))  # fmt: skip

    for row, figure in once.alone.items():
        other = often.alone[row]
        assert other.value == pytest.approx(figure.value)
        narrower = (other.high - other.low) / (figure.high - figure.low)
        assert narrower == pytest.approx(0.25, abs=0.02)  # as the square root of 16
