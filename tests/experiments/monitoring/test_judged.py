"""What is unusual: chances from ranks, one alarm in twenty worlds, and nothing of few families."""

from __future__ import annotations

import numpy as np
import pytest

from familyflow.experiments.monitoring.judged import FALSE_ALARM, chance_of, judged
from familyflow.experiments.monitoring.statistics import NAMES, Counted, Worlds
from familyflow.experiments.monitoring.study import per_arm, study_needed

SEED = 20261201


def worlds(number: int = 400, seed: int = SEED) -> Worlds:
    """Every line a normal of its own, all of enough families."""
    luck = np.random.default_rng(seed)
    values = luck.normal(100.0, 10.0, size=(number, len(NAMES)))
    return Worlds(values, np.ones_like(values, dtype=bool))


def seen(values, few: int = 50):
    return {name: Counted(float(value), few) for name, value in zip(NAMES, values, strict=True)}


def test_a_service_in_the_middle_of_everything_is_no_worry() -> None:
    lines = judged(seen([100.0] * len(NAMES)), worlds())

    assert len(lines) == len(NAMES)
    assert not any(line.worry for line in lines)
    assert all(line.p2_5 < line.p10 < line.mean < line.p90 < line.p97_5 for line in lines)


@pytest.mark.parametrize(("value", "side"), [(160.0, "more"), (40.0, "fewer")])
def test_one_line_far_out_is_found_and_no_other(value: float, side: str) -> None:
    lines = judged(seen([value] + [100.0] * (len(NAMES) - 1)), worlds())

    assert [line.statistic.name for line in lines if line.worry] == [NAMES[0]]
    assert lines[0].side == side


def test_what_is_of_too_few_is_neither_told_nor_an_alarm() -> None:
    (line, *_) = judged(seen([500.0] + [100.0] * (len(NAMES) - 1), few=4), worlds())

    assert line.observed is None
    assert line.chance is None
    assert not line.worry


def test_alarms_are_false_as_often_as_they_say() -> None:
    """Seed 20261201: 200 services as expected beside 1,000 worlds, and the 99.99 % band about 5 %.

    Lines judged each by itself would raise one in 60 of 100. More finely: benchmarks.monitoring.
    """
    expected, others = worlds(1_000), worlds(200, SEED + 1)
    alarms = [any(line.worry for line in judged(seen(row), expected)) for row in others.values]

    chance = FALSE_ALARM * (1.0 - FALSE_ALARM)
    assert abs(np.mean(alarms) - FALSE_ALARM) < 3.89 * (chance / 200 + chance / 1_000) ** 0.5
    assert any(alarms)


def test_lines_that_always_go_together_are_one_line() -> None:
    luck = np.random.default_rng(SEED)
    same = np.repeat(luck.normal(size=(400, 1)), len(NAMES), axis=1)
    together = Worlds(same, np.ones_like(same, dtype=bool))
    # alone, a line is told to be looked into one time in twenty, however often it is repeated
    out = np.quantile(same[:, 0], 0.99)

    assert any(line.worry for line in judged(seen([out] * len(NAMES)), together))


def test_chances_are_those_of_ranks_and_beyond_them_of_a_normal() -> None:
    values = np.random.default_rng(SEED).normal(size=1_000)

    assert chance_of(float(np.quantile(values, 0.9)), values) == pytest.approx(0.2, abs=0.01)
    assert 0.0 < chance_of(6.0, values) < 1e-6
    assert chance_of(3.0, np.full(50, 3.0)) == 1.0


def test_a_study_has_the_power_that_it_is_planned_for() -> None:
    """Seed 20261201: 4,000 trials of two groups; within four standard errors of 80 %."""
    number = round(per_arm(0.3, 0.2))
    luck = np.random.default_rng(SEED)
    first = luck.binomial(number, 0.3, 4_000) / number
    second = luck.binomial(number, 0.2, 4_000) / number
    mean = (first + second) / 2
    far = np.abs(first - second) / np.sqrt(2 * mean * (1 - mean) / number)

    assert (far > 1.959964).mean() == pytest.approx(0.8, abs=4 * (0.16 / 4_000) ** 0.5)


def test_no_study_shows_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        per_arm(0.2, 0.2)


def test_brothers_and_sisters_and_those_who_are_lost_make_a_study_larger() -> None:
    def needed(correlation: float, followed: float):
        return study_needed({
            "decision.studies": [{
                "informs": "ratio", "base_risk": "risk", "share_followed_up": followed,
                "intra_family_correlation": correlation,
            }],
            "risk": 0.1, "ratio": 0.5, "families.make_up.children": {"1": 0.5, "3": 0.5},
        })  # fmt: skip

    plain, alike, lost = needed(0.0, 1.0), needed(0.5, 1.0), needed(0.0, 0.5)

    children = per_arm(0.1, 0.05)
    assert plain.families_per_arm == np.ceil(children / 2.0)
    assert alike.families_per_arm == np.ceil(children * 1.5 / 2.0)
    assert lost.families_to_begin_with == 2 * plain.families_to_begin_with
    assert plain.years(plain.families_to_begin_with / 2.0) == 1.0
