"""The variance between draws is split as it was made up."""

from __future__ import annotations

import numpy as np
import pytest

from familyflow.experiments.split import Part, Split, split_variance

# The spread of the toy's parts: parameters, families, what happens
SPREAD = (3.0, 2.0, 1.0)
SEED, STUDIES, DRAWS, PAIRS = 11, 400, 120, 60
STANDARD_ERRORS = 4.0


def parts_of(split: Split | None) -> tuple[Part, Part, Part, Part]:
    assert split is not None
    return split.total, split.parameters, split.families, split.chance


def signs() -> np.ndarray:
    """Every combination of five signs: columns that are at right angles to one another."""
    return np.array([[1 - 2 * (row >> k & 1) for k in range(5)] for row in range(32)], float)


def test_an_additive_toy_is_split_exactly() -> None:
    parameters, families, events, other_families, other_events = signs().T
    p, f, e = SPREAD
    values = p * parameters + f * families + e * events
    same = p * parameters + f * families + e * other_events
    again = p * parameters + f * other_families + e * other_events

    total, of_parameters, of_families, chance = parts_of(split_variance(values, same, again))

    between = 32 / 31 * (p**2 + f**2 + e**2)  # of so few draws
    assert total.variance == pytest.approx(between, rel=1e-12)
    assert chance.variance == pytest.approx(e**2, rel=1e-12)
    assert of_families.variance == pytest.approx(f**2, rel=1e-12)
    assert of_parameters.variance == pytest.approx(between - f**2 - e**2, rel=1e-12)


def toy(chance: np.random.Generator, spread=SPREAD) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    p, f, e = spread
    parameters = p * chance.standard_normal(DRAWS)
    families, events = (
        f * chance.standard_normal((2, DRAWS)),
        e * chance.standard_normal((2, DRAWS)),
    )
    # what happens to families in need weighs more: chance depends on who they are
    first, same = (parameters + families[0] + (1 + 0.1 * families[0]) * one for one in events)
    again = parameters + families[1] + (1 + 0.1 * families[1]) * events[1]
    return first, same[:PAIRS], again[: PAIRS + 20]


@pytest.mark.statistical
def test_every_part_is_right_on_average_and_its_standard_error_is_what_it_says() -> None:
    """Seed 11, 400 studies: within 4 standard errors; standard errors within 15 %."""
    chance = np.random.default_rng(SEED)
    studies = [parts_of(split_variance(*toy(chance))) for _ in range(STUDIES)]
    p, f, e = SPREAD
    of_events = e**2 * (1 + 0.01 * f**2)
    expected = (p**2 + f**2 + of_events, p**2, f**2, of_events)

    for place, right in enumerate(expected):
        found = np.array([study[place].variance for study in studies])
        said = np.array([study[place].standard_error for study in studies])
        error = found.std(ddof=1)
        assert abs(found.mean() - right) < STANDARD_ERRORS * error / np.sqrt(STUDIES)
        assert np.sqrt(np.mean(said**2)) == pytest.approx(error, rel=0.15)


@pytest.mark.parametrize("spread", [SPREAD, (3.0, 0.0, 1.0), (0.0, 2.0, 1.0), (0.0, 0.0, 1.0)])
def test_shares_add_up_to_one_as_measured_and_as_used(spread: tuple[float, float, float]) -> None:
    below_nothing = 0
    for seed in range(20):
        total, *parts = parts_of(split_variance(*toy(np.random.default_rng(seed), spread)))

        assert total.share == total.used_share == 1.0
        assert sum(part.share or 0.0 for part in parts) == pytest.approx(1.0, rel=1e-12)
        assert sum(part.used_share or 0.0 for part in parts) == pytest.approx(1.0, rel=1e-12)
        assert all(part.used >= 0.0 for part in parts)
        below_nothing += parts[1].variance < 0.0
    # families that make no difference are measured as less than none now and then
    assert (below_nothing > 0) == (spread[1] == 0.0)


def test_what_is_not_below_nothing_is_used_as_measured() -> None:
    _, *parts = parts_of(split_variance(*toy(np.random.default_rng(SEED))))

    for part in parts:
        assert part.used == pytest.approx(part.variance, rel=1e-12)
        assert part.used_share == pytest.approx(part.share, rel=1e-12)


def test_where_nothing_varies_there_are_no_shares() -> None:
    same = np.full(5, 7.0)

    for part in parts_of(split_variance(same, same, same)):
        assert part.variance == part.used == part.standard_error == 0.0
        assert part.share is part.share_standard_error is part.used_share is None


def test_with_no_chance_everything_is_doubt_about_the_numbers() -> None:
    values = np.array([1.0, 4.0, 2.0, 8.0])

    _, parameters, families, chance = parts_of(split_variance(values, values[:3], values[:3]))

    assert parameters.share == 1.0
    assert families.variance == chance.variance == 0.0


def test_too_few_draws_are_not_split() -> None:
    values = np.arange(5.0)

    assert split_variance(values, values[:2], values) is None
    assert split_variance(values[:2], values, values) is None
